package data

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// backupOf makes a backup into a folder beside the database.
func backupOf(t testing.TB, s *Store, wish BackupWish) Backup {
	t.Helper()
	if wish.Dir == "" && wish.To == "" {
		wish.Dir = filepath.Join(filepath.Dir(s.path), "backups")
	}
	if wish.Why == "" {
		wish.Why = Asked
	}
	made, err := s.Backup(t.Context(), wish)
	require.NoError(t, err)
	return made
}

// leftovers are the files of a folder that are no finished backup.
func leftovers(t testing.TB, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		if _, ok := readName(e.Name()); !ok {
			out = append(out, e.Name())
		}
	}
	return out
}

func TestABackupIsOneSoundFileThatSaysWhatItHolds(t *testing.T) {
	s := openNew(t)
	position := write(t, s, "inc", 0, "Checkout fails")
	write(t, s, "inc", position, "Rolled back")
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"inc", "composer"}, Text: "half-typed", Started: morning}))

	made := backupOf(t, s, BackupWish{Why: Timed})

	assert.Equal(t, filepath.Join(filepath.Dir(s.path), "backups", "firebreak-20260203T143200.000Z-timed-sound.db"), made.Path)
	info, err := os.Stat(made.Path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	want := Backup{
		Path: made.Path, Database: "firebreak", At: morning, Why: Timed, Bytes: info.Size(), Changes: 2, Incidents: 1,
		Newest: morning, Schema: len(migrations()), Drafts: made.Drafts, Verdict: VerdictSound,
	}
	assert.Equal(t, want, made)
	list, err := BackupsOf(filepath.Dir(made.Path), s.path)
	require.NoError(t, err)
	assert.Equal(t, []Backup{want}, list)
	assert.Empty(t, leftovers(t, filepath.Dir(made.Path)))
	header := make([]byte, 20)
	f, err := os.Open(made.Path)
	require.NoError(t, err)
	defer f.Close()
	_, err = f.Read(header)
	require.NoError(t, err)
	assert.Equal(t, []byte{1, 1}, header[18:20], "it needs no write-ahead log, and can be read from a disk that may only be read")

	copied := openAt(t, made.Path)
	assertSound(t, copied, 2)
	assert.Equal(t, []string{"Checkout fails", "Rolled back"}, texts(load(t, copied, "inc")))
	drafts, err := copied.Drafts(t.Context(), "inc")
	require.NoError(t, err)
	assert.Len(t, drafts, 1, "what is half-typed is in it as well")
}

func TestAnotherBackupIsDueWhenSomethingWasWrittenOrTyped(t *testing.T) {
	s := openNew(t)
	write(t, s, "inc", 0, "a")
	lacks := func(b Backup) bool {
		t.Helper()
		lacks, err := s.Lacks(t.Context(), b)
		require.NoError(t, err)
		return lacks
	}
	typed := func(text string) {
		require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"inc", "composer"}, Text: text, Started: morning}))
	}
	assert.True(t, lacks(Backup{}))
	made := backupOf(t, s, BackupWish{})
	assert.False(t, lacks(made))
	require.NoError(t, s.SetSetting(t.Context(), "window.size", 3))
	assert.False(t, lacks(made), "nobody would miss that")
	typed("half")
	assert.True(t, lacks(made))
	made = backupOf(t, s, BackupWish{})
	assert.False(t, lacks(made))
	typed("calf")
	assert.True(t, lacks(made))
	require.NoError(t, s.DropDraft(t.Context(), DraftKey{"inc", "composer"}))
	write(t, s, "inc", 1, "b")
	assert.True(t, lacks(made))
	list, err := BackupsOf(filepath.Dir(made.Path), s.path)
	require.NoError(t, err)
	assert.Equal(t, made, list[0], "and the file says the same after a restart")
}

func TestABackupHoldsWhatLiesInTheWriteAheadLogOnly(t *testing.T) {
	s := openNew(t)
	write(t, s, "inc", 0, "Checkout fails")
	file, err := os.ReadFile(s.path)
	require.NoError(t, err)
	require.NotContains(t, string(file), "Checkout fails", "nothing was checkpointed yet")

	made := backupOf(t, s, BackupWish{})

	assert.Equal(t, []string{"Checkout fails"}, texts(load(t, openAt(t, made.Path), "inc")))
}

func TestABackupUnderConcurrentWritersIsOneMoment(t *testing.T) {
	s := openNew(t)
	var stop atomic.Bool
	var hands sync.WaitGroup
	for _, name := range []workflow.IncidentID{"a", "b"} {
		hands.Go(func() {
			position := uint64(0)
			for i := 0; !stop.Load(); i++ {
				position = write(t, s, name, position, numbered(i))
			}
		})
	}
	var made []Backup
	for range 6 {
		before, err := tipOf(t, s)
		require.NoError(t, err)
		b := backupOf(t, s, BackupWish{})
		after, err := tipOf(t, s)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, b.Changes, before.N, "what was acknowledged before it began is in it")
		assert.LessOrEqual(t, b.Changes, after.N)
		made = append(made, b)
	}
	stop.Store(true)
	hands.Wait()
	for _, b := range made {
		checked, err := CheckBackup(t.Context(), b.Path, nil)
		require.NoError(t, err)
		assert.Equal(t, VerdictSound, checked.Verdict, checked.Says)
	}
}

func tipOf(t testing.TB, s *Store) (newest tip, err error) {
	t.Helper()
	err = newest.read(t.Context(), s.read)
	return newest, err
}

func TestABackupTellsHowFarItIsAndStopsWhenTold(t *testing.T) {
	s := openNew(t)
	position := uint64(0)
	for i := range 300 {
		position = write(t, s, "inc", position, numbered(i))
	}
	var last, all int64
	made := backupOf(t, s, BackupWish{Progress: func(d, a int64) {
		assert.GreaterOrEqual(t, d, last)
		assert.LessOrEqual(t, d, a)
		last, all = d, a
	}})
	assert.Equal(t, 3*made.Bytes, all, "written, compared, read to its end")
	assert.InDelta(t, all, last, float64(made.Bytes)/100)

	dir := filepath.Join(t.TempDir(), "backups")
	for part := int64(0); part < 3; part++ {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.Backup(ctx, BackupWish{Dir: dir, Why: Asked, Progress: func(d, _ int64) {
			if d >= part*made.Bytes {
				cancel()
			}
		}})
		require.ErrorIs(t, err, context.Canceled)
		assert.Empty(t, leftovers(t, dir))
		assert.Empty(t, named(dir, ""))
		cancel()
	}
}

// fullDisk takes so many bytes and no more.
type fullDisk struct {
	to   io.Writer
	left int64
}

var errFull = errors.New("no space left")

func (d *fullDisk) Write(p []byte) (int, error) {
	if int64(len(p)) > d.left {
		n, _ := d.to.Write(p[:d.left])
		d.left = 0
		return n, errFull
	}
	d.left -= int64(len(p))
	return d.to.Write(p)
}

func TestABackupThatFailsAfterAnyByteLeavesNothing(t *testing.T) {
	s := openNew(t)
	write(t, s, "inc", 0, "a")
	dir := filepath.Join(t.TempDir(), "backups")
	size := backupOf(t, s, BackupWish{}).Bytes
	for n := int64(0); n < size; n += 4099 {
		_, err := s.Backup(t.Context(), BackupWish{Dir: dir, Why: Timed, disk: func(w io.Writer) io.Writer { return &fullDisk{w, n} }})
		require.ErrorIs(t, err, errFull)
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Empty(t, entries)
	}
	write(t, s, "inc", load(t, s, "inc").Position, "and the database is none the worse")
}

// flipping is a disk that turns one bit of what it is given.
type flipping struct {
	to       io.Writer
	at, seen int64
}

func (d *flipping) Write(p []byte) (int, error) {
	if at := d.at - d.seen; at >= 0 && at < int64(len(p)) {
		p = append([]byte(nil), p...)
		p[at] ^= 4
	}
	d.seen += int64(len(p))
	return d.to.Write(p)
}

func TestABackupThatADiskGarbledIsNotKept(t *testing.T) {
	s := openNew(t)
	write(t, s, "inc", 0, "a")
	dir := filepath.Join(t.TempDir(), "backups")
	size := backupOf(t, s, BackupWish{}).Bytes
	for at := int64(0); at < size; at += 3001 {
		_, err := s.Backup(t.Context(), BackupWish{Dir: dir, Why: Timed, disk: func(w io.Writer) io.Writer { return &flipping{to: w, at: at} }})
		require.ErrorContains(t, err, "differs from the database")
		var trouble *Trouble
		require.ErrorAs(t, err, &trouble)
		assert.Contains(t, trouble.Says, "No backup was made")
	}
	assert.Empty(t, named(dir, ""))
}

func TestABackupNeverOverwritesAFile(t *testing.T) {
	s := openNew(t)
	write(t, s, "inc", 0, "a")
	to := filepath.Join(t.TempDir(), "away", "copy.db")

	made := backupOf(t, s, BackupWish{To: to})
	assert.Equal(t, to, made.Path)
	_, err := s.Backup(t.Context(), BackupWish{To: to, Why: Asked})
	require.ErrorContains(t, err, "is there already")
	half := filepath.Join(filepath.Dir(to), "half.db")
	require.NoError(t, os.WriteFile(half+partialSuffix, nil, 0o600))
	_, err = s.Backup(t.Context(), BackupWish{To: half, Why: Asked})
	require.ErrorContains(t, err, "is being written")
	long := morning.Add(-2 * partialAge)
	require.NoError(t, os.Chtimes(half+partialSuffix, long, long))
	backupOf(t, s, BackupWish{To: half})
	_, err = s.Backup(t.Context(), BackupWish{To: filepath.Dir(to), Why: Asked})
	require.ErrorContains(t, err, "is a folder")

	assertSound(t, openAt(t, to), 1)
}

func TestABackupIntoAFolderThatTakesNothingIsToldInASentence(t *testing.T) {
	s := openNew(t)
	blocked := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))

	_, err := s.Backup(t.Context(), BackupWish{Dir: filepath.Join(blocked, "backups"), Why: Timed})

	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Says, "No backup was made")
	assert.NotEmpty(t, trouble.Do)
}

func TestTwoBackupsOfOneMomentStandSideBySide(t *testing.T) {
	s := openNew(t)
	write(t, s, "inc", 0, "a")
	dir := filepath.Join(t.TempDir(), "backups")
	var hands sync.WaitGroup
	for range 5 {
		hands.Go(func() { backupOf(t, s, BackupWish{Dir: dir, Why: Timed}) })
	}
	hands.Wait()
	assert.Len(t, named(dir, "firebreak"), 5)
	assert.Empty(t, leftovers(t, dir))
}

func TestABackupOfADamagedDatabaseSaysSoAndKeepsTheSoundOnes(t *testing.T) {
	tests := map[string]struct {
		statements []string
		says       string
	}{
		"a word was changed": {
			[]string{"DROP TRIGGER event_no_update", `UPDATE event SET payload=replace(payload,'note 3','note X') WHERE n=4`}, "change 4: its text is not the one that was written",
		},
		"a change is gone": {
			[]string{"DROP TRIGGER event_no_delete", `DELETE FROM event WHERE n=3`}, "change 3 of device",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := openNew(t)
			position := uint64(0)
			for i := range 6 {
				position = write(t, s, "inc", position, numbered(i))
			}
			good := backupOf(t, s, BackupWish{})
			run(t, s.path, test.statements...)

			bad := backupOf(t, s, BackupWish{Why: Timed})

			assert.Equal(t, VerdictDamaged, bad.Verdict)
			assert.Contains(t, bad.Says, test.says)
			assert.Contains(t, bad.Path, "-timed-damaged.db", "the folder says so as well")
			for range 2 * keepDamaged {
				backupOf(t, s, BackupWish{Why: Timed})
			}
			_, err := Thin(filepath.Dir(good.Path), s.path, morning.Add(time.Hour), KeepBackups)
			require.NoError(t, err)
			assert.FileExists(t, good.Path)
			list, err := BackupsOf(filepath.Dir(good.Path), s.path)
			require.NoError(t, err)
			assert.Len(t, list, 1+keepDamaged)
			way, ok := NewestSound(list)
			assert.True(t, ok)
			assert.Equal(t, good.Path, way.Path)
		})
	}
}

func TestADatabaseWithADestroyedPageIsCopiedAsItIs(t *testing.T) {
	path := threeNotes(t)
	page := int64(0)
	run(t, path, "PRAGMA journal_mode=DELETE")
	db, err := connect(path, readOnly, 1)
	require.NoError(t, err)
	require.NoError(t, db.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name='event'").Scan(&page))
	require.NoError(t, db.Close())
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	require.NoError(t, err)
	_, err = f.WriteAt(make([]byte, 4096), (page-1)*4096)
	require.NoError(t, err)
	require.NoError(t, f.Close())

	made, err := backUp(t.Context(), path, BackupWish{Dir: t.TempDir(), Why: BeforeRestore}, morning)

	require.NoError(t, err)
	assert.Equal(t, VerdictDamaged, made.Verdict)
	assert.NotEmpty(t, made.Says)
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	got, err := os.ReadFile(made.Path)
	require.NoError(t, err)
	assert.Equal(t, want, got, "every byte of it is kept")
}

func TestAFileThatIsNoBackupOfOursIsRefusedInASentence(t *testing.T) {
	dir := t.TempDir()
	text, foreign, newer := filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.db"), filepath.Join(dir, "c.db")
	require.NoError(t, os.WriteFile(text, []byte("this is a text file, and it is long enough to look like something else than a database, page by page"), 0o600))
	run(t, foreign, "CREATE TABLE bookmark(url TEXT)")
	s := openNew(t)
	write(t, s, "inc", 0, "a")
	backupOf(t, s, BackupWish{To: newer})
	run(t, newer, "PRAGMA user_version=77")
	for path, says := range map[string]string{
		text: "is not a backup", foreign: "is not a backup of Firebreak", newer: "a newer Firebreak (schema 77", dir: "is a folder",
		filepath.Join(dir, "none"): "The backup cannot be checked",
	} {
		_, err := CheckBackup(t.Context(), path, nil)
		var trouble *Trouble
		require.ErrorAs(t, err, &trouble, path)
		assert.Contains(t, trouble.Says, says)
		assert.NotEmpty(t, trouble.Do)
	}
}

func TestACopyOfADatabaseThatIsOpenComesFromItsOwnConnection(t *testing.T) {
	s := openNew(t)
	write(t, s, "inc", 0, "a")
	to := filepath.Join(t.TempDir(), "copy.db")
	require.NoError(t, copyTo(t.Context(), s.write, to))
	require.Error(t, copyTo(t.Context(), s.write, to))
	write(t, s, "inc", load(t, s, "inc").Position, "the connection was given back")
	assertSound(t, openAt(t, to), 1)
}

// BenchmarkBackup is a verified backup of the database that FIREBREAK_BACKUP_OF
// names, with and without reading it to its end.
func BenchmarkBackup(b *testing.B) {
	path := os.Getenv("FIREBREAK_BACKUP_OF")
	if path == "" {
		b.Skip("set FIREBREAK_BACKUP_OF to a database")
	}
	for _, thorough := range []bool{false, true} {
		b.Run(fmt.Sprintf("thorough=%v", thorough), func(b *testing.B) {
			for b.Loop() {
				dir := b.TempDir()
				require.NoError(b, os.WriteFile(filepath.Join(dir, nameOf("firebreak", morning, Timed, VerdictSound)), nil, 0o600))
				made, err := backUp(b.Context(), path, BackupWish{Dir: dir, Why: Asked, Thorough: thorough}, morning)
				require.NoError(b, err)
				b.SetBytes(made.Bytes)
			}
		})
	}
}
