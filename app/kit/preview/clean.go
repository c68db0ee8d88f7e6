package preview

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

// clean makes text safe to parse and to draw: valid UTF-8, one kind of line
// end, no byte order mark (it hides the first heading), and no characters that
// a terminal or a bidirectional override would use to show something else.
func clean(text string) string {
	text = strings.TrimPrefix(text, byteOrderMark)
	if !needsCleaning(text) {
		return text
	}
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case deceives(r):
			return utf8.RuneError
		}
		return r
	}, text)
}

func needsCleaning(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return true
		}
	}
	return false
}

// deceives reports control characters and direction overrides. Isolates and
// marks of real right-to-left text stay.
func deceives(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	}
	return r == '\u202d' || r == '\u202e'
}

// expandTabs sets tab stops every four columns, as code is usually read.
func expandTabs(line string) string {
	if !strings.Contains(line, "\t") {
		return line
	}
	var out strings.Builder
	column := 0
	for _, r := range line {
		if r != '\t' {
			out.WriteRune(r)
			column++
			continue
		}
		gap := 4 - column%4
		out.WriteString(strings.Repeat(" ", gap))
		column += gap
	}
	return out.String()
}

// blankLine reports a line of spaces, which ends most things in markdown.
func blankLine(line []byte) bool { return len(bytes.TrimLeft(line, " \t")) == 0 }
