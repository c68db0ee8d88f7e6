package cli_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// commits writes a file and commits it on a day, with a tag.
func (s *shell) commits(day, subject, path, text, tag string) {
	s.t.Helper()
	s.file(path, text)
	for _, words := range [][]string{{"add", "--all"}, {"commit", "--quiet", "--message", subject}, {"tag", tag}} {
		if words[0] == "tag" && tag == "" {
			continue
		}
		git := exec.Command("git", words...)
		git.Dir = s.folder
		git.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_DATE="+day+"T10:00:00Z", "GIT_COMMITTER_DATE="+day+"T10:00:00Z",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
		out, err := git.CombinedOutput()
		require.NoError(s.t, err, "%s", out)
	}
}

func TestTheDecisionIsMadeBesideFactsInATerminal(t *testing.T) {
	s := newShell(t).at("14:32")
	git := exec.Command("git", "init", "--quiet", "--initial-branch=main", s.folder)
	git.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	require.NoError(t, git.Run())
	s.commits("2024-11-12", "Release", "token.js", "good\n", "v1.2.2")
	s.commits("2024-11-20", "Tighten the pattern (#423)", "token.js", "bad\n", "")
	s.commits("2024-11-24", "Release", "notes.md", "1.2.3\n", "v1.2.3")
	s.does("declare", "Login is down", "--severity", "SEV1")
	s.does("assess", "--hypothesis", "PR #423, which went out with v1.2.3")

	shown := s.does("decide")
	assert.Contains(t, shown, "v1.2.2 of 2024-11-12, 13 days before the first alert")
	assert.Contains(t, shown, "on main is clean: 2 lines in 1 file")
	assert.Contains(t, shown, "previous-worked       yes?")
	assert.Contains(t, shown, "rollback: Previous version worked: v1.2.2")

	out := s.reads("decide", "--json")
	assert.Equal(t, "rollback", out["option"])
	way := out["way_back"].(map[string]any)
	assert.Equal(t, []any{"v1.2.2", true}, []any{way["good"], way["revert"].(map[string]any)["clean"]})

	s.does("decide", "rollback", "--answer", "multiple-issues=yes")
	s.commits("2024-11-25", "Remember users", "db/migrations/007.sql", "x\n", "v1.2.4")
	s.does("assess", "--symptoms", "500 since v1.2.4")
	assert.Contains(t, s.does("decide"), "Decided for rollback; since then: 1 migration since v1.2.2:")
	assert.Contains(t, s.does("check"), "not needed: rolling back")
	assert.Contains(t, s.does("handoff"), "Previous version worked: yes. v1.2.2 of 2024-11-12 ran for 12 days")

	s.does("deploy", "--rollback", "--version", "v1.2.2")
	s.does("verify", "Login answers 200", "--passed")
	s.does("all-clear")
	assert.NotContains(t, s.does("decide"), "since then", "it is done")
}
