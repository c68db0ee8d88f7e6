package stage_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/view"
	"firebreak/workflow"
)

// pastedKey is a made-up key, put together here so that no scanner of
// repositories finds one in this file.
var pastedKey = "gh" + "p_" + strings.Repeat("aB3dE5gH7jK9", 3)

// holding are the files below a folder that hold a text, its backups apart.
func (st *story) holding(folder, text string) (found []string) {
	st.t.Helper()
	require.NoError(st.t, filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.Name() == "backups" {
			return fs.SkipDir
		}
		if e.IsDir() {
			return nil
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) {
			found = append(found, path)
		}
		return err
	}))
	return found
}

func (st *story) presses(keys ...string) *story {
	st.t.Helper()
	for _, key := range keys {
		switch {
		case key == "Tab":
			st.s.Win.Canvas().FocusNext()
		case len(key) == 1:
			require.NoError(st.t, st.s.Type(key), key)
		default:
			require.NoError(st.t, st.s.Press(key), key)
		}
		st.s.Pass(time.Second)
	}
	return st
}

func (st *story) finding() workflow.Judgement {
	return st.in().Judged(workflow.NewSecret("", pastedKey).Fingerprint(st.in().ID))
}

func TestAKeyThatWasPastedIsHeldBackRedactedAndBlottedOutByKeyboardAlone(t *testing.T) {
	st := begin(t)
	st.declares()
	st.goes(view.TimelineScreen)
	st.presses("Ctrl+L")
	require.NoError(t, st.s.Type("the deploy job printed "+pastedKey+" into its log"))
	st.s.Key(fyne.KeyReturn)
	st.s.Pass(time.Second)
	require.NoError(t, st.s.Type("and again "+pastedKey)) // half-typed
	st.s.Pass(2 * time.Second)
	st.s.Shell.Run("search.everything")

	st.presses("Ctrl+E", "Ctrl+Shift+X")
	for name, text := range st.written() {
		assert.NotContains(t, text, pastedKey, name)
	}
	require.Len(t, st.s.Desk.State().Leaks.List, 1, "the export was held back, and the list is there")
	st.presses("r", "Esc", "Ctrl+Shift+X")
	redacted := 0
	for name, text := range st.written() {
		assert.NotContains(t, text, pastedKey, name)
		redacted += strings.Count(text, "redacted: GitHub access token")
	}
	assert.NotZero(t, redacted)
	assert.Equal(t, workflow.RedactLeak, st.finding().Verdict)

	st.losesPower()
	assert.Equal(t, workflow.RedactLeak, st.finding().Verdict, "what was decided is remembered")
	assert.Contains(t, st.shell("redact", "--json"), `"verdict": "redact"`, "a terminal knows it too")

	st.presses("Ctrl+Shift+L", "b")
	blot := func() int {
		n := 0
		st.in().EachEvent(func(e *workflow.Event) bool { n += len(e.Blots); return true })
		return n
	}
	assert.Zero(t, blot(), "it asks first")
	st.presses("Tab") // from the key's answer, which is no
	st.s.Key(fyne.KeyReturn)
	st.s.Pass(time.Second)
	assert.Equal(t, 1, blot())
	assert.Empty(t, st.s.Desk.State().Leaks.List)
	assert.Equal(t, "and again [redacted: GitHub access token]", st.s.Desk.State().Drafts["composer"].Text)
	assert.Contains(t, st.shell("doctor"), "read and whole")
	st.s.Close()
	assert.Empty(t, st.holding(st.folder, pastedKey), "it is in no file of the data folder but the backups")
}
