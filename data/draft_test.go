package data

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestADraftIsBackAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	draft := Draft{
		Key: DraftKey{"inc", "composer"}, Text: "NUL \x00, broken \xff, emoji 🔥, line\r\n",
		Started: morning.Add(250 * time.Millisecond), Base: []workflow.EventID{"a", "b"},
	}
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: draft.Key, Text: "N", Started: morning}))
	require.NoError(t, s.SaveDraft(t.Context(), draft))
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"other", "composer"}, Text: "elsewhere"}))
	require.NoError(t, s.Close())

	s = openAt(t, path)

	drafts, err := s.Drafts(t.Context(), "inc")
	require.NoError(t, err)
	assert.Equal(t, []Draft{draft}, drafts)
}

func TestADroppedDraftIsGone(t *testing.T) {
	s := openNew(t)
	key := DraftKey{"", "title"}
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: key, Text: "Checkout"}))

	require.NoError(t, s.DropDraft(t.Context(), key))
	require.NoError(t, s.DropDraft(t.Context(), key), "one that is not there is no error")

	drafts, err := s.Drafts(t.Context(), "")
	require.NoError(t, err)
	assert.Empty(t, drafts)
}
