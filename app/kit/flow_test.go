package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"

	"firebreak/app/kit"
)

func TestWrappedTextGetsItsHeightInOnePass(t *testing.T) {
	text := kit.NewText(strings.Repeat("words that wrap ", 20)).Wrapped()
	below := kit.NewText("below")
	window(t, kit.Column(8, kit.NewPanel("", kit.Row(8, kit.NewIcon("note"), kit.Grow(text))), below), 300, 600)

	assert.Equal(t, text.HeightForWidth(text.Size().Width), text.Size().Height)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject
	assert.Greater(t, at(below).Y, at(text).Y+text.Size().Height)
}

func TestGrownObjectsShareTheRestAndHiddenOnesTakeNone(t *testing.T) {
	left, right, hidden := kit.NewText("left").Cut(), kit.NewText("right").Cut(), kit.NewText("hidden")
	hidden.Hide()
	row := kit.Row(10, kit.Grow(left), hidden, kit.Grow(right))
	window(t, kit.Column(0, row), 410, 100)

	assert.Equal(t, float32(200), left.Size().Width)
	assert.Equal(t, float32(200), right.Size().Width)
}

func TestTextsOfDifferentSizesStandOnOneLine(t *testing.T) {
	big, small := kit.NewHeading("T+00:47"), kit.NewCaption("since 14:01Z")
	window(t, kit.Column(0, kit.TopRow(8, big, small, kit.NewIcon("clock"))), 400, 100)
	assert.InDelta(t, big.Position().Y+big.Baseline(), small.Position().Y+small.Baseline(), 0.01)
}

func TestDeepTreesAreLaidOutAtOnce(t *testing.T) {
	var deep fyne.CanvasObject = kit.NewText(strings.Repeat("words that wrap ", 10)).Wrapped()
	for range 14 {
		deep = kit.NewPanel("", kit.Row(4, kit.NewIcon("note"), kit.Grow(kit.Column(4, deep, kit.NewText("beneath")))))
	}
	began := time.Now()
	window(t, deep, 1200, 800)
	assert.Less(t, time.Since(began), 2*time.Second)
}
