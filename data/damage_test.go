package data

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// A wreck is a database as a crash leaves it: most of its events are in the
// file, the newest are only in the write-ahead log.
const (
	settledEvents = 400
	newestEvents  = 50
	allEvents     = settledEvents + newestEvents
)

// wreckAt copies the files of a database that is in use, as a crash leaves them.
func wreckAt(t testing.TB, path string, settled, newest int) {
	t.Helper()
	live := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), live, options())
	require.NoError(t, err)
	position := uint64(0)
	for i := range settled {
		if i%10 == 0 {
			position = write(t, s, "inc", position, numbered(i)+strings.Repeat(" long", 1200))
			continue
		}
		position = write(t, s, "inc", position, numbered(i))
	}
	require.NoError(t, s.SetSetting(t.Context(), "theme", "dark"))
	_, err = s.Index(t.Context(), 0)
	require.NoError(t, err)
	_, err = s.write.Exec("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint=0")
	require.NoError(t, err)
	for i := range newest {
		position = write(t, s, "inc", position, numbered(settled+i))
	}
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"inc", "composer"}, Text: "half-typed", Started: morning}))
	require.NoError(t, s.witness.finish(t.Context(), s.write, morning))
	for _, suffix := range []string{"", "-wal", ".witness"} {
		if size(live+suffix) > 0 {
			require.NoError(t, copyFile(live+suffix, path+suffix))
		}
	}
	require.NoError(t, s.Close())
}

// wreck is a copy of one that was made once.
func wreck(t testing.TB, original string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "firebreak.db")
	for _, suffix := range []string{"", "-wal", ".witness"} {
		if size(original+suffix) > 0 {
			require.NoError(t, copyFile(original+suffix, path+suffix))
		}
	}
	return path
}

// withBackup puts a backup of the whole original beside a wreck.
func withBackup(t testing.TB, original, path string) {
	t.Helper()
	whole := wreck(t, original)
	s, err := Open(t.Context(), whole, options())
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, makeDir(filepath.Join(filepath.Dir(path), "backups")))
	require.NoError(t, copyFile(whole, filepath.Join(filepath.Dir(path), "backups", "firebreak-20260203T143200.000Z-asked.db")))
}

func garble(t testing.TB, path string, at int64, n int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	require.NoError(t, err)
	defer f.Close()
	was := make([]byte, n)
	_, err = f.ReadAt(was, at)
	require.NoError(t, err)
	for i := range was {
		was[i] ^= 0x55
	}
	_, err = f.WriteAt(was, at)
	require.NoError(t, err)
}

// frameOf is where a frame's page begins in a write-ahead log.
func frameOf(n int) int64 {
	return int64(walHeaderSize + n*(frameHeaderSize+usualPageSize) + frameHeaderSize)
}

// pageWith finds a page of a database by what is in it.
func pageWith(t testing.TB, path, text string) int64 {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	at := bytes.Index(raw, []byte(text))
	require.Positive(t, at)
	return int64(at) / usualPageSize * usualPageSize
}

// rootOf is where the page begins that all of the log hangs on.
func rootOf(t testing.TB, path string) int64 {
	t.Helper()
	db, err := connectStill(path)
	require.NoError(t, err)
	defer db.Close()
	var page int64
	require.NoError(t, db.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name='event'").Scan(&page))
	return (page - 1) * usualPageSize
}

// wrecking is one kind of damage, and what it must lead to.
type wrecking struct {
	do     func(t *testing.T, path, other string)
	fault  Fault
	events int  // that a repair must save at the least without a backup
	opens  bool // it is found by a check, not by opening
	draft  bool // the half-typed text must be there without a backup
}

func wreckings() map[string]wrecking {
	truncate := func(suffix string, to func(int64) int64) func(*testing.T, string, string) {
		return func(t *testing.T, path, _ string) {
			require.NoError(t, os.Truncate(path+suffix, to(size(path+suffix))))
		}
	}
	return map[string]wrecking{
		"one byte in the middle of the write-ahead log": {
			do:    func(t *testing.T, path, _ string) { garble(t, path+"-wal", size(path+"-wal")/2, 1) },
			fault: GarbledWAL, events: allEvents - 1, draft: true,
		},
		"the number of a page in the write-ahead log": {
			do:    func(t *testing.T, path, _ string) { garble(t, path+"-wal", frameOf(60)-frameHeaderSize, 2) },
			fault: GarbledWAL, events: allEvents - 1, draft: true,
		},
		"the salt of a frame": {
			do:    func(t *testing.T, path, _ string) { garble(t, path+"-wal", frameOf(60)-frameHeaderSize+8, 4) },
			fault: GarbledWAL, events: allEvents - 1, draft: true,
		},
		"the head of the write-ahead log": {
			do:    func(t *testing.T, path, _ string) { garble(t, path+"-wal", 0, 32) },
			fault: EndLost, events: allEvents, draft: true,
		},
		"the write-ahead log is removed": {
			do:    func(t *testing.T, path, _ string) { require.NoError(t, os.Remove(path+"-wal")) },
			fault: EndLost, events: settledEvents,
		},
		"the write-ahead log is cut in half": {
			do: truncate("-wal", func(n int64) int64 { return n / 2 }), fault: EndLost, events: settledEvents,
		},
		"the write-ahead log of another database": {
			do:    func(t *testing.T, path, other string) { require.NoError(t, copyFile(other+"-wal", path+"-wal")) },
			fault: ForeignWAL, events: settledEvents,
		},
		"the same without a witness": {
			do: func(t *testing.T, path, other string) {
				require.NoError(t, copyFile(other+"-wal", path+"-wal"))
				require.NoError(t, os.Remove(path+".witness"))
			},
			fault: ForeignWAL, events: settledEvents,
		},
		"a database that ends too soon, and no write-ahead log": {
			do: func(t *testing.T, path, _ string) {
				require.NoError(t, os.Remove(path+"-wal"))
				require.NoError(t, os.Truncate(path, size(path)/2/usualPageSize*usualPageSize))
			},
			fault: CutShort, events: 100,
		},
		"a database that ends too soon": {
			do:    truncate("", func(n int64) int64 { return n / 2 / usualPageSize * usualPageSize }),
			fault: PagesDamaged, events: 100, opens: true,
		},
		"an empty database with a write-ahead log": {
			do: truncate("", func(int64) int64 { return 0 }), fault: CutShort, events: newestEvents,
		},
		"a text file": {
			do: func(t *testing.T, path, _ string) {
				require.NoError(t, os.Remove(path+"-wal"))
				require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("hello ", 2000)), 0o600))
			},
			fault: NotADatabase,
		},
		"the head of the database": {
			do:    func(t *testing.T, path, _ string) { garble(t, path, 0, 100) },
			fault: NotADatabase, events: allEvents,
		},
		"the first page": {
			do:    func(t *testing.T, path, _ string) { garble(t, path, 0, usualPageSize) },
			fault: NotADatabase, events: allEvents,
		},
		"the root of the log": {
			do: func(t *testing.T, path, _ string) {
				s, err := Open(t.Context(), path, options())
				require.NoError(t, err)
				require.NoError(t, s.Close())
				garble(t, path, rootOf(t, path), usualPageSize)
			},
			fault: PagesDamaged, events: allEvents, draft: true,
		},
		"a page of the log": {
			do:    func(t *testing.T, path, _ string) { garble(t, path, pageWith(t, path, `"note 155"`), usualPageSize) },
			fault: PagesDamaged, events: allEvents - 25, opens: true, draft: true,
		},
		"a bit of a text": {
			do: func(t *testing.T, path, _ string) {
				raw, err := os.ReadFile(path)
				require.NoError(t, err)
				garble(t, path, int64(bytes.Index(raw, []byte(`"note 155"`)))+2, 1)
			},
			fault: EventDamaged, events: allEvents - 1, opens: true, draft: true,
		},
	}
}

func TestEveryDamageIsNamedAndMended(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	dir := t.TempDir()
	original, other := filepath.Join(dir, "firebreak.db"), filepath.Join(dir, "other.db")
	wreckAt(t, original, settledEvents, newestEvents)
	wreckAt(t, other, 30, 25)
	for name, w := range wreckings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := wreck(t, original)
			w.do(t, path, other)
			before := filesOf(t, path)

			d, err := Examine(t.Context(), ExamineWish{Path: path})
			require.NoError(t, err)
			assert.Contains(t, faults(d.Harm()), w.fault, "%+v", d.Findings)
			if !w.opens {
				_, err = Open(t.Context(), path, options())
				var damaged *Damaged
				require.ErrorAs(t, err, &damaged)
				assert.NotEmpty(t, damaged.Do)
			}
			assert.Equal(t, before, filesOf(t, path), "looking changes nothing")

			aside := wreck(t, path)
			withBackup(t, original, path)
			done, err := Repair(t.Context(), RepairWish{Path: path, Clock: options().Clock})
			require.NoError(t, err)
			assert.Empty(t, done.Missing, "a backup has them all")
			assert.Empty(t, done.Damaged)
			assertMended(t, path, allEvents, allEvents)
			assertKept(t, done.Kept, before)

			done, err = Repair(t.Context(), RepairWish{Path: aside, Clock: options().Clock})
			if w.events == 0 {
				var missing *Missing
				require.ErrorAs(t, err, &missing, "nothing is begun empty without a word")
				return
			}
			require.NoError(t, err)
			got := assertMended(t, aside, w.events, allEvents)
			known := len(done.Damaged)
			for _, g := range done.Missing {
				known += int(g.To - g.From + 1)
			}
			assert.GreaterOrEqual(t, got+known, min(allEvents, w.events+known), "nothing is lost without a word")
			if w.draft {
				s := openAt(t, aside)
				drafts, err := s.Drafts(t.Context(), "inc")
				require.NoError(t, err)
				require.Len(t, drafts, 1)
				assert.Equal(t, "half-typed", drafts[0].Text)
			}
		})
	}
}

// filesOf are the bytes of a database and of what belongs to it.
func filesOf(t *testing.T, path string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, suffix := range []string{"", "-wal", ".witness"} {
		raw, err := os.ReadFile(path + suffix)
		if err == nil {
			files["firebreak.db"+suffix] = string(raw)
		}
	}
	return files
}

// assertKept says that the files as they were found lie in a folder.
func assertKept(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	require.NotEmpty(t, folder)
	for name, content := range want {
		raw, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		assert.True(t, content == string(raw), "%s is kept as it was found", name)
	}
}

func faults(findings []Finding) []Fault {
	var out []Fault
	for _, f := range findings {
		out = append(out, f.Fault)
	}
	return out
}

// assertMended opens what a repair made: sound, complete in itself, of use. It
// answers how many events there are.
func assertMended(t *testing.T, path string, atLeast, atMost int) int {
	t.Helper()
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	defer func() { assert.NoError(t, s.Close()) }()
	report, err := s.Check(t.Context())
	require.NoError(t, err)
	assert.True(t, report.Sound(), "%+v", report)
	assert.GreaterOrEqual(t, report.Events, atLeast)
	assert.LessOrEqual(t, report.Events, atMost)
	log, err := s.Load(t.Context(), "inc")
	require.NoError(t, err)
	assert.Len(t, log.Events, report.Events)
	list, err := s.List(t.Context(), ListQuery{})
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, workflow.Fold("inc", log.Events).Summary().Entries, list[0].Entries, "the summary is the log's")
	assert.NotEmpty(t, search(t, s, "note"))
	write(t, s, "inc", log.Position, "and it can be written")
	report, err = s.Check(t.Context())
	require.NoError(t, err)
	assert.True(t, report.Sound(), "%+v", report)
	for _, leftover := range []string{freshSuffix, scratchSuffix, swapSuffix, wishSuffix} {
		assert.NoFileExists(t, path+leftover)
	}
	return report.Events - 1
}

func TestARepairMayBeCutOffAnywhereAndBegunAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 60, 20)
	for _, step := range []string{"look", "keep", "fill", "finish", "begin swap"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			path := wreck(t, original)
			garble(t, path+"-wal", size(path+"-wal")/2, 1)
			before := filesOf(t, path)
			stop := fmt.Errorf("the power is gone")
			wish := RepairWish{Path: path, Clock: options().Clock, step: func(done string) error {
				if done == step {
					return stop
				}
				return nil
			}}

			_, err := Repair(t.Context(), wish)
			require.ErrorIs(t, err, stop)
			if step != "begin swap" {
				assert.Equal(t, before, filesOf(t, path), "nothing is touched before the end")
			}
			for range 2 {
				s, _, err := OpenMended(t.Context(), path, options())
				require.NoError(t, err)
				require.NoError(t, s.Close())
			}
			assertMended(t, path, 79, 80)
		})
	}
}

func TestASwapMayBeCutOffBetweenAnyTwoFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 20, 10)
	for removed := range 4 {
		path := wreck(t, original)
		garble(t, path+"-wal", size(path+"-wal")/2, 1)
		_, err := Repair(t.Context(), RepairWish{Path: path, Clock: options().Clock, step: func(done string) error {
			if done == "begin swap" {
				return context.Canceled
			}
			return nil
		}})
		require.ErrorIs(t, err, context.Canceled)
		for _, one := range [][]string{{}, {"-wal"}, {"-wal", ".witness"}, {"-wal", ".witness", "renamed"}}[removed] {
			if one == "renamed" {
				require.NoError(t, os.Rename(path+freshSuffix+".witness", path+".witness"))
				require.NoError(t, os.Rename(path+freshSuffix, path))
				continue
			}
			require.NoError(t, os.Remove(path+one))
		}
		assertMended(t, path, 29, 30)
	}
}

func TestTheOldDeviceNeverForks(t *testing.T) {
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 60, 20)
	path := wreck(t, original)
	old := openAt(t, wreck(t, original)).Device()
	require.NoError(t, os.Remove(path+"-wal"))

	s, done, err := OpenMended(t.Context(), path, options())
	require.NoError(t, err)
	defer s.Close()

	require.NotNil(t, done)
	assert.NotEqual(t, old, s.Device(), "20 numbers of the old one were given out, and nobody knows for what")
	assert.Equal(t, []Gap{{Device: old, From: 61, To: 80}}, done.Missing)
}

func TestADeviceKeepsItsNameWhenOnlyOneEventIsDamaged(t *testing.T) {
	path := threeNotes(t)
	run(t, path, append(unguarded, "UPDATE event SET payload=replace(payload, 'two', 'twx') WHERE n=2")...)
	before, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	require.NoError(t, before.Close())

	done, err := Repair(t.Context(), RepairWish{Path: path, Clock: options().Clock})
	require.NoError(t, err)

	after := openAt(t, path)
	assert.Equal(t, before.Device(), after.Device())
	require.Len(t, done.Damaged, 1)
	assert.Contains(t, done.Damaged[0].Payload, "twx", "its bytes are kept")
	log := load(t, after, "inc")
	assert.Equal(t, []string{"one", "three"}, texts(log))
	require.Len(t, log.Damaged, 1)
	assert.True(t, log.Damaged[0].Kept)
}

func TestASoundDatabaseIsLeftAlone(t *testing.T) {
	path := threeNotes(t)
	before := filesOf(t, path)
	done, err := Repair(t.Context(), RepairWish{Path: path, Clock: options().Clock})
	require.NoError(t, err)
	assert.Empty(t, done.Found)
	assert.Equal(t, before, filesOf(t, path))
	assert.NoDirExists(t, filepath.Join(filepath.Dir(path), damagedFolder))
}

func TestNothingIsRepairedUnderSomebodysHands(t *testing.T) {
	s := openNew(t)
	_, err := Repair(t.Context(), RepairWish{Path: s.Path(), Clock: options().Clock})
	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Says, "in use")
}

func TestAMissingDatabaseIsAskedFor(t *testing.T) {
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 20, 5)
	path := wreck(t, original)
	withBackup(t, original, path)
	require.NoError(t, os.Remove(path))
	kept := filesOf(t, path)

	_, err := Open(t.Context(), path, options())
	var missing *Missing
	require.ErrorAs(t, err, &missing)
	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	require.NotNil(t, missing.Newest)
	assert.Equal(t, 25, missing.Newest.Events)
	assert.Equal(t, 1, missing.Newest.Incidents)
	assert.NoFileExists(t, path, "asking makes nothing")

	s, err := Open(t.Context(), path, Options{Clock: options().Clock, StartEmpty: true})
	require.NoError(t, err)
	assert.Empty(t, load(t, s, "inc").Events)
	require.NoError(t, s.Close())
	folders, err := filepath.Glob(filepath.Join(filepath.Dir(path), damagedFolder, "*"))
	require.NoError(t, err)
	require.Len(t, folders, 1)
	assertKept(t, folders[0], kept)
}

func TestTheNewestBackupComesBackWithWhatTheLogStillHolds(t *testing.T) {
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 20, 5)
	path := wreck(t, original)
	withBackup(t, original, path)
	require.NoError(t, os.Remove(path))

	done, err := Repair(t.Context(), RepairWish{Path: path, Clock: options().Clock})

	require.NoError(t, err)
	assert.Equal(t, 25, done.Events)
	assertMended(t, path, 25, 25)
}

func TestAFirstStartAsksNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Remove(path+".witness"))
	openAt(t, path)
}

func TestMendingInUseReplacesDamagedEventsFromBackups(t *testing.T) {
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 60, 20)
	path := wreck(t, original)
	withBackup(t, original, path)
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	require.NoError(t, s.Close())
	run(t, path, append(unguarded,
		"UPDATE event SET payload=replace(payload, 'note 7', 'note x') WHERE n=8",
		"UPDATE event SET incident='elsewhere' WHERE n=20", "DELETE FROM event WHERE n BETWEEN 30 AND 33", guards())...)
	s = openAt(t, path)
	other := openAt(t, path)

	done, err := s.Mend(t.Context(), "")

	require.NoError(t, err)
	require.Len(t, done.Fetched, 1)
	assert.Equal(t, 5, done.Fetched[0].Events)
	assert.Empty(t, done.Missing)
	assert.Empty(t, done.Damaged)
	report, err := other.Check(t.Context())
	require.NoError(t, err)
	assert.True(t, report.Sound(), "%+v", report)
	assert.Equal(t, 80, report.Events)
	_, err = s.write.Exec("DELETE FROM event WHERE n=1")
	require.ErrorContains(t, err, "never deleted", "the guard stands again")
	assert.NotEmpty(t, search(t, s, "note"))
}

func TestMendingWithoutBackupsKeepsWhatIsDamaged(t *testing.T) {
	path := threeNotes(t)
	run(t, path, append(unguarded, "UPDATE event SET payload=replace(payload, 'two', 'twx') WHERE n=2", guards())...)
	s := openAt(t, path)

	done, err := s.Mend(t.Context(), "")

	require.NoError(t, err)
	require.Len(t, done.Damaged, 1)
	report, err := s.Check(t.Context())
	require.NoError(t, err)
	assert.True(t, report.Sound(), "what is known is no news: %+v", report)
	assert.Len(t, report.Kept, 1)
	log := load(t, s, "inc")
	assert.Equal(t, []string{"one", "three"}, texts(log))
	require.Len(t, log.Damaged, 1, "it is still shown")
	again, err := s.Mend(t.Context(), "")
	require.NoError(t, err)
	assert.Empty(t, again.Damaged, "nothing is done twice")
}

// guards are the triggers that unguarded took away, as they are now.
func guards() string {
	from := strings.Index(schema1, "CREATE TRIGGER event_no_delete")
	to := strings.Index(schema1, "-- One row per incident")
	return schema1[from:to] + schema3
}

func TestDamageFoundInUseIsRepairedAtTheNextStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	write(t, s, "inc", 0, "one")
	require.NoError(t, s.AskForRepair("a page cannot be read."))
	require.NoError(t, s.Close())

	_, err = Open(t.Context(), path, options())
	require.ErrorContains(t, err, "a page cannot be read.")

	s, done, err := OpenMended(t.Context(), path, options())
	require.NoError(t, err)
	defer s.Close()
	require.NotNil(t, done)
	assert.Equal(t, 1, done.Events)
	assert.NoFileExists(t, path+wishSuffix)
}

func TestAFlippedBitInTheWitnessRaisesNoAlarm(t *testing.T) {
	path := threeNotes(t)
	text, err := os.ReadFile(path + ".witness")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path+".witness", bytes.Replace(text, []byte(`"n":3`), []byte(`"n":7`), 1), 0o600))
	openAt(t, path)
}

func TestTheWitnessNamesItsFillingOfTheWriteAheadLog(t *testing.T) {
	s := openNew(t)
	write(t, s, "inc", 0, "one")
	require.NoError(t, s.witness.finish(t.Context(), s.write, morning))
	seen, known := readWitness(s.Path())
	require.True(t, known)
	wal, err := readWAL(s.Path())
	require.NoError(t, err)
	assert.Equal(t, wal.salt[:], seen.WAL)
	assert.Equal(t, string(s.Device()), seen.Device)
	assert.Equal(t, uint64(1), seen.Seq)
	text, err := json.Marshal(seen)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "one", "nobody's words")
}

func TestOneTornWriteAtTheEndIsNoDamage(t *testing.T) {
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 20, 10)
	wal, err := readWAL(original)
	require.NoError(t, err)
	require.Zero(t, wal.dropped())
	commits := 0
	for i := len(wal.frames) - 1; i > 0 && commits < 2; i-- {
		if wal.frames[i].commit != 0 {
			commits++
		}
		if commits == 2 {
			break
		}
		torn := bytes.Clone(wal.bytes)
		torn[wal.frames[i].at+100] ^= 1
		assert.Zero(t, parseWAL(torn).dropped(), "frame %d belongs to the write that was cut off", i)
	}
	early := bytes.Clone(wal.bytes)
	early[wal.frames[0].at+100] ^= 1
	assert.Equal(t, 11, parseWAL(early).dropped(), "ten notes and a draft")
}

// assertNothingSilent opens a damaged database the way the program does, and
// says that each of its events is there as it was written, or named as lost.
func assertNothingSilent(t *testing.T, path string, want map[workflow.EventID]string, what string) {
	t.Helper()
	s, done, err := OpenMended(t.Context(), path, options())
	var missing *Missing
	if errors.As(err, &missing) {
		return // it asks
	}
	require.NoError(t, err, what)
	defer func() { require.NoError(t, s.Close(), what) }()
	report, err := s.Check(t.Context())
	require.NoError(t, err, what)
	log, err := s.Load(t.Context(), "inc")
	if err != nil {
		require.False(t, report.Sound(), what)
		return
	}
	for _, e := range log.Events {
		require.Equal(t, want[e.ID], workflow.SearchText(e), what)
	}
	if len(log.Events) < len(want) {
		require.True(t, !report.Sound() || len(report.Kept)+len(report.Missing) > 0 || done != nil && done.Lost(),
			"%s: %d of %d events are there, and nobody says so", what, len(log.Events), len(want))
	}
}

// eventsOf are the events of a wreck, by what they say.
func eventsOf(t *testing.T, original string) map[workflow.EventID]string {
	t.Helper()
	s := openAt(t, wreck(t, original))
	want := map[workflow.EventID]string{}
	for _, e := range load(t, s, "inc").Events {
		want[e.ID] = workflow.SearchText(e)
	}
	return want
}

func TestNoFlippedByteLosesAnEventInSilence(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of files, one after the other: nothing races")
	}
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 30, 10)
	want := eventsOf(t, original)
	const stride = 4999 // a prime: every part of a page gets its turn; make torture goes closer
	for _, suffix := range []string{"", "-wal"} {
		for at := int64(0); at < size(original+suffix); at += stride {
			path := wreck(t, original)
			garble(t, path+suffix, at, 1)
			assertNothingSilent(t, path, want, fmt.Sprintf("byte %d of the file%s", at, suffix))
		}
	}
}

func TestNoFlippedByteOfTheHeadLosesAnEventInSilence(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of files, one after the other: nothing races")
	}
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 10, 0)
	want := eventsOf(t, original)
	for at := int64(0); at < databaseHead; at++ {
		path := wreck(t, original)
		garble(t, path, at, 1)
		assertNothingSilent(t, path, want, fmt.Sprintf("byte %d of the head", at))
	}
}

func TestNoCutOfTheWriteAheadLogLosesAnEventInSilence(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of files, one after the other: nothing races")
	}
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, 10, 3)
	want := eventsOf(t, original)
	for to := int64(0); to < size(original+"-wal"); to += 512 {
		path := wreck(t, original)
		require.NoError(t, os.Truncate(path+"-wal", to))
		assertNothingSilent(t, path, want, fmt.Sprintf("the write-ahead log cut at %d", to))
	}
}

func FuzzACarvedPageHoldsOnlyWhatProvesItself(f *testing.F) {
	dir := f.TempDir()
	original := filepath.Join(dir, "firebreak.db")
	wreckAt(f, original, 12, 0)
	raw, err := os.ReadFile(original)
	require.NoError(f, err)
	for at := 0; at+usualPageSize <= len(raw); at += usualPageSize {
		f.Add(raw[at:at+usualPageSize], uint16(0), byte(0))
	}
	f.Fuzz(func(t *testing.T, page []byte, at uint16, flip byte) {
		page = bytes.Clone(page)
		if len(page) > 0 {
			page[int(at)%len(page)] ^= flip
		}
		carve(page, 2, func(n uint32) []byte {
			if n == 0 || int(n)*usualPageSize > len(raw) {
				return nil
			}
			return raw[(int(n)-1)*usualPageSize : int(n)*usualPageSize]
		}, func(r row) {
			var room []byte
			_, wrong := r.event(&room)
			require.Empty(t, wrong)
		})
	})
}

func FuzzAWriteAheadLogOfAnyBytes(f *testing.F) {
	f.Add(make([]byte, 100))
	raw := make([]byte, walHeaderSize+2*(frameHeaderSize+512))
	binary.BigEndian.PutUint32(raw, walMagic)
	binary.BigEndian.PutUint32(raw[8:], 512)
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) < walHeaderSize+frameHeaderSize {
			return
		}
		w := parseWAL(raw)
		w.dropped()
		for _, frame := range w.upToLastCommit() {
			require.Len(t, w.content(frame), w.pageSize)
		}
	})
}

func TestTheWitnessFollowsWhatIsNoEvent(t *testing.T) {
	now := morning
	path := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, Options{Clock: func() time.Time { return now }})
	require.NoError(t, err)
	defer s.Close()
	position := write(t, s, "inc", 0, "one")
	seen, _ := readWitness(path)
	before := seen.WAL
	_, err = s.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	require.NoError(t, err)
	now = now.Add(2 * time.Second)

	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"inc", "composer"}, Text: "half", Started: now}))

	seen, known := readWitness(path)
	require.True(t, known)
	assert.NotEqual(t, before, seen.WAL, "the log was filled anew, and by no event")
	assert.Equal(t, saltNow(path), seen.WAL)
	assert.Equal(t, position, seen.N)

	write(t, s, "inc", position, "two, within the same second")
	seen, _ = readWitness(path)
	assert.Equal(t, position, seen.N, "there was no time for it")
	now = now.Add(time.Second)
	_, err = s.Changed(t.Context())
	require.NoError(t, err)
	seen, _ = readWitness(path)
	assert.Equal(t, position+1, seen.N)
}

func TestAnIncidentThatCannotBeReadIsRepairedAtTheNextStart(t *testing.T) {
	original := filepath.Join(t.TempDir(), "firebreak.db")
	wreckAt(t, original, settledEvents, newestEvents)
	path := wreck(t, original)
	garble(t, path, pageWith(t, path, `"note 155"`), usualPageSize)
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	_, err = s.Load(t.Context(), "inc")
	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Do, "start it again")
	require.NoError(t, s.Close())

	s, done, err := OpenMended(t.Context(), path, options())
	require.NoError(t, err)
	defer s.Close()
	require.NotNil(t, done)
	assert.GreaterOrEqual(t, len(load(t, s, "inc").Events), allEvents-25)
}
