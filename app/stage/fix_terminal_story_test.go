package stage_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
	"firebreak/app/keep"
	"firebreak/app/outside"
	"firebreak/app/publish"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/app/stage/fixture"
	"firebreak/data"
	"firebreak/workflow"
)

// shell is a terminal in the shop's folder, with a clock that is moved by hand.
type shell struct {
	*outage
	now time.Time
}

func shopInAShell(t *testing.T) *shell {
	t.Helper()
	return &shell{outage: breaking(t), now: sample.Alert()}
}

func (s *shell) at(minutes int) *shell {
	s.now = sample.Alert().Add(time.Duration(minutes) * time.Minute)
	return s
}

// types types a command and answers its exit code and all that it printed.
func (s *shell) types(who string, args ...string) (int, string) {
	s.t.Helper()
	var out bytes.Buffer
	now := func() time.Time { return s.now }
	steady := func() time.Duration { return s.now.Sub(sample.Alert()) }
	code := cli.Main(context.Background(), cli.World{
		Args: append([]string{"--data-dir", s.folder, "--no-input", "--as", who}, args...), In: strings.NewReader(""), Out: &out, Err: &out,
		Now: now, Zone: time.UTC, Env: os.Getenv, Login: who, Folder: s.shop, Version: "test",
		NewID: func() workflow.EventID {
			s.ids++
			return workflow.EventID(fmt.Sprintf("01935b7f-0000-7000-8000-%012d", s.ids))
		},
		Prober: outside.NewProber(now, outside.Runner{Steady: steady}.Run),
		Pause:  func(_ context.Context, d time.Duration) { s.now = s.now.Add(d) },
		Hands: func(ledger *keep.Shelf) session.Hands {
			return publish.New(ledger, data.AttachmentsIn(filepath.Join(s.folder, "attachments")), nil)
		},
	})
	return code, out.String()
}

func (s *shell) says(who string, args ...string) string {
	s.t.Helper()
	code, out := s.types(who, args...)
	require.Zero(s.t, code, "%v\n%s", args, out)
	return out
}

func (s *shell) fails(code int, who string, args ...string) string {
	s.t.Helper()
	got, out := s.types(who, args...)
	require.Equal(s.t, code, got, "%v\n%s", args, out)
	return out
}

// accepts accepts the playbook's commands by the print that was shown.
func (s *shell) accepts() {
	s.t.Helper()
	shown := s.says("Jane", "playbook", "trust", "--json")
	_, rest, found := strings.Cut(shown, `"fingerprint": "`)
	require.True(s.t, found, shown)
	sum, _, _ := strings.Cut(rest, `"`)
	s.says("Jane", "playbook", "trust", "--accept", sum)
}

func TestTheOutageOfTheShopByCommandsAlone(t *testing.T) {
	s := shopInAShell(t)
	s.says("Jane", "declare", "Auth Outage", "--severity", "SEV1", "--service", "auth", "--impact", "Login broken for all users")
	s.says("Bob", "role", "fixer", "Bob")
	s.says("Sam", "tell", "channel", "Login is down for everyone.")
	s.says("Sam", "tell", "status-page", "Investigating login failures")
	s.at(5).accepts()
	assert.Contains(t, s.fails(1, "Bob", "verify", "--watch", "--once"), "500")

	shown := s.at(8).says("Jane", "decide")
	assert.Contains(t, shown, fixture.GoodVersion)
	s.says("Jane", "decide", "hotfix", "--reason", "the cart in v1.2.2 rounds wrong, and the fix is one line")
	s.at(9).says("Bob", "increment", "write", "fix", "Revert token validation to previous behavior.")
	s.says("Bob", "increment", "create")
	s.at(10).says("Bob", "cause", "Regex pattern in token validation was changed in PR #423.")

	s.git("checkout", "--quiet", fixture.BadFix)
	assert.Contains(t, s.at(14).fails(1, "Bob", "scope"), "While I'm here")
	s.git("checkout", "--quiet", fixture.GoodFix)
	assert.Contains(t, s.says("Jane", "decide"), "back to     "+fixture.GoodVersion, "the release that broke it is no way back, also beside the fix")
	s.at(18).says("Bob", "fix", "--summary", "Allow dashes in tokens again.")
	s.says("Bob", "scope", "--record")

	s.at(20).says("Bob", "run", "--", "./scripts/test", "auth")
	assert.Contains(t, s.fails(4, "Bob", "run", "--", "make", "test"), "takes too long")
	s.says("Bob", "rollback-ready", "--to", fixture.GoodVersion)
	assert.Contains(t, s.fails(4, "Bob", "approve", "Bob"), "cannot approve")
	first := s.git("rev-parse", "HEAD")
	s.says("Ann", "approve", "--commit", first)
	s.changes("src/auth/token.test.js", "a token with dashes", "a session token with dashes")
	s.git("commit", "--quiet", "--all", "--amend", "--no-edit")
	second := s.git("rev-parse", "HEAD")
	assert.Contains(t, s.at(22).fails(4, "Bob", "deploy", "--run", "--version", "v1.2.4", "--yes", first), "Approve again")
	s.fails(4, "Ann", "approve", "--commit", first)
	s.at(24).says("Bob", "run", "--", "./scripts/test", "auth")
	s.says("Bob", "scope", "--record")
	s.says("Ann", "approve", "--commit", second)
	s.at(26).says("Bob", "deploy", "--run", "--version", "v1.2.4", "--yes", second)

	assert.Contains(t, s.fails(4, "Jane", "all-clear"), "closed")
	watched := s.says("Bob", "verify", "--watch", "--for", "20m")
	assert.Contains(t, watched, "200")
	s.at(47).says("Jane", "all-clear")
	document := s.at(60).says("Jane", "postmortem")
	for _, part := range []string{
		"- Fix: Allow dashes in tokens again (commit " + workflow.ShortCommit(second), "- Tests passed: ./scripts/test auth",
		"- Approved by Ann for " + workflow.ShortCommit(first) + ", which is not the fix any more\n- Approved by Ann\n",
		"- Deployed v1.2.4 at 2024-11-25 14:58 UTC", "- Login answers 200: passed (green for 5 minutes",
	} {
		assert.Contains(t, document, part)
	}
}
