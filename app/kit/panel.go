package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Panel is a card: a quiet fill, a fine border, maybe a heading, and content.
type Panel struct {
	widget.BaseWidget

	heading *Text
	aside   fyne.CanvasObject
	content fyne.CanvasObject
	body    *fyne.Container
	padX    float32
	padY    float32
	fill    fyne.ThemeColorName
	border  fyne.ThemeColorName
}

// NewPanel makes a panel; an empty heading leaves the heading line out.
func NewPanel(heading string, content fyne.CanvasObject) *Panel {
	return NewPanelWith(heading, nil, content)
}

// NewPanelWith makes a panel with something small at the right of its heading.
func NewPanelWith(heading string, aside, content fyne.CanvasObject) *Panel {
	p := &Panel{
		heading: NewSubheading(heading).Cut(), aside: aside, content: content,
		padX: look.PanelPadX, padY: look.PanelPadY, fill: look.Panel, border: look.Line,
	}
	p.build()
	p.ExtendBaseWidget(p)
	return p
}

// Filled gives the panel another fill and border, such as those of a warning.
func (p *Panel) Filled(fill, border fyne.ThemeColorName) *Panel {
	p.fill, p.border = fill, border
	return p
}

// Tight halves the insets, for lists and narrow columns.
func (p *Panel) Tight() *Panel {
	p.padX, p.padY = look.Space2, look.Space2
	p.build()
	return p
}

// SetHeading changes the heading.
func (p *Panel) SetHeading(heading string) {
	if heading != p.heading.Text() {
		p.heading.SetText(heading)
		p.build()
		p.Refresh()
	}
}

// SetContent shows something else in the panel.
func (p *Panel) SetContent(content fyne.CanvasObject) {
	p.content = content
	p.build()
	p.Refresh()
}

// SetColours changes fill and border.
func (p *Panel) SetColours(fill, border fyne.ThemeColorName) {
	p.fill, p.border = fill, border
	p.Refresh()
}

func (p *Panel) build() {
	parts := []fyne.CanvasObject{}
	if p.heading.Text() != "" {
		line := []fyne.CanvasObject{Grow(p.heading)}
		if p.aside != nil {
			line = append(line, p.aside)
		}
		parts = append(parts, Row(look.Space2, line...))
	}
	if p.content != nil {
		parts = append(parts, Grow(p.content))
	}
	p.body = Inset(p.padX, p.padY, Column(look.Space2, parts...))
}

// Children lets the focus find its way in.
func (p *Panel) Children() []fyne.CanvasObject { return []fyne.CanvasObject{p.body} }

// LeastWidth is that of the content plus the insets.
func (p *Panel) LeastWidth() float32 { return LeastWidth(p.body) }

// HeightForWidth is the height of the content plus the insets.
func (p *Panel) HeightForWidth(width float32) float32 { return HeightFor(p.body, width) }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	r := &panelRenderer{panel: p, box: canvas.NewRectangle(color.Transparent)}
	r.colour()
	return r
}

type panelRenderer struct {
	panel *Panel
	box   *canvas.Rectangle
}

func (r *panelRenderer) Destroy() {}

func (r *panelRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.panel.body}
}

func (r *panelRenderer) MinSize() fyne.Size { return r.panel.body.MinSize() }

func (r *panelRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	r.panel.body.Resize(size)
}

func (r *panelRenderer) colour() {
	p := r.panel
	r.box.FillColor, r.box.StrokeColor = look.For(p, p.fill), look.For(p, p.border)
	r.box.StrokeWidth, r.box.CornerRadius = 1, look.Corner
	if look.IsContrast(p) {
		r.box.StrokeWidth, r.box.StrokeColor = 2, look.For(p, look.Border)
	}
}

func (r *panelRenderer) Refresh() {
	r.colour()
	r.box.Refresh()
	r.panel.body.Refresh()
	r.Layout(r.panel.Size())
	canvas.Refresh(r.panel)
}
