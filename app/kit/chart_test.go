package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"firebreak/app/kit"
)

// drawn counts what a chart shows: lines of values, dots, bars and rings.
func drawn(c *kit.Chart) (lines, dots, bars, rings int) {
	for i, o := range test.WidgetRenderer(c).Objects() {
		if !o.Visible() || i < 3 { // the ground, the threshold and the split come first
			continue
		}
		switch o := o.(type) {
		case *canvas.Line:
			lines++
		case *canvas.Rectangle:
			bars++
		case *canvas.Circle:
			if o.StrokeWidth > 0 {
				rings++
			} else {
				dots++
			}
		}
	}
	return lines, dots, bars, rings
}

func TestAChartTellsLooksApartByShape(t *testing.T) {
	test.NewTempApp(t)
	c := kit.NewChart()
	c.Resize(fyne.NewSize(200, 56))
	c.Set(kit.ChartData{
		Points: []kit.ChartPoint{
			{At: 0, Value: 9, Some: true, Tone: kit.Bad}, {At: 1, Tone: kit.Neutral}, {At: 2, Value: 3, Some: true, Tone: kit.Good}, {At: 3, Value: 0, Some: true, Tone: kit.Good},
		},
		Line: 5, Lined: true, Split: 1, Parted: true, Words: "four looks",
	})
	lines, dots, bars, rings := drawn(c)
	assert.Equal(t, []int{2, 2, 1, 1}, []int{lines, dots, bars, rings})
	assert.Equal(t, "four looks", c.AccessibilityLabel())
	for _, o := range test.WidgetRenderer(c).Objects() {
		if line, is := o.(*canvas.Line); is && o.Visible() {
			for _, p := range []fyne.Position{line.Position1, line.Position2} {
				assert.True(t, p.X >= 0 && p.X <= 200 && p.Y >= 0 && p.Y <= 56, "%v lies within", p)
			}
		}
	}
}

func TestAChartDrawsTheNewestAndNothingTwice(t *testing.T) {
	test.NewTempApp(t)
	c := kit.NewChart()
	c.Resize(fyne.NewSize(200, 56))
	for n := 1; n <= 500; n++ {
		points := make([]kit.ChartPoint, n)
		for i := range points {
			points[i] = kit.ChartPoint{At: float64(i), Value: 1, Some: true, Tone: kit.Good}
		}
		c.Set(kit.ChartData{Points: points})
	}
	lines, dots, _, _ := drawn(c)
	assert.Equal(t, 59, lines)
	assert.Equal(t, 60, dots)
	c.Set(kit.ChartData{})
	lines, dots, _, _ = drawn(c)
	assert.Zero(t, lines+dots)
}
