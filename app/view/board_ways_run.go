package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// runCard offers to run the tests from here, above the form for those that were
// run elsewhere: the proposals, or how far the one that runs is.
type runCard struct {
	box     *fyne.Container
	list    *runList
	state   *lineList
	running fyne.CanvasObject
	trusted func(workflow.PlaybookCommand) bool
	st      session.State
}

func newRunCard(ask Asker, refuse func(error)) *runCard {
	c := &runCard{state: newLineList(1), trusted: ask.Trusted}
	c.list = newRunList(func(p workflow.ProposedRun) {
		if !p.Derived && !ask.Trusted(p.Command(c.st.Incident.Playbook)) {
			ask.Run("incident.trust")
			return
		}
		ask.RunTests(session.TestsWanted{Line: p.Line, Name: p.Name}, func(err error) {
			if err != nil {
				refuse(err)
				return
			}
			ask.Run("incident.tests") // what it prints is shown there
		})
	})
	c.running = kit.Row(look.Space3, kit.Grow(c.state.box), kit.NewButton("Show the output", func() { ask.Run("incident.tests") }).Small())
	own := kit.NewQuiet("Run another command…", func() { ask.Run("incident.tests") }).Icon("test").Key("Ctrl+Shift+K").Small()
	c.box = kit.Column(look.Space2, c.running, c.list.box, own, kit.NewRule(), kit.NewCaption("Or record a run from elsewhere").Bold())
	return c
}

// Show brings it in line with a state, and says whether its height changed.
func (c *runCard) Show(st session.State) bool {
	c.st = st
	run, some := st.Running(session.TestsRun)
	moved := some != c.running.Visible()
	show(c.running, some)
	if some {
		moved = c.state.Set(testLines(run, st.Now)) || moved
	}
	return c.list.Show(st, c.trusted) || moved
}
