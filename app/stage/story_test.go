package stage_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/app/stage"
	"firebreak/data/repo"
	"firebreak/workflow"
)

var update = flag.Bool("update", false, "write the golden files anew")

// story is the whole program on a real store, told in the user's words.
type story struct {
	t            *testing.T
	folder, shop string
	s            *stage.Stage
	ids          int
	live         bool // files are watched
}

func begin(t *testing.T) *story {
	t.Helper()
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	st := &story{t: t, folder: filepath.Join(folder, "data"), shop: filepath.Join(folder, "shop-api")}
	_, err = repo.Init(st.shop)
	require.NoError(t, err)
	st.start(sample.Alert().Add(-time.Minute))
	return st
}

func (st *story) start(now time.Time) {
	st.t.Helper()
	s, err := stage.Open(stage.Set{Folder: st.folder, Repository: st.shop, Start: now, Name: "Jane", Size: fyne.NewSize(800, 600), Live: st.live, NewID: func() workflow.EventID {
		st.ids++
		return workflow.EventID(fmt.Sprintf("01935b7f-0000-7000-8000-%012d", st.ids))
	}})
	require.NoError(st.t, err)
	st.s = s
	st.t.Cleanup(s.Close)
}

func (st *story) in() workflow.Incident { return st.s.Desk.State().Incident }

// at moves the clock to so many minutes after the first alert.
func (st *story) at(minutes int) *story {
	st.s.Until(sample.Alert().Add(time.Duration(minutes) * time.Minute))
	return st
}

// asks asks for something and says how it ended.
func (st *story) asks(who string, want workflow.Intent) (answer error) {
	st.t.Helper()
	answer = errors.New("nobody answered")
	st.s.Desk.DoAs(who, want, func(err error) { answer = err })
	st.s.Pump()
	return answer
}

func (st *story) does(who string, wants ...workflow.Intent) *story {
	st.t.Helper()
	for _, want := range wants {
		require.NoError(st.t, st.asks(who, want), "%T", want)
	}
	return st
}

// isRefused asks for something that the workflow does not allow.
func (st *story) isRefused(who string, want workflow.Intent, because string) *story {
	st.t.Helper()
	var rule *workflow.RuleError
	require.ErrorAs(st.t, st.asks(who, want), &rule)
	assert.Contains(st.t, rule.Says, because)
	return st
}

// waits calls something of the desk that answers later.
func (st *story) waits(call func(done func(error))) {
	st.t.Helper()
	answer := errors.New("nobody answered")
	call(func(err error) { answer = err })
	st.s.Pump()
	require.NoError(st.t, answer)
}

// loses power and starts again on the same disk.
func (st *story) losesPower() *story {
	st.t.Helper()
	now := st.s.Clock.Now()
	st.s.Kill()
	st.start(now.Add(20 * time.Second))
	return st
}

func (st *story) next() string { return st.in().Next(st.s.Clock.Now()).Title }

// written are the files of the repository but for git's own.
func (st *story) written() map[string]string {
	st.t.Helper()
	out := map[string]string{}
	require.NoError(st.t, filepath.WalkDir(st.shop, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if e != nil && e.Name() == ".git" {
				return filepath.SkipDir
			}
			return err
		}
		name, err := filepath.Rel(st.shop, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		out[filepath.ToSlash(name)] = string(text)
		return err
	}))
	return out
}

// golden compares what was written with the folder of golden files.
func (st *story) golden(folder string) {
	st.t.Helper()
	got := st.written()
	if *update {
		require.NoError(st.t, os.RemoveAll(folder))
		for name, text := range got {
			path := filepath.Join(folder, filepath.FromSlash(hidden.Replace(name)))
			require.NoError(st.t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(st.t, os.WriteFile(path, []byte(text), 0o644))
		}
	}
	want := map[string]string{}
	for name := range got {
		text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(hidden.Replace(name))))
		assert.NoError(st.t, err, "run the tests of this package with -update")
		want[name] = string(text)
	}
	for name := range got {
		assert.Equal(st.t, want[name], got[name], name)
	}
}

// hidden keeps folders with a dot in front in sight among the golden files.
var hidden = strings.NewReplacer(".specweave", "specweave", ".claude", "claude")

func TestTheAuthOutageFromTheFirstAlertToTheDocuments(t *testing.T) {
	st := begin(t)
	policy := st.s.Desk.State().Policy

	// 14:32. The alert; one line declares it.
	st.at(0).does("Jane", sample.Declaration(policy))
	assert.Equal(t, "Impact understood", withoutImpact(st))
	st.does("Jane", workflow.Assess{Field: workflow.Symptoms, Text: "500 error on /api/auth/login"})
	st.at(2).does("Sam", workflow.Tell{Channel: workflow.OnCallChannel})
	st.at(3).does("Bob", workflow.Mark{Milestone: workflow.Acknowledged}, workflow.Claim{Role: workflow.Fixer, Person: "Bob"})
	st.at(4).does("Sam", workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down for everyone."}, workflow.Tell{Channel: workflow.StatusPageChannel})
	st.does("Jane", workflow.ConfirmPhase{Phase: "before"})

	// A note in the wrong words is taken back, and half a note is typed when the power goes.
	st.does("Sam", workflow.Note{Text: "restarted the databse"})
	st.waits(st.s.Desk.Undo)
	st.waits(st.s.Desk.Redo)
	st.waits(st.s.Desk.Undo)
	st.s.Desk.Draft("composer", "restarted the data")
	st.s.Pass(time.Second)
	entries := st.in().Timeline.Shown()
	st.losesPower()
	assert.Equal(t, "Auth Outage", st.in().Triage.Title.Get(), "the incident is back on the desk")
	assert.Equal(t, entries, st.in().Timeline.Shown(), "with everything that was saved")
	assert.Equal(t, "restarted the data", st.s.Desk.State().Drafts["composer"].Text, "and with what was half typed")
	st.s.Desk.Do(workflow.Note{Text: "restarted the database"}, nil, "composer")
	st.s.Pump()
	assert.Empty(t, st.s.Desk.State().Drafts["composer"].Text)

	// The fix.
	st.at(8).does("Bob", workflow.WriteText{Which: workflow.ProblemText, Text: "Users receiving 500 error on login after v1.2.3 deploy."})
	st.does("Bob", workflow.WriteText{Which: workflow.FixText, Text: "Revert token validation to previous behavior."})
	st.at(9)
	st.waits(st.s.Desk.CreateIncrement)
	st.at(10).does("Bob", workflow.Identify{Cause: "Regex pattern in token validation was changed in PR #423."})
	st.at(12).does("Jane", workflow.Choose{Option: workflow.HotfixOption, Reason: "the fix is one line"})
	st.at(18).does("Bob", workflow.RecordFix{Commit: "f3a91c2", Summary: "One line, the previous pattern."})
	deploy := workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.4"}}
	st.isRefused("Bob", deploy, "Run the critical tests and record the result")
	st.isRefused("Bob", workflow.Approve{}, "cannot approve it")
	st.isRefused("Bob", workflow.RecordTest{Run: workflow.TestRun{Command: "npm test", Suite: "full", Passed: true}}, "takes too long")
	st.at(22).does("Bob", workflow.RecordTest{Run: workflow.TestRun{Command: `npm test -- --grep "auth"`, Passed: true}}, workflow.RecordScope{ByHand: "one line, and its test"}, workflow.ReadyRollback{Version: "v1.2.2"})
	st.isRefused("Bob", deploy, "Get one approval, not from the fixer")
	st.at(24).does("Ann", workflow.Approve{})
	st.does("Jane", workflow.ConfirmPhase{Phase: "during"})
	st.at(26).does("Bob", deploy)

	// Proof, the end, and the night.
	st.isRefused("Jane", workflow.GiveAllClear{}, "Verify the fix in production")
	st.at(33).does("Bob", workflow.RecordCheck{Check: workflow.Check{What: "POST /api/auth/login answers 200", Outcome: workflow.CheckPassed, Before: "500", After: "200"}})
	st.losesPower()
	st.at(47).does("Jane", workflow.GiveAllClear{})
	assert.Equal(t, workflow.Resolved, st.in().Stage())
	assert.Equal(t, "47 minutes", st.in().Metric(workflow.TimeToResolve).String())
	assert.Equal(t, "Post-mortem scheduled", st.next())
	st.s.Close()

	// The next morning.
	st.start(sample.Alert().Add(18 * time.Hour))
	id := st.s.Desk.State().History[0].ID
	st.waits(func(done func(error)) { st.s.Desk.OpenIncident(id, done) })
	st.does("Jane", workflow.Schedule{When: workflow.StampAt(sample.Alert().Add(20*time.Hour), time.UTC)}, workflow.ConfirmPhase{Phase: "after"})
	st.does("Jane",
		workflow.WriteSection{Section: workflow.LessonsSection, Text: "1. Token validation changes need specific test cases"},
		workflow.AddAction{Text: "Add regression test for dash-containing tokens", Owner: "Bob", Due: "2024-12-05"})
	assert.Equal(t, "Export the post-mortem", st.next())
	st.waits(func(done func(error)) {
		st.s.Desk.Export(nil, done, session.IncrementDocument, session.PostmortemDocument)
	})
	st.does("Jane", workflow.SetReview{State: workflow.Final})
	assert.Equal(t, workflow.Closed, st.in().Stage())
	st.golden(filepath.Join("testdata", "outage"))

	// Whatever the log says can be read again by a new program.
	shown := st.in().Summary()
	st.s.Close()
	st.start(sample.Alert().Add(19 * time.Hour))
	assert.Equal(t, shown, st.s.Desk.State().History[0])
}

// withoutImpact is the next step when the declaration's impact is taken back.
func withoutImpact(st *story) string {
	st.does("Jane", workflow.Assess{Field: workflow.Impact})
	title := st.next()
	st.does("Jane", workflow.Assess{Field: workflow.Impact, Text: "Login broken for all users"})
	return title
}
