package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// git runs git in the repository.
func (s *shell) git(args ...string) string {
	s.t.Helper()
	command := exec.CommandContext(s.t.Context(), "git", append([]string{
		"-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false",
	}, args...)...)
	command.Dir = s.folder
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	out, err := command.CombinedOutput()
	require.NoError(s.t, err, "git %s: %s", strings.Join(args, " "), out)
	return string(out)
}

// changes are the lines that git says were changed since the last commit, each
// behind its file.
func (s *shell) changes() []string {
	s.t.Helper()
	var out []string
	file := ""
	for _, line := range strings.Split(s.git("diff", "-U0", "--no-color"), "\n") {
		switch {
		case strings.HasPrefix(line, "+++ b/"):
			file = filepath.Base(line)
		case strings.HasPrefix(line, "---"), strings.HasPrefix(line, "+++"):
		case strings.HasPrefix(line, "-"), strings.HasPrefix(line, "+"):
			out = append(out, file+" "+line)
		}
	}
	return out
}

// TestEveryEditOfASampleProjectTouchesTheIntendedLinesAlone links an incident to
// the increment of each sample project and lets git judge every edit.
func TestEveryEditOfASampleProjectTouchesTheIntendedLinesAlone(t *testing.T) {
	const activity = `^metadata\.json [-+]  "lastActivity": "20`
	steps := []struct {
		name     string
		commands [][]string
		may      []string // what a changed line may look like
		must     []string // what must be among them
	}{
		{
			"a tick",
			[][]string{{"increment", "task", "T-003", "--open"}, {"increment", "task", "T-003"}},
			[]string{`^tasks\.md [-+]\*\*Status\*\*: \[.\] (pending|completed)$`, `^tasks\.md [-+]\*\*Completed At\*\*: `, `^spec\.md [-+]- \[.\] \*\*AC-US1-03\*\*: `},
			nil,
		},
		{
			"opened again",
			[][]string{{"increment", "task", "T-001", "--open"}},
			[]string{`^tasks\.md [-+]\*\*Status\*\*: \[.\] (pending|completed)$`, `^tasks\.md -\*\*Completed At\*\*: `, `^spec\.md [-+]- \[.\] \*\*AC-US1-01\*\*: `},
			[]string{"spec.md +- [ ] **AC-US1-01**: The change that broke logins is identified and named in this spec"},
		},
		{
			"a new name",
			[][]string{{"increment", "task", "T-002", "--rename", "Put the <old> pattern back & test it"}},
			[]string{`^tasks\.md [-+]### T-002: `},
			[]string{`tasks.md -### T-002: Implement the fix`},
		},
		{
			"a cause",
			[][]string{{"cause", "The pattern lost its dash in abc123."}},
			[]string{`^spec\.md [-+]## Root Cause`, `^spec\.md -The token pattern changed in commit abc123`, `^spec\.md \+The pattern lost its dash in abc123\.$`},
			[]string{"spec.md +The pattern lost its dash in abc123."},
		},
		{
			"one more task",
			[][]string{{"increment", "task", "--add", "Tell the bank"}},
			[]string{`^tasks\.md \+`, `^spec\.md \+- \[ \] \*\*AC-US1-05\*\*: Done: Tell the bank$`},
			[]string{"tasks.md +### T-005: Tell the bank", "spec.md +- [ ] **AC-US1-05**: Done: Tell the bank"},
		},
		{
			"paused",
			[][]string{{"increment", "reopen"}, {"increment", "pause", "waits for the vendor"}},
			[]string{`^spec\.md [-+]status: (active|paused|completed)$`, `^metadata\.json [-+]  "(status|pausedReason|pausedAt|readyForReviewAt|completed)": "`, `^metadata\.json [-+]  [}\]],?$`, `^metadata\.json [-+]  "approvedAt": "[^"]*",?$`},
			[]string{"spec.md +status: paused", `metadata.json +  "status": "paused",`, `metadata.json +  "pausedReason": "waits for the vendor",`},
		},
		{
			"active again",
			[][]string{{"increment", "reopen"}},
			[]string{`^spec\.md [-+]status: (active|paused)$`, `^metadata\.json [-+]  "(status|pausedReason|pausedAt)": "`, `^metadata\.json [-+]  [}\]],?$`, `^metadata\.json [-+]  "approvedAt": "[^"]*",?$`},
			[]string{"spec.md +status: active"},
		},
	}
	for _, sample := range []string{"open", "closable", "completed", "external-links"} {
		t.Run(sample, func(t *testing.T) {
			s := newShell(t)
			require.NoError(t, os.CopyFS(s.folder, os.DirFS(filepath.Join("testdata", "projects", sample))))
			s.git("init", "-q")
			s.git("add", "-A")
			s.git("commit", "-q", "-m", "as it was")
			s.at("14:32").does("declare", "Login outage", "--severity", "SEV1")
			s.runs("increment", "link", "0015-hotfix-auth-token")
			assert.Empty(t, s.changes(), "to link writes nothing into files that lack nothing")

			for n, step := range steps {
				s.at([]string{"14:40", "14:41", "14:42", "14:43", "14:44", "14:45", "14:46"}[n])
				for _, command := range step.commands {
					if got := s.runs(command...); got.exit != 0 {
						// A task or a state that is so already is refused, and nothing is written.
						require.Contains(t, got.err, "already", "%s: %v", step.name, command)
					}
				}
				changes := s.changes()
				for _, line := range changes {
					fits := regexp.MustCompile(activity).MatchString(line)
					for _, may := range step.may {
						fits = fits || regexp.MustCompile(may).MatchString(line)
					}
					assert.True(t, fits, "%s in %s: %q", step.name, sample, line)
				}
				for _, must := range step.must {
					assert.Contains(t, changes, must, "%s in %s", step.name, sample)
				}
				s.git("commit", "-q", "-a", "--allow-empty", "-m", step.name)
			}
			if sample == "external-links" {
				content, err := os.ReadFile(filepath.Join(s.folder, ".specweave/increments/0015-hotfix-auth-token/metadata.json"))
				require.NoError(t, err)
				for _, kept := range []string{`"big": 12345678901234567890,`, `"f": 1.0,`, `"html": "<b>&</b>",`, `"nul": null`} {
					assert.Contains(t, string(content), kept)
				}
			}
			assert.Equal(t, 0, s.runs("increment", "sync").exit, "both sides agree at the end")
		})
	}
}
