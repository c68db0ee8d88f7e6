package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"firebreak/workflow"
)

// delimiterOf is the sign that cuts most lines into the same number of fields.
func delimiterOf(lines []string) (delimiter rune, columns int) {
	best := 0
	for _, sign := range []rune{'\t', ';', ','} {
		counts := map[int]int{}
		for _, text := range firstOf(lines, 20) {
			if strings.TrimSpace(text) != "" {
				counts[fieldsIn(text, sign)]++
			}
		}
		for n, lines := range counts {
			if score := lines*100 + min(n, 20); n > 1 && (score > best || score == best && n > columns) {
				best, delimiter, columns = score, sign, n
			}
		}
	}
	return delimiter, columns
}

// fieldsIn counts the fields of a line; a sign within quotes is none.
func fieldsIn(text string, sign rune) int {
	n, quoted := 1, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == sign && !quoted:
			n++
		}
	}
	return n
}

// readCSV reads a table of values, with a line of names on top or without.
func (d *document) readCSV(text string) {
	raws := splitLines(text)
	d.lines = plainLines(raws)
	d.findOrigin()
	if !strings.HasPrefix(d.origin.says, "the file's name") {
		d.origin = docDay{}
	}
	rows, at := d.records(raws)
	if len(rows) == 0 {
		return
	}
	names := rows[0]
	if isOwnHeader(names) {
		d.ownRows(rows[1:], at[1:])
		return
	}
	c := d.columnsOf(names, rows[1:], true)
	headed := c.time >= 0 && roleOf(names[c.time]) != ""
	if h, ok := readHead(get(names, c.time), d.cellManner()); ok && h.mark.day.kind != untoldDay {
		headed = false
	}
	if headed || c.time >= 0 && !d.isTimeCell(names[c.time]) && !isEpoch(names[c.time]) {
		rows, at = rows[1:], at[1:]
	} else {
		names = make([]string, len(rows[0]))
		c = d.columnsOf(names, rows, true)
		c.text = longestColumn(rows, c.time)
	}
	d.csvRows(c, rows, at)
}

func get(fields []string, i int) string {
	if i < 0 || i >= len(fields) {
		return ""
	}
	return fields[i]
}

func (d *document) csvRows(c columns, rows [][]string, at []int) {
	var day *dayLine
	for i, row := range rows {
		raw := d.between(at[i]-1, d.recordEnd(at, i))
		if t, ok := sinceEpoch(get(row, c.time)); ok {
			e := &draft{line: at[i], who: get(row, c.who)}
			used := make([]bool, len(row))
			for _, n := range []int{c.time, c.who} {
				if n >= 0 && n < len(row) {
					used[n] = true
				}
			}
			e.lines = []string{c.rowText(row, used)}
			e.at(t, get(row, c.time))
			d.drafts = append(d.drafts, e)
			continue
		}
		e, why := d.rowDraft(at[i], c, row, &day)
		if e == nil {
			d.rest = append(d.rest, workflow.Unread{Line: at[i], Text: clean(raw), Why: why})
			continue
		}
		d.drafts = append(d.drafts, e)
	}
}

// recordEnd is the line behind a record, which may take several.
func (d *document) recordEnd(at []int, i int) int {
	if i+1 < len(at) {
		return at[i+1] - 1
	}
	return len(d.lines)
}

// records reads the rows and the lines that they begin at. What the reader
// stumbles over is left, and the rest read on.
func (d *document) records(raws []string) (rows [][]string, at []int) {
	delimiter, _ := delimiterOf(raws)
	if delimiter == 0 {
		delimiter = ','
	}
	r := csv.NewReader(strings.NewReader(strings.Join(raws, "\n")))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = delimiter, -1, true
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, at
		}
		if err != nil {
			last := len(d.lines)
			if n := len(at); n > 0 {
				last = at[n-1]
			}
			d.rest = append(d.rest, workflow.Unread{Line: min(last+1, len(d.lines)), Text: clean(d.between(min(last, len(d.lines)), len(d.lines))), Why: err.Error()})
			return rows, at
		}
		line, _ := r.FieldPos(0)
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		rows, at = append(rows, row), append(at, line)
	}
}

func isEpoch(text string) bool {
	_, ok := sinceEpoch(text)
	return ok
}

// longestColumn is the column with the most words, for tables without names.
func longestColumn(rows [][]string, time int) int {
	sizes := map[int]int{}
	best := -1
	for _, row := range rows[:min(len(rows), 50)] {
		for i, cell := range row {
			if sizes[i] += len(cell); i != time && (best < 0 || sizes[i] > sizes[best]) {
				best = i
			}
		}
	}
	return best
}
