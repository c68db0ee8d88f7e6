package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// runShown is a command that runs, or that has just ended: how far it is, the
// command in full, and what it prints. What its end means is the sheet's to say.
type runShown struct {
	box    *fyne.Container
	head   *lineList
	line   *kit.Text
	out    *kit.Output
	cancel *kit.Button
}

func newRunShown(s *Shell, least float32, cancel *kit.Button) *runShown {
	r := &runShown{head: newLineList(1), line: kit.NewMono("").Wrapped(), out: kit.NewOutput("Nothing was printed yet.").Least(least), cancel: cancel}
	r.out.OnCopy = func(text string) { s.Copy(text, "Copied.") }
	r.box = kit.Column(look.Space3, r.head.box, r.line, kit.Grow(r.out))
	return r
}

// Show brings it in line with a run.
func (r *runShown) Show(run session.Running, says []lineOf) {
	show(r.cancel, run.Ended == nil)
	r.cancel.SetOff("")
	if run.Cancelling {
		r.cancel.SetOff("It is being ended")
	}
	changed := r.head.Set(says)
	if line := workflow.ShownCommand(run.Line); line != r.line.Text() {
		r.line.SetText(line)
		changed = true
	}
	r.out.Print(run.Text, run.Printed)
	if changed {
		r.box.Refresh()
	}
}
