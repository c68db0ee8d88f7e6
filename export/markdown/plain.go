package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quick contains a text without parsing it, where it holds nothing but words and
// what people write into a timeline most: paragraphs, a list of points, code in
// backticks, an address, bold words, snake_case. Most of a timeline is that, and
// to parse it twice is most of the work of an export. It knows its signs by name;
// with any other, ok is false and the parser decides.
func quick(text string) (contained string, ok bool) {
	if strings.IndexByte(text, '\n') < 0 {
		contained, _, ok = quickLine(text)
		return contained, ok
	}
	var out strings.Builder
	out.Grow(len(text) + 16)
	wasList := false
	for block := range strings.SplitSeq(text, "\n\n") {
		isList := strings.HasPrefix(block, "- ")
		if isList && wasList {
			return "", false // two blocks of points are one list to a parser
		}
		if out.Len() > 0 {
			out.WriteString("\n\n")
		}
		if !quickBlock(block, isList, &out) {
			return "", false
		}
		wasList = isList
	}
	return out.String(), true
}

// quickBlock writes a paragraph, or a list of points of one line each.
func quickBlock(block string, isList bool, out *strings.Builder) bool {
	first := true
	for line := range strings.SplitSeq(block, "\n") {
		if !first {
			out.WriteByte('\n')
		}
		first = false
		if isList {
			point, found := strings.CutPrefix(line, "- ")
			if !found {
				return false
			}
			out.WriteString("- ")
			line = point
		}
		contained, _, ok := quickLine(line)
		if !ok {
			return false
		}
		out.WriteString(contained)
	}
	return true
}

// Words reports whether a text is one line of words that mean nothing else to
// any parser of markdown.
func Words(text string) bool {
	_, marked, ok := quickLine(text)
	return ok && !marked
}

// quickLine contains one line. marked says that it holds more than words.
func quickLine(text string) (contained string, marked, ok bool) {
	first, size := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) || text[len(text)-1] == ' ' {
		return "", false, false
	}
	q := quickReader{text: text}
	for at := size; at < len(text); {
		next := q.step(at)
		if next <= at {
			return "", false, false
		}
		at = next
	}
	if q.out == nil {
		return text, q.marked, true
	}
	return string(append(q.out, text[q.copied:]...)), q.marked, true
}

// quickReader reads a text from left to right.
type quickReader struct {
	text   string
	out    []byte // what is written so far, when anything is written otherwise than it was
	copied int    // up to here text is in out
	marked bool   // it holds code, an address or bold words
}

// step answers where the piece at at ends, or 0 where the parser must look.
func (q *quickReader) step(at int) int {
	c := q.text[at]
	switch {
	case isLetter(c) || isDigit(c) || c == ',' || c == ';' || c == '\'' || c == '"' || c == ')' || c == '%' || c == '?' || c == '=' || c == '+' || c == '-' || c == '(':
		return at + 1
	case c >= utf8.RuneSelf:
		return q.letter(at)
	case c == ' ':
		return q.space(at)
	case c == '`':
		q.marked = true
		return q.code(at)
	case c == '*':
		q.marked = true
		return q.bold(at)
	case q.harmless(at):
		return at + 1
	}
	return 0
}

// letter takes letters of any script, and a few signs that mean nothing.
func (q *quickReader) letter(at int) int {
	r, size := utf8.DecodeRuneInString(q.text[at:])
	if r == utf8.RuneError || !unicode.IsLetter(r) && !strings.ContainsRune("–—…“”‘’„≈€£°×→", r) {
		return 0
	}
	return at + size
}

// harmless says whether a sign means nothing where it stands.
func (q *quickReader) harmless(at int) bool {
	before, after := q.text[at-1], byte(0)
	if at+1 < len(q.text) {
		after = q.text[at+1]
	}
	switch q.text[at] {
	case '.':
		return at < 3 || !strings.EqualFold(q.text[at-3:at], "www")
	case '/':
		return before != ':'
	case ':':
		return after == ' ' || isDigit(after) || after == 0
	case '_':
		return isWordByte(before) && isWordByte(after)
	case '#':
		return before == ' ' && isDigit(after)
	}
	return false
}

func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) }

// space takes one space, and a web address behind it.
func (q *quickReader) space(at int) int {
	rest := q.text[at+1:]
	if rest == "" || rest[0] == ' ' {
		return 0
	}
	if !strings.HasPrefix(rest, "http") {
		return at + 1
	}
	end := strings.IndexByte(rest, ' ')
	if end < 0 {
		end = len(rest)
	}
	url := rest[:end]
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") || !quickURL(url) {
		return 0
	}
	q.write(at+1, at+1+end, "<"+url+">")
	return at + 1 + end
}

// quickURL says whether every parser takes the whole for an address: a host of
// plain words, the last of letters alone, and a plain path.
func quickURL(url string) bool {
	host, path, _ := strings.Cut(url[strings.Index(url, "//")+2:], "/")
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 || dot+1 == len(host) || len(url) > longestURL/2 {
		return false
	}
	for i := range len(host) {
		c := host[i]
		inWord := c >= 'a' && c <= 'z' || isDigit(c) && i < dot
		if !inWord && !(c == '.' && i > 0 && host[i-1] != '.') {
			return false
		}
	}
	for i := range len(path) {
		c := path[i]
		if !isWordByte(c) && !((c == '/' || c == '-' || c == '.') && i > 0 && i+1 < len(path) && isWordByte(path[i+1])) {
			return false
		}
	}
	return true
}

// code takes a span of code that needs no more than its backticks.
func (q *quickReader) code(at int) int {
	end := strings.IndexByte(q.text[at+1:], '`')
	if end < 1 || at+end+2 < len(q.text) && q.text[at+end+2] == '`' {
		return 0
	}
	inner := q.text[at+1 : at+1+end]
	for i := range len(inner) {
		c := inner[i]
		if !isWordByte(c) && strings.IndexByte("-_./:=", c) < 0 && !(c == ' ' && i > 0 && i+1 < len(inner) && inner[i-1] != ' ') {
			return 0
		}
	}
	return at + end + 2
}

// bold takes words between two pairs of stars, with a space or the end around.
func (q *quickReader) bold(at int) int {
	end := strings.Index(q.text[at:], "** ")
	if strings.HasSuffix(q.text, "**") && (end <= 0) {
		end = len(q.text) - 2 - at
	}
	if q.text[at-1] != ' ' || !strings.HasPrefix(q.text[at:], "**") || end < 3 {
		return 0
	}
	inner := q.text[at+2 : at+end]
	for i := range len(inner) {
		c := inner[i]
		if !isWordByte(c) && !(c == ' ' && i > 0 && i+1 < len(inner) && inner[i-1] != ' ') {
			return 0
		}
	}
	if strings.Contains(inner, "http") || strings.Contains(inner, "www") {
		return 0
	}
	return at + end + 2
}

// write puts other words in the place of text[from:to].
func (q *quickReader) write(from, to int, words string) {
	q.marked = true
	q.out = append(append(q.out, q.text[q.copied:from]...), words...)
	q.copied = to
}
