package kit

import (
	"slices"

	"fyne.io/fyne/v2"

	"firebreak/app/look"
)

// titles lets the fuzzy search read the commands.
type titles []Command

func (t titles) String(i int) string { return t[i].Title }
func (t titles) Len() int            { return len(t) }

// sortBy puts the highest rank first and leaves equals in their order.
func sortBy(order []int, rank func(i int) int) {
	slices.SortStableFunc(order, func(a, b int) int { return rank(b) - rank(a) })
}

func newPaletteRow() fyne.CanvasObject {
	return Inset(look.Space3, look.Space2, Row(look.Space3,
		NewText(""), Grow(NewCaption("").Cut()), NewCaption("")))
}

func showPaletteRow(row *fyne.Container, command Command) {
	line := row.Objects[0].(*fyne.Container)
	title := line.Objects[0].(*Text)
	title.SetText(command.Title)
	title.SetRole(look.Text)
	if command.OffReason != "" {
		title.SetRole(look.Disabled)
	}
	line.Objects[1].(*fyne.Container).Objects[0].(*Text).SetText(command.OffReason)
	line.Objects[2].(*Text).SetText(command.Key)
}
