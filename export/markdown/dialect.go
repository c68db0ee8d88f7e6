package markdown

import (
	"regexp"
	"strings"
)

// Dialect says who else reads the document besides markdown parsers.
type Dialect int

const (
	// Common is read by markdown parsers only.
	Common Dialect = iota
	// TasksFile is a SpecWeave tasks.md. SpecWeave searches the raw bytes with
	// regular expressions, so user text must not hold a box, a task heading or
	// a field such as **Status**: even where markdown would show it literally.
	TasksFile
	// SpecFile is a SpecWeave spec.md: as TasksFile, and no task id (T-001) may
	// occur at all.
	SpecFile
)

// Line returns user text on one line, escaped for this dialect. It is safe
// where a paragraph line or a list item starts and anywhere after that.
func (d Dialect) Line(text string) string {
	return d.render(inParagraph, Line{Lit(text)})
}

// Text returns user text as escaped paragraphs with an empty line between them
// and no line end after the last.
func (d Dialect) Text(text string) string {
	var paragraphs []string
	for _, lines := range Paragraphs(text) {
		var pieces []piece
		for i, line := range lines {
			if i > 0 {
				pieces = append(pieces, piece{text: "\n"})
			}
			pieces = append(pieces, piece{text: line, user: true})
		}
		paragraphs = append(paragraphs, escape(pieces, inParagraph, d))
	}
	return strings.Join(paragraphs, "\n\n")
}

// What SpecWeave's readers look for. The list is wider than the expressions in
// its sources where that costs no readable text.
var (
	tasksMarks = regexp.MustCompile(`(?i)\[[^\]\n]*\]|\{\{|##|\*\*\s*:|:\s*\*\*|AC-[A-Z0-9]|(?m:^\s*(?:#|-{3,}\s*$|\[))`)
	specMarks  = regexp.MustCompile(`T-[0-9]`)
)

// hazardous reports whether raw text would be misread in this dialect. It is
// asked where text cannot be escaped: in code and in link targets.
func (d Dialect) hazardous(raw string) bool {
	switch d {
	case TasksFile:
		return tasksMarks.MatchString(raw)
	case SpecFile:
		return tasksMarks.MatchString(raw) || specMarks.MatchString(raw)
	}
	return false
}

// breaks reports whether the byte at i of raw needs a backslash only because of
// the dialect.
func (d Dialect) breaks(raw string, i int) bool {
	if d == Common {
		return false
	}
	switch raw[i] {
	case ']':
		return true
	case '#', '{':
		return i > 0 && raw[i-1] == raw[i]
	case '-':
		next := byte(0)
		if i+1 < len(raw) {
			next = raw[i+1]
		}
		if strings.HasSuffix(raw[:i], "AC") {
			return next >= 'A' && next <= 'Z' || isDigit(next)
		}
		return d == SpecFile && strings.HasSuffix(raw[:i], "T") && isDigit(next)
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
