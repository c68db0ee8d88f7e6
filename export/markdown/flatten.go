package markdown

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// place says what a Line stands in, which decides what must be escaped.
type place int

const (
	inParagraph place = iota // a block can begin at the start of a line
	inItem                   // of a list, on its first line: so it can there
	inTask                   // an item with an open box
	inHeading
	inCell
)

// piece is a run of bytes, by the user (to be escaped) or markup (as it is).
type piece struct {
	text   string
	user   bool
	inLink bool // no link can begin here, and a bracket would end this one
	pair   int  // opening and closing mark of one emphasis share a number
}

// render writes a line, without blanks at its ends.
func (d Dialect) render(at place, line Line) string {
	return escape(dropUnmatched(tidyLines(d.flatten(nil, line, at, false))), at, d)
}

// The ends of a line within a paragraph.
const (
	softBreak = "\n"
	hardBreak = "\\\n"
)

// tidyLines takes the blanks off both ends of each line, through as many pieces
// as they go, and the lines away that nothing is left of: an empty one would end
// the paragraph, and one of blanks and "=" would make it a heading.
func tidyLines(pieces []piece) []piece {
	start := 0
	for i := 0; i <= len(pieces); i++ {
		if i < len(pieces) && !pieces[i].isBreak() {
			continue
		}
		line := trim(pieces[start:i])
		if i < len(pieces) && (isEmpty(line) || isEmpty(pieces[i+1:])) {
			pieces[i].text = ""
		}
		if i < len(pieces) && pieces[i].text == hardBreak && lastRune(line) == '\\' {
			pieces[i].text = softBreak // three backslashes at an end are no break to goldmark
		}
		start = i + 1
	}
	return pieces
}

func (p piece) isBreak() bool { return !p.user && (p.text == softBreak || p.text == hardBreak) }

// isEmpty reports whether pieces show nothing: blanks, breaks and marks.
func isEmpty(pieces []piece) bool {
	return !slices.ContainsFunc(pieces, func(p piece) bool {
		return p.pair == 0 && !p.isBreak() && strings.TrimFunc(p.text, isBlank) != ""
	})
}

// trim takes the blanks off both ends, through as many pieces as they go.
func trim(pieces []piece) []piece {
	for i := range pieces {
		pieces[i].text = strings.TrimLeftFunc(pieces[i].text, isBlank)
		if pieces[i].text != "" {
			break
		}
	}
	for i := len(pieces) - 1; i >= 0; i-- {
		pieces[i].text = strings.TrimRightFunc(pieces[i].text, isBlank)
		if pieces[i].text != "" {
			break
		}
	}
	return pieces
}

// flatten turns spans into pieces, in order.
func (d Dialect) flatten(pieces []piece, spans []Span, at place, inLink bool) []piece {
	marks := map[spanKind]string{strong: "**", emphasis: "*", struck: "~~"}
	for _, span := range spans {
		switch span.kind {
		case literal:
			pieces = append(pieces, piece{text: span.text, user: true, inLink: inLink})
		case trusted:
			pieces = append(pieces, piece{text: span.text})
		case code:
			markup, ok := codeSpan(span.text, at)
			if ok && !d.hazardous(span.text) && !(strings.Contains(span.text, "@") && joinsMail(lastRune(pieces))) {
				pieces = append(pieces, piece{text: markup})
			} else {
				pieces = append(pieces, piece{text: span.text, user: true, inLink: inLink})
			}
		case strong, emphasis, struck:
			pieces = d.wrap(pieces, span.inner, marks[span.kind], at, inLink)
		case address:
			if inLink {
				pieces = append(pieces, piece{text: span.text, user: true, inLink: inLink})
			} else {
				pieces = append(pieces, piece{text: "<" + span.text + ">"})
			}
		case link, image:
			if inLink && span.kind == link {
				pieces = d.flatten(pieces, span.inner, at, inLink)
				continue
			}
			if d != Common { // a link would begin with the bracket of a box
				pieces = d.flatten(pieces, append(span.inner, Lit(" ("+span.target+")")), at, inLink)
				continue
			}
			target := destination(span.target, at) + linkTitle(span.title, at)
			open := "["
			if span.kind == image {
				open = "!["
			}
			pieces = append(pieces, piece{text: open})
			if text := told(span.inner); at == inTask && tickIn("["+text+"]") && len(text) == 1 {
				pieces = append(pieces, piece{text: fmt.Sprintf("&#%d;", text[0])})
			} else {
				pieces = d.flatten(pieces, span.inner, at, true)
			}
			pieces = append(pieces, piece{text: "](" + target + ")"})
		}
	}
	return pieces
}

// told is the text of spans, without the markup.
func told(spans []Span) string {
	var text strings.Builder
	for _, span := range spans {
		text.WriteString(span.text + told(span.inner))
	}
	return text.String()
}

// wrap adds spans between two marks. Nothing to wrap leaves no marks, and where
// the same mark has just closed it goes on instead of beginning anew.
func (d Dialect) wrap(pieces []piece, inner []Span, mark string, at place, inLink bool) []piece {
	opening := piece{text: mark, pair: len(pieces) + 1}
	if last := len(pieces) - 1; last >= 0 && pieces[last].pair > 0 && pieces[last].text == mark {
		opening.pair = pieces[last].pair
		pieces = pieces[:last]
		return append(d.flatten(pieces, inner, at, inLink), opening)
	}
	wrapped := d.flatten(append(pieces, opening), inner, at, inLink)
	for _, p := range wrapped[len(pieces)+1:] {
		if p.text != "" {
			return append(wrapped, opening)
		}
	}
	return pieces
}

// codeSpan writes text between enough backticks. ok is false when no code span
// can hold the text here.
func codeSpan(text string, at place) (markup string, ok bool) {
	if text == "" || at == inTask && tickIn(text) || at == inCell && (strings.Contains(text, `\|`) || strings.HasSuffix(text, `\`)) {
		return "", false
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	if at == inCell {
		text = strings.ReplaceAll(text, "|", `\|`)
	}
	if text[0] == '`' || text[len(text)-1] == '`' {
		text = " " + text + " "
	}
	return fence + text + fence, true
}

// destination writes the address of a link. There, and in a title, cmark takes
// the backslash before "&lt;" away after it has made a "<" of it.
func destination(address string, at place) string {
	if cleanAddress.MatchString(address) && !anyEntity.MatchString(address) && !strings.Contains(address, "&#") {
		return address
	}
	var b strings.Builder
	b.WriteByte('<')
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case c == '\n':
			b.WriteByte(' ')
			continue
		case c == '<', c == '>', c == '\\', c == '|' && at == inCell, c == ']' && at == inTask:
			b.WriteByte('\\')
		case c == '&' && isEntity(address[i:]):
			b.WriteString("&amp;")
			continue
		}
		b.WriteByte(address[i])
	}
	b.WriteByte('>')
	return b.String()
}

// tickIn reports whether text holds the box of a task that is done. cmark, and
// so GitHub, takes it for the item's own, wherever on the line it stands.
func tickIn(text string) bool { return strings.Contains(text, "[x]") || strings.Contains(text, "[X]") }

// joinsMail reports whether goldmark would read the character before a code span
// and the code as one mail address, as in "to`me@example.com`".
func joinsMail(before rune) bool { return !isBlank(before) && before != '(' }

// linkTitle writes the title of a link after its address.
func linkTitle(title string, at place) string {
	if title == "" {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(title); i++ {
		c := title[i]
		switch {
		case c == '"' || c == '\\' || c == '|' && at == inCell || c == ']' && at == inTask:
			b.WriteByte('\\')
		case c == '&' && isEntity(title[i:]):
			b.WriteString("&amp;")
			continue
		}
		b.WriteByte(c)
	}
	return ` "` + b.String() + `"`
}

func lastRune(pieces []piece) rune {
	for i := len(pieces) - 1; i >= 0; i-- {
		if pieces[i].text != "" {
			r, _ := utf8.DecodeLastRuneInString(pieces[i].text)
			return r
		}
	}
	return '\n'
}

func firstRune(pieces []piece) rune {
	for _, p := range pieces {
		if p.text != "" {
			r, _ := utf8.DecodeRuneInString(p.text)
			return r
		}
	}
	return '\n'
}

func isBlank(r rune) bool { return unicode.IsSpace(r) }

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func longestRun(text string, c byte) int {
	longest, run := 0, 0
	for i := 0; i < len(text); i++ {
		if text[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
