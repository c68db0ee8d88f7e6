package journal_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/journal"
)

func open(t *testing.T, level journal.Level) (*journal.Journal, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "logs")
	j, err := journal.Open(folder, level)
	require.NoError(t, err)
	t.Cleanup(func() { _ = j.Close() })
	return j, filepath.Join(folder, "firebreak.log")
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func TestALineSaysWhatHappenedHowLongItTookAndWhatKindOfErrorItWas(t *testing.T) {
	j, path := open(t, journal.Info)
	j.Info("store.opened", journal.Took(31*time.Millisecond), journal.Count("incidents", 3), journal.Is("platform", "linux"))
	j.Error("append.failed", journal.Failed(&fs.PathError{Op: "write", Path: "/home/jane/secret-merger", Err: syscall.ENOSPC}))
	text := read(t, path)
	assert.Contains(t, text, "level=INFO msg=store.opened ms=31 incidents=3 platform=linux")
	assert.Contains(t, text, fmt.Sprintf(`msg=append.failed error="*fs.PathError > errno %d"`, int(syscall.ENOSPC)))
	assert.NotContains(t, text, "merger")
}

func TestTheKindOfAnErrorNeverHoldsItsWords(t *testing.T) {
	secret := errors.New("secret")
	for want, err := range map[string]error{
		"none":                                 nil,
		"*errors.errorString":                  secret,
		"*fmt.wrapError > *errors.errorString": fmt.Errorf("secret %w", secret),
		"*errors.joinError > cancelled":        errors.Join(nil, context.Canceled, secret),
		"too late":                             context.DeadlineExceeded,
		"*fmt.wrapError > journal_test.numbered 13": fmt.Errorf("secret: %w", numbered(13)),
	} {
		assert.Equal(t, want, journal.Kind(err))
	}
	deep := secret
	for range 1000 {
		deep = fmt.Errorf("secret: %w", deep)
	}
	assert.NotContains(t, journal.Kind(deep), "secret")
	assert.Less(t, len(journal.Kind(deep)), 500)
}

type numbered int

func (n numbered) Error() string { return "secret" }
func (n numbered) Code() int     { return int(n) }

func TestTheLevelSaysHowMuchIsWritten(t *testing.T) {
	all := []string{"d.", "i.", "w.", "e."}
	for level, want := range map[journal.Level][]string{
		journal.Debug: all, journal.Info: all[1:], journal.Warn: all[2:], journal.Error: all[3:],
	} {
		j, path := open(t, level)
		j.Debug("d.")
		j.Info("i.")
		j.Warn("w.")
		j.Error("e.")
		var got []string
		for line := range strings.Lines(read(t, path)) {
			_, message, _ := strings.Cut(line, "msg=")
			got = append(got, strings.TrimSpace(message))
		}
		assert.Equal(t, want, got, level)
	}
	none, err := journal.Open(filepath.Join(t.TempDir(), "logs"), journal.Off)
	require.NoError(t, err)
	none.Error("nothing is written, and nothing breaks")
	assert.NoError(t, none.Close())
}

func TestALevelIsReadAsItIsTyped(t *testing.T) {
	for typed, want := range map[string]journal.Level{"": journal.Info, "off": journal.Off, "debug": journal.Debug} {
		got, err := journal.ReadLevel(typed)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := journal.ReadLevel("loud")
	assert.ErrorContains(t, err, "off, error, warn, info, debug")
}

func TestOnlyThePersonHerselfCanReadItAndItDoesNotGrowForEver(t *testing.T) {
	j, path := open(t, journal.Info)
	require.NoError(t, os.Chmod(path, 0o644))
	require.NoError(t, j.Close())
	j, err := journal.Open(filepath.Dir(path), journal.Info)
	require.NoError(t, err)
	for range 60_000 {
		j.Info("a line of some length, so that the file is full before long", journal.Count("n", 1234567))
	}
	require.NoError(t, j.Close())
	files, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Greater(t, len(files), 2, "it is turned over")
	for _, f := range files {
		info, err := f.Info()
		require.NoError(t, err)
		assert.Equal(t, fs.FileMode(0o600), info.Mode().Perm(), f.Name())
		assert.LessOrEqual(t, info.Size(), int64(2<<20))
	}
	folder, err := os.Stat(filepath.Dir(path))
	require.NoError(t, err)
	assert.Equal(t, fs.FileMode(0o700), folder.Mode().Perm())
}

func TestAFolderThatCannotBeWrittenIsTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	j, err := journal.Open(filepath.Join(file, "logs"), journal.Info)
	require.Error(t, err)
	j.Info("goes nowhere")
	assert.NoError(t, j.Close())
}
