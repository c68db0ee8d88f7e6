package kit

import (
	"fyne.io/fyne/v2"

	"firebreak/app/look"
)

// Place says where a layer lies over the content.
type Place int

// The places: in the middle, near the top (for searching), or down the right side.
const (
	Middle Place = iota
	Top
	Side
)

// Layer is a sheet over the content that blocks nothing: the clock runs on behind
// it, and a tap beside it reaches what is there. Escape closes it.
type Layer struct {
	// ID tells layers apart: opening one that is open brings it to the top.
	ID string
	// Title is the heading; empty leaves the heading line and the close button out.
	Title string
	// Body is what the layer shows.
	Body fyne.CanvasObject
	// Actions stand at the bottom, the main one first.
	Actions []*Button
	// Default is pressed by Ctrl+Enter, and by Enter where no widget uses it.
	Default *Button
	// First gets the focus; without it the first focusable of the body.
	First fyne.Focusable
	// Place and Width say where the layer lies and how wide it is at 100 % text.
	Place Place
	Width float32
	// OnClose hears that the layer was closed, in whatever way.
	OnClose func()

	surface  *surface
	returnTo fyne.Focusable
}

// defaultLayerWidth keeps a sheet at a comfortable line length.
const defaultLayerWidth float32 = 560

func (l *Layer) width(scale float32) float32 {
	width := l.Width
	if width <= 0 {
		width = defaultLayerWidth
	}
	return width * scale
}

// build lays out heading, body and actions.
func (l *Layer) build(close func()) {
	parts := []fyne.CanvasObject{}
	if l.Title != "" {
		parts = append(parts, Row(look.Space2,
			Grow(NewSubheading(l.Title).Cut()),
			NewQuiet("Close", close).Key("Esc").Small()))
	}
	if l.Body != nil {
		parts = append(parts, Grow(l.Body))
	}
	if len(l.Actions) > 0 {
		line := make([]fyne.CanvasObject, 0, len(l.Actions))
		for _, action := range l.Actions {
			line = append(line, action)
		}
		parts = append(parts, Wrap(look.Space3, line...))
	}
	l.surface = newSurface(Inset(look.Space4+ringRoom, look.Space4, Column(look.Space4, parts...)))
}

// first is the widget that gets the focus when the layer opens.
func (l *Layer) first() fyne.Focusable {
	if l.First != nil {
		return l.First
	}
	if f := FirstFocusable(l.Body); f != nil {
		return f
	}
	if l.Default != nil {
		return l.Default
	}
	return FirstFocusable(l.surface)
}
