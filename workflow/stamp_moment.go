package workflow

import "strconv"

// stampMoment is one typed point in time, read but not yet placed.
type stampMoment struct {
	day      stampDay
	clock    stampClock
	hasClock bool
	zone     stampZone
	about    bool
	joined   bool // the ISO form, date and clock joined by a T
}

func (m *stampMoment) empty() bool {
	return m.day.kind == dayUntold && !m.hasClock
}

// stampReader walks over the tokens of a typed time.
type stampReader struct {
	typed  string
	ref    StampRef
	tokens []stampToken
	at     int
}

// peek looks n tokens ahead, or behind for a negative n.
func (r *stampReader) peek(n int) stampToken {
	if i := r.at + n; i >= 0 && i < len(r.tokens) {
		return r.tokens[i]
	}
	return stampToken{}
}

func (r *stampReader) done() bool { return r.at >= len(r.tokens) }

// text is the next n tokens as they read.
func (r *stampReader) text(n int) string { return r.between(r.at, r.at+n) }

func (r *stampReader) between(from, to int) string {
	out := ""
	for i := from; i < to && i < len(r.tokens); i++ {
		if r.tokens[i].spaced && out != "" {
			out += " "
		}
		out += r.tokens[i].raw
	}
	return out
}

// number is the value of a token of plain digits.
func number(t stampToken) int {
	n, err := strconv.Atoi(t.text)
	if err != nil {
		return 0
	}
	return n
}

// moment reads one point in time, its parts in any order, up to the end of the
// text or the dash of a range.
func (r *stampReader) moment() (stampMoment, error) {
	var m stampMoment
	for !r.done() {
		found, err := r.part(&m)
		if err != nil {
			return m, err
		}
		if !found {
			break
		}
	}
	if m.day.perhaps != "" && !m.hasClock {
		day := m.day.date
		return m, ambiguous("The %d in %s can be the year or a time. Type %s ??:?? for some time on that day, or %d %s %s for the time.",
			day.year, quoted(r.typed), day, day.day, day.month.String()[:3], m.day.perhaps)
	}
	return m, nil
}

// part reads the next part of a point in time, whatever it is.
func (r *stampReader) part(m *stampMoment) (bool, error) {
	if r.scanFiller(m) || r.scanAbout(m) {
		return true, nil
	}
	for _, scan := range []func(*stampMoment) (bool, error){r.scanDay, r.scanClock, r.scanZone} {
		if found, err := scan(m); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// scanFiller takes what people write between the parts of a time and around
// it, as in "[14:32]" or "25 Nov, at 14:32".
func (r *stampReader) scanFiller(m *stampMoment) bool {
	token := r.peek(0)
	switch token.text {
	case "at", "on", ",", "[", "]", "(", ")":
	case ".":
		if m.empty() || r.at+1 < len(r.tokens) {
			return false
		}
	case "t":
		if m.hasClock || r.peek(1).spaced || r.peek(1).kind != stampNumber {
			return false
		}
		m.joined = m.day.kind == dayDate
	default:
		return false
	}
	r.at++
	return true
}

var stampAboutWords = map[string]bool{
	"~": true, "about": true, "around": true, "approx": true, "approximately": true,
	"ca": true, "c": true, "circa": true, "roughly": true,
}

// scanAbout takes the marks of an approximate time: before it as in "~13:30"
// and "ca. 13:30", or after it as in "13:30ish" and "2 pm?".
func (r *stampReader) scanAbout(m *stampMoment) bool {
	token := r.peek(0)
	after := m.hasClock && (token.is("ish") || token.is("?"))
	if !stampAboutWords[token.text] && !after {
		return false
	}
	m.about = true
	r.at++
	return true
}
