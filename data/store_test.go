package data

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// morning is when every test begins.
var morning = time.Date(2026, 2, 3, 14, 32, 0, 0, time.UTC)

func options() Options { return Options{Clock: func() time.Time { return morning }} }

// openAt opens a store that closes itself at the end of the test.
func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return s
}

func openNew(t testing.TB) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "firebreak.db"))
}

// note is an event that says text.
func note(incident workflow.IncidentID, device workflow.DeviceID, minute int, text string) workflow.Event {
	id := workflow.EventID(uuid.Must(uuid.NewV7()).String())
	at := morning.Add(time.Duration(minute) * time.Minute)
	return workflow.Event{
		ID: id, Batch: id, Incident: incident, Device: device, Actor: "Jane", Clock: workflow.Clock(0).Next(at),
		At: workflow.Stamp{Time: at, Zone: "UTC", Sure: workflow.Exact}, Recorded: at,
		Body: workflow.Noted{Type: workflow.NoteEntry, Text: text},
	}
}

func summary(incident workflow.IncidentID) workflow.Summary {
	return workflow.Summary{ID: incident, Title: "Checkout fails", Stage: workflow.Fixing, Detected: morning}
}

// write appends one note and answers the new position.
func write(t testing.TB, s *Store, incident workflow.IncidentID, after uint64, text string) uint64 {
	t.Helper()
	position, _, err := s.Append(t.Context(), Batch{
		Incident: incident, After: after, Events: []workflow.Event{note(incident, s.Device(), 0, text)}, Summary: summary(incident),
	})
	require.NoError(t, err)
	return position
}

func texts(log Log) []string {
	var out []string
	for _, e := range log.Events {
		out = append(out, workflow.SearchText(e))
	}
	return out
}

func load(t testing.TB, s *Store, incident workflow.IncidentID) Log {
	t.Helper()
	log, err := s.Load(t.Context(), incident)
	require.NoError(t, err)
	return log
}

func TestADatabaseIsMadePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such permissions")
	}
	dir := filepath.Join(t.TempDir(), "share", "firebreak")
	s := openAt(t, filepath.Join(dir, "firebreak.db"))
	write(t, s, "inc", 0, "errors")

	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	assert.Len(t, files, 5, "database, log, index of the log, witness, lock: %v", files)
	for _, file := range files {
		info, err := os.Stat(file)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), file)
	}
}

func TestADatabaseMadeForEveryoneIsMadePrivateWhenOpened(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such permissions")
	}
	path := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, os.Chmod(path, 0o644))

	openAt(t, path)

	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestADeviceKeepsItsName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	first, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	name := first.Device()
	require.NoError(t, first.Close())

	again := openAt(t, path)

	assert.NotEmpty(t, name)
	assert.Equal(t, name, again.Device())
	assert.NotEqual(t, name, openNew(t).Device())
}

func TestAPathMayHoldAnyCharacter(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "a?b#c%20 d&mode=ro é", "firebreak.db"))
	write(t, s, "inc", 0, "errors")
	assert.FileExists(t, s.Path())
	assert.Equal(t, []string{"errors"}, texts(load(t, s, "inc")))
}

func TestOpeningRefusesInSentences(t *testing.T) {
	tests := map[string]struct {
		given func(t *testing.T, path string)
		says  string
	}{
		"a text file": {
			given: func(t *testing.T, path string) {
				require.NoError(t, os.WriteFile(path, []byte("hello, this is not a database, it is only a text file of some length\n"), 0o600))
			},
			says: "is not a database",
		},
		"a database of another program": {
			given: func(t *testing.T, path string) { run(t, path, "CREATE TABLE bookmark(url TEXT)") },
			says:  "a database of another program",
		},
		"a newer schema": {
			given: func(t *testing.T, path string) {
				s, err := Open(t.Context(), path, options())
				require.NoError(t, err)
				require.NoError(t, s.Close())
				run(t, path, "PRAGMA user_version=7", "INSERT INTO migration VALUES(7, 'a newer one', 0)")
			},
			says: "was written by a newer Firebreak (schema 7; this one knows 3)",
		},
		"a folder": {
			given: func(t *testing.T, path string) { require.NoError(t, os.Mkdir(path, 0o700)) },
			says:  "is a folder",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "firebreak.db")
			test.given(t, path)
			before, _ := os.ReadFile(path)

			_, err := Open(t.Context(), path, options())

			var trouble *Trouble
			require.ErrorAs(t, err, &trouble)
			assert.Contains(t, trouble.Says, test.says)
			assert.NotEmpty(t, trouble.Safe)
			assert.NotEmpty(t, trouble.Do)
			after, _ := os.ReadFile(path)
			assert.Equal(t, before, after, "the file is as it was")
		})
	}
}

func TestOpeningBelowAFileIsRefusedInASentence(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))

	_, err := Open(t.Context(), filepath.Join(blocked, "share", "firebreak.db"), options())

	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Says, "cannot be made")
}

func TestOpeningInAFolderThatMayOnlyBeReadIsRefusedInASentence(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may write anywhere")
	}
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o500))

	_, err := Open(t.Context(), filepath.Join(dir, "firebreak.db"), options())

	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Says, "no permission")
}

// run works on a database that no store has open, with none of its guards.
func run(t testing.TB, path string, statements ...string) {
	t.Helper()
	require.NoError(t, createFile(path))
	db, err := connect(path, readWrite, 1)
	require.NoError(t, err)
	defer db.Close()
	for _, statement := range statements {
		_, err := db.ExecContext(context.Background(), statement)
		require.NoError(t, err, statement)
	}
}

func numbered(n int) string { return fmt.Sprintf("note %d", n) }
