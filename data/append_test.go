package data

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestAnAppendedEventIsReadBackAsItWas(t *testing.T) {
	s := openNew(t)
	e := note("inc", s.Device(), 5, "NUL \x00, RTL \u202e, emoji 🔥, <b>, \r\n")
	e.Base = []workflow.EventID{"earlier"}

	position, written, err := s.Append(t.Context(), Batch{Incident: "inc", Events: []workflow.Event{e}, Summary: summary("inc")})
	require.NoError(t, err)

	e.Seq = 1
	assert.Equal(t, []workflow.Event{e}, written)
	assert.Equal(t, Log{Events: written, Position: position}, load(t, s, "inc"))
}

func TestEachDeviceIsNumberedWithoutAGap(t *testing.T) {
	s := openNew(t)
	write(t, s, "one", 0, "a")
	write(t, s, "two", 0, "b")
	foreign := []workflow.Event{note("three", "laptop", 0, "c"), note("three", s.Device(), 0, "d"), note("three", "laptop", 0, "e")}

	_, written, err := s.Append(t.Context(), Batch{Incident: "three", Events: foreign, Summary: summary("three")})

	require.NoError(t, err)
	assert.Equal(t, []uint64{1, 3, 2}, []uint64{written[0].Seq, written[1].Seq, written[2].Seq})
}

func TestABatchThatDidNotSeeTheNewestEventIsRefusedWhole(t *testing.T) {
	s := openNew(t)
	first := write(t, s, "inc", 0, "seen")
	write(t, s, "inc", first, "not seen")
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"inc", "composer"}, Text: "typed"}))

	_, _, err := s.Append(t.Context(), Batch{
		Incident: "inc", After: first, Events: []workflow.Event{note("inc", s.Device(), 1, "late")},
		Summary: summary("inc"), Clear: []DraftKey{{"inc", "composer"}},
	})

	require.ErrorIs(t, err, workflow.ErrConflict)
	assert.Equal(t, []string{"seen", "not seen"}, texts(load(t, s, "inc")))
	drafts, err := s.Drafts(t.Context(), "inc")
	require.NoError(t, err)
	assert.Len(t, drafts, 1)
}

func TestAnotherIncidentIsNoConflict(t *testing.T) {
	s := openNew(t)
	first := write(t, s, "inc", 0, "a")
	write(t, s, "other", 0, "b")
	write(t, s, "inc", first, "c")
	assert.Equal(t, []string{"a", "c"}, texts(load(t, s, "inc")))
}

func TestABatchSentTwiceIsWrittenOnce(t *testing.T) {
	s := openNew(t)
	batch := Batch{
		Incident: "inc", Events: []workflow.Event{note("inc", s.Device(), 0, "a"), note("inc", s.Device(), 0, "b")},
		Summary: summary("inc"),
	}
	position, written, err := s.Append(t.Context(), batch)
	require.NoError(t, err)
	write(t, s, "inc", position, "c")

	for name, after := range map[string]uint64{"as it was": 0, "after a reload": position + 1} {
		batch.After = after
		again, same, err := s.Append(t.Context(), batch)
		require.NoError(t, err, name)
		assert.Equal(t, position, again, name)
		assert.Equal(t, written, same, name)
	}
	assert.Equal(t, []string{"a", "b", "c"}, texts(load(t, s, "inc")))
}

func TestABatchThatNoDecisionCanHaveMadeIsRefused(t *testing.T) {
	s := openNew(t)
	stray := note("other", s.Device(), 0, "a")
	for name, batch := range map[string]Batch{
		"no events":                 {Incident: "inc", Summary: summary("inc")},
		"no incident":               {Events: []workflow.Event{stray}},
		"the event of another":      {Incident: "inc", Events: []workflow.Event{stray}, Summary: summary("inc")},
		"the summary of another":    {Incident: "other", Events: []workflow.Event{stray}, Summary: summary("inc")},
		"an event without a device": {Incident: "inc", Events: []workflow.Event{note("inc", "", 0, "a")}, Summary: summary("inc")},
	} {
		_, _, err := s.Append(t.Context(), batch)
		require.Error(t, err, name)
	}
}

func TestAnAppendTakesTheDraftsThatItWasMadeOf(t *testing.T) {
	s := openNew(t)
	for _, field := range []string{"composer", "title"} {
		require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"inc", field}, Text: field}))
	}

	_, _, err := s.Append(t.Context(), Batch{
		Incident: "inc", Events: []workflow.Event{note("inc", s.Device(), 0, "composer")},
		Summary: summary("inc"), Clear: []DraftKey{{"inc", "composer"}},
	})
	require.NoError(t, err)

	drafts, err := s.Drafts(t.Context(), "inc")
	require.NoError(t, err)
	require.Len(t, drafts, 1)
	assert.Equal(t, "title", drafts[0].Text)
}

func TestTheLogCannotBeChangedOrDeleted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	write(t, s, "inc", 0, "a")
	for _, statement := range []string{
		"UPDATE event SET payload='{}'",
		"UPDATE event SET kind='redacted@1', payload='{}'", // the salt must go as well
		"UPDATE event SET kind='redacted@1', payload='{}', salt=zeroblob(16), seq=9",
		"DELETE FROM event",
		"INSERT OR REPLACE INTO event SELECT n, id, device, seq, incident, kind, '{}', salt, prev, sum FROM event",
	} {
		_, err := s.write.Exec(statement)
		assert.Error(t, err, statement)
	}
	assert.Equal(t, []string{"a"}, texts(load(t, s, "inc")))
	require.NoError(t, s.Close())
}
