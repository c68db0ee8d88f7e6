package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Rule is a fine line between two parts of the window.
type Rule struct {
	widget.BaseWidget
	down bool
}

// NewRule is a line from left to right.
func NewRule() *Rule { return newRule(false) }

// NewRuleDown is a line from top to bottom.
func NewRuleDown() *Rule { return newRule(true) }

func newRule(down bool) *Rule {
	r := &Rule{down: down}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	p := &plainRenderer{box: canvas.NewRectangle(color.Transparent), owner: r, role: look.Line, least: fyne.NewSize(1, 1)}
	p.Refresh()
	return p
}

// Ground is a fill behind content, for parts of the window that are not panels.
type Ground struct {
	widget.BaseWidget
	role    fyne.ThemeColorName
	content fyne.CanvasObject
}

// NewGround lays a fill in a role behind content.
func NewGround(role fyne.ThemeColorName, content fyne.CanvasObject) *Ground {
	g := &Ground{role: role, content: content}
	g.ExtendBaseWidget(g)
	return g
}

// SetRole changes the fill.
func (g *Ground) SetRole(role fyne.ThemeColorName) {
	if role != g.role {
		g.role = role
		g.Refresh()
	}
}

// Children lets the focus find its way in.
func (g *Ground) Children() []fyne.CanvasObject { return []fyne.CanvasObject{g.content} }

// HeightForWidth is that of the content.
func (g *Ground) HeightForWidth(width float32) float32 { return HeightFor(g.content, width) }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	p := &plainRenderer{box: canvas.NewRectangle(color.Transparent), owner: g, content: g.content, ground: g}
	p.Refresh()
	return p
}

// plainRenderer fills its widget with one role, behind a content if there is one.
type plainRenderer struct {
	box     *canvas.Rectangle
	owner   fyne.Widget
	role    fyne.ThemeColorName
	ground  *Ground
	content fyne.CanvasObject
	least   fyne.Size
}

func (p *plainRenderer) Destroy() {}

func (p *plainRenderer) Objects() []fyne.CanvasObject {
	if p.content == nil {
		return []fyne.CanvasObject{p.box}
	}
	return []fyne.CanvasObject{p.box, p.content}
}

func (p *plainRenderer) MinSize() fyne.Size {
	if p.content == nil {
		return p.least
	}
	return p.content.MinSize()
}

func (p *plainRenderer) Layout(size fyne.Size) {
	p.box.Resize(size)
	if p.content != nil {
		p.content.Resize(size)
	}
}

func (p *plainRenderer) Refresh() {
	role := p.role
	if p.ground != nil {
		role = p.ground.role
	}
	p.box.FillColor = look.For(p.owner, role)
	p.box.Refresh()
	if p.content != nil {
		p.content.Refresh()
	}
}
