package outside

import (
	"context"
	"os"
	"regexp"
	"strings"
	"time"

	"firebreak/workflow"
)

// Prober looks at production: it calls what a person configured and nothing
// else, within a time and a size, and answers what it saw. It never answers an
// error: a look that could not be made is unknown, and says why.
type Prober struct {
	now  func() time.Time
	env  func(string) (string, bool)
	http *caller
	run  Runs
}

// Runs runs a command to its end.
type Runs func(context.Context, workflow.RunOrder, func([]byte)) workflow.Ran

// lookLimit is the time of one look where the probe says none.
const lookLimit = 10 * time.Second

// NewProber makes a prober that reads the time from a clock, and has commands
// run by a runner.
func NewProber(now func() time.Time, run Runs) *Prober {
	return &Prober{now: now, env: os.LookupEnv, http: newCaller(), run: run}
}

// Look makes one look.
func (p *Prober) Look(ctx context.Context, order workflow.LookOrder) workflow.Sample {
	probe := order.Probe
	limit := probe.Limit
	if limit <= 0 {
		limit = lookLimit
	}
	began := p.now()
	var s workflow.Sample
	if filled, missing := fill(probe, p.value(order.Values)); missing != "" {
		s = unknown("$" + missing + " is not set, so nothing was asked. Set it in the environment that Firebreak is started from.")
	} else {
		s = p.look(ctx, order, filled, limit)
	}
	s.Probe, s.At = workflow.ProbeID(probe.ID), p.now()
	s.Took = max(0, s.At.Sub(began))
	if probe.Kind == workflow.HTTPProbe && s.Outcome == workflow.CheckPassed {
		s.Value, s.HasValue = float64(s.Took)/float64(time.Millisecond), true
	}
	if s.Outcome == workflow.CheckPassed && probe.Within > 0 && s.Took > probe.Within {
		s.Outcome, s.Says = workflow.CheckFailed, "It took "+tookWords(s.Took)+", longer than "+probe.Within.String()+"."
	}
	return s
}

func (p *Prober) look(ctx context.Context, order workflow.LookOrder, filled workflow.Probe, limit time.Duration) workflow.Sample {
	if filled.Kind == workflow.CommandProbe {
		return p.command(ctx, order, limit)
	}
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	switch filled.Kind {
	case workflow.HTTPProbe:
		return p.http.page(ctx, filled, limit)
	case workflow.MetricProbe:
		return p.http.metric(ctx, filled, limit)
	default:
		return unknown("A person looks at this one.")
	}
}

// value finds what a variable stands for: what was typed in this run, or else
// the environment.
func (p *Prober) value(typed map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		if value, ok := typed[name]; ok {
			return value, true
		}
		return p.env(name)
	}
}

// variables are references to the environment. In an address and a body only
// our own names are: a dollar is a common sign there.
var (
	variables = regexp.MustCompile(`\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})`)
	ours      = regexp.MustCompile(`\$(?:(FIREBREAK_[A-Z0-9_]+)|\{(FIREBREAK_[A-Z0-9_]+)\})`)
)

// fill puts the values of variables in. What it answers is for this one look and
// is shown to nobody. Missing is a name that nothing stands for.
func fill(p workflow.Probe, value func(string) (string, bool)) (filled workflow.Probe, missing string) {
	put := func(text string, which *regexp.Regexp) string {
		return which.ReplaceAllStringFunc(text, func(ref string) string {
			name := strings.Trim(ref, "${}")
			v, ok := value(name)
			if !ok || v == "" {
				missing = name
			}
			return v
		})
	}
	headers := make([]string, len(p.Headers))
	for i, h := range p.Headers {
		headers[i] = put(h, variables)
	}
	p.Headers, p.URL, p.Body = headers, put(p.URL, ours), put(p.Body, ours)
	return p, missing
}

func unknown(says string) workflow.Sample {
	return workflow.Sample{Outcome: workflow.CheckUnknown, Answer: "unknown", Says: says}
}

func failed(answer, says string) workflow.Sample {
	return workflow.Sample{Outcome: workflow.CheckFailed, Answer: answer, Says: says}
}

func passed(answer string) workflow.Sample {
	return workflow.Sample{Outcome: workflow.CheckPassed, Answer: answer}
}

// tookWords is a time as people read it: "85 ms", "1.2 s".
func tookWords(d time.Duration) string {
	if d < time.Second {
		return d.Round(time.Millisecond).String()
	}
	return d.Round(100 * time.Millisecond).String()
}

// refusal is an error for a person: a whole sentence.
type refusal string

func (r refusal) Error() string { return string(r) }
