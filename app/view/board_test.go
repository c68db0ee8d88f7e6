package view

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// openBoard shows the board of a desk in a wide window and enters it.
func openBoard(t *testing.T, f *fakeAsker) (*board, fyne.Window) {
	t.Helper()
	pane, w := stage(t, f, newBoard, 1130, 590)
	pane.Enter()
	return pane.(*board), w
}

// texts is what a person reads on the board, labels and help of fields too.
func texts(b *board) []string {
	read := kit.TextsIn(b.Content())
	walk(b.Content(), func(o fyne.CanvasObject) {
		field, ok := o.(*kit.Field)
		if !ok {
			return
		}
		for _, part := range test.WidgetRenderer(field).Objects() {
			if text, ok := part.(*kit.Text); ok && text.Visible() {
				read = append(read, text.Text())
			}
		}
	})
	return read
}

// sees says that a person reads a text on the board.
func sees(t *testing.T, b *board, text string) {
	t.Helper()
	assert.True(t, slices.Contains(texts(b), text), "nobody reads %q on the board", text)
}

// seesPart is sees for a sentence of the workflow's, whose end may change.
func seesPart(t *testing.T, b *board, part string) {
	t.Helper()
	found := slices.ContainsFunc(texts(b), func(text string) bool { return strings.Contains(text, part) })
	assert.True(t, found, "nobody reads %q on the board", part)
}

func seesNot(t *testing.T, b *board, text string) {
	t.Helper()
	assert.False(t, slices.Contains(texts(b), text), "%q is still on the board", text)
}

// walk visits every visible object of a tree.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch p := o.(type) {
	case *fyne.Container:
		for _, child := range p.Objects {
			walk(child, visit)
		}
	case kit.Parent:
		for _, child := range p.Children() {
			walk(child, visit)
		}
	}
}

func nextActions(b *board) int {
	found := 0
	walk(b.Content(), func(o fyne.CanvasObject) {
		if named, ok := o.(interface{ ID() string }); ok && named.ID() == nextActionID {
			found++
		}
	})
	return found
}

func TestTheBoardShowsExactlyOneNextActionFromTheFirstAlertToTheEnd(t *testing.T) {
	for minute := range 61 {
		f := newDesk(t, time.Duration(minute)*time.Minute)
		b, _ := openBoard(t, f)
		next := f.state.Incident.Next(f.state.Now)

		assert.Equal(t, 1, nextActions(b), "minute %d", minute)
		sees(t, b, next.Title)
	}
}

func TestWithoutAnIncidentTheBoardOffersToDeclareOrToOpenTheSample(t *testing.T) {
	f := newFakeAsker(t, quietState(t))
	b, w := openBoard(t, f)

	sees(t, b, "No open incident. Declare (Ctrl+N) or open the sample.")
	assert.Zero(t, nextActions(b))
	assert.False(t, b.Main())
	press(w, fyne.KeyReturn)
	w.Canvas().FocusNext()
	press(w, fyne.KeyReturn)
	assert.Equal(t, []string{"incident.declare", "sample.open"}, f.ran)
}

func TestAnIncidentThatIsOverShowsItsNumbersAndLeadsToThePostmortem(t *testing.T) {
	f := newDesk(t, time.Hour)
	b, w := openBoard(t, f)

	sees(t, b, "47 minutes")
	sees(t, b, "All-clear minus Detected")
	press(w, fyne.KeyReturn)
	assert.Equal(t, []string{"go.post-mortem"}, f.ran)
}

func TestTypingIsNeverTakenFromUnderTheHandWhenTimePasses(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	b, w := openBoard(t, f)
	write(w, "The regex")
	focused := w.Canvas().Focused()

	for range 120 { // ten minutes by fives: the update and a task become late
		f.state.Now = f.state.Now.Add(5 * time.Second)
		f.Show()
		require.Same(t, focused, w.Canvas().Focused())
	}

	sees(t, b, "Root cause identified")
	assert.Equal(t, "The regex", f.state.Drafts["board.cause.cause"].Text)
	f.state.Now = f.state.Now.Add(15 * time.Minute)
	f.Show()
	sees(t, b, "Next is now: Tell the stakeholders. What you type here is kept.")
	require.Same(t, focused, w.Canvas().Focused())
	write(w, " pattern")
	assert.Equal(t, "The regex pattern", f.state.Drafts["board.cause.cause"].Text, "the caret stands where it stood")

	b.card.goOn()
	sees(t, b, "Tell the stakeholders")
	assert.Equal(t, "The regex pattern", f.state.Drafts["board.cause.cause"].Text, "what was typed is a draft")
}

func TestTheListKeepsTheFocusWhileOthersWork(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	b, w := openBoard(t, f)
	require.True(t, b.steps.rows.Focus())
	b.steps.rows.Select("status-page-updated")

	f.as("Bob", f.state.Now.Add(time.Minute), workflow.Identify{Cause: "The regex"})
	f.Show()

	assert.Same(t, fyne.Focusable(b.steps.rows), w.Canvas().Focused())
	assert.Equal(t, "status-page-updated", b.steps.rows.Selected())
	sees(t, b, "Minimal fix implemented")
}

func TestTheCardGoesOnWhenSomebodyElseSettlesTheStepAndNothingIsTyped(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	b, w := openBoard(t, f)

	f.as("Bob", f.state.Now.Add(time.Minute), workflow.Identify{Cause: "The regex"})
	f.Show()

	assert.Equal(t, wayFix, b.card.on)
	assert.True(t, b.card.ways[wayFix].caret(), "the caret goes on with the card")
	write(w, "f3a")
	assert.Equal(t, "f3a", f.state.Drafts["board.fix.commit"].Text)
}

func TestEscapeLeavesTheFormForTheChecklistAndKeepsWhatIsTyped(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	b, w := openBoard(t, f)
	write(w, "The regex")

	b.Enter() // what the window does on Escape

	assert.Same(t, fyne.Focusable(b.steps.rows), w.Canvas().Focused())
	assert.Equal(t, "The regex", f.state.Drafts["board.cause.cause"].Text)
	b.Enter()
	assert.True(t, b.card.ways[wayCause].caret())
}

func TestARefusedWriteStaysInItsFieldAndSaysWhy(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	b, w := openBoard(t, f)
	write(w, "The regex")
	f.refuse = errors.New("The disk is full. Nothing was lost; make room and try again.")

	require.True(t, b.Main())

	sees(t, b, "The disk is full. Nothing was lost; make room and try again.")
	assert.Equal(t, "The regex", f.state.Drafts["board.cause.cause"].Text)
	assert.Empty(t, f.wants)
}

func TestAfterARestTheBoardSaysWhereThePersonWas(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	b, w := openBoard(t, f)
	focused := w.Canvas().Focused()

	f.as("Sam", f.state.Now.Add(2*time.Minute), workflow.Note{Text: "Support is flooded"}, workflow.Note{Text: "A second alert"})
	f.state.Now = f.state.Now.Add(2 * time.Minute)
	f.Show()

	sees(t, b, "You were at step 2 of During Fix, 4 min ago; since then: 2 entries.")
	assert.Same(t, focused, w.Canvas().Focused())
	write(w, "T")
	seesNot(t, b, "You were at step 2 of During Fix, 4 min ago; since then: 2 entries.")
}

func TestWhatThePersonDoesElsewhereCountsAsWorkToo(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	b, _ := openBoard(t, f)

	f.as("Jane", f.state.Now.Add(50*time.Second), workflow.Note{Text: "from a terminal"})
	f.Show()
	f.state.Now = f.state.Now.Add(50 * time.Second)
	f.Show()

	assert.False(t, b.back.box.Visible())
}

func TestAnotherIncidentBringsItsOwnForms(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	b, w := openBoard(t, f)
	write(w, "The regex")

	other := undecided(t)
	other.as("Jane", other.state.Now, workflow.SetSeverity{Level: "SEV2"})
	b.Show(other.state)

	assert.Equal(t, wayImpact, b.card.on)
	sees(t, b, "Impact understood")
}

func TestTheBoardFitsAt800By600AndItsTargetsAreLargeEnough(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		f := newDesk(t, 22*time.Minute)
		pane, w := stage(t, f, newBoard, 660, 400)
		fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark, scale))
		pane.Content().Refresh()
		w.Resize(fyne.NewSize(661, 401))
		b := pane.(*board)

		require.False(t, b.desk.IsWide())
		least := pane.Content().MinSize()
		assert.LessOrEqual(t, least.Width, float32(660), "at %.0f %%", 100*scale)
		assert.LessOrEqual(t, least.Height, float32(400), "at %.0f %%", 100*scale)
		for _, button := range []*kit.Button{b.card.foot.main, b.card.foot.skip} {
			assert.GreaterOrEqual(t, button.MinSize().Height, look.Target)
		}
	}
}

func TestANarrowBoardShowsItsPartsBehindTabs(t *testing.T) {
	f := newDesk(t, 14*time.Minute)
	pane, w := stage(t, f, newBoard, 660, 400)
	b := pane.(*board)
	require.False(t, b.desk.IsWide())

	sees(t, b, "Steps 6/12, shown")
	seesNot(t, b, "restore the token pattern")
	w.Canvas().Focus(b.tabs.items[tasksTab])
	press(w, fyne.KeyReturn)

	sees(t, b, "restore the token pattern")
	assert.Equal(t, 1, nextActions(b), "the next action stays above the tabs")
}

// longState is an incident with so many entries in its timeline.
func longState(tb testing.TB, f *fakeAsker, entries int) session.State {
	tb.Helper()
	for i := range entries {
		now := f.state.Now.Add(time.Second)
		var want workflow.Intent = workflow.Note{Text: "error rate 3.1%"}
		if i%100 == 0 {
			want = workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Still on it."}
		}
		f.as("Sam", now, want)
	}
	return f.state
}

// BenchmarkBoardTick is one second of an incident of 5,000 entries.
func BenchmarkBoardTick(b *testing.B) {
	f := newDesk(b, 9*time.Minute)
	st := longState(b, f, 5000)
	pane, _ := stage(b, f, newBoard, 1130, 590)
	b.ResetTimer()
	for b.Loop() {
		st.Now = st.Now.Add(time.Second)
		pane.Show(st)
	}
}

// BenchmarkBoardStep is a tick on the board with 5,000 entries: the intent is
// decided, folded and shown.
func BenchmarkBoardStep(b *testing.B) {
	f := newDesk(b, 9*time.Minute)
	longState(b, f, 5000)
	stage(b, f, newBoard, 1130, 590)
	b.ResetTimer()
	for b.Loop() {
		f.Do(workflow.Skip{Item: "root-cause-identified", Reason: "x"}, nil)
		f.Do(workflow.Untick{Item: "root-cause-identified", Reason: "y"}, nil)
	}
}
