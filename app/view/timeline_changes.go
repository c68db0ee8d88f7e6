package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// changesPanel is the log of changes beside the timeline: of the entry that is
// chosen, or of the whole incident.
type changesPanel struct {
	ask     Asker
	content fyne.CanvasObject
	list    *changeList
	only    *kit.Check
	back    *kit.Button
	none    *kit.Text
	entry   workflow.EventID // the one that is chosen; empty: none
	st      session.State
}

func newChangesPanel(ask Asker) *changesPanel {
	p := &changesPanel{ask: ask, list: newChangeList(), none: kit.NewCaption("").Wrapped()}
	p.only = kit.NewCheck("Only this entry", func(bool) { p.Show(p.st) })
	p.back = kit.NewButton("Restore this version", p.restore).Small()
	all := kit.NewQuiet("History of changes", func() { ask.Run("view.changes") }).Small()
	p.list.rows.OnSelect = func(string) { p.offer() }
	p.list.rows.OnActivate = func(string) { p.restore() }
	p.content = kit.Column(look.Space2, p.only, p.none, kit.Grow(p.list.rows), kit.Wrap(look.Space2, p.back, all))
	return p
}

// look turns the panel to another entry.
func (p *changesPanel) look(entry workflow.EventID) { p.entry = entry }

// Show brings the log in line with an incident.
func (p *changesPanel) Show(st session.State) {
	p.st = st
	p.only.Set(p.only.On() && p.entry != "")
	show(p.only, p.entry != "")
	want := changeFilter{}
	if p.only.On() {
		want.entry = p.entry
	}
	p.list.st = st
	p.list.want = want
	p.list.Show(st)
	p.none.SetText("Nothing has been written down yet.")
	show(p.none, p.list.shown == 0)
	p.offer()
}

func (p *changesPanel) offer() { p.back.SetOff(restoreOff(p.st, p.list.rows.Selected())) }

func (p *changesPanel) restore() { restoreVersion(p.ask, p.st, p.list.rows.Selected()) }

// restoreOff says why a change cannot be brought back; empty when it can.
func restoreOff(st session.State, id string) string {
	if id == "" {
		return "Choose a change first"
	}
	if _, ok := st.Incident.Restoring(workflow.EventID(id)); !ok {
		return "This change is no version of a text, or it holds now. Undo takes back the last change"
	}
	return ""
}

// restoreVersion asks for what a change once said; the history only grows.
func restoreVersion(ask Asker, st session.State, id string) {
	if want, ok := st.Incident.Restoring(workflow.EventID(id)); ok {
		ask.DoAndOffer(want, "Version restored. What stood there is still in the history.", nil)
	}
}
