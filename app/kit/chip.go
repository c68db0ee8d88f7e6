package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// ChipLook is how a chip looks: a shape, a fill and the colour on it. Without a
// fill the chip is an outline.
type ChipLook struct {
	Icon  string
	Fill  fyne.ThemeColorName
	Label fyne.ThemeColorName
}

// Chip says a state by word, shape and colour, never by colour alone.
type Chip struct {
	widget.BaseWidget

	word  string
	look  ChipLook
	large bool
}

// NewChip makes a chip.
func NewChip(word string, how ChipLook) *Chip {
	c := &Chip{word: clean(word), look: how}
	c.ExtendBaseWidget(c)
	return c
}

// Large makes the chip for the header: sub-heading size.
func (c *Chip) Large() *Chip { c.large = true; return c }

// Word is what the chip says.
func (c *Chip) Word() string { return c.word }

// Set changes word and look.
func (c *Chip) Set(word string, how ChipLook) {
	if word = clean(word); word != c.word || how != c.look {
		c.word, c.look = word, how
		c.Refresh()
	}
}

// Baseline is that of the word.
func (c *Chip) Baseline() float32 {
	size := theme.SizeNameCaptionText
	if c.large {
		size = theme.SizeNameSubHeadingText
	}
	_, baseline := fyne.CurrentApp().Driver().RenderedTextSize("M", look.SizeFor(c, size), fyne.TextStyle{Bold: true}, nil)
	return baseline + look.Space1/2
}

// AccessibilityLabel is the word.
func (c *Chip) AccessibilityLabel() string { return c.word }

// AccessibilityRole says that this is text.
func (c *Chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{chip: c, box: canvas.NewRectangle(color.Transparent), icon: NewIcon("").Edge(14), word: NewText("").Bold()}
	r.Refresh()
	return r
}

type chipRenderer struct {
	chip *Chip
	box  *canvas.Rectangle
	icon *Icon
	word *Text
}

func (r *chipRenderer) Destroy() {}

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.icon, r.word}
}

func (r *chipRenderer) iconRoom() float32 {
	if r.chip.look.Icon == "" {
		return 0
	}
	return r.icon.MinSize().Width + look.Space1 + 2
}

func (r *chipRenderer) MinSize() fyne.Size {
	word := r.word.MinSize()
	return fyne.NewSize(word.Width+r.iconRoom()+2*look.Space2, word.Height+look.Space1)
}

func (r *chipRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	icon, word := r.icon.MinSize(), r.word.MinSize()
	x := (size.Width - word.Width - r.iconRoom()) / 2
	r.icon.Move(fyne.NewPos(x, (size.Height-icon.Height)/2))
	r.icon.Resize(icon)
	r.word.Move(fyne.NewPos(x+r.iconRoom(), (size.Height-word.Height)/2))
	r.word.Resize(word)
}

func (r *chipRenderer) Refresh() {
	c := r.chip
	label := c.look.Label
	if label == "" {
		label = look.Text
	}
	r.box.CornerRadius = look.ChipCorner
	if c.look.Fill == "" {
		r.box.FillColor = color.Transparent
		r.box.StrokeColor, r.box.StrokeWidth = look.For(c, look.Border), 1
	} else {
		r.box.FillColor = look.For(c, c.look.Fill)
		r.box.StrokeWidth = 0
	}
	r.word.size = theme.SizeNameCaptionText
	r.icon.Edge(13)
	if c.large {
		r.word.size = theme.SizeNameSubHeadingText
		r.icon.Edge(17)
	}
	r.word.text, r.word.role = c.word, label
	r.icon.Hidden = c.look.Icon == ""
	r.icon.name, r.icon.role = c.look.Icon, label
	refreshAll(r.icon, r.word)
	r.box.Refresh()
	r.Layout(c.Size())
	canvas.Refresh(c)
}
