package workflow

import (
	"strings"
	"unicode"
)

// stampKind tells the pieces of a typed time apart.
type stampKind int

const (
	stampEnd    stampKind = iota
	stampNumber           // digits and the ? that stand for unknown ones
	stampWord             // letters, in lower case
	stampMark             // one other character
)

// stampToken is one piece of a typed time.
type stampToken struct {
	kind   stampKind
	text   string // as it is compared: plain characters, lower case
	raw    string // as it was typed
	spaced bool   // white space stood before it
}

func (t stampToken) is(text string) bool      { return t.kind != stampEnd && t.text == text }
func (t stampToken) follows(text string) bool { return !t.spaced && t.is(text) }

// digits says whether the token is a plain number of least to most digits.
func (t stampToken) digits(least, most int) bool {
	return t.kind == stampNumber && len(t.text) >= least && len(t.text) <= most &&
		!strings.Contains(t.text, "?")
}

// stampSpelling maps what keyboards, phones and word processors put in the
// place of plain characters. En and em dash become one range dash: unlike the
// hyphen they are never the sign of an offset.
var stampSpelling = map[rune]rune{
	'\u2212': '-', '\u2010': '-', '\u2011': '-', '\ufe63': '-', '\uff0d': '-',
	'\u2012': '–', '\u2014': '–', '\u2015': '–',
	'\uff1a': ':', '\ua789': ':', '\u2236': ':',
	'\u223c': '~', '\uff5e': '~', '\u2248': '~', '\u2243': '~', '\u2245': '~',
	'\uff1f': '?', '\u2019': '\'',
}

// stampScanner cuts a typed time into tokens.
type stampScanner struct {
	typed  []rune // as it came
	runes  []rune // with plain characters
	at     int
	tokens []stampToken
	spaced bool
}

func scanStamp(typed string) []stampToken {
	s := stampScanner{typed: []rune(typed), runes: []rune(typed)}
	for i, r := range s.runes {
		if plain, ok := stampSpelling[r]; ok {
			s.runes[i] = plain
		}
	}
	s.placeholders()
	for s.at < len(s.runes) {
		s.next()
	}
	return s.tokens
}

// placeholders turns the x of "14:xx" and "14:3x" into question marks.
func (s *stampScanner) placeholders() {
	for i := 1; i < len(s.runes); i++ {
		if r := s.runes[i]; r != 'x' && r != 'X' {
			continue
		}
		before := s.runes[i-1]
		if before == ':' || before == '?' || isDigit(before) {
			s.runes[i] = '?'
		}
	}
}

func (s *stampScanner) next() {
	r, from := s.runes[s.at], s.at
	switch {
	case unicode.IsSpace(r):
		s.spaced = true
		s.at++
	case unicode.Is(unicode.Cf, r):
		s.at++ // invisible marks that come with pasted text
	case isDigit(r) || r == '?':
		text := s.run(func(i int) bool { return isDigit(s.runes[i]) || s.runes[i] == '?' })
		s.keep(stampNumber, from, text)
	case unicode.IsLetter(r):
		word := s.run(s.inWord)
		s.keep(stampWord, from, strings.ToLower(strings.ReplaceAll(word, ".", "")))
	case r == '…' || s.dots():
		s.run(func(i int) bool { return s.runes[i] == '.' || s.runes[i] == '…' })
		s.keep(stampMark, from, "…")
	default:
		s.at++
		s.keep(stampMark, from, string(r))
	}
}

// inWord lets a word hold the dots of "p.m." and "approx.", and the slashes,
// underscores and hyphens of zone names such as America/Port-au-Prince.
func (s *stampScanner) inWord(i int) bool {
	r := s.runes[i]
	letterNext := i+1 < len(s.runes) && unicode.IsLetter(s.runes[i+1])
	switch r {
	case '.':
		return i+1 >= len(s.runes) || s.runes[i+1] != '.'
	case '/', '_':
		return letterNext
	case '-':
		return letterNext && strings.ContainsRune(string(s.runes[s.at:i]), '/')
	}
	return unicode.IsLetter(r)
}

func (s *stampScanner) dots() bool {
	return s.at+1 < len(s.runes) && s.runes[s.at] == '.' && s.runes[s.at+1] == '.'
}

// run takes runes for as long as they belong, the first one always.
func (s *stampScanner) run(belongs func(i int) bool) string {
	from, to := s.at, s.at+1
	for to < len(s.runes) && belongs(to) {
		to++
	}
	s.at = to
	return string(s.runes[from:to])
}

func (s *stampScanner) keep(kind stampKind, from int, text string) {
	s.tokens = append(s.tokens, stampToken{kind: kind, text: text, raw: string(s.typed[from:s.at]), spaced: s.spaced})
	s.spaced = false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
