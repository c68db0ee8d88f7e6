package specweave

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// fragments are lines and pieces that mean something to markdown, to YAML or to
// SpecWeave, or only look as if they did.
var fragments = []string{
	"# Tasks", "## Problem", "### T-001: First", "### T-002: Second", "#### T-003: Third", "## T-001: Again", "#no heading", "##", "### T-004: Closed ###",
	"**Status**: [ ] pending", "**Status**: [x] completed", "**Status**: Completed", "**Completed At**: 2026-01-01T00:00:00Z",
	"**User Story**: US-001 | **Satisfies ACs**: AC-US1-01..03 | **Status**: [x] Done", "**Satisfies ACs**: AC-US1-01, AC-US1-02",
	"- [ ] T-005: listed", "- [x] [T006] listed", "  - [ ] T-007: deeper", "- [ ] **AC-US1-01**: wanted", "- [x] AC-US1-02 (P0): wanted", "- [-] **AC-NFR1-01**: not wanted",
	"- [ ] **AC-US1-01**: twice", "* star", "+ plus", "1. one", "2. two", "3) three", "12. twelve", "- - nested", "-", "- ", "*", "1.",
	"    **Status**: [x] indented", "\t**Status**: [ ] tabbed", "> **Status**: [x] quoted", ">", "\\- [ ] T-008: escaped", "- \\[ ] T-009: escaped",
	"```", "```go", "````", "~~~", "  ```", "   ~~~", "``` a`b", "<!--", "-->", "<!-->", "<!--->", "<!-- a", "<!---->", "<!-- T-001 --> behind", " -->", "> ```", "> - item", "> <!--", "<!-- one line -->", "text <!-- opens", "closes --> text", "<div>", "</div>", "a <b>c</b> d", "<a title=\">\">", "1 < 2", "a <b",
	"---", "***", "___", "===", "- - -", "--", "==", "text", "more text", "  indented two", "   indented three", " one", "     five", "      six words", "letters", "- item text", "  - nested text", "    - deeper text", "  carried on", "    carried on deeper",
	"[ ] no item", "[x]: http://example.com", "[a]: b", "[label", "rest]: c", "[ ]: d", "| a | b |", "|---|---|", "a | b", "`code", "`code` and `more`", "`<!--` in code", "ünïcode ✅", "trailing blanks  ", "back\\", "&amp; entity", "", "", "", "", " ", "\t", "  \t ",
	"- [ ] T-010: a <b", "- # heading in item", "- > quote in item", "- ```", "- ---", "- 1. x", "- 2026. x", "+ + +", "__bold__ _x_", "**bold** x", "*em*", "***bold em***", "a\x0bb", "a\rb", "\x0c", "- [ ]T-011: tight", "-   wide", "-     code", "-\ttab", "1.  wide", "10. ten",
}

// randomDocument puts fragments one below the other, or joins some of them.
func randomDocument(r *rand.Rand, n int) string {
	var out strings.Builder
	end := "\n"
	if r.IntN(4) == 0 {
		end = "\r\n"
	}
	if r.IntN(8) == 0 {
		out.WriteString("\ufeff")
	}
	if r.IntN(3) == 0 {
		out.WriteString("---" + end + "status: active" + end + "title: 'x' # why" + end + "---" + end)
	}
	for range n {
		out.WriteString(fragments[r.IntN(len(fragments))])
		if r.IntN(30) > 0 {
			out.WriteString(end)
		}
	}
	return out.String()
}

// The cheap reading is allowed to give up. It must never say anything else than
// goldmark does.
func TestTheCheapReadingAgreesWithGoldmark(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	proven := 0
	for range 60000 {
		src := []byte(randomDocument(r, 1+r.IntN(8)))
		start, _ := body(src)
		cheap, ok := scan(src, start, 1)
		if !ok {
			continue
		}
		proven++
		careful := parse(src, start, 1)
		if len(cheap) == 0 && len(careful) == 0 {
			continue
		}
		require.Equal(t, careful, cheap, "%q", src)
	}
	require.Greater(t, proven, 5000, "the cheap reading must be taken often enough to be tried")
}
