package kit

import (
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// ChartPoint is one moment of a chart.
type ChartPoint struct {
	At    float64 // along the chart, in any unit
	Value float64
	Some  bool // there is a value
	Tone  Tone // Good, Bad, or anything else for nobody can tell
}

// ChartData is what a chart shows.
type ChartData struct {
	Points []ChartPoint // the oldest first
	Line   float64      // a threshold that values are held against
	Lined  bool
	Split  float64 // a moment that parts before from after
	Parted bool
	Words  string // the same in words, for who cannot see it
}

// Chart is a small calm chart: the values as a line, what came of each look as
// a row of marks below it, told apart by shape and colour, a threshold, and the
// moment that parts before from after. It moves only when it is given something
// new.
type Chart struct {
	widget.BaseWidget

	data ChartData
}

// NewChart makes an empty chart.
func NewChart() *Chart {
	c := &Chart{}
	c.ExtendBaseWidget(c)
	return c
}

// chartPoints bounds what is drawn; the newest are.
const chartPoints = 60

// Set shows other data.
func (c *Chart) Set(data ChartData) {
	data.Points = data.Points[max(0, len(data.Points)-chartPoints):]
	if slices.Equal(data.Points, c.data.Points) && data.Line == c.data.Line && data.Lined == c.data.Lined &&
		data.Split == c.data.Split && data.Parted == c.data.Parted && data.Words == c.data.Words {
		return
	}
	c.data = data
	c.Refresh()
}

// AccessibilityLabel is the chart in words.
func (c *Chart) AccessibilityLabel() string { return c.data.Words }

// AccessibilityRole says that this is text.
func (c *Chart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// The measures of a chart.
const (
	chartWidth  float32 = 160
	chartHeight float32 = 56
	markEdge    float32 = 6
	markRoom    float32 = 12 // below the line of values
)

// CreateRenderer is Fyne's way to ask for the drawing side.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{chart: c, base: canvas.NewLine(color.Transparent), line: canvas.NewLine(color.Transparent), split: canvas.NewLine(color.Transparent)}
	r.Refresh()
	return r
}

// chartRenderer keeps its objects and hides those that are not needed: a chart
// that grows by one point a second makes next to nothing new.
type chartRenderer struct {
	chart             *Chart
	base, line, split *canvas.Line
	values            []*canvas.Line
	good              []*canvas.Circle
	bad               []*canvas.Rectangle
	open              []*canvas.Circle
}

func (r *chartRenderer) Destroy() {}

func (r *chartRenderer) MinSize() fyne.Size { return fyne.NewSize(chartWidth, chartHeight) }

func (r *chartRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.base, r.line, r.split}
	for _, o := range r.values {
		out = append(out, o)
	}
	for _, o := range r.good {
		out = append(out, o)
	}
	for _, o := range r.bad {
		out = append(out, o)
	}
	for _, o := range r.open {
		out = append(out, o)
	}
	return out
}

func (r *chartRenderer) Refresh() {
	points := r.chart.data.Points
	for len(r.values) < len(points) {
		r.values = append(r.values, canvas.NewLine(color.Transparent))
		r.good = append(r.good, canvas.NewCircle(color.Transparent))
		r.bad = append(r.bad, canvas.NewRectangle(color.Transparent))
		r.open = append(r.open, canvas.NewCircle(color.Transparent))
	}
	r.Layout(r.chart.Size())
	canvas.Refresh(r.chart)
}

// scale turns data into places.
type scale struct {
	from, to  float64 // of the moments
	low, high float64 // of the values
	size      fyne.Size
}

func scaleOf(data ChartData, size fyne.Size) scale {
	s := scale{low: math.Inf(1), high: math.Inf(-1), size: size}
	if n := len(data.Points); n > 0 {
		s.from, s.to = data.Points[0].At, data.Points[n-1].At
	}
	for _, p := range data.Points {
		if p.Some {
			s.low, s.high = min(s.low, p.Value), max(s.high, p.Value)
		}
	}
	if data.Lined {
		s.low, s.high = min(s.low, data.Line), max(s.high, data.Line)
	}
	s.low = min(s.low, 0) // a small wobble far above nothing is drawn as one
	return s
}

func (s scale) x(at float64) float32 {
	room := s.size.Width - markEdge
	if s.to <= s.from {
		return markEdge/2 + room
	}
	return markEdge/2 + room*float32((at-s.from)/(s.to-s.from))
}

func (s scale) y(value float64) float32 {
	room := s.size.Height - markRoom - 4
	if s.high <= s.low {
		return 2 + room
	}
	return 2 + room*float32(1-(value-s.low)/(s.high-s.low))
}

func (r *chartRenderer) Layout(size fyne.Size) {
	data := r.chart.data
	s := scaleOf(data, size)
	rule := func(l *canvas.Line, shown bool, role fyne.ThemeColorName, width float32, x1, y1, x2, y2 float32) {
		l.Hidden = !shown
		l.StrokeColor, l.StrokeWidth = look.For(r.chart, role), width
		l.Position1, l.Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
	}
	floor := size.Height - markRoom
	rule(r.base, true, look.Line, 1, 0, floor, size.Width, floor)
	rule(r.line, data.Lined && len(data.Points) > 0, look.WarningText, 1, 0, s.y(data.Line), size.Width, s.y(data.Line))
	inside := data.Parted && len(data.Points) > 0 && data.Split >= s.from && data.Split <= s.to
	rule(r.split, inside, look.Muted, 2, s.x(data.Split), 0, s.x(data.Split), size.Height)

	last := -1
	for i := range r.values {
		some := i < len(data.Points)
		drawn := false
		if some && data.Points[i].Some {
			if last >= 0 {
				a, b := data.Points[last], data.Points[i]
				rule(r.values[i], true, look.Primary, 1.5, s.x(a.At), s.y(a.Value), s.x(b.At), s.y(b.Value))
				drawn = true
			}
			last = i
		}
		r.values[i].Hidden = !drawn
		r.mark(i, some, s, floor)
	}
}

// mark draws what came of a look: a dot when it was well, a bar across the room
// of the marks when it failed, and a ring when nobody can tell.
func (r *chartRenderer) mark(i int, some bool, s scale, floor float32) {
	good, bad, open := r.good[i], r.bad[i], r.open[i]
	good.Hidden, bad.Hidden, open.Hidden = true, true, true
	if !some {
		return
	}
	p := r.chart.data.Points[i]
	x, y := s.x(p.At), floor+(markRoom-markEdge)/2
	dot := fyne.NewPos(x-markEdge/2, y)
	switch p.Tone {
	case Good:
		good.Hidden, good.FillColor = false, look.For(r.chart, look.SuccessText)
		good.Move(dot.AddXY(1, 1))
		good.Resize(fyne.NewSquareSize(markEdge - 2))
	case Bad:
		bad.Hidden, bad.FillColor = false, look.For(r.chart, look.ErrorText)
		bad.Move(fyne.NewPos(x-1.5, floor+1))
		bad.Resize(fyne.NewSize(3, markRoom-1))
	default:
		open.Hidden, open.FillColor, open.StrokeColor, open.StrokeWidth = false, color.Transparent, look.For(r.chart, look.Muted), 1
		open.Move(dot)
		open.Resize(fyne.NewSquareSize(markEdge))
	}
}
