package intake

import (
	"strings"
)

// columns says what the columns of a table hold.
type columns struct {
	names []string
	time  int // -1: none
	also  []int
	date  int
	day   int // a column of weekdays beside one of dates
	year  int // that the name of the date's column tells
	end   int
	who   int
	text  int
	zones []*zoneHint // by column; nil where the name tells none
}

// columnsOf finds out what the columns of a table hold, by their names and,
// where those do not tell, by what stands in them.
func (d *document) columnsOf(names []string, rows [][]string, guess bool) columns {
	c := columns{names: names, time: -1, date: -1, day: -1, end: -1, who: -1, text: -1, zones: make([]*zoneHint, len(names))}
	for i, name := range names {
		role := roleOf(name)
		if z, ok := d.zoneInName(name); ok && (role == "time" || role == "date" || role == "end" || role == "") {
			c.zones[i] = z
			if role == "" && d.timesIn(i, rows) {
				role = "time"
			}
		}
		c.assign(i, role)
	}
	if c.date < 0 {
		c.date, c.day = c.day, -1
	}
	if c.date >= 0 {
		c.year = yearIn(names[c.date])
	}
	if c.time < 0 && c.date >= 0 {
		c.time, c.date = c.date, -1
	}
	if c.time < 0 && guess {
		c.time = d.timeColumn(len(names), rows)
	}
	if c.text < 0 {
		for i := range names {
			if i != c.time && i != c.date && i != c.end && i != c.who && !c.isAlso(i) {
				c.text = i
				break
			}
		}
	}
	return c
}

// yearIn is the year that a column's name tells: "Date (2021)".
func yearIn(name string) int {
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(word) == 4 && isYear(word) {
			return value(word)
		}
	}
	return 0
}

func (c *columns) assign(i int, role string) {
	switch role {
	case "time":
		if c.time >= 0 {
			c.also = append(c.also, i)
			return
		}
		c.time = i
	case "date":
		if c.date < 0 {
			c.date = i
		}
	case "day":
		if c.day < 0 {
			c.day = i
		}
	case "end":
		c.end = i
	case "who":
		if c.who < 0 {
			c.who = i
		}
	case "text":
		if c.text < 0 {
			c.text = i
		}
	}
}

func (c *columns) isAlso(i int) bool {
	for _, j := range c.also {
		if i == j {
			return true
		}
	}
	return false
}

// roles are the names that columns have.
var roles = map[string]string{
	"time": "time", "times": "time", "when": "time", "timestamp": "time", "timestamps": "time", "datetime": "time", "date time": "time", "date/time": "time",
	"date / time": "time", "date and time": "time", "time stamp": "time", "clock": "time", "zeit": "time", "uhrzeit": "time", "zeitpunkt": "time", "heure": "time", "hora": "time",
	"start": "time", "start time": "time", "started": "time", "started at": "time", "from": "time", "begin": "time", "at": "time", "ts": "time", "occurred": "time", "occurred at": "time", "created at": "time", "created": "time", "local time": "time",
	"date": "date", "day": "day", "weekday": "day", "datum": "date", "fecha": "date",
	"end": "end", "end time": "end", "ended": "end", "to": "end", "until": "end", "finish": "end", "end at": "end",
	"who": "who", "by": "who", "by whom": "who", "actor": "who", "actors": "who", "owner": "who", "person": "who", "people": "who", "author": "who", "user": "who", "username": "who", "responder": "who", "reporter": "who", "participant": "who", "responsible": "who", "engineer": "who", "assignee": "who", "wer": "who", "qui": "who", "quien": "who", "name": "who", "sender": "who", "from user": "who",
	"event": "text", "events": "text", "description": "text", "what": "text", "what happened": "text", "action": "text", "actions": "text", "details": "text", "detail": "text", "note": "text", "notes": "text", "message": "text", "activity": "text", "comment": "text", "comments": "text", "summary": "text", "update": "text", "entry": "text", "text": "text", "event description": "text", "ereignis": "text", "beschreibung": "text", "événement": "text", "evento": "text", "msg": "text", "title": "text", "subject": "text", "content": "text", "body": "text",
}

func roleOf(name string) string {
	bare := bareTitle(name)
	if role, ok := roles[bare]; ok {
		return role
	}
	words := strings.Fields(bare)
	if len(words) > 1 && len(words) < 4 && (words[0] == "time" || words[0] == "timestamp") && words[1] != "to" && words[1] != "spent" && words[1] != "taken" && words[1] != "zone" {
		return "time"
	}
	if len(words) == 2 && words[1] == "time" && zoneNamed(words[0]).told() {
		return "time"
	}
	return ""
}

// timeColumn is the first column whose cells are times.
func (d *document) timeColumn(count int, rows [][]string) int {
	for c := range min(count, 8) {
		if d.timesIn(c, rows) {
			return c
		}
	}
	return -1
}

// timesIn says whether most cells at the top of a column are times.
func (d *document) timesIn(c int, rows [][]string) bool {
	seen, fit := 0, 0
	for _, row := range rows {
		if seen >= 8 {
			break
		}
		if get(row, c) != "" {
			seen++
			if h, ok := readHead(row[c], d.cellManner()); ok && (h.mark.clock.told() || h.text == "") {
				fit++
			}
		}
	}
	return seen > 0 && fit*2 > seen
}

// rowText is what a row says beside its times: the column of the text, and
// below it what the others say, under their names.
func (c columns) rowText(row []string, used []bool) string {
	var out []string
	if text := get(row, c.text); text != "" && !used[c.text] {
		out = append(out, cellText(text))
		used[c.text] = true
	}
	for i, cell := range row {
		if cell == "" || used[i] {
			continue
		}
		text := cellText(cell)
		if i < len(c.names) && c.names[i] != "" {
			text = plainTitle(c.names[i]) + ": " + text
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n\n")
}

func bareWord(cell string) string { return strings.ToLower(strings.Trim(cell, "*_. ")) }

func isWeekday(cell string) bool {
	_, ok := weekdayNames[bareWord(cell)]
	return ok
}
