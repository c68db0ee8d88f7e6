package stage_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/app/stage"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// hands is a person at the keyboard: no mouse, no network.
type hands struct {
	t      *testing.T
	s      *stage.Stage
	folder string
	shop   string
	away   bool // from the board's card
}

func sitDown(t *testing.T) *hands {
	t.Helper()
	folder := t.TempDir()
	h := &hands{t: t, folder: filepath.Join(folder, "data"), shop: filepath.Join(folder, "shop-api")}
	_, err := repo.Init(h.shop)
	require.NoError(t, err)
	h.open(sample.Alert())
	prefs := h.s.Desk.State().Prefs
	prefs.Repository = h.shop
	h.s.Desk.SetPrefs(prefs, "")
	h.s.Pump()
	return h
}

func (h *hands) open(now time.Time) {
	h.t.Helper()
	s, err := stage.Open(stage.Set{Folder: h.folder, Start: now, Name: "Jane", Size: fyne.NewSize(1280, 800)})
	require.NoError(h.t, err)
	h.s = s
	h.t.Cleanup(s.Close)
}

// at moves the clock to a time of the outage's day.
func (h *hands) at(clock string) *hands {
	h.t.Helper()
	day, err := time.Parse("2006-01-02 15:04", "2024-11-25 "+clock)
	require.NoError(h.t, err)
	h.s.Until(day)
	return h
}

func (h *hands) press(keys ...string) *hands {
	h.t.Helper()
	for _, key := range keys {
		require.NoError(h.t, h.s.Press(key))
	}
	return h
}

func (h *hands) types(text string) *hands {
	h.t.Helper()
	require.NoError(h.t, h.s.Type(text))
	return h
}

func (h *hands) key(names ...fyne.KeyName) *hands {
	for _, name := range names {
		h.s.Key(name)
	}
	return h
}

// board goes to the next action's card, where the caret waits. Once it is there,
// it goes from card to card by itself.
func (h *hands) board() *hands {
	if !h.away {
		return h
	}
	h.away = false
	return h.press("Ctrl+2")
}

// note writes a line from wherever the hands are.
func (h *hands) note(text string) *hands {
	h.away = true
	return h.press("Ctrl+L").types(text).key(fyne.KeyReturn)
}

// done does the screen's main action.
func (h *hands) done() *hands { return h.press("Ctrl+Enter") }

func (h *hands) incident() workflow.Incident { return h.s.Desk.State().Incident }

func (h *hands) next(title string) *hands {
	h.t.Helper()
	require.Equal(h.t, title, h.incident().Next(h.s.Clock.Now()).Title)
	return h
}

// restart quits and starts again, as after a new battery.
func (h *hands) restart() *hands {
	now := h.s.Clock.Now()
	h.s.Close()
	h.open(now)
	return h
}

// kill ends the program as kill -9 does, and starts it again.
func (h *hands) kill() *hands {
	now := h.s.Clock.Now()
	h.s.Kill()
	h.open(now)
	return h
}

func TestTheWholeOutageByKeyboardAloneFrom1432To1519(t *testing.T) {
	h := sitDown(t)

	h.press("Ctrl+N").types("Auth Outage").done()
	h.next("Decide the severity").press("Ctrl+Shift+S").rune('1')
	require.Equal(t, "SEV1", h.incident().Triage.Severity.Get())

	h.next("Impact understood").types("Login broken for all users").done()
	h.at("14:34").note("500 error on /api/auth/login")
	h.at("14:35").command("Acknowledge")
	h.at("14:36").board().next("Stakeholders notified").types("Login is down for everyone. We are on it.").done()
	h.at("14:37").next("Status page updated").types("Investigating login failures").done()
	h.at("14:38").next("Confirm: Before Fix").done()

	h.at("14:39").next("Increment created").types("Users receiving 500 error on login after v1.2.3 deploy.")
	h.s.Pass(time.Second)
	h.kill() // the battery is out: what was typed a second ago is back
	h.next("Increment created").done()
	require.True(t, h.incident().Holds(workflow.IncrementWritten), "the increment is written")
	increment := filepath.Join(h.shop, ".specweave", "increments", h.incident().Fix.Increment.Get().ID)
	assert.Contains(t, read(t, filepath.Join(increment, "spec.md")), "Users receiving 500 error on login after v1.2.3 deploy.")

	h.at("14:42").next("Root cause identified").types("Regex pattern in token validation was changed in PR #423.").done()
	h.at("14:50").next("Minimal fix implemented").types("f3a91c2").key(fyne.KeyTab).types("Reverted the pattern").done()
	h.undoesAndRedoes(workflow.FixImplemented)
	h.at("14:54").next("Critical tests pass").types(`npm test -- --grep "auth"`).done()
	h.at("14:55").next("Confirm: During Fix").done()

	h.at("14:56").next("Deployed to production").types("Read the diff with Bob: one line, and its test").done()
	require.True(t, h.incident().Holds(workflow.ScopeSettled))
	h.next("Deployed to production").done() // the way back, proposed by the playbook
	require.True(t, h.incident().Holds(workflow.RollbackReady))
	h.types("Jane").done() // she recorded the fix: refused beside the field
	require.False(t, h.incident().Holds(workflow.Approved))
	require.False(t, h.incident().Holds(workflow.DeployRecorded), "the gate is closed: nobody approved")
	h.key(fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace).types("Ann").done()
	require.True(t, h.incident().Holds(workflow.Approved))

	h.at("14:58").restart()
	h.next("Tell the stakeholders").types("Cause found, the fix goes out now.").done()
	h.next("Deployed to production").done()
	require.True(t, h.incident().Holds(workflow.DeployRecorded), "the gate is open")
	h.at("15:05").next("Fix verified").types("POST /api/auth/login answers 200").done()
	require.True(t, h.incident().Holds(workflow.FixVerified))
	h.at("15:10").command("Record an update").types("Login works again").done()
	h.at("15:19").board().next("All-clear communicated").done()
	require.Equal(t, workflow.Resolved, h.incident().Stage())
	assert.Equal(t, "47 minutes", h.incident().Metric(workflow.TimeToResolve).String())
	h.next("Post-mortem scheduled").done()
	h.next("Confirm: After Fix").done()

	h.press("Ctrl+4", "Ctrl+Shift+X")
	exports := h.incident().Review.Exports
	require.NotEmpty(t, exports)
	document := read(t, filepath.Join(exports[len(exports)-1].Root, filepath.FromSlash(exports[len(exports)-1].Path)))
	assert.Contains(t, document, "# Post-Mortem: SEV1 Auth Outage 2024-11-25")
	assert.Contains(t, document, "Login broken for all users for 47 minutes.")
	for _, line := range []string{
		"- 14:32 - First alert triggered", "- 14:35 - On-call acknowledged", "- 14:42 - Root cause identified",
		"- 14:58 - Fix deployed", "- 15:05 - Verified fix in production", "- 15:19 - All-clear declared",
	} {
		assert.Contains(t, document, line)
	}
}

// undoesAndRedoes takes the last change back and brings it again.
func (h *hands) undoesAndRedoes(fact workflow.Fact) {
	h.t.Helper()
	require.True(h.t, h.incident().Holds(fact))
	h.press("Ctrl+3", "Ctrl+Z")
	assert.False(h.t, h.incident().Holds(fact), "undone")
	h.press("Ctrl+Shift+Z")
	assert.True(h.t, h.incident().Holds(fact), "done again")
	h.press("Ctrl+2")
}

// command runs a command through the palette.
func (h *hands) command(name string) *hands {
	h.t.Helper()
	h.away = true
	return h.press("Ctrl+K").types(name).key(fyne.KeyReturn)
}

func (h *hands) rune(r rune) *hands {
	if f := h.s.Win.Canvas().Focused(); f != nil {
		f.TypedRune(r)
	}
	h.s.Pump()
	return h
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}
