package kit

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
	"firebreak/assets"
)

// Icon is one of our drawings in a colour role. It never stands alone: a word is
// beside it, or in the name of the button that it belongs to.
type Icon struct {
	widget.BaseWidget

	name string
	role fyne.ThemeColorName
	edge float32
}

// NewIcon makes an icon in the main text colour, 20 pixels high at 100 %.
func NewIcon(name string) *Icon {
	i := &Icon{name: name, role: look.Text, edge: 20}
	i.ExtendBaseWidget(i)
	return i
}

// In sets the colour role.
func (i *Icon) In(role fyne.ThemeColorName) *Icon { i.role = role; return i }

// Edge sets the height and width at 100 % text scale.
func (i *Icon) Edge(edge float32) *Icon { i.edge = edge; return i }

// Name says which drawing is shown.
func (i *Icon) Name() string { return i.name }

// Set shows another drawing in another role.
func (i *Icon) Set(name string, role fyne.ThemeColorName) {
	if i.name != name || i.role != role {
		i.name, i.role = name, role
		i.Refresh()
	}
}

// IconResource gives a drawing in the colour that a role has now, for Fyne's own
// menus and for the window.
func IconResource(name string, role fyne.ThemeColorName) fyne.Resource {
	return paintedIcon(name, theme.Color(role))
}

// AppIcon is the icon of the app, in its own colours.
func AppIcon() fyne.Resource {
	svg, _ := assets.Icon(assets.AppIcon)
	return fyne.NewStaticResource(assets.AppIcon+".svg", svg)
}

// paintedIcon colours a drawing. Fyne's own colouring reaches fills only, and our
// drawings are strokes. The colour is in the name, by which Fyne caches pictures.
// A name that nobody drew gives the question mark rather than nothing.
func paintedIcon(name string, colour color.Color) fyne.Resource {
	svg, ok := assets.Icon(name)
	if !ok {
		svg, _ = assets.Icon("undecided")
	}
	if name == assets.AppIcon {
		return AppIcon()
	}
	c := color.NRGBAModel.Convert(colour).(color.NRGBA)
	hex := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	return fyne.NewStaticResource(name+hex+".svg", bytes.ReplaceAll(svg, []byte("#000000"), []byte(hex)))
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	image := canvas.NewImageFromResource(nil)
	image.FillMode = canvas.ImageFillContain
	r := &iconRenderer{icon: i, image: image}
	r.Refresh()
	return r
}

type iconRenderer struct {
	icon  *Icon
	image *canvas.Image

	painted string
	colour  color.Color
}

func (r *iconRenderer) Destroy()                     {}
func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *iconRenderer) Layout(size fyne.Size)        { r.image.Resize(size) }

func (r *iconRenderer) MinSize() fyne.Size {
	return fyne.NewSquareSize(r.icon.edge * look.SizeFor(r.icon, look.SizeScale))
}

// Refresh paints the drawing only when it is another, or in another colour: lists
// refresh their rows often, and painting costs more than all the rest of a row.
func (r *iconRenderer) Refresh() {
	name, colour := r.icon.name, look.For(r.icon, r.icon.role)
	if name == r.painted && colour == r.colour {
		return
	}
	r.painted, r.colour = name, colour
	if name == "" {
		r.image.Resource = nil
	} else {
		r.image.Resource = paintedIcon(name, colour)
	}
	r.image.Refresh()
	canvas.Refresh(r.icon)
}

// Baseline is where the icon would stand on a line of text, so that its middle is
// the middle of the capitals.
func (i *Icon) Baseline() float32 {
	const halfCapital = 0.357 // of Noto Sans, per size
	return i.MinSize().Height/2 + halfCapital*look.SizeFor(i, theme.SizeNameText)
}
