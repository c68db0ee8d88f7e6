package outside

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withTools is a clipboard whose tools are shell scripts.
func withTools(t *testing.T, system string, scripts map[string]string) Clipboard {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the tools are played by shell scripts")
	}
	folder := t.TempDir()
	for name, script := range scripts {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700))
	}
	return Clipboard{System: system, Within: time.Minute, Find: func(name string) (string, error) {
		if _, ok := scripts[name]; !ok {
			return "", errors.New("not there")
		}
		return filepath.Join(folder, name), nil
	}}
}

const picture = `printf '\211PNG\r\n\032\npicture'`

func TestTheImageOnTheClipboardIsTakenFromTheToolThatIsThere(t *testing.T) {
	for name, c := range map[string]struct {
		system  string
		scripts map[string]string
	}{
		"X11":                        {"linux", map[string]string{"xclip": picture}},
		"Wayland beside X11":         {"linux", map[string]string{"xclip": "exit 1", "wl-paste": picture}},
		"macOS with a tool":          {"darwin", map[string]string{"pngpaste": picture}},
		"macOS as it is":             {"darwin", map[string]string{"osascript": `for last; do :; done; ` + picture + ` > "$last"`}},
		"Windows":                    {"windows", map[string]string{"powershell.exe": `for last; do :; done; ` + picture + ` > "$last"`}},
		"a tool that complains also": {"linux", map[string]string{"xclip": "echo trouble >&2; " + picture}},
	} {
		content, err := withTools(t, c.system, c.scripts).Image(t.Context())
		require.NoError(t, err, name)
		assert.Equal(t, "\x89PNG\r\n\x1a\npicture", string(content), name)
	}
}

func TestWithoutAnImageOrAToolASentenceSaysWhatToDo(t *testing.T) {
	_, err := withTools(t, "linux", nil).Image(t.Context())
	assert.ErrorContains(t, err, "none of these programs is installed: xclip, wl-paste")
	_, err = withTools(t, "linux", map[string]string{"xclip": "exit 1"}).Image(t.Context())
	assert.ErrorContains(t, err, "no image on the clipboard")
	_, err = withTools(t, "linux", map[string]string{"xclip": "echo text"}).Image(t.Context())
	assert.ErrorContains(t, err, "no image on the clipboard")
	_, err = withTools(t, "windows", map[string]string{"powershell.exe": "exit 3"}).Image(t.Context())
	assert.ErrorContains(t, err, "no image on the clipboard")
	_, err = withTools(t, "linux", map[string]string{"xclip": picture + "; exec cat /dev/zero"}).Image(t.Context())
	assert.ErrorContains(t, err, "more than 25 MB")
}

func TestAToolThatHangsIsEnded(t *testing.T) {
	c := withTools(t, "linux", map[string]string{"xclip": "exec sleep 600"})
	c.Within = 100 * time.Millisecond
	_, err := c.Image(t.Context())
	assert.ErrorContains(t, err, "did not answer within 100ms")
}
