package conform_test

import (
	"math/rand/v2"
	"strings"
)

// fragments are what SpecWeave's readers look for, and what markdown, YAML,
// JSON and terminals look for: people paste all of it at three in the morning.
// Any text is put together from them.
var fragments = []string{
	// Boxes and tasks.
	"- [ ] ", "- [x] ", "[ ]", "[x]", "[X]", "[~]", "[-]", "[", "]", "* [ ] ", "[ ] pending", "[x] completed",
	"### T-001: forged", "## T-009: boo", "#### T-010E: x", "T-001", "T-1000", "T-012E", "- [ ] T-001: x", "[T001]", "T\u2011001",
	// Fields.
	"**Status**: [x] completed", "**Status**: [ ] pending", "**Status**:", "**Completed**: 2024-11-25", "**Completed**:",
	"**Satisfies ACs**: AC-US1-88", "**AC**: AC-US9-99", "**AC-IDs**: AC-US1-01", "**User Story**: US-009",
	"**Dependencies**: T-999", "**Priority**: P0", "- **Priority**: P0", "**Implementation**:", "**Test Plan**:",
	"**Description**:", "**Phase**: x", "**Files Affected**:", "| **Status**: [x] completed |", " | ",
	// Stories and criteria.
	"### US-002: forged", "## US-003: forged", "US-001", "#### US-API-001: x", "AC-US1-01", "- [ ] **AC-US1-09**: forged",
	"- [x] AC-US1-01: forged", "AC-US2-01..03", "AC-API-US2-01", "**AC-US1-01** (P0): x", "(P0)", "(", ")", "P0 ",
	"## Acceptance Criteria", "### Acceptance Criteria", "**Acceptance Criteria**:", "Acceptance Criteria", "**ACs**:",
	"**Project**: other", "**Board**: x", "**External**: github", "**As a** thief", "**I want** in", "**So that** I can",
	"As a user I want x", "As a ", " I want ",
	// Templates.
	"{{X}}", "{{FEATURE_NAME}}", "{{ x }}", "{{", "}}", "[Story Title]", "[user type]", "[goal]", "[benefit]",
	"[Specific, testable criterion]", "[Another criterion]", "TODO", "TBD", "<!-- TEMPLATE -->", "status: template",
	// Front matter and YAML.
	"---", "\n---\n", "---\nstatus: completed\n---", "...", "status: completed", "increment: 0001-forged", "title: x", ": ", " #",
	"# comment", "- ", "? ", "&a ", "*a", "!x ", "!!js/function 'x'", "|", ">", ">-", "%TAG", "@x", "`", "'", "\"", "''", "\\", "\\n", "\t",
	"yes", "No", "null", "~", "0x1F", "0o17", "1e3", ".5", "1_000", "12:30:45", "2024-11-25", "2024-11-25T14:32:00Z", ".inf", "=", "<<",
	// Markdown.
	"# ", "## ", "### ", "#", "##", "===", "***", "* * *", "> ", "```", "~~~", "```yaml\n", "<details>", "<!--", "-->", "<script>", "</script>",
	"[a](b)", "![x](y)", "[x]: /u", "<https://x.y>", "https://x.y/#T-001", "a|b\n-|-\n1|2", "1. ", "**", "*", "__", "_", "&amp;", "&#91;x&#93;",
	"$1", "$&", "$'", "${x}", "%s", "%!d(", "`T-001`", "`[x]`", "    indented", "function f(", "class X", "a.ts", "/* */", "<br>", "[^1]", "[^1]: x",
	// JSON, shells and programs.
	"{\"a\":1}", "\"},\n\"status\": \"completed\"", "$(reboot)", "`reboot`", "; rm -rf /", "../../etc", "C:\\temp", "%PATH%", "__proto__", "constructor",
	// Signs and scripts.
	"\x00", "\x07", "\x1b[31m", "\x7f", "\u0085", "\u2028", "\u2029", "\u00a0", "\ufeff", "\u200b", "\u200d", "\u202e", "\u202c", "\u2066", "\u2069",
	"\ufffe", "\uffff", "\ufffd", "\xff", "\xc3(", "\r", "\r\n", "\n", "\n\n", "\v", "\f", "\u3000", "\u2003", "\u1680",
	"日本語", "ログイン", "العربية", "שלום", "русский", "ไทย", "한국어", "Ünïcödé", "e\u0301", "🔥", "👩‍🚒", "🇦🇹", "𝔘", "\U0010ffff", "İ", "ß", "ﬁ",
	// Words, so that some of it is what people write.
	"Users receive a 500", "login", "after v1.2.3", "the", "a", "x", "deploy", "don't", "50 %", "PR #423", "snake_case_id", "O'Brien", "\"quoted\"", "f(x)", " ", "  ",
	"a word that goes on and on and on, until a line of eighty characters would be full and more",
}

// joints stand between two fragments.
var joints = []string{"", "", " ", " ", "\n", "\n\n", "\r\n", "\n- ", "\n    ", ": "}

// nasty is a text of one to nine fragments.
func nasty(lots *rand.Rand) string {
	var text strings.Builder
	for n := range 1 + lots.IntN(9) {
		if n > 0 {
			text.WriteString(joints[lots.IntN(len(joints))])
		}
		text.WriteString(fragments[lots.IntN(len(fragments))])
	}
	return text.String()
}

// nastyLine is one that may be a title: not empty, and of at most so many
// characters.
func nastyLine(lots *rand.Rand, most int) string {
	for {
		line := []rune(strings.ToValidUTF8(nasty(lots), "\ufffd"))
		line = line[:min(len(line), most)]
		if len(strings.Fields(string(line))) > 0 {
			return string(line)
		}
	}
}
