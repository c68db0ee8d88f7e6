package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// rowCell is one drawn row of Rows: the fill, a mark at the left that tells a
// selected row without colour, the content, and the ring.
type rowCell struct {
	widget.BaseWidget

	rows     *Rows
	id       string
	isHeader bool
	content  fyne.CanvasObject
	hovered  bool
}

func newRowCell(rows *Rows, header bool) *rowCell {
	c := &rowCell{rows: rows, isHeader: header}
	if header {
		c.content = rows.header()
	} else {
		c.content = rows.create()
	}
	c.ExtendBaseWidget(c)
	return c
}

// show makes the cell the row of an item; nothing of the item before may stay.
func (c *rowCell) show(id string) {
	c.id, c.hovered = id, false
	if c.isHeader {
		c.rows.heading(id, c.content)
	} else {
		c.rows.update(id, c.content)
	}
	c.Refresh()
}

func (c *rowCell) Tapped(*fyne.PointEvent) {
	if !c.isHeader {
		c.rows.tapped(c.id)
	}
}

func (c *rowCell) MouseIn(*desktop.MouseEvent)    { c.hovered = !c.isHeader; c.Refresh() }
func (c *rowCell) MouseMoved(*desktop.MouseEvent) {}
func (c *rowCell) MouseOut()                      { c.hovered = false; c.Refresh() }
func (c *rowCell) Children() []fyne.CanvasObject  { return []fyne.CanvasObject{c.content} }

func (c *rowCell) CreateRenderer() fyne.WidgetRenderer {
	r := &rowCellRenderer{
		cell: c, ring: canvas.NewRectangle(color.Transparent), fill: canvas.NewRectangle(color.Transparent),
		mark: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent),
	}
	r.Refresh()
	return r
}

type rowCellRenderer struct {
	cell       *rowCell
	ring, fill *canvas.Rectangle
	mark, line *canvas.Rectangle
}

func (r *rowCellRenderer) Destroy() {}

func (r *rowCellRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.fill, r.line, r.mark, r.cell.content}
}

func (r *rowCellRenderer) MinSize() fyne.Size { return r.cell.content.MinSize() }

func (r *rowCellRenderer) Layout(size fyne.Size) {
	// The ring of a row is a frame inside the edge: a list clips what lies outside.
	r.ring.Resize(size)
	frame := float32(0)
	if !r.ring.Hidden {
		frame = look.RingWidth
	}
	r.fill.Move(fyne.NewPos(frame, frame))
	r.fill.Resize(size.SubtractWidthHeight(2*frame, 2*frame))
	r.mark.Move(fyne.NewPos(frame, frame+look.Space1))
	r.mark.Resize(fyne.NewSize(3, max(0, size.Height-2*frame-2*look.Space1)))
	r.line.Move(fyne.NewPos(0, size.Height-1))
	r.line.Resize(fyne.NewSize(size.Width, 1))
	height := min(size.Height, HeightFor(r.cell.content, size.Width))
	r.cell.content.Move(fyne.NewPos(0, (size.Height-height)/2))
	r.cell.content.Resize(fyne.NewSize(size.Width, height))
}

func (r *rowCellRenderer) Refresh() {
	c := r.cell
	selected := c.id != "" && c.id == c.rows.selected
	r.ring.FillColor, r.ring.CornerRadius = look.For(c, look.Ring), look.Corner
	r.ring.Hidden = !selected || !c.rows.focused
	fill := color.Color(color.Transparent)
	switch {
	case selected:
		fill = look.For(c, look.Selected)
	case c.hovered:
		fill = look.For(c, look.Veil)
	}
	r.fill.FillColor, r.fill.CornerRadius = fill, look.ChipCorner
	r.mark.FillColor, r.mark.CornerRadius, r.mark.Hidden = look.For(c, look.Primary), 1.5, !selected
	r.line.FillColor, r.line.Hidden = look.For(c, look.Line), selected
	c.content.Refresh()
	r.Layout(c.Size())
	canvas.Refresh(c)
}
