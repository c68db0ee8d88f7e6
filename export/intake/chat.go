package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"firebreak/workflow"
)

// saidForm is how a message of a chat begins.
type saidForm int

const (
	plainSaid  saidForm = iota // 14:32 text
	namedSaid                  // [14:32] jane: text; 14:32 <jane> text
	headerSaid                 // Jane Doe  2:32 PM, and the text below
)

// said is the beginning of a message.
type said struct {
	form  saidForm
	mark  mark
	who   string
	text  string
	noise bool // someone came or went
}

// readSaid reads the line that begins a message.
func readSaid(text string, how manner) (said, bool) {
	if h, ok := readHead(text, how); ok && h.mark.clock.told() && !h.said {
		m := said{mark: h.mark, text: h.text}
		if who, rest, ok := saidBy(h.text); ok {
			m.form, m.who, m.text = namedSaid, who, rest
		} else if h.mark.day.kind != untoldDay && strings.HasPrefix(text, "[") && isName(h.text) && startsUpper(h.text) && len(strings.Fields(h.text)) < 4 {
			m.form, m.who, m.text = headerSaid, h.text, "" // [11/25 2:32 PM] Doe, Jane
		} else if joins(h.text) {
			m.form, m.noise = namedSaid, true
		}
		return m, true
	}
	if m, ok := readHeader(text, how); ok {
		return m, true
	}
	return said{}, false
}

// saidBy reads who says what behind a time: "<jane> text", "jane: text",
// "* jane waves", "- Jane Doe: text".
func saidBy(text string) (who, rest string, ok bool) {
	if inner, found := strings.CutPrefix(text, "<"); found {
		end := strings.IndexByte(inner, '>')
		if end > 0 && end < 40 && !strings.ContainsAny(inner[:end], "/:") && (end+1 == len(inner) || inner[end+1] == ' ') {
			return strings.TrimLeft(inner[:end], "@+%&~ "), strings.TrimSpace(inner[end+1:]), true
		}
		return "", "", false
	}
	if inner, found := strings.CutPrefix(text, "* "); found {
		who, rest, ok = strings.Cut(inner, " ")
		return who, rest, ok && isName(who)
	}
	for _, sign := range []string{": ", " | ", "\t"} {
		name, rest, found := strings.Cut(text, sign)
		if found && isName(strings.TrimLeft(name, "@+%")) && len(strings.Fields(name)) <= 4 {
			return strings.TrimSpace(name), strings.TrimSpace(rest), true
		}
	}
	if name, found := strings.CutSuffix(text, ":"); found && isName(name) && len(strings.Fields(name)) <= 3 {
		return name, "", true
	}
	return "", "", false
}

// isName says whether a text can be the name that a chat shows.
func isName(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 60 || len(strings.Fields(text)) > 5 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) && first != '@' && first != '_' && !unicode.IsDigit(first) {
		return false
	}
	letters := false
	for _, r := range text {
		letters = letters || unicode.IsLetter(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune(" ._-'’@(),|/[]&", r) {
			return false
		}
	}
	return letters && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ",")
}

// readHeader reads a name with a time behind it: "Jane Doe  2:32 PM",
// "jane [2:32 PM]", "Jane — Today at 2:32 PM", "Jane, [25.11.2024 14:32]",
// "[11/25 2:32 PM] Jane Doe".
func readHeader(text string, how manner) (said, bool) {
	if len(text) > 120 {
		return said{}, false
	}
	how.strict = true
	for i := 1; i < len(text); i++ {
		if text[i-1] != ' ' && text[i-1] != '\t' && text[i-1] != '[' && text[i-1] != 0xa0 {
			continue
		}
		c := text[i]
		if !isDigit(c) && !isLetter(c) && c != '[' {
			continue
		}
		if isLetter(c) && !beginsDay(text[i:]) {
			continue
		}
		from := i
		if text[i-1] == '[' {
			from = i - 1
		}
		name := strings.TrimRight(text[:from], " \t,—–-|•·:")
		h, ok := readHead(strings.TrimSpace(text[from:]), how)
		if !ok || !h.mark.clock.told() || h.mark.clock.bad {
			continue
		}
		gap := text[len(name):from]
		for _, tag := range []string{" APP", " BOT", " (bot)", " (she/her)", " (he/him)", " (they/them)", " (edited)"} {
			name = strings.TrimSuffix(name, tag)
		}
		loose := len(gap) == 1 && !h.mark.clock.half && h.mark.day.kind == untoldDay && text[from] != '['
		if !isName(name) || loose && len(strings.Fields(name)) > 3 || loose && !startsUpper(name) {
			return said{}, false
		}
		return said{form: headerSaid, mark: h.mark, who: strings.TrimSpace(name)}, true
	}
	return said{}, false
}

func startsUpper(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

func beginsDay(text string) bool {
	s := scan{text: text}
	word := strings.ToLower(s.word())
	_, near := nearDays[word]
	_, week := weekdayNames[word]
	_, month := monthNames[word]
	return near || week || month
}

// joins knows the lines about who came and went.
func joins(text string) bool {
	text = strings.ToLower(text)
	return strings.HasPrefix(text, "-!-") || strings.HasPrefix(text, "-->") || strings.HasPrefix(text, "<--") || strings.HasPrefix(text, "*** ") ||
		containsAny(text, []string{"has joined", "has left", "has quit", "joined the channel", "left the channel", "joined #", "was added to", "joined the group", "left the group"}) && len(text) < 160
}

// chatNoise knows what chats put between their messages.
func chatNoise(text string) bool {
	lower := strings.ToLower(text)
	switch {
	case lower == "new" || lower == "view thread" || lower == "(edited)" || lower == "edited" || lower == "today" || lower == "yesterday":
		return true
	case strings.HasPrefix(lower, "last reply ") || strings.HasPrefix(lower, "view newer replies") || strings.HasPrefix(lower, "saved for later") || strings.HasPrefix(lower, "pinned by "):
		return true
	}
	s := scan{text: lower}
	if _, ok := s.figures(1, 4); ok && s.blanks() && s.takeWord("reply", "replies", "reactions", "reaction") {
		return true
	}
	reactions := 0
	for _, field := range strings.Fields(lower) {
		switch {
		case len(field) > 2 && field[0] == ':' && field[len(field)-1] == ':':
			reactions++
		case strings.Trim(field, "0123456789") != "":
			return false
		}
	}
	return reactions > 0
}

// readChat reads a conversation, message by message.
func (d *document) readChat(text string) {
	d.lines = plainLines(splitLines(text))
	d.origin = d.chatDay()
	how := manner{zones: d.zones}
	var day *dayLine
	var open *draft
	joined, noise, blank := 0, 0, false
	named := false // without names each line with a time is one of its own
	who := ""
	for i := range d.lines {
		l := &d.lines[i]
		body := strings.TrimSpace(l.raw)
		if body == "" {
			blank = true
			continue
		}
		d.spend(i)
		if at, ok := d.chatDivider(body, l.no); ok {
			l.frame = true
			day, open, blank = at, nil, false
			continue
		}
		m, ok := readSaid(body, how)
		if ok && m.form == plainSaid && open != nil && !(m.text == "" && (blank || isShortTime(m.mark))) && named {
			ok = false
		}
		switch {
		case ok && m.noise, !ok && joins(body) && len(body) < 120:
			joined++
			l.frame = true
		case !ok && chatNoise(body):
			noise++
			l.frame = true
		case ok:
			if m.form == plainSaid && m.text == "" && i > 0 {
				who = d.nameAbove(i, who, open)
			} else if m.who != "" || m.form != plainSaid {
				who = m.who
			}
			open = &draft{line: l.no, mark: m.mark, who: who, day: day}
			if m.text != "" {
				open.lines = []string{m.text}
			}
			d.drafts = append(d.drafts, open)
			named = named || who != ""
		case open != nil:
			if blank && len(open.lines) > 0 {
				open.lines = append(open.lines, "")
			}
			open.lines = append(open.lines, strings.TrimRight(l.raw, " \t"))
		default:
			d.lines[i].spent = false
			d.leave(i, "stands before the first message")
		}
		blank = false
	}
	d.dropEmpty()
	d.halves()
	if joined > 0 {
		d.notes = append(d.notes, plural(joined, "line")+" about who joined or left skipped.")
	}
	if noise > 0 {
		d.notes = append(d.notes, plural(noise, "line")+" of reactions and replies skipped.")
	}
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
		if e.mark.clock.half {
			from = e
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
