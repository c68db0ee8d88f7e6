package playbook_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"firebreak/data/playbook"
	"firebreak/workflow"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// file reads a playbook's text; the shipped one lies beside the icons.
func file(t testing.TB, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(name)
	require.NoError(t, err)
	return src
}

const shipped = "../../assets/playbook.yaml"

func standard(t testing.TB) workflow.Playbook {
	t.Helper()
	p, err := playbook.Read("playbook.yaml", file(t, shipped))
	require.NoError(t, err)
	return p
}

func TestDefaultHasTheSeverityTable(t *testing.T) {
	type row struct{ level, description, response, example string }
	var got []row
	for _, l := range standard(t).Levels {
		got = append(got, row{l.ID, l.Description, l.Response, l.Example})
	}
	assert.Equal(t, []row{
		{"SEV1", "System down", "Minutes", "Site unreachable"},
		{"SEV2", "Major feature broken", "Hours", "Checkout failing"},
		{"SEV3", "Minor feature broken", "Same day", "Profile image not loading"},
		{"SEV4", "Cosmetic issue", "Normal sprint", "Typo in footer"},
	}, got)
}

func TestDefaultHasTheTimesAndFlowOfEachLevel(t *testing.T) {
	type row struct {
		within, first, cadence, diagnose time.Duration
		flow                             workflow.Flow
		priority                         string
		skipStaging                      bool
	}
	const m, h = time.Minute, time.Hour
	var got []row
	for _, l := range standard(t).Levels {
		got = append(got, row{l.Within, l.FirstUpdate, l.Cadence, l.DiagnoseFor, l.Flow, l.Priority, l.SkipStaging})
	}
	assert.Equal(t, []row{
		{15 * m, 5 * m, 20 * m, 10 * m, "hotfix", "P0", true},
		{4 * h, 15 * m, 30 * m, 0, "hotfix", "P1", false},
		{24 * h, 60 * m, 60 * m, 0, "normal", "P2", false},
		{0, 0, 0, 0, "normal", "P3", false},
	}, got)
}

func TestDefaultHasTheFlowTable(t *testing.T) {
	assert.Equal(t, []workflow.FlowRow{
		{Aspect: "Planning", Normal: "Full spec, plan, tasks", Hotfix: "Minimal spec"},
		{Aspect: "Code review", Normal: "Multiple reviewers", Hotfix: "Single reviewer"},
		{Aspect: "Testing", Normal: "Full suite", Hotfix: "Critical paths only"},
		{Aspect: "Staging", Normal: "Required", Hotfix: "Optional (SEV1)"},
		{Aspect: "Deploy approval", Normal: "Multiple", Hotfix: "Single"},
		{Aspect: "Documentation", Normal: "Full", Hotfix: "Post-mortem"},
	}, standard(t).Flow)
}

func TestDefaultHasTheChecklist(t *testing.T) {
	type step struct {
		text string
		fact workflow.Fact
	}
	type column struct {
		id, name string
		mode     workflow.PhaseMode
		steps    []step
	}
	var got []column
	for _, p := range standard(t).Phases {
		c := column{id: p.ID, name: p.Name, mode: p.Mode}
		for _, i := range p.Items {
			c.steps = append(c.steps, step{i.Text, i.SettledBy})
		}
		got = append(got, c)
	}
	assert.Equal(t, []column{
		{"before", "Before Fix", "do-confirm", []step{
			{"Severity assessed", "severity-set"},
			{"Impact understood", "impact-understood"},
			{"Stakeholders notified", "stakeholders-notified"},
			{"Status page updated", "status-page-updated"},
		}},
		{"during", "During Fix", "read-do", []step{
			{"Increment created", "increment-written"},
			{"Root cause identified", "root-cause-identified"},
			{"Minimal fix implemented", "fix-implemented"},
			{"Critical tests pass", "tests-passed"},
		}},
		{"after", "After Fix", "do-confirm", []step{
			{"Deployed to production", "deploy-recorded"},
			{"Fix verified", "fix-verified"},
			{"All-clear communicated", "all-clear-declared"},
			{"Post-mortem scheduled", "post-mortem-scheduled"},
		}},
	}, got)
}

func TestDefaultSaysHowInAFewWords(t *testing.T) {
	for _, p := range standard(t).Phases {
		assert.NotEmpty(t, p.Pause, p.Name)
		for _, i := range p.Items {
			words := len(strings.Fields(i.How))
			assert.Positive(t, words, i.Text)
			assert.LessOrEqual(t, words, 16, i.How)
		}
	}
}

func TestDefaultHasTheGates(t *testing.T) {
	needs := map[string][]workflow.Fact{}
	for _, g := range standard(t).Gates {
		needs[g.ID] = g.Needs
	}
	assert.Equal(t, map[string][]workflow.Fact{
		"deploy":    {"severity-set", "increment-written", "fix-implemented", "tests-passed", "scope-settled", "rollback-ready", "approved", "staging-settled"},
		"rollback":  {"severity-set", "rollback-chosen"},
		"all-clear": {"deploy-recorded", "fix-verified"},
	}, needs)
}

func TestDefaultHasTheLinesOfTheTimeline(t *testing.T) {
	var ids []workflow.Milestone
	lines := map[workflow.Milestone]string{}
	for _, m := range standard(t).Milestones {
		ids = append(ids, m.ID)
		lines[m.ID] = m.Line
	}
	assert.Equal(t, []workflow.Milestone{
		"impact-started", "detected", "acknowledged", "declared", "identified",
		"mitigated", "fix-deployed", "verified", "all-clear",
	}, ids)
	for id, line := range map[workflow.Milestone]string{
		"detected":     "First alert triggered",
		"acknowledged": "On-call acknowledged",
		"identified":   "Root cause identified",
		"fix-deployed": "Fix deployed",
		"verified":     "Verified fix in production",
		"all-clear":    "All-clear declared",
	} {
		assert.Equal(t, line, lines[id])
	}
}

func TestDefaultHasTheReasonsForRollbackAndHotfix(t *testing.T) {
	d := standard(t).Decision
	words := func(list []workflow.Criterion) (texts, decisive []string) {
		for _, k := range list {
			texts = append(texts, k.Text)
			if k.Decisive {
				decisive = append(decisive, k.Text)
			}
		}
		return texts, decisive
	}
	rollback, settled := words(d.Rollback)
	assert.Equal(t, []string{"Previous version worked", "Rollback is faster than fix", "Multiple issues introduced"}, rollback)
	assert.Empty(t, settled)
	hotfix, settled := words(d.Hotfix)
	assert.Equal(t, []string{"Can't rollback (data migration)", "Previous version has other issues", "Fix is small and clear"}, hotfix)
	assert.Equal(t, []string{"Can't rollback (data migration)"}, settled)
}

func TestDefaultHasTheRulesOfTheFix(t *testing.T) {
	w := standard(t).Work
	tasks := map[string]workflow.Fact{}
	var titles []string
	for _, task := range w.Tasks {
		titles = append(titles, task.Title)
		tasks[task.Title] = task.SettledBy
	}
	assert.Equal(t, []string{"Identify breaking change", "Implement fix", "Add regression test", "Deploy to production"}, titles)
	assert.Equal(t, map[string]workflow.Fact{
		"Identify breaking change": "root-cause-identified", "Implement fix": "fix-implemented",
		"Add regression test": "regression-test-added", "Deploy to production": "deploy-recorded",
	}, tasks)
	assert.Equal(t, []string{"Minimal change", "Fix only the issue", "No refactoring", `No "while we're here" improvements`}, w.Principles)
	assert.Equal(t, []string{`npm test -- --grep "auth"`, "npm test -- src/auth/token.test.ts", "npm run test:smoke"}, w.CriticalRun)
	assert.Equal(t, []string{"May skip staging", "Single approver sufficient", "Immediate rollback ready", "Reduced automated gates"}, w.Differs)
	assert.Equal(t, []string{"npm run deploy:production --hotfix", `npm run deploy:production --skip-staging --approved-by="@lead"`}, w.DeployWith)
	assert.Equal(t, "npm run deploy:rollback", w.RollbackBy)
	assert.Equal(t, "bug", w.NormalType)
	assert.Equal(t, ".specweave/docs/internal/operations/incidents", w.Records)
	assert.Equal(t, "docs/postmortems", w.PlainRecord)
	assert.Equal(t, 15*time.Minute, w.TimeBox)
	suites := map[string]string{}
	for _, s := range w.NotNow {
		suites[s.ID] = s.Name
	}
	assert.Equal(t, map[string]string{"full": "Full test suite", "performance": "Performance tests", "e2e": "E2E suite"}, suites)
	assert.Equal(t, "takes too long", w.NotNow[0].Why)
}

func TestDefaultHasTheSectionsOfThePostMortem(t *testing.T) {
	r := standard(t).Review
	var always []string
	for _, s := range r.Sections {
		assert.NotEmpty(t, s.Hint, s.Name)
		if s.Always {
			always = append(always, s.Name)
		}
	}
	assert.Equal(t, []string{"Summary", "Timeline", "Root Cause", "Impact", "Lessons Learned", "Action Items"}, always)
	assert.Len(t, r.Sections, 21)
	for i, name := range always {
		assert.Equal(t, name, r.Sections[i].Name, "the six stand first and together, as in the workflow's own document")
	}
	assert.Equal(t, 24*time.Hour, r.DueAfter)
}

func TestDefaultHasTheCommonMistakes(t *testing.T) {
	assert.Equal(t, []workflow.Mistake{
		{Name: "Scope Creep", Wrong: `"While I'm fixing this, let me also refactor the auth module"`, Better: `"Fix only the broken regex, create ticket for refactor"`},
		{Name: "Skipping Tests", Wrong: `"No time for tests, ship it"`, Better: `"Add one regression test that catches this bug"`},
		{Name: "No Post-Mortem", Wrong: `"It's fixed, let's move on"`, Better: `"Schedule post-mortem for tomorrow"`},
		{Name: "Hero Culture", Wrong: "One person fixes everything alone at 3am", Better: "Clear escalation, team support, reasonable hours"},
	}, standard(t).Mistakes)
}

func TestDefaultHasTheRolesAndTheHoursOnDuty(t *testing.T) {
	p := standard(t)
	var roles []string
	for _, r := range p.Roles {
		roles = append(roles, r.ID)
	}
	assert.Equal(t, []string{"commander", "scribe", "fixer", "approver"}, roles)
	assert.Equal(t, workflow.ShiftPolicy{Long: 2 * time.Hour, Plan: 4 * time.Hour, Late: 8 * time.Hour}, p.Shift)
}

func TestPlaybookSurvivesJSON(t *testing.T) {
	for _, name := range []string{shipped, "testdata/team.yaml"} {
		want, err := playbook.Read(name, file(t, name))
		require.NoError(t, err)
		stored, err := json.Marshal(want)
		require.NoError(t, err)
		var got workflow.Playbook
		require.NoError(t, json.Unmarshal(stored, &got))
		assert.Equal(t, want, got)
	}
}
