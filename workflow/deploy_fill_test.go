package workflow_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func values() workflow.DeployValues {
	return workflow.DeployValues{Commit: "f3a91c2", Version: "v1.2.4", Branch: "hotfix/login", Approver: "Ann O'Neil", Increment: "0015-hotfix-login", Previous: "v1.2.2"}
}

func TestThePlacesOfACommandAreFilledInAsOneWordEach(t *testing.T) {
	for line, want := range map[string][]string{
		`./deploy.sh {commit} --to {version}`:               {"./deploy.sh", "f3a91c2", "--to", "v1.2.4"},
		`npm run deploy --approved-by="{approver}"`:         {"npm", "run", "deploy", "--approved-by=Ann O'Neil"},
		`npm run deploy --approved-by={approver} {branch}`:  {"npm", "run", "deploy", "--approved-by=Ann O'Neil", "hotfix/login"},
		`curl -w %{http_code} x/{version}/{previous}`:       {"curl", "-w", "%{http_code}", "x/v1.2.4/v1.2.2"},
		`echo {increment}{commit} {unknown} {} { commit}`:   {"echo", "0015-hotfix-loginf3a91c2", "{unknown}", "{}", "{", "commit}"},
		`npm run deploy:production --approved-by="@lead"  `: {"npm", "run", "deploy:production", "--approved-by=@lead"},
	} {
		order, err := workflow.FillCommand(line, false, values())
		require.NoError(t, err, line)
		assert.Equal(t, want, order.Words, line)
		again, err := workflow.SplitCommand(order.Line)
		require.NoError(t, err, order.Line)
		assert.Equal(t, want, again, "what is shown is what is run")
		assert.Contains(t, order.Env, "FIREBREAK_COMMIT=f3a91c2")
		assert.Contains(t, order.Env, "FIREBREAK_APPROVER=Ann O'Neil")
	}
}

func TestAValueIsNeverMoreThanAValue(t *testing.T) {
	for name, v := range map[string]workflow.DeployValues{
		"an option":        {Version: "--force"},
		"a single dash":    {Version: "-"},
		"a second command": {Version: "v1; rm -rf /"},
		"a substitution":   {Version: "$(id)"},
		"backticks":        {Version: "`id`"},
		"a pipe":           {Version: "v1|sh"},
		"a line end":       {Version: "v1\nrm"},
		"a blank":          {Version: "v1 --force"},
		"a quote":          {Version: `v1"`},
		"an escape":        {Version: "v1\x1b[2J"},
		"nothing":          {},
		"a sign unseen":    {Version: "v1\u202e"},
		"a zero":           {Version: "v1\x00"},
		"a pattern":        {Version: "v*"},
	} {
		for _, shell := range []bool{false, true} {
			order, err := workflow.FillCommand("./deploy.sh {version}", shell, v)
			var rule *workflow.RuleError
			require.ErrorAs(t, err, &rule, name)
			helps(t, rule)
			assert.Equal(t, "version", rule.Field, name)
			assert.Contains(t, rule.Says, "Nothing was run.", name)
			assert.Empty(t, order.Words, name)
		}
		order, err := workflow.FillCommand("./deploy.sh", false, v)
		require.NoError(t, err, "it does not matter where nothing asks for it")
		assert.Empty(t, order.Env, name)
	}
	order, err := workflow.FillCommand("./deploy.sh {branch}", false, workflow.DeployValues{Branch: "{version}", Version: "v1"})
	require.Error(t, err, "braces are no sign of a branch: %v", order)
}

func TestAShellGetsVariablesInQuotesAndNoValues(t *testing.T) {
	for line, want := range map[string]string{
		`./deploy.sh {commit} && echo "{approver} is fine"`: `./deploy.sh "${FIREBREAK_COMMIT}" && echo "${FIREBREAK_APPROVER} is fine"`,
		`echo '{approver}'`:           `echo ''"${FIREBREAK_APPROVER}"''`,
		`echo \{commit} "\"{commit}"`: `echo \{commit} "\"${FIREBREAK_COMMIT}"`,
		`echo $HOME {other}`:          `echo $HOME {other}`,
	} {
		order, err := workflow.FillCommand(line, true, values())
		require.NoError(t, err, line)
		assert.Equal(t, want, order.Line)
		assert.True(t, order.Shell)
		assert.Empty(t, order.Words)
	}
	for _, line := range []string{"echo $(git log {commit})", "echo `git log {commit}`", "cat <<X\n{commit}\nX"} {
		_, err := workflow.FillCommand(line, true, values())
		assert.ErrorContains(t, err, "cannot promise", line)
	}
	_, err := workflow.FillCommand("echo $(git log $FIREBREAK_COMMIT)", true, values())
	assert.NoError(t, err)
}

// A real shell sees each value as one word, wherever its place stands.
func TestAShellReadsAValueAsOneWord(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	v := values()
	v.Approver = "Ann  O'Neil Ó"
	order, err := workflow.FillCommand(`printf '%s|' {approver} "{approver}" '{approver}' x{approver}y "a {approver} b"`, true, v)
	require.NoError(t, err)
	cmd := exec.Command(sh, "-c", order.Line)
	cmd.Env = order.Env
	out, err := cmd.Output()
	require.NoError(t, err)
	who := v.Approver
	assert.Equal(t, strings.Join([]string{who, who, who, "x" + who + "y", "a " + who + " b", ""}, "|"), string(out))
}

func TestTheIncidentKnowsTheValues(t *testing.T) {
	s := fire(t).fixed("abc1234").proven()
	assert.Equal(t, workflow.DeployValues{Commit: "abc1234", Version: "v1.2.4", Approver: "Ann", Increment: "0015-hotfix-login", Previous: "v1.2.2"}, s.in.DeployValues(" v1.2.4 "))
	s.do(workflow.RecordFix{Commit: "fff9999"})
	assert.Empty(t, s.in.DeployValues("").Approver, "nobody has approved this commit")
	_, err := workflow.FillCommand("./d {approver}", false, s.in.DeployValues(""))
	assert.ErrorContains(t, err, "Get the approval for this commit first.")
}
