package session

import (
	"context"
	"slices"

	"firebreak/workflow"
)

// LookBack is what a look at the way back is about.
type LookBack struct {
	Survey  workflow.Survey
	In      workflow.Incident
	Hints   workflow.WayHints // what a person named just now
	Earlier []workflow.Summary
}

// Way is what is known of the way back to the last good version.
type Way struct {
	Of    workflow.IncidentID // whose it is
	Back  *workflow.WayBack   // nil: nobody has looked
	Hints workflow.WayHints   // that the look was made with
	Says  string              // why there is none
	Busy  bool                // somebody is looking
}

// WayBack is what the repository says about the way back of the incident on
// the desk; nil while nobody has looked.
func (s State) WayBack() *workflow.WayBack {
	if s.Way.Of != s.Incident.ID {
		return nil
	}
	return s.Way.Back
}

// Weighed are the facts beside the criteria of rollback or hotfix.
func (s State) Weighed() map[string]workflow.Weighed {
	return s.Incident.Weigh(s.WayBack(), s.fixDelta(), s.History)
}

// fixDelta is what the fix changes, once all of it was read. What lies on the
// branch that everybody works on is no fix before somebody says so.
func (s State) fixDelta() *workflow.Delta {
	if s.Delta == nil || s.Delta.Cut != "" || !s.Incident.Fix.Change.Set() && slices.Contains(everybodys, s.Survey.FixBranch) {
		return nil
	}
	return s.Delta
}

// everybodys are the branches that are nobody's hotfix; "" is no branch at all.
var everybodys = []string{"", "main", "master", "trunk", "develop", "development"}

const noRearView = sentence("No repository is chosen, so the way back is for you to say.")

// LookBack looks at the way back: which version was good, what came since, and
// whether the revert is clean. Nothing is touched.
func (d *Desk) LookBack(hints workflow.WayHints, done func(error)) {
	hands, can := d.hands.(RearView)
	folder, in := d.folder(), d.state.Incident
	d.state.Way.Hints = hints
	if d.state.Way.Of != in.ID {
		d.state.Way = Way{Of: in.ID, Hints: hints}
	}
	if !can || folder == "" || !in.Declared() {
		d.state.Way.Says, d.state.Way.Back = noRearView.Error(), nil
		d.show()
		d.answer(done, nil)
		return
	}
	look := LookBack{Survey: d.surveyed(), In: in, Hints: hints, Earlier: slices.Clone(d.state.History)}
	d.state.Way.Busy = true
	d.show()
	d.Run("look-back", func(ctx context.Context) (func(), error) {
		way, err := hands.WayBack(ctx, folder, look)
		return func() {
			if d.state.Way.Of == in.ID {
				d.state.Way = Way{Of: in.ID, Back: &way, Hints: hints, Says: way.Problem}
			}
		}, err
	}, func(err error) {
		if err != nil && d.state.Way.Of == in.ID {
			d.state.Way.Busy, d.state.Way.Says = false, err.Error()
		}
		d.show()
		d.answer(done, err)
	})
}

// lookBackAfter looks at the way back while a decision waits to be carried out
// and the repository has moved on: what it rested on may have moved as well.
func (d *Desk) lookBackAfter(was workflow.Survey) {
	now := d.state.Survey
	moved := was.Head != now.Head || was.Base != now.Base || was.FixTip != now.FixTip
	if moved && d.state.Incident.Deciding() && !d.Running("look-back") {
		d.LookBack(d.state.Way.Hints, nil)
	}
}

// surveyed is the newest survey of the repository; empty while there is none.
func (d *Desk) surveyed() workflow.Survey { return d.state.Survey }
