package cli_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// ownCommands is a playbook of the shop with a deploy command of its own.
func ownCommands(deploy string) string {
	text := strings.Replace(own("Shop", "7"), "npm run deploy:production --hotfix # skips staging: SEV1 only", "'"+deploy+"'", 1)
	return text
}

func TestTheCommandsOfAPlaybookAreShownInFullAndAcceptedByTheirFingerprint(t *testing.T) {
	s := newShell(t)
	s.repository()
	s.file(ownPlaybook, ownCommands("./deploy.sh {commit}"))
	shown := s.does("playbook", "trust")
	assert.Contains(t, shown, `"Shop", version 7, from `+s.folder)
	assert.Contains(t, shown, "  deploy: new\n    ./deploy.sh {commit}\n")
	assert.Contains(t, shown, "  rollback: new\n    npm run deploy:rollback\n")
	assert.Contains(t, shown, "Nothing of this playbook runs before that.")
	sum := s.reads("playbook", "trust")["fingerprint"].(string)
	assert.Contains(t, shown, "firebreak playbook trust --accept "+sum)

	s.file(ownPlaybook, ownCommands("./deploy.sh {commit} --force"))
	assert.Contains(t, s.fails(4, "playbook", "trust", "--accept", sum), "does not stand for what waits", "it changed after it was shown")
	assert.Empty(t, s.reads("playbook", "trust")["accepted"])

	sum = s.reads("playbook", "trust")["fingerprint"].(string)
	assert.Contains(t, s.does("playbook", "trust", "--accept", sum), "./deploy.sh {commit} --force")
	assert.Contains(t, s.does("playbook", "trust"), "Every command of this playbook is accepted on this machine.")
	assert.Contains(t, s.fails(5, "playbook", "trust", "--accept", sum), "There is nothing to accept")

	s.file(ownPlaybook, ownCommands("./deploy.sh {commit} --forse"))
	shown = s.does("playbook", "trust")
	assert.Contains(t, shown, "  deploy: changed\n    ./deploy.sh {commit} --forse\n    was ./deploy.sh {commit} --force\n")
	assert.Contains(t, shown, "1 command waits to be accepted.")
	assert.Contains(t, shown, "  rollback: accepted by jane\n")

	assert.Contains(t, s.does("playbook", "trust", "--forget"), "No command of a playbook runs")
	assert.Contains(t, s.fails(5, "playbook", "trust", "--forget"), "Nothing was accepted")
	assert.Empty(t, s.reads("playbook", "trust")["accepted"])
}

func TestAShellIsAChangeOfEveryCommand(t *testing.T) {
	s := newShell(t)
	s.repository()
	s.file(ownPlaybook, ownCommands("./deploy.sh"))
	s.does("playbook", "trust", "--accept", s.reads("playbook", "trust")["fingerprint"].(string))
	s.file(ownPlaybook, strings.Replace(ownCommands("./deploy.sh"), "\n  shell: false", "\n  shell: true", 1))
	shown := s.does("playbook", "trust")
	assert.Contains(t, shown, "  deploy, by a shell: changed\n    ./deploy.sh\n    was run without a shell\n")
	assert.NotContains(t, shown, "accepted by")
}

func TestTheOpenIncidentsPlaybookIsTheOneThatIsAskedFor(t *testing.T) {
	s := newShell(t)
	s.repository()
	s.file(ownPlaybook, ownCommands("./old.sh"))
	s.does("declare", "Checkout fails")
	s.file(ownPlaybook, ownCommands("./new.sh"))
	shown := s.does("playbook", "trust")
	assert.Contains(t, shown, "./old.sh")
	assert.NotContains(t, shown, "./new.sh")
}

func TestWithoutARepositoryThereIsNothingToTrust(t *testing.T) {
	s := newShell(t)
	assert.Contains(t, s.fails(5, "playbook", "trust"), "nothing was accepted")
	assert.Contains(t, s.fails(2, "playbook", "trust", "--forget", "--accept", "x"), "not both")
}

func TestAPlaybookCannotHideACommand(t *testing.T) {
	s := newShell(t)
	s.repository()
	s.file(ownPlaybook, ownCommands("./deploy.sh \u202ehs.live"))
	got := s.runs("playbook", "trust")
	assert.Contains(t, got.err, "there is a sign that cannot be seen, U+202E")
	assert.NotContains(t, got.out, "Shop")
	s.file(ownPlaybook, ownCommands("./deploy.sh\u200b\u00a0x"))
	assert.Contains(t, s.does("playbook", "trust"), `./deploy.sh\u{200B}\u{00A0}x`)
}
