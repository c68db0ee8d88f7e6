package view

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// boardTab is a part of the board where the window is narrow.
type boardTab int

const (
	stepsTab boardTab = iota
	logTab
	tasksTab
	rolesTab
)

// boardTabs show the parts of the board one at a time.
type boardTabs struct {
	bar   *fyne.Container
	items []*kit.RailItem
	area  *fyne.Container
	parts []fyne.CanvasObject
	on    boardTab
	count int // of tasks, as shown last
	late  bool

	changed func()
}

func newBoardTabs(parts ...fyne.CanvasObject) *boardTabs {
	t := &boardTabs{parts: parts, area: container.NewStack(parts[0]), changed: func() {}}
	t.bar = kit.Grid(look.Space1, len(parts))
	for i, tab := range [][2]string{{"board", "Steps"}, {"timeline", "Log"}, {"people", "Tasks"}, {"person", "Roles"}} {
		item := kit.NewRailItem(tab[0], tab[1], "", func() { t.Go(boardTab(i)) })
		item.SetHere(i == 0)
		t.items = append(t.items, item)
		t.bar.Add(item)
	}
	return t
}

// Go shows a part.
func (t *boardTabs) Go(to boardTab) {
	if t.on == to {
		return
	}
	t.on = to
	for i, item := range t.items {
		item.SetHere(boardTab(i) == to)
	}
	t.area.Objects = []fyne.CanvasObject{t.parts[to]}
	t.changed()
}

// least is the least height of the part that is shown.
func (t *boardTabs) least() float32 {
	if t.on == stepsTab {
		return leastList
	}
	return leastPart
}

// Show counts what is behind the tabs; the late tasks move with the time.
func (t *boardTabs) Show(st session.State, phases []workflow.PhaseView, fresh bool) {
	if count, late := taskCount(st); count != t.count || late != t.late {
		t.count, t.late = count, late
		t.items[tasksTab].SetCount(count, late)
	}
	if !fresh {
		return
	}
	done, all := 0, 0
	for _, p := range phases {
		done, all = done+p.Done, all+len(p.Items)
	}
	t.items[stepsTab].SetWord(fmt.Sprintf("Steps %d/%d", done, all))
	t.items[logTab].SetWord(fmt.Sprintf("Log %d", entries(st.Incident)))
}
