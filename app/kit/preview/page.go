package preview

import (
	"image"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// page sets one block: it collects the objects that draw it, at their places.
type page struct {
	ink
	block   Block
	onLink  func(address string)
	wheel   func(*fyne.ScrollEvent)
	shiftOf func(group uint64) *shift

	toNote   func(label string)
	images   func(address string) image.Image
	unfold   func()
	unfolded bool

	objects []fyne.CanvasObject
	sides   []*sideways
	bars    []*bar
}

const narrowest = 60 // what is left for text at the deepest nesting

// set draws the block into width and gives its height.
func (p *page) set(width float32) float32 {
	top := p.block.Lead * p.pitch()
	left := p.frameWidth()
	width = max(width-left, narrowest)
	height := p.body(left, top, width)
	p.frames(top, height)
	return height
}

// body draws the text itself and gives the y below it.
func (p *page) body(x, y, width float32) float32 {
	switch p.block.Kind {
	case Heading:
		return p.heading(x, y, width)
	case Code:
		return p.code(x, y, width)
	case Plain:
		return p.plain(x, y, width)
	case Row:
		return p.row(x, y, width)
	case Rule:
		p.rect(p.border, x, y, width, p.hair())
		return y + p.hair()
	case Picture:
		return p.picture(x, y, width)
	case Front:
		return p.front(x, y, width)
	case Note:
		return p.lines(x, y, width, setting{size: p.mono, pitch: p.pitch(), colour: p.muted})
	}
	s := setting{size: p.base, pitch: p.pitch(), colour: p.text}
	if p.quoted() {
		s.colour = p.muted
	}
	if alert := p.alertTitle(); alert != NoAlert {
		s.colour = p.alertColour(alert)
	}
	return p.lines(x, y, width, s)
}

func (p *page) heading(x, y, width float32) float32 {
	sizes := []float32{1.75, 1.4, 1.18, 1, 0.93, 0.93}
	level := min(max(p.block.Level, 1), len(sizes))
	size := whole(p.base * sizes[level-1])
	s := setting{size: size, pitch: size * headLineHeight, colour: p.text, bold: true}
	if level >= 5 {
		s.colour = p.muted
	}
	y = p.lines(x, y, width, s)
	if level == 1 {
		y += p.pitch() * 0.25
		p.rect(p.line, x, y, width, p.hair())
		y += p.hair()
	}
	return y
}

// quoted means an ordinary quote: an alert speaks for itself.
func (p *page) quoted() bool {
	for _, f := range p.block.Frames {
		if f.Kind == Quote && f.Alert == NoAlert {
			return true
		}
	}
	return false
}

// alertTitle is the alert whose word the block is.
func (p *page) alertTitle() Alert {
	if n := len(p.block.Frames); n > 0 && p.block.Joined < n && len(p.block.Spans) == 1 && p.block.Spans[0].Style == Bold &&
		p.block.Spans[0].Text == p.block.Frames[n-1].Alert.String() {
		return p.block.Frames[n-1].Alert
	}
	return NoAlert
}

// alertColour is the colour of a quote's bar and of its word.
func (p *page) alertColour(alert Alert) color.Color {
	switch alert {
	case AlertNote, AlertImportant:
		return p.link
	case AlertTip:
		return p.good
	case AlertWarning:
		return p.warn
	case AlertCaution:
		return p.bad
	}
	return p.border
}

// hair is the thickness of a rule.
func (p *page) hair() float32 {
	if p.contrast {
		return 2
	}
	return 1
}

func (p *page) rect(fill color.Color, x, y, width, height float32) *canvas.Rectangle {
	r := canvas.NewRectangle(fill)
	p.place(r, x, y, width, height)
	return r
}

func (p *page) place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
	p.objects = append(p.objects, o)
}

// write draws text so that it stands on a baseline, and gives the object.
func (p *page) write(text string, f face, colour color.Color, x, baseline float32) *canvas.Text {
	t := canvas.NewText(text, colour)
	t.TextSize, t.TextStyle = f.size, f.style
	size := t.MinSize()
	p.place(t, x, baseline-f.baseline(text), size.Width, size.Height)
	return t
}

// frameWidth is how far the frames push the text to the right.
func (p *page) frameWidth() float32 {
	var x float32
	for _, f := range p.block.Frames {
		x += p.frameStep(f)
	}
	return x
}

func (p *page) frameStep(f Frame) float32 {
	body := p.base
	if f.Kind == Quote {
		return body * quoteIndent
	}
	if f.Label != "" {
		return p.faceOf(Raised, body, false).width(f.Label) + body*0.7
	}
	if f.Digits > 0 {
		return float32(f.Digits)*p.faceOf(0, body, false).width("0") + body*1.05
	}
	if f.Boxed {
		return body * boxColumn
	}
	return body * bulletColumn
}

// frames draws quote bars and the marker of an item.
func (p *page) frames(top, height float32) {
	var x float32
	item := p.innermostItem()
	for i, f := range p.block.Frames {
		step := p.frameStep(f)
		if f.Kind == Quote {
			from := top
			if i < p.block.Joined {
				from = 0 // the bar goes on from the block above
			}
			p.rect(p.alertColour(f.Alert), x, from, 3, height-from)
		}
		if i == item {
			p.marker(x, top, step)
		}
		x += step
	}
}

// innermostItem is the frame that the marker belongs to.
func (p *page) innermostItem() int {
	for i := len(p.block.Frames) - 1; i >= 0; i-- {
		if p.block.Frames[i].Kind == Item {
			return i
		}
	}
	return -1
}

// marker draws in front of the first line of an item.
func (p *page) marker(x, top, step float32) {
	body, f := p.base, p.faceOf(0, p.base, false)
	// The middle of small letters, which is what the eye lines a bullet up with.
	middle := p.baseline(top, p.pitch(), f) - body*0.29
	switch m := p.block.Marker; m.Kind {
	case Number:
		text := strconv.Itoa(m.Number) + "."
		end := x + step - body*0.45
		p.write(text, f, p.muted, end-f.width(text), p.baseline(top, p.pitch(), f))
	case Label:
		p.write(m.Text, p.faceOf(Raised, body, false), p.muted, x, p.baseline(top, p.pitch(), f)-body*0.36)
	case Bullet:
		p.dot(x+body*0.4, middle, body*0.36, m.Number)
	case Open, Done:
		p.box(x+body*0.1, middle-body*0.07, body*1.05, m.Kind == Done)
	}
}

// dot tells the depth of a list by its bullet: full, hollow, square.
func (p *page) dot(x, middle, size float32, depth int) {
	y := middle - size/2
	switch {
	case depth <= 1:
		p.place(canvas.NewCircle(p.muted), x, y, size, size)
	case depth == 2:
		ring := canvas.NewCircle(color.Transparent)
		ring.StrokeColor, ring.StrokeWidth = p.muted, 1.2
		p.place(ring, x, y, size, size)
	default:
		p.rect(p.muted, x, y+size*0.1, size*0.8, size*0.8)
	}
}

// box is the state of a task. It is a picture, not a control: the text is
// changed where it is written.
func (p *page) box(x, middle, size float32, done bool) {
	y := middle - size/2
	frame := p.rect(color.Transparent, x, y, size, size)
	frame.CornerRadius = size * 0.2
	frame.StrokeColor, frame.StrokeWidth = p.border, 1.5
	if !done {
		return
	}
	frame.FillColor, frame.StrokeColor = p.link, p.link
	p.stroke(x+size*0.24, y+size*0.53, x+size*0.43, y+size*0.72, size)
	p.stroke(x+size*0.43, y+size*0.72, x+size*0.78, y+size*0.31, size)
}

func (p *page) stroke(x1, y1, x2, y2, size float32) {
	line := canvas.NewLine(p.mark)
	line.StrokeWidth = size * 0.13
	line.Position1, line.Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
	p.objects = append(p.objects, line)
}
