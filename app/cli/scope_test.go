package cli_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hotfix is a shell in a repository whose last release broke the tokens.
type hotfix struct {
	*shell
	t *testing.T
}

func newHotfix(t *testing.T) *hotfix {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	h := &hotfix{newShell(t), t}
	h.write("src/auth/token.js", "const pattern = /^[A-Za-z0-9._-]+$/;\n")
	h.git("init", "--quiet", "--initial-branch=main")
	h.commit("Validate tokens")
	h.write("src/auth/token.js", "const pattern = /^[A-Za-z0-9_]+$/;\n")
	h.commit("Simplify the pattern (#423)")
	h.git("tag", "v1.2.3")
	h.git("checkout", "--quiet", "-b", "hotfix/auth-token")
	return h
}

func (h *hotfix) git(args ...string) string {
	h.t.Helper()
	command := exec.Command("git", args...)
	command.Dir = h.folder
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Bob", "GIT_AUTHOR_EMAIL=bob@example.com", "GIT_COMMITTER_NAME=Bob", "GIT_COMMITTER_EMAIL=bob@example.com")
	out, err := command.CombinedOutput()
	require.NoError(h.t, err, "git %v: %s", args, out)
	return strings.TrimSpace(string(out))
}

func (h *hotfix) write(at, text string) {
	h.t.Helper()
	full := filepath.Join(h.folder, filepath.FromSlash(at))
	require.NoError(h.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(h.t, os.WriteFile(full, []byte(text), 0o644))
}

func (h *hotfix) commit(message string, more ...string) string {
	h.t.Helper()
	h.git("add", "--all")
	h.git(append([]string{"commit", "--quiet", "-m", message}, more...)...)
	return h.git("rev-parse", "HEAD")
}

// mended commits the fix as it should be, with its test.
func (h *hotfix) mended() string {
	h.write("src/auth/token.js", "const pattern = /^[A-Za-z0-9._-]+$/;\n")
	h.write("src/auth/token.test.js", "test('a token with a dash is valid', () => expect(validateToken('a-b')).toBe(true));\n")
	return h.commit("Restore the token pattern")
}

func TestTheScopeIsJudgedWithoutAnIncident(t *testing.T) {
	t.Parallel()
	h := newHotfix(t)
	h.mended()
	assert.Contains(t, h.does("scope"), "Nothing in it looks like more than the fix.")

	h.write("package.json", "{\"dependencies\": {\"left-pad\": \"1.0.0\"}}\n")
	h.commit("While I'm here, also pad the left")
	got := h.runs("scope")
	assert.Equal(t, 1, got.exit)
	assert.Contains(t, got.out, "package.json")
	assert.Contains(t, got.err, "wait for an answer")
	asked := h.reads1("scope", "--json")
	assert.Equal(t, "hotfix/auth-token", asked["branch"])
	assert.Positive(t, asked["open"])
	assert.Contains(t, h.fails(5, "scope", "accept", "1", "--reason", "x"), "nowhere to put the answer")

	h.git("reset", "--quiet", "--hard", "HEAD^")
	h.write("src/auth/token.js", "loose\n")
	loose := h.runs("scope")
	assert.Equal(t, 1, loose.exit)
	assert.Contains(t, strings.Join(strings.Fields(loose.out), " "), "with what is not committed yet")
	assert.NotContains(t, h.does("scope", "--committed"), "not committed yet")
	assert.Contains(t, h.fails(5, "scope", "--repo", t.TempDir()), "neither a git repository")
}

func TestAnyCommitIsJudgedAsIfItWereTheHotfix(t *testing.T) {
	t.Parallel()
	h := newHotfix(t)
	h.does("declare", "Auth Outage", "--severity", "SEV1")
	fix := h.mended()
	h.write("package.json", "{\"dependencies\": {\"left-pad\": \"1.0.0\"}}\n")
	h.commit("While I'm here, also pad the left")
	h.git("checkout", "--quiet", "--detach", "v1.2.3")
	h.write("src/auth/token.js", "loose\n")
	log := h.does("history")

	got := h.does("scope", "--base", fix+"~1", "--tip", fix)
	assert.Contains(t, got, "The commit at "+fix[:8])
	assert.Contains(t, got, "Nothing in it looks like more than the fix.")
	asked := h.reads1("scope", "--tip", "hotfix/auth-token", "--json")
	assert.Equal(t, []any{fix, "the commit before it", false}, []any{asked["base"], asked["base_why"], asked["loose"]})
	assert.Nil(t, asked["incident"])
	two := h.reads1("scope", "--base", "main", "--tip", "hotfix/auth-token", "--json", "--paths", "src/auth")
	assert.Contains(t, two["findings"].([]any)[0].(map[string]any)["rule"], "outside-scope")
	assert.Contains(t, h.fails(5, "scope", "--tip", "nowhere"), "There is no commit nowhere")
	assert.Contains(t, h.fails(2, "scope", "--tip", fix, "--record"), "not put on record")
	assert.Equal(t, log, h.does("history"), "nothing is recorded")
}

// reads1 reads what a command prints that ends with open findings.
func (h *hotfix) reads1(args ...string) map[string]any {
	h.t.Helper()
	got := h.runs(args...)
	assert.Equal(h.t, 1, got.exit)
	var read map[string]any
	require.NoError(h.t, json.Unmarshal([]byte(got.out), &read), "%s", got.out)
	return read
}

func TestTheFixFollowsItsBranchInATerminal(t *testing.T) {
	t.Parallel()
	h := newHotfix(t)
	h.does("declare", "Auth Outage", "--severity", "SEV1")
	assert.Contains(t, h.fails(2, "fix"), "Say what the fix is", "nothing is committed on the branch yet")
	first := h.mended()
	assert.Contains(t, h.does("fix"), "Restore the token pattern ("+first[:8]+")")
	h.does("test", "--passed", "--", "npm", "test", "--", "auth")
	assert.NotContains(t, h.does("gate"), "Run the critical tests")

	second := h.commit("Restore the token pattern, dashes too", "--amend")
	got := h.runs("approve", "Ann")
	require.Equal(t, 0, got.exit, got.err)
	assert.Contains(t, got.err, "("+second[:8]+"); tests and approval of "+first[:8]+" are void")
	assert.Contains(t, h.does("gate"), "Run the critical tests again")
	assert.Contains(t, h.does("show"), "Scope of the fix on "+second[:8])
	assert.Contains(t, h.does("history"), "Bob on", "who made the newest commit")

	h.does("fix", "--commit", "v1.2.3", "--summary", "by name")
	assert.Contains(t, h.does("show"), "by name ("+h.git("rev-parse", "v1.2.3")[:8]+")")
	h.does("fix", "--commit", "f3a91c2", "--summary", "not fetched")
	assert.Contains(t, h.does("show"), "not fetched (f3a91c2)")
}

func TestFindingsAreSettledFromATerminal(t *testing.T) {
	t.Parallel()
	h := newHotfix(t)
	h.does("declare", "Auth Outage", "--severity", "SEV1")
	h.mended()
	h.write("db/migrations/0007_users.sql", "ALTER TABLE users ADD COLUMN x INT;\n")
	h.write("README.md", "words\n")
	h.commit("Add the column")
	h.does("fix")
	h.does("scope", "declare", "src/auth/**")
	asked := h.reads1("scope", "--json")
	open := int(asked["open"].(float64))
	require.Positive(t, open)
	assert.Contains(t, h.fails(4, "scope", "accept", "1"), "Say why")
	assert.Contains(t, h.fails(5, "scope", "accept", "99", "--reason", "x"), "There is no finding")
	for n, one := range asked["findings"].([]any) {
		finding := one.(map[string]any)
		if finding["state"] != "open" {
			continue
		}
		if n%2 == 0 {
			h.does("scope", "accept", finding["id"].(string), "--reason", "It cannot work without")
		} else {
			h.does("scope", "ticket", finding["id"].(string), "--text", "Take it out later", "--owner", "Bob")
		}
	}
	got := h.does("scope")
	assert.Contains(t, got, "Every finding has its answer.")
	assert.Contains(t, got, "Accepted by jane: It cannot work without")
	assert.NotContains(t, h.does("gate"), "Settle")

	other := newHotfix(t) // another repository asks nothing of this incident
	assert.NotEmpty(t, h.reads("scope")["incident"])
	h.folder = other.folder
	assert.Nil(t, h.reads("scope")["incident"])
}

func TestTheFixIsOnTheBranchThatIsCheckedOut(t *testing.T) {
	t.Parallel()
	h := newHotfix(t)
	h.does("declare", "Auth Outage", "--severity", "SEV1")
	first := h.mended()
	h.does("fix")
	h.git("checkout", "--quiet", "-b", "hotfix/other", "v1.2.3")
	h.write("src/auth/token.js", "another way\n")
	second := h.commit("Mend it in another way")
	said := strings.Join(strings.Fields(h.does("fix")), " ")
	assert.Contains(t, said, "("+second[:8]+"); tests and approval of "+first[:8]+" are void", "who types it there means that branch")
	assert.Contains(t, h.does("fix", first[:8]), "("+first[:8]+")", "a commit needs no flag")
}
