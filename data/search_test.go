package data

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// writeAll appends one event for each text in one batch.
func writeAll(t testing.TB, s *Store, incident workflow.IncidentID, after uint64, texts ...string) uint64 {
	t.Helper()
	batch := Batch{Incident: incident, After: after, Summary: summary(incident)}
	for i, text := range texts {
		batch.Events = append(batch.Events, note(incident, s.Device(), i, text))
	}
	position, _, err := s.Append(t.Context(), batch)
	require.NoError(t, err)
	return position
}

func search(t testing.TB, s *Store, query string) []string {
	t.Helper()
	hits, err := s.Search(t.Context(), query, 100)
	require.NoError(t, err)
	found := []string{}
	for _, hit := range hits {
		found = append(found, hit.Before+"["+hit.Match+"]"+hit.After)
	}
	return found
}

func TestSearchFindsWords(t *testing.T) {
	s := openNew(t)
	writeAll(t, s, "inc", 0,
		"Rolled back checkout to 1.8.2", "Café reported errors", "mail to ops@example.com\nsecond line", "the token is a\x00b")
	tests := map[string]struct {
		query string
		want  []string
	}{
		"a word":                    {"checkout ", []string{"Rolled back [checkout] to 1.8.2"}},
		"the beginning of the last": {"che", []string{"Rolled back [checkout] to 1.8.2"}},
		"in any case":               {"CHECKOUT", []string{"Rolled back [checkout] to 1.8.2"}},
		"without the accent":        {"cafe", []string{"[Café] reported errors"}},
		"every word":                {"rolled 1.8", []string{"[Rolled] back checkout to 1.8.2"}},
		"an address":                {"ops@example.com", []string{"mail to [ops@example.com] second line"}},
		"a word that is not there":  {"payments", []string{}},
		"not the middle of a word":  {"heckout", []string{}},
		"nothing":                   {"  ", []string{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, search(t, s, test.query))
		})
	}
}

func TestAHitNamesItsEventAndIncident(t *testing.T) {
	s := openNew(t)
	e := note("inc", s.Device(), 0, "errors at the gateway")
	position, _, err := s.Append(t.Context(), Batch{Incident: "inc", Events: []workflow.Event{e}, Summary: summary("inc")})
	require.NoError(t, err)

	hits, err := s.Search(t.Context(), "gateway", 10)

	require.NoError(t, err)
	assert.Equal(t, []Hit{{
		Incident: "inc", Event: e.ID, Position: position, Title: "Checkout fails", Before: "errors at the ", Match: "gateway",
	}}, hits)
}

func TestNothingThatIsTypedIsASyntaxError(t *testing.T) {
	s := openNew(t)
	writeAll(t, s, "inc", 0, "AND OR NOT NEAR", `a "quoted" word`, "x")
	for _, query := range []string{
		`"`, `""`, `"""`, `'`, `*`, `a*b`, `AND`, `a AND`, `NOT a`, `NEAR(a b, 2)`, `text:a`, `^a`, `-a`, `+`, `a + b`, `(a`, `)`, `{a}`,
		"\x00", "a\x00b", "\xff\xfe", "a\"b", "💥", "💥 a", "ا", "\u0301", "\ue000", "; DROP TABLE event", "%", "_",
		strings.Repeat("word ", 10_000), strings.Repeat("x", 100_000), strings.Repeat(`"`, 1000),
	} {
		_, err := s.Search(t.Context(), query, 10)
		assert.NoError(t, err, "%.40q", query)
	}
	assert.Equal(t, []string{"[AND] OR NOT NEAR"}, search(t, s, "and"))
}

func FuzzSearch(f *testing.F) {
	s := openNew(f)
	writeAll(f, s, "inc", 0, "AND OR NOT NEAR", `a "quoted" word`)
	f.Add(`a "b" *`)
	f.Fuzz(func(t *testing.T, query string) {
		_, err := s.Search(t.Context(), query, 10)
		assert.NoError(t, err)
	})
}

func TestSearchSeesWhatWasWrittenAMomentAgo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	window, terminal := openAt(t, path), openAt(t, path)
	assert.Empty(t, search(t, window, "canary"))
	write(t, terminal, "inc", 0, "rolled back canary")
	assert.Len(t, search(t, window, "canary"), 1)
	assert.Len(t, search(t, terminal, "canary"), 1)
}

func TestTheIndexCatchesUpALittleAtATime(t *testing.T) {
	now := morning
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "firebreak.db"), Options{Clock: func() time.Time {
		now = now.Add(time.Millisecond)
		return now
	}})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	many := make([]string, indexChunk+10)
	for i := range many {
		many[i] = numbered(i)
	}
	writeAll(t, s, "inc", 0, many...)

	done, err := s.Index(t.Context(), time.Millisecond)
	require.NoError(t, err)
	assert.False(t, done)
	done, err = s.Index(t.Context(), time.Millisecond)
	require.NoError(t, err)
	assert.False(t, done, "the budget is over before it is known that nothing is left")
	done, err = s.Index(t.Context(), time.Millisecond)
	require.NoError(t, err)
	assert.True(t, done)
	assert.Len(t, search(t, s, numbered(indexChunk+5)), 1)
}

func TestFewHitsAreRankedAndManyComeNewestFirst(t *testing.T) {
	s := openNew(t)
	long := "checkout " + strings.Repeat("and a lot of other words ", 20)
	position := writeAll(t, s, "inc", 0, "checkout", long, long)
	hits, err := s.Search(t.Context(), "checkout", 1)
	require.NoError(t, err)
	assert.Equal(t, uint64(1), hits[0].Position, "the best match, though the oldest")

	many := make([]string, rankAtMost)
	for i := range many {
		many[i] = "checkout " + numbered(i)
	}
	last := writeAll(t, s, "inc", position, many...)
	hits, err = s.Search(t.Context(), "checkout", 2)
	require.NoError(t, err)
	assert.Equal(t, []uint64{last, last - 1}, []uint64{hits[0].Position, hits[1].Position})
}

func TestTheIndexCanBeRebuilt(t *testing.T) {
	s := openNew(t)
	writeAll(t, s, "inc", 0, "one", "two")
	search(t, s, "one")
	_, err := s.write.Exec("UPDATE wording SET text='gone' WHERE n=1")
	require.NoError(t, err)

	require.NoError(t, s.RebuildIndex(t.Context()))

	assert.Equal(t, []string{"[one]"}, search(t, s, "one"))
	assert.Equal(t, []string{"[two]"}, search(t, s, "two"))
	_, err = s.write.Exec("INSERT INTO wording_fts(wording_fts, rank) VALUES('integrity-check', 1)")
	assert.NoError(t, err)
}
