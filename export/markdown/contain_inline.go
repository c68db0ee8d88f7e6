package markdown

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inline writes the words inside a block.
func (r *rewriter) inline(n ast.Node, at place) string {
	spans := r.spans(n, at)
	r.saySpans(spans)
	return Common.render(at, spans)
}

// spans turns the inline nodes of user markdown into spans.
func (r *rewriter) spans(parent ast.Node, at place) []Span {
	var spans []Span
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			spans = append(spans, r.text(n, at)...)
		case *ast.String:
			spans = append(spans, words(string(n.Value)))
		case *ast.CodeSpan:
			spans = append(spans, Span{kind: code, text: r.code(n)})
		case *ast.Emphasis:
			kind := emphasis
			if n.Level > 1 {
				kind = strong
			}
			spans = append(spans, Span{kind: kind, inner: r.spans(n, at)})
		case *extast.Strikethrough:
			spans = append(spans, Span{kind: struck, inner: r.spans(n, at)})
		case *ast.Link:
			spans = append(spans, reference(link, r.spans(n, at), n.Destination, n.Title)...)
		case *ast.Image:
			spans = append(spans, reference(image, r.spans(n, at), n.Destination, n.Title)...)
		case *ast.AutoLink:
			spans = append(spans, r.autoLink(n)...)
		case *ast.RawHTML:
			spans = append(spans, words(string(n.Segments.Value(r.source))))
		case *extast.TaskCheckBox:
			spans = append(spans, r.taskBox(n))
		}
	}
	return spans
}

// words is user text as it is, but on one line.
func words(text string) Span {
	return Span{kind: literal, text: strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, Clean(text))}
}

// text is one text node with the line end that follows it.
func (r *rewriter) text(n *ast.Text, at place) []Span {
	value := string(n.Segment.Value(r.source))
	if !n.IsRaw() {
		value = unescaped(value)
	}
	hard, soft := n.HardLineBreak(), n.SoftLineBreak()
	if !hard && !soft {
		return []Span{words(value)}
	}
	value = strings.TrimRightFunc(value, unicode.IsSpace)
	switch {
	case at != inParagraph && at != inTask:
		return []Span{words(value + " ")}
	case hard:
		return []Span{words(value), Trusted(hardBreak)}
	}
	return []Span{words(value), Trusted(softBreak)}
}

// unescaped resolves the backslashes and entities of raw text. It goes from left
// to right in one pass: "\&amp;" is "&amp;", and "&#92;*" is "\*".
func unescaped(raw string) string {
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == '\\' && i+1 < len(raw) && isASCIIPunct(raw[i+1]):
			i++
			b.WriteByte(raw[i])
		case raw[i] == '&':
			found := entity.FindString(raw[i:])
			if found == "" {
				b.WriteByte('&')
				continue
			}
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(found))))
			i += len(found) - 1
		default:
			b.WriteByte(raw[i])
		}
	}
	return b.String()
}

func (r *rewriter) code(n *ast.CodeSpan) string {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			b.Write(t.Segment.Value(r.source))
		}
	}
	return strings.TrimSpace(words(b.String()).text)
}

// reference is a link or an image. With an address that Link would not write,
// the words stay, and the address of a link follows as text.
func reference(kind spanKind, inner []Span, destination, title []byte) []Span {
	address := words(unescaped(string(destination))).text
	if linkable(address) {
		return []Span{{kind: kind, inner: inner, target: address, title: words(unescaped(string(title))).text}}
	}
	if kind == link && address != "" {
		inner = append(inner, words(" ("+address+")"))
	}
	return inner
}

// autoLink is an address that the user wrote as it is.
func (r *rewriter) autoLink(n *ast.AutoLink) []Span {
	label := string(n.Label(r.source))
	if plainURL.FindString(label) == label && !anyEntity.MatchString(label) {
		return []Span{{kind: address, text: label}}
	}
	target := string(n.URL(r.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(target, "mailto:") {
		target = "mailto:" + target
	}
	if !linkable(target) {
		return []Span{words(label)}
	}
	return []Span{{kind: link, target: target, inner: []Span{words(label)}}}
}

// taskBox is the box of a task. An item with nothing but a box is no task to
// every parser, nor is one with words right behind the box as in "[x](y)", so
// such a box is written as text.
func (r *rewriter) taskBox(n *extast.TaskCheckBox) Span {
	mark := " "
	if n.IsChecked {
		mark = "x"
	}
	next := n.NextSibling()
	if next == nil || next.Pos() > 0 && !isBlank(rune(r.source[next.Pos()-1])) {
		return words("[" + mark + "]")
	}
	return Trusted("[" + mark + "] ")
}
