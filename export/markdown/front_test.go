package markdown_test

import (
	"math/rand"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"firebreak/export/markdown"
)

func frontOf(entries ...markdown.Entry) string {
	d := markdown.New()
	d.Front(entries...)
	return d.String()
}

func TestFrontMatterOfASpecLooksAsSpecWeaveWritesIt(t *testing.T) {
	got := frontOf(
		markdown.Plain("increment", "0015-hotfix-auth-token"),
		markdown.Plain("title", "Hotfix: fix auth token validation"),
		markdown.Plain("priority", "P0"),
		markdown.Plain("created", "2026-11-22"),
		markdown.Number("coverage_target", 0))
	assert.Equal(t, `---
increment: 0015-hotfix-auth-token
title: 'Hotfix: fix auth token validation'
priority: P0
created: '2026-11-22'
coverage_target: 0
---
`, got)
}

// The wanted forms are what js-yaml 3.14.1 (in gray-matter) dumps, but for the
// ones marked: there another version of YAML would not read text.
func TestPlainScalarsAreQuotedAsJSYAMLDoes(t *testing.T) {
	for given, want := range map[string]string{
		"":                     `''`,
		"active":               `active`,
		"it's":                 `it's`,
		"'a'":                  `'''a'''`,
		"a: b":                 `'a: b'`,
		"a:b":                  `'a:b'`,
		"a, b":                 `'a, b'`,
		"a #b":                 `'a #b'`,
		"a#b":                  `a#b`,
		"yes":                  `'yes'`,
		"n":                    `'n'`,
		"null":                 `'null'`,
		"~":                    `'~'`,
		"0001":                 `'0001'`,
		"1e3":                  `'1e3'`,
		"1.5":                  `'1.5'`,
		"v1.2.3":               `v1.2.3`,
		"1.2.3":                `1.2.3`,
		"14:32":                `'14:32'`,
		"2026-11-22":           `'2026-11-22'`,
		"2026-11-22T14:32:00Z": `'2026-11-22T14:32:00Z'`,
		"- a":                  `'- a'`,
		"-a":                   `'-a'`,
		"@lead":                `'@lead'`,
		`a "b"`:                `a "b"`,
		`a\b`:                  `a\b`,
		"a\u00a0b":             `"a\_b"`,
		"🔥 \"fire\" \\":        `"\U0001F525 \"fire\" \\"`,
		"two\nlines":           `two lines`,
		"089":                  `'089'`,  // a number in YAML 1.2
		"0o17":                 `'0o17'`, // a number in YAML 1.2
		"1_":                   `'1_'`,   // a number in YAML 1.1
	} {
		assert.Equal(t, "---\nk: "+want+"\n---\n", frontOf(markdown.Plain("k", given)), "given %q", given)
	}
}

func TestFrontMatterReadsBackAsTyped(t *testing.T) {
	for seed := range int64(3000) {
		given := nasty(rand.New(rand.NewSource(seed)), 5)
		front := strings.TrimSuffix(frontOf(markdown.Quoted("quoted", given), markdown.Plain("plain", given)), "---\n")
		var read map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(front), &read), "given %q", given)
		require.Equal(t, map[string]any{"quoted": markdown.Clean(given), "plain": markdown.OneLine(given)}, read)
	}
}

func TestQuotedTextStaysText(t *testing.T) {
	assert.Equal(t, "---\na: \"no\"\nb: \"<a> & \\\"b\\\"\\n\"\n---\n",
		frontOf(markdown.Quoted("a", "no"), markdown.Quoted("b", "<a> & \"b\"\r\n")))
}

func TestASpecTitleHoldsNothingThatSpecWeaveMisreads(t *testing.T) {
	for given, want := range map[string]string{
		"Hotfix: fix auth":          "Hotfix: fix auth",
		"after T-001 and AC-US1-01": "after T\u2011001 and AC\u2011US1-01",
		"{{{X}}} [x] ### T-1":       "{ { {X} } } (x) ### T\u20111",
		"**Status**: [x]":           "**Status**: (x)",
		"\ufeff \ufeff":             "Untitled",
		strings.Repeat("word ", 30): strings.TrimSpace(strings.Repeat("word ", 13)) + "…",
		strings.Repeat("x", 71):     strings.Repeat("x", 69) + "…",
		strings.Repeat("🔥", 40):     strings.Repeat("🔥", 34) + "…",
	} {
		got := markdown.SpecTitle(given)
		assert.Equal(t, want, got)
		assert.LessOrEqual(t, len(utf16.Encode([]rune(got))), 70)
	}
}
