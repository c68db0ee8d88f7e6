package data

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func freshAttachments(t *testing.T) *Attachments {
	t.Helper()
	return AttachmentsIn(filepath.Join(t.TempDir(), "attachments"))
}

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// puts stores a text.
func puts(t *testing.T, a *Attachments, name, content string) workflow.Attachment {
	t.Helper()
	stored, err := a.Put(t.Context(), name, strings.NewReader(content))
	require.NoError(t, err)
	return stored
}

// everyFile lists what lies in a folder and below it.
func everyFile(t *testing.T, folder string) []string {
	t.Helper()
	files := []string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, entry.Name())
		}
		return nil
	})
	require.NoError(t, err)
	return files
}

func TestAStoredFileIsReadBackUnderItsChecksum(t *testing.T) {
	a := freshAttachments(t)
	png := "\x89PNG\r\n\x1a\n and so on"

	stored := puts(t, a, "graph.png", png)

	assert.Equal(t, workflow.Attachment{Name: "graph.png", Media: "image/png", SHA256: sumOf(png), Bytes: int64(len(png))}, stored)
	content, err := a.Read(t.Context(), stored.SHA256)
	require.NoError(t, err)
	assert.Equal(t, png, string(content))
	assert.Equal(t, []string{sumOf(png)}, everyFile(t, a.Folder()), "and nothing else is left there")
	if runtime.GOOS != "windows" {
		for path, mode := range map[string]fs.FileMode{
			a.Folder(): 0o700, filepath.Dir(a.path(stored.SHA256)): 0o700, a.path(stored.SHA256): 0o600,
		} {
			info, err := os.Stat(path)
			require.NoError(t, err)
			assert.Equal(t, mode, info.Mode().Perm(), path)
		}
	}
}

func TestTheSameBytesLieThereOnce(t *testing.T) {
	a := freshAttachments(t)
	first, again := puts(t, a, "a.txt", "same"), puts(t, AttachmentsIn(a.Folder()), "b.txt", "same")
	assert.Equal(t, first.SHA256, again.SHA256)
	assert.Equal(t, "b.txt", again.Name)
	assert.Len(t, everyFile(t, a.Folder()), 1)
}

func TestManyHandsStoreTheSameAndOtherFilesAtOnce(t *testing.T) {
	a := freshAttachments(t)
	var hands sync.WaitGroup
	for hand := range 8 {
		hands.Go(func() {
			for i := range 10 {
				content := strings.Repeat(fmt.Sprint("file ", (i+hand)%12), 5000)
				stored, err := AttachmentsIn(a.Folder()).Put(t.Context(), "x", strings.NewReader(content))
				assert.NoError(t, err)
				assert.Equal(t, sumOf(content), stored.SHA256)
			}
		})
	}
	hands.Wait()
	report, err := a.Check(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 12, report.Whole)
	assert.Empty(t, report.CutOff)
}

func TestAFileThatIsTooLargeIsRefusedInASentence(t *testing.T) {
	a := freshAttachments(t)
	big := filepath.Join(t.TempDir(), "heap.dump")
	require.NoError(t, os.WriteFile(big, nil, 0o600))
	require.NoError(t, os.Truncate(big, 31<<20))
	file, err := os.Open(big)
	require.NoError(t, err)
	defer file.Close()

	_, err = a.Put(t.Context(), "heap.dump", file)
	assert.ErrorContains(t, err, "heap.dump has 31 MB, and an attachment can have 25 MB.")
	assert.ErrorContains(t, err, "Attach the part that matters")

	_, err = a.Put(t.Context(), "endless", io.LimitReader(zeros{}, 1<<40))
	assert.ErrorContains(t, err, "endless has more than 25 MB")
	assert.Empty(t, everyFile(t, a.Folder()))

	stored, err := a.Put(t.Context(), "just right", io.LimitReader(zeros{}, workflow.AttachmentLimit))
	require.NoError(t, err)
	assert.Equal(t, int64(workflow.AttachmentLimit), stored.Bytes)
}

type zeros struct{}

func (zeros) Read(into []byte) (int, error) { clear(into); return len(into), nil }

func TestAReaderThatFailsOrIsCancelledLeavesNothing(t *testing.T) {
	a := freshAttachments(t)
	_, err := a.Put(t.Context(), "disc.iso", io.MultiReader(strings.NewReader("half"), broken{}))
	assert.ErrorContains(t, err, "disc.iso cannot be read: the drive was pulled out")
	var trouble *Trouble
	assert.ErrorAs(t, err, &trouble)

	ctx, cancel := context.WithCancel(t.Context())
	_, err = a.Put(ctx, "x", io.MultiReader(strings.NewReader("half"), cancelling{cancel}, zeros{}))
	assert.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, everyFile(t, a.Folder()))
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the drive was pulled out") }

type cancelling struct{ cancel func() }

func (c cancelling) Read([]byte) (int, error) { c.cancel(); return 0, io.EOF }

func TestDamageIsSeenAndNeverServed(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"one bit":   func(path string) error { return os.WriteFile(path, []byte("Graph"), 0o600) },
		"cut short": func(path string) error { return os.Truncate(path, 3) },
		"longer":    func(path string) error { return os.WriteFile(path, []byte("graph and more"), 0o600) },
		"huge":      func(path string) error { return os.Truncate(path, 26<<20) },
		"a folder":  func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
		"gone":      os.Remove,
	} {
		a := freshAttachments(t)
		stored := puts(t, a, "graph.png", "graph")
		require.NoError(t, damage(a.path(stored.SHA256)), name)

		_, err := a.Read(t.Context(), stored.SHA256)
		var trouble *Trouble
		require.ErrorAs(t, err, &trouble, name)
		target := filepath.Join(t.TempDir(), "copy")
		assert.Error(t, a.CopyTo(t.Context(), stored.SHA256, target), name)
		assert.NoFileExists(t, target, name)
		report, err := a.Check(t.Context(), stored)
		require.NoError(t, err)
		assert.False(t, report.Sound(), name)

		if name == "a folder" {
			continue
		}
		puts(t, a, "graph.png", "graph")
		content, err := a.Read(t.Context(), stored.SHA256)
		require.NoError(t, err, "%s: the same file attached again mends it", name)
		assert.Equal(t, "graph", string(content))
	}
}

func TestOnlyAChecksumLeadsToAFile(t *testing.T) {
	a := freshAttachments(t)
	puts(t, a, "x", "x")
	for _, sha := range []string{"", "ab", "../../etc/passwd", strings.Repeat("g", 64), strings.ToUpper(sumOf("x")), strings.Repeat("../", 21) + "x"} {
		_, err := a.Open(sha)
		assert.Error(t, err, sha)
	}
}

func TestACopyIsWholeAndReplacesNothing(t *testing.T) {
	a := freshAttachments(t)
	stored := puts(t, a, "graph.png", "graph")
	target := filepath.Join(t.TempDir(), "graph.png")
	require.NoError(t, a.CopyTo(t.Context(), stored.SHA256, target))
	content, err := os.ReadFile(target)
	require.NoError(t, err)
	assert.Equal(t, "graph", string(content))

	require.NoError(t, os.WriteFile(target, []byte("mine"), 0o600))
	err = a.CopyTo(t.Context(), stored.SHA256, target)
	assert.ErrorIs(t, err, fs.ErrExist)
	assert.ErrorContains(t, err, "is there already")
	content, _ = os.ReadFile(target)
	assert.Equal(t, "mine", string(content))
	assert.ErrorContains(t, a.CopyTo(t.Context(), stored.SHA256, filepath.Join(t.TempDir(), "no", "folder")), "Choose a folder")
}

func TestWhatWasCutOffIsSweptAwayWhenItIsOld(t *testing.T) {
	a := freshAttachments(t)
	puts(t, a, "x", "x")
	old, young, other := filepath.Join(a.Folder(), ".put-0123456789abcdef.tmp"), filepath.Join(a.Folder(), ".put-fedcba9876543210.tmp"), filepath.Join(a.Folder(), ".put-mine.tmp")
	for _, path := range []string{old, young, other} {
		require.NoError(t, os.WriteFile(path, []byte("half"), 0o600))
	}
	info, err := os.Stat(young)
	require.NoError(t, err)
	before := info.ModTime().Add(-25 * time.Hour)
	for _, path := range []string{old, other} {
		require.NoError(t, os.Chtimes(path, before, before))
	}

	puts(t, a, "y", "y")

	assert.NoFileExists(t, old)
	assert.FileExists(t, young, "another process may be writing it")
	assert.FileExists(t, other, "it is not ours")
}

func TestACheckNamesWhatIsMissingDamagedOrAStray(t *testing.T) {
	a := freshAttachments(t)
	empty, err := AttachmentsIn(filepath.Join(t.TempDir(), "none")).Check(t.Context())
	require.NoError(t, err)
	assert.True(t, empty.Sound(), "no attachments, no trouble")

	whole, damaged, stray := puts(t, a, "whole", "whole"), puts(t, a, "damaged", "damaged"), puts(t, a, "stray", "stray")
	require.NoError(t, os.WriteFile(a.path(damaged.SHA256), []byte("x"), 0o600))
	gone := workflow.Attachment{Name: "gone", SHA256: sumOf("gone")}
	for _, path := range []string{".put-0123456789abcdef.tmp", "notes.txt", filepath.Join(whole.SHA256[:2], "other")} {
		require.NoError(t, os.WriteFile(filepath.Join(a.Folder(), path), nil, 0o600))
	}

	report, err := a.Check(t.Context(), whole, damaged, gone, gone)

	require.NoError(t, err)
	assert.Equal(t, AttachmentReport{
		Whole: 2, Bytes: 10, Missing: []workflow.Attachment{gone}, Damaged: []string{damaged.SHA256}, Strays: []string{stray.SHA256},
		CutOff: []string{".put-0123456789abcdef.tmp"}, Foreign: report.Foreign,
	}, report)
	assert.ElementsMatch(t, []string{"notes.txt", whole.SHA256[:2] + "/other"}, report.Foreign)
	assert.False(t, report.Sound())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = a.Check(ctx)
	assert.ErrorIs(t, err, context.Canceled)
}

func TestTheLogSaysWhichFilesItNeeds(t *testing.T) {
	s := openNew(t)
	a, b := workflow.Attachment{Name: "a", SHA256: sumOf("a"), Bytes: 1}, workflow.Attachment{Name: "b", SHA256: sumOf("b"), Bytes: 1}
	noted := note("inc", s.Device(), 0, "x")
	noted.Body = workflow.Noted{Text: "x", Attachments: []workflow.Attachment{a}}
	added := note("inc", s.Device(), 1, "x")
	added.Body = workflow.Attached{Entry: noted.ID, Files: []workflow.Attachment{a, b}}
	plain := note("inc", s.Device(), 2, `it says "sha256" somewhere`)
	_, _, err := s.Append(t.Context(), Batch{Incident: "inc", Events: []workflow.Event{noted, added, plain}, Summary: summary("inc")})
	require.NoError(t, err)

	named, err := s.Named(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []workflow.Attachment{a, b}, named)
}

func TestAFileIsKnownByItsFirstBytes(t *testing.T) {
	for content, media := range map[string]string{
		"\x89PNG\r\n\x1a\nrest": "image/png", "\xff\xd8\xff\xe0": "image/jpeg", "GIF89a": "image/gif", "RIFF....WEBPVP8": "image/webp",
		"%PDF-1.7": "application/pdf", "PK\x03\x04": "application/zip", "\x1f\x8b\x08": "application/gzip",
		"plain text\nGrüße": "text/plain", "": "text/plain", "\x00\x01": anyMedia, "a\xff": anyMedia,
		strings.Repeat("a", headSize-1) + "ü": "text/plain",
	} {
		head := []byte(content)
		assert.Equal(t, media, mediaOf(head[:min(len(head), headSize)]), "%q", content)
	}
}

// stumbling fails one step of the disk, or runs full after so many bytes.
type stumbling struct {
	attachmentDisk
	at   string // "create", "sync", "close", "rename", "sync folder", "make folder"
	full int64  // bytes that still fit; with at "write"
}

func (s *stumbling) fails(step string) error {
	if s.at == step {
		return &fs.PathError{Op: step, Path: "x", Err: syscall.ENOSPC}
	}
	return nil
}

func (s *stumbling) MakeDir(path string) error {
	return errors.Join(s.fails("make folder"), s.attachmentDisk.MakeDir(path))
}

func (s *stumbling) SyncDir(path string) error {
	return errors.Join(s.fails("sync folder"), s.attachmentDisk.SyncDir(path))
}

func (s *stumbling) Rename(from, to string) error {
	if err := s.fails("rename"); err != nil {
		return err
	}
	return s.attachmentDisk.Rename(from, to)
}

func (s *stumbling) Create(path string) (attachmentFile, error) {
	if err := s.fails("create"); err != nil {
		return nil, err
	}
	file, err := s.attachmentDisk.Create(path)
	return &stumblingFile{file, s}, err
}

type stumblingFile struct {
	attachmentFile
	disk *stumbling
}

func (f *stumblingFile) Write(p []byte) (int, error) {
	if f.disk.at != "write" {
		return f.attachmentFile.Write(p)
	}
	fits := min(int64(len(p)), f.disk.full)
	f.disk.full -= fits
	n, err := f.attachmentFile.Write(p[:fits])
	if err == nil && n < len(p) {
		err = f.disk.fails("write")
	}
	return n, err
}

func (f *stumblingFile) Sync() error {
	return errors.Join(f.disk.fails("sync"), f.attachmentFile.Sync())
}

func (f *stumblingFile) Close() error {
	return errors.Join(f.disk.fails("close"), f.attachmentFile.Close())
}

func TestADiskThatFailsAtAnyStepLeavesNothingHalf(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	content := bytes.Repeat([]byte("0123456789abcdef"), 20_000)
	trials := []stumbling{{at: "create"}, {at: "sync"}, {at: "close"}, {at: "rename"}, {at: "sync folder"}, {at: "make folder"}}
	for full := int64(0); full < int64(len(content)); full += 4099 {
		trials = append(trials, stumbling{at: "write", full: full})
	}
	for _, trial := range trials {
		a := freshAttachments(t)
		puts(t, a, "before", "before")
		trial.attachmentDisk = localDisk{}
		a.disk = &trial

		_, err := a.Put(t.Context(), "graph.png", bytes.NewReader(content))

		var trouble *Trouble
		require.ErrorAs(t, err, &trouble, "%s %d", trial.at, trial.full)
		assert.Contains(t, trouble.Error(), "is full")
		a.disk = localDisk{}
		report, err := a.Check(t.Context())
		require.NoError(t, err)
		assert.Empty(t, report.Damaged, "%s %d", trial.at, trial.full)
		assert.Empty(t, report.CutOff, "%s %d", trial.at, trial.full)
		stored, err := a.Put(t.Context(), "graph.png", bytes.NewReader(content))
		require.NoError(t, err)
		assert.Equal(t, int64(len(content)), stored.Bytes)
	}
}
