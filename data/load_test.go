package data

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAnIncidentThatNobodyDeclaredIsEmpty(t *testing.T) {
	assert.Equal(t, Log{}, load(t, openNew(t), "none"))
}

func TestSinceReadsOnlyWhatIsNewer(t *testing.T) {
	s := openNew(t)
	first := write(t, s, "inc", 0, "a")
	write(t, s, "other", 0, "b")
	second := write(t, s, "inc", first, "c")

	log, err := s.Since(t.Context(), "inc", first)
	require.NoError(t, err)
	assert.Equal(t, []string{"c"}, texts(log))
	assert.Equal(t, second, log.Position)

	log, err = s.Since(t.Context(), "inc", second)
	require.NoError(t, err)
	assert.Empty(t, log.Events)
	assert.Equal(t, second, log.Position)
}

func TestAChangeByAnotherStoreIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	window, terminal := openAt(t, path), openAt(t, path)
	changed := func() uint64 {
		version, err := window.Changed(t.Context())
		require.NoError(t, err)
		return version
	}
	before := changed()
	assert.Equal(t, before, changed(), "nothing happened")

	write(t, terminal, "inc", 0, "from the terminal")

	assert.NotEqual(t, before, changed())
	assert.Equal(t, []string{"from the terminal"}, texts(load(t, window, "inc")))
}
