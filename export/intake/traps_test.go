package intake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/intake"
	"firebreak/workflow"
)

func readAs(text string, as workflow.ReadAs) workflow.Reading {
	return intake.Read("pasted text", []byte(text), as, now)
}

func times(r workflow.Reading) []string {
	var out []string
	for _, l := range r.Lines {
		out = append(out, at(l.At))
	}
	return out
}

func TestAClockThatGoesBackOverMidnightIsTheNextDay(t *testing.T) {
	r := readAs(string(timeline("- 23:58 UTC a", "- 00:03 UTC b", "- 23:59 UTC c", "- 00:01 UTC d")), workflow.ReadAs{})
	assert.Equal(t, []string{"2024-11-25T23:58:00Z", "2024-11-26T00:03:00Z", "2024-11-26T23:59:00Z", "2024-11-27T00:01:00Z"}, times(r))
	assert.Equal(t, workflow.FromRoll, r.Lines[1].Day.From)
	assert.Equal(t, workflow.LikelyLine, r.Lines[1].Sure)
}

func TestAnEntryOutOfOrderIsKeptAndSaid(t *testing.T) {
	r := readAs(string(timeline("- 14:32 UTC a", "- 14:30 UTC b", "- 14:35 UTC c")), workflow.ReadAs{})
	assert.Equal(t, []string{"2024-11-25T14:32:00Z", "2024-11-25T14:30:00Z", "2024-11-25T14:35:00Z"}, times(r))
	assert.Contains(t, r.Lines[1].Notes[0], "2 min earlier")
	assert.Equal(t, workflow.SureLine, r.Lines[2].Sure)
}

func TestAMorningAfterIsDoubtedAndABlipIsNot(t *testing.T) {
	morning := readAs(string(timeline("- 18:00 UTC a", "- 09:00 UTC b", "- 09:30 UTC c")), workflow.ReadAs{})
	assert.Equal(t, []string{"2024-11-25T18:00:00Z", "2024-11-26T09:00:00Z", "2024-11-26T09:30:00Z"}, times(morning))
	assert.Equal(t, workflow.DoubtfulLine, morning.Lines[1].Sure)
	blip := readAs(string(timeline("- 18:00 UTC a", "- 09:00 UTC b", "- 18:30 UTC c")), workflow.ReadAs{})
	assert.Equal(t, []string{"2024-11-25T18:00:00Z", "2024-11-25T09:00:00Z", "2024-11-25T18:30:00Z"}, times(blip))
	assert.Equal(t, workflow.DoubtfulLine, blip.Lines[1].Sure)
}

func TestADateLineSwitchesTheDayAndAHeadingDoesToo(t *testing.T) {
	for _, day := range []string{
		"2024-11-26", "26/11/24", "**November 26th**", "### 26 Nov 2024", "- 2024-11-26", "Tuesday, 26 November 2024:", "### Day 2", "_26.11.2024_", "#### Nov 26 (all times UTC)",
	} {
		r := readAs(string(timeline("- 14:32 UTC a", "", day, "", "- 15:00 UTC b")), workflow.ReadAs{})
		assert.Equal(t, []string{"2024-11-25T14:32:00Z", "2024-11-26T15:00:00Z"}, times(r), day)
		require.Len(t, r.Lines, 2)
		assert.Equal(t, workflow.FromHeading, r.Lines[1].Day.From, day)
	}
}

func TestTheDayOfAnEntryIsToldWhereItsTimeIsNotKnown(t *testing.T) {
	r := readAs("## Timeline\n\n| Date | Time | Event |\n|---|---|---|\n| 2024-11-25 | ??? | a |\n| 2024-11-26 | 10:00 | b |\n", workflow.ReadAs{})
	require.Len(t, r.Lines, 2)
	assert.Equal(t, []string{"text", "2024-11-26T10:00:00Z"}, times(r))
	assert.Equal(t, "the time is not known; the day is that of “2024-11-25” in the column “Date”", r.Lines[0].Day.Says)
}

func TestADateOverSentencesIsAnEntryOfThatDay(t *testing.T) {
	for _, lines := range [][]string{
		{"### 2024-11-26", "", "It was slow.", "", "### 2024-11-27 10:00", "", "b"},
		{"**2024-11-26**", "", "It was slow.", "", "2024-11-27", "", "- 10:00 b"},
		{"- 2024-11-26:", "    It was slow.", "- 2024-11-27 10:00 b"},
	} {
		r := readAs(string(timeline(append([]string{"All times in UTC", ""}, lines...)...)), workflow.ReadAs{})
		require.Len(t, r.Lines, 2, lines[0])
		assert.Equal(t, "It was slow.", r.Lines[0].Text)
		assert.Equal(t, []string{"?2024-11-26T00:00:00Z/2024-11-26T23:59:59Z", "2024-11-27T10:00:00Z"}, times(r), lines[0])
	}
	only := readAs("# Slow\n\n## Timeline\n\n### August 15\n\nIt began.\n\n### August 17\n\nIt ended.\n\n## Impact\n\nWords.\n", workflow.ReadAs{})
	assert.Len(t, only.Lines, 2)
}

func TestAStampAloneInAListIsOfTheItemsBelowIt(t *testing.T) {
	r := readAs(string(timeline("- 14:32 UTC", "- It broke.", "- It was seen.", "- 14:40 UTC", "- It was mended.")), workflow.ReadAs{})
	require.Len(t, r.Lines, 2)
	assert.Equal(t, "- It broke.\n- It was seen.", r.Lines[0].Text)
	assert.Equal(t, "- It was mended.", r.Lines[1].Text)
	assert.Empty(t, r.Rest)
}

func TestWinterAndSummerTogetherNameAPlace(t *testing.T) {
	r := readAs("# Outage of 2025\u201107\u201120\n\n## Timeline (all times in PST/PDT)\n\n14:32 - a<br>\n14:40 - b\n", workflow.ReadAs{})
	assert.Equal(t, []string{"2025-07-20T21:32:00Z", "2025-07-20T21:40:00Z"}, times(r))
	assert.Equal(t, "a", r.Lines[0].Text)
}

func TestTheZoneComesFromWhatStandsNearest(t *testing.T) {
	head := "# Outage of 2024-11-25\n\n"
	for _, c := range []struct {
		text, want string
		from       workflow.OriginKind
		sure       workflow.Confidence
		as         workflow.ReadAs
	}{
		{"All times are in CET.\n\n## Timeline\n\n- 15:32 a", "2024-11-25T14:32:00Z", workflow.FromPreamble, workflow.SureLine, workflow.ReadAs{}},
		{"## Timeline (UTC+1)\n\n- 15:32 a", "2024-11-25T14:32:00Z", workflow.FromHeading, workflow.SureLine, workflow.ReadAs{}},
		{"## Timeline\n\n| Time (CET) | Event |\n|---|---|\n| 15:32 | a |", "2024-11-25T14:32:00Z", workflow.FromHeading, workflow.SureLine, workflow.ReadAs{}},
		{"## Timeline\n\n_Times in Pacific Time_\n\n- 6:32 a", "2024-11-25T14:32:00Z", workflow.FromPreamble, workflow.SureLine, workflow.ReadAs{}},
		{"## Timeline\n\n- 15:32 a", "2024-11-25T15:32:00Z", workflow.FromNowhere, workflow.LikelyLine, workflow.ReadAs{}},
		{"## Timeline\n\n- 15:32 a", "2024-11-25T14:32:00Z", workflow.FromChoice, workflow.SureLine, workflow.ReadAs{Zone: "Europe/Berlin"}},
		{"## Timeline (CET)\n\n- 15:32 UTC a", "2024-11-25T15:32:00Z", workflow.FromStamp, workflow.SureLine, workflow.ReadAs{Zone: "PST"}},
		{"It began at 15:30 CET.\n\n## Timeline\n\n- 15:32 a", "2024-11-25T14:32:00Z", workflow.FromPreamble, workflow.LikelyLine, workflow.ReadAs{}},
		{"## Timeline\n\n- 15:32 a\n- 15:40 CET b", "2024-11-25T14:32:00Z", workflow.FromNeighbor, workflow.LikelyLine, workflow.ReadAs{}},
	} {
		r := readAs(head+c.text, c.as)
		require.NotEmpty(t, r.Lines, c.text)
		assert.Equal(t, c.want, at(r.Lines[0].At), c.text)
		assert.Equal(t, c.from, r.Lines[0].Zone.From, c.text)
		assert.Equal(t, c.sure, r.Lines[0].Sure, c.text)
	}
}

func TestAZoneWithSeveralMeaningsIsDoubtfulUntilChosen(t *testing.T) {
	text := string(timeline("- 14:32 IST deploy"))
	r := readAs(text, workflow.ReadAs{})
	assert.Equal(t, workflow.DoubtfulLine, r.Lines[0].Sure)
	assert.Contains(t, r.Lines[0].Notes[0], "Israel Standard Time")
	r = readAs(text, workflow.ReadAs{Zone: "Europe/Dublin"})
	assert.Equal(t, workflow.DoubtfulLine, r.Lines[0].Sure, "Irish clocks are not at +01:00 in November")
	r = readAs(text, workflow.ReadAs{Zone: "Asia/Kolkata"})
	assert.Equal(t, "2024-11-25T09:02:00Z", at(r.Lines[0].At))
	assert.Equal(t, workflow.LikelyLine, r.Lines[0].Sure)
}

func TestADateOfFiguresIsBothUntilTheOrderIsChosen(t *testing.T) {
	text := "## Timeline\n\n- 04/05/2025 10:00 UTC a"
	r := readAs(text, workflow.ReadAs{})
	assert.Equal(t, []string{"?2025-04-05T10:00:00Z/2025-05-04T10:00:00Z"}, times(r))
	assert.Equal(t, workflow.DoubtfulLine, r.Lines[0].Sure)
	assert.Equal(t, []string{"2025-05-04T10:00:00Z"}, times(readAs(text, workflow.ReadAs{DayOrder: workflow.DayFirst})))
	assert.Equal(t, []string{"2025-04-05T10:00:00Z"}, times(readAs(text, workflow.ReadAs{DayOrder: workflow.MonthFirst})))
	proven := readAs(text+"\n- 25/05/2025 11:00 UTC b", workflow.ReadAs{})
	assert.Equal(t, []string{"2025-05-04T10:00:00Z", "2025-05-25T11:00:00Z"}, times(proven))
	assert.Equal(t, workflow.LikelyLine, proven.Lines[0].Sure)
}

func TestADayWithoutAYearIsNearestToTheDocuments(t *testing.T) {
	r := readAs("# Outage of January 3rd, 2023\n\n## Timeline\n\n- Dec 28, 14:00 UTC: a\n- Jan 2, 15:00 UTC: b", workflow.ReadAs{})
	assert.Equal(t, []string{"2022-12-28T14:00:00Z", "2023-01-02T15:00:00Z"}, times(r))
	r = readAs("## Timeline\n\n- Dec 28, 14:00 UTC: a", workflow.ReadAs{})
	assert.Equal(t, []string{"2025-12-28T14:00:00Z"}, times(r))
	assert.Equal(t, workflow.DoubtfulLine, r.Lines[0].Sure, "nothing in the document tells the year")
}

func TestTheDayOfTheFirstEntryCanBeChosen(t *testing.T) {
	r := readAs("- 23:58 UTC a\n- 00:03 UTC b", workflow.ReadAs{Day: "2024-11-25"})
	assert.Equal(t, []string{"2024-11-25T23:58:00Z", "2024-11-26T00:03:00Z"}, times(r))
	assert.Equal(t, workflow.FromChoice, r.Lines[0].Day.From)
}

func TestTheDayOfAPublicationIsNotTheDayOfTheOutage(t *testing.T) {
	text := "On Monday, Oct 15, we were down.\n\n## Timeline\n\n- 20:09 UTC a"
	r := intake.Read("2018-10-19-update.md", []byte(text), workflow.ReadAs{}, now)
	assert.Equal(t, []string{"2018-10-15T20:09:00Z"}, times(r))
	r = intake.Read("2018-10-15-outage.md", []byte("## Timeline\n\n- 20:09 UTC a"), workflow.ReadAs{}, now)
	assert.Equal(t, []string{"2018-10-15T20:09:00Z"}, times(r))
}

func TestAHourThatClocksSkippedIsKeptAsText(t *testing.T) {
	r := readAs("# 2024-03-31\n\n## Timeline (Europe/Berlin)\n\n- 02:30 a\n- 03:30 b", workflow.ReadAs{})
	assert.Equal(t, []string{"text", "2024-03-31T01:30:00Z"}, times(r))
	assert.Equal(t, "02:30", r.Lines[0].At.Typed)
	assert.Equal(t, workflow.DoubtfulLine, r.Lines[0].Sure)
}

func TestWhatFollowsAnEntryBelongsToItAsFarAsMarkdownSays(t *testing.T) {
	r := readAs(string(timeline("- 14:32 a", "  goes on", "  - and has a list", "", "  ```", "  14:33 and code", "  ```", "- 14:40 b", "- no time", "", "not of the list")), workflow.ReadAs{})
	require.Len(t, r.Lines, 2)
	assert.Equal(t, "a\ngoes on\n- and has a list\n\n```\n14:33 and code\n```", r.Lines[0].Text)
	assert.Equal(t, "b", r.Lines[1].Text)
	require.Len(t, r.Rest, 1)
	assert.Equal(t, "- no time\n\nnot of the list", r.Rest[0].Text)
}

func TestOtherSectionsComeInUnderTheirNames(t *testing.T) {
	r := readAs("# T\n\nintro\n\n## Executive summary\n\ns\n\n## Root cause(s)\n\nr\n\n### More of it\n\nm\n\n## Lessons learned\n\n### What went well\n\nw\n\n## 5. Follow-up actions\n\n- [ ] f\n\n## Weather\n\nrain\n", workflow.ReadAs{})
	var got []string
	for _, s := range r.Sections {
		got = append(got, s.Heading+"|"+string(s.Section)+"|"+s.Text)
	}
	assert.Equal(t, []string{
		"||intro", "Executive summary|summary|s", "Root cause(s)|root-cause|r\n\n### More of it\n\nm", "Lessons learned|lessons|",
		"What went well|went-well|w", "5. Follow-up actions|actions|- [ ] f", "Weather||rain",
	}, got)
	assert.Equal(t, "T", r.Title)
}

func TestMilestonesAreProposedFromWords(t *testing.T) {
	r := readAs(string(timeline("- 14:30 the fix was not deployed", "- 14:32 First alert triggered", "- 14:35 On-call acknowledged", "- 14:42 Root cause identified", "- 14:58 Fix deployed", "- 15:05 Verified fix in production", "- 15:10 Incident resolved, or so we thought", "- 15:19 All-clear")), workflow.ReadAs{})
	var got []workflow.Milestone
	for _, l := range r.Lines {
		got = append(got, l.Milestone)
	}
	assert.Equal(t, []workflow.Milestone{"", workflow.Detected, workflow.Acknowledged, workflow.Identified, workflow.FixDeployed, workflow.FixProven, "", workflow.AllClear}, got)
}

func TestWhoSaysItIsToldApartFromWhatItSays(t *testing.T) {
	r := readAs(string(timeline("- 14:32 @jane: restarted", "- 14:33 Jane Doe: restarted", "- 14:34 Alert: latency", "- 14:35 <bob> restarted")), workflow.ReadAs{})
	var got []string
	for _, l := range r.Lines {
		got = append(got, l.Who+"|"+l.Text)
	}
	assert.Equal(t, []string{"@jane|restarted", "Jane Doe|restarted", "|Alert: latency", "bob|restarted"}, got)
}
