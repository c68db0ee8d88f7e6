package view

import (
	"slices"

	"firebreak/app/session"
	"firebreak/workflow"
)

// whereabouts is where the person was when the window was closed.
type whereabouts struct {
	Incident workflow.IncidentID `json:"incident,omitempty"`
	Screen   Screen              `json:"screen"`
	Row      string              `json:"row,omitempty"` // that was selected there
}

// whereKey is what they are remembered under.
const whereKey = "where"

// placed is a pane that can be left at a row and entered there again.
type placed interface {
	row() string
	returnTo(row string)
}

// recallPlace reads where the person was, for the first screen to be that one.
func (s *Shell) recallPlace() {
	var back whereabouts
	if s.Recall(whereKey, &back) && slices.Contains(Screens(), back.Screen) {
		s.before = &back
	}
}

// KeepPlace remembers where the person is: on every other screen, and at the
// end. What was remembered before is not overwritten until it was gone back to.
func (s *Shell) KeepPlace() {
	if s.before != nil {
		return
	}
	at := whereabouts{Incident: s.state.Incident.ID, Screen: s.screen}
	if pane, can := s.panes[s.screen].(placed); can {
		at.Row = pane.row()
	}
	s.Remember(whereKey, at)
}

// firstScreen is where the person was with what is on the desk, or where one
// begins with it.
func (s *Shell) firstScreen() Screen {
	if s.before == nil || s.before.Incident != s.state.Incident.ID {
		return s.home()
	}
	return s.before.Screen
}

// land goes to the first screen for what has come onto the desk.
func (s *Shell) land() {
	s.visit(s.firstScreen())
	s.returnToRow()
}

// returnToRow ends the way back, when the person is where they were.
func (s *Shell) returnToRow() {
	back := s.before
	if back == nil || back.Incident != s.state.Incident.ID {
		return
	}
	s.before = nil
	if pane, can := s.panes[s.screen].(placed); can && back.Row != "" {
		pane.returnTo(back.Row)
	}
}

// Begin shows the first screen again, once the window has its size.
func (s *Shell) Begin() { s.enter(s.screen) }

// Resume goes on where the person was: the same incident, screen and row. What
// burns stays on the desk when the other is over. It is called once, after
// Begin.
func (s *Shell) Resume() {
	back := s.before
	if back == nil || back.Incident == s.state.Incident.ID {
		s.returnToRow()
		return
	}
	at := slices.IndexFunc(s.state.History, func(row workflow.Summary) bool { return row.ID == back.Incident })
	if at < 0 || s.state.Incident.Open() && !burns(s.state.History[at]) {
		s.before = nil
		return
	}
	s.OpenIncident(back.Incident, func(err error) {
		if err != nil {
			s.before = nil
			s.Say(session.Strip{Says: err.Error(), Warning: true})
		}
	})
}
