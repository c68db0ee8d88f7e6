package cli_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func lastText(s *shell) string {
	s.t.Helper()
	entries := s.reads("export", "timeline")["entries"].([]any)
	return entries[len(entries)-1].(map[string]any)["text"].(string)
}

func TestAnyTextIsKeptAndNoneOfItSteersTheTerminal(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout \x1b]0;owned\x07 fails")
	for name, text := range map[string]string{
		"NUL":                 "a\x00b",
		"an escape sequence":  "\x1b[2J\x1b[31mred",
		"right to left":       "\u202egnp.exe שלום",
		"emoji and combining": "🔥🧯 é e\u0301",
		"markdown and HTML":   "# <script>alert(1)</script> **bold** [x](javascript:1)",
		"CRLF":                "one\r\ntwo\r\nthree",
		"a C1 control":        "a\u009b31mb",
	} {
		s.typing(text).does("log", "-")
		assert.Equal(t, text, lastText(s), name)
		for _, command := range []string{"status", "show", "history", "handoff", "postmortem"} {
			printed := s.does(command)
			at := strings.IndexFunc(printed, func(c rune) bool {
				return c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c))
			})
			assert.Equal(t, -1, at, "%s after %s", command, name)
		}
		assert.NotContains(t, s.fails(5, "show", "\x1b[31m"), "\x1b")
	}
}

func TestBytesThatAreNoTextBecomeTheMarkForThat(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout \xff fails")
	s.typing("a\xff\xfeb").does("log", "-")
	assert.Equal(t, "a\uFFFDb", lastText(s))
	assert.Equal(t, "Checkout \uFFFD fails", s.reads("status")["title"])
}

func TestALongTextIsKeptWholeAndShownByItsBeginning(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	long := strings.Repeat("line of a log\n", 1<<20/14)
	printed := s.typing(long).does("log", "-")
	assert.Less(t, len(printed), 2000)
	assert.Equal(t, strings.TrimRight(long, "\n"), lastText(s))
	assert.Less(t, len(s.does("status")), 4000)

	assert.Contains(t, s.typing(strings.Repeat("x", 16<<20+1)).fails(2, "log", "-"), "more than 16 MB")
	assert.Contains(t, s.typing(strings.Repeat("x", 5<<20)).fails(4, "log", "-"), "MB")
	assert.Contains(t, s.typing("").fails(4, "log", "-"), "Write what happened")
	assert.Contains(t, s.fails(4, "declare", strings.Repeat("x", 300)), "at most 200 characters")
}

func TestStatusStaysInsideTheWidthOfATerminal(t *testing.T) {
	s := newShell(t)
	s.does("declare", strings.Repeat("Checkout fails for many ", 8), "--severity", "SEV1", "--commander", strings.Repeat("Jane ", 20))
	s.does("log", strings.Repeat("noted ", 60))
	s.does("role", "scribe", strings.Repeat("é", 40))
	for _, line := range strings.Split(s.does("status"), "\n") {
		assert.LessOrEqual(t, len([]rune(line)), 80, line)
	}
}

func TestACommandLineIsWrittenAsItWasTyped(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	s.does("test", "--passed", "--", "npm", "test", "--", "--grep", "auth tokens", "it's")
	assert.Equal(t, `Tests passed: npm test -- --grep 'auth tokens' 'it'\''s'`, lastText(s))
	s.does("test", "--failed", `npm test -- --grep "auth"`)
	assert.Equal(t, `Tests failed: npm test -- --grep "auth"`, lastText(s))
}

func TestTheEndOfALongOutputIsItsEvidence(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	s.typing(strings.Repeat("é", 1<<20)+"38 passing").does("test", "--passed", "--output", "-", "--", "npm test -- auth")
	require.Contains(t, s.does("history", "--limit", "1"), "Tests passed: npm test -- auth")
	require.Contains(t, s.does("search", "passing", "--json"), "38 passing")
}
