package intake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestALogOfCommitsWithoutTimesIsLeftWithWhatToDo(t *testing.T) {
	for _, text := range []string{
		"abcdef1 fix it\nabcdef2 (HEAD -> main) do it\nbbcdef3 do that\n",
		"* 1f2e3d4 Refuse an empty token\n*   2f2e3d4 Merge branch 'fix'\n|\\  \n| * 3f2e3d4 Change the token\n|/  \n* 4f2e3d4 Prepare the release of 2024-11-25\n",
		"1f2e3d4 Refuse an empty token\n",
	} {
		r := checkWhole(t, "pasted text", []byte(text), workflow.ReadAs{})
		assert.Equal(t, workflow.GitLogForm, r.Form, text)
		assert.Empty(t, r.Lines, text)
		assert.Empty(t, r.Sections, text)
		require.NotEmpty(t, r.Rest, text)
		for _, u := range r.Rest {
			assert.Equal(t, "git log --oneline tells no times; use git log", u.Why)
		}
	}
	for _, text := range []string{"1234567 rows were lost\n7654321 rows came back\n", "1732545120 it broke\n1732545180 it works\n", "defaced pages\n"} {
		assert.NotEqual(t, workflow.GitLogForm, readAs(text, workflow.ReadAs{}).Form, text)
	}
}
