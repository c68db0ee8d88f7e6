package workflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestWhichSuiteACommandRuns(t *testing.T) {
	t.Parallel()
	p := fire(t).in.Playbook
	touched := []string{"src/auth/token.js", "src/auth/token.test.ts", "auth/token_test.go", "tests/test_login.py"}
	for line, want := range map[string]workflow.Suite{
		"npm test":                                      "full",
		"  npm   test ":                                 "full",
		"npm test --silent":                             "full",
		"npm test --":                                   "full",
		"CI=1 npm test":                                 "full",
		"env CI=1 npm test":                             "full",
		"time go test -v -count=1 ./...":                "full",
		"go test -race ./...":                           "full",
		"/usr/local/go/bin/go test ./...":               "full",
		"pytest -q":                                     "full",
		"./gradlew test":                                "full",
		"NPM TEST":                                      "full",
		"make test":                                     "full",
		`npm test -- --grep "auth"`:                     workflow.CriticalSuite,
		"npm test -- --grep=auth":                       workflow.CriticalSuite,
		"npm test -- src/auth":                          workflow.CriticalSuite,
		"npm run test:smoke":                            workflow.CriticalSuite,
		"go test ./billing":                             workflow.CriticalSuite,
		"go test -run TestToken ./...":                  workflow.CriticalSuite,
		"go test ./... -run TestToken":                  workflow.CriticalSuite,
		"pytest -k login":                               workflow.CriticalSuite,
		"make test-auth":                                workflow.CriticalSuite,
		"mvn test -Dtest=TokenTest":                     workflow.CriticalSuite,
		"npm test -- src/auth/token.test.ts":            workflow.RegressionSuite,
		"npx jest token.test.ts":                        workflow.RegressionSuite,
		"go test ./auth":                                workflow.RegressionSuite,
		"go test ./auth/... -run TestDashes":            workflow.RegressionSuite,
		"pytest tests/test_login.py::test_dashes -v":    workflow.RegressionSuite,
		"npm run bench":                                 workflow.CriticalSuite,
		"npm run test:perf":                             "performance",
		"go test -bench=. ./auth":                       "performance",
		"k6 run load.js":                                "performance",
		"npx cypress run":                               "e2e",
		"npx playwright test checkout":                  "e2e",
		"npx cypress run --spec cypress/e2e/auth.cy.js": workflow.CriticalSuite,
		"npm run e2e -- token":                          workflow.CriticalSuite,
		"npm run e2e -- src":                            "e2e",
		`sh -c "npm test | tee log"`:                    workflow.CriticalSuite,
		"npm test | tee log":                            workflow.CriticalSuite,
	} {
		got, refused, why := p.SuiteOf(line, touched)
		assert.Equal(t, want, got, line)
		assert.Equal(t, want != workflow.CriticalSuite && want != workflow.RegressionSuite, refused != nil, line)
		if refused != nil {
			assert.NotEmpty(t, why, line)
		}
	}
	_, _, why := p.SuiteOf("npm run e2e -- token", touched)
	assert.Equal(t, "it names token, which the fix touches", why)
	suite, _, _ := p.SuiteOf("", nil)
	assert.Equal(t, workflow.CriticalSuite, suite)
}

func TestASuiteThatIsNotRunNowIsRefusedByItsCommandAndOverriddenByName(t *testing.T) {
	t.Parallel()
	s := fire(t).fixed("abc1234")
	rule := s.refuses(ran("npm test", "", true), "test.not-now")
	assert.Equal(t, `A hotfix does not run the full suite: takes too long (the playbook counts "npm test" as the Full test suite). Run the critical paths, or say why it is needed now.`, rule.Says)
	s.refuses(ran("npm test", workflow.CriticalSuite, true), "test.not-now")
	_, err := s.in.MayRun("npm test", nil, " ")
	require.Error(t, err)
	suite, err := s.in.MayRun("npm test", nil, "the build changed")
	require.NoError(t, err)
	assert.EqualValues(t, "full", suite)

	s.do(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test", Passed: true, Override: "the build changed"}})
	run := s.in.Proof.Runs[0]
	assert.EqualValues(t, "full", run.Suite)
	assert.Equal(t, "Jane", run.OverrideBy, "who was asked is on record")
	assert.Equal(t, "Tests passed: npm test on abc1234 (full suite, because the build changed, says Jane)", s.last().Text.Get())
	assert.True(t, s.in.Holds(workflow.TestsPassed))

	s.do(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true, Override: "no need", OverrideBy: "Bob"}})
	assert.Empty(t, s.in.Proof.Runs[1].Override+s.in.Proof.Runs[1].OverrideBy, "what needs no override has none")
}

func TestARunThatWasSeenIsJudgedByHowItEnded(t *testing.T) {
	t.Parallel()
	seen := func(ending workflow.RunEnding, exit int) workflow.RecordTest {
		return workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true, Ending: ending, Exit: exit, From: workflow.SeenHere, Took: 41*time.Second + 300*time.Millisecond}}
	}
	s := fire(t).fixed("0123456789abcdef0123456789abcdef01234567")
	s.refuses(seen(workflow.RunCancelled, -1), "test.no-result")
	s.refuses(seen(workflow.RunNotStarted, -1), "test.no-result")
	s.do(seen(workflow.RunExited, 1))
	assert.Equal(t, "Tests failed: npm test -- auth on 01234567, 41 s", s.last().Text.Get())
	assert.Equal(t, "Make the critical tests pass: the last run failed (npm test -- auth)", s.in.Find(workflow.TestsPassed).Missing)
	s.do(seen(workflow.RunTimedOut, -1))
	assert.Equal(t, "Make the critical tests pass: the last run did not end in time (npm test -- auth)", s.in.Find(workflow.TestsPassed).Missing)
	s.do(seen(workflow.RunSignalled, -1))
	assert.Equal(t, "Make the critical tests pass: the last run was killed (npm test -- auth)", s.in.Find(workflow.TestsPassed).Missing)
	s.do(seen(workflow.RunExited, 0))
	assert.True(t, s.in.Holds(workflow.TestsPassed))
}

func TestARunOnFilesThatWereNotCommittedProvesNothingAboutTheCommit(t *testing.T) {
	t.Parallel()
	dirty := ran("npm test -- auth", "", true)
	dirty.Run.Dirty = true
	regression := dirty
	regression.Run.Suite = workflow.RegressionSuite
	s := fire(t).fixed("abc1234").do(dirty, regression)
	assert.Equal(t, "Run the critical tests again on the commit itself: files were changed and not committed when they passed", s.in.Find(workflow.TestsPassed).Missing)
	assert.False(t, s.in.Holds(workflow.RegressionTestAdded))
	assert.Contains(t, s.last().Text.Get(), "it proves nothing about the commit")
	s.do(ran("npm test -- auth", "", true), dirty)
	assert.True(t, s.in.Holds(workflow.TestsPassed), "what was proven stays proven")
	red := dirty
	red.Run.Passed = false
	s.do(red)
	assert.False(t, s.in.Holds(workflow.TestsPassed), "red is red")
}

func TestATimeIsSaidBriefly(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0 s", 230 * time.Millisecond: "230 ms", 41*time.Second + 300*time.Millisecond: "41 s", 2 * time.Minute: "2 min", 123 * time.Second: "2 min 3 s",
		65*time.Minute + 10*time.Second: "1 h 5 min", -time.Second: "0 s", 3 * time.Hour: "3 h",
	} {
		assert.Equal(t, want, workflow.Briefly(d))
	}
}

func delta(paths ...string) *workflow.Delta {
	d := &workflow.Delta{}
	for _, p := range paths {
		d.Files = append(d.Files, workflow.FileDelta{Path: p, Status: workflow.FileModified})
	}
	return d
}

func TestRunsAreProposedForWhatTheFixTouches(t *testing.T) {
	t.Parallel()
	s := fire(t)
	lines := func(d *workflow.Delta) (out []string) {
		for _, r := range s.in.ProposeRuns(d) {
			out = append(out, r.Line)
		}
		return out
	}
	always := s.in.Playbook.Work.CriticalRun
	assert.Equal(t, always, lines(nil), "without a repository, what the playbook always runs")
	s.in.Playbook.Work.Runs = []workflow.RunPolicy{
		{Run: "make auth", Name: "Auth tests", Paths: []string{"src/auth/**"}}, {Run: "make other", Paths: []string{"other/*"}}, {Run: "make smoke"},
	}
	got := s.in.ProposeRuns(delta("src/auth/token.js", "src/auth/token.test.js", "api/user.go", "api/user_test.go", "lib/x.rb", "-odd/a b_test.py"))
	require.Len(t, got, 7)
	assert.Equal(t, workflow.ProposedRun{Line: "make auth", Name: "Auth tests", Why: "the fix touches src/auth/token.js", Suite: workflow.CriticalSuite}, got[0])
	assert.Equal(t, workflow.ProposedRun{Line: "go test ./api", Why: "the fix adds or changes api/user_test.go", Suite: workflow.RegressionSuite, Derived: true}, got[1])
	assert.Equal(t, `pytest "./-odd/a b_test.py"`, got[2].Line)
	assert.Equal(t, "make smoke", got[3].Line)
	assert.Equal(t, always, []string{got[4].Line, got[5].Line, got[6].Line})
	assert.Equal(t, workflow.PlaybookCommand{Use: workflow.TestUse, Run: "make auth"}, got[0].Command(s.in.Playbook))

	var many []string
	for _, name := range strings.Split("abcdefghijklmnop", "") {
		many = append(many, name+"/x_test.go")
	}
	assert.Len(t, s.in.ProposeRuns(delta(many...)), 9, "no more than there are digits")
}

func FuzzWhateverIsRunIsOfSomeSuite(f *testing.F) {
	f.Add("npm test", "src/a.js")
	f.Add("env env", "")
	f.Add("poetry run", "_test.go")
	f.Fuzz(func(t *testing.T, line, file string) {
		p := workflow.Playbook{Work: workflow.WorkPolicy{NotNow: []workflow.SuitePolicy{{ID: "full", Match: []string{"npm test", "*e2e*"}, Unless: true}}}}
		p.Scope.Tests = []string{"**/*_test.*"}
		suite, _, _ := p.SuiteOf(line, []string{file})
		assert.NotEmpty(t, suite)
	})
}
