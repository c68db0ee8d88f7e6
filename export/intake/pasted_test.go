package intake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestAMessageCanStandInTheLineOfItsNameAndTime(t *testing.T) {
	for _, text := range []string{
		"Jane Doe [2:32 PM] login is down\nBob [2:35 PM] on it\n",
		"Jane Doe (2:32 PM): login is down\nBob (2:35 PM): on it\n",
		"Jane Doe  2:32 PM: login is down\nBob  2:35 PM: on it\n",
		"Jane Doe 2:32 PM: login is down\nBob 2:35 PM: on it\n",
		"Jane Doe — 14:32: login is down\nBob — 14:35: on it\n",
		"Jane Doe [2026-11-28 14:32 UTC] login is down\nBob [2026-11-28 14:35 UTC] on it\n",
		"2:32 PM Jane Doe: login is down\n2:35 PM Bob: on it\n",
		"14:32 Jane Doe: login is down\n14:35 Bob: on it\n",
		"[2:32 PM] Jane Doe: login is down\n[2:35 PM] Bob: on it\n",
	} {
		r := checkWhole(t, "pasted text", []byte(text), workflow.ReadAs{})
		require.Len(t, r.Lines, 2, "%s%s", text, show(r))
		assert.Equal(t, workflow.ChatForm, r.Form, text)
		assert.Equal(t, []string{"2026-11-28T14:32:00Z", "2026-11-28T14:35:00Z"}, times(r), text)
		assert.Equal(t, "Jane Doe|login is down", r.Lines[0].Who+"|"+r.Lines[0].Text, text)
		assert.Equal(t, "Bob|on it", r.Lines[1].Who+"|"+r.Lines[1].Text, text)
		assert.Empty(t, r.Rest)
	}
	for _, text := range []string{"Jane Doe  2:32 PM: login is down\n", "Jane Doe [2:32 PM] login is down\n", "2:32 PM Jane Doe: login is down"} {
		r := checkWhole(t, "pasted text", []byte(text), workflow.ReadAs{})
		require.Len(t, r.Lines, 1, "%s%s", text, show(r))
		assert.Equal(t, "Jane Doe|login is down", r.Lines[0].Who+"|"+r.Lines[0].Text, text)
	}
}

func TestAMessageWithATimeInItIsNoneOfItsOwn(t *testing.T) {
	r := checkWhole(t, "pasted text", []byte("[14:32] jane: login is down\nDeploy [14:20] is why\n[14:35] bob: on it\n"), workflow.ReadAs{})
	require.Len(t, r.Lines, 2, show(r))
	assert.Equal(t, "login is down\nDeploy [14:20] is why", r.Lines[0].Text)
	for _, text := range []string{
		"Login went down at [14:32] for everybody.\nWe looked at it.\n",
		"The deploy (14:32): it broke.\nThe rollback (14:50): it helped.\n",
		"Update [14:32] all is well\n",
	} {
		assert.NotEqual(t, workflow.ChatForm, checkWhole(t, "pasted text", []byte(text), workflow.ReadAs{}).Form, text)
	}
}

func TestAMessageAtATimeThatNoClockShowsIsKeptWithItsTimeUnknown(t *testing.T) {
	for _, text := range []string{
		"[13:55 PM] jane: weird\n[2:02 PM] bob: ok\n", "[25:61] jane: weird\n[14:02] bob: ok\n", "jane [13:55 PM] weird\nbob [2:02 PM] ok\n",
		"Jane Doe  13:55 PM\nweird\n\nBob  2:02 PM\nok\n", "13:55 PM jane: weird\n2:02 PM bob: ok\n",
	} {
		r := checkWhole(t, "pasted text", []byte(text), workflow.ReadAs{})
		assert.Equal(t, workflow.ChatForm, r.Form, text)
		require.Len(t, r.Lines, 2, "%s%s", text, show(r))
		assert.Equal(t, []string{"text", "2026-11-29T14:02:00Z"}, times(r), text)
		assert.Equal(t, "weird", r.Lines[0].Text, text)
		assert.NotEmpty(t, r.Lines[0].Who, text)
		assert.Contains(t, text, r.Lines[0].At.Typed)
		assert.Equal(t, workflow.DoubtfulLine, r.Lines[0].Sure, text)
	}
}
