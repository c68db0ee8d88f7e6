package disk

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"
	engine "modernc.org/sqlite/lib"
)

// inserted is a disk that watches a folder of the test's own. Only one can be
// in front of the engine at a time, so these tests do not run beside each other.
func inserted(t *testing.T) (*Disk, string) {
	t.Helper()
	d, err := Insert()
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, d.Remove()) })
	folder := t.TempDir()
	require.NoError(t, d.Watch(folder))
	return d, folder
}

func opened(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)&_txlock=immediate")
	require.NoError(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	_, err = db.ExecContext(t.Context(), "CREATE TABLE IF NOT EXISTS note(text TEXT)")
	require.NoError(t, err)
	return db
}

func wrote(ctx context.Context, db *sql.DB, from, to int) error {
	for i := from; i < to; i++ {
		if _, err := db.ExecContext(ctx, "INSERT INTO note VALUES(?)", fmt.Sprintf("note %04d %0600d", i, i)); err != nil {
			return err
		}
	}
	return nil
}

func counted(t *testing.T, file string) int {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file)
	require.NoError(t, err)
	defer db.Close()
	var count int
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM note").Scan(&count))
	var says string
	require.NoError(t, db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&says))
	require.Equal(t, "ok", says)
	return count
}

// The engine's structures are read and written by their layout in memory. When
// this fails after an upgrade, read the new engine's os.h and go through
// layer.go before the list below is changed.
func TestTheEngineStillHasTheLayoutThatThisPackageWasWrittenFor(t *testing.T) {
	fields := func(of any) (names []string) {
		for i := range reflect.TypeOf(of).NumField() {
			names = append(names, reflect.TypeOf(of).Field(i).Name)
		}
		return names
	}
	assert.Equal(t, []string{"FpMethods"}, fields(engine.Tsqlite3_file{}))
	assert.Equal(t, []string{
		"FiVersion", "FszOsFile", "FmxPathname", "FpNext", "FzName", "FpAppData", "FxOpen", "FxDelete", "FxAccess",
		"FxFullPathname", "FxDlOpen", "FxDlError", "FxDlSym", "FxDlClose", "FxRandomness", "FxSleep", "FxCurrentTime",
		"FxGetLastError", "FxCurrentTimeInt64", "FxSetSystemCall", "FxGetSystemCall", "FxNextSystemCall",
	}, fields(engine.Tsqlite3_vfs{}))
	assert.Equal(t, []string{
		"FiVersion", "FxClose", "FxRead", "FxWrite", "FxTruncate", "FxSync", "FxFileSize", "FxLock", "FxUnlock",
		"FxCheckReservedLock", "FxFileControl", "FxSectorSize", "FxDeviceCharacteristics", "FxShmMap", "FxShmLock",
		"FxShmBarrier", "FxShmUnmap", "FxFetch", "FxUnfetch",
	}, fields(engine.Tsqlite3_io_methods{}))
}

func TestTheRecordMakesTheSameFilesAgain(t *testing.T) {
	d, folder := inserted(t)
	file := filepath.Join(folder, "notes.db")
	first, second := opened(t, file), opened(t, file)
	for i := range 30 {
		require.NoError(t, wrote(t.Context(), []*sql.DB{first, second}[i%2], i, i+1))
	}
	_, err := first.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)")
	require.NoError(t, err)
	require.NoError(t, wrote(t.Context(), second, 30, 60))

	record := d.Record()

	counts := Count(record)
	for _, kind := range []Kind{Create, Write, Truncate, Sync, SyncFolder} {
		assert.Positive(t, counts[kind], "%s", kind)
	}
	image := Image(record, len(record), Luck{Keep: 1, Names: 1}, rand.New(rand.NewPCG(1, 1)))
	for _, name := range []string{"notes.db", "notes.db-wal"} {
		real, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		assert.NotEmpty(t, real)
		assert.Equal(t, real, image[name], name)
	}
}

func TestAFileIsCreatedOnceHoweverManyOpenItWhileItIsEmpty(t *testing.T) {
	d, folder := inserted(t)
	for range 3 {
		opened(t, filepath.Join(folder, "notes.db"))
	}
	created := map[string]int{}
	for _, op := range d.Record() {
		switch op.Kind {
		case Create:
			created[op.File]++
		case Delete:
			created[op.File]--
		}
	}
	assert.Equal(t, 1, created["notes.db-wal"])
}

func TestEveryImageOfASyncedRecordHoldsWhatWasAcknowledged(t *testing.T) {
	d, folder := inserted(t)
	db := opened(t, filepath.Join(folder, "notes.db"))
	_, err := db.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)") // the table itself is not what is lost here
	require.NoError(t, err)
	d.Mark(0)
	for i := range 20 {
		require.NoError(t, wrote(t.Context(), db, i, i+1))
		d.Mark(i + 1)
	}
	record := d.Record()
	dice := rand.New(rand.NewPCG(1, 1))
	found := func(from []Op, cut int) (missing int) {
		folder, acknowledged := t.TempDir(), 0
		for _, op := range from[:cut] {
			if op.Kind == Mark {
				acknowledged = int(op.At)
			}
		}
		require.NoError(t, Lay(folder, Image(from, cut, Luck{Keep: 0.3, Names: 0.5}, dice)))
		return acknowledged - counted(t, filepath.Join(folder, "notes.db"))
	}

	for cut := len(record) - 60; cut <= len(record); cut += 3 {
		assert.LessOrEqual(t, found(record, cut), 0)
	}
	careless := CommitsUnsynced(record)
	assert.Less(t, len(careless), len(record))
	assert.Positive(t, found(careless, len(careless)), "without a sync for each commit the last ones are lost")
}

func TestAFailureReachesTheEngineAndAMendedDiskGoesOn(t *testing.T) {
	for name, failure := range map[string]Failure{
		"the disk reports an error": {Code: engine.SQLITE_IOERR_WRITE},
		"half of it is written":     {Code: engine.SQLITE_IOERR_WRITE, Part: 700},
		"the disk is full":          {Code: engine.SQLITE_FULL},
	} {
		t.Run(name, func(t *testing.T) {
			d, folder := inserted(t)
			db := opened(t, filepath.Join(folder, "notes.db"))
			require.NoError(t, wrote(t.Context(), db, 0, 5))

			d.Break(func(op Op) Failure {
				if op.Kind == Write {
					return failure
				}
				return Failure{}
			})
			require.Error(t, wrote(t.Context(), db, 5, 6))
			d.Break(nil)
			require.NoError(t, wrote(t.Context(), db, 6, 7))

			d.Record()
			assert.Equal(t, 6, counted(t, filepath.Join(folder, "notes.db")))
		})
	}
}

func TestAnEngineWithoutTheDiskIsItselfAgain(t *testing.T) {
	d, err := Insert()
	require.NoError(t, err)
	require.NoError(t, d.Remove())
	folder := t.TempDir()
	require.NoError(t, d.Watch(folder))
	require.NoError(t, wrote(t.Context(), opened(t, filepath.Join(folder, "notes.db")), 0, 3))
	assert.Empty(t, d.Record())
}
