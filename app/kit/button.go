package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/look"
)

// ButtonKind says how much a button wants to be pressed.
type ButtonKind int

// The kinds. A screen has one Primary button; Quiet is for actions in passing;
// Danger is for what cannot be undone and never stands beside the primary one.
const (
	Secondary ButtonKind = iota
	Primary
	Quiet
	Danger
)

// Button is a word, maybe with an icon and the key that does the same. A button
// that is off can still be reached by Tab and pressed: it then says why it is off,
// which a dead button never does.
type Button struct {
	pressable

	word, key, icon string
	kind            ButtonKind
	height          float32
	leading         bool

	// OnOff hears the reason when a button that is off is pressed.
	OnOff  func(reason string)
	run    func()
	reason string
}

// NewButton makes a secondary button of 44 pixels.
func NewButton(word string, run func()) *Button {
	b := &Button{word: word, run: run, height: look.Target}
	b.press = b.pressed
	b.ExtendBaseWidget(b)
	return b
}

// NewPrimary makes the one main button of a screen, 48 pixels high.
func NewPrimary(word string, run func()) *Button {
	b := NewButton(word, run)
	b.kind, b.height = Primary, look.MainTarget
	return b
}

// NewQuiet makes a button without a border.
func NewQuiet(word string, run func()) *Button {
	b := NewButton(word, run)
	b.kind = Quiet
	return b
}

// As sets the kind.
func (b *Button) As(kind ButtonKind) *Button { b.kind = kind; return b }

// Icon puts an icon before the word.
func (b *Button) Icon(name string) *Button { b.icon = name; return b }

// Key shows the key that does the same, such as "Ctrl+Enter".
func (b *Button) Key(key string) *Button { b.key = key; return b }

// Small makes the button 32 pixels high, for rows and strips.
func (b *Button) Small() *Button { b.height = look.RowHeight; return b }

// Leading sets the word at the left instead of in the middle.
func (b *Button) Leading() *Button { b.leading = true; return b }

// OnlySpace lets Enter pass over the button: what cannot be taken back must not
// happen to somebody who presses Enter once too often.
func (b *Button) OnlySpace() *Button {
	b.onKey = func(key *fyne.KeyEvent) bool { return key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter }
	return b
}

// Word is what stands on the button.
func (b *Button) Word() string { return b.word }

// SetWord changes the word.
func (b *Button) SetWord(word string) {
	if word != b.word {
		b.word = word
		b.Refresh()
	}
}

// SetKey changes the shown key; an empty one hides it.
func (b *Button) SetKey(key string) {
	if key != b.key {
		b.key = key
		b.Refresh()
	}
}

// SetRun changes what the button does.
func (b *Button) SetRun(run func()) { b.run = run }

// SetOff switches the button off with a reason, and on with an empty one.
func (b *Button) SetOff(reason string) {
	if reason != b.reason {
		b.reason = reason
		b.Refresh()
	}
}

// Off says why the button is off; empty when it is on.
func (b *Button) Off() string { return b.reason }

// Press does what a tap does.
func (b *Button) Press() { b.activate() }

func (b *Button) pressed() {
	switch {
	case b.reason == "" && b.run != nil:
		b.run()
	case b.reason != "" && b.OnOff != nil:
		b.OnOff(b.reason)
	}
}

// FocusGained shows the ring and scrolls the button into view.
func (b *Button) FocusGained() { b.focusGained(b) }

// TypedKey: Enter and Space press the button.
func (b *Button) TypedKey(key *fyne.KeyEvent) { b.typedKey(b, key) }

// AccessibilityLabel is the word, and why the button is off.
func (b *Button) AccessibilityLabel() string {
	if b.reason != "" {
		return b.word + ", off: " + b.reason
	}
	return b.word
}

// AccessibilityRole says that this is a button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		button: b,
		fill:   canvas.NewRectangle(color.Transparent),
		veil:   canvas.NewRectangle(color.Transparent),
		icon:   NewIcon(b.icon),
		word:   NewText(b.word).Bold().Cut(),
		key:    NewCaption(b.key),
		ring:   NewRing(),
	}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	button     *Button
	fill, veil *canvas.Rectangle
	icon       *Icon
	word, key  *Text
	ring       Ring
}

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.fill, r.veil, r.icon, r.word, r.key, r.ring.Object()}
}

func (r *buttonRenderer) padding() float32 {
	if r.button.height < look.Target {
		return look.Space2 + 2
	}
	return look.Space4
}

// parts measures the content: the icon, the word and the key with their gaps.
func (r *buttonRenderer) parts() (icon, word, key float32) {
	if r.button.icon != "" {
		icon = r.icon.MinSize().Width + look.Space2
	}
	word = fyne.MeasureText(r.word.Text(), r.word.textSize(), r.word.style).Width + 1
	if r.button.key != "" {
		key = r.key.MinSize().Width + look.Space3
	}
	return icon, word, key
}

func (r *buttonRenderer) MinSize() fyne.Size {
	icon, word, key := r.parts()
	height := max(r.button.height, r.word.MinSize().Height+2*look.Space1)
	return fyne.NewSize(icon+word+key+2*r.padding(), height)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.fill.Resize(size)
	r.veil.Resize(size)
	r.ring.Around(fyne.Position{}, size)

	icon, word, key := r.parts()
	room := size.Width - 2*r.padding()
	if icon+word+key > room {
		key = 0
	}
	r.key.Hidden = key == 0
	word = max(0, min(word, room-icon-key))
	x := r.padding()
	if !r.button.leading {
		x = (size.Width - icon - word - key) / 2
	}
	middle := func(o fyne.CanvasObject, x, width float32) {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	middle(r.icon, x, r.icon.MinSize().Width)
	middle(r.word, x+icon, word)
	keyX := x + icon + word + look.Space3
	if r.button.leading {
		keyX = size.Width - r.padding() - (key - look.Space3)
	}
	middle(r.key, keyX, max(0, key-look.Space3))
}

func (r *buttonRenderer) Refresh() {
	b := r.button
	fill, text, hint, border := b.roles()
	r.fill.FillColor = look.For(b, fill)
	r.fill.StrokeColor, r.fill.StrokeWidth = color.Transparent, 0
	if border != "" {
		r.fill.StrokeColor, r.fill.StrokeWidth = look.For(b, border), 1
		if look.IsContrast(b) && b.reason == "" {
			r.fill.StrokeWidth = 2
		}
	}
	r.fill.CornerRadius, r.veil.CornerRadius = look.Corner, look.Corner
	if fill == "" {
		r.fill.FillColor = color.Transparent
	}
	veil := b.veil()
	r.veil.FillColor = look.For(b, veil)
	r.veil.Hidden = veil == "" || b.reason != ""
	r.word.SetText(b.word)
	r.word.SetRole(text)
	r.key.SetText(b.key)
	r.key.SetRole(hint)
	edge := float32(20)
	if b.height < look.Target {
		edge = 16
		r.word.size = theme.SizeNameText
	}
	r.icon.Edge(edge)
	r.icon.Hidden = b.icon == ""
	r.icon.Set(b.icon, text)
	refreshAll(r.icon, r.word, r.key)
	r.ring.Show(b, b.focused)
	r.Layout(b.Size())
	canvas.Refresh(b)
}

// roles gives fill, text, hint and border for the kind and the state.
func (b *Button) roles() (fill, text, hint, border fyne.ThemeColorName) {
	switch {
	case b.reason != "" && b.kind == Quiet:
		return "", look.Disabled, look.Disabled, ""
	case b.reason != "":
		return look.Panel, look.Disabled, look.Disabled, look.Disabled
	case b.kind == Primary:
		return look.Primary, look.OnPrimary, look.OnPrimary, ""
	case b.kind == Quiet:
		return "", look.Primary, look.Muted, ""
	case b.kind == Danger:
		return "", look.ErrorText, look.Muted, look.ErrorText
	default:
		return look.Raised, look.Text, look.Muted, look.Border
	}
}

// refreshAll lets the parts of a widget take new colours and sizes.
func refreshAll(objects ...fyne.CanvasObject) {
	for _, o := range objects {
		o.Refresh()
	}
}
