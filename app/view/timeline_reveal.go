package view

import "firebreak/workflow"

// entryShower is an Asker that can lead to an entry on another screen.
type entryShower interface {
	ShowEntry(id workflow.EventID)
}

var _ entryShower = (*Shell)(nil)

// ShowEntry goes to an entry of the open incident, or to what a change changed.
func (s *Shell) ShowEntry(id workflow.EventID) {
	s.Go(TimelineScreen)
	if t, ok := s.pane(TimelineScreen).(*timeline); ok {
		t.reveal(id)
	}
}

// reveal selects an entry. A search or a choice that leaves it out is taken back.
func (t *timeline) reveal(id workflow.EventID) {
	row := string(entryBehind(t.st.Incident, id))
	e, known := t.index.entry(row)
	if !known {
		return
	}
	if !t.shows(row) {
		t.bar.reset()
		t.bar.hidden = e.Hidden.Get()
		t.Show(t.st)
	}
	t.list.Select(row)
}

// row is the entry that is selected.
func (t *timeline) row() string { return t.list.Selected() }

// returnTo selects an entry again, as it was when the window was closed.
func (t *timeline) returnTo(row string) { t.reveal(workflow.EventID(row)) }

// entryBehind is the entry that an event made or corrected.
func entryBehind(in workflow.Incident, id workflow.EventID) workflow.EventID {
	for _, e := range in.Events() {
		if c, is := e.Body.(workflow.Corrected); is && e.ID == id {
			return c.Entry
		}
	}
	return id
}
