package workflow

import (
	"cmp"
	"slices"
	"time"
)

// What a playbook says about the guards that ask outside: the scope of a fix,
// the tests to run for it, and the looks at production. All of it is optional,
// so that a playbook from before stays whole.

// ScopePolicy is what a minimal change is. Patterns are paths with * for any
// name and ** for any folders: "db/migrate/**", "**/*_test.go".
type ScopePolicy struct {
	Files         int      `json:"files,omitempty" yaml:"files"`                 // at most so many files; 0: any
	Lines         int      `json:"lines,omitempty" yaml:"lines"`                 // at most so many changed lines, tests apart; 0: any
	Tests         []string `json:"tests,omitempty" yaml:"tests"`                 // files that are tests
	Generated     []string `json:"generated,omitempty" yaml:"generated"`         // files that a program wrote
	Dependencies  []string `json:"dependencies,omitempty" yaml:"dependencies"`   // manifests and lock files
	Migrations    []string `json:"migrations,omitempty" yaml:"migrations"`       // a data migration cannot be rolled back
	Schema        []string `json:"schema,omitempty" yaml:"schema"`               // of databases and interfaces
	Configuration []string `json:"configuration,omitempty" yaml:"configuration"` // of the program and of what runs it
	Documents     []string `json:"documents,omitempty" yaml:"documents"`         // need no test
	Words         []string `json:"words,omitempty" yaml:"words"`                 // of commit messages: "while I'm here"
	Off           []string `json:"off,omitempty" yaml:"off"`                     // rules that are not asked, by id
}

// RunPolicy is a critical suite that is proposed when a fix touches its paths.
type RunPolicy struct {
	Run   string   `json:"run" yaml:"run"`             // the command, as typed
	Name  string   `json:"name,omitempty" yaml:"name"` // "Auth tests"
	Paths []string `json:"paths" yaml:"paths"`         // patterns; empty: always
}

// VerifyPolicy is how production is proven well.
type VerifyPolicy struct {
	Every  time.Duration `json:"every,omitempty" yaml:"every"`   // between two looks; 0: five seconds
	Probes []Probe       `json:"probes,omitempty" yaml:"probes"` // that every incident looks at
}

// ProbeKind is how a probe looks.
type ProbeKind string

// The kinds of probes.
const (
	HTTPProbe    ProbeKind = "http"
	MetricProbe  ProbeKind = "metric"  // of a Prometheus text page
	CommandProbe ProbeKind = "command" // well when it exits with 0
	PersonProbe  ProbeKind = "person"  // somebody looks and says so
)

// Probe is one look at production that is made again and again.
type Probe struct {
	ID      string        `json:"id" yaml:"id"`
	Name    string        `json:"name" yaml:"name"` // "Login answers 200"
	Kind    ProbeKind     `json:"kind" yaml:"kind"`
	URL     string        `json:"url,omitempty" yaml:"url"` // of http and metric
	Method  string        `json:"method,omitempty" yaml:"method"`
	Headers []string      `json:"headers,omitempty" yaml:"headers"` // "Accept: text/plain"; $NAME is taken from the environment when it runs
	Body    string        `json:"body,omitempty" yaml:"body"`
	Status  int           `json:"status,omitempty" yaml:"status"` // expected; 0: 200 to 299
	Text    string        `json:"text,omitempty" yaml:"text"`     // that the answer must hold
	Within  time.Duration `json:"within,omitempty" yaml:"within"` // slower than that is failed; 0: only the time limit
	Metric  string        `json:"metric,omitempty" yaml:"metric"` // auth_errors or auth_errors{code="500"}
	Below   string        `json:"below,omitempty" yaml:"below"`   // a number that the metric must be below
	Falling bool          `json:"falling,omitempty" yaml:"falling"`
	Run     string        `json:"run,omitempty" yaml:"run"`     // of a command
	Limit   time.Duration `json:"limit,omitempty" yaml:"limit"` // of one look; 0: ten seconds
}

// CommandUse is what a command of a playbook is for.
type CommandUse string

// The uses.
const (
	TestUse     CommandUse = "test"
	StageUse    CommandUse = "staging"
	DeployUse   CommandUse = "deploy"
	DryRunUse   CommandUse = "dry run"
	RollbackUse CommandUse = "rollback"
	ProbeUse    CommandUse = "probe"
)

// PlaybookCommand is something that a playbook would have run on this machine.
type PlaybookCommand struct {
	Use   CommandUse `json:"use"`
	Run   string     `json:"run"`
	Shell bool       `json:"shell,omitempty"`
}

// Commands lists everything that this playbook would have run or asked for on
// this machine, in its order and without doubles: what a person must have seen
// and accepted before any of it is.
func (p Playbook) Commands() []PlaybookCommand {
	var out []PlaybookCommand
	add := func(use CommandUse, lines ...string) {
		for _, line := range lines {
			if one := (PlaybookCommand{Use: use, Run: line, Shell: p.Work.Shell}); line != "" && !slices.Contains(out, one) {
				out = append(out, one)
			}
		}
	}
	add(TestUse, p.Work.CriticalRun...)
	for _, r := range p.Work.Runs {
		add(TestUse, r.Run)
	}
	add(StageUse, p.Work.StageWith...)
	add(DeployUse, p.Work.DeployWith...)
	add(DryRunUse, p.Work.DryRunWith)
	add(RollbackUse, p.Work.RollbackBy)
	for _, probe := range p.Verify.Probes {
		add(ProbeUse, probe.asked())
	}
	return out
}

// asked is what a probe does, in one line.
func (p Probe) asked() string {
	switch p.Kind {
	case HTTPProbe, MetricProbe:
		line := cmp.Or(p.Method, "GET") + " " + p.URL
		for _, h := range p.Headers {
			line += " -H '" + h + "'"
		}
		if p.Body != "" {
			line += " -d '" + p.Body + "'"
		}
		return line
	case CommandProbe:
		return p.Run
	default:
		return ""
	}
}
