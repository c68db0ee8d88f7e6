package view

import (
	"slices"
	"unicode"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// steps is the checklist: one list over all phases, worked by keyboard. Enter
// or Space does a step, S skips it, E does it with evidence, N notes, O opens
// it again, A gives it to somebody, C confirms the phase, Ins adds an item.
type steps struct {
	ask     Asker
	rows    *kit.Rows
	inline  *stepAsk
	lines   []stepLine
	byID    map[string]stepLine
	marked  string // the selected line as drawn last
	current string // the step to do now, as shown last
	state   session.State

	touched func()
	assign  func(text string)
}

func newSteps(ask Asker, inline *stepAsk) *steps {
	s := &steps{ask: ask, inline: inline, byID: map[string]stepLine{}, touched: func() {}, assign: func(string) {}}
	s.rows = kit.NewRows(
		func() fyne.CanvasObject { return newStepCell(s) },
		func(id string, row fyne.CanvasObject) { row.(*stepCell).show(s.byID[id], id == s.rows.Selected()) })
	s.rows.Headers(
		func() fyne.CanvasObject { return newPhaseCell(s) },
		func(id string, row fyne.CanvasObject) { row.(*phaseCell).show(s.byID[id]) })
	s.rows.OnSelect = s.selected
	s.rows.OnActivate = s.Done
	s.rows.OnKey = s.key
	s.rows.OnRune = s.letter
	inline.back = func() { s.rows.Focus() }
	return s
}

// Show brings the list in line with a state: lines that did not change are not
// touched, and nothing scrolls but to a step that has become the current one.
func (s *steps) Show(st session.State, phases []workflow.PhaseView) {
	s.state = st
	s.rows.SetSingleKeys(st.Prefs.SingleKeys)
	lines := stepLines(st, phases)
	if slices.Equal(lines, s.lines) {
		return
	}
	was := s.lines
	s.lines = lines
	clear(s.byID)
	items := make([]kit.Item, len(lines))
	for i, l := range lines {
		s.byID[l.id] = l
		items[i] = kit.Item{ID: l.id, Header: l.kind != itemLine}
	}
	if !sameIDs(was, lines) {
		s.rows.SetItems(items)
	} else {
		for i, l := range lines {
			if l != was[i] {
				s.rows.Update(l.id)
			}
		}
	}
	s.follow()
}

func sameIDs(a, b []stepLine) bool {
	return slices.EqualFunc(a, b, func(x, y stepLine) bool { return x.id == y.id })
}

// follow selects the step that has become the current one, unless somebody is
// at work in the list.
func (s *steps) follow() {
	current := ""
	for _, l := range s.lines {
		if l.kind == itemLine && l.bold {
			current = l.id
		}
	}
	if current != s.current && !s.focused() {
		s.rows.Select(current)
		if current == "" { // nothing is selected, so the list does not tell
			s.selected("")
		}
	}
	s.current = current
}

// Reveal shows the step to do now.
func (s *steps) Reveal() {
	if s.current != "" && !s.focused() {
		s.rows.Select(s.current)
	}
}

func (s *steps) focused() bool {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s.rows)
	return canvas != nil && canvas.Focused() == fyne.Focusable(s.rows)
}

// selected opens the details of a line and closes those of the one before.
func (s *steps) selected(id string) {
	before := s.marked
	s.marked = id
	if before != "" && before != id {
		s.rows.Update(before)
	}
	s.rows.Update(id)
}

func (s *steps) key(id string, key fyne.KeyName) bool {
	s.touched()
	switch key {
	case fyne.KeySpace:
		s.Done(id)
	case fyne.KeyInsert:
		s.Add(s.byID[id].phase)
	default:
		return false
	}
	return true
}

func (s *steps) letter(id string, r rune) bool {
	s.touched()
	line, ok := s.byID[id]
	if !ok || line.kind != itemLine {
		return false
	}
	switch unicode.ToLower(r) {
	case 's':
		s.Skip(id)
	case 'e':
		s.Evidence(id)
	case 'n':
		s.Note(id)
	case 'o':
		s.Reopen(id)
	case 'a':
		s.assign(s.title(id))
	case 'c':
		s.Confirm(line.phase)
	default:
		return false
	}
	return true
}

func (s *steps) title(id string) string {
	item, _ := s.state.Incident.Item(id)
	return item.Text
}

// Done marks a step as done. A step beyond a pause asks for the pause first.
func (s *steps) Done(id string) {
	s.touched()
	line := s.byID[id]
	switch {
	case line.kind != itemLine:
		return
	case !line.open:
		s.Reopen(id)
	case s.beyondPause(line.phase) != "":
		s.Confirm(s.beyondPause(line.phase))
	case line.asks != "":
		s.Evidence(id)
	default:
		s.ask.DoAndOffer(workflow.Tick{Item: id}, "Done: "+s.title(id)+".", s.inline.warn)
	}
}

// beyondPause is the phase that has to be confirmed before another one goes on.
func (s *steps) beyondPause(phase string) string {
	for _, p := range s.state.Incident.Checklist() {
		if p.ID == phase || p.Confirmed && p.ID == phase {
			return ""
		}
		if !p.Confirmed {
			return p.ID
		}
	}
	return ""
}

// Skip asks why a step is skipped.
func (s *steps) Skip(id string) {
	if s.byID[id].open {
		s.inline.skip(id, s.title(id))
	}
}

// Evidence marks a step as done with evidence, and the value that it asks for.
func (s *steps) Evidence(id string) {
	if line := s.byID[id]; line.open {
		s.inline.evidence(id, s.title(id), line.asks)
	}
}

// Note writes a line about a step.
func (s *steps) Note(id string) { s.inline.note(id, s.title(id)) }

// Reopen opens a step again, with the reason.
func (s *steps) Reopen(id string) {
	if !s.byID[id].open {
		s.inline.reopen(id, s.title(id))
	}
}

// Add adds an item to a phase.
func (s *steps) Add(phase string) {
	for _, p := range s.state.Incident.Checklist() {
		if p.ID == phase {
			s.inline.add(p)
		}
	}
}

// Confirm passes the pause of a phase; with open items it asks for the reason.
func (s *steps) Confirm(phase string) {
	s.touched()
	for _, p := range s.state.Incident.Checklist() {
		switch {
		case p.ID != phase || p.Confirmed:
		case p.Settled():
			s.ask.DoAndOffer(workflow.ConfirmPhase{Phase: phase}, p.Name+" confirmed.", s.inline.warn)
		default:
			s.inline.confirm(p)
		}
	}
}
