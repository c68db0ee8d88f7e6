package data

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	sqlite3 "modernc.org/sqlite/lib"
)

func TestAKilledProcessLeavesNoLockBehind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	cmd, lines := child(t, path, 1_000_000)
	require.True(t, lines.Scan(), "it is writing")
	_, err := alone(t.Context(), path)
	require.ErrorContains(t, err, "in use", "as long as it lives")

	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()

	only, err := alone(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, only.leave())
	s := openAt(t, path)
	log := load(t, s, "inc")
	write(t, s, "inc", log.Position, "after the kill")
	assertSound(t, s, len(log.Events)+1)
}

func TestADatabaseThatAnotherProgramKeepsLockedIsNamedAndWritableAfterwards(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for as long as a person would: five seconds")
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "firebreak.db")
	other, mine := openAt(t, path), openAt(t, path)
	position := write(t, mine, "inc", 0, "before")
	tx, err := other.write.BeginTx(t.Context(), nil)
	require.NoError(t, err)

	began := time.Now()
	err = tryNote(t, mine, position, "meanwhile")

	assertTrouble(t, kindLocked, err)
	assertSentences(t, err, path)
	assert.Equal(t, sqlite3.SQLITE_BUSY, resultCode(err))
	assert.InDelta(t, 5, time.Since(began).Seconds(), 3, "it waited, and not for ever")
	require.NoError(t, tx.Rollback())
	require.NoError(t, tryNote(t, mine, position, "meanwhile"))
	assertSound(t, mine, 2)
}
