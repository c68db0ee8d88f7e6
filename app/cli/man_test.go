package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheManualPagesAreTheSameEachTime(t *testing.T) {
	s := newShell(t)
	one, two := filepath.Join(t.TempDir(), "man1"), t.TempDir()
	s.does("man", one)
	s.now = s.now.AddDate(1, 0, 0)
	s.does("man", two)
	pages, err := os.ReadDir(one)
	require.NoError(t, err)
	require.Greater(t, len(pages), 40)
	for _, page := range pages {
		first, err := os.ReadFile(filepath.Join(one, page.Name()))
		require.NoError(t, err)
		second, err := os.ReadFile(filepath.Join(two, page.Name()))
		require.NoError(t, err)
		assert.Equal(t, string(first), string(second), page.Name())
	}
	root, err := os.ReadFile(filepath.Join(one, "firebreak.1"))
	require.NoError(t, err)
	assert.Contains(t, string(root), "refused by the workflow")
	assert.NotContains(t, string(root), "Auto generated")
	assert.FileExists(t, filepath.Join(one, "firebreak-increment-create.1"))
}
