package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/look"
)

func TestAMarkedTextKeepsItsWordsAndItsMarksWhereverItBreaks(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Dark, 1))
	m := NewMarked()
	runs := []Run{
		{Text: "The pattern was "},
		{Text: "changed in PR #423", Marked: true},
		{Text: ".\n\nIt "},
		{Text: "refuses-every-token-that-has-a-dash-in-it", Marked: true},
		{Text: "  since then"},
	}
	require.True(t, m.SetRuns(runs))
	assert.False(t, m.SetRuns(runs))

	for _, width := range []float32{40, 90, 170, 300, 2000} {
		plain, marked := "", ""
		for _, line := range m.broken(width) {
			end := float32(0)
			for _, piece := range line {
				assert.InDelta(t, end, piece.x, 0.01, "pieces stand beside each other at %v", width)
				end = piece.x + piece.width
				plain += piece.text
				if piece.marked {
					marked += piece.text
				}
			}
		}
		assert.Equal(t, letters(m.Text()), letters(plain), width)
		assert.Equal(t, letters("changed in PR #423refuses-every-token-that-has-a-dash-in-it"), letters(marked), width)
	}
	assert.Greater(t, m.HeightForWidth(90), m.HeightForWidth(300))
}

func letters(text string) string { return strings.Join(strings.Fields(text), "") }

func TestAMarkedTextWithoutWordsIsOneLineHigh(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Dark, 1))
	m := NewMarked()
	m.SetRuns([]Run{{Text: ""}})
	assert.InDelta(t, m.lineHeight(), m.HeightForWidth(200), 0.01)
}
