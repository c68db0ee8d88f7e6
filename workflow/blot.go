package workflow

import (
	"fmt"
	"strings"
)

// RecordBlot says that findings were blotted out of the log. The words are gone
// when it is asked.
type RecordBlot struct {
	What   []string // what they were: "AWS access key"
	Events int      // how many events held them
	Why    string
}

func (r RecordBlot) decide(Incident, Env) ([]Body, error) {
	if len(r.What) == 0 || r.Events < 1 {
		return nil, refuse("blot.nothing", "Nothing was blotted out, so there is nothing to record.")
	}
	r.Why = strings.TrimSpace(r.Why)
	return []Body{LeaksBlotted(r)}, nil
}

// LeaksBlotted is on record where findings were blotted out. Whoever has the
// incident open must read it again: older events say less than they did.
type LeaksBlotted struct {
	What   []string `json:"what"`
	Events int      `json:"events"`
	Why    string   `json:"why,omitempty"`
}

// Kind is "leak.blotted@1".
func (LeaksBlotted) Kind() Kind { return "leak.blotted@1" }

func (b LeaksBlotted) apply(in *Incident, e Event) {
	text := "Blotted out of the log: " + strings.Join(b.What, ", ")
	if b.Why != "" {
		text += ": " + firstLine(b.Why)
	}
	in.record(e, SystemEntry, text)
}

func (b LeaksBlotted) tell(t *tale) {
	t.new("redaction", "").field("blotted out", strings.Join(b.What, ", ")).field("changes", fmt.Sprint(b.Events)).field("reason", b.Why)
}
