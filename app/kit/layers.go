package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Layers holds the content of a window and the stack of layers over it.
type Layers struct {
	widget.BaseWidget

	content fyne.CanvasObject
	open    []*Layer
	// OnChange hears that a layer opened or closed.
	OnChange func()
	// OnEscape is asked where no layer is open, and reports whether it used the key.
	OnEscape func() bool
}

// NewLayers makes the root of a window.
func NewLayers(content fyne.CanvasObject) *Layers {
	l := &Layers{content: content}
	l.ExtendBaseWidget(l)
	return l
}

// Install gives the window's stray keys (those that no focused widget uses) to the
// layers first, then to whoever had them before.
func (l *Layers) Install(c fyne.Canvas) {
	before := c.OnTypedKey()
	c.SetOnTypedKey(func(key *fyne.KeyEvent) {
		if !l.HandleKey(key) && before != nil {
			before(key)
		}
	})
}

// HandleKey closes the top layer on Escape, asks OnEscape where there is none, and presses its default button on
// Enter. It reports whether it used the key.
func (l *Layers) HandleKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyEscape:
		return l.Escape() || l.OnEscape != nil && l.OnEscape()
	case fyne.KeyReturn, fyne.KeyEnter:
		return l.Submit()
	}
	return false
}

// Open shows a layer over all others and gives it the focus. A layer with the same
// ID that is open is closed first.
func (l *Layers) Open(layer *Layer) {
	var before fyne.Focusable
	if c := canvasOf(l); c != nil {
		before = c.Focused()
	}
	if layer.ID != "" {
		if old := l.find(layer.ID); old != nil {
			before = old.returnTo
			l.remove(old)
		}
	}
	layer.returnTo = before
	layer.build(func() { l.Close(layer) })
	l.open = append(l.open, layer)
	l.Refresh()
	if first := layer.first(); first != nil {
		Focus(first)
	}
	l.changed()
}

// Close takes a layer away and gives the focus back to where it was. Closing one
// that is not open does nothing.
func (l *Layers) Close(layer *Layer) {
	if !l.remove(layer) {
		return
	}
	l.Refresh()
	l.giveFocusBack(layer)
	if layer.OnClose != nil {
		layer.OnClose()
	}
	l.changed()
}

// CloseID closes the layer with an ID, if it is open.
func (l *Layers) CloseID(id string) {
	if layer := l.find(id); layer != nil {
		l.Close(layer)
	}
}

// Escape closes the top layer; it reports whether there was one.
func (l *Layers) Escape() bool {
	top := l.Top()
	if top == nil {
		return false
	}
	l.Close(top)
	return true
}

// Submit presses the default button of the top layer; it reports whether there was one.
func (l *Layers) Submit() bool {
	top := l.Top()
	if top == nil || top.Default == nil {
		return false
	}
	top.Default.Press()
	return true
}

// Top is the layer that keys go to; nil when none is open.
func (l *Layers) Top() *Layer {
	if len(l.open) == 0 {
		return nil
	}
	return l.open[len(l.open)-1]
}

// IsOpen says whether a layer with an ID is open.
func (l *Layers) IsOpen(id string) bool { return l.find(id) != nil }

// SetContent changes what lies under the layers.
func (l *Layers) SetContent(content fyne.CanvasObject) {
	l.content = content
	l.Refresh()
}

// Children lets the focus find its way in.
func (l *Layers) Children() []fyne.CanvasObject {
	children := []fyne.CanvasObject{l.content}
	for _, layer := range l.open {
		children = append(children, layer.surface)
	}
	return children
}

func (l *Layers) find(id string) *Layer {
	for _, layer := range l.open {
		if layer.ID == id {
			return layer
		}
	}
	return nil
}

func (l *Layers) remove(layer *Layer) bool {
	for i, o := range l.open {
		if o == layer {
			l.open = append(l.open[:i:i], l.open[i+1:]...)
			return true
		}
	}
	return false
}

func (l *Layers) giveFocusBack(layer *Layer) {
	c := canvasOf(l)
	if c == nil {
		return
	}
	if object, ok := layer.returnTo.(fyne.CanvasObject); ok && pathTo(l, object) != nil {
		c.Focus(layer.returnTo)
		return
	}
	if top := l.Top(); top != nil {
		c.Focus(top.first())
		return
	}
	c.Unfocus()
}

func (l *Layers) changed() {
	if l.OnChange != nil {
		l.OnChange()
	}
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (l *Layers) CreateRenderer() fyne.WidgetRenderer { return &layersRenderer{layers: l} }

type layersRenderer struct{ layers *Layers }

func (r *layersRenderer) Destroy()                     {}
func (r *layersRenderer) Objects() []fyne.CanvasObject { return r.layers.Children() }
func (r *layersRenderer) MinSize() fyne.Size           { return r.layers.content.MinSize() }

func (r *layersRenderer) Layout(size fyne.Size) {
	r.layers.content.Resize(size)
	scale := look.SizeFor(r.layers, look.SizeScale)
	for _, layer := range r.layers.open {
		at, room := layerPlace(layer, size, scale)
		layer.surface.Move(at)
		layer.surface.Resize(room)
	}
}

// layerPlace keeps a layer within the window whatever its content asks for.
func layerPlace(layer *Layer, window fyne.Size, scale float32) (fyne.Position, fyne.Size) {
	margin := look.Space4
	width := min(layer.width(scale), window.Width-2*margin)
	height := min(HeightFor(layer.surface, width), window.Height-2*margin)
	switch layer.Place {
	case Side:
		return fyne.NewPos(window.Width-width-margin, margin), fyne.NewSize(width, window.Height-2*margin)
	case Top:
		y := min(72, max(margin, window.Height-height-margin))
		return fyne.NewPos((window.Width-width)/2, y), fyne.NewSize(width, height)
	default:
		return fyne.NewPos((window.Width-width)/2, (window.Height-height)/2), fyne.NewSize(width, height)
	}
}

func (r *layersRenderer) Refresh() {
	r.layers.content.Refresh()
	for _, layer := range r.layers.open {
		layer.surface.Refresh()
	}
	r.Layout(r.layers.Size())
	canvas.Refresh(r.layers)
}
