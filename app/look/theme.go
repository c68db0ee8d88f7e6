package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode is the choice of the person in Settings.
type Mode string

// The modes. System follows the desktop's light or dark preference.
const (
	System   Mode = "system"
	Dark     Mode = "dark"
	Light    Mode = "light"
	Contrast Mode = "contrast"
)

// Modes lists the choices in the order in which Settings shows them.
func Modes() []Mode { return []Mode{System, Light, Dark, Contrast} }

// The text scale goes from 100 to 200 % (WCAG 1.4.4).
const (
	MinScale float32 = 1
	MaxScale float32 = 2
)

// Theme is a Fyne theme with our roles. It never changes: a new mode or scale is
// a new Theme, given to Settings().SetTheme.
type Theme struct {
	mode  Mode
	scale float32
	dark  palette
	light palette
	base  fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// New makes the theme for a mode and a text scale. A scale outside 1 to 2 is
// brought to the nearer end, an unknown mode counts as System: a damaged setting
// must not make the window unreadable.
func New(mode Mode, scale float32) *Theme {
	t := &Theme{mode: mode, scale: ClampScale(scale), dark: darkPalette(), light: lightPalette(), base: theme.DefaultTheme()}
	switch mode {
	case Dark:
		t.light = t.dark
	case Light:
		t.dark = t.light
	case Contrast:
		t.dark = contrastPalette()
		t.light = t.dark
	default:
		t.mode = System
	}
	return t
}

// ClampScale brings a text scale into the range that the screens are laid out for.
func ClampScale(scale float32) float32 {
	if !(scale >= MinScale) { // also catches a NaN from a damaged setting
		return MinScale
	}
	return min(scale, MaxScale)
}

// Mode says what the theme was made for.
func (t *Theme) Mode() Mode { return t.mode }

// Scale is the text scale, 1 to 2.
func (t *Theme) Scale() float32 { return t.scale }

// Color gives the colour of a role; a role that nobody defined is Fyne's own.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p := t.dark
	if variant == theme.VariantLight {
		p = t.light
	}
	if c, ok := p[name]; ok {
		return c
	}
	return t.base.Color(name, variant)
}

// Font gives Fyne's bundled Noto Sans: its digits are tabular, so clocks stand still.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

// Icon gives Fyne's icons for Fyne's own widgets; ours come from assets.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }

// Size gives text sizes times the scale, and the rest as it is.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 15 * t.scale
	case theme.SizeNameCaptionText:
		return 13 * t.scale
	case theme.SizeNameSubHeadingText:
		return 18 * t.scale
	case theme.SizeNameHeadingText:
		return 24 * t.scale
	case SizeMono:
		return 14 * t.scale
	case SizeScale:
		return t.scale
	case theme.SizeNameInnerPadding: // a field of one line becomes 40 pixels high
		return 10
	case theme.SizeNameInlineIcon:
		return 20 * t.scale
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameCardRadius,
		theme.SizeNameDialogRadius, theme.SizeNamePopupRadius, theme.SizeNameMenuRadius:
		return Corner
	case theme.SizeNameSelectionRadius:
		return ChipCorner
	case theme.SizeNameScrollBar:
		return 12
	case theme.SizeNameScrollBarSmall:
		return 3
	}
	return t.base.Size(name)
}
