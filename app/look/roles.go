// Package look is how Firebreak looks: the palettes for dark, light and high
// contrast, the type sizes, and the spacing. Widgets ask the current Fyne theme
// for the roles below by name, so a change of theme reaches them on Refresh.
package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The roles that Fyne already has a name for. Use these names in our own code,
// so that a screen reads as roles and not as Fyne's history.
const (
	Background  = theme.ColorNameBackground
	Text        = theme.ColorNameForeground
	Muted       = theme.ColorNamePlaceHolder
	Disabled    = theme.ColorNameDisabled
	Border      = theme.ColorNameInputBorder
	Primary     = theme.ColorNamePrimary
	OnPrimary   = theme.ColorNameForegroundOnPrimary
	SuccessText = theme.ColorNameSuccess
	WarningText = theme.ColorNameWarning
	ErrorText   = theme.ColorNameError
)

// The roles that Fyne has no name for.
const (
	// Panel is the fill of a card on the background.
	Panel fyne.ThemeColorName = "firebreak.panel"
	// Raised is the fill of what lies on a panel: buttons, layers, chosen tabs.
	Raised fyne.ThemeColorName = "firebreak.raised"
	// Line divides quietly; it carries no meaning, so it needs no contrast.
	Line fyne.ThemeColorName = "firebreak.line"
	// Ring is the focus ring.
	Ring fyne.ThemeColorName = "firebreak.ring"
	// Selected is the fill of a selected row or choice; Text is readable on it.
	Selected fyne.ThemeColorName = "firebreak.selected"
	// Veil is laid over any fill while the pointer is on it.
	Veil fyne.ThemeColorName = "firebreak.veil"
	// VeilPressed is laid over any fill while it is held down.
	VeilPressed fyne.ThemeColorName = "firebreak.veilPressed"

	// SuccessFill, WarningFill and ErrorFill are tinted surfaces for strips;
	// Text and the text colour of the same name are readable on them.
	SuccessFill fyne.ThemeColorName = "firebreak.successFill"
	WarningFill fyne.ThemeColorName = "firebreak.warningFill"
	ErrorFill   fyne.ThemeColorName = "firebreak.errorFill"
	InfoFill    fyne.ThemeColorName = "firebreak.infoFill"

	// Sev1 to Sev4 and Resolved are the fills of the severity chips.
	Sev1     fyne.ThemeColorName = "firebreak.sev1"
	Sev2     fyne.ThemeColorName = "firebreak.sev2"
	Sev3     fyne.ThemeColorName = "firebreak.sev3"
	Sev4     fyne.ThemeColorName = "firebreak.sev4"
	Resolved fyne.ThemeColorName = "firebreak.resolved"
	// SevLabel is the text and icon colour on every severity fill.
	SevLabel fyne.ThemeColorName = "firebreak.sevLabel"

	// CodeKeyword to CodeName colour code on a panel; what has no colour is Text.
	CodeKeyword fyne.ThemeColorName = "firebreak.codeKeyword"
	CodeString  fyne.ThemeColorName = "firebreak.codeString"
	CodeNumber  fyne.ThemeColorName = "firebreak.codeNumber"
	CodeComment fyne.ThemeColorName = "firebreak.codeComment"
	CodeName    fyne.ThemeColorName = "firebreak.codeName"
)
