package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// For gives the colour of a role under the theme that a widget stands in now.
// Call it in every Refresh: canvas objects keep the colour they were made with.
// Under a foreign theme, such as the one of Fyne's tests, our own roles become the
// nearest ones that Fyne has.
func For(w fyne.Widget, role fyne.ThemeColorName) color.Color {
	current := theme.CurrentForWidget(w)
	if _, ours := current.(*Theme); !ours {
		role = foreign(role)
	}
	if role == "" {
		return color.Transparent
	}
	return theme.ColorForWidget(role, w)
}

// foreign gives the role of Fyne that comes nearest to one of ours.
func foreign(role fyne.ThemeColorName) fyne.ThemeColorName {
	switch role {
	case Panel, Raised, SuccessFill, WarningFill, ErrorFill, InfoFill, SevLabel:
		return Background
	case Selected, Veil, VeilPressed:
		return theme.ColorNameHover
	case Line:
		return theme.ColorNameSeparator
	case Ring, Sev1, Sev2, Sev3, Sev4, Resolved, CodeKeyword, CodeString, CodeNumber, CodeComment, CodeName:
		return Text
	}
	return role
}

// SizeFor gives a size under the theme that a widget stands in now.
func SizeFor(w fyne.Widget, name fyne.ThemeSizeName) float32 {
	if _, ours := theme.CurrentForWidget(w).(*Theme); !ours {
		switch name { // the sizes that only our theme knows
		case SizeScale:
			return 1
		case SizeMono:
			name = theme.SizeNameText
		}
	}
	return theme.SizeForWidget(name, w)
}

// IsContrast says whether a widget stands in the high contrast theme, where
// surfaces are told apart by a border of two pixels.
func IsContrast(w fyne.Widget) bool {
	t, ok := theme.CurrentForWidget(w).(*Theme)
	return ok && t.mode == Contrast
}
