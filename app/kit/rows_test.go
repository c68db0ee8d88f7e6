package kit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
)

// logRows is a list whose rows have one to five lines; made counts the rows that
// were built.
func logRows(count int, made *int) (*kit.Rows, []kit.Item) {
	rows := kit.NewRows(func() fyne.CanvasObject {
		*made++
		return kit.Inset(8, 6, kit.NewText("").Wrapped())
	}, func(id string, row fyne.CanvasObject) {
		row.(*fyne.Container).Objects[0].(*kit.Text).SetText(id + strings.Repeat("\nmore", len(id)%5))
	})
	items := make([]kit.Item, count)
	for i := range items {
		items[i] = kit.Item{ID: fmt.Sprintf("entry %d", i*i), Header: i%50 == 0}
	}
	rows.SetItems(items)
	return rows, items
}

func TestAHundredThousandRowsBuildOnlyWhatIsSeen(t *testing.T) {
	made := 0
	rows, _ := logRows(100000, &made)
	began := time.Now()
	window(t, rows, 500, 600)
	assert.Less(t, made, 40)
	assert.Less(t, time.Since(began), 3*time.Second)
}

func TestKeysMoveOverHeadersAndKeepTheRowInView(t *testing.T) {
	made := 0
	rows, items := logRows(300, &made)
	w, _ := window(t, rows, 500, 600)
	w.Canvas().Focus(rows)
	require.Equal(t, items[1].ID, rows.Selected(), "the first row that is no header")

	for range 60 {
		press(w, fyne.KeyDown)
		assertSelectedInView(t, rows, 600)
	}
	assert.Equal(t, items[62].ID, rows.Selected(), "a header was stepped over")
	press(w, fyne.KeyEnd)
	assert.Equal(t, items[299].ID, rows.Selected())
	assertSelectedInView(t, rows, 600)
	press(w, fyne.KeyUp, fyne.KeyPageUp)
	assertSelectedInView(t, rows, 600)
	press(w, fyne.KeyHome, fyne.KeyUp)
	assert.Equal(t, items[1].ID, rows.Selected())
	assert.Zero(t, rows.Offset(), "the header above the first row is shown with it")
	press(w, fyne.KeyPageDown)
	assert.NotEqual(t, items[1].ID, rows.Selected())
	assertSelectedInView(t, rows, 600)
}

// assertSelectedInView looks for the row with the text of the selected item.
func assertSelectedInView(t *testing.T, rows *kit.Rows, height float32) {
	t.Helper()
	for _, cell := range rows.Children() {
		text := kit.TextsIn(cell)
		if len(text) > 0 && strings.Split(text[0], "\n")[0] == rows.Selected() {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(cell)
			assert.GreaterOrEqual(t, at.Y, float32(-0.5))
			assert.LessOrEqual(t, at.Y+cell.Size().Height, height+0.5)
			return
		}
	}
	t.Errorf("%q is not drawn", rows.Selected())
}

func TestNewRowsAboveMoveNeitherTheSelectionNorTheView(t *testing.T) {
	made := 0
	rows, items := logRows(300, &made)
	w, _ := window(t, rows, 500, 600)
	w.Canvas().Focus(rows)
	rows.Select(items[120].ID)
	before := seen(rows)

	rows.SetItems(append([]kit.Item{{ID: "new 1"}, {ID: "new 2"}}, items...))

	assert.Equal(t, items[120].ID, rows.Selected())
	assert.Equal(t, before, seen(rows))
	assert.Equal(t, fyne.Focusable(rows), w.Canvas().Focused())
}

func TestARefreshLeavesTheViewWhereItIs(t *testing.T) {
	made := 0
	rows, items := logRows(300, &made)
	w, _ := window(t, rows, 500, 600)
	rows.Select(items[200].ID)
	test.Scroll(w.Canvas(), fyne.NewPos(100, 100), 0, 137)
	before := seen(rows)

	rows.Refresh()
	assert.Equal(t, before, seen(rows))
	rows.ScrollToEnd()
	end := seen(rows)
	rows.Refresh()
	assert.Equal(t, end, seen(rows))
	rows.SetItems(append([]kit.Item{}, items...))
	assert.Equal(t, end, seen(rows))
	assert.Equal(t, items[299].ID, end[len(end)-1])
}

// seen is the first line of every drawn row.
func seen(rows *kit.Rows) []string {
	var lines []string
	for _, cell := range rows.Children() {
		if text := kit.TextsIn(cell); len(text) > 0 {
			lines = append(lines, strings.Split(text[0], "\n")[0])
		}
	}
	return lines
}

func TestARowThatIsGoneIsNoLongerSelected(t *testing.T) {
	rows := twoRows()
	window(t, rows, 300, 300)
	rows.Select("b")
	rows.SetItems([]kit.Item{{ID: "a"}})
	assert.Empty(t, rows.Selected())
	rows.SetItems(nil)
	rows.Select("a")
	assert.Empty(t, rows.Selected())
}

func TestRowsTellKeysOnlyWhenSingleKeysAreOn(t *testing.T) {
	rows := twoRows()
	w, _ := window(t, rows, 300, 300)
	var heard []string
	rows.OnRune = func(id string, r rune) bool { heard = append(heard, id+string(r)); return true }
	rows.OnKey = func(id string, key fyne.KeyName) bool { heard = append(heard, id+string(key)); return true }
	rows.OnActivate = func(id string) { heard = append(heard, id+"!") }
	w.Canvas().Focus(rows)

	rows.TypedRune('s')
	press(w, fyne.KeyDown, fyne.KeyDelete, fyne.KeyReturn)
	rows.SetSingleKeys(false)
	rows.TypedRune('s')

	assert.Equal(t, []string{"as", "bDelete", "b!"}, heard)
}

func TestASecondTapActivatesARow(t *testing.T) {
	rows := twoRows()
	w, _ := window(t, rows, 300, 300)
	var heard []string
	rows.OnSelect = func(id string) { heard = append(heard, "select "+id) }
	rows.OnActivate = func(id string) { heard = append(heard, "open "+id) }

	test.TapCanvas(w.Canvas(), fyne.NewPos(20, 45))
	test.TapCanvas(w.Canvas(), fyne.NewPos(20, 45))

	assert.Equal(t, []string{"select b", "open b"}, heard[len(heard)-2:])
}

func TestAChangedRowIsMeasuredAgain(t *testing.T) {
	text := "one line"
	rows := kit.NewRows(func() fyne.CanvasObject { return kit.NewText("").Wrapped() }, func(_ string, row fyne.CanvasObject) {
		row.(*kit.Text).SetText(text)
	})
	rows.SetItems([]kit.Item{{ID: "a"}, {ID: "b"}})
	window(t, rows, 300, 300)
	before := rows.Children()[1].Position().Y

	text = strings.Repeat("many words ", 40)
	rows.Update("a")

	assert.Greater(t, rows.Children()[1].Position().Y, before)
}

func TestTheEndOfARowThatIsHigherThanTheListStaysInSight(t *testing.T) {
	text := ""
	rows := kit.NewRows(func() fyne.CanvasObject { return kit.NewText("").Wrapped() }, func(_ string, row fyne.CanvasObject) {
		row.(*kit.Text).SetText(text)
	})
	window(t, rows, 300, 120)
	for n := 1; n < 40; n++ {
		text += "another line\n"
		rows.SetItems([]kit.Item{{ID: "a"}})
		rows.ScrollToEnd()
		require.True(t, rows.AtEnd(), "%d lines", n)
	}
}

func TestAListKnowsWhetherItsEndIsInSight(t *testing.T) {
	made := 0
	rows, _ := logRows(300, &made)
	window(t, rows, 500, 600)
	assert.False(t, rows.AtEnd())

	rows.ScrollToEnd()
	assert.True(t, rows.AtEnd())

	rows.SetOffset(rows.Offset() - 40)
	assert.False(t, rows.AtEnd())
}
