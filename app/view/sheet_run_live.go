package view

import (
	"fmt"
	"slices"
	"time"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// runLive is a test command that runs, or that has just ended: how long, what it
// prints, and what came of it.
type runLive struct {
	*runShown
	s    *Shell
	last session.Running
	on   bool

	again, back, copyAll *kit.Button
}

func newRunLive(s *Shell, sheet *runSheet) *runLive {
	cancel := kit.NewButton("Cancel", func() { s.CancelRun(session.TestsRun) }).OnlySpace()
	l := &runLive{s: s, runShown: newRunShown(s, 220, cancel)}
	l.again = kit.NewPrimary("Run again", l.repeat).Key("Ctrl+Enter")
	l.back = kit.NewButton("Run another", func() { s.ForgetRun(session.TestsRun) })
	l.copyAll = kit.NewQuiet("Copy the output", func() { s.Copy(l.out.Text(), "The output is copied.") }).Icon("copy")
	return l
}

func (l *runLive) buttons() []*kit.Button {
	return []*kit.Button{l.again, l.cancel, l.back, l.copyAll}
}

// Show brings it in line with a state, and says whether there is a run to show.
func (l *runLive) Show(st session.State) bool {
	run, found := st.Running(session.TestsRun)
	l.last, l.on = run, found
	for _, b := range l.buttons() {
		show(b, found)
	}
	if !found {
		return false
	}
	ended := run.Ended != nil
	show(l.again, ended)
	show(l.back, ended)
	l.runShown.Show(run, testLines(run, st.Now))
	return true
}

// main is what Ctrl+Enter does while a run is shown.
func (l *runLive) main() bool {
	if l.on && l.last.Ended != nil {
		l.repeat()
	}
	return l.on
}

// repeat runs the same again. The person was shown it, and asked for it; but a
// command of the playbook needs to be trusted still.
func (l *runLive) repeat() {
	in := l.s.state.Incident
	want := l.last.Wanted
	if asksForTrust(in.Playbook, want, l.s.Trusted) {
		l.s.Run("incident.trust")
		return
	}
	for _, run := range in.Proof.Runs { // what was said of the suite holds for the same command
		if run.Command == l.last.Line && run.Override != "" {
			want.Override, want.By = run.Override, run.OverrideBy
		}
	}
	l.s.RunTests(want, func(err error) {
		if err != nil {
			l.s.Say(session.Strip{Says: err.Error(), Warning: true})
		}
	})
}

// asksForTrust says whether what is to be run is the playbook's, and nobody
// trusts it now.
func asksForTrust(p workflow.Playbook, want session.TestsWanted, trusted func(workflow.PlaybookCommand) bool) bool {
	command := workflow.PlaybookCommand{Use: workflow.TestUse, Run: want.Line, Shell: p.Work.Shell}
	return !want.Typed && slices.Contains(p.Commands(), command) && !trusted(command)
}

// testLines say how far the tests are, or how they ended and what that is good
// for.
func testLines(run session.Running, now time.Time) []lineOf {
	if run.Ended == nil {
		return []lineOf{testLine(run, now)}
	}
	lines := []lineOf{testLine(run, now)}
	if run.Says != "" {
		line := lineOf{icon: "info", role: look.Muted, text: run.Says}
		if run.Unkept {
			line.icon, line.role = "error", look.ErrorText
		}
		lines = append(lines, line)
	}
	return lines
}

func testLine(run session.Running, now time.Time) lineOf {
	took := stopwatch(run.Took(now))
	switch {
	case run.Ended == nil && run.Cancelling:
		return lineOf{icon: "clock", role: look.WarningText, text: "The tests are being ended, after " + took, bold: true}
	case run.Ended == nil:
		return lineOf{icon: "clock", role: look.Primary, text: fmt.Sprintf("The tests run: %s of %s at most", took, workflow.Briefly(run.Limit)), bold: true}
	case run.Ended.Well():
		return lineOf{icon: "step-done", role: look.SuccessText, text: "The tests passed" + inTime(run.Ended.Took, " in ") + ".", bold: true}
	case run.Ended.Ending == workflow.RunCancelled:
		return lineOf{icon: "info", role: look.WarningText, text: "The tests were cancelled" + inTime(run.Ended.Took, " after ") + ".", bold: true}
	case run.Ended.Ending == workflow.RunNotStarted:
		return lineOf{icon: "error", role: look.ErrorText, text: run.Ended.Says, bold: true}
	default:
		return lineOf{icon: "error", role: look.ErrorText, text: "The tests failed" + inTime(run.Ended.Took, " after ") + ". " + run.Ended.Says, bold: true}
	}
}

// inTime says how long something took, where that is known.
func inTime(took time.Duration, after string) string {
	if took <= 0 {
		return ""
	}
	return after + workflow.Briefly(took)
}
