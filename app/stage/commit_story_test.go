package stage_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// git runs git in the shop's repository.
func (h *hands) git(args ...string) string {
	h.t.Helper()
	command := exec.CommandContext(h.t.Context(), "git", args...)
	command.Dir = h.shop
	out, err := command.CombinedOutput()
	require.NoError(h.t, err, "git %v: %s", args, out)
	return string(out)
}

func TestThePostMortemIsPreviewedExportedAsAPageTooAndCommittedByKeyboard(t *testing.T) {
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	h := sitDown(t)
	h.git("config", "user.name", "Jane")
	h.git("config", "user.email", "jane@example.org")
	h.git("add", ".")
	h.git("commit", "--quiet", "-m", "first")
	require.NoError(t, os.WriteFile(filepath.Join(h.shop, "half-done.go"), []byte("package shop\n"), 0o644))
	h.git("add", "half-done.go")

	h.press("Ctrl+N").types("Auth Outage").done()
	prefs := h.s.Desk.State().Prefs
	prefs.Page = true
	h.s.Desk.SetPrefs(prefs, "")
	h.press("Ctrl+4", "Ctrl+E")
	require.NotNil(t, h.s.Desk.State().Plan)
	assert.Len(t, h.s.Desk.State().Plan.Steps, 2, "nothing is written, and both forms are shown")
	h.done()
	require.True(t, h.s.Desk.State().Plan.Written)

	h.s.Win.Canvas().FocusPrevious() // from "Back to writing" to "Open folder"
	h.s.Win.Canvas().FocusPrevious() // and on to "Commit these files"
	h.key(fyne.KeySpace)
	require.NotNil(t, h.s.Desk.State().Commit, "the commit is shown")
	assert.Equal(t, "first", strings.TrimSpace(h.git("log", "--format=%s")), "and not made")
	h.done()
	made := h.s.Desk.State().Commit
	require.True(t, made.Made())
	assert.Equal(t, made.ID, strings.TrimSpace(h.git("rev-parse", "HEAD")))
	assert.Equal(t, "A  half-done.go\n", h.git("status", "--porcelain"), "what somebody else staged is staged")
	assert.Equal(t, "Jane", strings.TrimSpace(h.git("log", "-1", "--format=%an")))
	lines := h.incident().Timeline.All()
	assert.Contains(t, lines[len(lines)-1].Text.Get(), "Committed 2 files")

	h.key(fyne.KeyEscape)
	assert.Nil(t, h.s.Desk.State().Commit, "Escape goes back to the files")
	require.NotNil(t, h.s.Desk.State().Plan)
	h.key(fyne.KeyEscape)
	assert.Nil(t, h.s.Desk.State().Plan, "and from there to writing")
}
