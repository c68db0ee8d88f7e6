package kit

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// rowStrip is the long strip inside Rows of which a window is seen. It knows the
// height of every row: measured for those that were in view, guessed for the rest.
type rowStrip struct {
	widget.BaseWidget

	rows    *Rows
	width   float32
	heights []float32 // as last measured; 0 for a row that was never in view
	known   []bool    // whether the height still holds
	tops    []float32 // tops[i] is where row i begins; one more for the end
	guess   float32

	live      map[int]*rowCell
	spare     map[bool][]*rowCell // by header or not
	anchorID  string
	anchorOff float32
	busy      bool
}

func newRowStrip(rows *Rows) *rowStrip {
	s := &rowStrip{rows: rows, guess: look.Target, live: map[int]*rowCell{}, spare: map[bool][]*rowCell{}}
	s.ExtendBaseWidget(s)
	return s
}

func (s *rowStrip) Children() []fyne.CanvasObject {
	var places []int
	for i := range s.live {
		places = append(places, i)
	}
	sort.Ints(places)
	children := make([]fyne.CanvasObject, 0, len(places))
	for _, i := range places {
		children = append(children, s.live[i])
	}
	return children
}

// anchor remembers which row is at the top of the view.
func (s *rowStrip) anchor() {
	s.anchorID = ""
	if i := s.at(s.offset()); s.offset() > 0 && i < len(s.rows.items) && i < len(s.tops) {
		s.anchorID, s.anchorOff = s.rows.items[i].ID, s.offset()-s.tops[i]
	}
}

// replace drops all drawn rows, because the items are others now. The heights that
// were measured go over to the same items as guesses, so that the view stays put.
func (s *rowStrip) replace(before map[string]int) {
	s.release(func(int) bool { return true })
	heights := make([]float32, len(s.rows.items))
	for i, item := range s.rows.items {
		if old, ok := before[item.ID]; ok {
			heights[i] = s.heights[old]
		}
	}
	s.heights = heights
	s.known = make([]bool, len(s.rows.items))
	s.sum()
	if i, ok := s.rows.index[s.anchorID]; ok && s.anchorID != "" {
		s.rows.scroll.Offset.Y = s.tops[i] + s.anchorOff
	}
	s.rows.scroll.Offset.Y = min(s.rows.scroll.Offset.Y, s.furthest())
}

func (s *rowStrip) setWidth(width float32) {
	if width != s.width {
		s.width = width
		clear(s.known)
	}
}

func (s *rowStrip) sum() {
	s.tops = append(s.tops[:0], 0)
	for i, height := range s.heights {
		if height == 0 {
			height = s.guess
		}
		s.tops = append(s.tops, s.tops[i]+height)
	}
}

func (s *rowStrip) total() float32 {
	if len(s.tops) == 0 {
		return 0
	}
	return s.tops[len(s.tops)-1]
}

func (s *rowStrip) offset() float32   { return s.rows.scroll.Offset.Y }
func (s *rowStrip) view() float32     { return s.rows.Size().Height }
func (s *rowStrip) furthest() float32 { return max(0, s.total()-s.view()) }

// at is the row that lies at a height of the strip.
func (s *rowStrip) at(y float32) int {
	return max(0, sort.Search(len(s.tops), func(i int) bool { return s.tops[i] > y })-1)
}

// arrange puts rows where the view is, measures the ones that are new to it, and
// keeps the first row in view where it is while heights become known.
func (s *rowStrip) arrange() {
	if s.busy || s.width <= 0 || s.view() <= 0 || len(s.tops) != len(s.rows.items)+1 {
		return
	}
	s.busy = true
	defer func() { s.busy = false }()

	for range 8 { // measuring may bring further rows into view; it settles at once
		first := s.at(s.offset())
		into := s.offset() - s.tops[first]
		if !s.measure(first) {
			break
		}
		s.sum()
		s.rows.scroll.Offset.Y = min(s.tops[first]+into, s.furthest())
	}
	first, last := s.at(s.offset()), s.at(s.offset()+s.view())
	s.release(func(i int) bool { return i < first || i > last })
	for i := first; i <= last && i < len(s.rows.items); i++ {
		cell := s.cell(i)
		cell.Move(fyne.NewPos(0, s.tops[i]))
		cell.Resize(fyne.NewSize(s.width, s.heights[i]))
	}
	s.Resize(fyne.NewSize(s.width, max(s.total(), s.view())))
	s.rows.scroll.Refresh()
	canvas.Refresh(s)
}

// know measures a row, if it is not known, and reports whether its height changed.
func (s *rowStrip) know(i int) bool {
	if s.known[i] {
		return false
	}
	before := s.heights[i]
	s.heights[i] = max(look.RowHeight, HeightFor(s.cell(i).content, s.width))
	s.known[i] = true
	return s.heights[i] != before
}

// measure knows the rows in view and reports whether any height changed.
func (s *rowStrip) measure(first int) bool {
	found := false
	for i, y := first, s.tops[first]; i < len(s.rows.items) && y <= s.offset()+s.view(); i++ {
		found = s.know(i) || found
		y += s.heights[i]
	}
	return found
}

// cell gives the drawn row of an item, a used one where there is one.
func (s *rowStrip) cell(i int) *rowCell {
	if cell, ok := s.live[i]; ok {
		return cell
	}
	item := s.rows.items[i]
	spare := s.spare[item.Header]
	var cell *rowCell
	if n := len(spare); n > 0 {
		cell = spare[n-1]
		s.spare[item.Header] = spare[:n-1]
	} else {
		cell = newRowCell(s.rows, item.Header)
	}
	cell.show(item.ID)
	s.live[i] = cell
	return cell
}

func (s *rowStrip) release(gone func(i int) bool) {
	for i, cell := range s.live {
		if gone(i) {
			delete(s.live, i)
			s.spare[cell.isHeader] = append(s.spare[cell.isHeader], cell)
		}
	}
}

// remeasure draws a changed row again.
func (s *rowStrip) remeasure(i int) {
	s.known[i] = false
	if cell, ok := s.live[i]; ok {
		cell.show(s.rows.items[i].ID)
	}
	s.arrange()
}

// redraw draws all rows in view again, for new colours, sizes or items.
func (s *rowStrip) redraw() {
	clear(s.known)
	s.spare = map[bool][]*rowCell{}
	for i, cell := range s.live {
		cell.show(s.rows.items[i].ID)
	}
	s.arrange()
}

// mark draws selection and ring again.
func (s *rowStrip) mark() {
	for _, cell := range s.live {
		cell.Refresh()
	}
}

func (s *rowStrip) scrollTo(offset float32) {
	s.rows.scroll.Offset.Y = min(max(0, offset), s.furthest())
	s.arrange()
}

// reveal scrolls as little as needed to show a row whole, with the header above it
// when that is the first of the list.
func (s *rowStrip) reveal(i int) {
	for range 3 { // the way there may be of guessed heights
		if s.width > 0 && s.know(i) {
			s.sum()
		}
		top, bottom := s.tops[i], s.tops[i+1]
		if i == 1 && s.rows.items[0].Header {
			top = 0
		}
		switch {
		case top < s.offset():
			s.scrollTo(top)
		case bottom > s.offset()+s.view() && s.view() > 0:
			s.scrollTo(bottom - s.view())
		default:
			return
		}
	}
}

// pageFrom is the row about one view away.
func (s *rowStrip) pageFrom(i, by int) int {
	if len(s.rows.items) == 0 {
		return 0
	}
	i = max(0, i)
	y := s.tops[i] + float32(by)*max(s.view()-look.RowHeight, look.RowHeight)
	return min(max(0, s.at(max(0, y))), len(s.rows.items)-1)
}

func (s *rowStrip) CreateRenderer() fyne.WidgetRenderer { return &rowStripRenderer{strip: s} }

type rowStripRenderer struct{ strip *rowStrip }

func (r *rowStripRenderer) Destroy()                     {}
func (r *rowStripRenderer) Objects() []fyne.CanvasObject { return r.strip.Children() }
func (r *rowStripRenderer) Layout(fyne.Size)             {}
func (r *rowStripRenderer) Refresh()                     {}
func (r *rowStripRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, r.strip.total()) }
