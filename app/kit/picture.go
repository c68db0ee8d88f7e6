package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Picture shows a small picture in a box, whole and in its proportions. Until
// there is one it shows a drawing of ours.
type Picture struct {
	widget.BaseWidget

	picture image.Image
	icon    string
	says    string
	box     fyne.Size
}

// NewPicture makes a picture in a box of that size at 100 % text scale. The
// words are for those who cannot see it.
func NewPicture(icon, says string, box fyne.Size) *Picture {
	p := &Picture{icon: icon, says: clean(says), box: box}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows a picture; nil takes it away.
func (p *Picture) Set(picture image.Image) {
	if picture != p.picture {
		p.picture = picture
		p.Refresh()
	}
}

// Shown is the picture that is shown; nil while there is none.
func (p *Picture) Shown() image.Image { return p.picture }

// AccessibilityLabel is what the picture is.
func (p *Picture) AccessibilityLabel() string { return p.says }

// AccessibilityRole says that this stands for words.
func (p *Picture) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	r := &pictureRenderer{picture: p, ground: canvas.NewRectangle(color.Transparent), image: canvas.NewImageFromImage(nil), icon: NewIcon(p.icon).In(look.Muted)}
	r.image.FillMode = canvas.ImageFillContain
	r.image.ScaleMode = canvas.ImageScaleSmooth
	r.Refresh()
	return r
}

type pictureRenderer struct {
	picture *Picture
	ground  *canvas.Rectangle
	image   *canvas.Image
	icon    *Icon
}

func (r *pictureRenderer) Destroy() {}

func (r *pictureRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.image, r.icon}
}

func (r *pictureRenderer) MinSize() fyne.Size {
	scale := look.SizeFor(r.picture, look.SizeScale)
	return fyne.NewSize(r.picture.box.Width*scale, r.picture.box.Height*scale)
}

func (r *pictureRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	const edge = 1
	r.image.Move(fyne.NewPos(edge, edge))
	r.image.Resize(fyne.NewSize(size.Width-2*edge, size.Height-2*edge))
	icon := r.icon.MinSize()
	r.icon.Move(fyne.NewPos((size.Width-icon.Width)/2, (size.Height-icon.Height)/2))
	r.icon.Resize(icon)
}

func (r *pictureRenderer) Refresh() {
	p := r.picture
	r.ground.CornerRadius = look.ChipCorner
	r.ground.FillColor = look.For(p, look.Background)
	r.ground.StrokeColor, r.ground.StrokeWidth = look.For(p, look.Border), 1
	r.ground.Refresh()
	if r.image.Image != p.picture {
		r.image.Image = p.picture
		r.image.Refresh()
	}
	r.image.Hidden, r.icon.Hidden = p.picture == nil, p.picture != nil
	r.icon.Refresh()
	canvas.Refresh(p)
}
