package intake

import (
	"bytes"
	"strings"
	"unicode/utf16"
)

// lineKind is what a line is before anybody looks at its words.
type lineKind int

const (
	textLine lineKind = iota
	blankLine
	headLine
	codeLine  // a fence, or within one
	quietLine // a comment, a rule, front matter: carries no text of the document
)

// line is one line of the source.
type line struct {
	no     int // from 1
	raw    string
	kind   lineKind
	quote  int    // how many ">" it stands behind
	indent int    // columns before its text, inside of the quote
	body   string // without quote marks and the blanks on either side
	level  int    // of a heading
	title  string // of a heading
	tail   string // of a label: the text behind it on its line
	spent  bool   // it has its place in what is read
	frame  bool   // as something that carries no text: a date line, the names of columns
}

// says says whether a line has words of its own: text, or a label with text.
func (l *line) says() bool { return l.kind == textLine || l.kind == headLine && l.tail != "" }

// decode makes text of bytes: without a byte order mark, from UTF-16 where the
// mark says so, as some shells write their files.
func decode(content []byte) string {
	switch {
	case bytes.HasPrefix(content, []byte("\xef\xbb\xbf")):
		content = content[3:]
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		units := make([]uint16, 0, len(content)/2)
		big := content[0] == 0xfe
		for i := 2; i+1 < len(content); i += 2 {
			unit := uint16(content[i]) | uint16(content[i+1])<<8
			if big {
				unit = unit>>8 | unit<<8
			}
			units = append(units, unit)
		}
		return string(utf16.Decode(units))
	}
	return string(content)
}

// splitLines cuts a text at every kind of line end, as editors count lines.
func splitLines(text string) []string {
	lines := make([]string, 0, strings.Count(text, "\n")+1)
	for text != "" {
		end := strings.IndexAny(text, "\r\n")
		if end < 0 {
			return append(lines, text)
		}
		lines = append(lines, text[:end])
		if text[end] == '\r' && end+1 < len(text) && text[end+1] == '\n' {
			end++
		}
		text = text[end+1:]
	}
	return lines
}

// plainLines are the lines of a text that is no markdown.
func plainLines(raws []string) []line {
	lines := make([]line, len(raws))
	for i, raw := range raws {
		lines[i] = line{no: i + 1, raw: raw, body: strings.TrimSpace(raw)}
		if lines[i].body == "" {
			lines[i].kind = blankLine
		}
	}
	return lines
}

// unquote finds the quote marks and the indent of a line.
func (l *line) unquote() {
	text := l.raw
	for n := 0; n < 40; n++ {
		trimmed := strings.TrimLeft(text, " \t")
		if !strings.HasPrefix(trimmed, ">") || len(text)-len(trimmed) > 3 {
			break
		}
		l.quote++
		text = strings.TrimPrefix(trimmed[1:], " ")
	}
	for i := 0; i < len(text); i++ {
		if text[i] == ' ' {
			l.indent++
		} else if text[i] == '\t' {
			l.indent += 4 - l.indent%4
		} else {
			break
		}
	}
	l.body = strings.TrimSpace(text)
}
