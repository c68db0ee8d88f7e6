package cli

import (
	"strings"
	"unicode/utf8"
)

// column is where the second column of a page begins.
const column = 12

// table prints rows in columns as wide as they need to be; the last one is
// shortened to the width of the page.
func (r *run) table(rows [][]string) {
	if len(rows) == 0 {
		return
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i := range row {
			row[i] = oneLine(row[i])
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		at := 0
		for i, cell := range row {
			if i == len(row)-1 {
				b.WriteString(fit(cell, max(width-at, 10)))
				break
			}
			b.WriteString(pad(cell, widths[i]+2))
			at += widths[i] + 2
		}
		r.line("%s", strings.TrimRight(b.String(), " "))
	}
}
