package view

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/workflow"
)

func TestAKeepButtonAnswersTheQuestionAsItIsShown(t *testing.T) {
	f := newDesk(t, 15*time.Minute)
	w := newWeaveSheet(f, func() {})
	q := ask(workflow.CausePart, "PR #423", "PR #431")
	f.state.Increment = asked(q)
	w.Show(f.state)
	slot := w.questions.slots[workflow.CausePart]
	require.Len(t, slot.buttons, 3)

	again := ask(workflow.CausePart, "PR #423", "PR #500, says the file by now")
	f.state.Increment = asked(again)
	w.Show(f.state)
	assert.Equal(t, "PR #500, says the file by now", slot.theirs.Text(), "the same widgets show the new text")
	assert.True(t, slot.again.Visible(), "and say that it is new")
	for _, b := range slot.buttons {
		b.Press()
	}
	assert.Equal(t, []settledQuestion{{again, workflow.KeepOurs}, {again, workflow.KeepTheirs}, {again, workflow.KeepBoth}}, f.settled)

	f.refuse = errors.New("The file says something else by now. Nothing was decided.")
	slot.buttons[0].Press()
	assert.True(t, slot.wrong.Visible())
}

func TestBothAreKeptOnlyOfTextsAndTitles(t *testing.T) {
	words := func(d workflow.Difference) string {
		var all []string
		for _, c := range choicesFor(d) {
			all = append(all, c.word)
		}
		return strings.Join(all, ", ")
	}
	for _, part := range []workflow.Part{workflow.ProblemPart, workflow.CausePart, workflow.FixPart, workflow.TitlePart("T-001")} {
		assert.Equal(t, "Keep ours, Keep the file's, Keep both", words(ask(part, "a", "b")), part)
	}
	assert.Equal(t, "Keep ours, Keep the file's", words(ask(workflow.StatePart, "active", "paused")))
	assert.Equal(t, "Keep ours, Keep the file's", words(ask(workflow.DonePart("T-001"), "done", "open")))
	assert.Equal(t, "Put it back into the file, Drop it here too", words(ask(workflow.TaskPart("T-001"), workflow.There, "")))
	for part, file := range map[workflow.Part]string{
		workflow.FixPart: "spec.md", workflow.TitlePart("T-001"): "tasks.md", workflow.StatePart: "metadata.json",
	} {
		assert.Equal(t, file, fileOf(part))
	}
}

func TestAQuestionIsAnsweredByKeyAndTheHandGoesOnToTheNext(t *testing.T) {
	cause, title := ask(workflow.CausePart, "ours", "theirs"), ask(workflow.TitlePart("T-002"), "Implement fix", "Implement the fix")
	d, r := onWeave(t, 15, asked(cause, title))
	assert.Equal(t, "Keep ours", focusedWord(d))
	r.now = asked(title)

	d.press(fyne.KeyReturn)

	last := d.incident().Events()[len(d.incident().Events())-1].Body
	assert.Equal(t, workflow.ClashSettled{Part: workflow.CausePart, Ours: "ours", Theirs: "theirs", Keep: workflow.KeepOurs}, last)
	assert.False(t, d.sees("In spec.md"))
	assert.True(t, d.sees("Root cause: ours is kept."), "the sheet repeats the message that it covers")
	assert.Equal(t, "Keep ours", focusedWord(d), "the question that had the focus is gone")
	d.look(r, inStepIncrement())
	assert.Equal(t, "Sync progress", focusedWord(d))
}

func TestMarksShowWhatOnlyOneSideSays(t *testing.T) {
	plain := func(runs []kit.Run) (all, marked string) {
		for _, run := range runs {
			all += run.Text
			if run.Marked {
				marked += "[" + run.Text + "]"
			}
		}
		return all, marked
	}
	for _, c := range []struct{ a, b, inA, inB string }{
		{"PR #423 broke it", "PR #431 broke it", "[#423]", "[#431]"},
		{"one\ntwo three", "one\ntwo", "[three]", ""},
		{"", "all new", "", "[all new]"},
		{"same", "same", "", ""},
	} {
		ours, theirs := markWords(c.a, c.b)
		all, marked := plain(ours)
		assert.Equal(t, c.a, all)
		assert.Equal(t, c.inA, strings.TrimSpace(marked))
		all, marked = plain(theirs)
		assert.Equal(t, c.b, all)
		assert.Equal(t, c.inB, strings.TrimSpace(marked))
	}
	long, _ := markWords(strings.Repeat("word ", 40000), strings.Repeat("other ", 40000))
	all, _ := plain(long)
	assert.Less(t, len(all), marksText+100, "a book is not drawn")
}
