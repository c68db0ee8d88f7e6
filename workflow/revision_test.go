package workflow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestARevisionIsTheSameOnlyForTheSameLog(t *testing.T) {
	now := time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)
	next := 0
	env := Env{Now: now, Actor: "Jane", Device: "one", NewID: func() EventID {
		next++
		return EventID(rune('a' + next))
	}}
	playbook := Playbook{Levels: []Level{{ID: "SEV1"}}}
	declared, err := Decide(Fold("first", nil), Declare{Title: "Auth outage", Playbook: playbook}, env)
	require.NoError(t, err)
	before := Fold("first", declared)

	noted, err := Decide(before, Note{Text: "errors rise"}, env)
	require.NoError(t, err)
	after := before.With(noted...)

	assert.Equal(t, before.Revision(), Fold("first", declared).Revision(), "read again")
	assert.NotEqual(t, before.Revision(), after.Revision(), "one event more")
	assert.Equal(t, after.Revision(), Fold("first", append(noted, declared...)).Revision(), "the order of reading says nothing")
	assert.NotEqual(t, Fold("first", nil).Revision(), Fold("second", nil).Revision(), "another incident")
}
