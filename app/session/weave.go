package session

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"firebreak/workflow"
)

// weave is how the desk keeps the open incident and its increment in step.
type weave struct {
	at      home                  // the incident that was looked at last
	seen    uint64                // where its log stood then
	waiting []func(error)         // who asked for the look that comes after it
	refused []workflow.Adopt      // what the files say and the workflow does not allow
	asked   []workflow.Difference // questions that were pointed out already
	told    []string              // sentences about files that were said already

	watched home   // whose files are watched
	root    string // and where
	stop    func()
	by      time.Time // when the files are looked at next, where they cannot be watched
}

// weaveEvery is how often files are looked at that cannot be watched.
const weaveEvery = 2 * time.Second

// follow looks at the increment when the incident has moved on since the last
// look. It is called whenever something is shown.
func (d *Desk) follow() {
	if d.weave.at == d.here() && d.weave.seen == d.position {
		return
	}
	if d.weave.at != d.here() {
		d.forgetWeave()
	}
	d.weave.at, d.weave.seen = d.here(), d.position
	if _, can := d.woven(); !can && d.state.Increment.ID != "" { // a link was taken back
		d.forgetWeave()
	}
	d.weaveNow(nil)
}

// forgetWeave lets go of the increment of another incident.
func (d *Desk) forgetWeave() {
	d.state.Increment = Increment{}
	d.weave.refused, d.weave.asked, d.weave.told = nil, nil, nil
	d.unwatch()
}

// woven says whether there is an increment whose files can be looked at. Of one
// that somebody else wrote only the name is known until it is linked.
func (d *Desk) woven() (Weaver, bool) {
	hands, can := d.hands.(Weaver)
	written := d.state.Incident.Fix.Increment.Get()
	return hands, can && written.ID != "" && written.Root != ""
}

// WeaveIncrement looks at the increment's files now and brings both sides in
// step; done hears when that is over.
func (d *Desk) WeaveIncrement(done func(error)) {
	if _, can := d.woven(); !can {
		d.answer(done, sentence("This incident has no increment in a repository. Nothing was compared. Create one, or link one that is there."))
		return
	}
	d.weaveNow(done)
}

// weaveNow looks at both sides, or once more after the look that is under way.
func (d *Desk) weaveNow(done func(error)) {
	if done == nil {
		done = func(error) {}
	}
	hands, can := d.woven()
	if !can || d.end.asked {
		done(nil)
		return
	}
	if d.Running("weave") {
		d.weave.waiting = append(d.weave.waiting, done)
		return
	}
	in, at, folder := d.state.Incident, d.here(), d.folder()
	d.finish("weave", func(ctx context.Context) (func(), error) {
		found, err := hands.Weave(ctx, folder, in)
		return func() { d.weaveFound(at, found) }, err
	}, func(err error) {
		if err != nil && at == d.here() {
			d.weaveFailed(err)
		}
		done(err)
		if waiting := d.weave.waiting; len(waiting) > 0 {
			d.weave.waiting = nil
			d.weaveNow(func(err error) {
				for _, call := range waiting {
					call(err)
				}
			})
		}
	})
}

// weaveFailed shows why the files could not be looked at. What both sides hold
// is as it was.
func (d *Desk) weaveFailed(err error) {
	written := d.state.Incident.Fix.Increment.Get()
	d.state.Increment = Increment{
		ID: written.ID, Root: written.Root, Folder: written.Path, Type: written.Type,
		Says: []string{err.Error()}, At: d.clock.Now(), Live: d.weave.stop != nil,
	}
	d.tellWeave()
	d.watchIncrement()
	d.show()
}

// weaveFound shows what a look found and asks for what only the files changed.
func (d *Desk) weaveFound(at home, found Woven) {
	if at != d.here() {
		return
	}
	found.Increment.At = d.clock.Now()
	found.Increment.Live = d.weave.stop != nil
	kept := d.state.Increment.Handover
	if kept.Running || kept.Printed != "" {
		found.Increment.Handover.Running, found.Increment.Handover.Printed, found.Increment.Handover.Failed = kept.Running, kept.Printed, kept.Failed
	}
	d.state.Increment = found.Increment
	d.tellWeave()
	d.forgetRefused(found.Takes)
	for _, take := range found.Takes {
		d.take(at, take)
	}
	d.watchIncrement()
	d.show()
}

// take asks for what a file says. What the workflow refuses is not asked again
// and again: it stands as a difference until the file says something else.
func (d *Desk) take(at home, take Take) {
	adopt, named := take.Want.(workflow.Adopt)
	if named && slices.Contains(d.weave.refused, adopt) {
		return
	}
	d.ask(task{want: take.Want, actor: take.By, via: take.Via, home: at, done: func(err error) {
		var rule *workflow.RuleError
		switch {
		case err == nil:
			d.Say(Strip{Says: "From " + take.Via + ": " + d.newest()})
		case errors.As(err, &rule):
			// By now the incident says the same, or something else again.
			if named && !strings.HasSuffix(rule.Code, ".same") && rule.Code != workflow.Overtaken {
				d.weave.refused = append(d.weave.refused, adopt)
			}
		default:
			d.complain(err)
		}
	}})
}

// forgetRefused lets what was refused be asked again, once the files have said
// something else meanwhile.
func (d *Desk) forgetRefused(takes []Take) {
	d.weave.refused = slices.DeleteFunc(d.weave.refused, func(was workflow.Adopt) bool {
		return !slices.ContainsFunc(takes, func(t Take) bool { return t.Want == was })
	})
}

// newest is the newest change of the open incident in a few words.
func (d *Desk) newest() string {
	var newest workflow.Event
	d.state.Incident.EachEvent(func(e *workflow.Event) bool { newest = *e; return true })
	return workflow.Describe(newest, d.state.Incident.Playbook)
}

// tellWeave points out, once each, a question between the two sides and a
// sentence about a file.
func (d *Desk) tellWeave() {
	questions := d.state.Increment.Questions()
	for _, q := range questions {
		if !slices.Contains(d.weave.asked, q) {
			d.say(Strip{
				Says:     askedWords(q, d.state.Increment.ID),
				Warning:  true,
				Question: true,
			})
			break
		}
	}
	d.weave.asked = questions
	if s := d.state.Strip; s != nil && (s.Question && len(questions) == 0 || d.mended(s.Says)) {
		d.unsay()
	}
	for _, says := range d.state.Increment.Says {
		if !slices.Contains(d.weave.told, says) {
			d.say(Strip{Says: says, Warning: true})
		}
	}
	d.weave.told = d.state.Increment.Says
}

// Settle answers a question between the two sides as it is shown now.
func (d *Desk) Settle(q workflow.Difference, keep workflow.Keep, done func(error)) {
	d.DoAndOffer(workflow.SettleClash{
		Part: q.Part, Ours: q.Ours, Theirs: q.Theirs, Keep: keep, Hypothesis: d.state.Increment.Hypothesis,
	}, settledWords(q.Part, keep), done)
}

// Increments lists the increments of the repository.
func (d *Desk) Increments(done func([]Listed, error)) {
	hands, can := d.hands.(Weaver)
	if !can {
		done(nil, sentence("This program cannot read increments."))
		return
	}
	folder := d.folder()
	var found []Listed
	d.Run("increments", func(ctx context.Context) (_ func(), err error) {
		found, err = hands.Increments(ctx, folder)
		return nil, err
	}, func(err error) { done(found, err) })
}

// LinkIncrement ties the open incident to an increment of the repository and
// takes its tasks over.
func (d *Desk) LinkIncrement(id string, done func(error)) {
	hands, can := d.hands.(Weaver)
	if !can {
		d.answer(done, sentence("This program cannot read increments."))
		return
	}
	in, at, folder := d.state.Incident, d.here(), d.folder()
	d.finish("increment", func(ctx context.Context) (func(), error) {
		link, err := hands.Link(ctx, folder, in, id)
		if err != nil {
			return nil, err
		}
		return func() {
			d.ask(task{want: link, actor: d.state.Actor(), home: at, done: func(err error) {
				if err == nil {
					d.offer("Linked to " + link.ID)
				}
				d.answer(done, err)
			}})
		}, nil
	}, func(err error) {
		if err != nil {
			d.answer(done, err)
		}
	})
}

// CompleteIncrement runs SpecWeave's own command for closing the increment, and
// shows what it prints while it runs.
func (d *Desk) CompleteIncrement(done func(error)) {
	hands, can := d.woven()
	if !can || d.state.Increment.Handover.Running {
		d.answer(done, sentence("There is nothing to run now."))
		return
	}
	in, at, folder := d.state.Incident, d.here(), d.folder()
	d.state.Increment.Handover.Running = true
	d.state.Increment.Handover.Printed, d.state.Increment.Handover.Failed = "", ""
	d.show()
	printed := func(text string) {
		d.threads.UI(func() {
			if at == d.here() && !d.end.closed {
				d.state.Increment.Handover.Printed += text
				d.show()
			}
		})
	}
	d.finish("complete", func(ctx context.Context) (func(), error) {
		return nil, hands.Complete(ctx, folder, in, printed)
	}, func(err error) {
		if at == d.here() {
			d.state.Increment.Handover.Running = false
			if err != nil {
				d.state.Increment.Handover.Failed = err.Error()
			}
			d.show()
			d.weaveNow(nil)
		}
		d.answer(done, err)
	})
}
