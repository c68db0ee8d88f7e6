package session

import (
	"errors"
	"reflect"
	"slices"
	"time"

	"firebreak/workflow"
)

// retryDelay is how long the desk waits until it tries a disk again that
// refused a write.
const retryDelay = time.Second

// mend is what the desk does about writes that failed. Half-typed text is tried
// again by itself; a change is offered, because whoever asked for it may have
// done it in another way meanwhile.
type mend struct {
	failed []task // changes that did not reach the disk, the oldest first
	timer  bool   // the disk is tried again soon
	told   string // the trouble that the strip has told
	copied bool   // what a vanished file held was saved elsewhere
	tended time.Time
	warned string // what Tend said last
}

// triedKey is written when nothing else waits, to learn whether the disk takes
// writes again.
const triedKey = "tried"

// failed is called when a change did not reach the disk.
func (d *Desk) failed(t task, err error) {
	d.land()
	d.state.Saved.Since = time.Time{}
	d.keepFailed(append(slices.DeleteFunc(d.mend.failed, t.same), t))
	d.mend.told = "" // it is said once more, with the offer
	t.done(err)
	d.stuck(err)
	d.show()
	d.pump()
}

// same says whether two requests ask for the same change.
func (t task) same(as task) bool {
	return t.home == as.home && t.actor == as.actor && reflect.DeepEqual(t.want, as.want)
}

// resumed finds out whether a change is asked for again that failed. Its events
// keep their names then: should the disk have them after all, they are not
// written twice.
func (d *Desk) resumed(t task) task {
	at := slices.IndexFunc(d.mend.failed, t.same)
	if at >= 0 {
		t.batch = d.mend.failed[at].batch
		d.keepFailed(slices.Delete(d.mend.failed, at, at+1))
	}
	return t
}

// Again sends the changes once more that did not reach the disk.
func (d *Desk) Again() {
	failed := d.mend.failed
	d.keepFailed(nil)
	if len(failed) == 0 {
		d.Say(Strip{Says: "Nothing waits to be sent again: every change has reached the disk."})
		return
	}
	d.unsayTrouble()
	for _, t := range failed {
		if t.home.shelf == d.shelf || t.home.shelf == d.settings {
			t.tries = 0
			d.ask(t)
		}
	}
}

func (d *Desk) keepFailed(failed []task) {
	d.mend.failed = failed
	d.state.Unsent = len(failed)
}

// stuck says that the disk refuses writes, and tries it again until it does not.
func (d *Desk) stuck(err error) {
	d.state.Saved.Trouble = err.Error()
	var away *Away
	if d.state.Away = nil; errors.As(err, &away) {
		d.state.Away = away
	}
	if d.mend.told != err.Error() {
		d.mend.told = err.Error()
		d.tellTrouble()
	}
	d.tryAgainSoon()
}

// tellTrouble says why nothing is saved, and what can be done about it here.
func (d *Desk) tellTrouble() {
	s := Strip{Says: d.state.Saved.Trouble, Warning: true, Kept: true, trouble: true}
	switch {
	case d.state.Away != nil && d.state.Away.PutBack:
		s.Undo, s.Back = "Put it back", func() { d.PutBack(nil) }
	case d.state.Away != nil: // the window offers a folder
	case len(d.mend.failed) > 0:
		s.Undo, s.Back = "Try again", d.Again
	default:
		s.Says += " It is tried again by itself."
	}
	d.unsayTrouble()
	d.say(s)
}

// unsayTrouble takes away what was said about it, also from under what was said
// since; false when nothing of it was left.
func (d *Desk) unsayTrouble() (said bool) {
	waiting := len(d.kept)
	d.kept = slices.DeleteFunc(d.kept, func(s Strip) bool { return s.trouble })
	said = len(d.kept) < waiting
	if d.state.Strip != nil && d.state.Strip.trouble {
		said = true
		d.unsay()
	}
	return said
}

// WhyNotSaved says once more why nothing is saved, for who has closed the strip.
func (d *Desk) WhyNotSaved() {
	if d.state.Saved.Trouble != "" {
		d.tellTrouble()
		d.show()
	}
}

func (d *Desk) tryAgainSoon() {
	if d.mend.timer || d.end.asked {
		return
	}
	d.mend.timer = true
	d.clock.After(retryDelay, func() {
		d.threads.UI(func() {
			d.mend.timer = false
			d.tryAgain()
		})
	})
}

// tryAgain writes the half-typed text that waits, or else something that says
// nothing.
func (d *Desk) tryAgain() {
	switch {
	case d.state.Saved.Trouble == "" || d.end.asked:
	case d.line.busy || d.drafts.saving != nil:
		d.tryAgainSoon()
	case len(d.drafts.dirty)+len(d.drafts.later) > 0:
		d.SaveDrafts(nil)
	default:
		at := d.state.Saved.At
		d.tries(func(err error) {
			if err != nil {
				d.stuck(err)
			} else if d.state.Saved.Trouble != "" {
				d.recovered(at)
			}
			d.show()
		})
	}
}

// recovered says that the disk takes writes again. at is when something of the
// person's own was saved last.
func (d *Desk) recovered(at time.Time) {
	told := d.unsayTrouble()
	d.state.Saved = Saved{At: at, Since: d.state.Saved.Since}
	d.state.Away, d.mend.told = nil, ""
	switch {
	case len(d.mend.failed) > 0:
		d.say(Strip{Says: "The disk takes writes again. What was not saved can be sent now.", Undo: "Try again", Back: d.Again, Warning: true, Kept: true, trouble: true})
	case told:
		d.say(Strip{Says: "The disk takes writes again, and what you typed is saved."})
	}
}

// reached notes that something of the person's own was saved just now.
func (d *Desk) reached() {
	now := d.clock.Now()
	if d.state.Saved.Trouble != "" {
		d.recovered(now)
	}
	d.state.Saved = Saved{At: now}
}

// logs are the files that the desk stands on: one, or two beside the sample.
func (d *Desk) logs() []Shelf {
	if d.shelf == d.settings {
		return []Shelf{d.settings}
	}
	return []Shelf{d.settings, d.shelf}
}

// unsaved is the half-typed text that is in no file yet.
func (d *Desk) unsaved(of Shelf) []Draft {
	d.settle()
	var out []Draft
	for _, typed := range []map[draftKey]Draft{d.drafts.saving, d.drafts.dirty} {
		for key, draft := range typed {
			if key.shelf == of && draft.Text != "" {
				out = append(out, draft)
			}
		}
	}
	return out
}

// decided is what a request wants to write: what was decided before, when it is
// sent once more.
func (d *Desk) decided(t *task, in workflow.Incident, after uint64) error {
	if t.batch != nil {
		return nil
	}
	want := t.want
	if t.full != nil {
		want = t.full
	}
	events, err := workflow.Decide(in, want, d.env(*t))
	if err == nil {
		err = t.stillMeant(events)
	}
	if err != nil {
		return err
	}
	t.batch = &Batch{Incident: in.ID, After: after, Events: events, Summary: in.With(events...).Summary(), Clear: fieldsOf(t.clear)}
	return nil
}
