package view

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/app/kit"
	"firebreak/workflow"
)

func TestUndoIsOfTheTextThenOfTheScreen(t *testing.T) {
	d := newShellDesk(t, 10*time.Minute, 1280, 800)
	d.shell.Do(workflow.Note{Text: "a note"}, nil)
	d.pump()
	entries := d.incident().Timeline.Shown()
	d.run("go.settings")
	d.run("view.theme")
	d.run("view.bigger")
	was := d.shell.State().Prefs

	field := named[*kit.Field](t, d.window.Content(), "Your name in the log:")
	field.Focus()
	d.write("x")
	d.run("edit.undo")
	assert.Equal(t, "Jane", field.Text(), "first what is typed")
	assert.Equal(t, was, d.shell.State().Prefs)

	d.shell.pane(SettingsScreen).Enter()
	d.run("edit.undo")
	assert.InDelta(t, 1, d.shell.State().Prefs.Scale, 0, "then the last setting")
	d.open(1280, 800) // killed and started again
	d.run("go.settings")
	d.run("edit.undo")
	assert.Equal(t, "system", d.shell.State().Prefs.Theme, "also one from before a restart")
	d.run("edit.undo")
	assert.True(t, d.sees("No change of the settings is left to undo."))
	assert.Equal(t, entries, d.incident().Timeline.Shown(), "the incident is not touched from here")
	d.run("edit.redo")
	d.run("edit.redo")
	assert.Equal(t, was, d.shell.State().Prefs)

	d.run("go.board")
	d.window.Canvas().Unfocus()
	d.run("edit.undo")
	assert.Equal(t, entries-1, d.incident().Timeline.Shown(), "elsewhere it is the incident's last change")
	assert.Equal(t, was, d.shell.State().Prefs)
}

func TestWithoutAnIncidentUndoIsOfTheSettings(t *testing.T) {
	d := newShellDesk(t, -1, 1280, 800)
	d.run("edit.undo")
	assert.True(t, d.sees("Nothing to undo."))
	d.run("view.theme")
	d.window.Canvas().Unfocus()
	d.run("edit.undo")
	assert.Equal(t, "system", d.shell.State().Prefs.Theme)
}

// TestUndoAfterANoteTakesTheNoteBack: the caret is still in the empty field that
// the note was typed in, and what was typed there is not brought back.
func TestUndoAfterANoteTakesTheNoteBack(t *testing.T) {
	d := newShellDesk(t, 10*time.Minute, 1280, 800)
	entries := d.incident().Timeline.Shown()
	d.run("incident.note")
	d.write("restarted the pods")
	d.press("Return")
	assert.Equal(t, entries+1, d.incident().Timeline.Shown())
	d.run("edit.undo")
	assert.Equal(t, entries, d.incident().Timeline.Shown())
	assert.Empty(t, d.shell.composer.field.Text())
	d.run("edit.redo")
	assert.Equal(t, entries+1, d.incident().Timeline.Shown())
}

func TestATextThatWasDeletedIsBroughtBackIntoItsField(t *testing.T) {
	d := newShellDesk(t, 10*time.Minute, 1280, 800)
	d.run("edit.bringback")
	assert.True(t, d.sees("No deleted text is kept."))

	whole := strings.Repeat("a long story. ", 40)
	d.run("incident.note")
	d.shell.composer.field.SetText(whole)
	d.pump()
	d.shell.composer.field.SetText("x")
	d.pump()
	assert.True(t, d.sees("Most of what stood in a field was deleted."))
	d.open(1280, 800) // killed and started again
	d.run("edit.bringback")
	assert.Equal(t, whole, d.shell.composer.field.Text())
}
