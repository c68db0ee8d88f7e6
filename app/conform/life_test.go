package conform_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// declare opens an incident and writes its increment, which is then open.
func (p *project) declare(title, severity string) (id string) {
	p.t.Helper()
	p.RunAll(
		[]string{"declare", "--severity", severity, "--service", "auth", "--impact", "Login broken for all users", "--", title},
		[]string{"assess", "--symptoms", "500 error on /api/auth/login", "--hypothesis", "Recent deploy broke auth token validation"},
		[]string{"increment", "write", "problem", "Users receive a 500 error on login after v1.2.3."},
		[]string{"increment", "write", "fix", "Revert token validation to previous behavior."},
		[]string{"increment", "create"},
	)
	return p.Increment()
}

// tick ticks every task by hand, and writes that down.
func (p *project) tick() {
	p.t.Helper()
	var shown struct {
		Tasks []struct {
			ID   string
			Done bool
		}
	}
	require.NoError(p.t, json.Unmarshal([]byte(p.Run("increment", "show", "--json")), &shown))
	for _, task := range shown.Tasks {
		if !task.Done {
			p.RunAll([]string{"increment", "task", task.ID})
		}
	}
	p.Run("increment", "create")
}

// clear deploys in spite of what is missing, gives the all-clear, and writes
// that down.
func (p *project) clear() {
	p.t.Helper()
	p.RunAll(
		[]string{"gate", "deploy", "--override", "--by", "Ann", "--reason", "The runner is down as well"},
		[]string{"deploy", "--version", "v1.2.4"},
		[]string{"verify", "POST /api/auth/login answers 200", "--passed"},
		[]string{"all-clear"},
		[]string{"increment", "create"},
	)
}

func TestAHotfixIsAcceptedFromItsDeclarationToTheAllClear(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	id := p.declare("Auth Outage", "SEV1")
	assert.Equal(t, "0015-hotfix-auth-outage", id)
	refused := p.accept(id, "closable", "hotfix")
	assert.NotZero(t, refused.exit, "the steps can fail: an open increment is not closable")
	assert.Equal(t, 1, strings.Count(refused.out, "FAIL"), "and every other step is as expected: %s", refused)
	p.RunAll(
		[]string{"role", "fixer", "Bob"},
		[]string{"role", "approver", "Ann"},
		[]string{"cause", "Regex pattern in token validation was changed in PR #423.", "--as", "Bob"},
		[]string{"decide", "hotfix", "--reason", "Small and clear", "--would-change", "A second failing endpoint"},
		[]string{"fix", "--commit", "f3a91c2", "--summary", "Token validation reverted, one line.", "--as", "Bob"},
		[]string{"test", "--passed", "--suite", "regression", "--", "npm", "test", "--", "src/auth/token.test.ts"},
		[]string{"test", "--passed", "--took", "41s", "--", "npm", "test", "--", "--grep", "auth tokens"},
		[]string{"rollback-ready", "--to", "v1.2.2", "--", "npm", "run", "deploy:rollback"},
		[]string{"increment", "create"},
	)
	p.Accept(id, "open", "hotfix")
	p.clear() // every task is settled by facts now
	p.Run("export")
	p.Accept(id, "completed", "hotfix")
	assert.Contains(t, p.Read(file(id, "tasks.md")), "**Completed At**")
}

func TestSpecWeaveClosesWhatTheAppLeftActive(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	id := p.declare("Auth Outage", "SEV2")
	refused := p.Copy().SpecWeave("complete", "0015", "--yes")
	assert.NotZero(t, refused.exit)
	assert.Regexp(t, "still (open|pending)", refused.out+refused.err)

	p.tick()
	p.Accept(id, "closable", "hotfix")
	closed := p.SpecWeave("complete", "0015", "--yes")
	require.Zero(t, closed.exit, closed)
	assert.Contains(t, p.Read(file(id, "metadata.json")), `"status": "completed"`)
	assert.Contains(t, p.Read(file(id, "metadata.json")), `"incidentId"`, "what is ours outlives it")
	assert.Contains(t, p.Read(file(id, "spec.md")), "\nstatus: completed\n")
}

// A lesser incident goes through the normal flow: its increment is a bug, which
// SpecWeave closes only with reports that no command of it writes.
func TestALesserIncidentIsAcceptedAsABug(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	id := p.declare("Profile image not loading", "SEV3")
	assert.Equal(t, "0015-bug-profile-image-not-loading", id)
	p.Accept(id, "open", "bug")
	p.tick()
	p.Accept(id, "closable", "bug")
}

// nastyTitles are ten that a person could give an incident, and how far its
// increment is taken.
var nastyTitles = []struct{ name, title, until string }{
	{"Japanese", "ログインできない：全ユーザーに影響", "completed"},
	{"Arabic, from right to left", "تعطل تسجيل الدخول \u202eلكل المستخدمين\u202c", "open"},
	{"emoji alone", "🔥🚒🧯👩‍🚒", "completed"},
	{"two hundred characters", strings.Repeat("Überlänge ", 20)[:len("Ü")-1+199], "open"},
	{"a gap of the template", "[Story Title] {{X}} [user type]", "closable"},
	{"a task and a criterion", "### T-009: boo - [ ] **AC-US1-09**: x **Status**: [x] completed", "completed"},
	{"YAML specials", `"a": 'b' # c, [d] {e} & *f !g |h >i %j @k`, "closable"},
	{"a rule", "---", "closable"},
	{"a reserved name", "archive", "open"},
	{"backslashes and control characters", "C:\\temp\\new \x00\x07\x1b[31mred\x1b[0m \u0085\u2028 \\", "open"},
}

func TestNoTitleBreaksTheForm(t *testing.T) {
	t.Parallel()
	require.Len(t, nastyTitles, 10)
	for _, one := range nastyTitles {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t)
			id := p.declare(one.title, "SEV1")
			if one.until == "open" {
				p.Accept(id, "open", "hotfix")
				return
			}
			p.RunAll([]string{"increment", "task", "T-002", "--rename", one.title}, []string{"increment", "task", "--add", one.title})
			p.tick()
			if one.until == "completed" {
				p.clear()
			}
			p.Accept(id, one.until, "hotfix")
		})
	}
}

// trip is what SpecWeave's readers trip over when it comes in as it is.
const trip = "# x ## Root Cause\n---\n- [ ] T-001: {{X}} [Story Title]\n### T-009: boo\n### US-002: y\n" +
	"**Status**: [ ] pending\n**Completed**: 2024\n- [ ] **AC-US1-09**: z (\n\x00\r\n\u202eRTL (P0) \"q\" 'q' ## Acceptance Criteria"

// Every command that puts words into the increment or its record gets the same
// ones, and both are written.
func TestTheWorstWordsInEveryPlaceAreAccepted(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	line := strings.Join(strings.Fields(trip), " ")
	p.RunAll(
		[]string{"declare", "--severity", "SEV1", "--service", trip, "--impact", trip, "--commander", trip, "--", line[:180]},
		[]string{"assess", "--symptoms", trip, "--hypothesis", trip},
		[]string{"log", "--", trip},
		[]string{"tell", "channel", "--", trip},
		[]string{"increment", "write", "problem", "--", trip},
		[]string{"increment", "write", "fix", "--", trip},
		[]string{"increment", "write", "rollback", "--", trip},
		[]string{"increment", "task", "--add", line},
		[]string{"increment", "task", "T-002", "--rename", line},
		[]string{"increment", "create"},
		[]string{"cause", "--", trip},
		[]string{"decide", "hotfix", "--reason", trip, "--would-change", trip},
		[]string{"fix", "--commit", trip, "--summary", trip},
		[]string{"rollback-ready", "--to", trip, "--", trip},
		[]string{"gate", "deploy", "--override", "--reason", trip},
		[]string{"action", "add", "--", line},
		[]string{"postmortem", "write", "lessons", "--", trip},
		[]string{"export"},
	)
	p.Accept(p.Increment(), "open", "hotfix")
}

// The checks themselves: a good increment is broken in one place at a time.
func TestEachCheckRefusesSomething(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	id := p.declare("Auth Outage", "SEV1")
	got := p.script("broken.mjs", p.pkg, p.root, id)
	assert.Zero(t, got.exit, got)
	p.RunAll([]string{"increment", "task", "T-001"}, []string{"increment", "create"})
	got = p.script("broken.mjs", p.pkg, p.root, id)
	assert.Zero(t, got.exit, "with a task done as well: %s", got)
}
