package intake

import (
	"strings"

	"firebreak/workflow"
)

// chatReader goes through a conversation, message by message.
type chatReader struct {
	d      *document
	day    *dayLine
	open   *draft
	who    string
	named  bool // some message says who it is of; without, each line with a time is one
	inline bool // who it is of stands in front of the time, in the line of the text
	blank  bool // a blank line has been since the last one
	joined int
	noise  int
}

// readChat reads a conversation.
func (d *document) readChat(text string) {
	d.lines = plainLines(splitLines(text))
	d.origin = d.chatDay()
	r := chatReader{d: d}
	for i := range d.lines {
		if d.lines[i].body == "" {
			r.blank = true
			continue
		}
		d.spend(i)
		r.line(i)
		r.blank = false
	}
	d.dropEmpty()
	d.halves()
	if r.joined > 0 {
		d.notes = append(d.notes, plural(r.joined, "line")+" about who joined or left skipped.")
	}
	if r.noise > 0 {
		d.notes = append(d.notes, plural(r.noise, "line")+" of reactions and replies skipped.")
	}
}

// line reads one line: a day, the beginning of a message, more of it, or what
// chats put between.
func (r *chatReader) line(i int) {
	l := &r.d.lines[i]
	if at, ok := r.d.chatDivider(l.body, l.no); ok {
		l.frame = true
		r.day, r.open = at, nil
		return
	}
	m, ok := readSaid(l.body, manner{wrong: true, zones: r.d.zones})
	if ok && m.form == plainSaid && r.open != nil && r.named && !(m.text == "" && (r.blank || isShortTime(m.mark))) {
		ok = false // a message that begins with a time
	}
	if m.form == inlineSaid && r.named && !r.inline {
		ok = false // a message with a time in it
	}
	switch {
	case ok && m.noise, !ok && joins(l.body) && len(l.body) < 120:
		r.joined++
		l.frame = true
	case !ok && chatNoise(l.body):
		r.noise++
		l.frame = true
	case ok:
		r.begin(i, m)
	case r.open != nil:
		if r.blank && len(r.open.lines) > 0 {
			r.open.lines = append(r.open.lines, "")
		}
		r.open.lines = append(r.open.lines, strings.TrimRight(l.raw, " \t"))
	default:
		l.spent = false
		r.d.leave(i, "stands before the first message")
	}
}

// begin begins a message.
func (r *chatReader) begin(i int, m said) {
	if m.form == plainSaid && m.text == "" && i > 0 {
		r.who = r.d.nameAbove(i, r.who, r.open)
	} else if m.who != "" || m.form != plainSaid {
		r.who = m.who
	}
	r.open = &draft{line: r.d.lines[i].no, mark: m.mark, who: r.who, day: r.day}
	if m.text != "" {
		r.open.lines = []string{m.text}
	}
	r.d.drafts = append(r.d.drafts, r.open)
	r.named = r.named || r.who != ""
	r.inline = r.inline || m.form == inlineSaid
}

// chatDivider reads the date that chats put between their days, "Monday,
// November 25th" and "--- Day changed Mon Nov 25 2024".
func (d *document) chatDivider(body string, no int) (*dayLine, bool) {
	if len(body) > longestDayLine {
		return nil, false
	}
	if at, ok := d.dayLineIn(strings.Trim(body, "-—–=* "), no); ok && at.rest == "" {
		return &at, true
	}
	lower := strings.ToLower(body)
	if !strings.HasPrefix(lower, "---") && !strings.HasPrefix(lower, "***") && !strings.HasPrefix(lower, "session") {
		return nil, false
	}
	if !containsAny(lower, []string{"day changed", "log opened", "log closed", "session start", "started on", "log started"}) {
		return nil, false
	}
	at, ok := d.dayWithin(body, no)
	if s := (scan{text: body}); !ok || at.day.kind == yearlessDay {
		for !s.done() { // "Mon Nov 25 14:00:00 2024": the year stands last
			if m, ok := s.readMark(manner{dayAlone: true}, false); ok && m.day.kind == wholeDay {
				at.day, at.line, at.says = m.day, no, body
				return &at, true
			}
			s.at++
		}
	}
	return &at, ok
}

func isShortTime(m mark) bool { return m.day.kind == untoldDay || m.clock.half }

// nameAbove is the name on the line above a time that stands alone; without
// one the message is of the same author as the last.
func (d *document) nameAbove(i int, who string, open *draft) string {
	above := strings.TrimSpace(d.lines[i-1].raw)
	starts := i == 1 || strings.TrimSpace(d.lines[i-2].raw) == ""
	if !starts || !isName(above) {
		return who
	}
	if open != nil && len(open.lines) > 0 && strings.TrimSpace(open.lines[len(open.lines)-1]) == above {
		open.lines = open.lines[:len(open.lines)-1]
		for len(open.lines) > 0 && open.lines[len(open.lines)-1] == "" {
			open.lines = open.lines[:len(open.lines)-1]
		}
	} else if n := len(d.rest); open == nil && n > 0 && d.rest[n-1].Line == d.lines[i-1].no {
		d.rest = d.rest[:n-1]
	}
	return above
}

// dropEmpty leaves out headers below which nothing was said.
func (d *document) dropEmpty() {
	var kept []*draft
	for _, e := range d.drafts {
		if strings.TrimSpace(strings.Join(e.lines, "")) == "" {
			if n := e.line - 2; n >= 0 && e.who != "" && strings.TrimSpace(d.lines[n].raw) == e.who {
				d.lines[n].spent = false
				d.leave(n, "a message without words")
			}
			d.lines[e.line-1].spent = false
			d.leave(e.line-1, "a message without words")
			continue
		}
		kept = append(kept, e)
	}
	d.drafts = kept
}

// halves gives AM or PM to the short times of a chat that shows them only once
// for messages of the same author: "2:33" below "2:32 PM".
func (d *document) halves() {
	var from *draft
	for _, e := range d.drafts {
		if e.mark.clock.half || e.mark.clock.bad {
			if !e.mark.clock.bad {
				from = e
			}
			continue
		}
		if from == nil || e.mark.clock.at >= 13*3600 || e.mark.clock.at < 3600 || e.who != from.who {
			continue
		}
		half := " PM"
		if from.mark.clock.at < 12*3600 {
			half = " AM"
		}
		hour := e.mark.clock.at % (12 * 3600)
		if from.mark.clock.at%(12*3600) > hour { // it went over noon or midnight since
			half = map[string]string{" AM": " PM", " PM": " AM"}[half]
		}
		e.mark.clock.at = hour
		if half == " PM" {
			e.mark.clock.at += 12 * 3600
		}
		e.mark.clock.text += half
		e.mark.clock.half = true
		e.doubts(workflow.LikelyLine, "It says neither AM nor PM;"+half+" is taken, as it follows line "+itoa(from.line)+".")
		from = e
	}
}

// chatDay is the day that the file's name tells.
func (d *document) chatDay() docDay {
	d.findOrigin()
	if d.origin.says != "" && strings.HasPrefix(d.origin.says, "the file's name") {
		return d.origin
	}
	return docDay{}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what + " was"
	}
	return itoa(n) + " " + what + "s were"
}
