package view

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/workflow"
)

// changedDesk is an outage with a note that was corrected twice, and a severity
// that was taken back.
func changedDesk(t *testing.T) (*shellDesk, workflow.EventID) {
	t.Helper()
	d := newShellDesk(t, 20*time.Minute, 1280, 800)
	ask := func(want workflow.Intent) {
		t.Helper()
		d.shell.Do(want, func(err error) { require.NoError(t, err) })
		d.pump()
	}
	ask(workflow.Note{Text: "restarted the databse"})
	events := d.incident().Events()
	id := events[len(events)-1].ID
	text := "restarted the database"
	ask(workflow.Correct{Entry: id, Text: &text})
	ask(workflow.SetSeverity{Level: "SEV2", Reason: "only the EU"})
	ask(workflow.Undo{})
	return d, id
}

func (d *shellDesk) sheetText() string {
	return strings.Join(kit.TextsIn(d.window.Content()), "\n")
}

// count is the line that says how many changes are shown.
func (d *shellDesk) count() string {
	for _, text := range kit.TextsIn(d.window.Content()) {
		if strings.Contains(text, "Enter restores") {
			return text
		}
	}
	return ""
}

func TestTheHistoryOfChangesSaysWhoWhenWhereAndFromWhat(t *testing.T) {
	d, _ := changedDesk(t)
	d.run("view.changes")
	text := d.sheetText()
	assert.Contains(t, text, "Incident, severity: “SEV2” became “SEV1”")
	assert.Contains(t, text, "Undone 14:52Z by Jane")
	assert.Contains(t, text, "Text: “restarted the databse” became “restarted the database”")
	assert.Contains(t, text, "Jane, device device-1")

	d.write("databse")
	assert.Contains(t, d.sheetText(), "2 of ", d.count())
	assert.NotContains(t, d.sheetText(), "“SEV2” became “SEV1”")
	d.press(fyne.KeyEscape)
	assert.False(t, d.shell.layers.IsOpen("changes"))
}

func TestAPersonAndAKindNarrowTheHistory(t *testing.T) {
	d, _ := changedDesk(t)
	d.run("view.changes")
	for _, o := range within(d.window.Content()) {
		if c, ok := o.(*kit.Choice); ok && c.Chosen() == "" && c.OnChosen != nil {
			c.Choose("Bob")
			if c.Chosen() == "Bob" {
				c.OnChosen("Bob")
			}
			break
		}
	}
	d.pump()
	assert.NotContains(t, d.sheetText(), "databse")
}

func TestEnterBringsAnOlderVersionBackAndTheHistoryOnlyGrows(t *testing.T) {
	d, id := changedDesk(t)
	d.run("view.changes")
	d.write("databse")
	before := len(d.incident().Events())
	d.press(fyne.KeyDown) // from the correction to the note as it was first written
	d.push("Restore this version")
	entry, _ := d.incident().Entry(id)
	assert.Equal(t, "restarted the databse", entry.Text.Get())
	assert.Len(t, d.incident().Events(), before+1)
	d.press(fyne.KeyEscape) // out of the search, whose own text Ctrl+Z would take back
	d.run("edit.undo")
	entry, _ = d.incident().Entry(id)
	assert.Equal(t, "restarted the database", entry.Text.Get())
}

func TestWhatIsNoVersionSaysWhyItIsNotRestored(t *testing.T) {
	d, _ := changedDesk(t)
	d.run("view.changes")
	before := len(d.incident().Events())
	button := buttonIn(d.window.Content(), "Restore this version")
	assert.Contains(t, button.Off(), "no version of a text")
	button.Press()
	d.pump()
	assert.Len(t, d.incident().Events(), before)
}

func TestTheHistoryIsCopiedAsJSONLines(t *testing.T) {
	d, _ := changedDesk(t)
	d.run("view.changes")
	d.push("Copy as JSON lines")
	lines := strings.Split(strings.TrimSpace(d.copied), "\n")
	require.Len(t, lines, len(d.incident().Events()))
	for _, line := range lines {
		assert.True(t, json.Valid([]byte(line)))
	}
}

func TestTheHistoryFollowsWhileItIsOpen(t *testing.T) {
	d, _ := changedDesk(t)
	d.run("view.changes")
	d.shell.Do(workflow.Note{Text: "a new line"}, nil)
	d.pump()
	assert.Contains(t, d.sheetText(), "A new line")
}

func TestTheTimelineShowsTheChangesOfOneEntry(t *testing.T) {
	f := burningDesk(t)
	p, _ := openTimeline(t, f)
	p.side.choose(changesTab)
	entry := p.list.Selected()
	require.NotEmpty(t, entry)
	all := p.side.changes.list.shown
	p.side.changes.only.Set(true)
	p.side.changes.only.OnChanged(true)
	one := p.side.changes.list.shown
	assert.Positive(t, one)
	assert.Less(t, one, all)
	p.list.Select(p.page.items[1].ID)
	assert.Equal(t, workflow.EventID(p.page.items[1].ID), p.side.changes.list.want.entry, "it follows the selection")
}

func TestALongHistoryDrawsOnlyWhatIsInSight(t *testing.T) {
	d, _ := changedDesk(t)
	for range 300 {
		d.shell.Do(workflow.Note{Text: "error rate 3.1%"}, nil)
	}
	d.pump()
	d.run("view.changes")
	drawn := 0
	for _, o := range within(d.window.Content()) {
		if _, row := o.(*changeRow); row {
			drawn++
		}
	}
	assert.Positive(t, drawn)
	assert.Less(t, drawn, 40)
}
