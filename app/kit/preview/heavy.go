package preview

import "bytes"

// Limits far above any real document. The parser needs time that grows with
// the square of some repetitions, and it cannot be stopped once it runs.
const (
	mostBytes      = 256 << 10
	mostChunk      = 256 << 10
	mostContainers = 32
	mostIndent     = 400
	mostCells      = 20000
	mostMarks      = 500
	mostMarkBytes  = 40 << 20 // for more than mostMarks
	mostWork       = 80 << 20 // of mostMarkBytes, over the whole piece
)

// strain sums up the lines of one paragraph, item or table: the unit inside
// which the parser looks back and forth.
type strain struct {
	bytes int
	rows  int
	pipes int // on the line that has most
	marks int // characters that may open something closed much later
	table bool
}

// heavy reports text whose parse could hang the window.
func heavy(text []byte) bool {
	if len(text) > mostBytes {
		return true
	}
	var now strain
	var above []byte
	work := 0
	for len(text) > 0 {
		line := text
		if end := bytes.IndexByte(text, '\n'); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = nil
		}
		switch {
		case nested(line):
			return true
		case blankLine(line) || opensItem(line):
			work += now.work()
			now = strain{}
		case now.table || underlinesTable(above, line):
			// Cells are read one by one, so the rows before cost nothing more.
			work += now.work()
			now.table, now.bytes, now.marks = true, 0, 0
		}
		now.take(line)
		if now.heavy() || work+now.work() > mostWork {
			return true
		}
		above = line
	}
	return false
}

func (c *strain) take(line []byte) {
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

func (c *strain) heavy() bool {
	return c.bytes > mostChunk ||
		c.pipes*c.rows > mostCells ||
		c.marks > mostMarks && c.work() > mostMarkBytes
}

// work is what the parser may have to do at worst, in comparisons.
func (c *strain) work() int { return c.marks * c.bytes }

// opensItem reports a bullet that always ends the paragraph above it. A number
// does not, and neither does a bullet that could be a deep continuation.
func opensItem(line []byte) bool {
	rest := bytes.TrimLeft(line, " ")
	return len(line)-len(rest) < 4 && len(rest) > 2 &&
		(rest[0] == '-' || rest[0] == '*' || rest[0] == '+') && rest[1] == ' ' && !blankLine(rest[2:])
}

// underlinesTable reports the line under a table's head. A head whose columns
// are not plain to count is not taken for one.
func underlinesTable(head, line []byte) bool {
	pipes := bytes.Count(line, []byte{'|'})
	return pipes > 0 && pipes == bytes.Count(head, []byte{'|'}) &&
		bytes.IndexByte(line, '-') >= 0 && len(bytes.Trim(line, "|-: \t")) == 0 && !bytes.ContainsAny(head, "\\`")
}

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
