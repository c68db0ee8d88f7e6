package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// The commands that need no sheet of their own.

func (s *Shell) declare() {
	if s.state.Sample { // a real incident is never declared in the sample's file
		s.world.Sample(false, false, func(err error) {
			if s.sampleMoved(err); err == nil {
				s.declare()
			}
		})
		return
	}
	if s.state.Incident.Open() {
		s.Say(session.Strip{Says: "An incident is open. Put it away first to declare another; nothing of it changes.", Undo: "Put it away", Back: func() {
			s.PutAway()
			s.Go(TriageScreen)
		}})
		return
	}
	if s.state.Incident.Declared() {
		s.PutAway()
	}
	s.Go(TriageScreen)
}

// main does the default of the top layer, or else the screen's main action.
func (s *Shell) main() {
	if s.layers.Submit() {
		return
	}
	if f, ok := s.focused().(kit.Submitter); ok && f.Submit() {
		return
	}
	if s.pane(s.screen).Main() {
		return
	}
	s.Say(session.Strip{Says: "This screen has no main action right now."})
}

func (s *Shell) capture() { s.composer.Focus() }

func (s *Shell) readNext() {
	next := s.state.Incident.Next(s.state.Now)
	if next.Title == "" {
		s.Say(session.Strip{Says: "Nothing is left to do here."})
		return
	}
	says := "Next: " + next.Title
	if next.Reason != "" {
		says += ". " + capital(next.Reason) + "."
	}
	if c := s.state.Incident.Cadence(s.state.Now); !c.Due.IsZero() {
		says += " Update due " + clockOf(workflow.StampAt(c.Due, s.state.Shown()), s.state) + "."
	}
	s.Say(session.Strip{Says: says})
}

func (s *Shell) acknowledge() {
	s.DoAndOffer(workflow.Mark{Milestone: workflow.Acknowledged}, "Acknowledged.", nil)
}

func (s *Shell) createIncrement() { s.CreateIncrement(nil) }

// exporter is the screen that shows what an export would do, and does it.
type exporter interface {
	previewExport()
	export()
	exportAnyway(why string)
}

func (s *Shell) previewExport() {
	s.Go(PostmortemScreen)
	if p, ok := s.pane(PostmortemScreen).(exporter); ok {
		p.previewExport()
	}
}

func (s *Shell) export() {
	s.Go(PostmortemScreen)
	if p, ok := s.pane(PostmortemScreen).(exporter); ok {
		p.export()
	}
}

func (s *Shell) exportAnyway(why string) {
	s.Go(PostmortemScreen)
	if p, ok := s.pane(PostmortemScreen).(exporter); ok {
		p.exportAnyway(why)
	}
}

// copyOutgoing copies what is made of the incident as it may leave.
func (s *Shell) copyOutgoing(text func(workflow.Incident) string, says string) {
	s.Outgoing(func(in workflow.Incident, err error) {
		if err != nil {
			s.Say(session.Strip{Says: "Nothing was copied. " + err.Error(), Warning: true})
			return
		}
		s.Copy(text(in), says)
	})
}

// documentsOf is what an export of the incident on the desk consists of.
func documentsOf(st session.State) []session.Document {
	docs := []session.Document{session.PostmortemDocument}
	if st.Incident.Holds(workflow.IncrementWritten) {
		docs = append([]session.Document{session.IncrementDocument}, docs...)
	}
	if st.Prefs.Page {
		docs = append(docs, session.HTMLDocument)
	}
	return docs
}

func (s *Shell) putAway() {
	s.PutAway()
	s.Go(TriageScreen)
}

func (s *Shell) openSample()  { s.world.Sample(true, false, s.sampleMoved) }
func (s *Shell) resetSample() { s.world.Sample(true, true, s.sampleMoved) }
func (s *Shell) leaveSample() { s.world.Sample(false, false, s.sampleMoved) }

func (s *Shell) sampleMoved(err error) {
	if err != nil {
		s.Say(session.Strip{Says: err.Error(), Warning: true})
		return
	}
	s.Go(s.home())
}

// undo gives the text field that is typed in the first turn, then the screen:
// on Settings it takes back the last setting, elsewhere the last change of the
// incident.
func (s *Shell) undo() {
	if f, ok := s.focused().(kit.TextUndoer); ok && f.UndoText() {
		return
	}
	if s.onSettings() {
		s.UndoSettings()
		return
	}
	s.Undo(nil)
}

// onSettings says whether undo and redo are about the settings.
func (s *Shell) onSettings() bool { return s.screen == SettingsScreen || !s.state.Incident.Declared() }

func (s *Shell) redo() {
	if f, ok := s.focused().(kit.TextUndoer); ok && f.RedoText() {
		return
	}
	if s.onSettings() {
		s.RedoSettings()
		return
	}
	s.Redo(nil)
}

// bringBack puts a text that was deleted back into its field. A field that has
// the caret keeps what stands in it, so the screen is made anew.
func (s *Shell) bringBack() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.layers); c != nil {
		c.Unfocus()
	}
	s.BringBack()
	delete(s.panes, s.screen)
	s.enter(s.screen)
}

func (s *Shell) focused() fyne.Focusable {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.layers); c != nil {
		return c.Focused()
	}
	return nil
}

// inserter is a screen on which something of the log goes into a text.
type inserter interface{ openInsert() bool }

func (s *Shell) insert() {
	if p, ok := s.pane(s.screen).(inserter); ok && p.openInsert() {
		return
	}
	s.Say(session.Strip{Says: "Open a section of the post-mortem first: there an entry, a metric or a file can be put into the text."})
}

func (s *Shell) find() {
	if f, ok := s.pane(s.screen).(Finder); ok {
		f.Find()
		return
	}
	s.Say(session.Strip{Says: "There is nothing to search on this screen. Ctrl+Shift+F searches everything."})
}

func (s *Shell) searchAll() {
	s.Go(HistoryScreen)
	s.find()
}

func (s *Shell) step(by int) {
	all := Screens()
	for i, screen := range all {
		if screen == s.screen {
			s.Go(all[(i+by+len(all))%len(all)])
			return
		}
	}
}

func (s *Shell) back() {
	if s.at > 0 {
		s.at--
		s.enter(s.trail[s.at])
	}
}

func (s *Shell) forward() {
	if s.at+1 < len(s.trail) {
		s.at++
		s.enter(s.trail[s.at])
	}
}

func (s *Shell) zoom(by float32) {
	p := s.state.Prefs
	p.Scale = look.ClampScale(float32(int((p.Scale+by)*10+0.5)) / 10)
	if by == 0 {
		p.Scale = 1
	}
	s.SetPrefs(p, "Text size changed.")
}

func (s *Shell) nextTheme() {
	p := s.state.Prefs
	modes := look.Modes()
	for i, m := range modes {
		if string(m) == p.Theme {
			p.Theme = string(modes[(i+1)%len(modes)])
			s.SetPrefs(p, "Theme: "+p.Theme+".")
			return
		}
	}
}

func (s *Shell) nextZone() {
	p := s.state.Prefs
	next := map[session.Zones]session.Zones{session.ShowUTC: session.ShowLocal, session.ShowLocal: session.ShowBoth, session.ShowBoth: session.ShowUTC}
	p.Zones = next[p.Zones]
	s.SetPrefs(p, "Times are shown: "+string(p.Zones)+".")
}

// escape closes the top layer, then the message; from a field it goes back to
// the screen. It never loses text.
func (s *Shell) escape() {
	if s.layers.Escape() {
		return
	}
	if s.state.Strip != nil {
		s.Dismiss()
		return
	}
	s.pane(s.screen).Enter()
}

// leave is Escape where nothing that has the focus uses it: a preview that stands
// in a pane's place is left, then the message goes.
func (s *Shell) leave() bool {
	if p, ok := s.pane(s.screen).(Leaver); ok && p.Leave() {
		return true
	}
	if s.state.Strip != nil {
		s.Dismiss()
		return true
	}
	return false
}

func (s *Shell) quit() { s.world.Quit() }
