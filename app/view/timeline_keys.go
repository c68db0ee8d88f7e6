package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/workflow"
)

// selected shows the chosen entry whole, and beside the list what can be
// corrected of it.
func (t *timeline) selected(id string) {
	before := t.side.shown
	t.side.shown = id
	if before != id {
		t.list.Update(before)
	}
	t.list.Update(id)
	t.list.Select(id) // it is higher now: all of it is in sight
	if e, ok := t.index.entry(id); ok {
		t.side.look(e.ID, e.At.Get())
	} else {
		t.side.look("", workflow.Stamp{})
	}
}

// activate is Enter: an entry is edited, a silence is filled, and a text that no
// field can hold is opened to be read.
func (t *timeline) activate(id string) {
	if gap, ok := t.page.gaps[id]; ok {
		t.add(gap.middle())
		return
	}
	e, ok := t.index.entry(id)
	if !ok {
		return
	}
	t.side.edit(e.ID, e.At.Get())
	if len(e.Text.Get()) > kit.PasteLimit {
		t.side.editor.readAll()
		return
	}
	t.side.editor.in.text.Focus()
	t.side.editor.in.text.CursorToEnd()
}

// add opens a new entry at a time, between the others.
func (t *timeline) add(at workflow.Stamp) {
	at.Typed = ""
	t.side.add(at)
	t.side.editor.in.text.Focus()
}

// resume goes on with an entry that was begun and not saved.
func (t *timeline) resume() {
	at := workflow.StampAt(t.st.Now, t.st.Shown())
	if d, ok := t.st.Drafts[entryDraft("", atInput)]; ok {
		if typed, err := readTime(d.Text, t.st.Now, d.Started, t.st); err == nil {
			at = typed
		}
	}
	t.add(at)
}

func (t *timeline) key(id string, key fyne.KeyName) bool {
	gap, isGap := t.page.gaps[id]
	e, isEntry := t.index.entry(id)
	switch {
	case key == fyne.KeyInsert && isGap:
		t.add(gap.middle())
	case key == fyne.KeyInsert && isEntry:
		t.add(e.At.Get())
	case key == fyne.KeyDelete && isEntry:
		t.hide(e)
	case key == fyne.KeyEscape && t.side.close():
	default:
		return false
	}
	return true
}

func (t *timeline) letter(id string, r rune) bool {
	e, isEntry := t.index.entry(id)
	switch {
	case r == 'n' || r == 'N':
		t.ask.Run("incident.note")
	case !isEntry:
		return false
	case r == 'e' || r == 'E':
		t.activate(id)
	case r == 'p' || r == 'P':
		t.pin(e)
	case r == 'a' || r == 'A':
		t.ask.Run("incident.attach")
	case (r == 'o' || r == 'O') && len(e.Files()) > 0:
		t.ask.OpenAttachment(e.Files()[0].Attachment)
	case r == 'm' || r == 'M':
		t.side.edit(e.ID, e.At.Get())
		kit.Focus(t.side.editor.in.milestone)
	default:
		return false
	}
	return true
}

// hide takes an entry out of sight, and shows one that is hidden again.
func (t *timeline) hide(e workflow.Entry) {
	hidden := !e.Hidden.Get()
	says := "Hide 1 entry."
	if !hidden {
		says = "Show 1 entry again."
	}
	t.ask.DoAndOffer(workflow.Correct{Entry: e.ID, Hidden: &hidden}, says, nil)
}

// beside is the row that the selection goes to when its own left the list: the
// next one that is still there, or else the last one before it.
func (t *timeline) beside(gone string, before []kit.Item) string {
	there := make(map[string]bool, len(t.page.items))
	for _, item := range t.page.items {
		there[item.ID] = true
	}
	last, found := "", false
	for _, item := range before {
		switch {
		case item.ID == gone:
			found = true
		case item.Header || !there[item.ID]:
		case found:
			return item.ID
		default:
			last = item.ID
		}
	}
	return last
}

func (t *timeline) pin(e workflow.Entry) {
	pinned := !e.Pinned.Get()
	says := "Pin 1 entry."
	if !pinned {
		says = "Unpin 1 entry."
	}
	t.ask.DoAndOffer(workflow.Correct{Entry: e.ID, Pinned: &pinned}, says, nil)
}
