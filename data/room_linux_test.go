package data

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// smallDisk is a file system of its own with so much room.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size+",mode=0700"); err != nil {
		t.Skipf("a disk of its own needs the rights of root: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fillDisk writes a file until nothing more fits.
func fillDisk(t *testing.T, dir string) (filler string) {
	t.Helper()
	filler = filepath.Join(dir, "filler")
	f, err := os.OpenFile(filler, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	defer f.Close()
	block := make([]byte, 4096)
	rand.Read(block)
	for err == nil {
		_, err = f.Write(block)
	}
	require.ErrorIs(t, err, syscall.ENOSPC)
	return filler
}

// writeUntilFull appends notes until one fails, and answers how many did not.
func writeUntilFull(t *testing.T, s *Store, position uint64) (notes int, last uint64, failed error) {
	t.Helper()
	for ; notes < 50_000; notes++ {
		p, _, err := s.Append(context.Background(), oneNote(s, position, numbered(notes)))
		if err != nil {
			return notes, position, err
		}
		position = p
	}
	require.Fail(t, "the disk never filled up")
	return notes, position, nil
}

func TestADiskThatFillsUpInAnAppendLosesNothing(t *testing.T) {
	for _, size := range []string{"160k", "200k", "1m", "4m", "6m"} {
		t.Run(size, func(t *testing.T) {
			dir := smallDisk(t, size)
			s := openAt(t, filepath.Join(dir, "firebreak.db"))
			notes, position, err := writeUntilFull(t, s, 0)
			assertTrouble(t, kindFull, err)
			assertSentences(t, err, s.Path())
			assert.Len(t, load(t, s, "inc").Events, notes, "every acknowledged note, and not the one that failed")

			require.NoError(t, syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=16m"))

			require.NoError(t, s.SetSetting(t.Context(), "tried", true), "the disk takes writes again")
			require.NoError(t, tryNote(t, s, position, "after room was made"))
			require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{Field: "app.title"}, Text: "half"}))
			assertSound(t, s, notes+1)
			t.Logf("%s: %d notes fit", size, notes)
		})
	}
}

func TestADiskThatIsFullAtTheStartIsNamed(t *testing.T) {
	for _, size := range []string{"4k", "40k", "64k", "80k", "100k", "120k", "132k"} {
		t.Run(size, func(t *testing.T) {
			_, err := Open(t.Context(), filepath.Join(smallDisk(t, size), "firebreak.db"), options())
			assertTrouble(t, kindFull, err)
			assertSentences(t, err, "")
		})
	}
}

func TestTheReserveSavesWhatIsBeingWrittenOnAFullDisk(t *testing.T) {
	dir := smallDisk(t, "80m")
	s := openAt(t, filepath.Join(dir, "firebreak.db"))
	position := write(t, s, "inc", 0, "before")
	assert.Empty(t, s.Tend(t.Context()))
	reserve, err := os.Stat(s.Path() + reserveSuffix)
	require.NoError(t, err)
	require.EqualValues(t, reserveBytes, reserve.Size())

	filler := fillDisk(t, dir)
	assert.Contains(t, s.Tend(t.Context()), "nearly full")
	notes, _, err := writeUntilFull(t, s, position)
	assertTrouble(t, kindFull, err)
	assert.NoFileExists(t, s.Path()+reserveSuffix)
	assert.Greater(t, notes, 1000, "the reserve lasts for hours of notes")
	t.Logf("%d notes fit into the reserve", notes)
	assert.Contains(t, s.Tend(t.Context()), "the reserve is used")
	assert.NoFileExists(t, s.Path()+reserveSuffix, "it does not take the last room")

	require.NoError(t, os.Remove(filler))
	assert.Empty(t, s.Tend(t.Context()))
	assert.FileExists(t, s.Path()+reserveSuffix, "it is made anew")
	require.NoError(t, s.SetSetting(t.Context(), "tried", true))
	assertSound(t, s, notes+1)
}

func TestABackupOnAFullDiskLeavesTheOldStateAndSaysSo(t *testing.T) {
	dir := smallDisk(t, "4m")
	s := openAt(t, filepath.Join(dir, "firebreak.db"))
	write(t, s, "inc", 0, "before")
	fillDisk(t, dir)

	backups := filepath.Join(dir, "backups")
	_, err := s.Backup(t.Context(), BackupWish{Dir: backups})

	assertTrouble(t, kindFull, err)
	assertSentences(t, err, backups)
	made, err := Backups(backups)
	require.NoError(t, err)
	assert.Empty(t, made, "half a backup is none")
	assertSound(t, s, 1)
}

func TestAFolderThatTurnsReadOnlyIsNamedAndWorkGoesOnAfterwards(t *testing.T) {
	dir := smallDisk(t, "16m")
	path := filepath.Join(dir, "firebreak.db")
	first, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	write(t, first, "inc", 0, "before")
	require.NoError(t, first.Close())

	require.NoError(t, syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	_, err = Open(t.Context(), path, options())
	assertTrouble(t, kindReadOnly, err)
	assertSentences(t, err, path)

	require.NoError(t, syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, ""))
	assertSound(t, openAt(t, path), 1)
}

func TestADiskThatIsTakenAwayUnderTheRunningProgramIsNoticed(t *testing.T) {
	dir := smallDisk(t, "16m")
	s, err := Open(t.Context(), filepath.Join(dir, "firebreak.db"), options())
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	position := write(t, s, "inc", 0, "before")
	require.NoError(t, syscall.Unmount(dir, syscall.MNT_DETACH))

	err = tryNote(t, s, position, "after")

	assertTrouble(t, kindVanished, err)
	require.NoError(t, s.PutBack(t.Context()), "what is held open can be read still")
	assertSound(t, openAt(t, s.Path()), 1)
}

func TestAFullDiskKeepsTheOldDraft(t *testing.T) {
	dir := smallDisk(t, "4m")
	s := openAt(t, filepath.Join(dir, "firebreak.db"))
	key := DraftKey{Field: "app.title"}
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: key, Text: "old"}))
	filler := fillDisk(t, dir)
	big := make([]byte, 1<<20)
	for i := range big {
		big[i] = 'x'
	}
	err := s.SaveDraft(t.Context(), Draft{Key: key, Text: string(big)})
	assertTrouble(t, kindFull, err)
	drafts, err := s.Drafts(t.Context(), "")
	require.NoError(t, err)
	require.Len(t, drafts, 1)
	assert.Equal(t, "old", drafts[0].Text)

	require.NoError(t, os.Remove(filler))
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: key, Text: string(big)}))
}

func TestAReserveThatFindsNoRoomIsNotMade(t *testing.T) {
	dir := smallDisk(t, "2m")
	err := makeReserve(filepath.Join(dir, "reserve"))
	require.True(t, errors.Is(err, syscall.ENOSPC), "%v", err)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left)
}
