package preview

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inline collects the text below one block of the syntax tree as spans.
type inline struct {
	source []byte
	spans  []Span
	// passages ends the text at each picture; without it pictures are words.
	passages bool
	done     []passage
}

// passage is running text, or a picture between two.
type passage struct {
	spans []Span
	image *Image
}

// spansOf reads the running text of a heading or cell.
func spansOf(node ast.Node, source []byte) []Span {
	in := inline{source: source}
	in.children(node, 0, "")
	return in.trimmed()
}

// paragraphOf reads the running text of a paragraph, which may hold pictures.
func paragraphOf(node ast.Node, source []byte) []passage {
	in := inline{source: source, passages: true}
	in.children(node, 0, "")
	if spans := in.trimmed(); len(spans) > 0 || len(in.done) == 0 {
		in.done = append(in.done, passage{spans: spans})
	}
	return in.done
}

func (in *inline) children(node ast.Node, style Style, link string) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		in.node(child, style, link)
	}
}

func (in *inline) node(node ast.Node, style Style, link string) {
	switch n := node.(type) {
	case *ast.Text:
		in.text(n, style, link)
	case *ast.String:
		in.add(string(n.Value), style, link)
	case *ast.CodeSpan:
		in.add(in.raw(n), style|Mono, link)
	case *ast.Emphasis:
		if n.Level >= 2 {
			style |= Bold
		} else {
			style |= Italic
		}
		in.children(n, style, link)
	case *east.Strikethrough:
		in.children(n, style|Struck, link)
	case *ast.Link:
		in.children(n, style, openable(n.Destination))
	case *ast.AutoLink:
		in.autoLink(n, style)
	case *ast.Image:
		in.image(n, style, link)
	case *ast.RawHTML:
		in.add(flat(string(n.Segments.Value(in.source))), style|Mono|Faint, link)
	case *footnoteRef:
		in.add(flat(clean(n.label)), style|Raised, link)
	case *east.TaskCheckBox:
		// The box is the marker of its list item.
	default:
		in.children(n, style, link)
	}
}

func (in *inline) text(n *ast.Text, style Style, link string) {
	value := string(n.Value(in.source))
	if !n.IsRaw() {
		value = unescape(value)
	}
	// goldmark's linkify leaves the spaces of a hard break on the text before it.
	if n.HardLineBreak() || n.SoftLineBreak() {
		value = strings.TrimRight(value, " \t")
	}
	in.add(flat(value), style, link)
	switch {
	case n.HardLineBreak():
		in.spans = append(in.spans, Span{Text: "\n"})
	case n.SoftLineBreak():
		in.add(" ", style, link)
	}
}

// autoLink shows a bare address. An e-mail address becomes a mailto link.
func (in *inline) autoLink(n *ast.AutoLink, style Style) {
	target := n.URL(in.source)
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(string(target)), "mailto:") {
		target = append([]byte("mailto:"), target...)
	}
	in.add(flat(string(n.Label(in.source))), style, openable(target))
}

// image stands in words for a picture that is never fetched. One that belongs to
// the incident stands by itself, and its owner may have it.
func (in *inline) image(n *ast.Image, style Style, link string) {
	alt := inline{source: in.source}
	alt.children(n, 0, "")
	var words strings.Builder
	for _, span := range alt.spans {
		words.WriteString(flat(span.Text))
	}
	image := Image{Address: flat(clean(unescape(string(n.Destination)))), Alt: strings.TrimSpace(words.String())}
	if !in.passages || !attached(image.Address) {
		in.add(image.String(), style|Faint, link)
		return
	}
	if spans := in.trimmed(); len(spans) > 0 {
		in.done = append(in.done, passage{spans: spans})
	}
	in.done = append(in.done, passage{image: &image})
	in.spans = nil
}

// String is the picture in words.
func (i Image) String() string {
	says := "image"
	if i.Alt != "" {
		says += ": " + i.Alt
	}
	if i.Address != "" {
		says += " (" + i.Address + ")"
	}
	return says
}

// attached reports the address of an attachment: its scheme and at least twelve
// figures of its hash.
func attached(address string) bool {
	hash, ok := strings.CutPrefix(address, AttachmentScheme)
	if !ok || len(hash) < 12 || len(hash) > 64 {
		return false
	}
	return strings.Trim(hash, "0123456789abcdef") == ""
}

// AttachmentScheme is how the address of an attachment begins; its SHA-256
// follows, or at least the first twelve figures of it.
const AttachmentScheme = "attachment:"

// raw is the text of a code span, which has no escapes.
func (in *inline) raw(node ast.Node) string {
	var text strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			text.Write(n.Value(in.source))
		case *ast.String:
			text.Write(n.Value)
		}
	}
	return flat(text.String())
}

// add joins text to the span before it when both look the same.
func (in *inline) add(text string, style Style, link string) {
	if text == "" {
		return
	}
	if last := len(in.spans) - 1; last >= 0 {
		span := &in.spans[last]
		if span.Style == style && span.Link == link && span.Text != "\n" {
			span.Text += text
			return
		}
	}
	in.spans = append(in.spans, Span{Text: text, Style: style, Link: link})
}

// trimmed drops breaks and white space at both ends, which draw nothing.
func (in *inline) trimmed() []Span {
	spans := in.spans
	for len(spans) > 0 && strings.TrimSpace(spans[len(spans)-1].Text) == "" {
		spans = spans[:len(spans)-1]
	}
	for len(spans) > 0 && strings.TrimSpace(spans[0].Text) == "" {
		spans = spans[1:]
	}
	if n := len(spans); n > 0 {
		spans[0].Text = strings.TrimLeft(spans[0].Text, " ")
		spans[n-1].Text = strings.TrimRight(spans[n-1].Text, " ")
	}
	return spans
}

// flat keeps a span on one line.
func flat(text string) string {
	if !strings.ContainsAny(text, "\n\t") {
		return text
	}
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(text)
}

// unescape resolves backslashes and entities in one pass, so that an escaped
// ampersand cannot start an entity.
func unescape(text string) string {
	if !strings.ContainsAny(text, `\&`) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && util.IsPunct(text[i+1]):
			i++
			out.WriteByte(text[i])
		case c == '&':
			decoded, length := entity(text[i:])
			out.WriteString(decoded)
			i += length - 1
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

// longestEntity is a little more than the longest name that HTML defines.
const longestEntity = 40

// entity decodes the reference at the start of text, or gives the ampersand
// back. What it decodes is cleaned like typed text.
func entity(text string) (decoded string, length int) {
	end := strings.IndexByte(text[:min(len(text), longestEntity)], ';')
	if end < 0 {
		return "&", 1
	}
	source := []byte(text[:end+1])
	var resolved []byte
	if strings.HasPrefix(text, "&#") {
		resolved = util.ResolveNumericReferences(source)
	} else {
		resolved = util.ResolveEntityNames(source)
	}
	if string(resolved) == string(source) {
		return "&", 1
	}
	return flat(clean(string(resolved))), end + 1
}

// openable gives back an address that may be offered as a link, or nothing.
// Files, scripts and relative paths are never offered: a note can come from
// somebody else's machine.
func openable(destination []byte) string {
	if attached(string(destination)) {
		return string(destination)
	}
	address, err := url.Parse(string(util.URLEscape(destination, true)))
	if err != nil {
		return ""
	}
	switch strings.ToLower(address.Scheme) {
	case "http", "https":
		if address.Host != "" {
			return address.String()
		}
	case "mailto":
		if address.Opaque != "" {
			return address.String()
		}
	}
	return ""
}
