package workflow

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (c *playbookCheck) scope(s ScopePolicy) {
	if s.Files < 0 || s.Lines < 0 {
		c.fault("scope", "Write a number from 0; 0 is no limit.", "a limit of files or lines is below nothing")
	}
	for _, list := range []struct {
		field    string
		patterns []string
	}{
		{"tests", s.Tests},
		{"generated", s.Generated},
		{"dependencies", s.Dependencies},
		{"migrations", s.Migrations},
		{"schema", s.Schema},
		{"configuration", s.Configuration},
		{"documents", s.Documents},
	} {
		c.texts("scope."+list.field, "pattern", list.patterns)
	}
	c.texts("scope.words", "phrase", s.Words)
	c.texts("scope.off", "rule", s.Off)
}

func (c *playbookCheck) runs(path string, runs []RunPolicy) {
	for i, r := range runs {
		at := element(path, i)
		c.text(at+".run", "this suite", "command", r.Run)
		c.texts(at+".paths", "pattern", r.Paths)
	}
}

func (c *playbookCheck) verify(v VerifyPolicy) {
	c.moment("verify.every", v.Every)
	c.ids("verify.probes", "probe", "probes", idsOf(v.Probes, func(p Probe) string { return p.ID }))
	for i, p := range v.Probes {
		c.probe(element("verify.probes", i), p)
	}
}

func (c *playbookCheck) probe(path string, p Probe) {
	c.text(path+".name", "this probe", "name", p.Name)
	switch p.Kind {
	case HTTPProbe, MetricProbe:
		at, err := url.Parse(p.URL)
		if err != nil || !slices.Contains([]string{"http", "https"}, strings.ToLower(at.Scheme)) || at.Host == "" {
			c.fault(path+".url", "Write a whole address, such as https://api.example.com/health.", "%q is not the address of a page", p.URL)
		}
		if p.Kind == MetricProbe {
			c.text(path+".metric", "this probe", "metric", p.Metric)
			if _, err := strconv.ParseFloat(p.Below, 64); err != nil && (p.Below != "" || !p.Falling) {
				c.fault(path+".below", "Write a number that the metric must be below, or `falling: true`.", "%q is not a number", p.Below)
			}
		}
	case CommandProbe:
		c.text(path+".run", "this probe", "command", p.Run)
	case PersonProbe:
	default:
		c.fault(path+".kind", "Write http, metric, command or person.", "there is no kind of probe called %q", string(p.Kind))
	}
	c.moment(path+".within", p.Within)
	c.moment(path+".limit", p.Limit)
}

// moment refuses times that no probe could keep: negative, shorter than a
// second, or longer than an hour.
func (c *playbookCheck) moment(path string, d time.Duration) {
	if d < 0 || d > 0 && d < 100*time.Millisecond || d > time.Hour {
		c.fault(path, "Write a time such as 500ms, 5s or 1m, or 0 for the usual one.", "the time %s is not between 100ms and an hour", typed(d))
	}
}
