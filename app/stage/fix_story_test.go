package stage_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/app/stage/fixture"
	"firebreak/workflow"
)

// outage is the shop with the login that broke: a real repository, and a
// production that runs what is deployed from it.
type outage struct {
	*story
	production *fixture.Production
	address    string
}

func shopBreaks(t *testing.T) *outage {
	t.Helper()
	o := breaking(t)
	o.start(sample.Alert().Add(-time.Minute))
	return o
}

// breaking is the outage before anybody looks at a screen.
func breaking(t *testing.T) *outage {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	st := &story{t: t, folder: filepath.Join(folder, "data"), shop: filepath.Join(folder, "shop-api")}
	o := &outage{story: st, production: fixture.NewProduction(st.shop)}
	server := httptest.NewServer(o.production)
	t.Cleanup(server.Close)
	o.address = server.URL
	require.NoError(t, fixture.Make(context.Background(), st.shop, server.URL))
	return o
}

// git is the engineer at the shop's repository.
func (o *outage) git(args ...string) string {
	o.t.Helper()
	command := exec.Command("git", args...)
	command.Dir = o.shop
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_DATE=2024-11-25 14:54:00 +0000", "GIT_COMMITTER_DATE=2024-11-25 14:54:00 +0000")
	out, err := command.CombinedOutput()
	require.NoError(o.t, err, "git %v: %s", args, out)
	return strings.TrimSpace(string(out))
}

// changes writes into a file of the shop.
func (o *outage) changes(name, old, new string) {
	o.t.Helper()
	path := filepath.Join(o.shop, filepath.FromSlash(name))
	text, err := os.ReadFile(path)
	require.NoError(o.t, err)
	require.Contains(o.t, string(text), old)
	require.NoError(o.t, os.WriteFile(path, []byte(strings.Replace(string(text), old, new, 1)), 0o644))
}

// at moves the clock to so many minutes after the first alert.
func (o *outage) at(minutes int) *outage {
	o.story.at(minutes)
	return o
}

func (o *outage) state() session.State { return o.s.Desk.State() }

// looksAround has the desk look at the repository, as it does by itself in a
// window.
func (o *outage) looksAround() *outage {
	o.t.Helper()
	o.waits(o.s.Desk.LookAtRepository)
	return o
}

// as says who is at the keyboard.
func (o *outage) as(who string) *outage {
	prefs := o.state().Prefs
	prefs.Name = who
	o.s.Desk.SetPrefs(prefs, "")
	o.s.Pump()
	return o
}

// tests runs a test command from the desk.
func (o *outage) tests(line string) *outage {
	o.t.Helper()
	o.waits(func(done func(error)) { o.s.Desk.RunTests(session.TestsWanted{Line: line}, done) })
	return o
}

// deploys runs a deploy command of the playbook from the desk.
func (o *outage) deploys(run workflow.DeployRun) error {
	o.t.Helper()
	plan := o.in().PlanDeploy(run, o.in().DeployCommands(run)[0])
	answer := error(nil)
	o.s.Desk.RunDeploy(plan, func(err error) { answer = err })
	o.s.Pump()
	return answer
}

// missing is what a gate says is missing, in one text.
func (o *outage) missing(gate string) string {
	var out []string
	for _, f := range o.in().Gate(gate).Missing() {
		out = append(out, f.Missing)
	}
	return strings.Join(out, "; ")
}

// accepts accepts every command of the playbook, after reading them.
func (o *outage) accepts() *outage {
	o.t.Helper()
	o.waits(func(done func(error)) { o.s.Desk.AcceptCommands(o.in().Playbook.Commands(), done) })
	return o
}

func TestTheOutageOfTheShopFromTheDecisionToTheDocuments(t *testing.T) {
	o := shopBreaks(t)

	// 14:32. Login fails. The playbook of the repository holds, and runs nothing yet.
	policy := o.state().Policy
	require.Equal(t, "Shop", policy.Name)
	o.at(0).does("Jane", sample.Declaration(policy), workflow.Assess{Field: workflow.Symptoms, Text: "500 error on /api/auth/login"})
	o.at(3).does("Bob", workflow.Claim{Role: workflow.Fixer, Person: "Bob"}, workflow.Mark{Milestone: workflow.Acknowledged})
	o.at(4).does("Sam", workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down for everyone."}, workflow.Tell{Channel: workflow.StatusPageChannel})
	o.at(5).does("Jane", workflow.ConfirmPhase{Phase: "before"})
	require.NotEmpty(t, o.state().Trust.Asked)
	o.accepts()

	// Production is watched from the beginning, so that there is a value before the fix.
	o.waits(func(done func(error)) { o.s.Desk.Watch(true, done) })
	o.s.Pass(20 * time.Second)
	assert.Equal(t, "500", o.probe("login").Now)

	// Rollback or hotfix, by facts.
	o.at(8).looksAround()
	o.waits(func(done func(error)) { o.s.Desk.LookBack(workflow.WayHints{}, done) })
	way := o.state().WayBack()
	require.NotNil(t, way, o.state().Way.Says)
	assert.Equal(t, fixture.GoodVersion, way.Good.Name)
	weighed := o.state().Weighed()
	assert.Equal(t, workflow.No, weighed["cannot-roll-back"].Answer, weighed["cannot-roll-back"].Says)
	o.does("Jane", workflow.Choose{
		Option: workflow.HotfixOption, Reason: "the cart in v1.2.2 rounds wrong, and the fix is one line",
		Answers: map[string]string{"previous-has-issues": workflow.Yes}, Facts: weighed, BackTo: way.Good.Name,
	})

	// The increment, the cause, and the fix that does too much.
	o.at(9).does("Bob", workflow.WriteText{Which: workflow.ProblemText, Text: "Users receiving 500 error on login after v1.2.3 deploy."})
	o.waits(o.s.Desk.CreateIncrement)
	o.at(10).does("Bob", workflow.Identify{Cause: "Regex pattern in token validation was changed in PR #423."})
	o.git("checkout", "--quiet", fixture.BadFix)
	o.at(14).does("Bob", workflow.RecordFix{Commit: "HEAD", Summary: "Auth module tidied"})
	o.looksAround()
	bad := o.state().Scope
	assert.GreaterOrEqual(t, len(o.in().ScopeOpen(bad)), 5, "%+v", bad.Findings)
	for _, rule := range []workflow.ScopeRule{workflow.WordsRule, workflow.DependencyRule, workflow.ConfigurationRule, workflow.NoTestRule, workflow.ReformattingRule} {
		assert.True(t, hasRule(bad, rule), "%s is not among %+v", rule, bad.Findings)
	}
	assert.Contains(t, o.missing(workflow.DeployGate), "of the scope guard")
	for _, f := range bad.Findings {
		if f.Rule == workflow.WordsRule {
			o.does("Bob", workflow.SettleFinding{ID: f.ID, Ticket: "Refactor the auth module", Owner: "Bob", Of: &bad})
			break
		}
	}

	// The fix that only fixes.
	o.git("checkout", "--quiet", fixture.GoodFix)
	o.at(18).does("Bob", workflow.RecordFix{Commit: "HEAD", Summary: "Allow dashes in tokens again."})
	o.looksAround()
	good := o.state().Scope
	assert.Empty(t, o.in().ScopeOpen(good), "%+v", good.Findings)
	assert.Equal(t, []string{"src/auth/token.test.js"}, good.Tests)
	assert.True(t, o.in().Holds(workflow.ScopeSettled), o.in().Find(workflow.ScopeSettled).Missing)
	assert.Equal(t, "hotfix/good", o.in().Fix.Change.Get().Branch)
	first := o.git("rev-parse", "HEAD")
	assert.Equal(t, first, o.in().Fix.Change.Get().Commit)

	// Tests run here, for this commit.
	o.as("Bob")
	require.ErrorContains(t, o.refuses(func(done func(error)) {
		o.s.Desk.RunTests(session.TestsWanted{Line: "make test", Typed: true}, done)
	}), "takes too long")
	o.at(20).tests("./scripts/test auth")
	require.True(t, o.in().Holds(workflow.TestsPassed), o.in().Find(workflow.TestsPassed).Missing)
	assert.True(t, o.in().Holds(workflow.RegressionTestAdded), o.in().Find(workflow.RegressionTestAdded).Missing)
	o.does("Bob", workflow.ReadyRollback{Version: fixture.GoodVersion})

	// Approved, amended, void: in words.
	o.isRefused("Bob", workflow.Approve{}, "cannot approve it")
	o.at(21).does("Ann", workflow.Approve{})
	require.Empty(t, o.missing(workflow.DeployGate))
	o.changes("src/auth/token.test.js", "a token with dashes", "a session token with dashes")
	o.git("commit", "--quiet", "--all", "--amend", "--no-edit")
	o.at(22).looksAround()
	second := o.git("rev-parse", "HEAD")
	assert.Equal(t, second, o.in().Fix.Change.Get().Commit, "the fix follows its branch")
	short := workflow.ShortCommit
	assert.Contains(t, o.timeline(), "tests and approval of "+short(first)+" are void")
	assert.Contains(t, o.missing(workflow.DeployGate), "Ann approved "+short(first)+", the fix is "+short(second))
	assert.Contains(t, o.missing(workflow.DeployGate), "the last run was on "+short(first)+", the fix is "+short(second))
	require.Error(t, o.deploys(workflow.DeployRun{Version: "v1.2.4"}), "the gate is closed")
	assert.Equal(t, "500", o.probe("login").Now, "and nothing was run")

	o.at(24).tests("./scripts/test auth")
	o.does("Ann", workflow.Approve{})
	require.Empty(t, o.missing(workflow.DeployGate))
	o.does("Jane", workflow.ConfirmPhase{Phase: "during"})

	// The deploy: first dry, then real.
	require.NoError(t, o.at(25).deploys(workflow.DeployRun{DryRun: true, Version: "v1.2.4"}))
	assert.False(t, o.in().Holds(workflow.DeployRecorded))
	require.NoError(t, o.at(26).deploys(workflow.DeployRun{Version: "v1.2.4"}))
	require.True(t, o.in().Holds(workflow.DeployRecorded), o.timeline())
	last, _ := o.in().LastDeploy()
	assert.Equal(t, "./scripts/deploy production "+second, last.Command)

	// Proven by staying well: a failure starts it again.
	o.isRefused("Jane", workflow.GiveAllClear{}, "closed")
	o.s.Pass(2 * time.Minute)
	assert.Equal(t, "200", o.probe("login").Now)
	assert.Greater(t, o.probe("login").Soaked, time.Minute)
	o.production.Break()
	o.s.Pass(10 * time.Second)
	assert.Zero(t, o.probe("login").Soaked)
	assert.Contains(t, o.missing(workflow.AllClearGate), "failed")
	o.production.Mend()
	o.s.Pass(2 * time.Minute)
	assert.False(t, o.in().Holds(workflow.FixVerified), "it starts again from nothing")
	o.s.Pass(4 * time.Minute)
	require.True(t, o.in().Holds(workflow.FixVerified), o.missing(workflow.AllClearGate))
	o.at(47).does("Jane", workflow.GiveAllClear{}, workflow.Schedule{Owner: "Jane"})
	o.s.Pass(time.Second)
	assert.False(t, o.state().Watching.On, "the looks end with the incident")

	// The document.
	o.at(60).does("Jane",
		workflow.WriteSection{Section: workflow.LessonsSection, Text: "1. Token validation changes need specific test cases"},
		workflow.ConfirmPhase{Phase: "after"})
	document := o.exports()
	for _, part := range []string{
		"## Decision\n", "Hotfix chosen by Jane at 2024-11-25 14:40 UTC: the cart in v1.2.2 rounds wrong, and the fix is one line",
		"## Resolution\n", "- Fix: Allow dashes in tokens again (commit " + short(second) + ", ",
		"- Left for a ticket by Bob: ", "Refactor the auth module",
		"- Tests passed: ./scripts/test auth (", "on " + short(first) + ", which is not the fix any more",
		"- Approved by Ann for " + short(first) + ", which is not the fix any more\n- Approved by Ann\n",
		"- Way back: ./scripts/rollback v1.2.2 (to v1.2.2)", "- Deployed v1.2.4 at 2024-11-25 14:58 UTC",
		"## Verification\n", "- Login answers 200: passed (", "before 500, after 200", "- Auth errors are decreasing: passed (",
		"## Action Items\n- [ ] Refactor the auth module (process, Bob)",
	} {
		assert.Contains(t, document, part)
	}
	assert.NotRegexp(t, `\b[0-9a-f]{12,40}\b`, withoutFront(document), "whole ids of commits are no reading")
}

// probe is how a probe of the playbook stands.
func (o *outage) probe(id string) session.ProbeState {
	o.t.Helper()
	for _, p := range o.state().Watching.Probes {
		if p.Probe.ID == id {
			return p
		}
	}
	require.Failf(o.t, "no such probe", "%s", id)
	return session.ProbeState{}
}

// refuses asks for something of the desk that it refuses.
func (o *outage) refuses(call func(done func(error))) (answer error) {
	o.t.Helper()
	call(func(err error) { answer = err })
	o.s.Pump()
	return answer
}

// timeline is every line of it.
func (o *outage) timeline() string {
	var lines []string
	for _, e := range o.in().Timeline.All() {
		lines = append(lines, e.Text.Get())
	}
	return strings.Join(lines, "\n")
}

// exports writes the post-mortem into the repository, and reads it.
func (o *outage) exports() string {
	o.t.Helper()
	o.waits(func(done func(error)) { o.s.Desk.Export(nil, done, session.PostmortemDocument) })
	for _, text := range o.written() {
		if strings.Contains(text, "# Post-Mortem: ") {
			return text
		}
	}
	require.Fail(o.t, "there is no post-mortem")
	return ""
}

func withoutFront(document string) string {
	_, body, _ := strings.Cut(document, "\n# Post-Mortem: ")
	return body
}

func hasRule(j workflow.ScopeJudgement, rule workflow.ScopeRule) bool {
	for _, f := range j.Findings {
		if f.Rule == rule {
			return true
		}
	}
	return false
}
