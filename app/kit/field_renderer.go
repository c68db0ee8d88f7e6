package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/look"
)

// labelGap keeps a label clear of the focus ring beneath it.
const labelGap = look.Space1 + 2

// fitRows lets a long field grow with its text, between its least and most lines.
func (f *Field) fitRows() {
	if f.most == 0 {
		return
	}
	inner := f.Size().Width - 4*look.Space2
	size := look.SizeFor(f, theme.SizeNameText)
	rows := len(wrapLines(f.entry.Text, inner, func(s string) float32 {
		return fyne.MeasureText(s, size, f.entry.TextStyle).Width
	}))
	rows = min(max(f.least, rows), f.most)
	before := f.entry.MinSize().Height
	f.entry.SetMinRowsVisible(rows)
	if f.entry.MinSize().Height != before {
		f.Refresh()
	}
}

// HeightForWidth counts the label, the text and the wrapped line beneath.
func (f *Field) HeightForWidth(width float32) float32 {
	height := f.entry.MinSize().Height
	if f.label.Text() != "" {
		height += f.label.lineHeight() + labelGap
	}
	if line, indent := f.lineBeneath(); line != "" {
		f.help.SetText(line)
		height += labelGap + f.help.HeightForWidth(width-indent)
	}
	return height
}

// lineBeneath is the error or else the help, and how far the sign indents it.
func (f *Field) lineBeneath() (line string, indent float32) {
	if f.problem != "" {
		return f.problem, f.sign.MinSize().Width + look.Space1
	}
	return f.hint, 0
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldRenderer{field: f, ring: NewRing()}
	r.Refresh()
	return r
}

type fieldRenderer struct {
	field     *Field
	ring      Ring
	lastWidth float32
}

func (r *fieldRenderer) Destroy() {}

func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	f := r.field
	return []fyne.CanvasObject{f.label, f.entry, f.sign, f.help, r.ring.Object()}
}

func (r *fieldRenderer) MinSize() fyne.Size {
	width := r.field.entry.MinSize().Width
	if r.lastWidth > 0 {
		return fyne.NewSize(width, r.field.HeightForWidth(r.lastWidth))
	}
	return fyne.NewSize(width, r.field.HeightForWidth(width))
}

func (r *fieldRenderer) Layout(size fyne.Size) {
	f := r.field
	r.lastWidth = size.Width
	y := float32(0)
	f.label.Hidden = f.label.Text() == ""
	if !f.label.Hidden {
		f.label.Resize(fyne.NewSize(size.Width, f.label.lineHeight()))
		y = f.label.lineHeight() + labelGap
	}
	line, indent := f.lineBeneath()
	beneath := float32(0)
	if line != "" {
		beneath = labelGap + f.help.HeightForWidth(size.Width-indent)
	}
	height := f.entry.MinSize().Height
	if f.most > 0 { // a long field takes what height there is
		height = max(height, size.Height-y-beneath)
	}
	f.entry.Move(fyne.NewPos(0, y))
	f.entry.Resize(fyne.NewSize(size.Width, height))
	r.ring.Around(f.entry.Position(), f.entry.Size())
	y += height + labelGap
	f.help.Move(fyne.NewPos(indent, y))
	f.help.Resize(fyne.NewSize(size.Width-indent, max(0, beneath-labelGap)))
	f.sign.Move(fyne.NewPos(0, y))
	f.sign.Resize(f.sign.MinSize())
}

func (r *fieldRenderer) Refresh() {
	f := r.field
	line, _ := f.lineBeneath()
	role := look.Muted
	if f.problem != "" {
		role = look.ErrorText
	}
	f.help.text, f.help.role = clean(line), role
	f.help.Hidden = line == ""
	f.sign.Hidden = f.problem == ""
	refreshAll(f.label, f.entry, f.sign, f.help)
	r.ring.Show(f, f.focused)
	r.Layout(f.Size())
	canvas.Refresh(f)
}
