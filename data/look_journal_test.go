package data

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// cutOff is a database whose process died in the middle of a large change: a
// part of it is in the file already, and the journal to take it back beside it.
func cutOff(t *testing.T, change string) (path string) {
	t.Helper()
	live := threeNotes(t)
	run(t, live, "PRAGMA journal_mode=DELETE")
	db, err := connect(live, readWrite, 1)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec("PRAGMA cache_size=5; PRAGMA cache_spill=5; BEGIN IMMEDIATE; " + change)
	require.NoError(t, err)
	path = filepath.Join(t.TempDir(), "firebreak.db")
	for _, suffix := range []string{"", "-journal"} {
		content, err := os.ReadFile(live + suffix)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path+suffix, content, 0o600))
	}
	require.True(t, rollsBack(path), "else this test proves nothing")
	return path
}

func TestAChangeThatWasCutOffIsTakenBackAndIsNoDamage(t *testing.T) {
	tests := map[string]string{
		"the file grew":     "CREATE TABLE x(b); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<300) INSERT INTO x SELECT randomblob(1000) FROM n",
		"much was replaced": "UPDATE summary SET body=json_object('x', hex(randomblob(100000)))",
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			path := cutOff(t, change)

			s := openAt(t, path)

			assertSound(t, s, 3)
			assert.False(t, rollsBack(path))
		})
	}
}

func TestAHeadThatIsAheadOfItsFileIsNoDamageWhileItCanBeTakenBack(t *testing.T) {
	path := cutOff(t, "CREATE TABLE x(b); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<300) INSERT INTO x SELECT randomblob(1000) FROM n")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	require.NoError(t, err)
	_, err = f.WriteAt([]byte{0, 0, 4, 0}, 28) // 1,024 pages, and the last are not written yet
	require.NoError(t, err)
	require.NoError(t, f.Close())

	assertSound(t, openAt(t, path), 3)
}
