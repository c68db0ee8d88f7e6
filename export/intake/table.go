package intake

import "strings"

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
	keep := func(n int) { // what no day that is told elsewhere says
		if n >= 0 && n < len(row) {
			used[n] = false
		}
	}
	if cell == "" && c.date >= 0 {
		cell = use(c.date)
		keep(c.day)
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
		keep(c.date) // the stamp has its own
		keep(c.day)
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

func (d *document) isTimeCell(cell string) bool {
	_, ok := readHead(cell, d.cellManner())
	return ok
}
