package preview

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

const (
	cellPadX float32 = 10
	cellPadY float32 = 5
	// thinnest is the least room for the text of a column, in body sizes. A
	// table with more columns than fit scrolls sideways.
	thinnest = 3.2
)

// row draws one row of a table: a strong rule under the head, hairlines between
// the rows, no boxes.
func (p *page) row(x, y, width float32) float32 {
	widths := p.columns(width)
	var sum float32
	for _, w := range widths {
		sum += w
	}
	inner := page{ink: p.ink, onLink: p.onLink, toNote: p.toNote, block: p.block}
	height := inner.cells(widths)
	rule := p.line
	if p.block.Part&First != 0 {
		rule = p.border
	}
	if sum > width+0.5 {
		inner.rect(rule, 0, height, sum, p.hair())
		content := container.NewWithoutLayout(inner.objects...)
		return p.scrolls(p.block.Table.Group, content, fyne.NewSize(sum, height+p.hair()), x, y, width)
	}
	p.place(container.NewWithoutLayout(inner.objects...), x, y, sum, height)
	p.rect(rule, x, y+height, sum, p.hair())
	return y + height + p.hair()
}

// cells draws the texts of the row and gives its height.
func (p *page) cells(widths []float32) float32 {
	height := p.pitch() + 2*cellPadY
	var x float32
	for i, width := range widths {
		if i < len(p.block.Cells) {
			s := setting{size: p.base, pitch: p.pitch() * 0.95, colour: p.text, align: p.block.Table.Columns[i].Align}
			pad := cellPadX
			if i == 0 {
				pad = 0 // the first column stands on the edge of the text
			}
			bottom := p.spans(p.block.Cells[i], x+pad, cellPadY, width-pad-cellPadX, s)
			height = max(height, bottom+cellPadY)
		}
		x += width
	}
	return height
}

// columns shares width between the columns. What fits keeps its natural width;
// what does not gives the narrow columns theirs and divides the rest.
func (p *page) columns(width float32) []float32 {
	table := p.block.Table
	natural := make([]float32, len(table.Columns))
	least := make([]float32, len(table.Columns))
	for i, column := range table.Columns {
		pads := 2 * cellPadX
		if i == 0 {
			pads = cellPadX
		}
		natural[i] = max(p.natural(column.Widest), p.base*thinnest*0.6) + pads
		word := p.natural([]Span{column.Word})
		least[i] = min(natural[i], min(max(word, p.base*thinnest), width*0.4)+pads)
	}
	return share(natural, least, width)
}

// natural is how wide a cell would be on one line.
func (p *page) natural(spans []Span) float32 {
	var sum float32
	for _, span := range spans {
		if len(span.Text) > mostOnLine {
			span.Text = span.Text[:runeStart(span.Text, mostOnLine)]
		}
		sum += p.faceOf(span.Style, p.base, false).width(span.Text)
		if span.Style&Mono != 0 {
			sum += 2 * chipPad
		}
	}
	// A little more, for the widest cell is only guessed to be the widest.
	return sum*1.02 + 2
}

// share gives every column at least least, and fills from there towards natural,
// the ones that need little first.
func share(natural, least []float32, width float32) []float32 {
	out := append([]float32(nil), least...)
	spare := width
	for _, w := range least {
		spare -= w
	}
	if spare <= 0 {
		return out
	}
	order := make([]int, len(natural))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		return natural[order[a]]-least[order[a]] < natural[order[b]]-least[order[b]]
	})
	for n, i := range order {
		give := min(natural[i]-least[i], spare/float32(len(order)-n))
		out[i] += give
		spare -= give
	}
	return out
}
