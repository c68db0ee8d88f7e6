package kit

import (
	"image/color"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// outputSheet is the long sheet inside an Output, of which the rows in sight
// are drawn.
type outputSheet struct {
	widget.BaseWidget

	output *Output
}

var (
	_ fyne.Draggable     = (*outputSheet)(nil)
	_ desktop.Mouseable  = (*outputSheet)(nil)
	_ desktop.Cursorable = (*outputSheet)(nil)
)

// lineAt is the line that lies at a height.
func (s *outputSheet) lineAt(y float32) int {
	o := s.output
	row := int((y - look.Space2) / o.lineHeight())
	return min(max(0, sort.SearchInts(o.tops, row+1)-1), len(o.lines)-1)
}

// MouseDown takes the focus and begins to choose.
func (s *outputSheet) MouseDown(e *desktop.MouseEvent) {
	Focus(s.output)
	switch {
	case e.Button != desktop.MouseButtonPrimary || len(s.output.lines) == 0:
	case e.Modifier&fyne.KeyModifierShift != 0 && s.output.from >= 0:
		s.output.choose(s.output.from, s.lineAt(e.Position.Y))
	default:
		s.output.choose(-1, s.lineAt(e.Position.Y))
	}
}

// MouseUp ends it.
func (s *outputSheet) MouseUp(*desktop.MouseEvent) {}

// Dragged chooses lines up to the pointer.
func (s *outputSheet) Dragged(e *fyne.DragEvent) {
	o := s.output
	if len(o.lines) == 0 {
		return
	}
	from := o.from
	if from < 0 {
		from = max(0, min(o.to, len(o.lines)-1))
	}
	o.choose(from, s.lineAt(e.Position.Y))
}

// DragEnd keeps what is chosen.
func (s *outputSheet) DragEnd() {}

// Cursor shows that text can be chosen.
func (s *outputSheet) Cursor() desktop.Cursor { return desktop.TextCursor }

func (s *outputSheet) CreateRenderer() fyne.WidgetRenderer {
	r := &outputSheetRenderer{sheet: s, chosen: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type outputSheetRenderer struct {
	sheet  *outputSheet
	chosen *canvas.Rectangle
	texts  []*canvas.Text
	shown  int
}

func (r *outputSheetRenderer) Destroy()         {}
func (r *outputSheetRenderer) Layout(fyne.Size) { r.Refresh() }

func (r *outputSheetRenderer) MinSize() fyne.Size {
	o := r.sheet.output
	return fyne.NewSize(0, float32(o.rows())*o.lineHeight()+2*look.Space2)
}

func (r *outputSheetRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.chosen}
	for _, text := range r.texts[:r.shown] {
		out = append(out, text)
	}
	return out
}

// Refresh draws the rows that are in sight.
func (r *outputSheetRenderer) Refresh() {
	o := r.sheet.output
	height, view := o.lineHeight(), o.scroll.Size().Height
	r.shown = 0
	r.choose(height)
	if len(o.lines) == 0 {
		r.draw(o.empty, 0, height, look.For(o, look.Muted))
		canvas.Refresh(r.sheet)
		return
	}
	first := int(max(0, o.scroll.Offset.Y-look.Space2) / height)
	last := int((o.scroll.Offset.Y + view) / height)
	colour := look.For(o, look.Text)
	for i := max(0, sort.SearchInts(o.tops, first+1)-1); i < len(o.lines) && o.tops[i] <= last; i++ {
		line := []rune(o.lines[i])
		for row := o.tops[i]; row < o.tops[i+1]; row++ {
			part := line[:min(len(line), o.columns)]
			line = line[len(part):]
			if row >= first && row <= last {
				r.draw(string(part), row, height, colour)
			}
		}
	}
	canvas.Refresh(r.sheet)
}

func (r *outputSheetRenderer) choose(height float32) {
	o := r.sheet.output
	r.chosen.Hidden = o.from < 0 || len(o.lines) == 0
	if r.chosen.Hidden {
		return
	}
	last := len(o.lines) - 1
	from, to := min(o.from, o.to, last), min(max(o.from, o.to), last)
	r.chosen.FillColor = look.For(o, look.Selected)
	r.chosen.Move(fyne.NewPos(0, look.Space2+float32(o.tops[from])*height))
	r.chosen.Resize(fyne.NewSize(r.sheet.Size().Width, float32(o.tops[to+1]-o.tops[from])*height))
}

func (r *outputSheetRenderer) draw(text string, row int, height float32, colour color.Color) {
	if r.shown == len(r.texts) {
		r.texts = append(r.texts, canvas.NewText("", color.Transparent))
	}
	t := r.texts[r.shown]
	r.shown++
	t.Text, t.Color, t.TextSize, t.TextStyle = text, colour, look.SizeFor(r.sheet.output, look.SizeMono), fyne.TextStyle{Monospace: true}
	t.Move(fyne.NewPos(look.Space3, look.Space2+float32(row)*height))
	t.Resize(fyne.NewSize(r.sheet.Size().Width-2*look.Space3, height))
	t.Refresh()
}
