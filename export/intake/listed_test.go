package intake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestLinesWithTimesAndNothingElseAreEntries(t *testing.T) {
	for _, lines := range [][]string{
		{"13:02 login is down"},
		{"13:02 - login is down"},
		{"13:02 login is down", "13:05 on it"},
		{"13:02 - login is down", "13:05 - on it"},
		{"13:02 login is down", "", "13:05 on it", "13:10 better"},
		{"- 13:02 login is down", "- 13:05 on it"},
		{"13:02 UTC login is down", "    and the shop too"},
		{"1:02 PM login is down"},
		{"2026-11-29", "13:02 login is down"},
		{"2026-11-29 13:02 login is down"},
	} {
		text, want := "", 0
		for _, l := range lines {
			text += l + "\n"
			if len(l) > 10 && l[0] != ' ' {
				want++
			}
		}
		r := checkWhole(t, "pasted text", []byte(text), workflow.ReadAs{})
		require.Len(t, r.Lines, want, "%s%s", text, show(r))
		assert.Equal(t, "2026-11-29T13:02:00Z", times(r)[0], text)
		assert.Empty(t, r.Sections, text)
	}
	prose := readAs("The site was slow.\n13:02 is when it began.\nNobody knew why.\n", workflow.ReadAs{})
	assert.Empty(t, prose.Lines)
}

func TestATimeThatNoClockShowsIsAnEntryAmongBareLinesToo(t *testing.T) {
	for _, text := range []string{
		"13:55 PM - weird\n12:02 - ok\n12:03 - fine\n", "13:55 PM weird\n12:02 ok\n", "- 13:55 PM - weird\n- 12:02 - ok\n",
		"* 13:55 PM: weird\n", "13:55 PM - weird\n", "25:61 - weird\n12:02 - ok\n", "??:?? - weird\n12:02 - ok\n",
	} {
		r := checkWhole(t, "pasted text", []byte(text), workflow.ReadAs{})
		require.NotEmpty(t, r.Lines, text)
		assert.Equal(t, "text", at(r.Lines[0].At), text)
		assert.Contains(t, text, r.Lines[0].At.Typed)
		assert.NotEmpty(t, r.Lines[0].At.Typed)
		assert.Equal(t, "weird", r.Lines[0].Text, text)
		assert.Equal(t, workflow.DoubtfulLine, r.Lines[0].Sure, text)
		assert.Empty(t, r.Sections, text)
	}
}
