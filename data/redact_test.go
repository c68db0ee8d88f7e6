package data

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestRedactedWordsAreInNoFileOfTheStore(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), filepath.Join(dir, "firebreak.db"), options())
	require.NoError(t, err)
	secret := note("inc", s.Device(), 1, "the token is xyzzy-4711")
	kept := note("inc", s.Device(), 2, "rolled back the canary")
	_, _, err = s.Append(t.Context(), Batch{Incident: "inc", Events: []workflow.Event{secret, kept}, Summary: summary("inc")})
	require.NoError(t, err)
	_, err = s.Index(t.Context(), 0)
	require.NoError(t, err)

	done, err := s.Redact(t.Context(), Redaction{Events: []workflow.EventID{secret.ID}, By: "Alice", Why: "a token"})
	require.NoError(t, err)
	assert.Equal(t, 1, done)

	log, err := s.Load(t.Context(), "inc")
	require.NoError(t, err)
	require.Len(t, log.Events, 2)
	assert.Empty(t, log.Damaged)
	body, is := log.Events[0].Body.(workflow.Redacted)
	require.True(t, is, "%T", log.Events[0].Body)
	assert.Equal(t, "Alice", body.By)
	assert.Equal(t, secret.Body.Kind(), body.Was)
	hits, err := s.Search(t.Context(), "xyzzy", 5)
	require.NoError(t, err)
	assert.Empty(t, hits)
	hits, err = s.Search(t.Context(), "canary", 5)
	require.NoError(t, err)
	assert.Len(t, hits, 1, "what was not redacted is found as before")
	report, err := s.Check(t.Context())
	require.NoError(t, err)
	assert.True(t, report.Sound(), "the chain holds over a redacted event: %+v", report)

	again, err := s.Redact(t.Context(), Redaction{Events: []workflow.EventID{secret.ID}, By: "Alice"})
	require.NoError(t, err)
	assert.Zero(t, again, "what is blotted out is not blotted out twice")

	require.NoError(t, s.Close()) // from here on the files are nobody's
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		content, err := os.ReadFile(f)
		require.NoError(t, err)
		assert.False(t, bytes.Contains(content, []byte("xyzzy")), f)
	}
}

func TestNothingIsRedactedWhenOneEventIsUnknown(t *testing.T) {
	s := openNew(t)
	written := note("inc", s.Device(), 1, "stays")
	_, _, err := s.Append(t.Context(), Batch{Incident: "inc", Events: []workflow.Event{written}, Summary: summary("inc")})
	require.NoError(t, err)
	_, err = s.Redact(t.Context(), Redaction{Events: []workflow.EventID{written.ID, "nobody"}, By: "Alice"})
	require.Error(t, err)
	log, err := s.Load(t.Context(), "inc")
	require.NoError(t, err)
	assert.Equal(t, written.Body, log.Events[0].Body)
}
