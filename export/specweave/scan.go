package specweave

import "bytes"

// The cheap reading of markdown. It knows the lines that nearly every increment
// is made of (headings, text, fields, lists, code between fences) and gives up
// at everything whose meaning depends on more than the lines before it.

// scanner is the state between two lines.
type scanner struct {
	src   []byte
	marks []mark
	open  []listItem // the list items that the line may still belong to
	text  bool       // the line before is text that the next one may carry on
	line  int
	fence []byte // the marks that opened the code that the line lies in
	// A comment is open, or a quote that text would carry on.
	comment, quote bool
}

type listItem struct {
	content int  // the column in which its text begins
	kind    byte // its marker, or what stands behind its number
}

// scan gives the marks, or false where only goldmark can tell.
func scan(src []byte, start, line int) ([]mark, bool) {
	s := scanner{src: src, line: line, marks: make([]mark, 0, 16+(len(src)-start)/48)}
	for at := start; at < len(src); s.line++ {
		next := nextLine(src, at)
		end := next
		if end > at && src[end-1] == '\n' {
			end--
		}
		if end > at && end < next && src[end-1] == '\r' {
			end--
		}
		if s.inComment(at, end) {
			at = next
			continue
		}
		if !s.plain(at, end) || !s.read(at, end) {
			return nil, false
		}
		at = next
	}
	return s.marks, true
}

// inComment passes over a comment that begins at the margin, up to the end of
// the line on which it is closed.
func (s *scanner) inComment(at, end int) bool {
	if s.fence != nil {
		return false
	}
	if s.comment {
		s.comment = !bytes.Contains(s.src[at:end], []byte("-->"))
		return true
	}
	if !hasAt(s.src, at, end, "<!--") || hasAt(s.src, at, end, "<!-->") || hasAt(s.src, at, end, "<!--->") {
		return false
	}
	s.open, s.text, s.quote = s.open[:0], false, false
	s.comment = !bytes.Contains(s.src[at:end], []byte("-->"))
	return true
}

// plain refuses lines with control characters, and those with a tag or comment
// that may not end on them.
func (s *scanner) plain(at, end int) bool {
	for i := at; i < end; i++ {
		switch c := s.src[i]; {
		case c < 0x20 && c != '\t':
			return false
		case c == '<' && s.fence == nil && !closedTag(s.src[i+1:end]):
			return false
		}
	}
	return true
}

// closedTag reports that what begins behind a "<" cannot reach into the next
// line: it is no tag, or a plain one that ends on this line.
func closedTag(rest []byte) bool {
	if len(rest) == 0 || !isLetter(rest[0]) && rest[0] != '/' && rest[0] != '!' && rest[0] != '?' {
		return true
	}
	end := bytes.IndexByte(rest, '>')
	return end > 0 && rest[0] != '!' && rest[0] != '?' && !bytes.ContainsAny(rest[:end], `"'`)
}

func (s *scanner) read(at, end int) bool {
	from := at
	for from < end && s.src[from] == ' ' {
		from++
	}
	to := from + len(trimEnd(s.src[from:end]))
	column := from - at
	if s.fence != nil {
		s.inFence(column, s.src[from:to])
		return true
	}
	if from == to {
		s.text, s.quote = false, false
		return column == end-at // a tab among the blanks is not for us
	}
	if s.src[from] == '\t' {
		return false
	}
	depth := 0
	for depth < len(s.open) && s.open[depth].content <= column {
		depth++
	}
	inside := column
	if depth > 0 {
		inside -= s.open[depth-1].content
	}
	if inside > 0 {
		// Only a line that begins with a letter carries text on at any column.
		return s.text && isLetter(s.src[from]) && s.words(column, depth, from, to)
	}
	return s.start(column, depth, from, to)
}

// start reads a line that begins where the page or an open list item does.
func (s *scanner) start(column, depth, from, to int) bool {
	line := s.src[from:to]
	switch c := line[0]; c {
	case '#':
		if level := run(line); level <= 6 && (level == len(line) || isBlank(line[level])) {
			return s.heading(column, level, from, to)
		}
	case '>':
		s.open, s.text, s.quote = s.open[:0], false, true
		return column == 0
	case '<':
		return false
	case '`', '~':
		if run(line) >= 3 {
			return column == 0 && s.openFence(line)
		}
	case '=':
		if run(line) == len(line) {
			return false
		}
	case '_', '-', '*', '+':
		if ruled(line) {
			return s.rule(column, line)
		}
		if len(line) == 1 || c == '-' && line[1] == '-' {
			return false
		}
		if c != '_' && isBlank(line[1]) {
			return s.item(depth, c, column, from, from+1, to)
		}
	}
	if isDigit(line[0]) {
		digits := 1
		for digits < len(line) && isDigit(line[digits]) {
			digits++
		}
		if digits < len(line) && (line[digits] == '.' || line[digits] == ')') {
			return s.numbered(depth, digits, column, from, to)
		}
	}
	return s.words(column, depth, from, to)
}

// run counts how often the first byte is repeated.
func run(line []byte) int {
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	return n
}

// ruled reports three or more of the same mark, with or without blanks.
func ruled(line []byte) bool {
	marks := 0
	for _, c := range line {
		switch {
		case c == line[0]:
			marks++
		case !isBlank(c):
			return false
		}
	}
	return marks >= 3 && line[0] != '+'
}

// rule reads a line across the page. Dashes below text are a heading instead.
func (s *scanner) rule(column int, line []byte) bool {
	if column > 0 || run(line) != len(line) || s.text && line[0] == '-' {
		return false
	}
	s.open, s.text, s.quote = s.open[:0], false, false
	return true
}

func (s *scanner) heading(column, level, from, to int) bool {
	at := from + level
	if column > 0 || at >= to || s.src[at] != ' ' || s.src[to-1] == '#' {
		return false
	}
	for isBlank(s.src[at]) {
		at++
	}
	s.open, s.text, s.quote = s.open[:0], false, false
	s.marks = append(s.marks, mark{heading, level, s.line, at, to})
	return true
}

func (s *scanner) openFence(line []byte) bool {
	n := run(line)
	if line[0] == '`' && bytes.IndexByte(line[n:], '`') >= 0 {
		return false
	}
	s.open, s.text, s.quote, s.fence = s.open[:0], false, false, line[:n]
	return true
}

func (s *scanner) inFence(column int, line []byte) {
	if column < 4 && len(line) >= len(s.fence) && line[0] == s.fence[0] && run(line) == len(line) {
		s.fence = nil
	}
}

// numbered reads "1. text". In the middle of text only a 1 begins a list, and
// any number carries one on.
func (s *scanner) numbered(depth, digits, column, from, to int) bool {
	end := from + digits
	if digits > 9 || end+1 >= to || !isBlank(s.src[end+1]) {
		return end+1 < to && digits <= 9 && s.words(column, depth, from, to)
	}
	first := digits == 1 && s.src[from] == '1'
	goesOn := depth < len(s.open) && s.open[depth].kind == s.src[end]
	if (s.text || s.quote) && !first && !goesOn {
		return false
	}
	return s.item(depth, s.src[end], column, from, end+1, to)
}

// item reads a list item: its marker lies between from and after.
func (s *scanner) item(depth int, kind byte, column, from, after, to int) bool {
	at := after
	for at < to && s.src[at] == ' ' {
		at++
	}
	if at == to || at-after > 4 || s.src[at] == '\t' || !s.simple(s.src[at:to]) {
		return false
	}
	s.open = append(s.open[:depth], listItem{content: column + at - from, kind: kind})
	s.text, s.quote = true, false
	s.marks = append(s.marks, mark{item, len(s.open), s.line, at, to})
	return true
}

// simple reports that the text of a list item is text, and begins no block of
// its own.
func (s *scanner) simple(text []byte) bool {
	switch c := text[0]; c {
	case '#', '>', '<', '=', '+':
		return false
	case '`', '~':
		return run(text) < 3
	case '-', '_', '*':
		return len(text) > 1 && !isBlank(text[1]) && !ruled(text) && (c != '-' || text[1] != '-')
	case '[':
		return !definition(text)
	}
	return !isDigit(text[0]) || !bytes.ContainsAny(text[:min(len(text), 11)], ".)")
}

// definition reports that text may be where a link's address is kept, which
// markdown takes out of the page.
func definition(text []byte) bool {
	end := bytes.IndexByte(text, ']')
	return end < 0 || end+1 < len(text) && text[end+1] == ':' || bytes.IndexByte(text[:end], '\\') >= 0
}

// words reads a line of text. Where the line before is text too, it carries that
// on, however deep it lies: at the margin it is a line of its own all the same.
func (s *scanner) words(column, depth, from, to int) bool {
	if s.quote {
		return false // does it carry the quote on? That depends on what the quote holds
	}
	if !s.text {
		if s.src[from] == '[' && definition(s.src[from:to]) {
			return false
		}
		s.open = s.open[:depth]
	}
	s.text = true
	if column == 0 || len(s.open) == 0 {
		s.marks = append(s.marks, mark{words, 0, s.line, from, to})
	}
	return true
}
