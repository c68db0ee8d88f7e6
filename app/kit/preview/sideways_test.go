package preview

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheWheelOverCodeScrollsThePage(t *testing.T) {
	view := page600(t)
	long := strings.Repeat("0123456789 ", 30)
	view.SetMarkdown("```\n" + strings.Repeat(long+"\n", 100) + "```\n\n" + strings.Repeat("words\n\n", 50))
	pieces := sideScrolls(view)
	require.GreaterOrEqual(t, len(pieces), 2)

	pieces[0].Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -60)})
	assert.InDelta(t, 60, view.scroll.Offset.Y, 1)
	assert.Zero(t, pieces[0].Offset.X)

	pieces[0].Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-40, 0)})
	assert.InDelta(t, 60, view.scroll.Offset.Y, 1)
	for _, piece := range sideScrolls(view) {
		assert.InDelta(t, 40, piece.Offset.X, 1, "all pieces of one code move together")
	}
	pieces[0].Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-1e6, 0)})
	assert.Less(t, pieces[0].Offset.X, float32(len(long)*20))
}

func TestTheBarOfWideCodeIsDragged(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("```\n" + strings.Repeat("0123456789 ", 30) + "\n```")
	var bars []*bar
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if b, ok := o.(*bar); ok {
			bars = append(bars, b)
		}
	})
	require.Len(t, bars, 1)
	side := sideScrolls(view)[0]
	end := side.Content.MinSize().Width - side.Size().Width

	bars[0].Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(10, 0)})
	assert.Greater(t, side.Offset.X, float32(10))
	assert.Less(t, side.Offset.X, end)
	assert.Positive(t, bars[0].thumb.Position().X)

	bars[0].Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(1e5, 0)})
	assert.InDelta(t, end, side.Offset.X, 1)
	assert.InDelta(t, bars[0].Size().Width, bars[0].thumb.Position().X+bars[0].thumb.Size().Width, 1)
}

func sideScrolls(view *View) []*sideways {
	var out []*sideways
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if s, ok := o.(*sideways); ok {
			out = append(out, s)
		}
	})
	return out
}
