package data

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// history makes a database with five notes, one backup after each, and closes
// it. The backups are the newest first.
func history(t testing.TB) (path string, backups []Backup) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "firebreak.db")
	now := morning
	s, err := Open(t.Context(), path, Options{Clock: func() time.Time { return now }})
	require.NoError(t, err)
	position := uint64(0)
	for i := range 5 {
		position = write(t, s, "inc", position, numbered(i))
		backupOf(t, s, BackupWish{Why: Timed})
		now = now.Add(15 * time.Minute)
	}
	require.NoError(t, s.Close())
	backups, err = BackupsOf(filepath.Join(filepath.Dir(path), "backups"), path)
	require.NoError(t, err)
	require.Len(t, backups, 5)
	return path, backups
}

func restoreInto(t testing.TB, path, from string) Restored {
	t.Helper()
	done, err := Restore(t.Context(), RestoreWish{Database: path, From: from, Clock: later})
	require.NoError(t, err)
	return done
}

func later() time.Time { return morning.Add(3 * time.Hour) }

func TestTheOldestAndTheNewestBackupAreRestored(t *testing.T) {
	for name, test := range map[string]struct {
		which int
		notes []string
		lacks int
	}{
		"oldest": {4, []string{"note 0"}, 4},
		"newest": {0, []string{"note 0", "note 1", "note 2", "note 3", "note 4"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			path, backups := history(t)
			before := openAndClose(t, path)

			done := restoreInto(t, path, backups[test.which].Path)

			require.NotNil(t, done.Safety)
			assert.Equal(t, BeforeRestore, done.Safety.Why)
			assert.Equal(t, VerdictSound, done.Safety.Verdict)
			assert.Equal(t, &Difference{Lacks: test.lacks}, done.Difference)
			assert.Empty(t, done.Aside)
			s := openAt(t, path)
			assertSound(t, s, len(test.notes))
			assert.Equal(t, test.notes, texts(load(t, s, "inc")))
			assert.Len(t, search(t, s, "note"), len(test.notes))
			assert.Equal(t, done.Device, s.Device())
			assert.NotEqual(t, before, s.Device(), "the old device may have gone on elsewhere")
			write(t, s, "inc", load(t, s, "inc").Position, "and it goes on")
			assertSound(t, s, len(test.notes)+1)

			safe := openAt(t, done.Safety.Path)
			assert.Len(t, texts(load(t, safe, "inc")), 5, "what was there is kept")
		})
	}
}

func openAndClose(t testing.TB, path string) (device any) {
	t.Helper()
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	return s.Device()
}

func TestARestoreWhereNothingIsMakesTheDatabase(t *testing.T) {
	_, backups := history(t)
	path := filepath.Join(t.TempDir(), "new", "firebreak.db")

	done := restoreInto(t, path, backups[0].Path)

	assert.Nil(t, done.Safety)
	assert.Nil(t, done.Difference)
	s := openAt(t, path)
	assertSound(t, s, 5)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestADatabaseThatIsGoneIsRestoredBesideItsTraces(t *testing.T) {
	path, backups := history(t)
	require.NoError(t, os.Remove(path))

	restoreInto(t, path, backups[0].Path)

	assertSound(t, openAt(t, path), 5)
}

func TestWhatLayInTheWriteAheadLogIsInTheSafetyBackup(t *testing.T) {
	path, backups := history(t)
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	write(t, s, "inc", 5, "written last")
	crashed := filepath.Join(t.TempDir(), "firebreak.db")
	for _, suffix := range companions { // as kill -9 leaves them
		require.NoError(t, copyFile(path+suffix, crashed+suffix))
	}
	require.NoError(t, s.Close())

	done := restoreInto(t, crashed, backups[4].Path)

	assert.Equal(t, 5, done.Difference.Lacks)
	assert.Contains(t, texts(load(t, openAt(t, done.Safety.Path), "inc")), "written last")
	restored := openAt(t, crashed)
	assertSound(t, restored, 1)
	assert.Equal(t, []string{"note 0"}, texts(load(t, restored, "inc")), "nothing of the old log is mixed in")
}

func TestAChangeOfTheSchemaThatWasCutOffIsNotMixedIn(t *testing.T) {
	path, backups := history(t)
	run(t, path, "PRAGMA journal_mode=DELETE")
	db, err := connect(path, readWrite, 1)
	require.NoError(t, err)
	defer db.Close()
	for _, statement := range []string{
		"PRAGMA cache_size=1", "BEGIN", "CREATE TABLE cause(text TEXT) STRICT",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2000) INSERT INTO cause SELECT 'cause number '||i FROM n",
		"UPDATE draft SET text='x'", "UPDATE summary SET started=started+1",
	} {
		_, err := db.Exec(statement)
		require.NoError(t, err)
	}
	crashed := filepath.Join(t.TempDir(), "firebreak.db")
	for _, suffix := range []string{"", "-journal", ".witness"} {
		require.NoError(t, copyFile(path+suffix, crashed+suffix))
	}
	require.Positive(t, size(crashed+"-journal"))

	done := restoreInto(t, crashed, backups[3].Path)

	assert.Equal(t, 3, done.Difference.Lacks)
	assertSound(t, openAt(t, done.Safety.Path), 5)
	assertSound(t, openAt(t, crashed), 2)
	assert.Zero(t, size(crashed+"-journal"))
}

func TestARestoreRefusesInSentencesAndChangesNothing(t *testing.T) {
	path, backups := history(t)
	dir := t.TempDir()
	made := func(name string, change func(path string)) string {
		to := filepath.Join(dir, name)
		require.NoError(t, copyFile(backups[0].Path, to))
		change(to)
		return to
	}
	for name, test := range map[string]struct{ from, says string }{
		"a file that is not there": {filepath.Join(dir, "none.db"), "there is no file"},
		"the database itself":      {path, "is the database itself"},
		"a text file":              {made("text.db", func(p string) { require.NoError(t, os.WriteFile(p, []byte(strings.Repeat("text", 100)), 0o600)) }), "is not a backup"},
		"another program's":        {made("foreign.db", func(p string) { run(t, p, "PRAGMA application_id=5") }), "is not a backup of Firebreak"},
		"a newer schema":           {made("newer.db", func(p string) { run(t, p, "PRAGMA user_version=99") }), "a newer Firebreak"},
		"a damaged one":            {made("damaged.db", func(p string) { run(t, p, "DROP TRIGGER event_no_delete", "DELETE FROM event WHERE n=2") }), "is damaged: change 2"},
		"a folder":                 {dir, "is a folder"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Restore(t.Context(), RestoreWish{Database: path, From: test.from, Clock: later})
			var trouble *Trouble
			require.ErrorAs(t, err, &trouble)
			assert.Contains(t, trouble.Says, test.says)
			assert.NotEmpty(t, trouble.Safe)
			assert.NotEmpty(t, trouble.Do)
		})
	}
	left, err := BackupsOf(filepath.Dir(backups[0].Path), path)
	require.NoError(t, err)
	assert.Equal(t, backups, left)
	assertSound(t, openAt(t, path), 5)
}

func TestNothingIsRestoredUnderAnOpenStore(t *testing.T) {
	path, backups := history(t)
	s := openAt(t, path)
	_, err := Restore(t.Context(), RestoreWish{Database: path, From: backups[4].Path, Clock: later})
	require.ErrorContains(t, err, "in use")
	assertSound(t, s, 5)
}

func TestADamagedDatabaseIsKeptAsItIsBesideItsBackup(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, path string){
		"a change is gone": func(t *testing.T, path string) {
			run(t, path, "DROP TRIGGER event_no_delete", "DELETE FROM event WHERE n=2")
		},
		"its beginning is destroyed": func(t *testing.T, path string) {
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			require.NoError(t, err)
			_, err = f.WriteAt(make([]byte, 200), 0)
			require.NoError(t, errors.Join(err, f.Close()))
		},
		"it was cut short": func(t *testing.T, path string) { require.NoError(t, os.Truncate(path, 8192)) },
	} {
		t.Run(name, func(t *testing.T) {
			path, backups := history(t)
			damage(t, path)
			was, err := os.ReadFile(path)
			require.NoError(t, err)

			done := restoreInto(t, path, backups[0].Path)

			require.NotEmpty(t, done.Aside)
			kept, err := os.ReadFile(filepath.Join(done.Aside, filepath.Base(path)))
			require.NoError(t, err)
			assert.Equal(t, was, kept)
			assertSound(t, openAt(t, path), 5)
		})
	}
}

func TestABackupOfAnotherHistoryIsComparedChangeByChange(t *testing.T) {
	path, backups := history(t)
	restoreInto(t, path, backups[2].Path) // three notes
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	write(t, s, "inc", 3, "took another way")
	position := write(t, s, "inc-2", 0, "and a second incident")
	write(t, s, "inc-2", position, "with two notes")

	d, err := Compare(t.Context(), path, backups[0].Path) // while it is open

	require.NoError(t, err)
	assert.Equal(t, &Difference{Lacks: 3, Incidents: 1, Adds: 2}, d)
	require.NoError(t, s.Close())
	assert.Equal(t, d, restoreInto(t, path, backups[0].Path).Difference)
}

func TestABackupOfAnOlderSchemaIsBroughtUpToDate(t *testing.T) {
	statements, err := os.ReadFile(fixture(1))
	require.NoError(t, err)
	from := filepath.Join(t.TempDir(), "old.db")
	run(t, from, string(statements))
	path := filepath.Join(t.TempDir(), "firebreak.db")

	restoreInto(t, path, from)

	s := openAt(t, path)
	assertSound(t, s, 3)
	assert.Len(t, search(t, s, "checkout"), 2)
}

// TestARestoreThatIsKilledLeavesTheOldOrTheNew looks at the disk after each
// step, and within the last one, as a process finds it that starts after a kill.
func TestARestoreThatIsKilledLeavesTheOldOrTheNew(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	errKilled := errors.New("killed")
	steps := []string{"checked", "kept", "built", "attached", "begun"}
	for _, step := range steps {
		for cut := 0; cut < len(swapCuts) && (cut == 0 || step == "begun"); cut++ {
			t.Run(step+" "+swapCuts[cut], func(t *testing.T) {
				path, backups := history(t)
				s, err := Open(t.Context(), path, options())
				require.NoError(t, err)
				write(t, s, "inc", 5, "written last")
				crashed := filepath.Join(t.TempDir(), "firebreak.db")
				for _, suffix := range companions {
					require.NoError(t, copyFile(path+suffix, crashed+suffix))
				}
				require.NoError(t, s.Close())

				_, err = Restore(t.Context(), RestoreWish{Database: crashed, From: backups[3].Path, Clock: later, at: func(at string) error {
					if at == step {
						return errKilled
					}
					return nil
				}})
				require.ErrorIs(t, err, errKilled)
				cutSwap(t, crashed, cut)

				s = openAt(t, crashed)
				if step == "begun" {
					assertSound(t, s, 2)
				} else {
					assertSound(t, s, 6)
				}
				report, err := s.Check(t.Context())
				require.NoError(t, err)
				assert.Nil(t, report.Lost, "and nothing is missed that was meant to go")
				require.NoError(t, s.Close())
				restoreInto(t, crashed, backups[0].Path)
				assert.Empty(t, unknownBeside(t, crashed))
			})
		}
	}
}

// swapCuts are the states within the last step.
var swapCuts = []string{"", "the log is gone", "the log's index is gone", "the witness is gone", "the new witness is there", "the new file is there"}

// cutSwap does so much of the last step by hand.
func cutSwap(t testing.TB, path string, cut int) {
	t.Helper()
	for i, do := range []func() error{
		func() error { return nil },
		func() error { return removeAll(path + "-wal") },
		func() error { return removeAll(path + "-shm") },
		func() error { return removeAll(path + ".witness") },
		func() error { return os.Rename(path+freshSuffix+".witness", path+".witness") },
		func() error { return os.Rename(path+freshSuffix, path) },
	} {
		if i <= cut {
			require.NoError(t, do())
		}
	}
}

// unknownBeside are files beside a closed database that nobody needs.
func unknownBeside(t testing.TB, path string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	for _, e := range entries {
		switch e.Name() {
		case "firebreak.db", "firebreak.db.witness", "firebreak.db.lock", "firebreak.db.reserve", "backups", "damaged":
		default:
			out = append(out, e.Name())
		}
	}
	return out
}

func TestARestoreThatIsCancelledLeavesTheDatabaseAsItWas(t *testing.T) {
	path, backups := history(t)
	for part := int64(0); part < 6; part++ {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := Restore(ctx, RestoreWish{Database: path, From: backups[4].Path, Clock: later, Progress: func(done, all int64) {
			if done >= all*part/6 {
				cancel()
			}
		}})
		cancel()
		require.ErrorIs(t, err, context.Canceled)
		s, err := Open(t.Context(), path, options())
		require.NoError(t, err)
		assertSound(t, s, 5)
		require.NoError(t, s.Close())
		assert.Empty(t, unknownBeside(t, path))
	}
}

func TestARestoreWithoutRoomForItsSafetyBackupChangesNothing(t *testing.T) {
	path, backups := history(t)
	blocked := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))

	_, err := Restore(t.Context(), RestoreWish{Database: path, From: backups[4].Path, BackupsDir: filepath.Join(blocked, "backups"), Clock: later})

	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Says, "Nothing was restored")
	assertSound(t, openAt(t, path), 5)
}
