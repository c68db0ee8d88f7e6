package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// For gives the colour of a role under the theme that a widget stands in now.
// Call it in every Refresh: canvas objects keep the colour they were made with.
func For(w fyne.Widget, role fyne.ThemeColorName) color.Color {
	if c := theme.ColorForWidget(role, w); c != nil {
		return c
	}
	return color.Transparent
}

// SizeFor gives a size under the theme that a widget stands in now.
func SizeFor(w fyne.Widget, name fyne.ThemeSizeName) float32 {
	if size := theme.SizeForWidget(name, w); size > 0 {
		return size
	}
	if name == SizeScale { // a foreign theme, such as the one of Fyne's tests
		return 1
	}
	return theme.SizeForWidget(theme.SizeNameText, w)
}

// IsContrast says whether a widget stands in the high contrast theme, where
// surfaces are told apart by a border of two pixels.
func IsContrast(w fyne.Widget) bool {
	t, ok := theme.CurrentForWidget(w).(*Theme)
	return ok && t.mode == Contrast
}
