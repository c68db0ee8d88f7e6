package intake_test

import (
	"strings"
	"testing"
	"time"

	"firebreak/export/intake"
	"firebreak/workflow"
)

// nasty are texts that a careless reader is slow on: deep, wide, never closed.
func nasty(size int) map[string]string {
	repeat := func(text string) string { return strings.Repeat(text, size/len(text)) }
	return map[string]string{
		"quotes in one line":       repeat("> "),
		"list markers in one line": repeat("- "),
		"numbers in one line":      repeat("1. "),
		"pipes in one line":        "## Timeline\n" + repeat("|") + "\n" + repeat("-|"),
		"a wide table":             "| Time |" + repeat("a|") + "\n|---|\n| 14:32 | x |\n",
		"a long table":             "## Timeline\n\n| Time | x |\n|---|---|\n" + repeat("| 14:32 | x |\n"),
		"table heads":              "## Timeline\n\n" + repeat("| Time | x |\n|---|---|\n"),
		"open brackets":            repeat("["),
		"stars":                    repeat("**"),
		"underscores":              "## Timeline\n\n- " + repeat("_") + "14:32 x",
		"times in one line":        "## Timeline\n\n" + repeat("14:32 - "),
		"ranges in one line":       "## Timeline\n\n- " + repeat("14:32-14:40 / "),
		"fences that never close":  repeat("```\n~~~~\n`````\n"),
		"fences in items":          repeat("- ```x\n  ~~~\n"),
		"comments":                 repeat("<!-- \n"),
		"headings":                 repeat("# a\n"),
		"deep headings":            repeat("## Timeline\n### 14:32 a\n#### b\n"),
		"labels":                   repeat("**a**\n\n"),
		"rules":                    repeat("a\n---\n"),
		"dates":                    "## Timeline\n\n" + repeat("2024-11-25\n"),
		"figures":                  repeat("1"),
		"question marks":           "## Timeline\n\n- " + repeat("?"),
		"blank lines":              repeat("\n"),
		"one word":                 repeat("a"),
		"one word in a heading":    "# " + repeat("ab "),
		"spaces":                   "## Timeline\n\n- 14:32" + repeat(" "),
		"going back":               "# 2024-11-25\n\n## Timeline\n\n" + repeat("- 18:00 a\n- 06:00 b\n"),
		"names of zones":           "All times " + repeat("UTC CET "),
		"references":               repeat("[a]: https://example.org\n") + "## Timeline\n\n- 14:32 [a]",
		"links":                    "## Timeline\n\n- 14:32 " + repeat("http://a.b/c "),
		"front matter":             "---\n" + repeat("a: b\n"),
		"an entry that goes on":    "## Timeline\n\n- 14:32 a\n" + repeat("  more\n"),
		"what is left":             "## Timeline\n\n- 14:32 a\n" + repeat("- b\n"),
		"chat headers":             repeat("Jane Doe  2:32 PM\n"),
		"a long name":              repeat("Jane 1 ") + "2:32 PM",
		"joins":                    repeat("14:32 -!- bob has joined\n"),
		"open JSON":                repeat("[{\"a\":"),
		"JSON lists":               "[" + repeat("{},") + "{}]",
		"JSON lines":               repeat("{\"ts\":1732545120,\"msg\":\"a\"}\n"),
		"an open quote":            "time,text\n2024-11-25 14:32,\"" + repeat("a\n"),
		"dates of figures":         "## Timeline\n\n" + repeat("- 04/05/2025 10:00 a\n"),
		"dates without a year":     "## Timeline\n\n" + repeat("- Nov 25 10:00 a\n"),
		"headings of days":         "## Timeline\n" + repeat("### 2024-11-25 a\n"),
		"a chat without names":     repeat("[14:32] ok.\nyes.\n"),
		"tables that never end":    "## Timeline\n\n14:32 a\n" + repeat("<table>\n"),
		"a cell that never ends":   "## Timeline\n\n<table><tr><td>14:32<td>\n" + repeat("a\n") + "</table>",
		"one tag":                  "## Timeline\n\n<table>" + repeat("<") + "</table>",
		"days over sentences":      "## Timeline\n\n" + repeat("2024-11-25\n\na\n\n"),
		"headings over sentences":  "## Timeline\n\n" + repeat("### 2024-11-25\n\na\n\n#### b\n\nc\n"),
		"days in a list":           "## Timeline\n\n" + repeat("- 2024-11-25:\n    a\n"),
		"stamps below":             repeat("a\nNov 5, 2023 14:32\n"),
		"separators":               repeat(";"),
		"commits":                  repeat("commit 1f2e3d4c5b6a\n"),
		"hashes":                   repeat("1f2e3d4 "),
	}
}

// TestNastyTextsComeToAnEnd has no clock: what is not linear takes so long on
// so much text that the tests do not come to their end.
func TestNastyTextsComeToAnEnd(t *testing.T) {
	for name, text := range nasty(96 << 10) {
		t.Run(name, func(t *testing.T) {
			for _, form := range allForms {
				start := time.Now()
				intake.Read("pasted text", []byte(text), workflow.ReadAs{Form: form}, now)
				if testing.Verbose() {
					t.Logf("%-12s %8.1f ms", form, float64(time.Since(start).Microseconds())/1000)
				}
			}
		})
	}
}
