package view

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/workflow"
)

func TestEnterEditsAnEntryAndSaveAsksForTheCorrection(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)

	press(w, fyne.KeyReturn)
	require.Equal(t, p.side.editor.in.text.Target(), w.Canvas().Focused())
	write(w, " now")
	assert.Equal(t, "error rate 3.1% now", f.state.Drafts[entryDraft(p.list.Selected(), textInput)].Text, "half-typed text is a draft")
	require.True(t, p.Main())

	c := f.last().(workflow.Correct)
	assert.Equal(t, "error rate 3.1% now", *c.Text)
	assert.Nil(t, c.At, "what was not touched is not asked for")
	assert.Nil(t, c.Hidden)
	assert.Empty(t, f.state.Drafts, "its drafts went in the same commit")
	assert.Equal(t, fyne.Focusable(p.list), w.Canvas().Focused())
	assert.False(t, p.Main(), "nothing is left to save")
}

func TestAnEntrysTimeIsReadWhileItIsTyped(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)
	e := p.side.editor
	for typed, reading := range map[string]string{
		"14:47:05":        "14:47:05Z, 28 min ago",
		"-5m":             "15:10Z, 5 min ago",
		"~13:30":          "~13:30Z, 1 h 45 ago",
		"14:??":           "14:??, not known more closely",
		"yesterday 23:50": "Sun 24 Nov 2024, 23:50Z, 15 h 25 ago",
	} {
		e.in.at.SetText(typed)
		assert.Equal(t, reading, e.in.reading.Text(), typed)
	}

	e.in.at.SetText("25:61")
	e.in.at.Focus()
	press(w, fyne.KeyReturn)

	assert.Contains(t, e.in.reading.Text(), "25:61", "the refusal stands under the field")
	assert.Equal(t, "25:61", e.in.at.Text(), "and what was typed stays")
	assert.Empty(t, f.wants)
}

func TestAMinuteEarlierIsOneTap(t *testing.T) {
	f := burningDesk(t)
	p, _ := openTimeline(t, f)

	test.Tap(p.side.editor.in.earlier)
	assert.Equal(t, "15:10Z", p.side.editor.in.at.Text())
	require.True(t, p.Main())

	c := f.last().(workflow.Correct)
	assert.Equal(t, sample.Alert().Add(38*time.Minute), c.At.Time)
	assert.Equal(t, "15:10Z", c.At.Typed, "what was typed is kept")
}

func TestASilenceIsFilledInItsMiddleAsAGuess(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)

	press(w, fyne.KeyUp, fyne.KeyUp, fyne.KeyReturn)
	assert.Equal(t, "~14:58Z", p.side.editor.in.at.Text())
	write(w, "Bob went silent")
	require.True(t, p.Main())

	n := f.last().(workflow.Note)
	assert.Equal(t, workflow.About, n.At.Sure)
	assert.Equal(t, "Bob went silent", n.Text)
	assert.Equal(t, string(entryOf(t, f, "Bob went silent").ID), p.list.Selected(), "the new entry is selected where it belongs")
}

func TestInsertAddsAnEntryAtTheSelectedTime(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)

	press(w, fyne.KeyUp, fyne.KeyInsert)
	write(w, "Ann was asked too")
	press(w, fyne.KeyEscape)
	require.Equal(t, fyne.Focusable(p.list), w.Canvas().Focused())
	assert.Equal(t, "Ann was asked too", f.state.Drafts["entry.new.text"].Text, "Escape loses nothing")
	f.Show()
	assert.True(t, p.foot.resume.Visible())

	press(w, fyne.KeyUp, fyne.KeyUp)
	test.Tap(p.foot.resume)
	require.True(t, p.Main())
	assert.Equal(t, sample.Alert().Add(38*time.Minute), f.last().(workflow.Note).At.Time)
}

func TestARefusalStandsUnderTheTextAndKeepsIt(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)
	press(w, fyne.KeyReturn)
	p.side.editor.in.text.SetText("   ")

	p.Main()

	assert.Contains(t, p.side.editor.in.text.Error(), "An entry needs a text")
	assert.Equal(t, p.side.editor.in.text.Target(), w.Canvas().Focused())
}

func TestTheHistoryOfAnEntryLeadsBack(t *testing.T) {
	f := burningDesk(t)
	p, _ := openTimeline(t, f)
	words := strings.Join(kit.TextsIn(p.side.editor.versions.content), "\n")
	assert.Contains(t, words, "Happened 15:11Z, recorded 15:11Z, by Jane.")
	assert.Contains(t, words, "error rate 31%")

	test.Tap(buttonIn(p.side.editor.versions.content, "Restore"))

	assert.Equal(t, "error rate 31%", *f.last().(workflow.Correct).Text)
	assert.Equal(t, "error rate 31%", p.side.editor.in.text.Text(), "the field follows the log")
}

func TestTypingIsNotOverwrittenByWhatOthersSave(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)
	press(w, fyne.KeyReturn)
	write(w, "!")
	other, pinned := "error rate 4%", true
	f.as("Sam", f.state.Now.Add(time.Minute), workflow.Correct{Entry: workflow.EventID(p.list.Selected()), Text: &other, Pinned: &pinned})
	f.Show()

	assert.Equal(t, "error rate 3.1%!", p.side.editor.in.text.Text())
	assert.True(t, p.side.editor.in.pinned.On(), "what nobody touched follows")
	assert.Equal(t, p.side.editor.in.text.Target(), w.Canvas().Focused())
}

func TestWhereTheWindowIsNarrowTheEditorOpensUnderTheList(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimelineAt(t, f, "narrow")
	require.False(t, p.side.drawer.Visible())

	press(w, fyne.KeyReturn)
	assert.True(t, p.side.drawer.Visible())
	assert.Nil(t, w.Canvas().Overlays().Top(), "it is no dialog")
	assert.Contains(t, seen(p), "error rate 3.1%", "the entry stays in sight")
	write(w, "!")
	press(w, fyne.KeyEscape)
	f.Show()

	assert.False(t, p.side.drawer.Visible())
	assert.Equal(t, fyne.Focusable(p.list), w.Canvas().Focused())
	assert.Contains(t, seen(p), "Not saved yet")
}

func TestAHugeTextIsReadAndNotEdited(t *testing.T) {
	f := burningDesk(t)
	huge := strings.Repeat("stack trace line\n", 1<<16)
	raw := workflow.Event{
		ID: "huge", Batch: "huge", Incident: f.state.Incident.ID, Device: "device-2", Actor: "Sam",
		Clock: f.state.Incident.Revision().Clock.Next(f.state.Now), At: workflow.StampAt(f.state.Now, time.UTC),
		Recorded: f.state.Now, Body: workflow.Noted{Type: workflow.NoteEntry, Text: huge},
	}
	f.state.Incident = f.state.Incident.With(raw)
	p, w := openTimeline(t, f)

	assert.Contains(t, seen(p), "1,088 KB, read only. Enter opens it.")
	press(w, fyne.KeyReturn)

	require.Len(t, f.layers, 1)
	assert.Equal(t, "Entry, 1,088 KB, read only", f.layers[0].Title)
	p.side.editor.in.pinned.Set(true)
	p.Main()
	assert.Nil(t, f.last().(workflow.Correct).Text, "its text is not cut by saving something else")
}
