package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Text is a label that keeps no colour of its own: role, size and weight are
// looked up again whenever it is refreshed. It has no padding, so that texts
// align with what stands beside them. One line by default; see Wrapped and Cut.
type Text struct {
	widget.BaseWidget

	text  string
	role  fyne.ThemeColorName
	size  fyne.ThemeSizeName
	style fyne.TextStyle
	align fyne.TextAlign
	fit   textFit

	lines     []string
	linesKey  textKey
	lastWidth float32
}

type textFit int

const (
	fitLine textFit = iota
	fitWrap
	fitCut
)

// textKey says what the broken lines were broken for.
type textKey struct {
	text  string
	width float32
	size  float32
	style fyne.TextStyle
	fit   textFit
}

// NewText makes a text in body size and the main text colour.
func NewText(text string) *Text {
	t := &Text{text: clean(text), role: look.Text, size: theme.SizeNameText}
	t.ExtendBaseWidget(t)
	return t
}

// NewCaption makes a small muted text.
func NewCaption(text string) *Text {
	return NewText(text).In(look.Muted).Sized(theme.SizeNameCaptionText)
}

// NewSubheading makes the heading of a part of a screen.
func NewSubheading(text string) *Text {
	return NewText(text).Sized(theme.SizeNameSubHeadingText).Bold()
}

// NewHeading makes the heading of a screen.
func NewHeading(text string) *Text {
	return NewText(text).Sized(theme.SizeNameHeadingText).Bold()
}

// NewMono makes a text in fixed width, for identifiers and times.
func NewMono(text string) *Text {
	t := NewText(text).Sized(look.SizeMono)
	t.style.Monospace = true
	return t
}

// In sets the colour role.
func (t *Text) In(role fyne.ThemeColorName) *Text { t.role = role; return t }

// Sized sets the size role.
func (t *Text) Sized(size fyne.ThemeSizeName) *Text { t.size = size; return t }

// Bold makes the text bold.
func (t *Text) Bold() *Text { t.style.Bold = true; return t }

// Wrapped breaks the text into lines at the width that it gets.
func (t *Text) Wrapped() *Text { t.fit = fitWrap; return t }

// Cut keeps one line and ends it with an ellipsis where the width ends.
func (t *Text) Cut() *Text { t.fit = fitCut; return t }

// Aligned sets where the lines stand in the width.
func (t *Text) Aligned(align fyne.TextAlign) *Text { t.align = align; return t }

// Text gives what is shown, before it was cut or wrapped.
func (t *Text) Text() string { return t.text }

// SetText shows another text.
func (t *Text) SetText(text string) {
	if text = clean(text); text != t.text {
		t.text = text
		t.Refresh()
	}
}

// SetRole shows the text in another colour role.
func (t *Text) SetRole(role fyne.ThemeColorName) {
	if role != t.role {
		t.role = role
		t.Refresh()
	}
}

// SetBold changes the weight.
func (t *Text) SetBold(bold bool) {
	if bold != t.style.Bold {
		t.style.Bold = bold
		t.Refresh()
	}
}

// HeightForWidth is the height of the text when broken at a width.
func (t *Text) HeightForWidth(width float32) float32 {
	return t.lineHeight() * float32(len(t.broken(width)))
}

// AccessibilityLabel is the text itself.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole says that this is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (t *Text) textSize() float32 { return look.SizeFor(t, t.size) }

func (t *Text) lineHeight() float32 {
	return fyne.MeasureText("M", t.textSize(), t.style).Height
}

// Baseline is where the first line stands, for rows that mix sizes.
func (t *Text) Baseline() float32 {
	_, baseline := fyne.CurrentApp().Driver().RenderedTextSize("M", t.textSize(), t.style, nil)
	return baseline
}

func (t *Text) broken(width float32) []string {
	if t.fit == fitLine {
		width = 0
	}
	key := textKey{text: t.text, width: width, size: t.textSize(), style: t.style, fit: t.fit}
	if t.lines != nil && key == t.linesKey {
		return t.lines
	}
	measure := func(s string) float32 { return fyne.MeasureText(s, key.size, key.style).Width }
	switch t.fit {
	case fitWrap:
		t.lines = wrapLines(t.text, width, measure)
	case fitCut:
		t.lines = []string{cutLine(firstLine(t.text), width, measure)}
	default:
		t.lines = strings.Split(t.text, "\n")
	}
	t.linesKey = key
	return t.lines
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{text: t}
	r.Refresh()
	return r
}

type textRenderer struct {
	text    *Text
	objects []fyne.CanvasObject
}

func (r *textRenderer) Destroy()                     {}
func (r *textRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *textRenderer) MinSize() fyne.Size {
	t := r.text
	width := float32(0)
	switch t.fit {
	case fitLine:
		for _, line := range t.broken(0) {
			width = max(width, fyne.MeasureText(line, t.textSize(), t.style).Width)
		}
		return fyne.NewSize(width, t.HeightForWidth(0))
	case fitCut:
		return fyne.NewSize(2*t.textSize(), t.lineHeight())
	default:
		if t.lastWidth <= 0 {
			return fyne.NewSize(4*t.textSize(), t.lineHeight())
		}
		return fyne.NewSize(4*t.textSize(), t.HeightForWidth(t.lastWidth))
	}
}

func (r *textRenderer) Layout(size fyne.Size) {
	t := r.text
	t.lastWidth = size.Width
	r.build(t.broken(size.Width))
	height := t.lineHeight()
	for i, o := range r.objects {
		o.Move(fyne.NewPos(0, float32(i)*height))
		o.Resize(fyne.NewSize(size.Width, height))
	}
}

func (r *textRenderer) Refresh() {
	r.Layout(r.text.Size())
	canvas.Refresh(r.text)
}

func (r *textRenderer) build(lines []string) {
	t := r.text
	colour, size := look.For(t, t.role), t.textSize()
	for len(r.objects) < len(lines) {
		r.objects = append(r.objects, canvas.NewText("", color.Transparent))
	}
	r.objects = r.objects[:len(lines)]
	for i, line := range lines {
		o := r.objects[i].(*canvas.Text)
		if o.Text == line && o.Color == colour && o.TextSize == size && o.TextStyle == t.style && o.Alignment == t.align {
			continue
		}
		o.Text, o.Color, o.TextSize, o.TextStyle, o.Alignment = line, colour, size, t.style, t.align
		o.Refresh()
	}
}
