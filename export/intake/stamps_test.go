package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/intake"
	"firebreak/workflow"
)

// at is what a stamp of a timeline reads as: "2024-11-25T14:32:00Z", with the
// end of a range behind it, "≈" before an approximate one, "?" before one of
// which only bounds are known, and "text" for one that is no time.
func at(s workflow.Stamp) string {
	const form = "2006-01-02T15:04:05.999999999Z"
	switch {
	case s.Time.IsZero():
		return "text"
	case s.Sure == workflow.Unknown:
		return "?" + s.Time.Format(form) + "/" + s.End.Format(form)
	}
	out := s.Time.Format(form)
	if s.IsRange() {
		out += "/" + s.End.Format(form)
	}
	if s.Sure == workflow.About {
		out = "≈" + out
	}
	return out
}

// timeline puts lines into a document of 25 November 2024.
func timeline(lines ...string) []byte {
	return []byte("# Outage of 2024-11-25\n\n## Timeline\n\n" + strings.Join(lines, "\n") + "\n")
}

func TestAStampIsReadInEveryFormThatPeopleWrite(t *testing.T) {
	for _, c := range []struct{ line, typed, want, text string }{
		{"- 14:32 - paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"* 14:32 — paged – twice", "14:32", "2024-11-25T14:32:00Z", "paged – twice"},
		{"+ 14:32: paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"1. 14:32 paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"• 14:32 paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"> 14:32 paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- [x] 14:32 paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"*14:32 paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- **14:32 UTC** - paged", "14:32 UTC", "2024-11-25T14:32:00Z", "paged"},
		{"- **14:32:** paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"**14:32 - paged**", "14:32", "2024-11-25T14:32:00Z", "**paged**"},
		{"- __14:32__ paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- `14:32:05` paged", "14:32:05", "2024-11-25T14:32:05Z", "paged"},
		{"- [14:32] paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- (14:32) paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- <b>14:32</b> paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- '''14:32''' paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- [14:32](https://chat.example.org/p1) paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 14:32\tpaged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"### 14:32 - paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"14:32 | paged", "14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 2:32 PM paged", "2:32 PM", "2024-11-25T14:32:00Z", "paged"},
		{"- 2:32\u202fPM\u00a0paged", "2:32\u202fPM", "2024-11-25T14:32:00Z", "paged"},
		{"- 2:32 p.m. paged", "2:32 p.m.", "2024-11-25T14:32:00Z", "paged"},
		{"- 02:32pm: paged", "02:32pm", "2024-11-25T14:32:00Z", "paged"},
		{"- 2pm - paged", "2pm", "2024-11-25T14:00:00Z", "paged"},
		{"- 12:05 AM paged", "12:05 AM", "2024-11-25T00:05:00Z", "paged"},
		{"- 14h32 paged", "14h32", "2024-11-25T14:32:00Z", "paged"},
		{"- 14:32 Uhr paged", "14:32 Uhr", "2024-11-25T14:32:00Z", "paged"},
		{"- 14.32 Uhr: paged", "14.32 Uhr", "2024-11-25T14:32:00Z", "paged"},
		{"- 1432Z paged", "1432Z", "2024-11-25T14:32:00Z", "paged"},
		{"- [1432] paged", "1432", "2024-11-25T14:32:00Z", "paged"},
		{"- 1432 UTC - paged", "1432 UTC", "2024-11-25T14:32:00Z", "paged"},
		{"- 9:32 AM EST paged", "9:32 AM EST", "2024-11-25T14:32:00Z", "paged"},
		{"- 14:32 +01:00 paged", "14:32 +01:00", "2024-11-25T13:32:00Z", "paged"},
		{"- 14:32 (UTC+2): paged", "14:32 (UTC+2)", "2024-11-25T12:32:00Z", "paged"},
		{"- 15:32 CET: paged", "15:32 CET", "2024-11-25T14:32:00Z", "paged"},
		{"- 6:32 PT: paged", "6:32 PT", "2024-11-25T14:32:00Z", "paged"},
		{"- 15:32 Europe/Berlin: paged", "15:32 Europe/Berlin", "2024-11-25T14:32:00Z", "paged"},
		{"- 14:32 DB failover", "14:32", "2024-11-25T14:32:00Z", "DB failover"},
		{"- 14:32 SRE paged", "14:32", "2024-11-25T14:32:00Z", "SRE paged"},
		{"- 2024-11-25 14:32 paged", "2024-11-25 14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 2024-11-25T14:32:05.250+01:00 paged", "2024-11-25T14:32:05.250+01:00", "2024-11-25T13:32:05.25Z", "paged"},
		{"- 20241125T143205Z paged", "20241125T143205Z", "2024-11-25T14:32:05Z", "paged"},
		{"- 2024/11/25, 14:32: paged", "2024/11/25, 14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 2024-11-25 14.32 paged", "2024-11-25 14.32", "2024-11-25T14:32:00Z", "paged"},
		{"- 2024-11-25 ca. 14:32 paged", "2024-11-25 ca. 14:32", "≈2024-11-25T14:32:00Z", "paged"},
		{"- Nov 25, 2:32 PM - paged", "Nov 25, 2:32 PM", "2024-11-25T14:32:00Z", "paged"},
		{"- November 25th, 2024 at 14:32 UTC: paged", "November 25th, 2024 at 14:32 UTC", "2024-11-25T14:32:00Z", "paged"},
		{"- 25 Nov 14:32 paged", "25 Nov 14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 25. November, 14:32: paged", "25. November, 14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- Monday, 25 Nov 2024 14:32 paged", "Monday, 25 Nov 2024 14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 25.11.2024 14:32 paged", "25.11.2024 14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 11/25/2024 14:32 paged", "11/25/2024 14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 11-25 14:32 paged", "11-25 14:32", "2024-11-25T14:32:00Z", "paged"},
		{"- 14:32 UTC (Nov 26) paged", "14:32 UTC (Nov 26)", "2024-11-26T14:32:00Z", "paged"},
		{"- 14:32, 26 Nov 2024: paged", "14:32, 26 Nov 2024", "2024-11-26T14:32:00Z", "paged"},
		{"- 25/Nov/2024:14:32:05 +0100 GET", "25/Nov/2024:14:32:05 +0100", "2024-11-25T13:32:05Z", "GET"},
		{"- Mon Nov 25 14:32:05 2024 +0100 paged", "Mon Nov 25 14:32:05 2024 +0100", "2024-11-25T13:32:05Z", "paged"},
		{"- 14:32-14:40 UTC: slow", "14:32-14:40 UTC", "2024-11-25T14:32:00Z/2024-11-25T14:40:00Z", "slow"},
		{"- 14:32 – 14:40: slow", "14:32 – 14:40", "2024-11-25T14:32:00Z/2024-11-25T14:40:00Z", "slow"},
		{"- 14:32 to 14:40 slow", "14:32 to 14:40", "2024-11-25T14:32:00Z/2024-11-25T14:40:00Z", "slow"},
		{"- 23:50-00:10 slow", "23:50-00:10", "2024-11-25T23:50:00Z/2024-11-26T00:10:00Z", "slow"},
		{"- 14:32 - 1500 pods gone", "14:32", "2024-11-25T14:32:00Z", "1500 pods gone"},
		{"- ~14:32 slow", "~14:32", "≈2024-11-25T14:32:00Z", "slow"},
		{"- around 14:30 slow", "around 14:30", "≈2024-11-25T14:30:00Z", "slow"},
		{"- ~13:30-13:45 slow", "~13:30-13:45", "≈2024-11-25T13:30:00Z/2024-11-25T13:45:00Z", "slow"},
		{"- between 14:10 and 14:25 slow", "between 14:10 and 14:25", "?2024-11-25T14:10:00Z/2024-11-25T14:25:00Z", "slow"},
		{"- 14:?? slow", "14:??", "?2024-11-25T14:00:00Z/2024-11-25T14:59:59Z", "slow"},
		{"- 14:3? slow", "14:3?", "?2024-11-25T14:30:00Z/2024-11-25T14:39:59Z", "slow"},
		{"- 2024-11-26: released", "2024-11-26", "?2024-11-26T00:00:00Z/2024-11-26T23:59:59Z", "released"},
		{"- 00:05 (next day) paged", "00:05", "2024-11-26T00:05:00Z", "paged"},
		{"- 00:05 (+1d) paged", "00:05", "2024-11-26T00:05:00Z", "paged"},
		{"- 13:14 EST (18:14 UTC): paged", "13:14 EST (18:14 UTC)", "2024-11-25T18:14:00Z", "paged"},
		{"- 10:00 PST / 18:00 UTC: paged", "10:00 PST / 18:00 UTC", "2024-11-25T18:00:00Z", "paged"},
		{"At 14:32 UTC, the alert fired.", "At 14:32 UTC", "2024-11-25T14:32:00Z", "the alert fired."},
		{"By 14:32 UTC, it was slow.", "By 14:32 UTC", "2024-11-25T14:32:00Z", "it was slow."},
		{"- Early AM, 2024-11-26: slow", "Early AM, 2024-11-26", "?2024-11-26T00:00:00Z/2024-11-26T23:59:59Z", "slow"},
		{"- Morning of Nov 26, 2024: slow", "Morning of Nov 26, 2024", "?2024-11-26T00:00:00Z/2024-11-26T23:59:59Z", "slow"},
		{"- 2024-MM-DD: slow", "2024-MM-DD", "text", "slow"},
		{"- 2024-11-XX slow", "2024-11-XX", "text", "slow"},
		{"- 14:32 (maybe earlier?) slow", "14:32", "≈2024-11-25T14:32:00Z", "(maybe earlier?) slow"},
		{"- 7:32 AM Eastern: slow", "7:32 AM Eastern", "2024-11-25T12:32:00Z", "slow"},
		{"- 7:32 AM Pacific Standard Time - slow", "7:32 AM Pacific Standard Time", "2024-11-25T15:32:00Z", "slow"},
		{"- 14:32 Central team paged", "14:32", "2024-11-25T14:32:00Z", "Central team paged"},
		{"- 1X:XX slow", "1X:XX", "?2024-11-25T10:00:00Z/2024-11-25T19:59:59Z", "slow"},
		{"- 14:xx: slow", "14:xx", "?2024-11-25T14:00:00Z/2024-11-25T14:59:59Z", "slow"},
		{"- 17:14pm slow", "17:14pm", "text", "slow"},
		{"- [???] slow", "???", "text", "slow"},
		{"- ??:?? slow", "??:??", "text", "slow"},
		{"- 13:55 PM paged", "13:55 PM", "text", "paged"},
		{"- 25:61 - paged", "25:61", "text", "paged"},
		{"- 2024-02-30 11:00 paged", "2024-02-30 11:00", "text", "paged"},
		{"- T+5m - paged", "T+5m", "text", "paged"},
		{"- 🔴 14:32 paged", "14:32", "2024-11-25T14:32:00Z", "🔴 paged"},
	} {
		t.Run(c.line, func(t *testing.T) {
			reading := intake.Read("incident.md", timeline(c.line), workflow.ReadAs{}, now)
			require.Len(t, reading.Lines, 1, show(reading))
			line := reading.Lines[0]
			assert.Equal(t, c.typed, line.At.Typed)
			assert.Equal(t, c.want, at(line.At))
			assert.Equal(t, c.text, line.Text)
			if c.want == "text" {
				assert.Equal(t, workflow.DoubtfulLine, line.Sure, "what is no time is said to be none")
			}
		})
	}
}

func TestWhatOnlyLooksLikeAStampIsNoEntry(t *testing.T) {
	for _, line := range []string{
		"- ratio 10:24 of all", "- 14:32% of users", "- 10:24.5 seconds", "- 99 bottles", "- 24/7 support", "- 1.2.3 released", "- May be slow",
		"- HH:mm what happened", "- <HH:MM> what happened", "- YYYY-MM-DD HH:MM - what happened", "| Time | Event |\n|---|---|\n| HH:mm | what happened |",
		"```\n14:32 in code\n```", "    14h of work", "- at the end of the day", "- 3 pods", "- 2024 was better", "- [1] a footnote",
	} {
		reading := intake.Read("incident.md", timeline(line), workflow.ReadAs{}, now)
		assert.Empty(t, reading.Lines, line)
	}
}
