package kit

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Output shows what a program prints, while it does: the last two thousand
// lines, in fixed width, broken at the edge. It stays at the end until somebody
// scrolls up to read, and then stays there. Lines are chosen by dragging, and
// copied by key.
type Output struct {
	widget.BaseWidget

	// OnCopy hears what is to be copied.
	OnCopy func(text string)

	printed printed
	total   int64
	lines   []string
	tops    []int // the first row of each line; one more for the end
	columns int
	empty   string
	least   float32
	from    int // the chosen lines, -1 for none
	to      int
	focused bool
	reading bool // somebody has scrolled up
	laying  bool

	scroll *container.Scroll
	sheet  *outputSheet
}

// NewOutput makes one that says something while nothing was printed.
func NewOutput(empty string) *Output {
	o := &Output{empty: empty, least: 160, from: -1, to: -1}
	o.sheet = &outputSheet{output: o}
	o.sheet.ExtendBaseWidget(o.sheet)
	o.scroll = container.NewVScroll(o.sheet)
	o.scroll.OnScrolled = func(fyne.Position) {
		if !o.laying {
			o.reading = !o.AtEnd()
		}
		o.sheet.Refresh()
	}
	o.ExtendBaseWidget(o)
	return o
}

// Least sets the height that it asks for.
func (o *Output) Least(height float32) *Output { o.least = height; return o }

// Print brings it in line with what has been printed: how many bytes in all, and
// the end of them. What it knows already costs nothing.
func (o *Output) Print(end string, total int64) {
	fresh := total - o.total
	switch {
	case fresh == 0:
		return
	case fresh < 0 || o.total == 0 || fresh > int64(len(end)): // another program, or too much to have seen it all
		o.printed, o.from, o.to, o.reading = printed{}, -1, -1, false
		if total > int64(len(end)) { // the first line is torn
			_, end, _ = strings.Cut(end, "\n")
		}
	default:
		end = end[len(end)-int(fresh):]
	}
	o.total = total
	rows, gone := o.rows(), o.printed.gone
	o.printed.take(end)
	if gone = o.printed.gone - gone; gone > 0 && o.from >= 0 {
		o.from, o.to = max(0, o.from-gone), max(0, o.to-gone)
	}
	o.measure()
	if o.reading && gone > 0 && gone < len(o.tops) { // what is read stays where it is
		o.scroll.Offset.Y = max(0, o.scroll.Offset.Y-float32(min(rows, o.columnsOf(gone)))*o.lineHeight())
	}
	o.lay(!o.reading)
}

// columnsOf is how many rows about as many lines take.
func (o *Output) columnsOf(lines int) int { return lines * max(1, o.rows()) / max(1, len(o.lines)) }

// Clear shows nothing.
func (o *Output) Clear() {
	o.printed, o.total, o.from, o.to, o.reading = printed{}, 0, -1, -1, false
	o.measure()
	o.lay(true)
}

// Text is what is chosen, or all that is held.
func (o *Output) Text() string {
	lines := o.lines
	if o.from >= 0 {
		first, last := min(o.from, o.to), max(o.from, o.to)
		lines = lines[min(first, len(lines)):min(last+1, len(lines))]
	}
	return strings.Join(lines, "\n")
}

// AtEnd says whether the end is in sight.
func (o *Output) AtEnd() bool { return o.scroll.Offset.Y >= o.furthest()-1 }

// ScrollToEnd shows the end.
func (o *Output) ScrollToEnd() {
	o.reading = false
	o.lay(true)
}

func (o *Output) scrollTo(offset float32) {
	o.scroll.Offset.Y = min(max(0, offset), o.furthest())
	o.reading = !o.AtEnd()
	o.scroll.Refresh()
	o.sheet.Refresh()
}

func (o *Output) furthest() float32 {
	return max(0, float32(o.rows())*o.lineHeight()+2*look.Space2-o.scroll.Size().Height)
}

func (o *Output) rows() int {
	if len(o.tops) == 0 {
		return 0
	}
	return o.tops[len(o.tops)-1]
}

func (o *Output) sign() fyne.Size {
	return fyne.MeasureText("M", look.SizeFor(o, look.SizeMono), fyne.TextStyle{Monospace: true})
}

func (o *Output) lineHeight() float32 { return o.sign().Height }

// measure breaks the lines at the width.
func (o *Output) measure() {
	o.lines = o.printed.all()
	o.columns = max(8, int((o.scroll.Size().Width-2*look.Space3)/max(1, o.sign().Width)))
	o.tops = append(o.tops[:0], 0)
	for i, line := range o.lines {
		rows := 1
		if len(line) > o.columns {
			rows = max(1, (utf8.RuneCountInString(line)+o.columns-1)/o.columns)
		}
		o.tops = append(o.tops, o.tops[i]+rows)
	}
}

// lay gives the sheet its height and scrolls to where the reader is.
func (o *Output) lay(end bool) {
	o.laying = true
	defer func() { o.laying = false }()
	if end {
		o.scroll.Offset.Y = o.furthest()
	}
	o.scroll.Offset.Y = min(o.scroll.Offset.Y, o.furthest())
	view := o.scroll.Size() // the scroller goes no further than the sheet is long
	o.sheet.Resize(fyne.NewSize(view.Width, max(view.Height, o.sheet.MinSize().Height)))
	o.scroll.Refresh()
	o.sheet.Refresh()
}

// FocusGained shows the ring.
func (o *Output) FocusGained() { o.focus(true) }

// FocusLost hides the ring.
func (o *Output) FocusLost() { o.focus(false) }

func (o *Output) focus(on bool) {
	o.focused = on
	o.Refresh()
	if on {
		reveal(o)
	}
}

// TypedRune is no use of its own.
func (o *Output) TypedRune(rune) {}

// TypedKey scrolls.
func (o *Output) TypedKey(key *fyne.KeyEvent) {
	view := o.scroll.Size().Height
	switch key.Name {
	case fyne.KeyDown:
		o.scrollTo(o.scroll.Offset.Y + o.lineHeight())
	case fyne.KeyUp:
		o.scrollTo(o.scroll.Offset.Y - o.lineHeight())
	case fyne.KeyPageDown:
		o.scrollTo(o.scroll.Offset.Y + view - o.lineHeight())
	case fyne.KeyPageUp:
		o.scrollTo(o.scroll.Offset.Y - view + o.lineHeight())
	case fyne.KeyHome:
		o.scrollTo(0)
	case fyne.KeyEnd:
		o.scrollTo(o.furthest())
	default:
		passKey(o, key)
	}
}

// TypedShortcut copies and chooses; the rest is the window's.
func (o *Output) TypedShortcut(shortcut fyne.Shortcut) {
	switch shortcut.(type) {
	case *fyne.ShortcutCopy:
		if o.OnCopy != nil {
			o.OnCopy(o.Text())
		}
	case *fyne.ShortcutSelectAll:
		o.choose(0, len(o.lines)-1)
	default:
		passShortcut(o, shortcut)
	}
}

func (o *Output) choose(from, to int) {
	o.from, o.to = from, to
	o.sheet.Refresh()
}

// AccessibilityLabel is the newest line.
func (o *Output) AccessibilityLabel() string {
	if len(o.lines) == 0 {
		return o.empty
	}
	return o.lines[len(o.lines)-1]
}

// AccessibilityRole says that this is text.
func (o *Output) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (o *Output) CreateRenderer() fyne.WidgetRenderer {
	r := &outputRenderer{output: o, ground: canvas.NewRectangle(look.For(o, look.Background)), ring: NewRing()}
	r.ground.CornerRadius = look.Corner
	return r
}

type outputRenderer struct {
	output *Output
	ground *canvas.Rectangle
	ring   Ring
}

func (r *outputRenderer) Destroy()           {}
func (r *outputRenderer) MinSize() fyne.Size { return fyne.NewSize(160, r.output.least) }

func (r *outputRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.output.scroll, r.ring.Object()}
}

func (r *outputRenderer) Layout(size fyne.Size) {
	o := r.output
	r.ground.Resize(size)
	o.scroll.Resize(size)
	r.ring.Around(fyne.Position{}, size)
	o.measure()
	o.lay(!o.reading)
}

func (r *outputRenderer) Refresh() {
	r.ground.FillColor = look.For(r.output, look.Background)
	r.ground.StrokeColor, r.ground.StrokeWidth = look.For(r.output, look.Line), 1
	r.ground.Refresh()
	r.ring.Show(r.output, r.output.focused)
	r.Layout(r.output.Size())
	canvas.Refresh(r.output)
}
