package page

import (
	"bufio"
	"bytes"
	stdhtml "html"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"firebreak/export/markdown"
)

// gfm reads the markdown of the document. A parser holds no state between two
// texts.
var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// deepest bounds how far blocks and spans are followed into each other. Nobody
// writes deeper; what is deeper comes out as plain text.
const deepest = 60

// markdown writes a text of the document. Text that would take too long to parse
// is shown as it is.
func (p *printer) markdown(source string) {
	if markdown.Words(source) {
		p.say(`<p dir="auto">`, escape(source), "</p>\n")
		return
	}
	source = markdown.Clean(source)
	if markdown.Heavy(source) {
		p.say(`<pre dir="auto">`, escape(source), "</pre>\n")
		return
	}
	outer := p.source
	p.source = []byte(source)
	p.blocks(gfm.Parse(text.NewReader(p.source)), 0)
	p.source = outer
}

func (p *printer) blocks(parent ast.Node, depth int) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n, depth+1)
	}
}

func (p *printer) block(n ast.Node, depth int) {
	if depth > deepest {
		p.say(`<pre dir="auto">`, escape(allText(n, p.source)), "</pre>\n")
		return
	}
	switch n := n.(type) {
	case *ast.Paragraph:
		p.around("p", n, depth)
	case *ast.TextBlock:
		p.say(`<div dir="auto">`)
		p.spans(n, depth)
		p.say("</div>\n")
	case *ast.Heading:
		p.around("h"+strconv.Itoa(min(max(n.Level, 1), 6)), n, depth)
	case *ast.List:
		p.list(n, depth)
	case *ast.Blockquote:
		p.say("<blockquote dir=\"auto\">\n")
		p.blocks(n, depth)
		p.say("</blockquote>\n")
	case *ast.FencedCodeBlock:
		p.code(n, string(n.Language(p.source)))
	case *ast.CodeBlock:
		p.code(n, "")
	case *ast.HTMLBlock:
		p.rawBlock(n)
	case *ast.ThematicBreak:
		p.say("<hr>\n")
	case *extast.Table:
		p.table(n, depth)
	case *ast.LinkReferenceDefinition: // says nothing by itself
	default:
		p.blocks(n, depth)
	}
}

func (p *printer) around(tag string, n ast.Node, depth int) {
	p.say("<", tag, ` dir="auto">`)
	p.spans(n, depth)
	p.say("</", tag, ">\n")
}

func (p *printer) list(n *ast.List, depth int) {
	tag, start := "ul", ""
	if n.IsOrdered() {
		tag = "ol"
		if n.Start != 1 {
			start = ` start="` + strconv.Itoa(n.Start) + `"`
		}
	}
	p.say("<", tag, start, ` dir="`, directionOf(allText(n, p.source)), "\">\n")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		class := ""
		if isTask(item) {
			class = ` class="task"`
		}
		p.say("<li", class, ">")
		p.blocks(item, depth)
		p.say("</li>\n")
	}
	p.say("</", tag, ">\n")
}

// directionOf is the direction of the first letter that has one. A list's own
// direction decides on which side its marks stand, and a browser would not look
// into items that have a direction of their own.
func directionOf(words string) string {
	for _, r := range words {
		switch {
		case unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko):
			return "rtl"
		case unicode.IsLetter(r):
			return "ltr"
		}
	}
	return "ltr"
}

func isTask(item ast.Node) bool {
	first := item.FirstChild()
	if first == nil || first.FirstChild() == nil {
		return false
	}
	return first.FirstChild().Kind() == extast.KindTaskCheckBox
}

func (p *printer) code(n ast.Node, language string) {
	p.say("<pre dir=\"ltr\">")
	if language != "" {
		p.say(`<span class="language">`, escape(language), "</span>")
	}
	p.say("<code>")
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		p.words(string(line.Value(p.source)))
	}
	p.say("</code></pre>\n")
}

// rawBlock shows HTML as it was typed: nothing that somebody wrote disappears,
// and nothing of it runs.
func (p *printer) rawBlock(n *ast.HTMLBlock) {
	p.say(`<pre dir="auto"><code>`)
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		p.words(string(line.Value(p.source)))
	}
	if n.HasClosure() {
		p.words(string(n.ClosureLine.Value(p.source)))
	}
	p.say("</code></pre>\n")
}

func (p *printer) table(n *extast.Table, depth int) {
	p.say("<div class=\"wide\"><table>\n")
	open := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cell := "td"
		switch {
		case row.Kind() == extast.KindTableHeader:
			cell = "th scope=\"col\""
			p.say("<thead>\n")
		case !open:
			open = true
			p.say("<tbody>\n")
		}
		p.say("<tr>")
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			p.cell(c, cell, depth)
		}
		p.say("</tr>\n")
		if row.Kind() == extast.KindTableHeader {
			p.say("</thead>\n")
		}
	}
	if open {
		p.say("</tbody>\n")
	}
	p.say("</table></div>\n")
}

func (p *printer) cell(n ast.Node, tag string, depth int) {
	class := ""
	if c, is := n.(*extast.TableCell); is && (c.Alignment == extast.AlignRight || c.Alignment == extast.AlignCenter) {
		class = c.Alignment.String()
	}
	if hasLongWord(allText(n, p.source)) {
		class = strings.TrimSpace(class + " long")
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	p.say("<", tag, class, ` dir="auto">`)
	p.spans(n, depth)
	p.say("</", tag[:2], ">")
}

// longWord is from how many letters on a word is broken inside a table. Shorter
// ones keep their column wide enough; this one would push the others off a page.
const longWord = 26

func hasLongWord(words string) bool {
	run := 0
	for _, r := range words {
		if run++; unicode.IsSpace(r) {
			run = 0
		}
		if run >= longWord {
			return true
		}
	}
	return false
}

// allText is the text below a node, without its form.
func allText(n ast.Node, source []byte) string {
	var out strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		t, is := n.(*ast.Text)
		switch {
		case !is && !entering && n.Type() == ast.TypeBlock:
			out.WriteByte(' ')
		case is && entering:
			out.WriteString(plain(t, source))
			if t.SoftLineBreak() || t.HardLineBreak() {
				out.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(out.String())
}

// plain is what a text shows: its backslashes and entities are resolved.
func plain(t *ast.Text, source []byte) string {
	value := t.Segment.Value(source)
	if t.IsRaw() || bytes.IndexByte(value, '\\') < 0 && bytes.IndexByte(value, '&') < 0 {
		return string(value)
	}
	var escaped bytes.Buffer
	w := bufio.NewWriter(&escaped)
	html.DefaultWriter.Write(w, value)
	_ = w.Flush() // a buffer takes everything
	return stdhtml.UnescapeString(escaped.String())
}
