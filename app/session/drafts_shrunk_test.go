package session_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func (s *stand) typesInto(field, text string) {
	s.desk.Draft(field, text)
	s.pass(time.Second)
	s.pump()
}

func TestATextThatLosesMostOfItselfInOneSaveIsKept(t *testing.T) {
	whole := strings.Repeat("a long story. ", 40)
	for field, how := range map[string]string{"composer": "", "app.declare.impact": "x"} {
		s := newStand(t)
		s.desk.Do(workflow.Declare{Title: "Checkout fails", Playbook: s.state().Policy}, nil)
		s.pump()
		s.typesInto(field, whole)
		assert.Empty(t, s.state().Deleted())
		s.typesInto(field, how) // everything selected, and one key
		assert.Len(t, s.state().Deleted(), 1, field)
		assert.Contains(t, s.state().Strip.Says, "It is kept")

		s = s.restart()
		assert.Len(t, s.state().Deleted(), 1, "also after a restart: %s", field)
		s.desk.BringBack()
		s.pass(time.Second)
		s.pump()
		assert.Equal(t, whole, s.state().Drafts[field].Text, field)
		s = s.restart()
		assert.Equal(t, whole, s.state().Drafts[field].Text, field)
	}
}

func TestATextThatShrinksLittleByLittleOrBecomesAnEventIsNotKept(t *testing.T) {
	s := newStand(t)
	s.desk.Do(workflow.Declare{Title: "Checkout fails", Playbook: s.state().Policy}, nil)
	s.pump()
	text := strings.Repeat("x", 1000)
	for len(text) > 0 {
		s.typesInto("composer", text)
		text = text[:len(text)*2/3]
	}
	assert.Empty(t, s.state().Deleted())

	s.typesInto("composer", strings.Repeat("y", 1000))
	s.desk.Do(workflow.Note{Text: "y"}, nil, "composer")
	s.pump()
	s.typesInto("composer", "z")
	assert.Empty(t, s.state().Deleted(), "its words are in the log")
	s.desk.BringBack()
	assert.Equal(t, "No deleted text is kept.", s.state().Strip.Says)
}
