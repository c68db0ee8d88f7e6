package data

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// withFile is a store whose log names a file, and the folder that it lies in.
func withFile(t *testing.T, text string) (*Store, *Attachments, workflow.Attachment) {
	t.Helper()
	s := openNew(t)
	files := AttachmentsIn(filepath.Join(filepath.Dir(s.path), "attachments"))
	file, err := files.Put(t.Context(), "screen.txt", strings.NewReader(text))
	require.NoError(t, err)
	e := note("inc", s.Device(), 0, "see the file")
	e.Body = workflow.Noted{Type: workflow.NoteEntry, Text: "see the file", Attachments: []workflow.Attachment{file}}
	_, _, err = s.Append(t.Context(), Batch{Incident: "inc", Events: []workflow.Event{e}, Summary: summary("inc")})
	require.NoError(t, err)
	return s, files, file
}

func TestATimedBackupKeepsEachAttachedFileOnceBesideTheBackups(t *testing.T) {
	s, files, file := withFile(t, "the dashboard at 14:32")
	made := backupOf(t, s, BackupWish{Why: Timed, Attachments: files.Folder()})
	assert.Zero(t, made.Files)
	beside := AttachmentsIn(filepath.Join(filepath.Dir(made.Path), "attachments"))
	kept := beside.path(file.SHA256)
	was, err := os.Stat(kept)
	require.NoError(t, err)
	backupOf(t, s, BackupWish{Why: Timed, Attachments: files.Folder()})
	is, err := os.Stat(kept)
	require.NoError(t, err)
	assert.True(t, os.SameFile(was, is), "it is not written again")

	require.NoError(t, s.Close())
	require.NoError(t, os.RemoveAll(files.Folder()))
	done, err := Restore(t.Context(), RestoreWish{Database: s.path, From: made.Path, Attachments: files.Folder(), Clock: later})
	require.NoError(t, err)
	assert.Equal(t, 1, done.Files)
	content, err := files.Read(t.Context(), file.SHA256)
	require.NoError(t, err)
	assert.Equal(t, "the dashboard at 14:32", string(content))
	again, err := Open(t.Context(), s.path, options())
	require.NoError(t, err)
	*s = *again // closed at the end of the test
}

func TestABackupOfOnesOwnCarriesTheFilesInside(t *testing.T) {
	s, files, file := withFile(t, strings.Repeat("the dashboard at 14:32\n", 100_000))
	to := filepath.Join(t.TempDir(), "mine.db")
	made := backupOf(t, s, BackupWish{To: to, Attachments: files.Folder()})
	assert.Equal(t, 1, made.Files)
	assert.Equal(t, VerdictSound, made.Verdict)
	checked, err := CheckBackup(t.Context(), to, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, checked.Files)
	assert.Empty(t, filesBut(t, filepath.Dir(to), "mine.db"))

	path := filepath.Join(t.TempDir(), "elsewhere", "firebreak.db")
	back := AttachmentsIn(filepath.Join(filepath.Dir(path), "attachments"))
	done, err := Restore(t.Context(), RestoreWish{Database: path, From: to, Attachments: back.Folder(), Clock: later})
	require.NoError(t, err)
	assert.Equal(t, 1, done.Files)
	state, err := back.Look(t.Context(), file.SHA256)
	require.NoError(t, err)
	assert.Equal(t, AttachmentWhole, state)
	restored := openAt(t, path)
	assertSound(t, restored, 1)
	assert.Less(t, size(path), made.Bytes-2_000_000, "the files are not kept twice")
}

func filesBut(t *testing.T, dir, name string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		if e.Name() != name {
			out = append(out, e.Name())
		}
	}
	return out
}

func TestAnAttachedFileThatCannotBeReadIsLeftOutAndCounted(t *testing.T) {
	s, files, file := withFile(t, "whole")
	require.NoError(t, os.WriteFile(files.path(file.SHA256), []byte("other"), 0o600))
	made := backupOf(t, s, BackupWish{Attachments: files.Folder()})
	assert.Equal(t, 1, made.Left)
	assert.NoFileExists(t, filepath.Join(filepath.Dir(made.Path), "attachments", file.SHA256[:2], file.SHA256))
	mine := backupOf(t, s, BackupWish{To: filepath.Join(t.TempDir(), "mine.db"), Attachments: files.Folder()})
	assert.Equal(t, 1, mine.Left)
	assert.Zero(t, mine.Files)
}
