package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	sqlite3 "modernc.org/sqlite/lib"
)

// raw are words of the engine and of the system that tell a tired person
// nothing.
var raw = regexp.MustCompile(`(?i)sqlite|errno|disk I/O|database or disk|unable to open|database is locked|readonly database|malformed|no such file|\(\d+\)|%!|(?-i:FILE|FOLDER)`)

func assertSentences(t *testing.T, err error, path string) {
	t.Helper()
	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	for _, part := range []string{trouble.Says, trouble.Safe, trouble.Do} {
		assert.NotEmpty(t, part)
		assert.True(t, strings.HasSuffix(part, "."), "a sentence ends: %q", part)
		assert.NotRegexp(t, raw, strings.ReplaceAll(part, path, ""))
	}
}

func TestEveryWordOfTheEngineBecomesSentencesWithARemedy(t *testing.T) {
	for code, want := range map[int]kind{
		sqlite3.SQLITE_FULL: kindFull, sqlite3.SQLITE_READONLY: kindReadOnly, sqlite3.SQLITE_PERM: kindDenied, sqlite3.SQLITE_AUTH: kindDenied,
		sqlite3.SQLITE_CANTOPEN: kindUnreachable, sqlite3.SQLITE_BUSY: kindLocked, sqlite3.SQLITE_LOCKED: kindLocked,
		sqlite3.SQLITE_PROTOCOL: kindLocked, sqlite3.SQLITE_IOERR: kindDisk, sqlite3.SQLITE_NOTADB: kindForeign,
		sqlite3.SQLITE_CORRUPT: kindDamaged, sqlite3.SQLITE_NOMEM: kindNoMemory,
		sqlite3.SQLITE_ERROR: kindUnknown, sqlite3.SQLITE_INTERNAL: kindUnknown, sqlite3.SQLITE_ABORT: kindUnknown,
		sqlite3.SQLITE_SCHEMA: kindUnknown, sqlite3.SQLITE_TOOBIG: kindUnknown, sqlite3.SQLITE_CONSTRAINT: kindUnknown,
		sqlite3.SQLITE_MISMATCH: kindUnknown, sqlite3.SQLITE_MISUSE: kindUnknown, sqlite3.SQLITE_RANGE: kindUnknown,
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			assert.Equal(t, want, kindOfEngine(code))
			assertSentences(t, tell(want, saving, "/data/firebreak.db", fmt.Errorf("an error")), "/data/firebreak.db")
		})
	}
}

func TestEveryWordOfTheSystemBecomesSentencesWithARemedy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	for number, want := range kindsOfErrno() {
		err := explain(opening, path, &fs.PathError{Op: "write", Path: path, Err: number})
		assertTrouble(t, want, err)
		assertSentences(t, err, path)
		assert.ErrorIs(t, err, number, "the cause is kept for the log file")
	}
	assertTrouble(t, kindUnknown, explain(opening, path, syscall.EINVAL))
	assertSentences(t, explain(opening, path, &fs.PathError{Op: "write", Path: path, Err: syscall.EINVAL}), path)
}

func TestWhereTheEngineIsVagueTheFolderIsAsked(t *testing.T) {
	s, _ := held(t)
	vague := func() error { _, err := s.write.Exec("ATTACH 'file:///no/such/file?mode=ro' AS x"); return err }
	require.Equal(t, sqlite3.SQLITE_CANTOPEN, resultCode(vague()))

	assert.Equal(t, kindUnreachable, kindOf(vague(), t.TempDir()))
	assert.Equal(t, kindMissing, kindOf(vague(), filepath.Join(t.TempDir(), "gone")))
}

func TestTryingAFolderLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, tryWriting(dir))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left)
	assert.True(t, errors.Is(tryWriting(filepath.Join(dir, "gone")), fs.ErrNotExist))
}

func TestWhatIsATroubleAlreadyStaysAsItIs(t *testing.T) {
	first := &Trouble{Says: "a.", Safe: "b.", Do: "c."}
	assert.Equal(t, fmt.Errorf("x: %w", first), explain(saving, "/x", fmt.Errorf("x: %w", first)))
	assert.NoError(t, explain(saving, "/x", nil))
}

func TestAnUnknownFailureOfTheEngineIsNamedByItsNumberAlone(t *testing.T) {
	s, _ := held(t)
	_, err := s.write.Exec("SELECT nonsense")
	err = explain(saving, s.Path(), err)
	assertSentences(t, err, s.Path())
	assert.Contains(t, err.Error(), "code 1")
}
