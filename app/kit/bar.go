package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// BarItem is a fact in the header or the status bar that opens what it is about.
type BarItem struct {
	pressable

	icon *Icon
	text *Text
	tone Tone
	name string
	// Spare items go first where the bar gets narrow.
	Spare bool
}

// NewBarItem makes an item; run may be nil for a fact that opens nothing.
func NewBarItem(icon, words string, run func()) *BarItem {
	i := &BarItem{name: icon, icon: NewIcon(icon).Edge(16), text: NewText(words).Sized(theme.SizeNameCaptionText).Cut()}
	i.press = run
	i.ExtendBaseWidget(i)
	return i
}

// Spared marks the item as one that may go where there is no room.
func (i *BarItem) Spared() *BarItem { i.Spare = true; return i }

// Set changes words and tone; Warn and Bad change shape, colour and weight.
func (i *BarItem) Set(words string, tone Tone) {
	if words != i.text.Text() || tone != i.tone {
		i.text.text, i.tone = clean(words), tone
		i.Refresh()
	}
}

// Words is what the item says.
func (i *BarItem) Words() string { return i.text.Text() }

// FocusGained shows the ring.
func (i *BarItem) FocusGained() { i.focusGained(i) }

// TypedKey: Enter and Space open.
func (i *BarItem) TypedKey(key *fyne.KeyEvent) { i.typedKey(i, key) }

// AccessibilityLabel is what the item says.
func (i *BarItem) AccessibilityLabel() string { return i.text.Text() }

// AccessibilityRole says that this is a button.
func (i *BarItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (i *BarItem) CreateRenderer() fyne.WidgetRenderer {
	r := &barItemRenderer{item: i, veil: canvas.NewRectangle(color.Transparent), ring: NewRing()}
	r.Refresh()
	return r
}

type barItemRenderer struct {
	item *BarItem
	veil *canvas.Rectangle
	ring Ring
}

func (r *barItemRenderer) Destroy() {}

func (r *barItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.veil, r.item.icon, r.item.text, r.ring.Object()}
}

func (r *barItemRenderer) iconRoom() float32 {
	if r.item.icon.name == "" {
		return 0
	}
	return r.item.icon.MinSize().Width + look.Space1 + 2
}

func (r *barItemRenderer) MinSize() fyne.Size {
	i := r.item
	words := fyne.MeasureText(i.text.Text(), i.text.textSize(), i.text.style).Width + 1
	return fyne.NewSize(words+r.iconRoom()+2*look.Space2, max(28, i.text.lineHeight()+look.Space2))
}

func (r *barItemRenderer) Layout(size fyne.Size) {
	i := r.item
	r.veil.Resize(size)
	r.ring.Inside(fyne.NewPos(-1, -1), size.AddWidthHeight(2, 2))
	icon, line := i.icon.MinSize(), i.text.lineHeight()
	i.icon.Move(fyne.NewPos(look.Space2, (size.Height-icon.Height)/2))
	i.icon.Resize(icon)
	left := look.Space2 + r.iconRoom()
	i.text.Move(fyne.NewPos(left, (size.Height-line)/2))
	i.text.Resize(fyne.NewSize(max(0, size.Width-left-look.Space2+1), line))
}

func (r *barItemRenderer) Refresh() {
	i := r.item
	name, role := i.name, look.Muted
	if i.tone == Warn || i.tone == Bad {
		name, role = i.tone.Icon(), i.tone.Role()
	}
	i.icon.name, i.icon.role, i.icon.Hidden = name, role, name == ""
	i.text.role, i.text.style.Bold = role, i.tone == Warn || i.tone == Bad
	refreshAll(i.icon, i.text)
	veil := i.veil()
	r.veil.FillColor, r.veil.CornerRadius = look.For(i, veil), look.ChipCorner
	r.veil.Hidden = veil == "" || i.press == nil
	r.ring.Show(i, i.focused)
	r.Layout(i.Size())
	canvas.Refresh(i)
}

// Bar sets items side by side; where they do not fit, the spare ones go, last first.
type Bar struct {
	widget.BaseWidget

	items []*BarItem
}

// NewBar makes a bar.
func NewBar(items ...*BarItem) *Bar {
	b := &Bar{items: items}
	b.ExtendBaseWidget(b)
	return b
}

// Children lets the focus find its way in.
func (b *Bar) Children() []fyne.CanvasObject {
	children := make([]fyne.CanvasObject, 0, len(b.items))
	for _, item := range b.items {
		children = append(children, item)
	}
	return children
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer { return &barRenderer{bar: b} }

type barRenderer struct{ bar *Bar }

func (r *barRenderer) Destroy()                     {}
func (r *barRenderer) Objects() []fyne.CanvasObject { return r.bar.Children() }

func (r *barRenderer) MinSize() fyne.Size {
	size := fyne.Size{}
	for _, item := range r.bar.items {
		least := item.MinSize()
		if !item.Spare && item.Words() != "" {
			size.Width += least.Width + look.Space1
		}
		size.Height = max(size.Height, least.Height)
	}
	return size
}

func (r *barRenderer) Layout(size fyne.Size) {
	used := float32(0)
	for _, item := range r.bar.items {
		item.Hidden = item.Words() == ""
		if !item.Hidden {
			used += item.MinSize().Width + look.Space1
		}
	}
	for n := len(r.bar.items) - 1; n >= 0 && used > size.Width+look.Space1; n-- {
		if item := r.bar.items[n]; item.Spare && !item.Hidden {
			item.Hidden = true
			used -= item.MinSize().Width + look.Space1
		}
	}
	x := float32(0)
	for _, item := range r.bar.items {
		if item.Hidden {
			continue
		}
		least := item.MinSize()
		item.Move(fyne.NewPos(x, (size.Height-least.Height)/2))
		item.Resize(least)
		x += least.Width + look.Space1
	}
}

func (r *barRenderer) Refresh() {
	refreshAll(r.bar.Children()...)
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}
