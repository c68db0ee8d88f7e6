package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is shown of an output: so many of its last lines, so much of each.
const (
	outputLines = 2000
	outputLine  = 2000
	outputTab   = 8
)

// printed reads what a program prints for a terminal into lines: colours and
// the like are left out, a carriage return begins the line again, and a sign
// that came in two pieces is one sign.
type printed struct {
	lines []string // whole ones, the newest at the end
	gone  int      // that were there before them
	line  []byte   // the one that is being printed
	again bool     // a carriage return: the next sign begins the line anew
	way   escape
}

// escape is where in an escape sequence the text stands.
type escape int

const (
	noEscape     escape = iota
	escapeBegins        // after ESC
	escapeSet           // after ESC ( and its like: one more sign
	escapeCSI           // up to a letter
	escapeText          // a title or an address: up to BEL or ESC \
	escapeTextEnds
)

func (p *printed) take(text string) {
	for i := range len(text) {
		if b := text[i]; !p.escaped(b) {
			p.sign(b)
		}
	}
	if over := len(p.lines) - outputLines; over > 0 {
		p.lines, p.gone = append([]string(nil), p.lines[over:]...), p.gone+over
	}
}

// escaped takes a byte that belongs to an escape sequence.
func (p *printed) escaped(b byte) bool {
	switch p.way {
	case noEscape:
		if b != 0x1b {
			return false
		}
		p.way = escapeBegins
	case escapeBegins:
		switch {
		case b == '[':
			p.way = escapeCSI
		case b == ']' || b == 'P' || b == '_' || b == '^':
			p.way = escapeText
		case b >= ' ' && b <= '/':
			p.way = escapeSet
		default:
			p.way = noEscape
		}
	case escapeCSI:
		if b >= '@' && b <= '~' || b == '\n' {
			p.way = noEscape
			return b != '\n' // a torn sequence takes no line with it
		}
	case escapeText, escapeTextEnds:
		switch {
		case b == 0x07 || p.way == escapeTextEnds:
			p.way = noEscape
		case b == 0x1b:
			p.way = escapeTextEnds
		case b == '\n':
			p.way = noEscape
			return false
		}
	default:
		p.way = noEscape
	}
	return true
}

func (p *printed) sign(b byte) {
	switch {
	case b == '\n':
		p.lines = append(p.lines, shownLine(p.line))
		p.line, p.again = p.line[:0], false
		return
	case b == '\r':
		p.again = true
		return
	case b == '\b':
		_, size := utf8.DecodeLastRune(p.line)
		p.line = p.line[:len(p.line)-size]
		return
	case b < ' ' && b != '\t' || b == 0x7f:
		return
	}
	if p.again {
		p.line, p.again = p.line[:0], false
	}
	if b == '\t' {
		p.line = append(p.line, strings.Repeat(" ", outputTab-utf8.RuneCount(p.line)%outputTab)...)
		return
	}
	if len(p.line) <= outputLine {
		p.line = append(p.line, b)
	}
}

// all are the lines with the one that is being printed, if it says anything.
func (p *printed) all() []string {
	if len(p.line) == 0 {
		return p.lines
	}
	return append(p.lines[:len(p.lines):len(p.lines)], shownLine(p.line))
}

func shownLine(line []byte) string {
	cut := len(line) > outputLine
	text := clean(string(line))
	if cut {
		text = strings.TrimRight(text, "\uFFFD") + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) { // it would turn the line around
			return '\uFFFD'
		}
		return r
	}, text)
}
