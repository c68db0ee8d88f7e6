package intake

import (
	"time"

	"firebreak/workflow"
)

// SourceLine is a line of a source and what became of it, for tests.
type SourceLine struct {
	No    int
	Text  string
	Blank bool
	Spent bool // it has its place
	Frame bool // as something that carries no text of its own
}

// ReadLines reads a document and says of each of its lines what became of it.
// Forms that are not read line by line have none.
func ReadLines(name string, content []byte, as workflow.ReadAs, now time.Time) (workflow.Reading, []SourceLine) {
	out, d := read(name, content, as, now)
	var lines []SourceLine
	for _, l := range d.lines {
		lines = append(lines, SourceLine{No: l.no, Text: l.raw, Blank: l.kind == blankLine, Spent: l.spent, Frame: l.frame})
	}
	return out, lines
}

// SourceLines cuts a source as the reader does.
func SourceLines(content []byte) []string { return splitLines(decode(content)) }
