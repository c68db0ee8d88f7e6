package intake

import "strings"

// labelLevel is the level of a heading that is none to markdown: a line in bold.
const labelLevel = 7

// layout finds what every line of a document is.
func layout(raws []string) []line {
	lines := make([]line, len(raws))
	for i, raw := range raws {
		lines[i].no, lines[i].raw = i+1, raw
		lines[i].unquote()
		if lines[i].body == "" {
			lines[i].kind = blankLine
		}
	}
	fences{lines: lines, missing: map[byte]int{}}.find()
	comment := false
	for i := range lines {
		l := &lines[i]
		switch {
		case l.kind != textLine:
		case comment || strings.HasPrefix(l.body, "<!--"):
			comment = !strings.Contains(l.body, "-->")
			l.kind = quietLine
		case isRule(l.body):
			if !underlines(lines, i) {
				l.kind = quietLine
			}
		case l.quote == 0 && l.indent < 4:
			l.heading()
		}
	}
	return lines
}

// fences finds code between fences.
type fences struct {
	lines   []line
	missing map[byte]int // no fence of this sign, this long or longer, shuts any more
}

func (f fences) find() {
	for i := 0; i < len(f.lines); i++ {
		if f.lines[i].kind != textLine {
			continue
		}
		sign, length := fenceOf(f.lines[i].afterBullet())
		if length == 0 {
			continue
		}
		end := f.end(i, sign, length)
		for ; i < end; i++ {
			f.lines[i].kind = codeLine
		}
		i--
	}
}

// fenceOf is the sign and the length of the fence that a text opens.
func fenceOf(text string) (sign byte, length int) {
	if text == "" || text[0] != '`' && text[0] != '~' {
		return 0, 0
	}
	sign = text[0]
	for length < len(text) && text[length] == sign {
		length++
	}
	if length < 3 || sign == '`' && strings.Contains(text[length:], "`") {
		return 0, 0
	}
	return sign, length
}

// end is the line behind the code that opens at line i. A fence that nobody
// shuts ends with its quote, with its list item, or at the next heading: the
// rest of the document is not code because three signs were forgotten.
func (f fences) end(i int, sign byte, length int) int {
	open := f.lines[i]
	if known := f.missing[sign]; known == 0 || length < known {
		for j := i + 1; j < len(f.lines); j++ {
			l := f.lines[j]
			if open.quote > 0 && l.quote < open.quote {
				return j
			}
			if len(l.body) >= length && l.body[0] == sign && strings.Trim(l.body, string(sign)) == "" {
				return j + 1
			}
		}
		if open.quote == 0 {
			f.missing[sign] = length
		}
	}
	for j := i + 1; j < len(f.lines); j++ {
		l := f.lines[j]
		if l.kind == textLine && (l.indent < open.indent || l.quote < open.quote || strings.HasPrefix(l.body, "## ")) {
			return j
		}
	}
	return len(f.lines)
}

// isRule knows ---, *** and ___, and the === under a heading.
func isRule(body string) bool {
	if len(body) < 3 || strings.IndexByte("-*_=", body[0]) < 0 {
		return false
	}
	for i := 0; i < len(body); i++ {
		if body[i] != body[0] && body[i] != ' ' {
			return false
		}
	}
	return strings.Count(body, body[:1]) >= 3
}

// underlines makes the one line above a rule a heading, where it is one.
func underlines(lines []line, i int) bool {
	sign := lines[i].body[0]
	if i == 0 || sign != '-' && sign != '=' || strings.Contains(lines[i].body, " ") {
		return false
	}
	above := &lines[i-1]
	if above.kind != textLine || above.quote != lines[i].quote || above.indent > 3 || above.bullet() > 0 || strings.Contains(above.body, "|") {
		return false
	}
	if i > 1 && lines[i-2].kind == textLine {
		return false
	}
	above.kind, above.level, above.title = headLine, 2, plainTitle(above.body)
	if sign == '=' {
		above.level = 1
	}
	lines[i].kind = quietLine
	return true
}

// heading makes a heading of "## Title" and of "== Title ==".
func (l *line) heading() {
	sign := l.body[0]
	if sign != '#' && sign != '=' {
		return
	}
	level := 0
	for level < len(l.body) && l.body[level] == sign {
		level++
	}
	text := l.body[level:]
	switch {
	case level > 6, text == "":
		return
	case sign == '=' && !strings.HasSuffix(text, l.body[:level]):
		return
	case sign == '#' && text[0] != ' ' && text[0] != '\t' && (level == 1 || !isLetter(text[0])):
		return
	}
	l.kind, l.level, l.title = headLine, level, plainTitle(strings.Trim(text, string(sign)+" \t"))
}

// plainTitle takes the mark-up around a whole title away.
func plainTitle(title string) string {
	title = strings.TrimSpace(title)
	if i := strings.LastIndex(title, "{#"); i > 0 && strings.HasSuffix(title, "}") {
		title = strings.TrimSpace(title[:i])
	}
	for _, mark := range []string{"**", "__", "'''", "''", "*", "_"} {
		if inner, ok := strings.CutPrefix(title, mark); ok {
			if inner, ok := strings.CutSuffix(inner, mark); ok && !strings.Contains(inner, mark) && inner != "" {
				title = strings.TrimSpace(inner)
			}
		}
	}
	return title
}

// bullet is how many bytes of the body the marker of a list item takes, with
// the blanks behind it; zero when the line begins none.
func (l *line) bullet() int { return bulletOf(l.body) }

func bulletOf(body string) int {
	s := scan{text: body}
	if s.takeAny("•", "◦", "‣", "–", "—") != "" {
		s.blanks()
		return s.at
	}
	switch c := s.peek(0); {
	case c == '-' || c == '*' || c == '+':
		s.at++
		for c == '*' && s.peek(0) == '*' && !strings.Contains(body[s.at:], "**") { // lists within lists, as wikis write them
			s.at++
		}
		if !s.blanks() && !s.done() && !glued(body, s) {
			return 0
		}
		return s.at
	case isDigit(c):
		if _, ok := s.figures(1, 4); !ok || s.takeAny(".", ")") == "" || !s.blanks() {
			return 0
		}
		return s.at
	}
	return 0
}

// glued says whether a text without a blank is a list item for all that, as in
// wikis: "*14:32 text", "*”'14:32”' text" and "-14:32 text".
func glued(body string, s scan) bool {
	sign, next := body[0], s.peek(0)
	if sign == '*' {
		return (isDigit(next) || next == '\'' || next == '~' || next == '[') && !strings.Contains(body[s.at:], "*")
	}
	return sign == '-' && isDigit(next) && isDigit(s.peek(1)) && s.peek(2) == ':'
}

// afterBullet is the body behind the markers of list items and a box to tick.
func (l *line) afterBullet() string { return afterBullet(l.body) }

func afterBullet(body string) string {
	for n := 0; n < 3; n++ {
		size := bulletOf(body)
		if size == 0 {
			break
		}
		body = body[size:]
	}
	return unboxed(body)
}

// unboxed is a text without the box of a task in front of it.
func unboxed(text string) string {
	for _, box := range []string{"[ ] ", "[x] ", "[X] "} {
		text = strings.TrimPrefix(text, box)
	}
	return text
}
