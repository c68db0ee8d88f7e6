package workflow_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// stampNow is a Monday, 14:40:17 UTC.
var stampNow = time.Date(2024, 11, 25, 14, 40, 17, 480_000_000, time.UTC)

func stampRef() workflow.StampRef {
	return workflow.StampRef{Now: stampNow, Zone: time.UTC}
}

func stampZone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	require.NoError(t, err)
	return zone
}

func stampInstant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	require.NoError(t, err)
	return at.UTC()
}

func TestScribeTypesATimeInAnyForm(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                                   "2024-11-25T14:40:17Z",
		" \t":                                "2024-11-25T14:40:17Z",
		"now":                                "2024-11-25T14:40:17Z",
		"Just now":                           "2024-11-25T14:40:17Z",
		"14:32":                              "2024-11-25T14:32:00Z",
		"9:05":                               "2024-11-25T09:05:00Z",
		"1432":                               "2024-11-25T14:32:00Z",
		"143205":                             "2024-11-25T14:32:05Z",
		"1432 hrs":                           "2024-11-25T14:32:00Z",
		"14h32":                              "2024-11-25T14:32:00Z",
		"14:32:05":                           "2024-11-25T14:32:05Z",
		"14:32:05.250":                       "2024-11-25T14:32:05.25Z",
		"14:32:05,123456789":                 "2024-11-25T14:32:05.123456789Z",
		"2:32 PM":                            "2024-11-25T14:32:00Z",
		"2:32 p.m.":                          "2024-11-25T14:32:00Z",
		"2:32p":                              "2024-11-25T14:32:00Z",
		"0232 pm":                            "2024-11-25T14:32:00Z",
		"2pm":                                "2024-11-25T14:00:00Z",
		"12 AM":                              "2024-11-25T00:00:00Z",
		"12:30 PM":                           "2024-11-25T12:30:00Z",
		"noon":                               "2024-11-25T12:00:00Z",
		"midnight":                           "2024-11-25T00:00:00Z",
		"[14:32]":                            "2024-11-25T14:32:00Z",
		"14:32.":                             "2024-11-25T14:32:00Z",
		"14：32":                              "2024-11-25T14:32:00Z",
		"\u200e14:32":                        "2024-11-25T14:32:00Z",
		"2:32\u202fPM":                       "2024-11-25T14:32:00Z",
		"-5m":                                "2024-11-25T14:35:17Z",
		"–5m":                                "2024-11-25T14:35:17Z",
		"- 5 min":                            "2024-11-25T14:35:17Z",
		"-1h30m":                             "2024-11-25T13:10:17Z",
		"-90s":                               "2024-11-25T14:38:47Z",
		"5m ago":                             "2024-11-25T14:35:17Z",
		"an hour and 5 minutes ago":          "2024-11-25T13:35:17Z",
		"2d ago":                             "2024-11-23T14:40:17Z",
		"in 10 min":                          "2024-11-25T14:50:17Z",
		"+10m":                               "2024-11-25T14:50:17Z",
		"yesterday 23:50":                    "2024-11-24T23:50:00Z",
		"Yesterday at 2 PM":                  "2024-11-24T14:00:00Z",
		"yesterday 14h":                      "2024-11-24T14:00:00Z",
		"23:50 yesterday":                    "2024-11-24T23:50:00Z",
		"today 09:00":                        "2024-11-25T09:00:00Z",
		"tomorrow 09:00":                     "2024-11-26T09:00:00Z",
		"2024-11-25 14:32":                   "2024-11-25T14:32:00Z",
		"2024/11/25 14:32":                   "2024-11-25T14:32:00Z",
		"2024-11-25T14:32:00Z":               "2024-11-25T14:32:00Z",
		"2024-11-25t14:32z":                  "2024-11-25T14:32:00Z",
		"2024-11-25T14:32:00+01:00":          "2024-11-25T13:32:00Z",
		"2024-11-25T14:32:00.123-08:00":      "2024-11-25T22:32:00.123Z",
		"2024-11-25T14:32-0800":              "2024-11-25T22:32:00Z",
		"2024-11-25 14:32:00-08:00":          "2024-11-25T22:32:00Z",
		"2024-11-25 14:32:00.5-08":           "2024-11-25T22:32:00.5Z",
		"20241125T143200Z":                   "2024-11-25T14:32:00Z",
		"25 Nov 14:32":                       "2024-11-25T14:32:00Z",
		"25 Nov 1432":                        "2024-11-25T14:32:00Z",
		"Nov 25 2024 14:32":                  "2024-11-25T14:32:00Z",
		"Nov. 25th, 2024, 14:32":             "2024-11-25T14:32:00Z",
		"25th of November 2024 14:32":        "2024-11-25T14:32:00Z",
		"25-Nov-2024 14:32":                  "2024-11-25T14:32:00Z",
		"2:32 PM on 25. November":            "2024-11-25T14:32:00Z",
		"25.11.2024 14:32":                   "2024-11-25T14:32:00Z",
		"11/25/2024 14:32":                   "2024-11-25T14:32:00Z",
		"25/11/2024 14:32":                   "2024-11-25T14:32:00Z",
		"29 Feb 14:32":                       "2024-02-29T14:32:00Z",
		"Mon, 25 Nov 2024 14:32:00 +0000":    "2024-11-25T14:32:00Z",
		"Mon Nov 25 14:32:05 2024 +0100":     "2024-11-25T13:32:05Z",
		"Mon Nov 25 02:32:05 PM UTC 2024":    "2024-11-25T14:32:05Z",
		"[25/Nov/2024:14:32:05 +0000]":       "2024-11-25T14:32:05Z",
		"@1732545120":                        "2024-11-25T14:32:00Z",
		"November 25th, 2024 at 2:32 PM PST": "2024-11-25T22:32:00Z",
	} {
		stamp, err := workflow.ParseStamp(typed, stampRef())
		if !assert.NoError(t, err, "%q", typed) {
			continue
		}
		assert.Equal(t, stampInstant(t, want), stamp.Time, "%q", typed)
		assert.Equal(t, workflow.Exact, stamp.Sure, "%q", typed)
		assert.Zero(t, stamp.End, "%q", typed)
		assert.Equal(t, typed, stamp.Typed, "the text is kept as typed")
	}
}

func TestTimeWithoutADateIsTheNearestThatIsNotInTheFuture(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ now, typed, want string }{
		{"2024-11-25T00:10:00Z", "23:50", "2024-11-24T23:50:00Z"},
		{"2024-11-25T00:10:00Z", "00:05", "2024-11-25T00:05:00Z"},
		{"2024-11-25T14:00:00Z", "14:05", "2024-11-25T14:05:00Z"},
		{"2024-11-25T14:00:00Z", "14:10", "2024-11-25T14:10:00Z"}, // the last of the grace
		{"2024-11-25T14:00:00Z", "14:11", "2024-11-24T14:11:00Z"},
		{"2024-11-25T23:58:00Z", "00:02", "2024-11-26T00:02:00Z"}, // grace reaches over midnight
		{"2024-11-25T14:00:00Z", "14:01 +01:00", "2024-11-25T13:01:00Z"},
		{"2024-11-25T02:00:00Z", "17:30 PST", "2024-11-25T01:30:00Z"}, // still the 24th there
		{"2024-11-25T14:00:00Z", "mon 13:30", "2024-11-25T13:30:00Z"},
		{"2024-11-25T14:00:00Z", "mon 14:30", "2024-11-18T14:30:00Z"},
		{"2024-11-25T14:00:00Z", "last mon 13:30", "2024-11-18T13:30:00Z"},
		{"2024-11-25T14:00:00Z", "Tuesday 13:30", "2024-11-19T13:30:00Z"},
		{"2024-11-25T23:58:00Z", "tue 00:02", "2024-11-26T00:02:00Z"},
		{"2024-11-25T14:00:00Z", "26 Nov 13:30", "2023-11-26T13:30:00Z"},
		{"2025-01-01T00:10:00Z", "31 Dec 23:50", "2024-12-31T23:50:00Z"},
		{"2024-12-31T23:58:00Z", "1 Jan 00:02", "2025-01-01T00:02:00Z"},
		{"2027-03-01T12:00:00Z", "29 Feb 10:00", "2024-02-29T10:00:00Z"},
	} {
		ref := workflow.StampRef{Now: stampInstant(t, c.now)}
		stamp, err := workflow.ParseStamp(c.typed, ref)
		if assert.NoError(t, err, "%q at %s", c.typed, c.now) {
			assert.Equal(t, stampInstant(t, c.want), stamp.Time, "%q at %s", c.typed, c.now)
		}
	}
}

func TestCorrectionStaysInTheDayOfItsEntry(t *testing.T) {
	t.Parallel()
	ref := stampRef()
	ref.Day = time.Date(2024, 11, 18, 9, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{
		"14:32":               "2024-11-18T14:32:00Z",
		"23:59":               "2024-11-18T23:59:00Z",
		"23:30 PST":           "2024-11-18T07:30:00Z", // the 17th there, the 18th here
		"00:30 +14:00":        "2024-11-18T10:30:00Z",
		"12:30 +14:00":        "2024-11-18T22:30:00Z",
		"tue 10:00":           "2024-11-19T10:00:00Z",
		"sun 10:00":           "2024-11-17T10:00:00Z",
		"17 Nov 10:00":        "2024-11-17T10:00:00Z",
		"yesterday 10:00":     "2024-11-24T10:00:00Z", // told from now
		"-5m":                 "2024-11-25T14:35:17Z",
		"2024-11-20 10:00":    "2024-11-20T10:00:00Z",
		"23:50-00:10":         "2024-11-18T23:50:00Z",
		"2 Jan 10:00":         "2024-01-02T10:00:00Z", // the nearer one has not come yet
		"17:00-18:00 tuesday": "2024-11-19T17:00:00Z",
	} {
		stamp, err := workflow.ParseStamp(typed, ref)
		if assert.NoError(t, err, "%q", typed) {
			assert.Equal(t, stampInstant(t, want), stamp.Time, "%q", typed)
		}
	}
}

func TestApproximateTimesAreMarked(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"~13:30", "~ 13:30", "≈13:30", "about 13:30", "around 13:30", "approx. 13:30", "ca. 13:30", "ca 13:30",
		"c. 13:30", "circa 13:30", "13:30ish", "13:30?", "1:30 pm?", "1330?", "today ~13:30", "13:30:00?",
	} {
		stamp, err := workflow.ParseStamp(typed, stampRef())
		if assert.NoError(t, err, "%q", typed) {
			assert.Equal(t, workflow.About, stamp.Sure, "%q", typed)
			assert.Equal(t, "≈13:30", stamp.Clock(time.UTC), "%q", typed)
		}
	}
	for _, typed := range []string{"about an hour ago", "~ -1h", "- about 1h"} {
		stamp, err := workflow.ParseStamp(typed, stampRef())
		if assert.NoError(t, err, "%q", typed) {
			assert.Equal(t, workflow.About, stamp.Sure, "%q", typed)
			assert.Equal(t, "≈13:40", stamp.Clock(time.UTC), "%q", typed)
		}
	}
}

func TestUnknownTimesKeepTheirBounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, first, last, clock string }{
		{"14:??", "2024-11-25T14:00:00Z", "2024-11-25T14:59:59Z", "14:??"},
		{"14:?", "2024-11-25T14:00:00Z", "2024-11-25T14:59:59Z", "14:??"},
		{"14??", "2024-11-25T14:00:00Z", "2024-11-25T14:59:59Z", "14:??"},
		{"14:xx", "2024-11-25T14:00:00Z", "2024-11-25T14:59:59Z", "14:??"},
		{"2:?? PM", "2024-11-25T14:00:00Z", "2024-11-25T14:59:59Z", "14:??"},
		{"~14:??", "2024-11-25T14:00:00Z", "2024-11-25T14:59:59Z", "14:??"},
		{"14:3?", "2024-11-25T14:30:00Z", "2024-11-25T14:39:59Z", "14:3?"},
		{"1?:30", "2024-11-25T10:30:00Z", "2024-11-25T19:30:59Z", "10:30…19:30"},
		{"2024-11-25", "2024-11-25T00:00:00Z", "2024-11-25T23:59:59Z", "??:??"},
		{"25 Nov 1999", "1999-11-25T00:00:00Z", "1999-11-25T23:59:59Z", "??:??"}, // 19:99 is no time
		{"yesterday ??:??", "2024-11-24T00:00:00Z", "2024-11-24T23:59:59Z", "??:??"},
		{"yesterday ?", "2024-11-24T00:00:00Z", "2024-11-24T23:59:59Z", "??:??"},
		{"between 14:10 and 14:25", "2024-11-25T14:10:00Z", "2024-11-25T14:25:59Z", "14:10…14:25"},
		{"14:10..14:25", "2024-11-25T14:10:00Z", "2024-11-25T14:25:59Z", "14:10…14:25"},
		{"14:10:05…14:25:30", "2024-11-25T14:10:05Z", "2024-11-25T14:25:30Z", "14:10…14:25"},
		{"14:32:04…14:32", "2024-11-25T14:32:04Z", "2024-11-25T14:32:59Z", "14:32…14:32"},
		{"23:50…00:10", "2024-11-24T23:50:00Z", "2024-11-25T00:10:59Z", "??:??"},
		{"between 22 nov and 23 nov", "2024-11-22T00:00:00Z", "2024-11-23T23:59:59Z", "??:??"},
		{"14:?? PST", "2024-11-24T22:00:00Z", "2024-11-24T22:59:59Z", "22:??"},
		{"14:?? +05:30", "2024-11-25T08:30:00Z", "2024-11-25T09:29:59Z", "08:30…09:29"},
	} {
		stamp, err := workflow.ParseStamp(c.typed, stampRef())
		if !assert.NoError(t, err, "%q", c.typed) {
			continue
		}
		assert.Equal(t, workflow.Unknown, stamp.Sure, "%q", c.typed)
		assert.Equal(t, stampInstant(t, c.first), stamp.Time, "%q", c.typed)
		assert.Equal(t, stampInstant(t, c.last), stamp.End, "%q", c.typed)
		assert.Equal(t, c.clock, stamp.Clock(time.UTC), "%q", c.typed)
		assert.False(t, stamp.Known(), "%q", c.typed)
		assert.False(t, stamp.IsRange(), "%q", c.typed)
	}
}

func TestTimeOfWhichNothingIsKnownHasNoInstant(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"?", "??", "??:??", "unknown", "????", "?? UTC"} {
		stamp, err := workflow.ParseStamp(typed, stampRef())
		if assert.NoError(t, err, "%q", typed) {
			assert.Equal(t, workflow.UnknownStamp(typed), stamp, "%q", typed)
		}
	}
	ref := stampRef()
	ref.Day = time.Date(2024, 11, 18, 9, 0, 0, 0, time.UTC)
	stamp, err := workflow.ParseStamp("??:??", ref)
	require.NoError(t, err)
	assert.Equal(t, "2024-11-18", stamp.Date(time.UTC), "the day of the entry is known all the same")
}
