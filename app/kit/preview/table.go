package preview

import (
	"strings"
	"unicode/utf8"

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
	table.Group = w.group(table.fingerprint())
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
		if characters(cell) > characters(column.Widest) {
			column.Widest = cell
		}
		for _, span := range cell {
			for _, word := range strings.Fields(span.Text) {
				if utf8.RuneCountInString(word) > utf8.RuneCountInString(column.Word.Text) {
					column.Word = Span{Text: word, Style: span.Style}
				}
			}
		}
	}
}

func characters(spans []Span) int {
	n := 0
	for _, span := range spans {
		n += utf8.RuneCountInString(span.Text)
	}
	return n
}
