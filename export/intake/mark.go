package intake

import "strings"

// mark is a stamp as it stands in a document: read, but not yet placed in time.
type mark struct {
	typed    string // byte for byte, without the brackets and stars around it
	day      day
	clock    clock
	zone     zone
	about    bool
	unknown  bool   // "???": a time stands here, and nobody knows which
	template string // "HH:mm" was never filled in
	end      *mark  // of a range
	within   bool   // "between … and …": once, somewhere between
	worded   bool   // it began with "between" or "from"
	also     []mark // the same moment, told in other zones
	ahead    int    // days, by "(next day)"
	counted  bool   // "T+5m": from a moment that is told elsewhere, if at all
	link     string // that stood behind the stamp
}

// manner is what the surroundings of a text allow a stamp to be.
type manner struct {
	sentence bool // "At 14:32 UTC, the alert fired"
	dayAlone bool // a date without a time is an entry too
	packed   bool // 1432 and 143205 are times
	strict   bool // the whole text has to be the stamp
	wrong    bool // impossible times count where AM or PM or brackets say that they are one
	odd      bool // impossible times, marks for unknown ones and template leftovers count
	zones    zoneBook
}

// head is what stands at the beginning of a line.
type head struct {
	mark mark
	text string // what follows the stamp and what parts it from the text
	wrap string // opening mark-up that goes on behind the stamp, and belongs to the text
	said bool   // it began with a word, as a sentence does: "At 14:32"
	item bool   // it stands in a list
	set  bool   // something sets it off from the text: a colon, a dash, brackets, stars
}

// readHead reads a stamp at the beginning of a text.
func readHead(text string, how manner) (head, bool) {
	s := scan{text: text, zones: how.zones}
	if !canBegin(text, how) {
		return head{}, false
	}
	lead := s.picture()
	open := s.wraps(how)
	from := s.at
	said := how.sentence && s.try(func() bool { return s.takeWord("at", "on", "by", "since") && s.blanks() })
	m, ok := s.readMark(how, open != "")
	if !ok {
		return head{}, false
	}
	if said { // "by" and "since" say more than when it was
		m.typed = strings.TrimSpace(text[from:s.at])
	}
	shut := s.unwraps(open)
	s.behind(&m, strings.HasSuffix(shut, "]"))
	if more := s.unwraps(open[:max(0, len(open)-len(shut))]); more != "" {
		shut += more
	}
	sign, ok := s.apart()
	if !ok {
		return head{}, false
	}
	if how.strict && s.rest() != "" {
		return head{}, false
	}
	m.about = m.about || unsure(s.rest())
	h := head{mark: m, text: s.rest(), wrap: leftOpen(open, shut, s.rest()), said: said || m.worded, set: sign || shut != ""}
	if lead != "" {
		h.text = strings.TrimSpace(lead + h.text)
	}
	return h, true
}

// canBegin turns most lines away by their first letters alone.
func canBegin(text string, how manner) bool {
	s := scan{text: text}
	s.picture()
	s.wraps(how)
	c := s.peek(0)
	switch {
	case isDigit(c) || strings.IndexByte("~?@<", c) >= 0 || c >= 0x80:
		return true
	case !isLetter(c):
		return false
	}
	word := strings.ToLower(s.word())
	if _, ok := monthNames[word]; ok {
		return true
	}
	if _, ok := weekdayNames[word]; ok {
		return true
	}
	return leadWords[word]
}

// leadWords are the other words that a stamp can begin with.
var leadWords = map[string]bool{
	"at": true, "on": true, "by": true, "since": true, "around": true, "about": true, "approx": true, "approximately": true, "ca": true, "circa": true, "c": true, "roughly": true, "est": true, "gegen": true, "etwa": true, "vers": true,
	"early": true, "late": true, "mid": true, "morning": true, "afternoon": true, "evening": true, "night": true,
	"between": true, "from": true, "today": true, "yesterday": true, "tomorrow": true, "day": true, "t": true,
	"hh": true, "xx": true, "yyyy": true, "nn": true, "unknown": true, "tbd": true, "tbc": true, "noon": true, "midnight": true, "n": true,
}

// readMark reads the stamp under the cursor.
func (s *scan) readMark(how manner, wrapped bool) (mark, bool) {
	var m mark
	from := s.at
	if how.odd && !isDigit(s.peek(0)) && s.oddMark(&m) {
		m.typed = strings.TrimSpace(s.text[from:s.at])
		return m, true
	}
	if how.odd && s.maskedDay(&m) {
		m.typed = strings.TrimSpace(s.text[from:s.at])
		return m, true
	}
	between := s.try(func() bool { return s.takeWord("between", "from") && s.blanks() })
	m.worded = between
	m.within = between && strings.EqualFold(s.text[from:from+1], "b")
	s.abouts(&m)
	how.packed = how.packed || wrapped
	if !s.moment(&m, how) {
		s.at = from
		return m, false
	}
	if how.odd && !m.clock.told() && s.try(func() bool { return s.blanks() && s.template(&m) }) {
		m.template = s.text[from:s.at]
		m.typed = m.template
		return m, true
	}
	s.span(&m, how)
	if m.within && m.end == nil {
		s.at = from
		return m, false
	}
	s.others(&m)
	if m.clock.told() && (s.take("?") || s.try(func() bool { return s.take("+") && (s.done() || s.peek(0) == ' ') })) {
		m.about = true // "14:30?" and "14:30+"
	}
	m.typed = strings.TrimSpace(s.text[from:s.at])
	return m, m.clock.told() || how.dayAlone
}

// moment reads a day, a clock or both, in either order.
func (s *scan) moment(m *mark, how manner) bool {
	from := s.at
	vague := how.dayAlone && s.try(s.partOfDay)
	if d, ok := s.readDay(); ok {
		m.day = d
		afterDay := s.at
		if d.kind != monthOnly && s.joint() && s.aboutClock(m, how) {
			s.yearBehind(m)
			return true
		}
		s.at = afterDay
		if !d.figures && (d.kind == wholeDay || d.kind == yearlessDay || d.kind == figureDay || d.kind == monthOnly) {
			return !isDigit(s.peek(0)) && !isLetter(s.peek(0)) && (s.peek(0) != ':' || !isDigit(s.peek(1)))
		}
		s.at, m.day = from, day{}
	}
	if vague || !s.clockAndZone(m, how, false) {
		return false
	}
	s.dayBehind(m)
	return true
}

// joint is what stands between a date and its clock.
func (s *scan) joint() bool {
	from := s.at
	if (s.peek(0) == 'T' || s.peek(0) == 't' || s.peek(0) == '_') && isDigit(s.peek(1)) {
		s.at++
		return true
	}
	if s.peek(0) == ':' && isDigit(s.peek(1)) { // 25/Nov/2024:14:32:05
		s.at++
		return true
	}
	s.takeAny(",", ":", ";")
	s.blanks()
	s.takeAny("- ", "– ", "— ", "@", "| ", "· ")
	s.blanks()
	s.try(func() bool { return s.takeWord("at", "um", "à", "kl") && s.blanks() })
	return s.at > from || s.peek(-1) == ' ' || s.peek(-1) == ','
}

// aboutClock reads the clock behind a date: "2018-07-30 ca. 11:20".
func (s *scan) aboutClock(m *mark, how manner) bool {
	about := m.about
	s.abouts(m)
	if s.clockAndZone(m, how, true) {
		return true
	}
	m.about = about
	return false
}

func (s *scan) clockAndZone(m *mark, how manner, dated bool) bool {
	c, ok := s.readClock()
	if !ok && dated {
		c, ok = s.dottedClock()
	}
	if !ok && (how.packed || dated && s.at > 0 && s.text[s.at-1] == 'T') {
		c, ok = s.packedClock()
	}
	if !ok || c.bad && !how.odd && !dated && !(how.wrong && (c.half || strings.HasPrefix(s.text, "["))) {
		return false
	}
	m.clock = c
	iso := s.at > 0 && m.day.kind == wholeDay && (strings.Count(c.text, ":") == 2 || strings.ContainsAny(s.text[:s.at], "Tt"))
	if z, ok := s.readZone(iso && dated); ok {
		m.zone = z
	}
	return true
}
