package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/look"
)

// RailItem leads to a screen. The screen that is shown has a mark at the left, a
// fill and a bold word, so that it is told without colour.
type RailItem struct {
	pressable

	icon  *Icon
	word  *Text
	key   *Text
	badge *Badge
	here  bool
}

// NewRailItem makes an item with the key that does the same.
func NewRailItem(icon, word, key string, run func()) *RailItem {
	i := &RailItem{
		icon: NewIcon(icon).Edge(20), word: NewText(word).Cut(),
		key: NewCaption(key), badge: NewBadge(),
	}
	i.press = run
	i.ExtendBaseWidget(i)
	return i
}

// SetHere marks the item as the screen that is shown.
func (i *RailItem) SetHere(here bool) {
	if here != i.here {
		i.here = here
		i.Refresh()
	}
}

// SetWord changes the word.
func (i *RailItem) SetWord(word string) {
	if word != i.word.Text() {
		i.word.text = clean(word)
		i.Refresh()
	}
}

// SetCount shows a count, as a warning when late.
func (i *RailItem) SetCount(count int, late bool) {
	i.badge.SetCount(count, late)
	i.Refresh()
}

// FocusGained shows the ring.
func (i *RailItem) FocusGained() { i.focusGained(i) }

// TypedKey: Enter and Space go there.
func (i *RailItem) TypedKey(key *fyne.KeyEvent) { i.typedKey(i, key) }

// AccessibilityLabel is the word, and whether it is the screen that is shown.
func (i *RailItem) AccessibilityLabel() string {
	if i.here {
		return i.word.Text() + ", shown"
	}
	return i.word.Text()
}

// AccessibilityRole says that this is a button.
func (i *RailItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (i *RailItem) CreateRenderer() fyne.WidgetRenderer {
	r := &railRenderer{
		item: i, fill: canvas.NewRectangle(color.Transparent), veil: canvas.NewRectangle(color.Transparent),
		mark: canvas.NewRectangle(color.Transparent), ring: NewRing(),
	}
	r.Refresh()
	return r
}

type railRenderer struct {
	item             *RailItem
	fill, veil, mark *canvas.Rectangle
	ring             Ring
}

func (r *railRenderer) Destroy() {}

func (r *railRenderer) Objects() []fyne.CanvasObject {
	i := r.item
	return []fyne.CanvasObject{r.fill, r.veil, r.mark, i.icon, i.word, i.key, i.badge.Chip, r.ring.Object()}
}

func (r *railRenderer) MinSize() fyne.Size {
	i := r.item
	word := fyne.MeasureText(i.word.Text(), look.SizeFor(i, theme.SizeNameText), fyne.TextStyle{Bold: true}).Width
	return fyne.NewSize(look.Space3+i.icon.MinSize().Width+look.Space3+word+look.Space3, max(look.Target, i.word.lineHeight()+look.Space4))
}

func (r *railRenderer) Layout(size fyne.Size) {
	i := r.item
	r.fill.Resize(size)
	r.veil.Resize(size)
	r.mark.Move(fyne.NewPos(0, look.Space2))
	r.mark.Resize(fyne.NewSize(3, size.Height-2*look.Space2))
	r.ring.Inside(fyne.NewPos(-1, -1), size.AddWidthHeight(2, 2))
	middle := func(o fyne.CanvasObject, x, width float32) {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	edge := i.icon.MinSize().Width
	middle(i.icon, look.Space3, edge)
	left, right := look.Space3+edge+look.Space3, size.Width-look.Space3
	if i.badge.Visible() {
		width := i.badge.MinSize().Width
		middle(i.badge.Chip, right-width, width)
		right -= width + look.Space2
	}
	word := fyne.MeasureText(i.word.Text(), i.word.textSize(), i.word.style).Width + 1
	key := i.key.MinSize().Width
	i.key.Hidden = i.key.Text() == "" || left+word+look.Space3+key > right || i.badge.Visible()
	middle(i.key, right-key, key)
	middle(i.word, left, max(0, min(word, right-left)))
}

func (r *railRenderer) Refresh() {
	i := r.item
	r.fill.FillColor, r.fill.CornerRadius, r.fill.Hidden = look.For(i, look.Selected), look.Corner, !i.here
	r.mark.FillColor, r.mark.CornerRadius, r.mark.Hidden = look.For(i, look.Primary), 1.5, !i.here
	veil := i.veil()
	r.veil.FillColor, r.veil.CornerRadius, r.veil.Hidden = look.For(i, veil), look.Corner, veil == ""
	role := look.Muted
	if i.here {
		role = look.Text
	}
	i.icon.role, i.word.role, i.word.style.Bold = role, role, i.here
	refreshAll(i.icon, i.word, i.key, i.badge.Chip)
	r.ring.Show(i, i.focused)
	r.Layout(i.Size())
	canvas.Refresh(i)
}
