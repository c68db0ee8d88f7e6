package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// DeployRun is a deploy, a rollback or a dry run that was started from here. It
// is on record before the command begins, so that a machine that dies on the
// way leaves a question and no riddle.
type DeployRun struct {
	Environment string `json:"environment"` // production or staging
	Rollback    bool   `json:"rollback,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"` // shows what would be done; nothing goes out
	Command     string `json:"command"`           // as it was run, with its values filled in
	Version     string `json:"version,omitempty"`
	Commit      string `json:"commit,omitempty"`

	Entry EventID      `json:"-"`
	By    string       `json:"-"`
	At    Stamp        `json:"-"`
	Over  bool         `json:"-"` // how it ended is on record
	Ended DeployEnding `json:"-"`
	clock Clock        // of its end
}

// DeployEnding is how a deploy that was started from here came to its end.
type DeployEnding struct {
	Well   bool          `json:"well"`
	Told   bool          `json:"told,omitempty"` // by a person's word: nobody here saw it end
	Ending RunEnding     `json:"ending,omitempty"`
	Exit   int           `json:"exit,omitempty"`
	Took   time.Duration `json:"took,omitempty"`
	Tail   string        `json:"tail,omitempty"` // the end of what it printed
	Says   string        `json:"says,omitempty"`
}

// Word is what was run: "deploy to production", "rollback", "dry run".
func (d DeployRun) Word() string {
	word := "deploy to " + d.Environment
	if d.Rollback {
		word = "rollback"
		if d.Environment != Production {
			word += " of " + d.Environment
		}
	}
	if d.DryRun {
		word = "dry run of the " + word
	}
	return word
}

// Gate is the gate that a deploy stands behind; "" for none.
func (d DeployRun) Gate() string {
	switch {
	case d.DryRun || d.Environment != Production:
		return ""
	case d.Rollback:
		return RollbackGate
	default:
		return DeployGate
	}
}

// deployed is what goes on record when it went well.
func (d DeployRun) deployed() Deploy {
	return Deploy{Environment: d.Environment, Rollback: d.Rollback, Version: d.Version, Commit: d.Commit, Command: d.Command}
}

// StartDeploy records that a deploy begins. It is behind the same gate as a
// deploy that is recorded.
type StartDeploy struct{ Run DeployRun }

func (s StartDeploy) decide(in Incident, _ Env) ([]Body, error) {
	d := s.Run
	if d.Environment == "" {
		d.Environment = Production
	}
	if d.Environment != Production && d.Environment != Staging {
		return nil, refuseField("deploy.environment", "environment", "A deploy goes to production or staging, not to %q.", d.Environment)
	}
	d.Command, d.Version = strings.TrimSpace(d.Command), strings.TrimSpace(d.Version)
	if d.Command == "" {
		return nil, refuseField("command.missing", "command", "Say what is to be run.")
	}
	if d.Commit == "" && !d.Rollback {
		d.Commit = in.Fix.Change.Get().Commit
	}
	if !d.Rollback && !d.DryRun && !in.onFix(d.Commit) {
		return nil, refuse("deploy.other-commit", "This would deploy %s, and the fix is %s by now. Nothing was started. Look at what changed, have it tested and approved, and start again.", orNone(d.Commit), orNone(in.Fix.Change.Get().Commit))
	}
	if open, ok := in.OpenDeploy(); ok && !d.DryRun && !d.Rollback { // the way back is never barred by a deploy that hangs
		return nil, refuse("deploy.under-way", "The %s that %s started at %s has no end on record. Nothing was started. Wait for it, or record how it ended.", open.Word(), open.By, open.At.Clock(nil))
	}
	if gate := d.Gate(); gate != "" {
		if err := in.pass(gate); err != nil {
			return nil, err
		}
	}
	return []Body{DeployStarted{d}}, nil
}

// DeployStarted is the beginning of a deploy on record.
type DeployStarted struct{ DeployRun }

// Kind is "deploy.started@1".
func (DeployStarted) Kind() Kind { return "deploy.started@1" }

func (d DeployStarted) apply(in *Incident, e Event) {
	run := d.DeployRun
	run.Entry, run.By, run.At = e.ID, e.Actor, e.At
	in.Proof.Attempts = append(in.Proof.Attempts, run)
	in.record(e, d.entry(), capitalOf(d.Word())+" started: "+d.Command)
}

// entry is the kind of its lines: a dry run changes nothing in the world.
func (d DeployRun) entry() EntryKind {
	if d.DryRun {
		return SystemEntry
	}
	return FactEntry
}

// EndDeploy records how a deploy ended that was started from here, as the
// command that was seen to end, or in a person's word. One that went well is
// recorded as deployed at the same moment: it is a fact by now, whatever the
// gate has come to say meanwhile.
type EndDeploy struct {
	Started EventID
	Ran     Ran
	Told    string // a person's word: TellWent or TellFailed; "": Ran was seen
	At      Stamp
}

// What a person may say of a deploy whose end nobody here saw.
const (
	TellWent   = "went-out"
	TellFailed = "failed"
)

func (d EndDeploy) when() Stamp { return d.At }

func (d EndDeploy) decide(in Incident, _ Env) ([]Body, error) {
	i := slices.IndexFunc(in.Proof.Attempts, func(r DeployRun) bool { return r.Entry == d.Started })
	if i < 0 {
		return nil, refuse("deploy.unknown", "There is no deploy under way that this could be the end of.")
	}
	run := in.Proof.Attempts[i]
	if run.Over {
		return nil, refuse("deploy.ended", "It is on record already how this %s ended: %s.", run.Word(), run.Ended.Words())
	}
	body := DeployEnded{Started: d.Started, What: run.Word(), DryRun: run.DryRun}
	switch d.Told {
	case "":
		body.DeployEnding = DeployEnding{Well: d.Ran.Well(), Ending: d.Ran.Ending, Exit: d.Ran.Exit, Took: d.Ran.Took, Tail: lastOf(d.Ran.Tail, tailKept), Says: d.Ran.Says}
	case TellWent, TellFailed:
		body.DeployEnding = DeployEnding{Well: d.Told == TellWent, Told: true}
	default:
		return nil, refuseField("deploy.told", "told", "Say that it went out, or that it failed, not %q.", d.Told)
	}
	if body.Well && !run.DryRun {
		return []Body{body, DeployDone{run.deployed()}}, nil
	}
	return []Body{body}, nil
}

// tailKept is how much of a command's output an event keeps.
const tailKept = 8 << 10

// lastOf is the end of a text, in whole characters.
func lastOf(text string, most int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[len(text)-most:], "")
}

// DeployEnded is the end of a deploy on record.
type DeployEnded struct {
	Started EventID `json:"started"`
	What    string  `json:"what"` // "deploy to production"
	DryRun  bool    `json:"dry_run,omitempty"`
	DeployEnding
}

// Kind is "deploy.ended@1".
func (DeployEnded) Kind() Kind { return "deploy.ended@1" }

func (d DeployEnded) apply(in *Incident, e Event) {
	in.Proof.Attempts = slices.Clone(in.Proof.Attempts) // an older state keeps what it showed
	for i := range in.Proof.Attempts {
		if one := &in.Proof.Attempts[i]; one.Entry == d.Started && !one.Over {
			one.Over, one.Ended, one.clock = true, d.DeployEnding, e.Clock
		}
	}
	kind := DeployRun{DryRun: d.DryRun}.entry()
	in.record(e, kind, capitalOf(d.What)+" "+d.Words())
}

// Words say how it ended: "failed after 42 seconds: exit code 3".
func (d DeployEnding) Words() string {
	word := "failed"
	switch {
	case d.Well:
		word = "ended well"
	case d.Ending == RunCancelled:
		word = "was cancelled"
	case d.Ending == RunTimedOut:
		word = "was ended at its time limit"
	case d.Ending == RunNotStarted:
		word = "did not start"
	}
	if d.Took >= time.Second {
		word += " after " + d.Took.Round(time.Second).String()
	}
	switch {
	case d.Told:
		word += ", as a person said"
	case !d.Well && d.Ending == RunExited:
		word += fmt.Sprintf(": exit code %d", d.Exit)
	case d.Says != "" && (d.Ending == RunNotStarted || d.Ending == RunSignalled):
		word += ": " + strings.TrimRight(onOneLine(d.Says), ".")
	}
	if !d.Well && (d.Ending == RunCancelled || d.Ending == RunTimedOut || d.Ending == RunSignalled) {
		word += "; it may be half out"
	}
	return word
}

// capitalOf begins words with a capital.
func capitalOf(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
