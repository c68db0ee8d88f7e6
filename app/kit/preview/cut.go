package preview

import (
	"strings"
	"unicode/utf8"
)

// The most that one block may hold. A piece is laid out whole when any of it is
// in sight, so these bound the work of one scroll step.
const (
	pieceLines = 60
	pieceBytes = 4 << 10
)

// partOf places piece i of n.
func partOf(i, n int) Part {
	var part Part
	if i == 0 {
		part |= First
	}
	if i == n-1 {
		part |= Last
	}
	return part
}

// cutLines cuts text into pieces at line ends, or inside a line that is too
// long for one piece. There is always at least one piece.
func cutLines(text string) []string {
	text = strings.TrimRight(text, "\n")
	var pieces []string
	for {
		at, skip := cutAt(text)
		pieces = append(pieces, text[:at])
		if at == len(text) {
			return pieces
		}
		text = text[at+skip:]
	}
}

// cutAt finds where the first piece of text ends, and how many bytes of line
// end follow it.
func cutAt(text string) (at, skip int) {
	lines, end := 0, -1
	for i := 0; i < len(text); i++ {
		if i >= pieceBytes {
			if end >= 0 {
				return end, 1
			}
			return runeStart(text, i), 0
		}
		if text[i] != '\n' {
			continue
		}
		end = i
		if lines++; lines == pieceLines {
			return end, 1
		}
	}
	return len(text), 0
}

// runeStart moves i back to where a character begins.
func runeStart(text string, i int) int {
	for i > 0 && i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// cutSpans cuts a very long paragraph, at spaces where it has any.
func cutSpans(spans []Span) [][]Span {
	var (
		pieces [][]Span
		piece  []Span
		size   int
	)
	for _, span := range spans {
		for size+len(span.Text) > pieceBytes {
			at := spaceBefore(span.Text, pieceBytes-size)
			head := span
			head.Text, span.Text = span.Text[:at], strings.TrimLeft(span.Text[at:], " ")
			if head.Text != "" {
				piece = append(piece, head)
			}
			if len(piece) > 0 {
				pieces = append(pieces, piece)
			}
			piece, size = nil, 0
		}
		if span.Text != "" {
			piece = append(piece, span)
			size += len(span.Text)
		}
	}
	if len(piece) > 0 {
		pieces = append(pieces, piece)
	}
	return pieces
}

// spaceBefore finds the last space in the first limit bytes. Text without one
// is cut between two characters.
func spaceBefore(text string, limit int) int {
	limit = runeStart(text, min(limit, len(text)))
	if at := strings.LastIndexByte(text[:limit], ' '); at > 0 {
		return at
	}
	return limit
}
