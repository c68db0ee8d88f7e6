package session

import (
	"context"
	"fmt"
	"strings"
	"time"

	"firebreak/workflow"
)

// Censor is what some hands can do: find what an incident would give away, and
// take out what was to be redacted. Its errors are sentences for a person.
type Censor interface {
	// Leaks lists the secrets and the personal data in the incident's log.
	Leaks(ctx context.Context, in workflow.Incident, also LookFor) ([]workflow.Leak, error)
	// Outgoing is the incident as it may leave: with markers where something was
	// to be redacted.
	Outgoing(ctx context.Context, in workflow.Incident) (workflow.Incident, error)
}

// LookFor is what this person wants to see besides secrets and mail addresses,
// on top of what the playbook asks for.
type LookFor struct {
	Addresses bool `json:"addresses,omitempty"` // IP addresses
	Phones    bool `json:"phones,omitempty"`    // telephone numbers
}

// Blotter is what some shelves can do: put markers where secrets are in the log,
// for good.
type Blotter interface {
	Blot(ctx context.Context, wish Blotting) (Blotted, error)
}

// Blotting says what is to be blotted out of an incident's log.
type Blotting struct {
	Incident workflow.IncidentID
	Secrets  []workflow.Secret
	Whole    []workflow.EventID // what was decided about them: of it no word stays
	By, Why  string
}

// Blotted is what was changed, and what nobody here has power over.
type Blotted struct {
	Events  int // changes of the log
	Drafts  int // half-typed texts
	Backups int // that were made before, and still hold the words
}

// Leaks are the findings as they were looked for last.
type Leaks struct {
	List    []workflow.Leak
	Of      workflow.Revision // of the incident that was looked at
	Looked  bool              // there was a look; else List says nothing
	Looking bool              // one is under way
	Says    string            // why there was none
}

// LeaksAccepted stands among what an export accepts when secrets on which nobody
// has decided may leave with it.
const LeaksAccepted = "\x00secrets"

// HeldError says that an export was held back, and by what.
type HeldError struct{ Leaks []workflow.Leak }

// Error is what the person reads.
func (h *HeldError) Error() string {
	var named []string
	for _, l := range h.Leaks[:min(3, len(h.Leaks))] {
		place := ""
		for _, p := range l.Places {
			if p.Stands {
				place = " (" + p.Where + ")"
				break
			}
		}
		named = append(named, l.Secret.Name+place)
	}
	if more := len(h.Leaks) - len(named); more > 0 {
		named = append(named, fmt.Sprintf("%d more", more))
	}
	what := "A secret on which nobody has decided would leave"
	if len(h.Leaks) > 1 {
		what = fmt.Sprintf("%d secrets on which nobody has decided would leave", len(h.Leaks))
	}
	return what + ": " + strings.Join(named, ", ") + ". Nothing was written. Redact, keep or blot out each of them in the list of findings, or export anyway from there."
}

// FindLeaks looks at the open incident; done hears when the state has the list.
func (d *Desk) FindLeaks(done func(error)) {
	hands, can := d.hands.(Censor)
	if !can || !d.state.Incident.Declared() {
		d.answer(done, sentence("There is nothing that could leave yet."))
		return
	}
	in, at, also := d.state.Incident, d.here(), d.state.Prefs.LookFor
	d.state.Leaks.Looking = true
	d.Run("leaks", func(ctx context.Context) (func(), error) {
		list, err := hands.Leaks(ctx, in, also)
		return func() {
			if at == d.here() {
				d.state.Leaks = Leaks{List: list, Of: in.Revision(), Looked: true}
				d.show()
			}
		}, err
	}, func(err error) {
		if err != nil {
			d.state.Leaks = Leaks{Says: err.Error(), Of: in.Revision()}
			d.show()
		}
		d.answer(done, err)
	})
}

// Outgoing gives then the incident as it may leave the laptop, for what is
// copied or saved from a screen. Most incidents have nothing to redact: then it
// is called at once.
func (d *Desk) Outgoing(then func(workflow.Incident, error)) {
	hands, can := d.hands.(Censor)
	in := d.state.Incident
	if !can || len(in.Judgements()) == 0 {
		then(in, nil)
		return
	}
	d.Run("outgoing", func(ctx context.Context) (func(), error) {
		out, err := hands.Outgoing(ctx, in)
		return func() { then(out, nil) }, err
	}, func(err error) {
		if err != nil {
			then(workflow.Incident{}, err)
		}
	})
}

// ExportAnyway is Export although secrets on which nobody has decided leave with
// it. That they did, and on whose word, is put on record first.
func (d *Desk) ExportAnyway(accept []string, why string, done func(error), docs ...Document) {
	at := d.here()
	for _, l := range workflow.Held(d.state.Leaks.List) {
		if !l.Lost {
			d.ask(task{want: workflow.Judge{Leak: l, Verdict: workflow.LetThrough, Why: why}, actor: d.state.Actor(), home: at})
		}
	}
	d.Export(append(accept[:len(accept):len(accept)], LeaksAccepted), done, docs...)
}

// Blot blots findings out of the log for good. The words around them stay, and
// so does who did it. It cannot be undone: whoever calls it has asked.
func (d *Desk) Blot(leaks []workflow.Leak, why string, done func(error)) {
	shelf, can := d.shelf.(Blotter)
	if !can || len(leaks) == 0 {
		d.answer(done, sentence("Nothing can be blotted out here. Nothing was changed."))
		return
	}
	at := d.here()
	wish := Blotting{Incident: at.incident, By: d.state.Actor(), Why: strings.TrimSpace(why)}
	for _, l := range leaks {
		wish.Secrets = append(wish.Secrets, l.Secret)
		wish.Whole = append(wish.Whole, d.state.Incident.JudgementEvents(l.Fingerprint)...)
	}
	d.finish("blot", func(ctx context.Context) (func(), error) {
		blotted, err := shelf.Blot(ctx, wish)
		return func() {
			d.say(Strip{Says: blotted.Words(leaks)})
			if at == d.here() {
				d.blotDrafts(wish.Secrets)
			}
			d.ask(task{want: blotted.Record(leaks, wish.Why), actor: wish.By, home: at, done: func(err error) {
				d.complain(err)
				d.readAgain(at, func() { d.FindLeaks(nil) })
			}})
		}, err
	}, func(err error) { d.answer(done, err) })
}

// Words says what was done, and what is left.
func (b Blotted) Words(leaks []workflow.Leak) string {
	what := leaks[0].Secret.Name
	if len(leaks) > 1 {
		what = fmt.Sprintf("%d findings", len(leaks))
	}
	says := fmt.Sprintf("Blotted out of the log: %s, in %s.", what, changes(b.Events))
	if b.Backups > 0 {
		says += " Backups that were made before still hold it, and so do files that were exported already."
	}
	return says
}

// Record is what goes into the log about it. Whoever has the incident open reads
// it again then.
func (b Blotted) Record(leaks []workflow.Leak, why string) workflow.RecordBlot {
	record := workflow.RecordBlot{Events: b.Events, Why: why}
	for _, l := range leaks {
		record.What = append(record.What, l.Secret.Name)
	}
	return record
}

func changes(n int) string {
	if n == 1 {
		return "1 change"
	}
	return fmt.Sprintf("%d changes", n)
}

// blotDrafts puts markers into half-typed text that is not on the disk yet.
func (d *Desk) blotDrafts(secrets []workflow.Secret) {
	for field, draft := range d.state.Drafts {
		text := draft.Text
		for _, s := range secrets {
			text = strings.ReplaceAll(text, s.Reveal(), s.Marker())
		}
		if text != draft.Text {
			d.Draft(field, text)
		}
	}
}

// readAgain reads the open incident from the disk, where words of it have changed.
// What was written meanwhile is read as well.
func (d *Desk) readAgain(at home, then func()) {
	d.Run("reread", func(ctx context.Context) (func(), error) {
		got, err := at.shelf.Load(ctx, at.incident)
		return func() {
			switch {
			case at != d.here():
			case d.line.busy || got.Position < d.position:
				d.clock.After(readDelay, func() { d.threads.UI(func() { d.readAgain(at, then) }) })
			default:
				d.put(at.incident, got)
				d.refreshSummary(d.state.Incident.Summary())
				d.show()
				then()
			}
		}, err
	}, d.complain)
}

// readDelay is how long a reading waits for a write in flight.
const readDelay = 50 * time.Millisecond
