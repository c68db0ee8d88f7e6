package data

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A young database has everything in its write-ahead log. When that is replaced
// by another database's, nothing in the file itself says that it is foreign;
// the witness does.
func TestAYoungDatabaseWithAForeignWriteAheadLogComesBackFromItsBackup(t *testing.T) {
	young := func() (live string) {
		live = filepath.Join(t.TempDir(), "firebreak.db")
		s := openAt(t, live)
		position := uint64(0)
		for i := range 30 {
			position = write(t, s, "inc", position, numbered(i))
		}
		require.NoError(t, s.witness.finish(t.Context(), s.write, morning))
		return live
	}
	ours, theirs := young(), young()
	path := wreck(t, ours)
	withBackup(t, ours, path)
	require.NoError(t, copyFile(theirs+"-wal", path+"-wal"))
	alone, err := connectStill(path)
	require.NoError(t, err)
	require.Empty(t, column(t, alone, "SELECT uid FROM device"), "else this test proves nothing: the file itself knows its device")
	require.NoError(t, alone.Close())

	done, err := Repair(t.Context(), RepairWish{Path: path, Clock: options().Clock})

	require.NoError(t, err)
	assert.Equal(t, 30, done.Events)
	assert.Empty(t, done.Missing)
	s := openAt(t, path)
	var strangers []string
	log, err := s.Load(t.Context(), "inc")
	require.NoError(t, err)
	for i, text := range texts(log) {
		if text != numbered(i) {
			strangers = append(strangers, text)
		}
	}
	assert.Empty(t, strangers)
	_, err = os.Stat(done.Kept)
	assert.NoError(t, err, "and the files as they were found are kept")
}

func TestAWriteAheadLogOfOursBesideAnotherDatabaseIsSearched(t *testing.T) {
	path, other := filepath.Join(t.TempDir(), "firebreak.db"), filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, path, 60, 20)
	wreckAt(t, other, 40, 1)
	require.NoError(t, os.Remove(path))
	require.NoError(t, copyFile(other, path))

	_, err := Repair(t.Context(), RepairWish{Path: path, Clock: options().Clock})

	require.NoError(t, err)
	s := openAt(t, path)
	log, err := s.Load(t.Context(), "inc")
	require.NoError(t, err)
	for i := 60; i < 80; i++ {
		assert.Contains(t, texts(log), numbered(i), "the newest of ours lie in our write-ahead log")
	}
}
