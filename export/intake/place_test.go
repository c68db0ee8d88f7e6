package intake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/intake"
	"firebreak/workflow"
)

func TestWhereNothingTellsTheDayAllOfTheTextIsPast(t *testing.T) {
	four := time.Date(2026, 11, 29, 16, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text string
		as   workflow.ReadAs
		want []string
	}{
		{"14:02 - ok\n15:58 - late\n", workflow.ReadAs{}, []string{"2026-11-29T14:02:00Z", "2026-11-29T15:58:00Z"}},
		{"14:02 - ok\n16:10 - a clock that is ahead\n", workflow.ReadAs{}, []string{"2026-11-29T14:02:00Z", "2026-11-29T16:10:00Z"}},
		{"14:02 - ok\n16:11 - late\n", workflow.ReadAs{}, []string{"2026-11-28T14:02:00Z", "2026-11-28T16:11:00Z"}},
		{"13:55 PM - weird\n14:02 - ok\n23:58 - late\n00:10 - next\n", workflow.ReadAs{}, []string{"text", "2026-11-28T14:02:00Z", "2026-11-28T23:58:00Z", "2026-11-29T00:10:00Z"}},
		{"23:58 - late\n00:10 - next\n23:59 - later\n00:01 - done\n", workflow.ReadAs{}, []string{"2026-11-27T23:58:00Z", "2026-11-28T00:10:00Z", "2026-11-28T23:59:00Z", "2026-11-29T00:01:00Z"}},
		{"00:30 - in Tokyo it is tomorrow\n", workflow.ReadAs{Zone: "Asia/Tokyo"}, []string{"2026-11-29T15:30:00Z"}},
		{"09:00 - in California it is still early\n", workflow.ReadAs{Zone: "America/Los_Angeles"}, []string{"2026-11-28T17:00:00Z"}},
		{"15:50-16:30 - slow\n", workflow.ReadAs{}, []string{"2026-11-28T15:50:00Z/2026-11-28T16:30:00Z"}},
		{"Yesterday at 2:32 PM - slow\n", workflow.ReadAs{}, []string{"2026-11-28T14:32:00Z"}},
		{"Today at 9:32 PM - slow\n", workflow.ReadAs{}, []string{"2026-11-28T21:32:00Z"}},
		{"Mon 14:32 - slow\n", workflow.ReadAs{}, []string{"2026-11-23T14:32:00Z"}},
		{"Day 1\n\n14:00 - slow\n\nDay 2\n\n15:00 - mended\n", workflow.ReadAs{}, []string{"2026-11-28T14:00:00Z", "2026-11-29T15:00:00Z"}},
		{"18:00 - told\n", workflow.ReadAs{Day: "2026-11-29"}, []string{"2026-11-29T18:00:00Z"}},
		{"2026-11-29 18:00 - told\n19:00 - and so on\n", workflow.ReadAs{}, []string{"2026-11-29T18:00:00Z", "2026-11-29T19:00:00Z"}},
	} {
		r := intake.Read("pasted text", []byte(c.text), c.as, four)
		assert.Equal(t, c.want, times(r), "%s%s", c.text, show(r))
	}
	r := intake.Read("pasted text", []byte("14:02 - ok\n16:11 - late\n"), workflow.ReadAs{}, four)
	assert.Equal(t, workflow.Origin{From: workflow.FromNowhere, Says: "nothing tells the day: the latest on which all of it is past"}, r.Lines[0].Day)
	assert.Equal(t, workflow.DoubtfulLine, r.Lines[0].Sure)
	again := 0
	for _, n := range r.Lines[0].Notes {
		if n == "Nothing tells the day; the latest on which all of it is past is taken. Choose the day of the first entry to settle it." {
			again++
		}
	}
	assert.Equal(t, 1, again, "it is said once, however often the day was tried")
}

func TestThatNothingNamesAZoneIsSaidOnceAndDoubtedOnEveryLine(t *testing.T) {
	const says = "Nothing names a zone; UTC is assumed."
	r := readAs("# 2024-11-25\n\n## Timeline\n\n- 14:30 UTC told\n- ??:?? b\n", workflow.ReadAs{})
	assert.NotContains(t, r.Notes, says)
	r = readAs("# 2024-11-25\n\n## Timeline\n\n- ??:?? a\n- 14:32 b\n- 14:33 c\n- 14:34 d\n", workflow.ReadAs{})
	require.Len(t, r.Lines, 4)
	assert.Contains(t, r.Notes, says)
	assert.NotContains(t, r.Lines[0].Notes, says, "its time is not known")
	assert.Contains(t, r.Lines[1].Notes, says)
	for _, l := range r.Lines[1:] {
		assert.Equal(t, workflow.LikelyLine, l.Sure)
		assert.Equal(t, workflow.FromNowhere, l.Zone.From)
	}
	assert.Empty(t, r.Lines[2].Notes)
	assert.Empty(t, r.Lines[3].Notes)
}
