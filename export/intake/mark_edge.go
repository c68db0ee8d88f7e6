package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// picture takes an emoji or a ":name:" in front of a stamp, and gives it.
func (s *scan) picture() string {
	from := s.at
	for !s.done() {
		r := s.next()
		if r < 0x2190 || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSpace(r) || strings.ContainsRune("≈–—…•−", r) {
			break
		}
		s.at += utf8.RuneLen(max(r, 0))
	}
	if s.at == from && s.peek(0) == ':' && isLetter(s.peek(1)) {
		if end := strings.IndexByte(s.rest()[1:], ':'); end > 1 && end < 30 && !strings.ContainsAny(s.rest()[1:end+1], " \t") {
			s.at += end + 2
		}
	}
	if s.at == from || !s.blanks() {
		s.at = from
	}
	return s.text[from:s.at]
}

// openers are the mark-up and the brackets that people put around a time.
var openers = []string{"**", "__", "'''", "''", "<b>", "<strong>", "<code>", "*", "_", "`", "[", "(", "\""}

// closers are what shuts them, in the same order.
var closers = []string{"**", "__", "'''", "''", "</b>", "</strong>", "</code>", "*", "_", "`", "]", ")", "\""}

// wraps takes what opens in front of a stamp.
func (s *scan) wraps(how manner) string {
	from := s.at
	for n := 0; n < 4; n++ {
		if s.takeAny(openers...) == "" {
			break
		}
		if s.text[s.at-1] == '[' || s.text[s.at-1] == '(' {
			s.blanks()
		}
	}
	return s.text[from:s.at]
}

// unwraps takes what shuts behind a stamp of what had been opened, with a
// colon or a dash inside of it: "**14:32:** text".
func (s *scan) unwraps(open string) string {
	if open == "" {
		return ""
	}
	from := s.at
	shut := ""
	s.try(func() bool {
		s.takeAny(":", " -", " –", " —")
		s.blanks()
		return s.closer(open) != ""
	})
	if s.at == from {
		return ""
	}
	s.at = from
	s.takeAny(":", " -", " –", " —")
	s.blanks()
	for {
		text := s.closer(open)
		if text == "" {
			return shut
		}
		shut += text
	}
}

// closer takes one thing that shuts something open.
func (s *scan) closer(open string) string {
	for i, c := range closers {
		if strings.Contains(open, openers[i]) && s.take(c) {
			return c
		}
	}
	return ""
}

// leftOpen is the mark-up that was opened before the stamp and goes on behind
// it, as in "**14:32 - the alert fired**".
func leftOpen(open, shut, text string) string {
	left := ""
	for i, o := range openers {
		if !strings.Contains(open, o) || strings.Contains(shut, closers[i]) || strings.Contains(left, o) {
			continue
		}
		if o != "[" && o != "(" && strings.Contains(text, closers[i]) {
			left += o
		}
	}
	return left
}

// behind takes what says more about a stamp: "(next day)", "+1d", and the
// address of "[14:32](https://…)".
func (s *scan) behind(m *mark, linked bool) {
	if linked && s.peek(0) == '(' {
		if end := strings.IndexByte(s.rest(), ')'); end > 0 && !strings.ContainsAny(s.rest()[:end], " \t") {
			m.link = s.rest()[1:end]
			s.at += end + 1
		}
	}
	s.try(func() bool {
		s.blanks()
		open := s.takeAny("(", "[")
		sign := s.take("+")
		switch {
		case sign && s.take("1"):
			s.blanks()
			if !s.takeWord("d", "day") && open == "" {
				return false
			}
		case !sign && s.takeWord("next", "following"):
			if s.blanks(); !s.takeWord("day", "morning") {
				return false
			}
		default:
			return false
		}
		if open == "(" && !s.take(")") || open == "[" && !s.take("]") {
			return false
		}
		m.ahead = 1
		return true
	})
}

// apart takes what parts a stamp from its text, and says whether that is more
// than a blank. A letter or a figure right behind it means that it was none.
func (s *scan) apart() (sign, ok bool) {
	if s.done() {
		return true, true
	}
	blank := s.blanks()
	for n := 0; n < 4; n++ {
		text := s.takeAny(": ", "- ", "– ", "— ", "|", "→", "=>", "->", ">", "», ", "~ ", "--", "·", ", ", "; ")
		if text == "" && s.at+1 == len(s.text) {
			text = s.takeAny(":", "-", "–", "—", ".", ",")
		}
		if text == "" {
			text = s.takeAny("–", "—", "−")
		}
		if text == "" && !blank && (s.peek(0) == ':' || s.peek(0) == '-') && !isDigit(s.peek(1)) {
			text = s.takeAny(":", "-")
		}
		if text == "" && blank && s.peek(0) == ':' || text == "" && blank && s.peek(0) == '-' && isLetter(s.peek(1)) {
			text = s.takeAny(":", "-")
		}
		if text == "" {
			break
		}
		sign = true
		s.blanks()
	}
	if s.done() || sign || blank {
		return sign || s.done(), true
	}
	c := s.peek(0)
	return false, c == '<' || c == '(' || c == '[' || c == '*' || c == '`' || c == '\n'
}

// oddMark reads what stands in the place of a time without being one.
func (s *scan) oddMark(m *mark) bool {
	from, before := s.at, *m
	for form := range 4 {
		s.at, *m = from, before
		var ok bool
		switch form {
		case 0:
			ok = s.template(m)
		case 1:
			ok = s.allHoles(m)
		case 2:
			ok = s.countedFrom(m)
		default:
			ok = s.wordForUnknown(m)
		}
		if ok {
			return true
		}
	}
	s.at, *m = from, before
	return false
}

// template reads what was to be filled in: HH:mm, XX:XX, YYYY-MM-DD HH:mm.
func (s *scan) template(m *mark) bool {
	from := s.at
	angle := s.take("<")
	start := s.at
	for !s.done() && s.at-start < 30 {
		c := s.peek(0)
		if strings.IndexByte("HhMmSsXxNnYyDdTt", c) < 0 && strings.IndexByte(":-/ ", c) < 0 {
			break
		}
		if c == ' ' && (strings.IndexByte("HhXxNnMm", s.peek(1)) < 0 || s.peek(2)|0x20 != s.peek(1)|0x20) {
			break
		}
		s.at++
	}
	text := s.text[start:s.at]
	if angle && !s.take(">") || !isTemplate(text) {
		s.at = from
		return false
	}
	m.template = s.text[from:s.at]
	return true
}

// isTemplate knows the pattern of a clock or a date by its doubled letters.
func isTemplate(text string) bool {
	text = strings.ToLower(strings.TrimRight(text, " :-"))
	switch text {
	case "hh:mm", "hh:mm:ss", "xx:xx", "xx:xx:xx", "nn:nn", "hhmm", "yyyy-mm-dd", "yyyy/mm/dd", "dd/mm/yyyy", "mm/dd/yyyy",
		"yyyy-mm-dd hh:mm", "yyyy-mm-ddthh:mm", "yyyy-mm-dd hh:mm:ss", "yyyy-mm-ddthh:mm:ss", "yyyy-mm-dd xx:xx":
		return true
	default:
		return false
	}
}

// allHoles reads ???, ?? and ??:??.
func (s *scan) allHoles(m *mark) bool {
	n := 0
	for s.peek(0) == '?' || n > 0 && s.peek(0) == ':' && s.peek(1) == '?' {
		s.at++
		n++
	}
	m.unknown = n >= 2 || n == 1 && s.done()
	return m.unknown && !isDigit(s.peek(0)) && s.peek(0) != ':'
}

// maskedDay reads 2023-MM-DD and 2023-11-XX, a date of which a part is told.
func (s *scan) maskedDay(m *mark) bool {
	return s.try(func() bool {
		if _, ok := s.figures(4, 4); !ok || !s.take("-") {
			return false
		}
		month, known := s.figures(2, 2)
		if !known && s.takeAny("MM", "mm", "XX", "xx", "??") == "" || !s.take("-") {
			return false
		}
		if s.takeAny("DD", "dd", "XX", "xx", "??") == "" && known || isDigit(s.peek(0)) || isLetter(s.peek(0)) || value(month) > 12 {
			return false
		}
		m.unknown = true
		s.try(func() bool { return s.blanks() && s.template(m) })
		return true
	})
}

// countedFrom reads T+5m and T-00:10.
func (s *scan) countedFrom(m *mark) bool {
	if !s.takeWord("t") || s.takeAny("+", "-", "−") == "" || !isDigit(s.peek(0)) {
		return false
	}
	for isDigit(s.peek(0)) || s.peek(0) == ':' && isDigit(s.peek(1)) || s.peek(0) == '.' && isDigit(s.peek(1)) {
		s.at++
	}
	s.takeWord("s", "m", "min", "mins", "h", "hr", "d", "sec")
	m.unknown, m.counted = true, true
	return true
}

// wordForUnknown reads "unknown" and "TBD" where a time should stand.
func (s *scan) wordForUnknown(m *mark) bool {
	m.unknown = s.takeWord("unknown", "tbd", "tbc")
	return m.unknown && (s.done() || strings.IndexByte(":-]|)*", s.peek(0)) >= 0 || s.peek(0) == ' ' && strings.IndexByte(":-", s.peek(1)) >= 0)
}

// unsureWords are what people put in brackets behind a time that they are not
// sure of: "22:52 (maybe earlier?)". They stay in the text.
var unsureWords = []string{"approx", "maybe", "roughly", "not sure", "unsure", "estimate", "guess", "about", "ish", "or so", "around", "?"}

// unsure says whether a text begins with such a remark.
func unsure(text string) bool {
	end := strings.IndexByte(text, ')')
	if text == "" || text[0] != '(' || end < 0 || end > 40 {
		return false
	}
	remark := strings.ToLower(text[1:end])
	for _, word := range unsureWords {
		if at := strings.Index(remark, word); at == 0 || at > 0 && !isLetter(remark[at-1]) {
			return true
		}
	}
	return false
}
