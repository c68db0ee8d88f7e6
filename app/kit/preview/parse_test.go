package preview

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMarkdownBecomesBlocks(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ markdown, want string }{
		"nothing":                  {"", ""},
		"only white space":         {" \n\n\t\n", ""},
		"six headings":             {"# a\n## b\n### c\n#### d\n##### e\n###### f", "h1 a\nh2 b\nh3 c\nh4 d\nh5 e\nh6 f"},
		"underlined headings":      {"a\n===\n\nb\n---", "h1 a\nh2 b"},
		"emphasis":                 {"*a* **b** ***c*** ~~d~~ `e`", "p {i:a} {b:b} {bi:c} {s:d} {m:e}"},
		"emphasis across a word":   {"in**side**r", "p in{b:side}r"},
		"soft break is a space":    {"one\ntwo", "p one two"},
		"hard break by backslash":  {"one\\\ntwo", "p one⏎two"},
		"hard break by two spaces": {"one  \ntwo", "p one⏎two"},
		"hard break after address": {"https://a.example  \ntwo", "p {→https://a.example:https://a.example}⏎two"},
		"escapes":                  {`\*a\* \# \[b\] \\ \q`, `p *a* # [b] \ \q`},
		"entities":                 {"&copy; &#65;&#x42; &nosuch; &", "p © AB &nosuch; &"},
		"entities resolve once":    {`&amp;lt; \&lt;`, "p &lt; &lt;"},
		"no escapes in code":       {"`a\\*b &amp;`", `p {m:a\*b &amp;}`},
		"entity cannot override":   {"a&#x202e;b&#7;c", "p a�b�c"},
		"bullets, nested":          {"- a\n  - b\n    - c\n- d", ".• p a\n..• p b\n...• p c\n.• p d"},
		"two sublists of one item": {"- a\n  - b\n\n  1. c", ".• p a\n..• p b\n..1. p c"},
		"ordered from seven":       {"7. a\n8. b", ".7. p a\n.8. p b"},
		"item with paragraphs":     {"- a\n\n  b\n\n      code", ".• p a\n. p b\n. code() \"code\""},
		"empty item":               {"- \n- b", ".• p\n.• p b"},
		"list opened twice":        {"- - a", ".• p\n..• p a"},
		"tasks":                    {"- [ ] a\n- [x] b\n- c", ".[ ] p a\n.[x] p b\n.• p c"},
		"task of two lines":        {"- [x] one\n  two", ".[x] p one two"},
		"loose task":               {"- [x] one\n\n- [ ] two", ".[x] p one\n.[ ] p two"},
		"quote":                    {"> a\n>\n> > b\n\nc", "> p a\n>> p b\np c"},
		"quote in an item":         {"- > a", ".>• p a"},
		"rule":                     {"a\n\n---\n\nb", "p a\nrule\np b"},
		"fenced code":              {"```Go\na\n\tb\n\n```", "code(go) \"a\\n    b\""},
		"unclosed fence":           {"```\na", "code() \"a\""},
		"indented code":            {"    a\n      b", "code() \"a\\n  b\""},
		"table": {
			"|a|b|\n|-|-:|\n|**1**|`x\\|y`|\n|2|",
			"row {b:a} | {b:b}\nrow {b:1} | {m:x|y}\nrow 2 |",
		},
		"link":                     {"[a **b**](https://x.example/?q=1)", "p {→https://x.example/?q=1:a }{b→https://x.example/?q=1:b}"},
		"link by reference":        {"[a][r]\n\n[r]: https://x.example", "p {→https://x.example:a}"},
		"bare addresses":           {"www.x.example me@x.example", "p {→http://www.x.example:www.x.example} {→mailto:me@x.example:me@x.example}"},
		"mail link":                {"[m](mailto:a@b.example)", "p {→mailto:a@b.example:m}"},
		"script is only text":      {"[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](&#106;avascript:x)", "p a b c"},
		"file is only text":        {"[a](file:///etc/passwd) <file:///x> [b](../x.md)", "p a file:///x b"},
		"only web and mail links":  {"[a](javascript://x.example/%0aalert(1)) [b](file://host/x) [c](ftp://h/x) [d](data:text/html,x)", "p a b c d"},
		"link without host":        {"[a](http:///x)", "p a"},
		"image":                    {"![a *b*](https://x.example/y.png)", "p {f:image: a b (https://x.example/y.png)}"},
		"image without words":      {"![](y.png) ![]()", "p {f:image (y.png)} {f:image}"},
		"image in a link":          {"[![a](i.png)](https://x.example)", "p {f→https://x.example:image: a (i.png)}"},
		"inline html":              {"a <b>c</b>", "p a {mf:<b>}c{mf:</b>}"},
		"html block":               {"<details>\na\n</details>\n\nb", "code(html) \"<details>\\na\\n</details>\"\np b"},
		"html comment":             {"<!-- a\n\nb -->", "code(html) \"<!-- a\\n\\nb -->\""},
		"definition shows nothing": {"[r]: https://x.example", ""},
		"footnote":                 {"a[^1] b[^no]\n\n[^1]: c", "p a{^:1} b[^no]\n.^1 p c"},
		"footnote by name":         {"a[^Big]\n\n[^big]: c\n\n    d\n\ne", "p a{^:Big}\n.^big p c\n. p d\np e"},
		"footnote in an item":      {"- a[^x]\n- [^x]: b", ".• p a{^:x}\n.• p\n..^x p b"},
		"no footnote in code":      {"`[^1]` \\[^1]\n\n[^1]: c", "p {m:[^1]} [^1]\n.^1 p c"},
		"alert":                    {"> [!NOTE]\n> a\n> b\n>\n> c", "note> p {b:Note}\nnote> p a b\nnote> p c"},
		"alert of nothing":         {"> [!warning]", "warning> p {b:Warning}"},
		"alert with markup":        {"> [!TIP]\n> **a** `b`", "tip> p {b:Tip}\ntip> p {b:a} {m:b}"},
		"no alert in a line":       {"> [!NOTE] a", "> p [!NOTE] a"},
		"no alert of another word": {"> [!OTHER]\n> a", "> p [!OTHER] a"},
		"picture":                  {"![a *b*](attachment:0123456789ab)", "image: a b (attachment:0123456789ab)"},
		"picture between words":    {"a ![p](attachment:0123456789ab) b", "p a\nimage: p (attachment:0123456789ab)\np b"},
		"picture in an item":       {"- ![p](attachment:0123456789ab)\n- b", ".• image: p (attachment:0123456789ab)\n.• p b"},
		"picture in a cell":        {"|a|\n|-|\n|![p](attachment:0123456789ab)|", "row {b:a}\nrow {f:image: p (attachment:0123456789ab)}"},
		"no attachment":            {"![p](attachment:../../etc/passwd)", "p {f:image: p (attachment:../../etc/passwd)}"},
		"link to an attachment":    {"[log](attachment:0123456789ab)", "p {→attachment:0123456789ab:log}"},
		"byte order mark":          {"\ufeff# a", "h1 a"},
		"line ends":                {"# a\r\nb\rc\r\n\r\nd", "h1 a\np b c\np d"},
		"control characters":       {"a\x00b\x1bc\u202ed", "p a�b�c�d"},
		"invalid UTF-8":            {"a\xffb", "p a�b"},
		"front matter":             {"---\na: 1\n---\n# b", "front \"a: 1\"\nh1 b"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := Parse(c.markdown)
			assert.Equal(t, c.want, outline(doc))
			assert.Empty(t, plainly(doc))
		})
	}
}

// The first four make Fyne's own markdown renderer panic or lose text.
func TestInputsThatBreakFynesRendererAreWhole(t *testing.T) {
	t.Parallel()
	assert.Equal(t, ".[ ] p {b:x}", outline(Parse("- [ ] **x**")))
	assert.Equal(t, ".[ ] p {m:x}", outline(Parse("- [ ] `x`")))
	assert.Equal(t, ".[ ] p {→https://u.example:x}", outline(Parse("- [ ] [x](https://u.example)")))
	assert.Equal(t, ".[x] p a {i:b} c", outline(Parse("- [x] a *b* c")))
	assert.Equal(t, "> p © a", outline(Parse("> &copy; a")))
}

func TestFrontMatterIsOfferedRaw(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ markdown, front, body string }{
		"Windows' lines": {"\ufeff---\r\na: 1\r\n---\r\nbody", "a: 1", "p body"},
		"keys":           {"---\ntitle: \"x\"\nn: 1\n---\nbody", "title: \"x\"\nn: 1", "p body"},
		"closed by dots": {"---\na: 1\n...\nbody", "a: 1", "p body"},
		"never closed":   {"---\na: 1\n", "", "rule\np a: 1"},
		"only a rule":    {"---\n\na: 1\n\n---", "", "rule\np a: 1\nrule"},
		"not at the top": {"a\n\n---\nb: 1\n---", "", "p a\nrule\nh2 b: 1"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := Parse(c.markdown)
			assert.Equal(t, c.front, doc.FrontMatter())
			blocks := doc.Blocks()
			if c.front != "" {
				assert.Equal(t, Front, blocks[0].Kind)
				blocks = blocks[1:]
			}
			assert.Equal(t, c.body, outlineOf(blocks))
		})
	}
}

func TestHeadingsOfASectionStayBelowItAsInTheExport(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ markdown, want string }{
		"from the top":        {"# A\n## B\n# C", "h3 A\nh4 B\nh3 C"},
		"gaps close":          {"# A\n#### B\n## C", "h3 A\nh4 B\nh4 C"},
		"typed below already": {"### A\n\ntext\n\n#### B", "h3 A\np text\nh4 B"},
		"underlined":          {"A\n===\n\nB\n---", "h3 A\nh4 B"},
		"in a quote":          {"# A\n\n> ## B\n\n# C", "h3 A\n> h4 B\nh3 C"},
		"no deeper than six":  {"# A\n## B\n### C\n#### D\n##### E", "h3 A\nh4 B\nh5 C\nh6 D\nh6 E"},
		"without words":       {"##\n# A", "h3 A"},
		"no front matter":     {"---\na: 1\n---", "rule\nh3 a: 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, outline(ParseBelow(2, c.markdown)))
		})
	}
	d := ParseBelow(2, "# A\n\n"+strings.Repeat("text\n\n", 50)+"### B\n")
	assert.Contains(t, outline(d), "h4 B")
	d.Edit(0, 2, "")
	assert.Contains(t, outline(d), "h3 B", "a heading far below follows the one that went")
}

func TestPathologicalTextIsShownAsTypedAndAtOnce(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"links":      strings.Repeat("[a](b", 20000),
		"brackets":   strings.Repeat("[", 100000),
		"quotes":     strings.Repeat("> ", 80000),
		"lists":      strings.Repeat("> - ", 20000),
		"numbers":    strings.Repeat("1. ", 20000),
		"emphasis":   strings.Repeat("*a_", 40000),
		"tags":       strings.Repeat("<a ", 40000),
		"ticks":      strings.Repeat("`a``b", 40000),
		"wide table": strings.Repeat("|a", 11000) + "\n" + strings.Repeat("|-", 11000) + "\n" + strings.Repeat("|a\n", 1000),
		"deep list":  deepList(2000),
		"one long":   strings.Repeat("a_b_ "+strings.Repeat("x ", 50), 1500),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			doc := Parse(text)
			assert.Less(t, time.Since(start), 4*time.Second)
			assert.Equal(t, saysHeavy, plainly(doc))
			assert.Equal(t, Note, doc.Blocks()[0].Kind)
			var shown strings.Builder
			for _, b := range doc.Blocks() {
				if b.Code != nil {
					shown.WriteString(b.Code.Text)
				}
			}
			assert.Equal(t, strings.ReplaceAll(text, "\n", ""), strings.ReplaceAll(shown.String(), "\n", ""))
		})
	}
}

func deepList(depth int) string {
	var out strings.Builder
	for i := range depth {
		out.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return out.String()
}

func TestOrdinaryTextIsNotTakenForPathological(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a megabyte of notes":    megabyte(),
		"a long table":           "|a|b|\n|-|-|\n" + strings.Repeat("|`x`|**y**|\n", 3000),
		"rules":                  strings.Repeat("-", 200) + "\n" + strings.Repeat("* ", 100),
		"a log with a separator": strings.Repeat("-", 60) + " beginning of main\n" + strings.Repeat(".", 60) + " ok",
		"a long checklist":       strings.Repeat("- [ ] `task` with **words**\n", 2000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Empty(t, plainly(Parse(text)))
		})
	}
}

// megabyte is a long, ordinary document.
func megabyte() string {
	const section = `## Section

A paragraph with **strong** words, a [link](https://example.com/page) and ` + "`code`" + `, long enough to take two or three lines of the page when it is shown.

- one item
- another item
  - nested

| a | b |
| - | - |
| 1 | 2 |

`
	return strings.Repeat(section, (1<<20)/len(section))
}

func TestNoBlockIsLarge(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"one paragraph":  strings.Repeat("word ", 30000),
		"one word":       strings.Repeat("w", 100000),
		"long code":      "```\n" + strings.Repeat("line\n", 20000) + "```",
		"one code line":  "```\n" + strings.Repeat("x", 100000) + "\n```",
		"thousand items": strings.Repeat("- item\n", 1000),
		"as typed":       strings.Repeat("> ", 50000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, b := range Parse(text).Blocks() {
				assert.LessOrEqual(t, len(outlineSpans(b.Spans)), pieceBytes)
				if b.Code != nil {
					assert.LessOrEqual(t, len(b.Code.Text), pieceBytes)
					assert.LessOrEqual(t, lineCount(b.Code.Text), pieceLines)
				}
			}
		})
	}
}

func TestCutCodeIsWholeAgainWhenJoined(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a line\n\n", 500)
	var joined []string
	blocks := Parse("```\n" + text + "```").Blocks()
	require.Greater(t, len(blocks), 2)
	for i, b := range blocks {
		joined = append(joined, b.Code.Text)
		assert.Equal(t, i == 0, b.Part&First != 0)
		assert.Equal(t, i == len(blocks)-1, b.Part&Last != 0)
		assert.Equal(t, blocks[0].Code.Group, b.Code.Group)
	}
	assert.Equal(t, strings.TrimRight(text, "\n"), strings.Join(joined, "\n"))
}
