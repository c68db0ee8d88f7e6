package view

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// full is what a store says of a disk without room.
const full = "Not saved: the disk that holds /home/jane/.local/share/firebreak/firebreak.db is full. " +
	"What was saved before is untouched, and typed text stays in its field. Make some room on that disk, then try again."

// gone is what a store says when its folder was taken away.
const gone = "Not saved: /home/jane/.local/share/firebreak/firebreak.db was removed or renamed while Firebreak has it open. " +
	"Everything that was saved is still held open by this program and can be put back, as long as it runs. " +
	"Do not quit. Undo the renaming, or let Firebreak put the data back."

func TestWhatIsTypedBehindANoteThatASlowDiskStillHoldsBecomesTheNextNote(t *testing.T) {
	d := openDesk(t, 20)
	c := d.shell.composer
	c.field.SetText("rolled back")
	c.typed("rolled back")
	c.submit() // the disk has not answered yet
	c.field.SetText("rolled back and the queue drains")
	c.typed("rolled back and the queue drains")
	d.now = d.now.Add(time.Minute)
	d.pump()

	assert.Equal(t, "and the queue drains", c.field.Text())
	assert.Equal(t, "and the queue drains", d.shell.State().Drafts[composerDraft].Text)
	c.submit()
	d.pump()
	var notes []string
	for _, e := range d.incident().Events() {
		if n, is := e.Body.(workflow.Noted); is {
			notes = append(notes, n.Text)
		}
	}
	require.GreaterOrEqual(t, len(notes), 2)
	assert.Equal(t, []string{"rolled back", "and the queue drains"}, notes[len(notes)-2:])
	assert.Empty(t, c.field.Text())
	assert.Empty(t, d.shell.State().Drafts)
}

func TestAnotherTextInTheFieldIsLeftAloneWhenANoteArrives(t *testing.T) {
	d := openDesk(t, 20)
	c := d.shell.composer
	c.field.SetText("one")
	c.typed("one")
	c.submit()
	c.field.SetText("two")
	c.typed("two")
	d.pump()
	assert.Equal(t, "two", c.field.Text())
	assert.Equal(t, "two", d.shell.State().Drafts[composerDraft].Text)
}

// troubled is a state in which nothing is saved.
func troubled(d *shellDesk, says string, away *session.Away) session.State {
	st := d.shell.State()
	st.Saved.Trouble, st.Away = says, away
	st.Strip = &session.Strip{Says: says, Warning: true, Kept: true, Undo: "Try again"}
	if away != nil {
		st.Strip.Undo = "Put it back"
	}
	return st
}

func TestTheBarAndTheStripSayWhyNothingIsSavedAndOfferEveryWayOn(t *testing.T) {
	d := openDesk(t, 20)
	d.shell.Show(troubled(d, full, nil))
	assert.Equal(t, full, d.shell.strip.Text())
	words, _ := savedWords(d.shell.state)
	assert.Equal(t, "NOT SAVED", words)
	assert.False(t, d.shell.strip.More()[0].Visible())

	d.shell.Show(troubled(d, gone, &session.Away{Says: gone, PutBack: true}))
	assert.Equal(t, "Put it back", d.shell.strip.Action().Word())
	assert.Equal(t, "Save to another folder…", d.shell.strip.More()[0].Word())
	d.shell.Run("data.rescue")
	assert.True(t, d.shell.layers.IsOpen("rescue"))
}

func TestTheCommandsOfTrouble(t *testing.T) {
	well := session.State{}
	assert.Equal(t, "Every change has reached the disk", needsUnsent(well))
	assert.Equal(t, "The data is in its place", needsAway(well))
	assert.Equal(t, "The data is in its place", needsGap(well))
	assert.Empty(t, needsUnsent(session.State{Unsent: 1}))
	foreign := session.State{Away: &session.Away{}}
	assert.Empty(t, needsAway(foreign))
	assert.Contains(t, needsGap(foreign), "Another file lies in its place")
	assert.Empty(t, needsGap(session.State{Away: &session.Away{PutBack: true}}))
}

func TestSlowDisksAreShownAsSavingAndNothingAsSavedBefore(t *testing.T) {
	at := time.Date(2024, 11, 25, 14, 47, 50, 0, time.UTC)
	for _, c := range []struct {
		saved session.Saved
		now   time.Time
		says  string
	}{
		{session.Saved{}, at, "All saved"},
		{session.Saved{At: at}, at.Add(time.Hour), "Saved 14:47:50"},
		{session.Saved{At: at, Since: at.Add(time.Minute)}, at.Add(time.Minute + 200*time.Millisecond), "Saved 14:47:50"},
		{session.Saved{At: at, Since: at.Add(time.Minute)}, at.Add(time.Minute + time.Second), "Saving…"},
		{session.Saved{At: at, Trouble: full}, at, "NOT SAVED"},
	} {
		words, _ := savedWords(session.State{Now: c.now, Saved: c.saved})
		assert.Equal(t, c.says, words)
	}
}

func TestTheFolderForTheRescueIsAskedForAndRefusalsStandUnderIt(t *testing.T) {
	d := openDesk(t, 20)
	d.shell.Show(troubled(d, gone, &session.Away{Says: gone}))
	d.shell.openRescue()
	d.press("Return")
	assert.True(t, d.shell.layers.IsOpen("rescue"))
	d.write("/safe")
	d.press("Return")
	assert.False(t, d.shell.layers.IsOpen("rescue"))
	assert.Contains(t, d.shell.strip.Text(), "--data-dir /safe")
}

// TestTroublePictures draws the window while nothing is saved into the
// directory that FIREBREAK_PICTURES names, to be looked at.
func TestTroublePictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the window in trouble")
	}
	for name, away := range map[string]*session.Away{"full": nil, "gone": {Says: gone, PutBack: true}, "rescue": {Says: gone}} {
		for _, p := range pictures() {
			d := newShellDesk(t, 20*time.Minute, p.size.Width, p.size.Height)
			prefs := d.shell.State().Prefs
			prefs.Theme, prefs.Scale = p.theme, p.scale
			d.shell.SetPrefs(prefs, "")
			d.pump()
			says := full
			if away != nil {
				says = gone
			}
			st := troubled(d, says, away)
			st.Prefs = prefs
			d.shell.Show(st)
			if name == "rescue" {
				d.shell.openRescue()
			}
			d.window.Content().Refresh()
			capture(t, filepath.Join(dir, fmt.Sprintf("trouble-%s-%s.png", name, p.name)), d.window)
		}
	}
}
