package markdown_test

import (
	"fmt"
	"math/rand"
	"regexp"
	"strings"
	"unicode"

	"firebreak/export/markdown"
)

// fragments are the pieces that nasty user text is put together from: all that
// markdown, HTML, YAML, GitHub or SpecWeave could take for something else.
var fragments = []string{
	"---", "\n---\n", "## Root Cause", "\n## Root Cause\n", "# H\n", "|", "a | b", "\n|---|---|\n", "\n:-:\n",
	"\n| x |\n|---|\n| y |\n", "`", "``", "```", "\n```\n", "~~~\n", "</script>", "<script>alert(1)</script>",
	"<!--", "-->", "<div>", "<b", "<https://x.y>", "<a@b.c>", "<1@b.c>", "\r\n", "\r", "\n", "\n\n", " ", "  ",
	"    ", "\t", "\\", "\\\\", "\\|", "*", "**", "***", "_", "__", "snake_case_id", "_x_", "*x*", "**y**", "~",
	"~~", "~x~", "~2,000 users", "[", "]", "[x](y)", "![i](j)", "[a]: /u\n", "[a]", "[t][a]", "[^1]", "[^1]: n\n",
	"- ", "\n- a", "\n  - b", "* ", "+ ", "1. ", "\n2) b", "12345678901. ", "[ ] ", "[x] ", "\n- [ ] t", "> ",
	"\n> q", "\n> - r\n>   s", "=", "\n===\n", "\n--\n", "&amp;", "&#35;", "&#10;", "&nbsp;", "&copy", "&lt;", "&",
	"!", "!(", "#", "##", " #", "# ", "$x$", "$5,000", "$", "{a}", "{#id}", "{{ .T }}", "{{X}}", ":", ": d",
	"http://x.y/a_b*c", "https://e.com/p?a=1&copy=2&amp;b=3", "https://en.wikipedia.org/wiki/X_(y)", "www.a_b.com",
	"WWW.x.y", "ftp://x.y", "HTTP://x.y", "http://", "me@x.co", "a_b@x.co", "mailto:me@x.co", "xmpp:a@b.co",
	"@user", "@lead", "#123", "#incidents", "\x00", "\x1b[31m", "\x7f", "\u0085", "\u2028", "\ufeff", "\u00a0",
	"\u3000", "\u200b", "\u202e", "שלום", "مرحبا", "日本語", "🙂", "👨‍👩‍👧", "Z̸̢͎a̷͓l̶̡g̵̢o̶", "é", "word", "text ",
	"C:\\temp\\x", "p99 <5ms", "a < b > c", "5 * 3", "it's \"q\"", "%d", "0001", "no", "null", "2026-11-24", "14:32",
	"\xff\xfe", "T-001:", "### T-001: x", "- [x] T-009: x", "**Status**: [x] completed", "**Completed**: 2026",
	"AC-US1-01", "%%", "^", "::: note", "<details>", "</details>", "<br>", "<pre>", "<?php", "<![CDATA[",
	"<!DOCTYPE", "\\\n", "  \n", "a\nb", "`c`", "``d`` e", "    code\n", "\n    more", "\n1. one\n1. two",
	"\n| a | b |\n| :-- | --: |\n| `c|d` | e\\|f |\n", "x\n====\n", "(~500)", "~/bin", "(https://x.y)",
}

// nasty makes up to most fragments of user text.
func nasty(r *rand.Rand, most int) string {
	if r.Intn(12) == 0 {
		return ""
	}
	var b strings.Builder
	for range 1 + r.Intn(most) {
		if r.Intn(5) == 0 {
			for range 1 + r.Intn(4) {
				b.WriteByte(byte(0x20 + r.Intn(95)))
			}
		} else {
			b.WriteString(fragments[r.Intn(len(fragments))])
		}
		if r.Intn(3) == 0 {
			b.WriteByte(' ')
		}
		if r.Intn(9) == 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// block is what a reader of a document must find: see .ci/markdown/cases.mjs.
type block struct {
	Kind  string     `json:"kind"` // heading, text, table, list, code, or markdown: any blocks up to a heading of level 2
	Level int        `json:"level,omitempty"`
	Text  string     `json:"text,omitempty"`
	Items []string   `json:"items,omitempty"`
	Ticks []string   `json:"ticks,omitempty"` // "x", " " or "" where there is no box
	Rows  [][]string `json:"rows,omitempty"`

	// Of markdown: what somebody wrote, and what goldmark reads in it.
	Says   string         `json:"says,omitempty"`
	Shows  string         `json:"shows,omitempty"`
	Blocks map[string]int `json:"blocks,omitempty"`
}

// documentCase is one exported document and what must be found in it.
type documentCase struct {
	Name     string         `json:"name"`
	Markdown string         `json:"markdown"`
	Front    map[string]any `json:"front"`
	Blocks   []block        `json:"blocks"`
}

// caseWriter writes a document and notes what it should read like.
type caseWriter struct {
	*rand.Rand
	doc  *markdown.Doc
	want []block
}

func (w *caseWriter) heading(level int, text string) {
	w.doc.Heading(level, text)
	w.want = append(w.want, block{Kind: "heading", Level: level, Text: orBlank(markdown.OneLine(text))})
}

func (w *caseWriter) text(text string) {
	w.doc.Text(text)
	for _, lines := range markdown.Paragraphs(text) {
		w.want = append(w.want, block{Kind: "text", Text: strings.Join(lines, "\n")})
	}
}

// line mixes user text and markup, and says what a reader sees.
func (w *caseWriter) line() (markdown.Line, string) {
	a, b := nasty(w.Rand, 4), nasty(w.Rand, 3)
	folded := func(text string) string { return blanks.ReplaceAllString(markdown.Clean(text), " ") }
	trimmed := func(text string) string { return strings.TrimFunc(text, unicode.IsSpace) }
	oneA, oneB := markdown.OneLine(a), markdown.OneLine(b)
	switch w.Intn(6) {
	case 0:
		return markdown.Field("Severity", a), trimmed("Severity: " + folded(a))
	case 1:
		return markdown.Line{markdown.Lit("14:32 - "), markdown.Lit(a)}, trimmed("14:32 - " + folded(a))
	case 2:
		return markdown.Line{markdown.Code(a), markdown.Trusted(" "), markdown.Strong(b)}, trimmed(oneA + " " + oneB)
	case 3:
		return markdown.Line{markdown.Strong(a), markdown.Lit(b), markdown.Code(a)}, trimmed(oneA + folded(b) + oneA)
	case 4:
		linked := oneB
		if linked == "" {
			linked = "https://x.y/a(b"
		}
		return markdown.Line{markdown.Lit(a), markdown.Link(b, "https://x.y/a(b")}, trimmed(folded(a) + linked)
	}
	return markdown.Line{markdown.Lit(a)}, oneA
}

var blanks = regexp.MustCompile(`[ \t\n]+`)

func (w *caseWriter) list(kind int) {
	want := block{Kind: "list"}
	var items []markdown.Line
	var tasks []markdown.Task
	for range 1 + w.Intn(3) {
		line, text := w.line()
		done := w.Intn(2) == 0
		tick := ""
		if kind == 2 {
			tick = map[bool]string{true: "x", false: " "}[done]
		}
		items = append(items, line)
		tasks = append(tasks, markdown.Task{Done: done, Text: line})
		want.Items = append(want.Items, orBlank(text))
		want.Ticks = append(want.Ticks, tick)
	}
	switch kind {
	case 0:
		w.doc.Bullets(items...)
	case 1:
		w.doc.Numbered(items...)
	case 2:
		w.doc.Tasks(tasks...)
	}
	w.want = append(w.want, want)
}

func (w *caseWriter) table() {
	want := block{Kind: "table", Rows: [][]string{{"Field", "Value"}}}
	var rows [][]markdown.Line
	for range 1 + w.Intn(3) {
		a, textA := w.line()
		b, textB := w.line()
		rows = append(rows, []markdown.Line{a, b})
		want.Rows = append(want.Rows, []string{textA, textB})
	}
	w.doc.Table([]string{"Field", "Value"}, rows)
	w.want = append(w.want, want)
}

func orBlank(text string) string {
	if text == "" {
		return "(blank)"
	}
	return text
}

// newCase makes the document of one seed: every block that Doc can write, with
// nasty text everywhere.
func newCase(seed int64) documentCase {
	w := &caseWriter{Rand: rand.New(rand.NewSource(seed)), doc: markdown.New()}
	title, owner := nasty(w.Rand, 5), nasty(w.Rand, 8)
	w.doc.Front(markdown.Quoted("title", title), markdown.Plain("owner", owner), markdown.Number("count", 3))
	w.heading(1, "Post-mortem: "+title)
	w.table()
	w.heading(2, "Summary")
	w.text(nasty(w.Rand, 12))
	for kind := range 3 {
		w.heading(2, fmt.Sprintf("List %d", kind))
		w.list(kind)
	}
	w.heading(3, nasty(w.Rand, 3))
	evidence := nasty(w.Rand, 12)
	w.doc.Fence(nasty(w.Rand, 2), evidence)
	w.want = append(w.want, block{Kind: "code", Text: strings.TrimRight(markdown.Clean(evidence), "\n")})
	w.heading(2, "Notes")
	source := nasty(w.Rand, 14)
	w.doc.Markdown(source, 2)
	w.want = append(w.want, written(source))
	w.heading(2, "End")
	w.text("end")
	front := map[string]any{"title": markdown.Clean(title), "owner": markdown.OneLine(owner), "count": 3}
	return documentCase{Name: fmt.Sprint("seed ", seed), Markdown: w.doc.String(), Front: front, Blocks: w.want}
}
