package specweave

import "bytes"

// A mark is a line that a reader of increments looks at: a heading, the first
// line of a list item, or a line of text that begins at the margin of the page.
// What markdown hides (code, comments, quotes) has none.
type mark struct {
	kind     markKind
	level    int // of a heading; how deep a list item lies, from 1
	line     int // from 1
	from, to int // its text, without the marker and the blanks around it
}

type markKind uint8

const (
	heading   markKind = iota // # text
	underline                 // text with a line of dashes or equals below
	item                      // - text
	words                     // text
)

// marksOf reads a body of markdown that begins at the byte start, and says why it
// must not be written, if it must not. The cheap way
// is taken only where it can prove that goldmark would say the same.
func marksOf(src []byte, start int) (marks []mark, says string) {
	line := 1 + bytes.Count(src[:start], []byte("\n"))
	marks, proven := scan(src, start, line)
	if !proven {
		if heavy(src[start:]) {
			return nil, tooNested
		}
		marks = parse(src, start, line)
	}
	return marks, swallowed(src, start, marks)
}
