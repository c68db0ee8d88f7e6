package view

import (
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// runList is the test commands that are proposed for the fix. One is run by its
// digit, or by Enter.
type runList struct {
	box  *fyne.Container
	head *kit.Text
	rows *kit.Rows
	room *leastLayout
	runs []workflow.ProposedRun
	held []bool // it waits to be accepted
	run  func(workflow.ProposedRun)
}

// runRowHeight is that of a proposal: the command, and why it is proposed.
const runRowHeight float32 = 56

func newRunList(run func(workflow.ProposedRun)) *runList {
	l := &runList{run: run, head: kit.NewCaption("Proposed for this fix: its digit or Enter runs one").Bold().Wrapped(), room: &leastLayout{}}
	l.rows = kit.NewRows(newRunRow, l.update)
	l.rows.OnActivate = func(string) { l.activate() }
	l.rows.OnRune = func(_ string, r rune) bool {
		n := int(r - '1')
		if n < 0 || n >= len(l.runs) {
			return false
		}
		l.rows.Select(strconv.Itoa(n))
		l.run(l.runs[n])
		return true
	}
	list := atLeast(runRowHeight, l.rows)
	l.room = list.Layout.(*leastLayout)
	l.box = kit.Column(look.Space2, l.head, list)
	return l
}

// activate runs the chosen one, or the first.
func (l *runList) activate() {
	n, err := strconv.Atoi(l.rows.Selected())
	if err != nil {
		n = 0
	}
	if n < len(l.runs) {
		l.run(l.runs[n])
	}
}

func newRunRow() fyne.CanvasObject {
	return kit.Inset(look.Space3, look.Space2, kit.TopRow(look.Space3,
		kit.NewMono("").In(look.Muted), kit.Grow(kit.Column(look.Space1, kit.NewMono("").Cut(), kit.NewCaption("").Cut()))))
}

func (l *runList) update(id string, row fyne.CanvasObject) {
	n, err := strconv.Atoi(id)
	if err != nil || n >= len(l.runs) {
		return
	}
	parts := textsIn(row)
	if len(parts) < 3 {
		return
	}
	p := l.runs[n]
	parts[0].SetText(strconv.Itoa(n + 1))
	parts[1].SetText(workflow.ShownCommand(p.Line))
	parts[2].SetText(runWhy(p, l.held[n]))
	parts[2].SetRole(look.Muted)
	if l.held[n] {
		parts[2].SetRole(look.WarningText)
	}
}

// textsIn are the texts of a row, from the left and from the top.
func textsIn(o fyne.CanvasObject) []*kit.Text {
	switch o := o.(type) {
	case *kit.Text:
		return []*kit.Text{o}
	case *fyne.Container:
		var out []*kit.Text
		for _, child := range o.Objects {
			out = append(out, textsIn(child)...)
		}
		return out
	}
	return nil
}

// runWhy says what a proposal is and what it rests on.
func runWhy(p workflow.ProposedRun, held bool) string {
	if held {
		return "Waits to be accepted: Enter shows the playbook's commands"
	}
	says := p.Why
	if p.Name != "" {
		says = p.Name + ": " + says
	}
	if p.Suite == workflow.RegressionSuite {
		says = "Regression test: " + says
	}
	if p.Derived {
		says += " (no playbook says it)"
	}
	return capital(says)
}

// Show brings the list in line with a state.
func (l *runList) Show(st session.State, trusted func(workflow.PlaybookCommand) bool) bool {
	runs := st.Incident.ProposeRuns(st.Delta)
	held := make([]bool, len(runs))
	for i, p := range runs {
		held[i] = !p.Derived && !trusted(p.Command(st.Incident.Playbook))
	}
	if slices.Equal(runs, l.runs) && slices.Equal(held, l.held) {
		return false
	}
	l.runs, l.held = runs, held
	items := make([]kit.Item, len(runs))
	for i := range runs {
		items[i] = kit.Item{ID: strconv.Itoa(i)}
	}
	l.room.height = runRowHeight * float32(min(len(runs), 4))
	l.rows.SetItems(items)
	show(l.box, len(runs) > 0)
	l.box.Refresh()
	return true
}

// countOf says a number with its noun.
func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
