package markdown

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	entity       = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,40});`)
	anyEntity    = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,40});`)
	plainURL     = regexp.MustCompile(`^https?://[A-Za-z0-9](?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*[A-Za-z0-9/=_\-])?`)
	cleanAddress = regexp.MustCompile(`^[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]+$`)
	longEntity   = regexp.MustCompile(`^&#(?:[0-9]+|[xX][0-9a-fA-F]+);`) // older parsers take more digits
	urlScheme    = regexp.MustCompile(`(?i)(?:https?|ftp)$`)
	mailDomain   = regexp.MustCompile(`^@[A-Za-z0-9_-]+\.`)
	orderedMark  = regexp.MustCompile(`^[0-9]{1,9}[.)](?:[ \t]|$)`)
	// A line of these makes the text above it a heading or a table, or is a
	// rule by itself.
	underline = regexp.MustCompile(`^(?:[|:\- \t]*-[|:\- \t]*|=+[ \t]*)$`)
)

// Limits that keep the work on hostile text linear. Text beyond them is only
// escaped more than it needs to be.
const (
	longestURL      = 2048
	longestWordMark = 16 // underscores in a row inside a word
)

// escaper writes pieces so that every parser of CommonMark and of GitHub's
// extensions gives the user's bytes back as plain text. It adds a backslash
// only where the text around a character could give it a meaning.
type escaper struct {
	raw                string // all pieces together, unescaped
	user               []bool // which bytes of raw are the user's
	inLink             []bool // which bytes are the text of a link
	noURL              int    // before this, an address is too long to be one
	stars, underscores int    // how many of them raw holds
	lastDollar         int    // where the last $ is that cannot be escaped: it ends a formula even in code
	lastAt             int    // where the last @ of raw is: <1@b.c> is a link
	at                 place
	dialect            Dialect
	out                strings.Builder
}

func escape(pieces []piece, at place, dialect Dialect) string {
	e := &escaper{at: at, dialect: dialect}
	var raw strings.Builder
	for _, p := range pieces {
		raw.WriteString(p.text)
		for range len(p.text) {
			e.user = append(e.user, p.user)
			e.inLink = append(e.inLink, p.inLink)
		}
	}
	e.raw = raw.String()
	for i := len(e.raw) - 1; i >= 0 && e.lastDollar == 0; i-- {
		if e.raw[i] == '$' && !e.user[i] {
			e.lastDollar = i
		}
	}
	e.lastAt = strings.LastIndexByte(e.raw, '@')
	e.stars = strings.Count(e.raw, "*")
	e.underscores = strings.Count(e.raw, "_")
	e.out.Grow(len(e.raw) + len(e.raw)/16)
	for start := 0; start <= len(e.raw); {
		end := len(e.raw)
		if i := strings.IndexByte(e.raw[start:], '\n'); i >= 0 {
			end = start + i
		}
		e.line(start, end)
		if end < len(e.raw) {
			e.out.WriteByte('\n')
		}
		start = end + 1
	}
	return e.out.String()
}

// line writes raw[start:end], which holds no line end.
func (e *escaper) line(start, end int) {
	forced := -1
	switch e.at {
	case inParagraph, inItem, inTask:
		forced = blockMark(e.raw[start:end], e.at)
		if forced >= 0 {
			forced += start
		}
	case inHeading:
		if end > start && e.raw[end-1] == '#' { // would be a closing sequence
			forced = end - 1
		}
	}
	for i := start; i < end; {
		if !e.user[i] {
			e.out.WriteByte(e.raw[i])
			i++
			continue
		}
		if n := e.url(i); n > 0 {
			e.out.WriteString("<" + e.raw[i:i+n] + ">")
			i += n
			continue
		}
		if i == forced || e.special(i) || e.dialect.breaks(e.raw, i) {
			e.out.WriteByte('\\')
		}
		e.out.WriteByte(e.raw[i])
		i++
	}
}

// blockMark finds the byte of a line that has to be escaped lest the line begin
// a block of its own, or -1. A paragraph's first "#channel" is no heading, but
// markdownlint takes it for one with a space forgotten.
func blockMark(line string, at place) int {
	if line == "" {
		return -1
	}
	switch c := line[0]; {
	case c == '>', c == '#' && (at == inParagraph || len(line) == 1 || line[1] == ' ' || line[1] == '#'):
		return 0
	case underline.MatchString(line):
		return 0
	case c == '+' || c == '-' || c == '*':
		if len(line) == 1 || line[1] == ' ' {
			return 0
		}
	case isDigit(c):
		if mark := orderedMark.FindString(line); mark != "" {
			return strings.IndexAny(mark, ".)")
		}
	}
	return -1
}

// url returns the length of a plain web address that begins at i. It is written
// between angle brackets: unlike a bare address that is a link to every parser.
func (e *escaper) url(i int) int {
	if i < e.noURL || e.inLink[i] || !strings.HasPrefix(e.raw[i:], "http") {
		return 0
	}
	found := plainURL.FindString(e.raw[i:min(len(e.raw), i+longestURL)])
	if len(found) == longestURL {
		e.noURL = i + longestURL
		return 0
	}
	for k := range len(found) {
		if !e.user[i+k] {
			found = plainURL.FindString(found[:k])
			break
		}
	}
	if anyEntity.MatchString(found) || e.dialect.hazardous(found) {
		return 0
	}
	return len(found)
}

// special reports whether the user's byte at i could have a meaning in the text
// around it.
func (e *escaper) special(i int) bool {
	rest := e.raw[i:]
	var next byte
	if len(rest) > 1 {
		next = rest[1]
	}
	switch rest[0] {
	case '\\':
		return next == 0 || next == '\n' || isASCIIPunct(next) || i+1 < len(e.raw) && e.user[i+1] && e.url(i+1) > 0
	case '`', '[':
		return true
	case ']':
		return e.inLink[i] || e.at == inTask && i >= 2 && tickIn(e.raw[i-2:i+1])
	case '*':
		return e.stars > 1 || !e.standsAlone(i)
	case '_':
		return (e.underscores > 1 || !e.standsAlone(i)) && !e.insideWord(i)
	case '~':
		return e.couldClose(i)
	case '$':
		return e.couldClose(i) || i < e.lastDollar
	case '|':
		return e.at == inCell
	case '<':
		return isLetter(next) || next == '/' || next == '!' || next == '?' || i < e.lastAt && next != ' '
	case '&':
		return isEntity(rest)
	case '!':
		return next == '[' && !e.user[i+1]
	case ':':
		return strings.HasPrefix(rest, "://") && urlScheme.MatchString(e.raw[max(0, i-5):i])
	case '.':
		return i >= 3 && strings.EqualFold(e.raw[i-3:i], "www")
	case '@':
		return i > 0 && isMailByte(e.raw[i-1]) && mailDomain.MatchString(rest)
	}
	return false
}

// isEntity reports whether some parser takes the beginning of text for an entity.
func isEntity(text string) bool { return entity.MatchString(text) || longEntity.MatchString(text) }

// standsAlone reports whether the byte at i has a space on both sides, where it
// can neither open nor close emphasis. (Of two such, markdownlint still says that
// they were meant to.)
func (e *escaper) standsAlone(i int) bool {
	return i > 0 && i+1 < len(e.raw) && e.raw[i-1] == ' ' && e.raw[i+1] == ' '
}

// insideWord reports whether the underscores around i stand between letters or
// digits, as in snake_case, where they mean nothing.
func (e *escaper) insideWord(i int) bool {
	start, end := i, i
	for start > 0 && i-start < longestWordMark && e.raw[start-1] == '_' {
		start--
	}
	for end < len(e.raw) && end-i < longestWordMark && e.raw[end] == '_' {
		end++
	}
	before, _ := utf8.DecodeLastRuneInString(e.raw[:start])
	after, _ := utf8.DecodeRuneInString(e.raw[end:])
	return isWord(before) && isWord(after)
}

// couldClose reports whether the tilde or dollar at i could be the end of struck
// out text or of a formula. As in "~2,000 users" or "$5,000", one after a blank
// can only be a beginning, and a beginning without an end means nothing.
func (e *escaper) couldClose(i int) bool {
	c := e.raw[i]
	if i > 0 && e.raw[i-1] == c || i+1 < len(e.raw) && e.raw[i+1] == c {
		return true
	}
	if i == 0 || e.raw[i-1] == ' ' || e.raw[i-1] == '\n' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(e.raw[i+1:])
	return !(strings.IndexByte(`("'`, e.raw[i-1]) >= 0 && isWord(after))
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isASCIIPunct(c byte) bool {
	return c > ' ' && c < 0x7F && !isLetter(c) && !isDigit(c)
}

func isMailByte(c byte) bool {
	return isLetter(c) || isDigit(c) || strings.IndexByte("._+-", c) >= 0
}
