package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Meter shows how much of a time is used: in words, by a shape, by colour, and as
// a bar. It knows no clock; whoever has one sets it.
type Meter struct {
	widget.BaseWidget

	words string
	used  float32
	tone  Tone
	quiet bool
	sign  string // the icon while nothing is late
	icon  *Icon
	text  *Text
}

// NewMeter makes an empty meter.
func NewMeter() *Meter {
	m := &Meter{sign: "clock", icon: NewIcon("clock").Edge(16), text: NewText("").Sized(theme.SizeNameCaptionText).Cut()}
	m.ExtendBaseWidget(m)
	return m
}

// Sign shows another icon than a clock, for what is no time.
func (m *Meter) Sign(icon string) *Meter { m.sign = icon; return m }

// Set shows words such as "update due in 3 min", the share of the time that is used
// (0 to 1; more counts as 1), and the tone: Neutral or Good in time, Warn near the
// end, Bad when late.
func (m *Meter) Set(words string, used float32, tone Tone) {
	if !(used >= 0) { // also a NaN, from a time of nothing
		used = 0
	}
	used = min(used, 1)
	if words == m.words && used == m.used && tone == m.tone {
		return
	}
	m.words, m.used, m.tone = words, used, tone
	m.Refresh()
}

// WordsOnly leaves the bar out, for narrow headers.
func (m *Meter) WordsOnly(only bool) {
	if only != m.quiet {
		m.quiet = only
		m.Refresh()
	}
}

// Words is what the meter says.
func (m *Meter) Words() string { return m.words }

// AccessibilityLabel is what the meter says.
func (m *Meter) AccessibilityLabel() string { return m.words }

// AccessibilityRole says that this is text.
func (m *Meter) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	r := &meterRenderer{meter: m, track: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type meterRenderer struct {
	meter      *Meter
	track, bar *canvas.Rectangle
}

const barHeight float32 = 6

func (r *meterRenderer) Destroy() {}

func (r *meterRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.bar, r.meter.icon, r.meter.text}
}

func (r *meterRenderer) MinSize() fyne.Size {
	m := r.meter
	words := fyne.MeasureText(m.words, m.text.textSize(), m.text.style).Width + 1
	size := fyne.NewSize(m.icon.MinSize().Width+look.Space1+2+words, max(m.icon.MinSize().Height, m.text.lineHeight()))
	if !m.quiet {
		size.Height += look.Space1 + barHeight
		size.Width = max(size.Width, 120)
	}
	return size
}

func (r *meterRenderer) Layout(size fyne.Size) {
	m := r.meter
	icon, line := m.icon.MinSize(), m.text.lineHeight()
	height := max(icon.Height, line)
	m.icon.Move(fyne.NewPos(0, (height-icon.Height)/2))
	m.icon.Resize(icon)
	left := icon.Width + look.Space1 + 2
	m.text.Move(fyne.NewPos(left, (height-line)/2))
	m.text.Resize(fyne.NewSize(max(0, size.Width-left), line))
	r.track.Move(fyne.NewPos(0, height+look.Space1))
	r.track.Resize(fyne.NewSize(size.Width, barHeight))
	r.bar.Move(r.track.Position())
	r.bar.Resize(fyne.NewSize(size.Width*m.used, barHeight))
}

func (r *meterRenderer) Refresh() {
	m := r.meter
	name, role := m.sign, look.Muted
	if m.tone == Warn || m.tone == Bad {
		name, role = m.tone.Icon(), m.tone.Role()
	}
	m.icon.name, m.icon.role = name, role
	m.text.text, m.text.role, m.text.style.Bold = clean(m.words), role, m.tone == Warn || m.tone == Bad
	refreshAll(m.icon, m.text)
	r.track.FillColor, r.track.CornerRadius = look.For(m, look.Raised), barHeight/2
	r.track.StrokeColor, r.track.StrokeWidth = look.For(m, look.Border), 1
	r.bar.FillColor, r.bar.CornerRadius = look.For(m, m.tone.Role()), barHeight/2
	r.track.Hidden, r.bar.Hidden = m.quiet, m.quiet || m.used == 0
	r.track.Refresh()
	r.bar.Refresh()
	r.Layout(m.Size())
	canvas.Refresh(m)
}
