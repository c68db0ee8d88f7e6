package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"firebreak/app/look"
)

// The test driver knows every widget's place at once, a window only after its
// first frame: so what is summed then is held against what is known here.
func TestADepthIsTheSameBeforeAndAfterTheFirstFrame(t *testing.T) {
	target := NewButton("Keep ours", func() {})
	panel := NewPanel("A question", Column(look.Space3, NewText("Both texts").Wrapped(), Row(look.Space2, target, NewButton("Keep both", func() {}))))
	body := NewScroller(Column(look.Space4, NewSubheading("Head"), NewResponsive(600, NewText("wide"), NewText("narrow")), panel, NewText("below")))
	test.NewTempApp(t)
	w := test.NewTempWindow(t, body)
	w.Resize(fyne.NewSize(500, 120))

	assert.Greater(t, body.depth(target), float32(100))
	assert.InDelta(t, body.depth(target), body.sunk(target), float64(2*ringRoom))
}
