package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"firebreak/app/look"
)

// Check is a tick with a label that wraps, 44 pixels high at least.
type Check struct {
	pressable

	label string
	on    bool
	// OnChanged hears that the person changed the tick.
	OnChanged func(on bool)

	box  *Icon
	text *Text
}

// NewCheck makes a tick that is off.
func NewCheck(label string, changed func(on bool)) *Check {
	c := &Check{label: label, OnChanged: changed, box: NewIcon("step-open").Edge(22), text: NewText(label).Wrapped()}
	c.press = func() {
		c.Set(!c.on)
		if c.OnChanged != nil {
			c.OnChanged(c.on)
		}
	}
	c.ExtendBaseWidget(c)
	return c
}

// On says whether the tick is set.
func (c *Check) On() bool { return c.on }

// Set changes the tick without telling OnChanged.
func (c *Check) Set(on bool) {
	if on != c.on {
		c.on = on
		c.Refresh()
	}
}

// SetLabel changes the label.
func (c *Check) SetLabel(label string) { c.label = label; c.text.SetText(label); c.Refresh() }

// FocusGained shows the ring and scrolls the tick into view.
func (c *Check) FocusGained() { c.focusGained(c) }

// TypedKey: Space and Enter change the tick.
func (c *Check) TypedKey(key *fyne.KeyEvent) { c.typedKey(c, key) }

// AccessibilityLabel is the label and the state.
func (c *Check) AccessibilityLabel() string {
	if c.on {
		return c.label + ", on"
	}
	return c.label + ", off"
}

// AccessibilityRole says that this can be pressed; Fyne has no role for ticks.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// textLeft is where the label begins.
func (c *Check) textLeft() float32 { return look.Space2 + c.box.MinSize().Width + look.Space2 }

// HeightForWidth is the height of the wrapped label, at least 44 pixels.
func (c *Check) HeightForWidth(width float32) float32 {
	return max(look.Target, c.text.HeightForWidth(width-c.textLeft()-look.Space2)+2*look.Space2)
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{check: c, veil: canvas.NewRectangle(color.Transparent), ring: NewRing()}
	r.Refresh()
	return r
}

type checkRenderer struct {
	check     *Check
	veil      *canvas.Rectangle
	ring      Ring
	lastWidth float32
}

func (r *checkRenderer) Destroy() {}

func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.veil, r.check.box, r.check.text, r.ring.Object()}
}

func (r *checkRenderer) MinSize() fyne.Size {
	c := r.check
	width := c.textLeft() + c.text.MinSize().Width + look.Space2
	if r.lastWidth > 0 {
		return fyne.NewSize(width, c.HeightForWidth(r.lastWidth))
	}
	return fyne.NewSize(width, look.Target)
}

func (r *checkRenderer) Layout(size fyne.Size) {
	c := r.check
	r.lastWidth = size.Width
	r.veil.Resize(size)
	r.ring.Around(fyne.Position{}, size)
	width := max(0, size.Width-c.textLeft()-look.Space2)
	height := c.text.HeightForWidth(width)
	top := max(look.Space2, (size.Height-height)/2)
	c.text.Move(fyne.NewPos(c.textLeft(), top))
	c.text.Resize(fyne.NewSize(width, height))
	edge := c.box.MinSize()
	c.box.Move(fyne.NewPos(look.Space2, top+(c.text.lineHeight()-edge.Height)/2))
	c.box.Resize(edge)
}

func (r *checkRenderer) Refresh() {
	c := r.check
	c.box.name, c.box.role = "step-open", look.Border
	if c.on {
		c.box.name, c.box.role = "step-done", look.Primary
	}
	veil := c.veil()
	r.veil.FillColor, r.veil.CornerRadius, r.veil.Hidden = look.For(c, veil), look.Corner, veil == ""
	refreshAll(r.veil, c.box, c.text)
	r.ring.Show(c, c.focused)
	r.Layout(c.Size())
	canvas.Refresh(c)
}
