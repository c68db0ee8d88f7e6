package preview

import "strings"

// scan reads lines and tells where the document may be cut: before a line that
// surely begins a new top-level block, whatever stands above it. The block
// phase of markdown knows nothing but its open blocks, and after an empty line
// outside of fences, raw HTML and lists there is none. So the pieces between two
// cuts can be parsed each by itself, and give what the whole would give.
//
// Where it is not sure it does not cut: a piece that is longer than it need be
// costs a little time, a wrong cut would show another document.
type scan struct {
	blank bool // the line above is empty
	fence fence
	html  htmlKind

	// item is the column at which the text of the open top-level list item
	// starts; 0 when there is none. sure says that item is known to be right.
	item int
	sure bool
	// lists says that a list may be open; marker is the sign of its items.
	lists  bool
	marker byte
	// empty says that an item without text was seen, after which the parser
	// keeps to rules of its own.
	empty bool
	// tagged says that the lines up to the next empty one may be raw HTML.
	tagged bool
	// lost says that it cannot be told any more whether a fence is open.
	lost bool
}

// fence is an open code fence; its length is 0 when there is none.
type fence struct {
	mark   byte
	length int
}

func newScan() scan { return scan{blank: true, sure: true} }

// cut says whether the document may be cut before a line.
type cut uint8

const (
	noCut cut = iota
	// freshCut is before a new block.
	freshCut
	// itemCut is before the next item of a list.
	itemCut
)

// cuts reads a line, and says whether a piece may begin with it. Long says that
// the piece above is long enough to cut its list.
func (s *scan) cuts(line string, long bool) cut {
	rest := strings.TrimLeft(line, " \t")
	if rest == "" {
		s.blank, s.tagged = true, false
		if s.html == htmlTag {
			s.html = noHTML
		}
		return noCut
	}
	indent := indentOf(line)
	made := noCut
	switch {
	case s.mayCut(rest, indent):
		made = freshCut
	case long && s.nextItem(rest, indent):
		made = itemCut
	}
	if made != noCut {
		*s = newScan()
	}
	s.read(rest, indent)
	s.blank = false
	return made
}

func (s *scan) mayCut(rest string, indent int) bool {
	switch {
	case !s.blank || s.lost || s.fence.length > 0 || s.html != noHTML:
		return false
	case strings.HasPrefix(rest, byteOrderMark):
		return false // the parser takes one off the start of its text
	case s.lists:
		_, _, marked := listMarker(rest)
		return indent <= 1 && !marked
	}
	return indent <= 3
}

// nextItem reports a line that surely begins another item of the open list.
func (s *scan) nextItem(rest string, indent int) bool {
	if s.lost || s.tagged || s.empty || !s.sure || s.item == 0 || indent >= s.item || indent > 3 || s.fence.length > 0 || s.html != noHTML {
		return false
	}
	_, width, marked := listMarker(rest)
	return marked && rest[width-1] == s.marker && !isRule(rest) && plainItem(rest[width:])
}

// plainItem reports an item with text behind its marker, and spaces between.
func plainItem(text string) bool {
	spaces := len(text) - len(strings.TrimLeft(text, " "))
	text = strings.TrimSpace(text)
	return spaces >= 1 && spaces <= 4 && text != "" && !emptyItem(text)
}

// read follows what the line opens and closes.
func (s *scan) read(rest string, indent int) {
	switch {
	case s.lost:
	case s.fence.length > 0:
		if s.fence.closedBy(rest, indent) {
			s.fence = fence{}
		}
	case s.html != noHTML:
		if s.html.closedBy(rest) {
			s.html = noHTML
		}
	case s.sure && s.item > 0 && indent >= s.item:
		// Inside the item, which closes what it opens. What follows an empty item
		// and an empty line the parser may put anywhere.
		if emptyItem(rest) {
			s.item, s.sure, s.empty = 0, false, true
		}
	case indent > 3:
		s.sure = s.sure && s.item == 0
	default:
		s.open(rest, indent)
	}
}

// open follows a line that stands at the top level, or may do so.
func (s *scan) open(rest string, indent int) {
	fence, html := fenceOf(rest), htmlOf(rest)
	number, width, marked := listMarker(rest)
	// It may be inside an item, or inside raw HTML.
	unsure := s.tagged || s.lists && !s.sure && indent >= 2
	switch {
	case fence.length > 0 || html > htmlTag:
		if s.lost = unsure; !unsure {
			s.close()
			s.fence, s.html = fence, html
		}
	case html == htmlTag && !unsure:
		s.close()
		s.html = html
	case isRule(rest), isHeading(rest), rest[0] == '>':
		if !unsure {
			s.close()
		}
	case marked:
		s.openItem(rest, number, width, indent)
		s.sure = s.sure && !s.tagged
	case s.blank && s.sure:
		s.close()
	case s.lists:
		// It may continue the paragraph of the item, or end the list.
		s.item, s.sure = 0, false
	}
	s.tagged = s.tagged || rest[0] == '<' && s.html == noHTML
}

// close notes that no list is open.
func (s *scan) close() { s.item, s.sure, s.lists, s.empty = 0, true, false, false }

// openItem follows a line that begins like a list item. Below a paragraph some
// of those do not begin one.
func (s *scan) openItem(rest string, number, width, indent int) {
	text := rest[width:]
	sibling := s.nextItem(rest, indent)
	spaces := len(text) - len(strings.TrimLeft(text, " "))
	text = strings.TrimRight(text, " \t")
	empty := text == "" || emptyItem(strings.TrimLeft(text, " \t"))
	tabbed := strings.HasPrefix(strings.TrimLeft(text, " "), "\t")
	s.sure = sibling || (s.sure || indent <= 1) && !empty && !tabbed && (s.blank || number < 0 || number == 1)
	s.lists, s.marker, s.empty = true, rest[width-1], s.empty || empty
	if s.item = indent + width + spaces; spaces > 4 {
		s.item = indent + width + 1
	}
	if !s.sure {
		s.item = 0
	}
}

// indentOf is how far a line is indented, in columns.
func indentOf(line string) int {
	columns := 0
	for i := range len(line) {
		switch line[i] {
		case ' ':
			columns++
		case '\t':
			columns += 4 - columns%4
		default:
			return columns
		}
	}
	return columns
}

// listMarker reads a bullet (number is -1) or a number in front of an item.
func listMarker(rest string) (number, width int, ok bool) {
	switch rest[0] {
	case '-', '+', '*':
		number, width = -1, 1
	default:
		for width < len(rest) && width < 10 && '0' <= rest[width] && rest[width] <= '9' {
			number = number*10 + int(rest[width]-'0')
			width++
		}
		if width == 0 || width == len(rest) || rest[width] != '.' && rest[width] != ')' {
			return 0, 0, false
		}
		width++
	}
	ok = width == len(rest) || rest[width] == ' ' || rest[width] == '\t'
	return number, width, ok
}

// emptyItem reports markers that nothing follows.
func emptyItem(rest string) bool {
	for {
		_, width, ok := listMarker(rest)
		if !ok {
			return false
		}
		if rest = strings.TrimLeft(rest[width:], " \t"); rest == "" {
			return true
		}
	}
}

// isRule reports a line of three or more stars, dashes or underlines.
func isRule(rest string) bool {
	mark, count := rest[0], 0
	if mark != '*' && mark != '-' && mark != '_' {
		return false
	}
	for i := range len(rest) {
		switch rest[i] {
		case mark:
			count++
		case ' ', '\t':
		default:
			return false
		}
	}
	return count >= 3
}

// isHeading reports a heading with number signs.
func isHeading(rest string) bool {
	signs := len(rest) - len(strings.TrimLeft(rest, "#"))
	return signs >= 1 && signs <= 6 && (signs == len(rest) || rest[signs] == ' ' || rest[signs] == '\t')
}

// fenceOf reads a line that opens a fence.
func fenceOf(rest string) fence {
	mark := rest[0]
	if mark != '`' && mark != '~' {
		return fence{}
	}
	length := 0
	for length < len(rest) && rest[length] == mark {
		length++
	}
	if length < 3 || mark == '`' && strings.IndexByte(rest[length:], '`') >= 0 {
		return fence{}
	}
	return fence{mark, length}
}

func (f fence) closedBy(rest string, indent int) bool {
	length := 0
	for length < len(rest) && rest[length] == f.mark {
		length++
	}
	return indent <= 3 && length >= f.length && strings.TrimLeft(rest[length:], " \t") == ""
}
