package house_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/house"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/assets"
	"firebreak/data"
	"firebreak/data/repo"
	"firebreak/workflow"
)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time                     { return c.now }
func (c *clock) Steady() time.Duration              { return c.now.Sub(sample.Alert()) }
func (c *clock) After(time.Duration, func()) func() { return func() {} }

// home is a house with a desk in it, on one queue.
type home struct {
	t     *testing.T
	house *house.House
	desk  *session.Desk
	clock *clock
	queue []func()
}

func moveIn(t *testing.T, folder string) *home {
	t.Helper()
	places, err := data.FindPlaces(folder)
	require.NoError(t, err)
	h := &home{t: t, clock: &clock{now: sample.Alert()}}
	h.house, err = house.Build(t.Context(), house.Named{Places: places, Clock: h.clock})
	require.NoError(t, err)
	t.Cleanup(h.house.Close)
	add := func(f func()) { h.queue = append(h.queue, f) }
	h.desk, err = h.house.Desk(t.Context(), session.Threads{UI: add, Work: add}, "Jane", func() *time.Location { return time.UTC }, nil)
	require.NoError(t, err)
	return h
}

func (h *home) pump() {
	for len(h.queue) > 0 {
		first := h.queue[0]
		h.queue = h.queue[1:]
		first()
	}
}

func (h *home) do(want workflow.Intent) {
	h.t.Helper()
	h.desk.Do(want, func(err error) { assert.NoError(h.t, err) })
	h.pump()
}

func (h *home) sample(open, reset bool) {
	h.t.Helper()
	answered := false
	h.house.SwitchSample(h.desk, open, reset, func(err error) { answered = true; assert.NoError(h.t, err) })
	h.pump()
	assert.True(h.t, answered)
}

func (h *home) state() session.State { return h.desk.State() }

func TestTheSampleIsPlayedUpToWhereThePersonTakesOver(t *testing.T) {
	h := moveIn(t, t.TempDir())
	h.do(workflow.Declare{Title: "real", Severity: "SEV2", Playbook: h.state().Policy})
	h.sample(true, false)
	in := h.state().Incident
	assert.True(t, h.state().Sample && in.Sample)
	assert.Equal(t, sample.Title, in.Triage.Title.Get())
	assert.True(t, in.Holds(workflow.RootCauseIdentified), "the cause is known")
	assert.False(t, in.Holds(workflow.DecisionMade), "and the person goes on from there")
	assert.Equal(t, 12*time.Minute, in.Response(h.clock.now).Since, "it burns now, not in 2024")
	increment := in.Fix.Increment.Get()
	assert.FileExists(t, filepath.Join(increment.Root, filepath.FromSlash(increment.Path), "spec.md"))

	h.do(workflow.Note{Text: "played"})
	h.sample(false, false)
	assert.Equal(t, "real", h.state().Incident.Triage.Title.Get())
	assert.Len(t, h.state().History, 1, "nothing of the sample is in the real history")
	h.sample(true, false)
	assert.Len(t, h.state().History, 1, "it is played once")
	assert.Equal(t, in.Timeline.Shown()+1, h.state().Incident.Timeline.Shown(), "and is as it was left")
}

func TestTheSampleIsThrownAwayFromInsideIt(t *testing.T) {
	h := moveIn(t, t.TempDir())
	h.sample(true, false)
	first := h.state().Incident
	h.do(workflow.Note{Text: "played"})
	h.desk.Draft("composer", "half typed")
	h.sample(true, true)
	assert.NotEqual(t, first.ID, h.state().Incident.ID)
	assert.Equal(t, first.Timeline.Shown(), h.state().Incident.Timeline.Shown(), "from the beginning")
	assert.Empty(t, h.state().Drafts)
	h.do(workflow.Note{Text: "played again"})
	assert.Empty(t, h.state().Saved.Trouble)
}

func TestWhatIsInTheHouseIsThereAfterARestart(t *testing.T) {
	folder := t.TempDir()
	h := moveIn(t, folder)
	h.do(workflow.Declare{Title: "real", Severity: "SEV1", Playbook: h.state().Policy})
	h.desk.Draft("composer", "half")
	closed := false
	h.desk.Close(func() { closed = true })
	h.pump()
	assert.True(t, closed)
	h.house.Close()

	again := moveIn(t, folder)
	assert.Equal(t, "real", again.state().Incident.Triage.Title.Get())
	assert.Equal(t, "half", again.state().Drafts["composer"].Text)
}

func TestATeamsPlaybookIsInForceAndAFaultyOneSaysWhy(t *testing.T) {
	h := moveIn(t, t.TempDir())
	shop, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	_, err = repo.Init(shop)
	require.NoError(t, err)
	use := func() {
		prefs := h.state().Prefs
		prefs.Repository = shop
		h.desk.SetPrefs(prefs, "")
		h.desk.FindRepository()
		h.pump()
	}
	use()
	assert.Equal(t, "Firebreak default", h.state().Policy.Name)
	assert.Empty(t, h.state().Fault)

	path := filepath.Join(shop, ".firebreak", "playbook.yaml")
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	ours := strings.Replace(string(assets.Playbook()), "name: Firebreak default", "name: Ours", 1)
	require.NoError(t, os.WriteFile(path, []byte(ours), 0o644))
	use()
	assert.Equal(t, "Ours", h.state().Policy.Name)
	require.NoError(t, os.WriteFile(path, []byte("name: Broken\nlevels: ["), 0o644))
	use()
	assert.Equal(t, "Ours", h.state().Policy.Name, "the last good one stays in force")
	assert.NotEmpty(t, h.state().Fault)

	prefs := h.state().Prefs
	prefs.Repository = ""
	h.desk.SetPrefs(prefs, "")
	h.pump()
	assert.Equal(t, "Firebreak default", h.state().Policy.Name)
	assert.Empty(t, h.state().Fault, "without a repository nobody's playbook is faulty")
}
