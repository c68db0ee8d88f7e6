package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheOutageOfTheWorkflowIsRunFromAShell is the workflow's own incident,
// from the first alert to the post-mortem in the repository.
func TestTheOutageOfTheWorkflowIsRunFromAShell(t *testing.T) {
	s := newShell(t)
	root := s.repository()
	assessAndTell(s)
	golden(t, "status-burning.txt", s.does("status"))
	golden(t, "board-burning.txt", s.does("check"))
	golden(t, "status-burning.json", s.does("status", "--json"))
	golden(t, "board-burning.json", s.does("check", "--json"))
	golden(t, "gates-burning.json", s.does("gate", "--json"))
	golden(t, "next-burning.json", s.does("next", "--json"))

	refused := s.at("14:39").fails(4, "deploy", "--version", "v1.2.4")
	assert.Contains(t, refused, "Deploy to production: the gate is closed. Missing: Create the increment")

	fixAndDeploy(s)
	assert.Contains(t, s.at("14:59").fails(4, "all-clear"), "Verify the fix in production")
	finish(s)
	golden(t, "status-resolved.txt", s.does("status"))
	golden(t, "postmortem.md", s.does("postmortem"))

	report := filepath.Join(root, ".specweave", "docs", "internal", "operations", "incidents", "0001-hotfix-auth-outage.md")
	_, err := os.Stat(report)
	require.ErrorIs(t, err, os.ErrNotExist)
	planned := s.does("export", "--dry-run")
	assert.Contains(t, planned, "Nothing was written.")
	_, err = os.Stat(report)
	require.ErrorIs(t, err, os.ErrNotExist, "a dry run writes nothing")

	s.does("export")
	written, err := os.ReadFile(report)
	require.NoError(t, err)
	assert.Contains(t, string(written), "# Post-Mortem: SEV1 Auth Outage 2024-11-25")
	assert.Contains(t, string(written), "Login broken for all users for 47 minutes.")
	for _, line := range []string{
		"- 14:32 - First alert triggered", "- 14:35 - On-call acknowledged", "- 14:42 - Root cause identified",
		"- 14:58 - Fix deployed", "- 15:05 - Verified fix in production", "- 15:19 - All-clear declared",
	} {
		assert.Contains(t, string(written), line)
	}
	tasks, err := os.ReadFile(filepath.Join(root, ".specweave", "increments", "0001-hotfix-auth-outage", "tasks.md"))
	require.NoError(t, err)
	assert.NotContains(t, string(tasks), "[ ]", "all four tasks were settled by facts")
}

func assessAndTell(s *shell) {
	s.at("14:32").does("declare", "Auth Outage", "--severity", "sev1", "--service", "auth", "--impact", "Login broken for all users", "--commander", "Jane", "--scribe", "Sam")
	s.at("14:33").does("assess", "--symptoms", "500 error on /api/auth/login", "--hypothesis", "Recent deploy broke auth token validation")
	s.does("triage", "who=everyone", "function=system")
	s.at("14:34").does("tell", "on-call", "--as", "Sam")
	s.at("14:36").does("ack", "--as", "Bob", "--at", "-1m")
	s.does("role", "fixer", "Bob")
	s.does("role", "approver", "Ann")
	s.does("tell", "channel", "Login is down for everyone. We are on it.", "--as", "Sam")
	s.at("14:37").does("tell", "status-page", "Investigating login failures", "--as", "Sam")
	s.at("14:38").does("check", "--confirm", "before")
}

func fixAndDeploy(s *shell) {
	s.at("14:40").does("increment", "write", "problem", "Users receiving 500 error on login after v1.2.3 deploy.")
	s.does("increment", "write", "fix", "Revert token validation to previous behavior.")
	s.does("increment", "create")
	require.Contains(s.t, s.does("increment", "create"), "0001-hotfix-auth-outage is up to date", "to write it again takes no second number")
	s.at("14:42").does("cause", "Regex pattern in token validation was changed in PR #423.", "--as", "Bob")
	s.at("14:44").does("decide", "hotfix", "--answer", "fix-small-and-clear=yes", "--answer", "previous-has-issues=yes", "--answer", "previous-worked=yes")
	s.at("14:46").does("assign", "restore the token pattern", "--to", "Bob", "--for", "15m")
	s.at("14:50").does("fix", "--commit", "f3a91c2", "--summary", "Token validation reverted, one line.", "--as", "Bob")
	s.does("assign", "--done", "1", "pattern restored")
	s.at("14:53").does("test", "--passed", "--suite", "regression", "--", "npm", "test", "--", "src/auth/token.test.ts")
	s.t.Helper()
	refused := s.fails(4, "test", "--passed", "--suite", "full", "--", "npm", "test")
	assert.Contains(s.t, refused, "takes too long")
	s.at("14:54").does("test", "--passed", "--took", "41s", "--", "npm", "test", "--", "--grep", "auth tokens")
	s.does("scope", "by-hand", "Read the diff: one line, and its test")
	s.at("14:55").does("rollback-ready", "--to", "v1.2.2", "--", "npm", "run", "deploy:rollback")
	assert.Contains(s.t, s.at("14:56").fails(4, "approve", "Bob"), "cannot approve")
	s.does("approve", "Ann")
	s.does("gate", "deploy")
	s.at("14:57").does("check", "--confirm", "during")
	s.at("14:58").does("deploy", "--version", "v1.2.4", "--as", "Bob")
}

func finish(s *shell) {
	s.at("15:05").does("verify", "POST /api/auth/login answers 200", "--passed", "--before", "500", "--after", "200", "--as", "Bob")
	s.at("15:12").does("tell", "status-page", "Login works again. We keep watching.")
	s.at("15:19").does("all-clear")
	s.at("15:20").does("schedule", "--at", "tomorrow 10:00", "--owner", "Jane")
	s.at("15:21").does("check", "--confirm", "after")
	s.at("15:40").typing("- ~2,000 users affected\n- ~500 support tickets\n- Estimated $5,000 revenue impact\n").does("postmortem", "write", "impact", "-")
	s.does("postmortem", "write", "lessons", "1. Token validation changes need specific test cases")
	for _, text := range []string{"Add regression test for dash-containing tokens", "Add auth-specific test coverage requirements", "Implement canary deployment for auth changes"} {
		s.does("action", "add", text)
	}
	s.does("action", "done", "1")
}

func TestAChangeFromTheShellCanBeUndoneThere(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV2")
	golden(t, "written.json", s.does("log", "rolled back the canary", "--json"))
	assert.Contains(t, s.does("undo"), "Undone: rolled back the canary")
	assert.NotContains(t, s.does("status"), "canary")
	assert.Contains(t, s.does("redo"), "Done again: rolled back the canary")
	assert.Contains(t, s.does("status"), "canary")
	s.does("undo")
	assert.Contains(t, s.fails(4, "undo"), "nothing left to undo")
	history := s.does("history")
	assert.Contains(t, history, "(undone) rolled back the canary")
	assert.Equal(t, 1, strings.Count(history, "Incident declared: Checkout fails"))
}

func TestALineOfTheTimelineIsCorrectedByItsNumber(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	s.does("log", "rolled bak the canary", "--at", "14:20")
	shown := s.does("show")
	assert.Contains(t, shown, "1.   14:20  note     rolled bak the canary")
	s.does("correct", "1", "--text", "rolled back the canary", "--at", "14:25", "--milestone", "mitigated", "--pin")
	shown = s.does("show")
	assert.Contains(t, shown, "14:25  note     rolled back the canary [mitigated]")
	assert.NotContains(t, shown, "14:20")
	s.does("correct", "1", "--hide")
	assert.NotContains(t, s.does("show"), "canary")
	assert.Contains(t, s.fails(5, "correct", "99", "--hide"), "no entry with the number 99")
	assert.Contains(t, s.fails(4, "correct", "1", "--milestone", "breakfast"), "no milestone")
}

func TestASeverityThatGoesDownNeedsAReason(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	assert.Contains(t, s.fails(4, "severity", "sev3"), "Say why the severity goes down.")
	s.does("severity", "sev3", "--reason", "Only the export job is hit")
	assert.Equal(t, "SEV3", s.reads("status")["severity"])
	s.does("severity", "undecided", "--reason", "Not sure any more")
	assert.Contains(t, s.does("status"), "UNDECIDED  Checkout fails")
}

func TestTriageProposesAndThePersonDecides(t *testing.T) {
	s := newShell(t)
	assert.Contains(t, s.does("triage"), "who=everyone", "the questions are there before any incident")
	s.does("declare", "Checkout fails")
	assert.Contains(t, s.does("triage", "who=many", "workaround=no"), "SEV2")
	assert.Equal(t, "undecided", s.reads("status")["severity"], "a proposal decides nothing")
	s.does("triage", "who=many", "workaround=no", "--set")
	assert.Equal(t, "SEV2", s.reads("status")["severity"])
	assert.Contains(t, s.fails(2, "triage", "who=evryone"), `The question who has no answer "evryone"`)
	assert.Contains(t, s.fails(2, "triage", "whom=many"), "no triage question")
	assert.Contains(t, s.fails(2, "triage", "risk=neither", "--set"), "nothing to set")
}

func TestTheBoardIsTickedSkippedOpenedAndExtended(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.does("check", "impact", "--evidence", "https://grafana.example/d/42")
	assert.Contains(t, s.fails(4, "check", "status", "--skip"), "Say why")
	s.does("check", "status", "--skip", "--reason", "We have none")
	s.does("check", "--add", "Freeze deploys", "--phase", "before")
	assert.Contains(t, s.fails(4, "check", "--confirm", "before"), "Still open")
	s.does("check", "--confirm", "before", "--reason", "Everyone knows")
	golden(t, "board-marked.txt", s.does("check"))
	assert.Contains(t, s.fails(4, "check", "severity", "--open"), "The log shows that it is done")
	s.does("check", "impact", "--open")
	assert.Contains(t, s.fails(4, "check", "breakfast"), "The board has no item")
	assert.Contains(t, s.fails(2, "check", "s"), "could be severity-assessed, stakeholders-notified, status-page-updated")
}

func TestAGateIsOverriddenByNameAndWithAReason(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	assert.Contains(t, s.fails(4, "gate", "deploy"), "the gate is closed")
	assert.Contains(t, s.fails(4, "gate", "deploy", "--override"), "Say why")
	s.does("gate", "deploy", "--override", "--by", "Ann", "--reason", "The runner is down as well")
	assert.Contains(t, s.does("gate", "deploy"), "overridden by Ann: The runner is down as well")
	s.does("deploy", "--version", "v2")
	assert.Contains(t, s.fails(5, "gate", "breakfast"), "It has deploy, rollback, all-clear")
}

func TestCommandChangesHandsOnceTheSheetIsReadBack(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails", "--commander", "Jane")
	assert.Contains(t, s.does("handoff"), "# Hand-off: undecided Checkout fails")
	assert.Contains(t, s.fails(4, "role", "commander", "Ann"), "hand-off")
	assert.Contains(t, s.fails(4, "handoff", "--to", "Ann"), "read the sheet back")
	s.does("handoff", "--to", "Ann", "--state", "watching", "--read-back")
	assert.Contains(t, s.does("role"), "Ann")
}

func TestAnIncidentDeclaredByMistakeIsCancelledAndReopened(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	assert.Contains(t, s.fails(4, "cancel"), "Say in a few words")
	s.does("cancel", "--reason", "It was a planned maintenance")
	s.fails(5, "log", "a note")
	s.does("reopen", "--reason", "It was not planned")
	s.does("log", "a note")
}
