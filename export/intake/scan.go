package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scan walks over one piece of text. Every step that does not find what it
// looks for leaves the cursor where it was.
type scan struct {
	text  string
	at    int
	zones zoneBook
}

func (s *scan) rest() string { return s.text[s.at:] }

func (s *scan) done() bool { return s.at >= len(s.text) }

// peek is the byte n ahead, or zero past the end.
func (s *scan) peek(n int) byte {
	if s.at+n < len(s.text) && s.at+n >= 0 {
		return s.text[s.at+n]
	}
	return 0
}

// next is the character under the cursor.
func (s *scan) next() rune {
	r, _ := utf8.DecodeRuneInString(s.rest())
	return r
}

// blanks steps over blanks, the narrow and the unbreakable ones too, which
// chats and word processors put between figures. It says whether there were any.
func (s *scan) blanks() bool {
	from := s.at
	for s.at < len(s.text) {
		if c := s.text[s.at]; c == ' ' || c == '\t' {
			s.at++
			continue
		} else if c < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeRuneInString(s.rest())
		if !unicode.IsSpace(r) && r != '\u200b' {
			break
		}
		s.at += size
	}
	return s.at > from
}

// take steps over exactly this text.
func (s *scan) take(text string) bool {
	if strings.HasPrefix(s.rest(), text) {
		s.at += len(text)
		return true
	}
	return false
}

// takeAny steps over the first of the texts that is there, and gives it.
func (s *scan) takeAny(texts ...string) string {
	for _, text := range texts {
		if s.take(text) {
			return text
		}
	}
	return ""
}

// word is the run of letters under the cursor, which stays where it is.
func (s *scan) word() string {
	i := s.at
	for i < len(s.text) {
		if c := s.text[i]; isLetter(c) {
			i++
			continue
		} else if c < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if !unicode.IsLetter(r) {
			break
		}
		i += size
	}
	return s.text[s.at:i]
}

// takeWord steps over a whole word, in any case of letters.
func (s *scan) takeWord(words ...string) bool {
	here := s.word()
	if here == "" {
		return false
	}
	for _, w := range words {
		if len(w) == len(here) && strings.EqualFold(w, here) {
			s.at += len(here)
			return true
		}
	}
	return false
}

// figures takes a run of digits whose length is within the bounds.
func (s *scan) figures(least, most int) (string, bool) {
	i := s.at
	for i < len(s.text) && isDigit(s.text[i]) {
		i++
	}
	if n := i - s.at; n < least || n > most {
		return "", false
	}
	text := s.text[s.at:i]
	s.at = i
	return strings.NewReplacer("x", "?", "X", "?").Replace(text), true
}

// holes is figures where a ? may stand for a digit, and an X behind one.
func (s *scan) holes(least, most int) (string, bool) {
	i := s.at
	for i < len(s.text) && (isDigit(s.text[i]) || s.text[i] == '?' || s.text[i]|0x20 == 'x' && i > 0 && (isDigit(s.text[i-1]) || s.text[i-1] == ':' || i > s.at)) {
		i++
	}
	if n := i - s.at; n < least || n > most {
		return "", false
	}
	text := s.text[s.at:i]
	s.at = i
	return strings.NewReplacer("x", "?", "X", "?").Replace(text), true
}

// try runs a step, and puts the cursor back where the step fails.
func (s *scan) try(step func() bool) bool {
	from := s.at
	if step() {
		return true
	}
	s.at = from
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// value is the number that a run of at most nine digits writes.
func value(figures string) int {
	n := 0
	for i := 0; i < len(figures) && i < 9; i++ {
		n = n*10 + int(figures[i]-'0')
	}
	return n
}

// partOfDay takes "Early AM, " and "Morning of " where a date can follow.
func (s *scan) partOfDay() bool {
	early := s.takeWord("early", "late", "mid") && (s.blanks() || s.take("-"))
	if !s.takeWord("morning", "afternoon", "evening", "night") && (!early || !s.takeWord("am", "pm")) {
		return false
	}
	s.take(",")
	s.blanks()
	s.try(func() bool { return s.takeWord("of", "on") && s.blanks() })
	return s.peek(-1) == ' ' && (isDigit(s.peek(0)) || isLetter(s.peek(0)))
}
