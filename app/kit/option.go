package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/look"
)

// Option is one choice of a Segmented or a Choice.
type Option struct {
	ID   string
	Word string
	// Sub is a muted line beneath the word; Segmented only.
	Sub string
	// Icon stands before the word, in IconRole (the text colour without one).
	Icon     string
	IconRole fyne.ThemeColorName
}

// segment is one big button of a Segmented.
type segment struct {
	pressable

	option Option
	on     bool
	icon   *Icon
	word   *Text
	sub    *Text
	tick   *Icon
}

func newSegment(option Option, choose func()) *segment {
	s := &segment{
		option: option,
		icon:   NewIcon(option.Icon).Edge(18),
		word:   NewText(option.Word).Bold().Cut(),
		sub:    NewCaption(option.Sub).Wrapped(),
		tick:   NewIcon("resolved").Edge(18).In(look.Primary),
	}
	s.press = choose
	s.ExtendBaseWidget(s)
	return s
}

func (s *segment) FocusGained()                           { s.focusGained(s) }
func (s *segment) TypedKey(key *fyne.KeyEvent)            { s.typedKey(s, key) }
func (s *segment) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (s *segment) AccessibilityLabel() string {
	if s.on {
		return s.option.Word + ", chosen"
	}
	return s.option.Word
}

func (s *segment) iconRoom() float32 {
	if s.option.Icon == "" {
		return 0
	}
	return s.icon.MinSize().Width + look.Space2
}

// HeightForWidth is the word and the wrapped line beneath it.
func (s *segment) HeightForWidth(width float32) float32 {
	height := s.word.lineHeight() + 2*look.Space3
	if s.option.Sub != "" {
		height += 2 + s.sub.HeightForWidth(width-2*look.Space3)
	}
	return max(look.Target, height)
}

func (s *segment) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentRenderer{segment: s, box: canvas.NewRectangle(color.Transparent), veil: canvas.NewRectangle(color.Transparent), ring: NewRing()}
	r.Refresh()
	return r
}

type segmentRenderer struct {
	segment   *segment
	box, veil *canvas.Rectangle
	ring      Ring
}

func (r *segmentRenderer) Destroy() {}

func (r *segmentRenderer) Objects() []fyne.CanvasObject {
	s := r.segment
	return []fyne.CanvasObject{r.box, r.veil, s.icon, s.word, s.sub, s.tick, r.ring.Object()}
}

func (r *segmentRenderer) MinSize() fyne.Size {
	s := r.segment
	word := fyne.MeasureText(s.option.Word, look.SizeFor(s, theme.SizeNameText), fyne.TextStyle{Bold: true}).Width
	width := s.iconRoom() + word + look.Space2 + s.tick.MinSize().Width + 2*look.Space3
	if s.option.Sub != "" { // narrower, the line beneath would become a column of words
		width = max(width, 120*look.SizeFor(s, look.SizeScale))
	}
	return fyne.NewSize(width, s.HeightForWidth(max(width, s.Size().Width)))
}

func (r *segmentRenderer) Layout(size fyne.Size) {
	s := r.segment
	r.box.Resize(size)
	r.veil.Resize(size)
	r.ring.Around(fyne.Position{}, size)
	line := s.word.lineHeight()
	top := look.Space3
	if s.option.Sub == "" {
		top = (size.Height - line) / 2
	}
	place := func(icon *Icon, x float32) {
		edge := icon.MinSize()
		icon.Move(fyne.NewPos(x, top+(line-edge.Height)/2))
		icon.Resize(edge)
	}
	place(s.icon, look.Space3)
	tick := s.tick.MinSize().Width
	place(s.tick, size.Width-look.Space3-tick)
	left := look.Space3 + s.iconRoom()
	s.word.Move(fyne.NewPos(left, top))
	s.word.Resize(fyne.NewSize(max(0, size.Width-left-look.Space3-tick-look.Space1), line))
	s.sub.Move(fyne.NewPos(look.Space3, top+line+2))
	s.sub.Resize(fyne.NewSize(max(0, size.Width-2*look.Space3), max(0, size.Height-top-line-2)))
}

func (r *segmentRenderer) Refresh() {
	s := r.segment
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = look.For(s, look.Raised), look.For(s, look.Border), 1
	if s.on {
		r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = look.For(s, look.Selected), look.For(s, look.Primary), 2
	}
	r.box.CornerRadius, r.veil.CornerRadius = look.Corner, look.Corner
	veil := s.veil()
	r.veil.FillColor, r.veil.Hidden = look.For(s, veil), veil == ""
	role := s.option.IconRole
	if role == "" {
		role = look.Text
	}
	s.icon.name, s.icon.role, s.icon.Hidden = s.option.Icon, role, s.option.Icon == ""
	s.word.text, s.sub.text = s.option.Word, s.option.Sub
	s.sub.Hidden = s.option.Sub == ""
	s.tick.Hidden = !s.on
	refreshAll(s.icon, s.word, s.sub, s.tick)
	r.ring.Show(s, s.focused)
	r.Layout(s.Size())
	canvas.Refresh(s)
}
