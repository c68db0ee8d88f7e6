package view

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
)

// Examine and the others make the log in memory one that knows of its health.
func (m *memoryShelf) Examine(_ context.Context, full bool) (session.Health, error) {
	found := m.health
	found.Full = full
	return found, nil
}

func (m *memoryShelf) Mend(context.Context) (session.Health, error) {
	m.health = session.Health{Full: true, Changes: m.health.Changes + 1, Done: []string{
		"The change at place 155 of the log is damaged: its text is not the one that was written.",
		"1 change was fetched from the backup of 2026-02-03 14:46 UTC.", "Nothing is missing.",
	}}
	return m.health, nil
}

func (m *memoryShelf) Unclean() bool { return false }

// illness is a log with two damaged changes.
func illness() session.Health {
	return session.Health{
		Changes: 448,
		Found: []string{
			"The change at place 155 of the log is damaged: its text is not the one that was written.",
			"2 changes are missing in the log of device 7ff7e5c8-4a1b-41b0-a8d0-5090b0900a17: numbers 200 to 201.",
		},
		Known: []string{"An earlier repair kept 1 damaged change outside of the log."},
		Damaged: []session.DamagedChange{{
			Place: 155, Incident: "inc", Says: "its text is not the one that was written",
			Raw: `{"id":"01a2060b-f01a-76f4-987f-868c8557c2a2","actor":"Jane","kind":"entry.noted@1","body":{"type":"note","text":"errors went dowm to 0.2 %"}}`,
		}},
	}
}

func TestTheHealthOfTheLogIsShownAndRepairedByKeyboard(t *testing.T) {
	d := newShellDesk(t, 10*time.Minute, 1280, 800)
	d.shelf.health = illness()

	d.run("log.health") // nobody has looked yet, so it looks
	d.pump()

	st := d.shell.State()
	require.False(t, st.Health.Whole())
	assert.True(t, st.Health.Full)
	layer := d.sheetText()
	assert.Contains(t, layer, "A part of the log is damaged")
	assert.Contains(t, layer, "448 changes were read and found whole")
	assert.Contains(t, layer, "place 155")
	assert.Contains(t, layer, "errors went dowm", "what is left of the words is shown")
	word, _ := healthItem(st.Health)
	assert.Equal(t, "Log damaged", word)

	d.shell.MendLog(nil)
	d.pump()

	layer = d.sheetText()
	assert.Contains(t, layer, "The log is whole")
	assert.Contains(t, layer, "1 change was fetched")
	word, _ = healthItem(d.shell.State().Health)
	assert.Empty(t, word)
}

func TestDamageThatNeedsARestartOffersToQuit(t *testing.T) {
	health := illness()
	health.Restart, health.Looked = true, time.Now()
	assert.Contains(t, healthWhen(health, health.Looked), "repaired at the next start")
	assert.Contains(t, healthDetails(health), "errors went dowm")
}

// TestHealthPictures draws the sheet into the directory that FIREBREAK_PICTURES
// names, to be looked at; nothing is compared.
func TestHealthPictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the sheet")
	}
	for name, mend := range map[string]bool{"damaged": false, "mended": true} {
		for _, p := range pictures() {
			d := newShellDesk(t, 10*time.Minute, p.size.Width, p.size.Height)
			prefs := d.shell.State().Prefs
			prefs.Theme, prefs.Scale = p.theme, p.scale
			d.shell.SetPrefs(prefs, "")
			d.shelf.health = illness()
			d.run("log.health")
			d.pump()
			if mend {
				d.shell.MendLog(nil)
				d.pump()
			}
			d.window.Content().Refresh()
			capture(t, filepath.Join(dir, fmt.Sprintf("health-%s-%s.png", name, p.name)), d.window)
		}
	}
}

func TestTheTimelineSaysThatAChangeIsDamaged(t *testing.T) {
	d := newDesk(t, 10*time.Minute)
	pane := newTimeline(d).(*timeline)
	pane.Show(d.state)
	assert.False(t, pane.harm.content.Visible())
	st := d.state
	st.Notices = []string{"The change at place 155 of the log is damaged.", "b", "c"}
	pane.Show(st)
	assert.True(t, pane.harm.content.Visible())
	assert.Equal(t, "The change at place 155 of the log is damaged. b 1 more change is damaged.", pane.harm.says.Text())
}
