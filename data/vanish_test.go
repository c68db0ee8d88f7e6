package data

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// taken are the ways in which a database can be taken from under a program.
var taken = []struct {
	name string
	code kind
	take func(t *testing.T, path string)
}{
	{"its folder is removed", kindVanished, func(t *testing.T, path string) { require.NoError(t, os.RemoveAll(filepath.Dir(path))) }},
	{"its folder is renamed", kindVanished, func(t *testing.T, path string) {
		require.NoError(t, os.Rename(filepath.Dir(path), filepath.Dir(path)+".old"))
	}},
	{"the file is deleted", kindVanished, func(t *testing.T, path string) { require.NoError(t, os.Remove(path)) }},
	{"its log is deleted", kindVanished, func(t *testing.T, path string) { require.NoError(t, os.Remove(path+"-wal")) }},
	{"the index of its log is deleted", kindVanished, func(t *testing.T, path string) { require.NoError(t, os.Remove(path+"-shm")) }},
	{"another file takes its place", kindReplaced, func(t *testing.T, path string) {
		require.NoError(t, os.WriteFile(path+".other", []byte("another"), 0o600))
		require.NoError(t, os.Rename(path+".other", path))
	}},
}

func needsUnix(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows lets nobody take a file away that is open")
	}
}

// held is an open store with one note, that does not tidy up after itself: its
// files may be gone.
func held(t *testing.T) (*Store, uint64) {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "share", "firebreak.db"), options())
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s, write(t, s, "inc", 0, "before")
}

func oneNote(s *Store, after uint64, text string) Batch {
	return Batch{Incident: "inc", After: after, Events: []workflow.Event{note("inc", s.Device(), 0, text)}, Summary: summary("inc")}
}

func tryNote(t *testing.T, s *Store, after uint64, text string) error {
	t.Helper()
	_, _, err := s.Append(t.Context(), oneNote(s, after, text))
	return err
}

func assertTrouble(t *testing.T, code kind, err error) {
	t.Helper()
	var trouble *Trouble
	if assert.ErrorAs(t, err, &trouble) {
		assert.Equal(t, string(code), trouble.Code, trouble.Error())
	}
}

func TestNothingCountsAsSavedOnceTheDatabaseWasTakenAway(t *testing.T) {
	needsUnix(t)
	for _, c := range taken {
		t.Run(c.name, func(t *testing.T) {
			s, position := held(t)
			require.NoError(t, s.Here())
			c.take(t, s.Path())

			assertTrouble(t, c.code, s.Here())
			assertTrouble(t, c.code, tryNote(t, s, position, "lost?"))
			assertTrouble(t, c.code, s.SaveDraft(t.Context(), Draft{Key: DraftKey{Field: "app.title"}, Text: "half"}))
			assertTrouble(t, c.code, s.DropDraft(t.Context(), DraftKey{Field: "app.title"}))
			assertTrouble(t, c.code, s.SetSetting(t.Context(), "prefs", 1))
			assertTrouble(t, c.code, s.RecordExported(t.Context(), "/repo", "a.md", "sum"))
			_, err := s.Backup(t.Context(), BackupWish{Dir: t.TempDir()})
			assertTrouble(t, c.code, err)
			_, err = s.Changed(t.Context())
			assertTrouble(t, c.code, err)
			assert.Len(t, load(t, s, "inc").Events, 1, "what was saved can still be read, and nothing was added")
		})
	}
}

func TestACommitIntoAFileThatVanishedMeanwhileIsNotAcknowledged(t *testing.T) {
	needsUnix(t)
	s, _ := held(t)
	err := s.lasting(func() error { return os.RemoveAll(filepath.Dir(s.Path())) })
	assertTrouble(t, kindVanished, err)
}

func TestAFolderThatComesBackIsWrittenToAgain(t *testing.T) {
	needsUnix(t)
	s, position := held(t)
	dir := filepath.Dir(s.Path())
	require.NoError(t, os.Rename(dir, dir+".old"))
	require.Error(t, tryNote(t, s, position, "after"))

	require.NoError(t, os.Rename(dir+".old", dir))

	require.NoError(t, tryNote(t, s, position, "after"))
	assert.Equal(t, []string{"before", "after"}, texts(load(t, openAt(t, s.Path()), "inc")))
}

func TestWhatIsHeldOpenIsPutBack(t *testing.T) {
	needsUnix(t)
	for _, c := range taken {
		if c.code == kindReplaced {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			s, position := held(t)
			require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{Incident: "inc", Field: "composer"}, Text: "half"}))
			c.take(t, s.Path())

			require.NoError(t, s.PutBack(t.Context()))
			again := openAt(t, s.Path())
			require.NoError(t, s.Close(), "the old files are let go without touching the new ones")

			assert.Equal(t, []string{"before"}, texts(load(t, again, "inc")))
			drafts, err := again.Drafts(t.Context(), "inc")
			require.NoError(t, err)
			require.Len(t, drafts, 1)
			assert.Equal(t, "half", drafts[0].Text)
			assert.NotEqual(t, s.Device(), again.Device(), "the old one may turn up again")
			write(t, again, "inc", position, "after")
			require.NoError(t, again.Here())
			assertSound(t, again, 2)
		})
	}
}

func TestNothingIsPutBackOverAnotherDatabase(t *testing.T) {
	needsUnix(t)
	s, _ := held(t)
	other := filepath.Join(t.TempDir(), "other.db")
	o := openAt(t, other)
	write(t, o, "other", 0, "somebody else's")
	require.NoError(t, o.copyHeld(t.Context(), s.Path()+".theirs"))
	require.NoError(t, os.Rename(s.Path()+".theirs", s.Path()))
	theirs, err := os.ReadFile(s.Path())
	require.NoError(t, err)

	assertTrouble(t, kindReplaced, s.PutBack(t.Context()))
	to := filepath.Join(t.TempDir(), "safe")
	path, err := s.SaveTo(t.Context(), to, []Draft{{Key: DraftKey{Incident: "inc", Field: "composer"}, Text: "typed meanwhile"}})
	require.NoError(t, err)

	still, err := os.ReadFile(s.Path())
	require.NoError(t, err)
	assert.Equal(t, theirs, still, "their file is as it was")
	saved := openAt(t, path)
	assert.Equal(t, []string{"before"}, texts(load(t, saved, "inc")))
	drafts, err := saved.Drafts(t.Context(), "inc")
	require.NoError(t, err)
	require.Len(t, drafts, 1)
	assert.Equal(t, "typed meanwhile", drafts[0].Text)
	_, err = s.SaveTo(t.Context(), to, nil)
	require.ErrorContains(t, err, "already")
}

func TestARescueWaitsForNobodyElse(t *testing.T) {
	needsUnix(t)
	s, _ := held(t)
	second := openAt(t, s.Path())
	require.NoError(t, os.Rename(s.Path(), s.Path()+".old"))

	err := s.PutBack(t.Context())

	require.ErrorContains(t, err, "in use")
	_, err = os.Stat(s.Path())
	require.ErrorIs(t, err, os.ErrNotExist, "nothing was written")
	require.NoError(t, os.Rename(s.Path()+".old", s.Path()))
	require.NoError(t, second.Here())
	require.NoError(t, s.Here())
}
