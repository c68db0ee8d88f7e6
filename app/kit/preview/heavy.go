package preview

import "bytes"

// Limits far above any real document. The parser needs time that grows with
// the square of some repetitions, and it cannot be stopped once it runs.
const (
	mostBytes      = 8 << 20
	mostChunk      = 256 << 10
	mostContainers = 32
	mostIndent     = 400
	mostCells      = 20000
	mostMarks      = 1500
	mostMarkBytes  = 48 << 20
	mostWork       = 400 << 20 // of mostMarkBytes, over the whole text
)

// chunk sums up the lines between two blank lines: a paragraph or table, the
// unit inside which the parser looks back and forth.
type chunk struct {
	bytes int
	rows  int
	pipes int // on the line that has most
	marks int // characters that may open something closed much later
}

// heavy reports text whose parse could hang the window.
func heavy(text []byte) bool {
	if len(text) > mostBytes {
		return true
	}
	var now chunk
	work := 0
	for len(text) > 0 {
		line := text
		if end := bytes.IndexByte(text, '\n'); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = nil
		}
		if blankLine(line) {
			work += now.work()
			now = chunk{}
			continue
		}
		if nested(line) {
			return true
		}
		now.take(line)
		if now.heavy() || work+now.work() > mostWork {
			return true
		}
	}
	return false
}

func (c *chunk) take(line []byte) {
	c.bytes += len(line) + 1
	c.rows++
	c.pipes = max(c.pipes, bytes.Count(line, []byte{'|'}))
	for _, b := range line {
		switch b {
		case '[', '<', '`', '*', '_', '~', '!':
			c.marks++
		}
	}
}

func (c *chunk) heavy() bool {
	return c.bytes > mostChunk ||
		c.pipes*c.rows > mostCells ||
		c.marks > mostMarks && c.work() > mostMarkBytes
}

// work is what the parser may have to do at worst, in comparisons.
func (c *chunk) work() int { return c.marks * c.bytes }

// nested reports a line that opens more quotes and lists, or is indented
// deeper, than a person would. A rule such as "* * *" is not nesting.
func nested(line []byte) bool {
	containers, indent := 0, 0
	for i, b := range line {
		spaced := i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t'
		switch {
		case b == ' ':
			indent++
		case b == '\t':
			indent += 4
		case b == '>':
			containers++
		case b >= '0' && b <= '9':
		case spaced && bytes.IndexByte([]byte("-*+.)"), b) >= 0:
			containers++
		default:
			return containers > mostContainers || indent > mostIndent
		}
	}
	return (containers > mostContainers || indent > mostIndent) && len(bytes.Trim(line, "-*+ \t")) > 0
}
