package editor

import (
	"strconv"
	"strings"
)

// item is the beginning of a line that is an item of a list.
type item struct {
	indent string
	mark   string // "-", "*", "+", "1.", "1)"
	gap    string // between mark and text
	box    string // "[ ] ", "[x] " or nothing
}

func (i item) long() int { return len(i.indent) + len(i.mark) + len(i.gap) + len(i.box) }

// itemOf reads the beginning of a line.
func itemOf(line string) (item, bool) {
	rest := strings.TrimLeft(line, " \t")
	i := item{indent: line[:len(line)-len(rest)]}
	switch {
	case rest == "":
		return i, false
	case strings.IndexByte("-*+", rest[0]) >= 0:
		i.mark = rest[:1]
	default:
		n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		if n == 0 || n > 9 || n == len(rest) || rest[n] != '.' && rest[n] != ')' {
			return i, false
		}
		i.mark = rest[:n+1]
	}
	rest = rest[len(i.mark):]
	text := strings.TrimLeft(rest, " \t")
	i.gap = rest[:len(rest)-len(text)]
	if i.gap == "" {
		return i, false
	}
	if len(text) >= 4 && text[0] == '[' && strings.IndexByte(" xX", text[1]) >= 0 && text[2:4] == "] " {
		i.box = text[:4]
	} else if len(text) == 3 && text[0] == '[' && strings.IndexByte(" xX", text[1]) >= 0 && text[2] == ']' {
		i.box = text
	}
	return i, true
}

// next is what the item below begins with: a number counts on, a box is empty.
func (i item) next() string {
	mark := i.mark
	if n, err := strconv.Atoi(strings.TrimRight(mark, ".)")); err == nil {
		mark = strconv.Itoa(n+1) + mark[len(mark)-1:]
	}
	box := ""
	if i.box != "" {
		box = "[ ] "
	}
	return i.indent + mark + i.gap + box
}

// enter begins a new line. In a list it begins the next item; in an item without
// text it ends the list instead.
func (b *buffer) enter() {
	from, to := b.selection()
	start := b.lineStart(from)
	line := b.doc.slice(start, b.lineEnd(from))
	i, is := itemOf(line)
	switch {
	case !is || from-start < i.long() || b.inCode(start):
		b.insert(b.newline(), whole)
	case from == to && strings.TrimSpace(line[i.long():]) == "":
		b.swap(start, start+len(line), "", whole)
	default:
		b.insert(b.newline()+i.next(), whole)
	}
}

// inCode says whether the line that begins at a place is in a fence.
func (b *buffer) inCode(start int) bool {
	i := b.doc.at(start)
	block := b.doc.blocks[i]
	open := block.inside
	text := block.text[:start-b.doc.start(i)]
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		if at > 0 || !block.mid {
			open = open.after(text[at:end])
		}
		at = end
	}
	return open.open()
}

// shift indents the selected lines by one step, or takes one step away. A step
// is as wide as the mark of an item, so that an item comes to lie below the text
// of the one before.
func (b *buffer) shift(in bool) {
	from, to := b.selection()
	b.past.together(func() {
		for start := b.lineStart(from); ; {
			line := b.doc.slice(start, b.lineEnd(start))
			added := b.shiftLine(start, line, in)
			if start+max(added, 0) <= from {
				from = max(from+added, start)
			}
			to = max(to+added, from)
			next := start + len(line) + added
			next += letter(b.doc.slice(next, next+2)) // the line end
			if next >= to || next >= b.doc.size() {
				break
			}
			start = next
		}
		b.anchor, b.caret = from, to
		if last := len(b.past.done) - 1; last >= 0 && b.past.group == goesOn {
			b.past.done[last].after = mark{from, to}
		}
	})
}

// shiftLine moves one line and answers how many bytes it grew by.
func (b *buffer) shiftLine(start int, line string, in bool) int {
	i, is := itemOf(line)
	width := 2
	if is {
		width = len(i.mark) + 1
	}
	if in {
		if strings.TrimSpace(line) == "" {
			return 0
		}
		b.swap(start, start, strings.Repeat(" ", width), whole)
		return width
	}
	n := 0
	for n < len(line) && n < width && line[n] == ' ' {
		n++
	}
	if n == 0 && strings.HasPrefix(line, "\t") {
		n = 1
	}
	b.swap(start, start+n, "", whole)
	return -n
}
