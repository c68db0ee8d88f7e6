package workflow

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// entrySubject is what a line of the timeline is called.
const entrySubject = "entry"

// tale is what one event says about the values that it wrote: the story of a
// kind for the audit.
type tale struct {
	*ledger
	event  *Event
	about  Subject
	writes []write
}

// write is a value given to a place.
type write struct {
	place
	value   string
	initial string  // what holds where nobody wrote anything
	saw     *string // what the author took the value for, where the event says so
}

// audited is a body that tells the audit field by field what it wrote. A kind
// that does not is shown as it is written on the disk.
type audited interface{ tell(*tale) }

func (l *ledger) tell(e *Event) *tale {
	t := &tale{ledger: l, event: e}
	t.hear()
	return t
}

// hear lets the event tell.
func (t *tale) hear() {
	if body, is := t.event.Body.(audited); is {
		body.tell(t)
	} else {
		t.raw(t.event.Body)
	}
}

// on names the subject; an empty id is the one of its kind in the incident.
func (t *tale) on(what, id, name string) *tale {
	t.about = Subject{What: what, ID: id, Name: name}
	return t
}

// new names a subject that the event itself makes.
func (t *tale) new(what, name string) *tale { return t.on(what, string(t.event.ID), name) }

// field gives a text to a field; empty where nobody wrote.
func (t *tale) field(name, value string) *tale { return t.over(name, "", value) }

// over gives a text to a field that holds something before anybody writes.
func (t *tale) over(name, initial, value string) *tale {
	t.writes = append(t.writes, write{place: place{t.about.What, t.about.ID, name}, value: value, initial: initial})
	return t
}

// yes gives a tick to a field.
func (t *tale) yes(name string, on bool) *tale { return t.over(name, "no", yesWord(on)) }

// sees adds what the author took the last field's value for.
func (t *tale) sees(was string) *tale {
	t.writes[len(t.writes)-1].saw = &was
	return t
}

// part gives a text that may be left as it is.
func (t *tale) part(name string, value *string) *tale {
	if value == nil {
		return t
	}
	return t.field(name, *value)
}

// raw is the story of a kind that this version knows too little of.
func (t *tale) raw(b Body) {
	text, err := encodeBody(b)
	if err != nil {
		text = json.RawMessage("unreadable")
	}
	t.new("unknown change", string(b.Kind())).field("as written", strings.TrimSpace(string(text)))
}

func yesWord(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}

// pairs are answers by question, in the order of the alphabet.
func pairs(answers map[string]string) string {
	var parts []string
	for _, question := range slices.Sorted(maps.Keys(answers)) {
		parts = append(parts, question+"="+answers[question])
	}
	return strings.Join(parts, ", ")
}

// when writes a time in the zone of the audit, with what was typed.
func (t *tale) when(s Stamp) string {
	if s == (Stamp{}) {
		return ""
	}
	text := s.Full(t.zone)
	if s.Sure == Unknown && s.Time.IsZero() && s.Typed != "" {
		return text + " (typed “" + s.Typed + "”)"
	}
	return text
}

func took(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// book names a playbook so that two different ones are told apart.
func (p Playbook) auditWords() string {
	data, err := json.Marshal(p)
	if err != nil {
		return p.Name
	}
	return fmt.Sprintf("%s, version %d, %s characters, sum %s", p.Name, p.Version, strconv.Itoa(len(data)), shortSum(data))
}

// shortSum is enough of a checksum to tell two texts apart (FNV-1a, 32 bits).
func shortSum(data []byte) string {
	sum := uint32(2166136261)
	for _, b := range data {
		sum = (sum ^ uint32(b)) * 16777619
	}
	return fmt.Sprintf("%08x", sum)
}

func (r Redacted) tell(t *tale) {
	t.new("redacted change", string(r.Was)).field("kind", string(r.Was)).field("redacted by", r.By).field("reason", r.Why)
	if !r.On.IsZero() {
		t.field("redacted on", r.On.In(t.zone).Format(time.RFC3339))
	}
}

func (r Raw) tell(t *tale) {
	t.new("unknown change", string(r.As)).field("as written", strings.TrimSpace(string(r.JSON)))
}

func (u Undone) tell(t *tale) { t.on("change", string(u.Batch), "").yes("undone", true) }

// entryValue is a field of an entry as it was first written.
func (l *ledger) entryValue(e Entry, field, initial string) string {
	t := &tale{ledger: l}
	switch field {
	case "text":
		return e.Original
	case "time":
		if at, ok := firstOf(e.At); ok {
			return t.when(at)
		}
	case "kind":
		if kind, ok := firstOf(e.Kind); ok {
			return string(kind)
		}
	case "milestone":
		return string(e.Milestone.Get())
	case "pinned":
		return yesWord(e.Pinned.Get())
	case "links":
		return strings.Join(e.Links.Get(), "\n")
	}
	return fileValue(e, field, initial)
}

func firstOf[T any](r Register[T]) (T, bool) {
	h, ok := r.Head()
	return h.Value, ok
}

func (n Noted) tell(t *tale) {
	t.new(entrySubject, "").field("text", n.Text).field("time", t.when(t.event.At)).field("kind", string(n.Type)).
		field("milestone", string(n.Milestone)).yes("pinned", n.Pinned).field("links", strings.Join(n.Links, "\n")).
		files(n.Attachments)
}

// reportedByRule is what holds until somebody says whether an entry belongs
// into the post-mortem.
const reportedByRule = "as the rule says"

func (c Corrected) tell(t *tale) {
	t.onEntry(c.Entry).part("text", c.Text)
	if c.At != nil {
		t.field("time", t.when(*c.At))
	}
	if c.Type != nil {
		t.field("kind", string(*c.Type))
	}
	if c.Milestone != nil {
		t.field("milestone", string(*c.Milestone))
	}
	if c.Pinned != nil {
		t.yes("pinned", *c.Pinned)
	}
	if c.Hidden != nil {
		t.yes("hidden", *c.Hidden)
	}
	if c.Reported != nil {
		t.over("in the post-mortem", reportedByRule, yesWord(*c.Reported))
	}
	if c.Links != nil {
		t.field("links", strings.Join(*c.Links, "\n"))
	}
}

// beginningOf is enough of a text to know a subject again.
func beginningOf(text string) string {
	const most = 60
	line := []rune(firstLine(text[:min(len(text), 4*most)]))
	if len(line) > most {
		return string(line[:most]) + "…"
	}
	return string(line)
}
