package workflow

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// quick reads an event in the very form that Encode writes: these fields, in
// this order, without spaces. A long log is opened several times faster that
// way. On anything else ok is false, and encoding/json has the last word.
func quick(data []byte) (e Event, ok bool) {
	r := reading{rest: string(data), ok: true} // every text is a piece of this one string
	r.skip(`{"id":`)
	e.ID = EventID(r.text())
	r.skip(`,"batch":`)
	e.Batch = EventID(r.text())
	if r.has(`,"base":[`) {
		e.Base = append(e.Base, EventID(r.text()))
		for r.has(`,`) {
			e.Base = append(e.Base, EventID(r.text()))
		}
		r.skip(`]`)
	}
	r.skip(`,"incident":`)
	e.Incident = IncidentID(r.text())
	r.skip(`,"device":`)
	e.Device = DeviceID(r.text())
	r.skip(`,"actor":`)
	e.Actor = r.text()
	if r.has(`,"via":`) {
		e.Via = r.text()
	}
	r.skip(`,"clock":`)
	e.Clock = Clock(r.number())
	r.skip(`,"at":`)
	e.At = r.stamp()
	r.skip(`,"recorded":`)
	e.Recorded = r.time()
	r.skip(`,"kind":`)
	kind := Kind(r.text())
	r.skip(`,"body":`)
	read, known := readers[kind]
	if !r.ok || !known || kind == (Redacted{}).Kind() || e.ID == "" || e.Batch == "" || !strings.HasSuffix(r.rest, "}") {
		return Event{}, false
	}
	body, err := read(data[len(data)-len(r.rest) : len(data)-1])
	if err != nil {
		return Event{}, false
	}
	e.Body = body
	return e, true
}

// reading walks along one line of JSON. Once something is not as expected, it
// stays where it is and ok is false.
type reading struct {
	rest string
	ok   bool
}

func (r *reading) has(literal string) bool {
	if !r.ok || !strings.HasPrefix(r.rest, literal) {
		return false
	}
	r.rest = r.rest[len(literal):]
	return true
}

func (r *reading) skip(literal string) { r.ok = r.has(literal) }

// text reads a string that needs no unescaping.
func (r *reading) text() string {
	if !r.has(`"`) {
		r.ok = false
		return ""
	}
	end := strings.IndexByte(r.rest, '"')
	if end < 0 {
		r.ok = false
		return ""
	}
	raw := r.rest[:end]
	for i := range len(raw) {
		if c := raw[i]; c == '\\' || c < ' ' {
			r.ok = false
			return ""
		}
	}
	if !utf8.ValidString(raw) {
		r.ok = false
		return ""
	}
	r.rest = r.rest[end+1:]
	return raw
}

func (r *reading) number() uint64 {
	end := 0
	for end < len(r.rest) && '0' <= r.rest[end] && r.rest[end] <= '9' {
		end++
	}
	n, err := strconv.ParseUint(r.rest[:end], 10, 64)
	if err != nil || end > 1 && r.rest[0] == '0' {
		r.ok = false
		return 0
	}
	r.rest = r.rest[end:]
	return n
}

func (r *reading) time() (t time.Time) {
	if err := t.UnmarshalText([]byte(r.text())); err != nil {
		r.ok = false
	}
	return t
}

// stamp reads an object; it is small enough for encoding/json to be slow.
func (r *reading) stamp() (s Stamp) {
	r.skip(`{`)
	if r.has(`"time":`) {
		s.Time = r.time()
		r.skip(`,`)
	}
	if r.has(`"end":`) {
		s.End = r.time()
		r.skip(`,`)
	}
	if r.has(`"zone":`) {
		s.Zone = r.text()
		r.skip(`,`)
	}
	if r.has(`"shift":`) {
		sign := 1
		if r.has(`-`) {
			sign = -1
		}
		s.Shift = sign * int(r.number())
		r.skip(`,`)
	}
	r.skip(`"sure":`)
	s.Sure = Certainty(r.text())
	if r.has(`,"typed":`) {
		s.Typed = r.text()
	}
	r.skip(`}`)
	return s
}
