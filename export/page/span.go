package page

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func (p *printer) spans(parent ast.Node, depth int) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.span(n, depth+1)
	}
}

func (p *printer) span(n ast.Node, depth int) {
	if depth > deepest {
		p.words(allText(n, p.source))
		return
	}
	switch n := n.(type) {
	case *ast.Text:
		p.text(n)
	case *ast.String:
		html.DefaultWriter.Write(p.Writer, n.Value)
	case *ast.Emphasis:
		tag := "em"
		if n.Level > 1 {
			tag = "strong"
		}
		p.inside(tag, n, depth)
	case *extast.Strikethrough:
		p.inside("del", n, depth)
	case *ast.CodeSpan:
		p.say("<code>")
		p.codeSpan(n)
		p.say("</code>")
	case *ast.Link:
		p.link(n, depth)
	case *ast.AutoLink:
		p.autoLink(n)
	case *ast.Image:
		p.image(n)
	case *ast.RawHTML:
		p.say("<code>")
		for i := range n.Segments.Len() {
			segment := n.Segments.At(i)
			p.words(string(segment.Value(p.source)))
		}
		p.say("</code>")
	case *extast.TaskCheckBox:
		p.box(n.IsChecked)
	default:
		p.spans(n, depth)
	}
}

func (p *printer) inside(tag string, n ast.Node, depth int) {
	p.say("<", tag, ">")
	p.spans(n, depth)
	p.say("</", tag, ">")
}

func (p *printer) text(n *ast.Text) {
	value := n.Segment.Value(p.source)
	if n.IsRaw() {
		html.DefaultWriter.RawWrite(p.Writer, value)
	} else {
		html.DefaultWriter.Write(p.Writer, value) // resolves backslashes and entities, and escapes
	}
	switch {
	case n.HardLineBreak():
		p.say("<br>\n")
	case n.SoftLineBreak():
		p.say("\n")
	}
}

func (p *printer) codeSpan(n *ast.CodeSpan) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, is := c.(*ast.Text); is {
			p.words(strings.ReplaceAll(string(t.Segment.Value(p.source)), "\n", " "))
		}
	}
}

// box is the box of a task. It is drawn: a form's own could be clicked and would
// forget it.
func (p *printer) box(done bool) {
	p.say(`<svg class="box" viewBox="0 0 16 16" width="14" height="14" role="img" aria-label="`)
	if done {
		p.say(`done"><rect x="1.5" y="1.5" width="13" height="13" rx="2"/><path d="M4 8.5 7 11.5 12.5 5"/></svg> `)
		return
	}
	p.say(`open"><rect x="1.5" y="1.5" width="13" height="13" rx="2"/></svg> `)
}

func (p *printer) link(n *ast.Link, depth int) {
	address := string(util.URLEscape(n.Destination, true))
	if _, attached := p.pictures.find(address); attached && p.pictures.alone {
		p.spans(n, depth)
		return
	}
	if !leadsSafely(address) {
		p.spans(n, depth)
		if address != "" {
			p.say(" (", escape(address), ")")
		}
		return
	}
	p.say(`<a href="`, escape(address), `"`)
	if same(allText(n, p.source), address) {
		p.say(` class="bare"`)
	}
	p.say(` rel="noopener noreferrer">`)
	p.spans(n, depth)
	p.say("</a>")
}

func (p *printer) autoLink(n *ast.AutoLink) {
	label, address := string(n.Label(p.source)), string(n.URL(p.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	address = string(util.URLEscape([]byte(address), false))
	if !leadsSafely(address) {
		p.words(label)
		return
	}
	p.say(`<a class="bare" href="`, escape(address), `" rel="noopener noreferrer">`, escape(label), "</a>")
}

// same says whether a link shows its own address, which need not be printed twice.
func same(label, address string) bool {
	address = strings.TrimPrefix(address, "mailto:")
	if plain, err := url.PathUnescape(address); err == nil && label == plain {
		return true
	}
	return label == address
}

// leadsSafely says whether an address may be followed from the page: the web,
// a mail, or a file beside the page. An address that begins with two slashes
// leads to another machine, and browsers read "\" as "/".
func leadsSafely(address string) bool {
	if address == "" || strings.ContainsAny(address, "\\") || strings.IndexFunc(address, isControl) >= 0 {
		return false
	}
	scheme, _, found := strings.Cut(address, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return !strings.HasPrefix(address, "//")
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return true
	}
	return false
}

func isControl(r rune) bool { return r <= ' ' || r == 0x7F }
