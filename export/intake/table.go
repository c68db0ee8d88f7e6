package intake

import "strings"

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

// isTable says whether a table begins at a line.
func (d *document) isTable(i int) bool {
	if i+1 >= len(d.lines) || d.lines[i].kind != textLine || d.lines[i+1].kind != textLine || !strings.Contains(d.lines[i].body, "|") {
		return false
	}
	below := d.lines[i+1].body
	return strings.Contains(below, "|") && strings.Contains(below, "-") && strings.Trim(below, "|:- \t") == ""
}

// tableEnd is the line behind a table.
func (d *document) tableEnd(i, last int) int {
	for i += 2; i < last && d.lines[i].kind == textLine && strings.Contains(d.lines[i].body, "|"); i++ {
	}
	return i
}

// splitCells cuts a row into its cells, as they stand in the source.
func splitCells(row string) []string {
	row = strings.TrimSpace(row)
	row = strings.TrimPrefix(row, "|")
	var cells []string
	from := 0
	for i := 0; i < len(row); i++ {
		switch row[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, strings.TrimSpace(row[from:i]))
			from = i + 1
		}
	}
	if last := strings.TrimSpace(row[from:]); last != "" {
		cells = append(cells, last)
	}
	return cells
}

// cellText is a cell as a text of its own.
func cellText(cell string) string {
	if strings.Contains(cell, `\|`) {
		cell = strings.ReplaceAll(cell, `\|`, "|")
	}
	if !strings.Contains(cell, "<") {
		return cell
	}
	for _, tag := range []string{"<br>", "<br/>", "<br />", "<BR>", "</br>"} {
		cell = strings.ReplaceAll(cell, " "+tag, tag)
		cell = strings.ReplaceAll(cell, tag+" ", tag)
		cell = strings.ReplaceAll(cell, tag, "\n")
	}
	return strings.TrimSpace(cell)
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

func (d *document) cellManner() manner {
	return manner{dayAlone: true, packed: true, odd: true, sentence: true, zones: d.zones}
}

// tableAt reads the table that begins at a line; ok is false where it has no
// column of times.
func (d *document) tableAt(i, last int, guess bool) (c columns, rows [][]string, end int, ok bool) {
	end = d.tableEnd(i, last)
	names := splitCells(d.lines[i].body)
	if len(names) > widestTable {
		return columns{time: -1, text: -1}, nil, end, false
	}
	for n := i + 2; n < end; n++ {
		rows = append(rows, splitCells(d.lines[n].body))
	}
	c = d.columnsOf(names, rows, guess)
	return c, rows, end, c.time >= 0
}

// widestTable is how many columns a timeline has at most.
const widestTable = 60

// timesInTable counts the rows of a table that have a time, and those that
// have something else in its place.
func (d *document) timesInTable(i, last int) (times, odd int) {
	c, rows, _, ok := d.tableAt(i, last, true)
	if !ok {
		return 0, 0
	}
	for _, row := range rows {
		h, ok := readHead(get(row, c.time), d.cellManner())
		switch {
		case ok && h.mark.template == "":
			times++
		case !ok && get(row, c.time) != "":
			odd++
		}
	}
	return times, odd
}

// table reads the rows of a table, and gives the last line that it took.
func (a *assembler) table(i int, p *part, named bool) int {
	d := a.d
	c, rows, end, ok := d.tableAt(i, p.last, named)
	if ok && !named {
		times, _ := d.timesInTable(i, p.last)
		ok = c.text >= 0 && times*2 > len(rows)
	}
	if !ok || a.open != nil && a.open.kind == itemShape && d.lines[i].indent > a.open.bullet {
		for ; i < end; i++ {
			a.follow(i, p, named)
		}
		return end - 1
	}
	a.open = nil
	d.frame(i)
	d.frame(i + 1)
	var day *dayLine
	for n, row := range rows {
		a.row(i+2+n, c, row, &day)
	}
	return end - 1
}

// row reads one row of a table as an entry.
func (a *assembler) row(i int, c columns, row []string, day **dayLine) {
	e, why := a.d.rowDraft(a.d.lines[i].no, c, row, day)
	if e == nil {
		a.d.leave(i, why)
		return
	}
	if e.day == nil {
		e.day = a.day
	}
	if e.zone == nil {
		e.zone = a.zone
	}
	a.d.drafts = append(a.d.drafts, e)
	a.d.spend(i)
}

// rowDraft makes an entry of the cells of a row, or says why it is none.
func (d *document) rowDraft(no int, c columns, row []string, day **dayLine) (e *draft, why string) {
	used := make([]bool, len(row))
	use := func(n int) string {
		if n >= 0 && n < len(row) {
			used[n] = true
		}
		return get(row, n)
	}
	cell := use(c.time)
	if at, ok := d.rowDay(no, c, row); ok {
		use(c.date)
		*day = at
		if isWeekday(get(row, c.day)) {
			use(c.day)
		}
	}
	if cell == "" && c.date >= 0 {
		cell = use(c.date)
	}
	h, ok := readHead(cell, d.cellManner())
	switch {
	case cell == "":
		return nil, "a row without a time"
	case ok && h.mark.template != "":
		return nil, "left over from a template"
	case !ok:
		h = head{mark: mark{typed: cell, unknown: true}}
	}
	if h.mark.day.kind != untoldDay && c.date >= 0 && c.date < len(row) && cell != row[c.date] {
		used[c.date] = false // the stamp has its own
	}
	e = &draft{line: no, mark: h.mark, day: *day, zone: c.zones[c.time], who: cellText(use(c.who))}
	if end, ok := readHead(get(row, c.end), d.cellManner()); ok && end.mark.clock.told() && end.text == "" {
		e.end = &end.mark
		e.beside = append(e.beside, "“"+cut(use(c.end))+"” in the column “"+cut(c.names[c.end])+"”")
	}
	for _, n := range c.also {
		if also, ok := readHead(get(row, n), d.cellManner()); ok && also.mark.clock.told() && also.text == "" && c.zones[n] != nil {
			also.mark.zone = c.zones[n].zone
			e.cells = append(e.cells, also.mark)
			e.beside = append(e.beside, "“"+cut(use(n))+"” in the column “"+cut(c.names[n])+"”")
		}
	}
	text := c.rowText(row, used)
	if !ok && text == "" {
		return nil, "a row without a time"
	}
	e.lines = []string{text}
	e.besideTime(h.text)
	return e, ""
}

// rowDay is the day in the column of dates, with the weekday beside it.
func (d *document) rowDay(no int, c columns, row []string) (*dayLine, bool) {
	cell := get(row, c.date)
	at, ok := d.dayLineIn(cell, no)
	if !ok || at.rest != "" {
		return nil, false
	}
	at.says = "“" + cut(cell) + "” in the column “" + cut(c.names[c.date]) + "”"
	if at.day.kind == yearlessDay && c.year != 0 {
		at.day.kind, at.day.year = wholeDay, c.year
	}
	if beside := get(row, c.day); isWeekday(beside) {
		at.day.hasWeekday, at.day.weekday = true, weekdayNames[bareWord(beside)]
		at.says += " and “" + cut(beside) + "” beside it"
	}
	return &at, true
}

// besideTime keeps what stands in the cell of a time beside the time.
func (e *draft) besideTime(text string) {
	text = strings.Trim(text, "()[]*_. ")
	switch strings.ToLower(text) {
	case "":
	case "approx", "approximately", "approximate", "about", "est", "estimated":
		e.mark.about = true
	default:
		e.lines = append([]string{cellText(text), ""}, e.lines...)
	}
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

func (d *document) isTimeCell(cell string) bool {
	_, ok := readHead(cell, d.cellManner())
	return ok
}
