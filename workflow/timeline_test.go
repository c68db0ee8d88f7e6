package workflow_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestANoteIsKeptAsTypedAndWhereItHappened(t *testing.T) {
	links := []string{"https://example.org/dash"}
	s := fire(t).at(9).do(workflow.Note{Text: "second", At: when(8)}, workflow.Note{Text: " **first**\n", At: when(7), Pinned: true, Links: links})
	links[0] = "changed"
	s.do(workflow.Note{Kind: workflow.ActionEntry, Text: "third"}, workflow.Note{Text: "some day", At: workflow.UnknownStamp("last night?")})
	assert.Equal(t, []string{"14:39  **first**\n", "14:40 second", "14:41 third"}, s.lines()[4:7], "by when it happened, not by when it was written")
	assert.Equal(t, "some day", s.in.Timeline.All()[7].Text.Get(), "nobody knows when: last")

	e := s.entry(" **first**\n")
	assert.Equal(t, workflow.NoteEntry, e.Kind.Get())
	assert.True(t, e.Pinned.Get())
	assert.Equal(t, []string{"https://example.org/dash"}, e.Links.Get())
	assert.Equal(t, "Jane", e.Who)
	assert.Equal(t, s.now, e.First.Recorded, "when it was written down is kept beside")
	assert.False(t, e.Machine)
}

func TestANoteIsRefusedOnlyWhenItSaysNothingOrTooMuch(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.Note{Text: " \n\t"}, "note.empty")
	s.refuses(workflow.Note{Text: strings.Repeat("x", 4<<20+1)}, "note.too-long")
	s.do(workflow.Note{Text: strings.Repeat("x", 4<<20)})
}

func TestALongEntryStandsOnOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"short":                         "short",
		"two\nlines\there":              "two lines here",
		strings.Repeat("ö", 150):        strings.Repeat("ö", 150),
		strings.Repeat("x", 2048):       strings.Repeat("x", 300) + " … (2 KB)",
		strings.Repeat("x", 300) + "\n": strings.Repeat("x", 300),
		strings.Repeat("é", 3000):       strings.Repeat("é", 300) + " … (5 KB)",
	} {
		assert.Equal(t, want, fire(t).do(workflow.Note{Text: text}).last().Line())
	}
}

func TestEveryPartOfAnEntryCanBeCorrectedAndTheCorrectionIsOnRecord(t *testing.T) {
	s := fire(t).at(5).do(workflow.Note{Text: "errors at 3 %"})
	id := s.last().ID
	text, at := "errors at 31 %", when(4)
	s.as("Sam").at(6).do(workflow.Correct{Entry: id, Text: &text}).at(7).do(workflow.Correct{
		Entry: id, At: &at, Kind: to(workflow.AlertEntry), Pinned: to(true), Reported: to(false), Links: to([]string{"x"}),
	})
	text, at = "changed", when(99)

	e, _ := s.in.Entry(id)
	assert.Equal(t, "errors at 31 %", e.Text.Get(), "what the asker does afterwards changes nothing")
	assert.Equal(t, when(4), e.At.Get())
	assert.Equal(t, workflow.AlertEntry, e.Kind.Get())
	assert.True(t, e.Pinned.Get())
	assert.False(t, e.InReport())
	assert.Equal(t, []string{"x"}, e.Links.Get())
	assert.Equal(t, "errors at 3 %", e.Original)
	assert.Equal(t, 2, e.Edits)

	var versions []string
	for _, v := range s.in.History(id) {
		versions = append(versions, v.Event.Actor+" "+v.At.Clock(nil)+" "+v.Text)
	}
	assert.Equal(t, []string{"Jane 14:37 errors at 3 %", "Sam 14:37 errors at 31 %", "Sam 14:36 errors at 31 %"}, versions)
	s.do(workflow.Undo{})
	assert.Len(t, s.in.History(id), 2, "an undone correction is no version")
	assert.Nil(t, s.in.History("nope"))
}

func TestACorrectionIsRefusedWhenItChangesNothing(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "x", Links: []string{"a"}})
	id := s.last().ID
	s.refuses(workflow.Correct{Entry: "nope"}, "entry.gone")
	s.refuses(workflow.Correct{Entry: id}, "entry.same")
	s.refuses(workflow.Correct{Entry: id, Text: to("x"), Reported: to(true), Links: to([]string{"a"})}, "entry.same")
	s.refuses(workflow.Correct{Entry: id, Text: to(" ")}, "note.empty")
	s.refuses(workflow.Correct{Entry: id, Text: to(strings.Repeat("x", 4<<20+1))}, "note.too-long")
}

func TestAHiddenEntryIsOutOfSightAndComesBack(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "noise"})
	shown := s.in.Timeline.Shown()
	id := s.last().ID
	s.do(workflow.Correct{Entry: id, Hidden: to(true)})
	assert.Equal(t, shown-1, s.in.Timeline.Shown())
	assert.Equal(t, shown-1, s.in.Summary().Entries)
	e, found := s.in.Entry(id)
	assert.True(t, found, "hidden is not gone")
	assert.False(t, e.InReport())
	s.do(workflow.Correct{Entry: id, Hidden: to(false)})
	assert.Equal(t, shown, s.in.Timeline.Shown())
}

func TestThePostMortemsTimelineIsWhatPeopleWroteAndTheMilestones(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "typed"}, workflow.Claim{Role: workflow.Fixer, Person: "Bob"}, workflow.AddItem{Phase: "before", Text: "call legal"})
	assert.True(t, s.entry("typed").InReport())
	assert.False(t, s.entry("Bob is fixer").InReport())
	assert.True(t, s.entry("First alert triggered").InReport())
	assert.False(t, s.entry("Incident declared: Login is down").InReport(), "the user's own timeline has no such line")
	s.do(workflow.Correct{Entry: s.entry("Bob is fixer").ID, Reported: to(true)})
	assert.True(t, s.entry("Bob is fixer").InReport())
	s.do(workflow.Correct{Entry: s.entry("Added to the checklist: call legal").ID, Pinned: to(true)})
	assert.True(t, s.entry("Added to the checklist: call legal").InReport())
}

func TestEntriesAreFoundInLongTimelines(t *testing.T) {
	s := fire(t)
	var ids []workflow.EventID
	for range 1500 {
		s.do(workflow.Note{Text: "x"})
		ids = append(ids, s.last().ID)
	}
	for _, in := range []workflow.Incident{s.in, workflow.Fold(s.in.ID, s.in.Events())} {
		for _, id := range ids {
			e, ok := in.Entry(id)
			assert.True(t, ok && e.ID == id, id)
		}
		_, ok := in.Entry("nope")
		assert.False(t, ok)
	}
}
