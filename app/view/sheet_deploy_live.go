package view

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// deployLive is a deploy that runs, or that has just ended: how long, what it
// prints, and how it ended. Closing the sheet does not touch it.
type deployLive struct {
	*runShown
	s     *Shell
	sheet *deploySheet
	asks  *fyne.Container
	key   string

	again, leave *kit.Button
}

func newDeployLive(s *Shell, sheet *deploySheet) *deployLive {
	l := &deployLive{s: s, sheet: sheet}
	l.runShown = newRunShown(s, 260, kit.NewButton("Cancel…", l.ask).OnlySpace())
	l.asks = kit.Column(look.Space2,
		kit.TopRow(look.Space2, kit.NewIcon("warning").Edge(18).In(look.WarningText), kit.Grow(kit.NewText("A deploy that is cut may be half out. Nothing here can tell what runs then.").Wrapped())),
		kit.Row(look.Space2, kit.NewButton("Let it run on", l.unask).Small(), kit.NewButton("Cut it off", l.cut).As(kit.Danger).OnlySpace().Small()))
	l.asks.Hide()
	l.box.Add(l.asks)
	l.again = kit.NewButton("Back to the plan", l.forget)
	l.leave = kit.NewButton("Close", func() { s.CloseLayer(deployLayer) })
	return l
}

func (l *deployLive) buttons() []*kit.Button { return []*kit.Button{l.leave, l.again, l.cancel} }

// watch shows the run under a key.
func (l *deployLive) watch(key string) { l.key = key }

// Show brings it in line with a state, and says whether there is a run to show.
func (l *deployLive) Show(st session.State) bool {
	run, found := l.find(st)
	for _, b := range l.buttons() {
		show(b, found)
	}
	if !found {
		return false
	}
	show(l.again, run.Ended != nil)
	if run.Ended != nil {
		l.asks.Hide()
	}
	l.runShown.Show(run, []lineOf{liveLine(run, st.Now)})
	return true
}

// find is the run that is watched: the one that was begun here, or that runs of
// this kind when the sheet is opened.
func (l *deployLive) find(st session.State) (session.Running, bool) {
	if l.key == "" {
		for _, dry := range []bool{false, true} {
			run := l.sheet.run
			run.DryRun = dry
			if on, ok := st.Running(session.DeployKeyOf(run)); ok && on.Ended == nil && (dry || on.Use == run.Use()) {
				l.key = session.DeployKeyOf(run)
			}
		}
	}
	return st.Running(l.key)
}

// liveLine says how far it is.
func liveLine(run session.Running, now time.Time) lineOf {
	what := map[workflow.CommandUse]string{
		workflow.DeployUse: "The deploy", workflow.StageUse: "The deploy to staging", workflow.RollbackUse: "The rollback", workflow.DryRunUse: "The dry run",
	}[run.Use]
	took := stopwatch(run.Took(now))
	switch {
	case run.Ended == nil && run.Cancelling:
		return lineOf{icon: "clock", role: look.WarningText, text: what + " is being ended, after " + took, bold: true}
	case run.Ended == nil:
		return lineOf{icon: "clock", role: look.Primary, text: fmt.Sprintf("%s runs: %s of %s at most", what, took, workflow.Briefly(run.Limit)), bold: true}
	case run.Ended.Well() && run.Use == workflow.DryRunUse:
		return lineOf{icon: "step-done", role: look.SuccessText, text: what + " ended well after " + took + ". Nothing went out, and nothing is ticked.", bold: true}
	case run.Ended.Well():
		return lineOf{icon: "step-done", role: look.SuccessText, text: what + " ended well after " + took + ". It is on record.", bold: true}
	default:
		says := run.Ended.Says
		if says == "" {
			says = "It did not end well."
		}
		return lineOf{icon: "error", role: look.ErrorText, text: what + " failed after " + took + ". " + says, bold: true}
	}
}

// stopwatch is a length of time as it runs: 0:07, 1:02:03.
func stopwatch(d time.Duration) string {
	seconds := int(d / time.Second)
	if seconds < 3600 {
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}

func (l *deployLive) ask() {
	l.asks.Show()
	l.s.layers.Refresh()
}

func (l *deployLive) unask() {
	l.asks.Hide()
	l.s.layers.Refresh()
}

func (l *deployLive) cut() {
	l.asks.Hide()
	l.s.CancelRun(l.key)
	l.s.layers.Refresh()
}

// forget goes back to the plan.
func (l *deployLive) forget() {
	key := l.key
	l.key = ""
	l.s.ForgetRun(key)
	l.sheet.Show(l.s.state)
	l.s.layers.Refresh()
}
