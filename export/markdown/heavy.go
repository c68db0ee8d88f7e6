package markdown

import "strings"

// Limits far above what a person writes. Beyond them goldmark can take seconds
// or minutes for one document, and it cannot be stopped.
const (
	heavyContainers = 40        // quotes and list items opened on one line
	heavyBrackets   = 3000      // '[' between two empty lines
	heavyLinks      = 4 << 20   // "](" times bytes between two empty lines
	heavyFewLinks   = 500       // this many "](" are never too many
	heavyCells      = 30000     // columns times rows of what could be a table
	heavyChunk      = 512 << 10 // bytes between two empty lines
)

// Heavy reports whether markdown would take too long to parse. Ask before
// parsing anything that a user typed or pasted; show heavy text as it is. The
// answer itself costs one pass over the text.
func Heavy(text string) bool {
	var c chunk
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.Trim(line, " \t") == "" {
			c = chunk{}
			continue
		}
		if c.add(line); c.heavy() || nestedTooDeep(line) {
			return true
		}
	}
	return false
}

// chunk counts what stands between two empty lines.
type chunk struct{ brackets, links, pipes, rows, size int }

func (c *chunk) add(line string) {
	c.brackets += strings.Count(line, "[")
	c.links += strings.Count(line, "](")
	c.pipes = max(c.pipes, strings.Count(line, "|"))
	c.rows++
	c.size += len(line)
}

func (c *chunk) heavy() bool {
	return c.brackets > heavyBrackets ||
		c.links > heavyFewLinks && c.links*c.size > heavyLinks ||
		c.pipes*c.rows > heavyCells ||
		c.size > heavyChunk
}

// nestedTooDeep counts the containers that one line opens. A rule such as
// "-----" or "* * *" is not one.
func nestedTooDeep(line string) bool {
	depth := 0
	for i := 0; i < len(line) && depth <= heavyContainers; i++ {
		switch c := line[i]; {
		case strings.IndexByte(">-*+", c) >= 0:
			depth++
		case c == '.' || c == ')':
			if i > 0 && isDigit(line[i-1]) {
				depth++
			}
		case c != ' ' && c != '\t' && !isDigit(c):
			return false
		}
	}
	return depth > heavyContainers && strings.Trim(line, "- \t") != "" && strings.Trim(line, "* \t") != ""
}
