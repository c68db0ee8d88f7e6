package intake

import (
	"html"
	"strings"
)

// htmlRow is a row of a table in HTML, and the line that it begins at.
type htmlRow struct {
	line  int // index
	cells []string
}

// htmlTable reads a table in HTML, as word processors and wikis export them,
// and gives its last line.
func (a *assembler) htmlTable(i int, p *part, named bool) (end int, ok bool) {
	d := a.d
	if l := &d.lines[i]; a.noTable == a.at+1 || !hasPrefixFold(l.body, "<table") {
		return i, false
	}
	end = i
	for end < p.last && !strings.Contains(strings.ToLower(d.lines[end].body), "</table") {
		if d.lines[end].kind == headLine || d.lines[end].kind == codeLine {
			return i, false
		}
		end++
	}
	if end == p.last {
		a.noTable = a.at + 1 // nor does any other end in this part
		return i, false
	}
	rows := d.htmlRows(i, end)
	if len(rows) < 2 {
		return i, false
	}
	cells := make([][]string, 0, len(rows)-1)
	for _, r := range rows[1:] {
		cells = append(cells, r.cells)
	}
	if len(rows[0].cells) > widestTable {
		return i, false
	}
	c := d.columnsOf(rows[0].cells, cells, true)
	if c.time < 0 || !named && !d.timesIn(c.time, cells) {
		return i, false
	}
	a.open = nil
	a.htmlEntries(c, rows[1:], end)
	for ; i <= end; i++ {
		d.frame(i)
	}
	return end, true
}

// htmlEntries makes entries of the rows behind the first.
func (a *assembler) htmlEntries(c columns, rows []htmlRow, end int) {
	d := a.d
	var day *dayLine
	for n, r := range rows {
		last := end
		if n+1 < len(rows) {
			last = max(r.line, rows[n+1].line-1)
		}
		e, why := d.rowDraft(d.lines[r.line].no, c, r.cells, &day)
		if e == nil {
			for i := r.line; i <= last; i++ {
				if d.htmlWords(i) {
					d.leave(i, why)
				}
			}
			continue
		}
		for i := r.line; i <= last; i++ {
			if strings.Contains(d.lines[i].raw, e.mark.typed) {
				e.line = d.lines[i].no
				break
			}
		}
		if e.day == nil {
			e.day = a.day
		}
		if e.zone == nil {
			e.zone = a.zone
		}
		d.drafts = append(d.drafts, e)
	}
}

// htmlWords says whether a line holds more than tags.
func (d *document) htmlWords(i int) bool { return strings.TrimSpace(untagged(d.lines[i].body)) != "" }

// htmlRows cuts the lines of a table into rows and cells.
func (d *document) htmlRows(first, last int) []htmlRow {
	var rows []htmlRow
	var cell strings.Builder
	open := false // within a cell
	shut := func() {
		if n := len(rows); open && n > 0 {
			rows[n-1].cells = append(rows[n-1].cells, untagged(cell.String()))
		}
		cell.Reset()
		open = false
	}
	for i := first; i <= last; i++ {
		for rest := d.lines[i].body; rest != ""; {
			tag := strings.IndexByte(rest, '<')
			if tag < 0 {
				cell.WriteString(rest)
				break
			}
			cell.WriteString(rest[:tag])
			rest = rest[tag:]
			end := strings.IndexByte(rest, '>') + 1
			if end == 0 {
				end = len(rest)
			}
			switch tagName(rest[:end]) {
			case "tr":
				shut()
				rows = append(rows, htmlRow{line: i})
			case "td", "th":
				shut()
				open = true
			case "/td", "/th", "/tr":
				shut()
			default:
				cell.WriteString(rest[:end])
			}
			rest = rest[end:]
		}
		cell.WriteByte('\n')
	}
	shut()
	return rows
}

// tagName is the name of a tag in small letters: "td", "/td".
func tagName(tag string) string {
	tag = strings.ToLower(strings.Trim(tag, "<>"))
	if end := strings.IndexAny(tag, " \t\n"); end > 0 {
		tag = tag[:end]
	}
	return tag
}

// untagged is a cell without its tags; a line break stays one, and where a
// link goes stays beside it.
func untagged(cell string) string {
	var out strings.Builder
	for {
		before, after, ok := strings.Cut(cell, "<")
		out.WriteString(before)
		if !ok {
			break
		}
		tag, rest, _ := strings.Cut(after, ">")
		switch tagName(tag) {
		case "br", "br/", "/p", "/li", "/div":
			out.WriteByte('\n')
		case "a":
			if _, address, ok := strings.Cut(tag, `href="`); ok {
				address, _, _ = strings.Cut(address, `"`)
				out.WriteString("<" + address + "> ")
			}
		}
		cell = rest
	}
	return strings.TrimSpace(html.UnescapeString(out.String()))
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}
