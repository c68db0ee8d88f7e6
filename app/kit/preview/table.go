package preview

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

func (w *walk) table(n *east.Table) {
	table := &Table{Columns: make([]Column, len(n.Alignments))}
	for i, align := range n.Alignments {
		table.Columns[i].Align = alignOf(align)
	}
	var rows [][][]Span
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, heads := row.(*east.TableHeader)
		cells := w.cells(row, len(table.Columns), heads)
		table.take(cells)
		rows = append(rows, cells)
	}
	table.Group = w.group()
	lead := leadParagraph
	for i, cells := range rows {
		w.put(Block{Kind: Row, Cells: cells, Table: table, Part: partOf(i, len(rows)), Lead: lead})
		lead = leadNone
	}
}

func alignOf(a east.Alignment) Align {
	switch a {
	case east.AlignRight:
		return AlignRight
	case east.AlignCenter:
		return AlignCentre
	}
	return AlignLeft
}

func (w *walk) cells(row ast.Node, columns int, heads bool) [][]Span {
	cells := make([][]Span, 0, columns)
	for cell := row.FirstChild(); cell != nil && len(cells) < columns; cell = cell.NextSibling() {
		spans := spansOf(cell, w.source)
		if heads {
			for i := range spans {
				spans[i].Style |= Bold
			}
		}
		cells = append(cells, spans)
	}
	return cells
}

// take remembers the cells that will need most room.
func (t *Table) take(cells [][]Span) {
	for i, cell := range cells {
		column := &t.Columns[i]
		if weight(cell...) > weight(column.Widest...) {
			column.Widest = cell
		}
		for _, span := range cell {
			for _, word := range strings.Fields(span.Text) {
				if word := (Span{Text: word, Style: span.Style}); weight(word) > weight(column.Word) {
					column.Word = word
				}
			}
		}
	}
}

// weight guesses how wide text is, in hundredths of a usual letter, without
// asking a screen.
func weight(spans ...Span) int {
	sum := 0
	for _, span := range spans {
		one := 0
		for _, r := range span.Text {
			switch {
			case span.Style&Mono != 0:
				one += 115
			case strings.ContainsRune("iljtfrI.,:;'|!()[] ", r):
				one += 58
			case r >= 0x2e80:
				one += 180
			case unicode.IsUpper(r) || strings.ContainsRune("mw@%", r):
				one += 130
			default:
				one += 105
			}
		}
		if span.Style&Bold != 0 {
			one += one / 15
		}
		sum += one
	}
	return sum
}
