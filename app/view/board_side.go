package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// boardSide is what else goes on: the last entries, tasks, gates, roles and
// the flow. Wide, all of it stands in one column; narrow, in parts.
type boardSide struct {
	recent *recent
	tasks  *tasks
	files  *boardIncrement
	gates  *gates
	crew   *crew
	flow   *flowRows

	all    *kit.Scroller
	log    fyne.CanvasObject
	work   *kit.Scroller
	people fyne.CanvasObject
}

func newBoardSide(ask Asker) *boardSide {
	s := &boardSide{recent: newRecent(ask), tasks: newTasks(ask), files: newBoardIncrement(ask), gates: newGates(), crew: newCrew(ask), flow: newFlowRows()}
	s.all = kit.NewScroller(kit.Column(look.Space3, s.recent.panel, s.tasks.panel, s.files.panel, s.gates.panel, s.crew.panel, s.flow.panel))
	s.log = kit.NewScroller(s.recent.panel)
	s.work = kit.NewScroller(kit.Column(look.Space3, s.tasks.panel, s.files.panel, s.gates.panel))
	s.people = kit.NewScroller(kit.Column(look.Space3, s.crew.panel, s.flow.panel))
	return s
}

func (s *boardSide) setFit(fit func()) { s.tasks.fit, s.crew.fit = fit, fit }

// Show brings the side in line with a state; it reports whether a part of it
// needs another height.
func (s *boardSide) Show(st session.State, fresh bool) bool {
	changed := s.tasks.Show(st)
	changed = s.crew.Show(st) || changed
	changed = s.files.Show(st) || changed // the files move without the incident
	if fresh {
		changed = s.recent.Show(st) || changed
		changed = s.gates.Show(st) || changed
		changed = s.flow.Show(st) || changed
	}
	return changed
}

// Submit sends the form of the side that has the caret.
func (s *boardSide) Submit() bool {
	for _, f := range []*form{s.tasks.form, s.crew.form} {
		if f.hasCaret() {
			f.Submit()
			return true
		}
	}
	return false
}
