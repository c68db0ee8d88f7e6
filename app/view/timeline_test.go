package view

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/workflow"
)

// burningDesk is the sample half an hour in, with what people write by hand: a
// corrected note, a pinned one, a hidden one, a time that nobody knows exactly.
func burningDesk(t *testing.T) *fakeAsker {
	t.Helper()
	f := newDesk(t, 14*time.Minute)
	at := func(after time.Duration) time.Time { return sample.Alert().Add(after) }
	stamp := func(typed string) workflow.Stamp {
		s, err := workflow.ParseStamp(typed, workflow.StampRef{Now: at(40 * time.Minute), Zone: time.UTC})
		require.NoError(t, err)
		return s
	}
	f.as("Sam", at(38*time.Minute),
		workflow.Note{Kind: workflow.AlertEntry, Text: "5xx above 5% on the login endpoint, seen by the monitor", At: stamp("~14:20")},
		workflow.Note{Text: "Support says that the first users complained", At: stamp("14:1?")},
		workflow.Note{Text: "Tried to reach the vendor", At: stamp("14:40-14:45")},
		workflow.Note{Kind: workflow.DecisionEntry, Text: "Revert the pattern and nothing else; no strong objections. The refactoring of the token module waits for its own ticket, and Bob writes it down before he goes home.", Pinned: true},
		workflow.Note{Text: "Oops, wrong window"})
	f.as("Jane", at(39*time.Minute), workflow.Note{Text: "error rate 31%"})
	hidden, fixed := true, "error rate 3.1%"
	f.as("Sam", at(40*time.Minute), workflow.Correct{Entry: entryOf(t, f, "Oops").ID, Hidden: &hidden})
	f.as("Jane", at(41*time.Minute), workflow.Correct{Entry: entryOf(t, f, "error rate").ID, Text: &fixed})
	f.state.Now = at(43 * time.Minute)
	return f
}

// entryOf is the entry whose text begins with some words.
func entryOf(t *testing.T, f *fakeAsker, begins string) workflow.Entry {
	t.Helper()
	for _, e := range f.state.Incident.Timeline.All() {
		if strings.HasPrefix(e.Text.Get(), begins) {
			return e
		}
	}
	require.Fail(t, "no entry begins with "+begins)
	return workflow.Entry{}
}

// openTimeline shows a desk's timeline in the room of a wide window, with the
// focus where it goes when the screen is entered.
func openTimeline(t *testing.T, f *fakeAsker) (*timeline, fyne.Window) {
	t.Helper()
	return openTimelineAt(t, f, "wide")
}

func openTimelineAt(t *testing.T, f *fakeAsker, size string) (*timeline, fyne.Window) {
	t.Helper()
	pane, w := stage(t, f, newTimeline, paneSizes[size].Width, paneSizes[size].Height)
	pane.Enter()
	return pane.(*timeline), w
}

// seen lists the words of the rows in view.
func seen(p *timeline) string { return strings.Join(kit.TextsIn(p.list), "\n") }

func TestTheTimelineOfAFireOpensAtItsLastLine(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)

	assert.Equal(t, string(entryOf(t, f, "error rate").ID), p.list.Selected())
	assert.Equal(t, fyne.Focusable(p.list), w.Canvas().Focused())
	assert.Contains(t, seen(p), "15:11Z", "seconds that nobody gave are not invented")
	assert.Contains(t, seen(p), "24 min without an entry, add here")
	assert.Contains(t, seen(p), "Root cause identified")
	assert.NotContains(t, seen(p), "Oops", "it is hidden")
	assert.Equal(t, "26 of 27 entries, UTC", p.foot.count.Text())
}

func TestAScreenThatIsFilledBeforeItHasRoomStillShowsItsLastLine(t *testing.T) {
	f := longDesk(t, 400)
	var p *timeline
	_, w := stage(t, f, func(ask Asker) Pane {
		p = newTimeline(ask).(*timeline)
		p.Show(f.state)
		return p
	}, 1088, 606)
	p.Enter()

	assert.Contains(t, seen(p), "line 0399")
	assert.Equal(t, fyne.Focusable(p.list), w.Canvas().Focused())
}

func TestWhereTheSelectedEntryGoesTheOneBesideItIsSelected(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)
	press(w, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp)
	hidden := true
	next := entryOf(t, f, "Bob: restore").ID
	require.Equal(t, string(entryOf(t, f, "Decided: hotfix").ID), p.list.Selected())

	f.as("Sam", f.state.Now, workflow.Correct{Entry: workflow.EventID(p.list.Selected()), Hidden: &hidden})
	f.Show()

	assert.Equal(t, string(next), p.list.Selected())
	assert.Contains(t, p.side.editor.in.text.Text(), "Bob: restore", "the editor goes with it")
}

func TestTimesAreShownAsSureAsTheyAre(t *testing.T) {
	p, w := openTimeline(t, burningDesk(t))
	press(w, fyne.KeyHome)

	for _, clock := range []string{"14:1?", "~14:20Z"} {
		assert.Contains(t, seen(p), clock)
	}
}

func TestKeysOfTheListHidePinAndMark(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)
	id := workflow.EventID(p.list.Selected())

	write(w, "p")
	assert.True(t, *f.last().(workflow.Correct).Pinned)
	write(w, "m")
	assert.Equal(t, fyne.Focusable(p.side.editor.in.milestone), w.Canvas().Focused())
	p.Enter()
	press(w, fyne.KeyDelete)
	c := f.last().(workflow.Correct)
	assert.Equal(t, id, c.Entry)
	assert.True(t, *c.Hidden)
	assert.Contains(t, f.says, "Hide 1 entry.")
	assert.NotEmpty(t, p.list.Selected(), "the selection goes to the row beside it")
	write(w, "n")
	assert.Equal(t, []string{"incident.note"}, f.ran)

	f.state.Prefs.SingleKeys = false
	f.Show()
	before := len(f.wants)
	write(w, "p")
	assert.Len(t, f.wants, before, "single keys can be switched off")
}

func TestASearchComesBackToWhereTheListWas(t *testing.T) {
	f := longDesk(t, 400)
	p, w := openTimeline(t, f)
	press(w, fyne.KeyPageUp, fyne.KeyPageUp)
	place, selected := p.list.Offset(), p.list.Selected()

	p.Find()
	write(w, "line 0017")
	assert.Equal(t, 1, p.page.shown)
	assert.NotContains(t, seen(p), "without an entry", "a silence between results says nothing")
	press(w, fyne.KeyEscape)

	assert.Equal(t, place, p.list.Offset())
	assert.Equal(t, selected, p.list.Selected())
	assert.Equal(t, fyne.Focusable(p.list), w.Canvas().Focused())

	p.Find()
	write(w, "nowhere")
	assert.Equal(t, "Nothing for “nowhere”. Esc shows everything again.", p.empty.words.Text())
}

func TestOnlyWhatPeopleWroteIsASettingAndHiddenEntriesAreNot(t *testing.T) {
	f := burningDesk(t)
	p, _ := openTimeline(t, f)

	p.bar.choose(onlyPeople)
	assert.True(t, f.state.Prefs.OnlyPeople)
	assert.Equal(t, 5, p.page.shown)
	p.bar.choose(hiddenEntries)
	assert.False(t, f.state.Prefs.OnlyPeople)
	assert.Equal(t, 27, p.page.shown)
	p.bar.kinds.Choose(string(workflow.AlertEntry))
	p.Show(f.state)
	assert.Equal(t, 2, p.page.shown)
}

func TestDaysAreWrittenWhenThereAreSeveral(t *testing.T) {
	f := burningDesk(t)
	p, w := openTimeline(t, f)
	assert.NotContains(t, seen(p), "Nov 2024")

	before := f.state.Now
	f.as("Jane", before.Add(12*time.Hour), workflow.Note{Text: "the next morning"})
	f.as("Jane", before.Add(12*time.Hour), workflow.Note{Text: "some time", At: workflow.UnknownStamp("when?")})
	f.Show()
	press(w, fyne.KeyEnd)

	assert.Contains(t, seen(p), "Tue 26 Nov 2024, today")
	assert.Contains(t, seen(p), "Time not known")
	press(w, fyne.KeyHome)
	assert.Contains(t, seen(p), "Mon 25 Nov 2024")
}

func TestATickLeavesFocusScrollAndRowsAlone(t *testing.T) {
	f := longDesk(t, 400)
	p, w := openTimeline(t, f)
	press(w, fyne.KeyPageUp, fyne.KeyReturn)
	write(w, "half a wo")
	place, drawn := p.list.Offset(), p.drawn

	for range 600 {
		f.state.Now = f.state.Now.Add(time.Second)
		f.Show()
	}

	assert.Equal(t, place, p.list.Offset())
	assert.Equal(t, drawn, p.drawn)
	assert.Equal(t, p.side.editor.in.text.Target(), w.Canvas().Focused())
	assert.True(t, strings.HasSuffix(p.side.editor.in.text.Text(), "half a wo"))
}

func TestMetricsNameTheirFormulaAndTheirReason(t *testing.T) {
	f := newDesk(t, 80*time.Minute)
	p, _ := openTimeline(t, f)
	p.side.choose(metricsTab)
	words := strings.Join(kit.TextsIn(p.side.metrics.content), "\n")

	for _, expected := range []string{
		"Time to resolve", "47 minutes", "All-clear minus Detected", "Impact started", "not marked",
		"nobody has said when the impact started", "The phases add up to the time to resolve.",
	} {
		assert.Contains(t, words, expected)
	}
}

func TestTheLogOfChangesKeepsWhatWasUndone(t *testing.T) {
	f := burningDesk(t)
	p, _ := openTimeline(t, f)
	p.side.choose(changesTab)
	f.as("Jane", f.state.Now, workflow.Undo{})
	f.Show()

	words := strings.Join(kit.TextsIn(p.side.changes.content), "\n")
	assert.Contains(t, words, "Entry corrected: error rate 3.1%")
	assert.Contains(t, words, "Undone ")
}

func TestAnUnknownKindIsShownAsItIs(t *testing.T) {
	f := burningDesk(t)
	raw := workflow.Event{
		ID: "later", Batch: "later", Incident: f.state.Incident.ID, Device: "device-2", Actor: "Ann",
		Clock: f.state.Incident.Revision().Clock.Next(f.state.Now), At: workflow.StampAt(f.state.Now, time.UTC),
		Recorded: f.state.Now, Body: workflow.Raw{As: "weather.noted@9", JSON: []byte(`{"sky":"grey"}`)},
	}
	f.state.Incident = f.state.Incident.With(raw)
	p, _ := openTimeline(t, f)

	assert.Contains(t, seen(p), "weather.noted@9")
	assert.Contains(t, seen(p), "Unknown")
}

// buttonIn finds a button by its word.
func buttonIn(o fyne.CanvasObject, word string) *kit.Button {
	if b, ok := o.(*kit.Button); ok && b.Word() == word {
		return b
	}
	children := []fyne.CanvasObject{}
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case kit.Parent:
		children = o.Children()
	}
	for _, child := range children {
		if b := buttonIn(child, word); b != nil {
			return b
		}
	}
	return nil
}
