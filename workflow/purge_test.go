package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestOnlyWordsOfHiddenEntriesCanBePurged(t *testing.T) {
	hide, text := true, "the token is xyzzy, sorry"
	s := fire(t).do(workflow.Note{Text: "the token is xyzzy", Files: []workflow.Attachment{graph()}}, workflow.Note{Text: "rolled back"})
	secret := s.entry("the token is xyzzy").ID
	s.do(workflow.Correct{Entry: secret, Text: &text})
	corrected := s.in.Events()[len(s.in.Events())-1].ID
	s.do(workflow.Attach{Entry: secret, Files: []workflow.Attachment{trace()}})
	attached := s.in.Events()[len(s.in.Events())-1].ID
	assert.Empty(t, s.in.Purgeable(), "nothing is hidden")

	s.do(workflow.Correct{Entry: secret, Hidden: &hide})
	words := s.in.Purgeable()
	require.Len(t, words, 1)
	assert.Equal(t, workflow.HiddenWords{
		Entry: secret, Events: []workflow.EventID{secret, corrected, attached}, Files: []workflow.Attachment{graph(), trace()},
	}, words[0])

	// What the log looks like once the words are gone: the entry stays hidden.
	var events []workflow.Event
	for _, e := range s.in.Events() {
		for _, id := range words[0].Events {
			if e.ID == id {
				e.Body = workflow.Redacted{Was: e.Body.Kind(), By: "Jane", On: s.now}
			}
		}
		events = append(events, e)
	}
	after := workflow.Fold(s.in.ID, events)
	entry, found := after.Entry(secret)
	require.True(t, found)
	assert.True(t, entry.Hidden.Get())
	assert.NotContains(t, entry.Text.Get(), "xyzzy")
	assert.Empty(t, after.Purgeable(), "what is gone is not purged again")
}

func TestWhatTheBoardStandsOnIsNotPurged(t *testing.T) {
	s := fire(t)
	hide := true
	for _, e := range s.in.Timeline.All() {
		if e.Machine {
			s.do(workflow.Correct{Entry: e.ID, Hidden: &hide})
		}
	}
	assert.Empty(t, s.in.Purgeable())
}
