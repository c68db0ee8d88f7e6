package workflow_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestRefusedTimeSaysWhatToType(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, code, says string }{
		{"25:99", "impossible", "hours go from 00 to 23"},
		{"14:61", "impossible", "14:??"},
		{"23:59:60", "impossible", "00 to 59"},
		{"13:55 PM", "impossible", "Type 13:55 or 1:55 PM."},
		{"13:55 am", "impossible", "Type 13:55 or 1:55 PM."},
		{"0:30 AM", "impossible", "Type 00:30 or 12:30 AM."},
		{"13pm", "impossible", "Type 13:00 or 1:00 PM."},
		{"24:30", "impossible", "00:30"},
		{"24:00", "impossible", "00:00"},
		{"2500", "impossible", "hours go from 00 to 23"},
		{"31 Feb", "impossible", "such as 29 Feb"},
		{"29 Feb 2023 10:00", "impossible", "such as 2023-02-28"},
		{"31/04/2024 10:00", "impossible", "such as 2024-04-30"},
		{"2024-13-01 10:00", "impossible", "no month 13"},
		{"0024-11-25 14:32", "impossible", "year 24"},
		{"0000-11-25 14:32", "impossible", "year 0"},
		{"2024-11-00 14:32", "impossible", "no 0 November"},
		{"Tue, 25 Nov 2024 14:32", "impossible", "a Monday, not a Tuesday"},
		{"2024-11-25 15:00 - 2024-11-25 14:00", "impossible", "ends before it starts"},
		{"-99999999d", "impossible", "20 years"},
		{"-999999999999999999999h", "impossible", "20 years"},
		{"14:32 BST", "ambiguous", "Type 14:32 +01:00 or 14:32 +06:00."},
		{"14:32 IST", "ambiguous", "14:32 +05:30"},
		{"14:32 CST", "ambiguous", "14:32 -06:00"},
		{"14:32 AST", "ambiguous", "14:32 -04:00"},
		{"14:32 ET", "ambiguous", "EST (-05:00) or EDT (-04:00)"},
		{"03/04/2024 10:00", "ambiguous", "Type 2024-04-03 or 2024-03-04."},
		{"03/04 10:00", "ambiguous", "3 Apr"},
		{"11.12", "ambiguous", "Type 11:12 or 11 Dec."},
		{"25 Nov 2024", "ambiguous", "Type 2024-11-25 ??:??"},
		{"2:30-3:15 PM", "ambiguous", "at both"},
		{"2:30 PM-3:15", "ambiguous", "at both"},
		{"14:32-08:00", "ambiguous", "14:32 to 08:00"},
		{"2024-11-25 04:32-08:00", "ambiguous", "04:32 to 08:00"},
		{"23:50 - 26 Nov 00:10", "ambiguous", "date at the start"},
		{"23:50-00:10 yesterday", "ambiguous", "date at the start"},
		{"14", "unreadable", "Type 14:00, 14:??"},
		{"143", "unreadable", "1:43"},
		{"14:5", "unreadable", "two digits of minutes"},
		{"14.32", "unreadable", "Type 14:32."},
		{"14:32:??", "unreadable", "Type 14:32, or 14:??"},
		{"14:??:05", "unreadable", "14:??"},
		{"14:32:05.1234567890", "unreadable", "at most nine"},
		{"5m", "unreadable", "Type -5m or 5m ago"},
		{"14h", "unreadable", "14:00"},
		{"-5", "unreadable", "such as -5m"},
		{"-1h30", "unreadable", "such as -5m or -1h30m"},
		{"14:32 15:00", "unreadable", "17:00-18:00"},
		{"14:32 -15:00", "unreadable", "from -12:00 to +14:00"},
		{"14:32 Europe/Berlin", "unreadable", "offset"},
		{"14:32 XYZ", "unreadable", `"XYZ"`},
		{"14:32 deployed", "unreadable", `"deployed"`},
		{"14:32-", "unreadable", "no end time"},
		{"14:32 - ?", "unreadable", "both ends"},
		{"between 14:10", "unreadable", "Type 14:32"},
		{"yesterday midnight", "unreadable", "midnight"},
		{"soon", "unreadable", `"soon"`},
		{"at", "unreadable", "Type 14:32"},
		{"14:32 😀", "unreadable", "😀"},
		{"14:32\x00", "unreadable", `\x00`},
		{"\xff14:32", "unreadable", "not text"},
		{"مرحبا", "unreadable", "Type 14:32"},
		{"**14:32**", "unreadable", "Type 14:32"},
		{"<b>14:32</b>", "unreadable", "Type 14:32"},
		{strings.Repeat("14:32 ", 200_000), "unreadable", "a text of 1200000 bytes"},
	} {
		stamp, err := workflow.ParseStamp(c.typed, stampRef())
		var refusal *workflow.RuleError
		if !assert.ErrorAs(t, err, &refusal, "%.60q", c.typed) {
			continue
		}
		assert.Equal(t, "time."+c.code, refusal.Code, "%.60q", c.typed)
		assert.Equal(t, "at", refusal.Field, "%.60q", c.typed)
		assert.Contains(t, refusal.Says, c.says, "%.60q", c.typed)
		assert.Less(t, len(refusal.Says), 400, "a sentence, not a page: %.60q", c.typed)
		assert.Zero(t, stamp, "%.60q", c.typed)
	}
}
