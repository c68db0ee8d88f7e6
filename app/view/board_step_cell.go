package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// stepCell is one drawn line of the checklist. It is used again for other
// lines, so show sets every part.
type stepCell struct {
	widget.BaseWidget

	line    stepLine
	icon    *kit.Icon
	title   *kit.Text
	side    *kit.Text
	clock   *kit.Text
	below   *kit.Text
	detail  *kit.Text
	done    *kit.Button
	skip    *kit.Button
	reopen  *kit.Button
	buttons *fyne.Container
	box     *fyne.Container
}

func newStepCell(s *steps) *stepCell {
	c := &stepCell{
		icon: kit.NewIcon("step-open").Edge(18), title: kit.NewText("").Cut(),
		side:  kit.NewCaption("").Cut().Aligned(fyne.TextAlignTrailing),
		clock: kit.NewText("").Sized(theme.SizeNameCaptionText).In(look.Muted),
		below: kit.NewCaption("").Wrapped(), detail: kit.NewCaption("").Wrapped(),
	}
	c.done = kit.NewButton("Done", func() { s.Done(c.line.id) }).Small()
	c.skip = kit.NewButton("Skip, why?", func() { s.Skip(c.line.id) }).Small()
	c.reopen = kit.NewButton("Open again", func() { s.Reopen(c.line.id) }).Small()
	note := kit.NewQuiet("Note", func() { s.Note(c.line.id) }).Small()
	c.buttons = kit.Wrap(look.Space2, c.done, c.skip, c.reopen, note)
	words := container.New(&stepWords{}, c.title, c.side, c.clock)
	c.box = kit.Inset(look.Space3, look.Space2, kit.TopRow(look.Space2, c.icon,
		kit.Grow(kit.Column(look.Space1, words, c.below, c.detail, c.buttons))))
	c.ExtendBaseWidget(c)
	return c
}

// show makes the cell that of a line.
func (c *stepCell) show(l stepLine, selected bool) {
	c.line = l
	role := look.Text
	if l.muted {
		role = look.Muted
	}
	c.icon.Set(l.icon, l.role)
	c.title.SetText(l.title)
	c.title.SetRole(role)
	c.title.SetBold(l.bold)
	c.side.SetText(l.side)
	c.side.SetRole(look.Muted)
	if l.bold {
		c.side.SetRole(look.Primary)
	}
	c.clock.SetText(l.clock)
	c.below.SetText(l.below)
	c.detail.SetText(l.detail)
	show(c.below, l.below != "")
	show(c.detail, selected && l.detail != "")
	show(c.buttons, selected && !l.bold) // the current step has its buttons in the card
	show(c.done, l.open)
	show(c.skip, l.open)
	show(c.reopen, !l.open)
}

// Children lets the focus find its way in.
func (c *stepCell) Children() []fyne.CanvasObject { return []fyne.CanvasObject{c.box} }

// LeastWidth is that of the parts.
func (c *stepCell) LeastWidth() float32 { return kit.LeastWidth(c.box) }

// HeightForWidth is that of the wrapped parts.
func (c *stepCell) HeightForWidth(width float32) float32 { return kit.HeightFor(c.box, width) }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (c *stepCell) CreateRenderer() fyne.WidgetRenderer { return holding(c.box) }

// stepWords sets title, side and clock on one line: the title gets what it
// needs, up to two thirds; the side what is left.
type stepWords struct{}

func (w *stepWords) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	title, side, clock := objects[0].(*kit.Text), objects[1].(*kit.Text), objects[2].(*kit.Text)
	right := size.Width
	if clock.Text() != "" {
		least := clock.MinSize()
		right -= least.Width
		clock.Move(fyne.NewPos(right, w.drop(title, clock)))
		clock.Resize(least)
		right -= look.Space3
	}
	theme := fyne.CurrentApp().Settings().Theme()
	natural := fyne.MeasureText(title.Text(), theme.Size("text"), fyne.TextStyle{Bold: true}).Width + 2
	if side.Text() != "" {
		natural = min(natural, right*2/3)
	} else {
		natural = right
	}
	natural = min(natural, right)
	title.Move(fyne.Position{})
	title.Resize(fyne.NewSize(natural, title.MinSize().Height))
	left := min(natural+look.Space3, right)
	side.Move(fyne.NewPos(left, w.drop(title, side)))
	side.Resize(fyne.NewSize(right-left, side.MinSize().Height))
}

func (w *stepWords) drop(title, beside *kit.Text) float32 {
	return max(0, title.Baseline()-beside.Baseline())
}

func (w *stepWords) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(objects[0].MinSize().Width+objects[2].MinSize().Width+look.Space3, height)
}

// phaseCell is the heading of a phase, or the pause at its end.
type phaseCell struct {
	widget.BaseWidget

	line    stepLine
	name    *kit.Text
	mode    *kit.Text
	count   *kit.Text
	add     *kit.Button
	heading *fyne.Container
	icon    *kit.Icon
	says    *kit.Text
	confirm *kit.Button
	pause   *fyne.Container
	box     *fyne.Container
}

func newPhaseCell(s *steps) *phaseCell {
	c := &phaseCell{
		name: kit.NewSubheading("").Cut(), mode: kit.NewCaption("").Bold(), count: kit.NewCaption(""),
		icon: kit.NewIcon("people").Edge(18), says: kit.NewCaption("").Wrapped(),
	}
	c.add = kit.NewQuiet("Add item", func() { s.Add(c.line.phase) }).Icon("add").Small()
	c.confirm = kit.NewButton("Confirm", func() { s.Confirm(c.line.phase) }).Small()
	c.heading = kit.Row(look.Space3, kit.Grow(c.name), c.mode, c.count, c.add)
	c.pause = kit.Row(look.Space2, c.icon, kit.Grow(c.says), c.confirm)
	c.box = kit.Inset(look.Space3, look.Space2, kit.Column(0, c.heading, c.pause))
	c.ExtendBaseWidget(c)
	return c
}

func (c *phaseCell) show(l stepLine) {
	c.line = l
	show(c.heading, l.kind == phaseLine)
	show(c.pause, l.kind == pauseLine)
	if l.kind == phaseLine {
		c.name.SetText(l.title)
		c.mode.SetText(l.side)
		c.count.SetText(l.clock)
		show(c.add, l.open)
		return
	}
	c.icon.Set(l.icon, l.role)
	c.says.SetText(l.title)
	c.says.SetBold(l.bold)
	show(c.confirm, l.open)
}

// Children lets the focus find its way in.
func (c *phaseCell) Children() []fyne.CanvasObject { return []fyne.CanvasObject{c.box} }

// LeastWidth is that of the parts.
func (c *phaseCell) LeastWidth() float32 { return kit.LeastWidth(c.box) }

// HeightForWidth is that of the wrapped parts.
func (c *phaseCell) HeightForWidth(width float32) float32 { return kit.HeightFor(c.box, width) }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (c *phaseCell) CreateRenderer() fyne.WidgetRenderer { return holding(c.box) }
