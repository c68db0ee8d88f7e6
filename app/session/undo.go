package session

import "firebreak/workflow"

// Undo takes the last change of this device back, and says which it was.
func (d *Desk) Undo(done func(error)) {
	what, ok := d.state.Incident.CanUndo(d.shelf.Device())
	d.Do(workflow.Undo{}, func(err error) {
		if err == nil && ok {
			d.say(Strip{Says: "Undone: " + what, Undo: "Redo", Back: func() { d.Redo(nil) }})
		}
		d.answer(done, err)
	})
}

// Redo brings the last undone change back.
func (d *Desk) Redo(done func(error)) {
	what, ok := d.state.Incident.CanRedo(d.env(task{actor: d.state.Actor(), home: d.here()}))
	d.Do(workflow.Redo{}, func(err error) {
		if err == nil && ok {
			d.say(Strip{Says: "Done again: " + what, Undo: "Undo", Back: func() { d.Undo(nil) }})
		}
		d.answer(done, err)
	})
}

// DoAndOffer is Do with a strip that offers to take the change back.
func (d *Desk) DoAndOffer(want workflow.Intent, says string, done func(error), fields ...string) {
	d.Do(want, func(err error) {
		if err == nil {
			d.offer(says)
		}
		d.answer(done, err)
	}, fields...)
}

// offer says what was done and offers to take it back.
func (d *Desk) offer(says string) {
	d.say(Strip{Says: says, Undo: "Undo", Back: func() { d.Undo(nil) }})
}

func (d *Desk) answer(done func(error), err error) {
	if done == nil {
		done = d.complain
	}
	done(err)
}

// stillMeant refuses an undo that would take back another change than the one it
// was decided for. A terminal writes under the same device: what it wrote in the
// same moment is newer, and the person has not even seen it.
func (t *task) stillMeant(events []workflow.Event) error {
	undone, is := events[0].Body.(workflow.Undone)
	if !is {
		return nil
	}
	if t.undoes != "" && t.undoes != undone.Batch {
		return &workflow.RuleError{
			Code: "undo.overtaken",
			Says: "Nothing was undone: another window or terminal changed the incident in the same moment. Look at its change, and undo again if you mean that one.",
		}
	}
	t.undoes = undone.Batch
	return nil
}
