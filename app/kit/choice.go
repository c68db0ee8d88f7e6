package kit

import (
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Choice is a label and a list to drop down. Enter, Space and Down open it; a
// letter goes to the next option that begins with it.
type Choice struct {
	pressable

	label   *Text
	value   *Text
	sign    *Icon
	options []Option
	chosen  string
	empty   string
	// OnChosen hears the ID that the person chose.
	OnChosen func(id string)
}

// NewChoice makes a choice of which nothing is chosen yet. An empty label leaves
// its line out.
func NewChoice(label string, options []Option, chosen func(id string)) *Choice {
	c := &Choice{
		label: NewText(label).Bold().Cut(), value: NewText("").Cut(), sign: NewIcon("chevron-down").Edge(18),
		options: options, empty: "Choose", OnChosen: chosen,
	}
	c.press = c.open
	c.onKey = c.key
	c.ExtendBaseWidget(c)
	return c
}

// Placeholder is what stands there while nothing is chosen.
func (c *Choice) Placeholder(text string) *Choice { c.empty = text; return c }

// SetOptions offers other options; the chosen ID stays, even one that is not offered.
func (c *Choice) SetOptions(options []Option) { c.options = options; c.Refresh() }

// Chosen is the ID of what is chosen; empty when nothing is.
func (c *Choice) Chosen() string { return c.chosen }

// Choose chooses without telling OnChosen.
func (c *Choice) Choose(id string) {
	if id != c.chosen {
		c.chosen = id
		c.Refresh()
	}
}

func (c *Choice) pick(id string) {
	c.Choose(id)
	if c.OnChosen != nil {
		c.OnChosen(id)
	}
}

// open drops the list down under the box. Fyne's menu takes the focus, the arrow
// keys, Enter and Escape, and gives the focus back.
func (c *Choice) open() {
	at := canvasOf(c)
	if at == nil || len(c.options) == 0 {
		return
	}
	items := make([]*fyne.MenuItem, 0, len(c.options))
	for _, option := range c.options {
		item := fyne.NewMenuItem(option.Word, func() { c.pick(option.ID) })
		item.Checked = option.ID == c.chosen
		if option.Icon != "" {
			item.Icon = IconResource(option.Icon, option.role())
		}
		items = append(items, item)
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), at)
	position := fyne.CurrentApp().Driver().AbsolutePositionForObject(c).AddXY(0, c.Size().Height+look.Space1)
	menu.ShowAtPosition(position)
	menu.Resize(fyne.NewSize(max(c.Size().Width, menu.MinSize().Width), menu.MinSize().Height))
	at.Focus(menu)
}

func (o Option) role() fyne.ThemeColorName {
	if o.IconRole != "" {
		return o.IconRole
	}
	return look.Text
}

func (c *Choice) key(key *fyne.KeyEvent) bool {
	if key.Name == fyne.KeyDown || key.Name == fyne.KeyUp {
		c.open()
		return true
	}
	return false
}

// TypedRune chooses the next option that begins with a letter.
func (c *Choice) TypedRune(letter rune) {
	from := 0
	for i, option := range c.options {
		if option.ID == c.chosen {
			from = i + 1
		}
	}
	for i := range c.options {
		option := c.options[(from+i)%len(c.options)]
		if strings.HasPrefix(strings.ToLower(option.Word), string(unicode.ToLower(letter))) {
			c.pick(option.ID)
			return
		}
	}
}

// FocusGained shows the ring and scrolls the choice into view.
func (c *Choice) FocusGained() { c.focusGained(c) }

// TypedKey opens the list.
func (c *Choice) TypedKey(key *fyne.KeyEvent) { c.typedKey(c, key) }

// AccessibilityLabel is the label and what is chosen.
func (c *Choice) AccessibilityLabel() string { return c.label.Text() + ": " + c.word() }

// AccessibilityRole says that this can be pressed; Fyne has no role for lists.
func (c *Choice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// word is what stands in the box.
func (c *Choice) word() string {
	for _, option := range c.options {
		if option.ID == c.chosen {
			return option.Word
		}
	}
	if c.chosen != "" {
		return c.chosen
	}
	return c.empty
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{choice: c, box: canvas.NewRectangle(color.Transparent), veil: canvas.NewRectangle(color.Transparent), ring: NewRing()}
	r.Refresh()
	return r
}

type choiceRenderer struct {
	choice    *Choice
	box, veil *canvas.Rectangle
	ring      Ring
}

func (r *choiceRenderer) Destroy() {}

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	c := r.choice
	return []fyne.CanvasObject{c.label, r.box, r.veil, c.value, c.sign, r.ring.Object()}
}

func (r *choiceRenderer) labelRoom() float32 {
	if r.choice.label.Text() == "" {
		return 0
	}
	return r.choice.label.lineHeight() + labelGap
}

// boxHeight is that of a Field, so that both stand in one row.
func (r *choiceRenderer) boxHeight() float32 { return r.choice.value.lineHeight() + 20 }

func (r *choiceRenderer) MinSize() fyne.Size {
	c := r.choice
	width := fyne.MeasureText(c.word(), c.value.textSize(), c.value.style).Width + 1
	return fyne.NewSize(width+c.sign.MinSize().Width+2*look.Space3+look.Space2, r.labelRoom()+r.boxHeight())
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	c := r.choice
	top, height := r.labelRoom(), r.boxHeight()
	c.label.Resize(fyne.NewSize(size.Width, c.label.lineHeight()))
	for _, o := range []*canvas.Rectangle{r.box, r.veil} {
		o.Move(fyne.NewPos(0, top))
		o.Resize(fyne.NewSize(size.Width, height))
	}
	r.ring.Around(fyne.NewPos(0, top), fyne.NewSize(size.Width, height))
	sign, line := c.sign.MinSize(), c.value.lineHeight()
	c.value.Move(fyne.NewPos(look.Space3, top+(height-line)/2))
	c.value.Resize(fyne.NewSize(max(0, size.Width-2*look.Space3-look.Space2-sign.Width), line))
	c.sign.Move(fyne.NewPos(size.Width-look.Space3-sign.Width, top+(height-sign.Height)/2))
	c.sign.Resize(sign)
}

func (r *choiceRenderer) Refresh() {
	c := r.choice
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = look.For(c, look.Background), look.For(c, look.Border), 1
	r.box.CornerRadius, r.veil.CornerRadius = look.Corner, look.Corner
	veil := c.veil()
	r.veil.FillColor, r.veil.Hidden = look.For(c, veil), veil == ""
	c.label.Hidden = c.label.Text() == ""
	c.value.text, c.value.role = clean(c.word()), look.Text
	if c.chosen == "" {
		c.value.role = look.Muted
	}
	c.sign.role = look.Muted
	refreshAll(r.box, c.label, c.value, c.sign)
	r.ring.Show(c, c.focused)
	r.Layout(c.Size())
	canvas.Refresh(c)
}
