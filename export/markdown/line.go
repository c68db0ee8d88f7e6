package markdown

import "strings"

// Line is what stands on one line of a document: user text and markup in turn.
type Line []Span

// Span is a part of a Line. Make one with Lit, Strong, Code, Link or Trusted.
type Span struct {
	kind   spanKind
	text   string
	target string // of a link or an image
	title  string // of a link or an image, shown when the pointer rests on it
	inner  []Span // of strong, emphasis, struck, a link or an image
}

type spanKind int

const (
	literal spanKind = iota
	trusted
	code
	strong
	emphasis
	struck
	link
	image
	address // a web address that is its own link
)

// Lit is user text that comes out as it was typed, whatever it holds. Runs of
// blanks and line ends become one space, at the ends of the text too.
func Lit(text string) Span { return Span{kind: literal, text: fold(text)} }

// Strong is user text in bold. It comes out plain where markdown has no way to
// write it, as between two letters.
func Strong(text string) Span { return Span{kind: strong, inner: []Span{Lit(OneLine(text))}} }

// Code is user text in a code span. It comes out as literal text where a code
// span cannot hold it.
func Code(text string) Span { return Span{kind: code, text: OneLine(text)} }

// Link is user text that leads to an address: http, https, mailto, or a path
// beside the document. With any other address only the text is written. In a
// SpecWeave dialect the address stands behind the text, and nothing is a link.
func Link(text, address string) Span {
	text, address = OneLine(text), OneLine(address)
	if !linkable(address) {
		return Lit(text)
	}
	if text == "" {
		text = address
	}
	return Span{kind: link, target: address, inner: []Span{Lit(text)}}
}

// Image is a picture beside the document, with the words for those who cannot
// see it. Where Link would write only the text, so does Image.
func Image(text, address string) Span {
	span := Link(text, address)
	if span.kind == link {
		span.kind = image
	}
	return span
}

// Trusted is markup by the program itself. No byte of it may come from a user.
func Trusted(markup string) Span { return Span{kind: trusted, text: markup} }

// Field is a line like "**Severity**: SEV1", with the value as literal text.
func Field(label, value string) Line {
	return Line{Strong(label), Trusted(": "), Lit(value)}
}

// Lits makes one Line of literal text out of each string: for lists and rows.
func Lits(texts ...string) []Line {
	lines := make([]Line, len(texts))
	for i, text := range texts {
		lines[i] = Line{Lit(text)}
	}
	return lines
}

// linkable reports whether an address is one that Link may write.
func linkable(address string) bool {
	scheme, _, found := strings.Cut(address, ":")
	if address == "" || !found || strings.ContainsAny(scheme, "/?#") {
		return address != ""
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return true
	}
	return false
}
