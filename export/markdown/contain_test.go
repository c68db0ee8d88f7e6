package markdown_test

import (
	"math/rand"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/markdown"
)

func TestUserMarkdownKeepsItsFormattingInsideItsSection(t *testing.T) {
	for name, tc := range map[string]struct{ given, want string }{
		"nothing":                            {"", ""},
		"only blanks":                        {" \n\t\n", ""},
		"two lines of a paragraph":           {"First line.\nSecond line with PR #423.", "First line.\nSecond line with PR #423."},
		"a list as people write it":          {"- ~2,000 users\n- $5,000", "- ~2,000 users\n- $5,000"},
		"a list right below its lead-in":     {"Then:\n- a\n- b", "Then:\n\n- a\n- b"},
		"nested lists":                       {"- a\n  - b\n    more\n- c", "- a\n  - b\n    more\n- c"},
		"a loose list":                       {"- a\n\n- b\n", "- a\n\n- b"},
		"two lists in a row":                 {"- a\n* b", "- a\n\n* b"},
		"an ordered list keeps its start":    {"5. five\n6. six", "5. five\n6. six"},
		"tasks":                              {"- [ ] open\n- [X] done", "- [ ] open\n- [x] done"},
		"a box without a task":               {"- [ ]", "- \\[ ]"},
		"headings go below the base":         {"# A\ntext\n## B", "### A\n\ntext\n\n#### B"},
		"gaps between headings close":        {"# A\n#### B\n## C", "### A\n\n#### B\n\n#### C"},
		"underlined headings":                {"A\n===\nB\n---\n", "### A\n\n#### B"},
		"a heading of several lines":         {"A\nB\n===", "### A B"},
		"a heading without words":            {"#\ntext", "text"},
		"a closed heading":                   {"# A #", "### A"},
		"an open fence is closed":            {"```go\nx := 1", "```go\nx := 1\n```"},
		"a fence in a fence":                 {"~~~\n```\n~~~", "````text\n```\n````"},
		"indented code":                      {"    code", "```text\ncode\n```"},
		"code in a list":                     {"- a\n  ```\n  x\n  ```", "- a\n\n  ```text\n  x\n  ```"},
		"a block of HTML":                    {"<div>\n<b>hi</b>\n</div>", "\\<div>\n\\<b>hi\\</b>\n\\</div>"},
		"a comment that never ends":          {"<!-- gone\n\n# H", "\\<!-- gone\n\n\\# H"},
		"HTML in a line":                     {"a <b>c</b>", "a \\<b>c\\</b>"},
		"a used definition":                  {"[a][r]\n\n[r]: https://x.y \"T\"", "[a](https://x.y \"T\")"},
		"an unused definition":               {"[r]: https://x.y", "\\[r]: <https://x.y>"},
		"a footnote":                         {"a[^1]\n\n[^1]: note here", "a\\[^1]\n\n\\[^1]: note here"},
		"a rule":                             {"a\n\n* * *\n\nb", "a\n\n---\n\nb"},
		"a rule in a list":                   {"- ***", "- ___"},
		"a quote":                            {"> a\nb\n>\n> c", "> a\n> b\n>\n> c"},
		"a table":                            {"a|b\n-|:-:\nc\\|d|", "| a | b |\n| --- | :---: |\n| c\\|d | |"},
		"a row longer than its table":        {"|a|\n|-|\n|b|c|d|", "| a |\n| --- |\n| b c\\|d |"},
		"marks of emphasis":                  {"__a__ _b_ ~~c~~ `d`", "**a** *b* ~~c~~ `d`"},
		"hard breaks":                        {"a  \nb\\\nc", "a\\\nb\\\nc"},
		"escapes and entities":               {`\*a\* &amp; &#35; \&amp;`, `\*a\* & # \&amp;`},
		"bare addresses":                     {"see https://x.y/z.", "see <https://x.y/z>."},
		"a mail address":                     {"<a@b.co>", `[a\@b.co](mailto:a@b.co)`},
		"a safe link":                        {"[a](../b.md)", "[a](../b.md)"},
		"an address with parentheses":        {"[a](https://x.y/z_(1))", "[a](<https://x.y/z_(1)>)"},
		"a link to a script":                 {"[a](javascript:alert)", "a (javascript:alert)"},
		"an image":                           {"![a](b.png)", "![a](b.png)"},
		"an image of data":                   {"![a](data:image/png;base64,xx)", "a"},
		"a box with words right behind it":   {"- [x](y) a\n- [ ]b", "- \\[x](y) a\n- \\[ ]b"},
		"a backslash before a hard break":    {"a\\  \nb", "a\\\\\nb"},
		"a line of a blank that is no space": {"a  \n\u3000\nb", "a\\\nb"},
		"a last line of such a blank":        {"a\nb\\\n \u3000", "a\nb"},
		"a table in a list in a list":        {"- - a\n\n    |b|\n    |-|\n- c", "- - a\n\n    | b |\n    | --- |\n\n- c"},
		"code in a tight list in a list":     {"- - ```\n    a\n    ```\n- b", "- - ```text\n    a\n    ```\n\n- b"},
		"what stands behind a language":      {"~~~ js {1,3} `a` *b*\nx\n~~~", "```js {1,3} a *b*\nx\n```"},
		"a line of equals after a blank":     {"a\n&#10; =\nb", "a\n\\=\nb"},
		"a price before a dollar in code":    {"for $5,000: `js ${x}`", "for \\$5,000: `js ${x}`"},
		"a tick in an open task":             {"- [ ] not [x] or `[x]` yet", "- [ ] not \\[x\\] or \\[x\\] yet"},
		"a link x in an open task":           {"- [ ] see [x](y)", "- [ ] see [&#120;](y)"},
		"emphasis to behind an address":      {"a *cZ )http://x.y/a_b*c", "a cZ )<http://x.y/a_bc>"},
		"a tick in a task that is done":      {"- [x] not [x] or `[x]` yet", "- [x] not \\[x] or `[x]` yet"},
		"a tilde beside emphasis":            {"~**a**", "~a"},
		"a tilde beside what is struck":      {"(~500)$x$ ~~x~ y", "(~500)\\$x\\$ ~x y"},
		"what is struck and loud":            {"~~**a**~~", "~~**a**~~"},
		"more digits than an entity has":     {"&#12345678;", "\\&#12345678;"},
		"a heading behind its own table":     {"a\n| b |\n|---|\n| c |\n---", "a\n| b |\n\\|---|\n| c |\n\\---"},
		"control characters":                 {"a\x00b\r\nc\u2028d", "a\uFFFDb\nc\nd"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, tc.want, markdown.Contain(tc.given, 2))
		})
	}
}

func TestContainedMarkdownStaysBelowAnyBase(t *testing.T) {
	assert.Equal(t, "# A\n\n## B", markdown.Contain("# A\n## B", 0))
	assert.Equal(t, "###### A\n\n###### B", markdown.Contain("# A\n## B", 5), "there is no level 7")
	assert.Equal(t, "###### A", markdown.Contain("# A", 6))
}

func TestMarkdownTooHeavyToParseComesOutAsText(t *testing.T) {
	given := strings.Repeat("> ", 50000) + "*a*"
	assert.Equal(t, markdown.Common.Text(given), markdown.Contain(given, 2))
}

func TestContainedMarkdownSaysAllThatWasTyped(t *testing.T) {
	for seed := range int64(1500) {
		given := nasty(rand.New(rand.NewSource(seed)), 14)
		contained := markdown.Contain(given, 2)
		requireContained(t, contained)
		require.Equal(t, contained, markdown.Contain(contained, 2), "seed %d: %q", seed, given)
		for _, b := range readBack(contained) {
			require.False(t, b.Kind == "heading" && b.Level <= 2, "seed %d: %q", seed, given)
		}
		if strings.Contains(given, "]:") || jumbled(given) {
			continue // a definition moves to where it is used
		}
		want, got := lettersOf(allText(markdown.Clean(given))), lettersOf(allText(contained))
		if !strings.Contains(got, want) {
			requireInOrder(t, want, got, given)
		}
	}
}

// requireInOrder allows got to say more than want, such as the cells that a
// parser drops, but never less.
func requireInOrder(t *testing.T, want, got, given string) {
	t.Helper()
	rest := []rune(got)
	for _, r := range want {
		for len(rest) > 0 && rest[0] != r {
			rest = rest[1:]
		}
		require.NotEmpty(t, rest, "%q lost from %q: %q", r, given, got)
		rest = rest[1:]
	}
}

func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

func TestWordsBehindADefinitionThatAreNoTitleAreKept(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"[a]: /u\n (P0) [a]: /n\n\nend", "[a]: /u\n(P0)[^1]: n\nend", "[a]: /u\n\"P0\" more\nend", "> [a]: /u\n> (P0) x: y\n\nend"} {
		contained := markdown.Contain(source, 2)
		assert.Contains(t, contained, "P0", source)
		assert.Contains(t, contained, "end", source)
	}
}
