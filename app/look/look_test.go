package look_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/look"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	channel := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
}

// contrast is the contrast ratio of WCAG 2.2, 1 to 21.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func colourOf(mode look.Mode, role fyne.ThemeColorName) color.Color {
	return look.New(mode, 1).Color(role, theme.VariantDark)
}

var solidModes = []look.Mode{look.Dark, look.Light, look.Contrast}

func TestEveryTextRoleIsReadableOnEverySurface(t *testing.T) {
	t.Parallel()
	surfaces := []fyne.ThemeColorName{look.Background, look.Panel, look.Raised}
	needs := map[fyne.ThemeColorName]float64{
		look.Text: 7, look.Muted: 6.5, look.Disabled: 4, look.Primary: 6.5,
		look.SuccessText: 4.5, look.WarningText: 4.5, look.ErrorText: 4.5,
		look.Border: 3, look.Ring: 7,
		look.CodeKeyword: 4.5, look.CodeString: 4.5, look.CodeNumber: 4.5, look.CodeComment: 4.5, look.CodeName: 4.5,
		look.Sev1: 3, look.Sev2: 3, look.Sev3: 3, look.Sev4: 3, look.Resolved: 3,
		theme.ColorNameHyperlink: 4.5, theme.ColorNameScrollBar: 3,
	}
	for _, mode := range solidModes {
		for role, least := range needs {
			for _, surface := range surfaces {
				ratio := contrast(colourOf(mode, role), colourOf(mode, surface))
				assert.GreaterOrEqualf(t, ratio, least, "%s: %s on %s is %.2f", mode, role, surface, ratio)
			}
		}
	}
}

func TestLabelsAreReadableOnTheirFills(t *testing.T) {
	t.Parallel()
	pairs := []struct {
		label, fill fyne.ThemeColorName
		least       float64
	}{
		{look.OnPrimary, look.Primary, 7},
		{look.SevLabel, look.Sev1, 4.5},
		{look.SevLabel, look.Sev2, 4.5},
		{look.SevLabel, look.Sev3, 4.5},
		{look.SevLabel, look.Sev4, 4.5},
		{look.SevLabel, look.Resolved, 4.5},
		{look.Text, look.Selected, 7},
		{look.Muted, look.Selected, 4.5},
		{look.Primary, look.Selected, 4.5},
		{look.Text, look.SuccessFill, 7},
		{look.Text, look.WarningFill, 7},
		{look.Text, look.ErrorFill, 7},
		{look.Text, look.InfoFill, 7},
		{look.SuccessText, look.SuccessFill, 4.5},
		{look.WarningText, look.WarningFill, 4.5},
		{look.ErrorText, look.ErrorFill, 4.5},
		{look.Primary, look.InfoFill, 4.5},
		{look.Muted, theme.ColorNameInputBackground, 4.5},
		{look.Text, theme.ColorNameMenuBackground, 7},
	}
	for _, mode := range solidModes {
		for _, pair := range pairs {
			ratio := contrast(colourOf(mode, pair.label), colourOf(mode, pair.fill))
			assert.GreaterOrEqualf(t, ratio, pair.least, "%s: %s on %s is %.2f", mode, pair.label, pair.fill, ratio)
		}
	}
}

func TestTheComputedRatiosAreTheOnesThatWereChosen(t *testing.T) {
	t.Parallel()
	cases := []struct {
		mode    look.Mode
		role    fyne.ThemeColorName
		surface fyne.ThemeColorName
		ratio   float64
	}{
		{look.Dark, look.Text, look.Background, 16.30},
		{look.Dark, look.Muted, look.Raised, 7.48},
		{look.Dark, look.Disabled, look.Raised, 4.58},
		{look.Dark, look.Primary, look.Background, 9.80},
		{look.Dark, look.ErrorText, look.Raised, 5.04},
		{look.Light, look.Text, look.Panel, 16.58},
		{look.Light, look.Disabled, look.Raised, 4.01},
		{look.Light, look.Primary, look.Raised, 6.62},
		{look.Light, look.WarningText, look.Background, 6.56},
		{look.Light, look.SevLabel, look.Sev2, 4.65},
		{look.Light, look.SevLabel, look.Sev4, 4.56},
		{look.Contrast, look.Primary, look.Background, 19.56},
		{look.Contrast, look.Ring, look.Background, 16.75},
		{look.Contrast, look.Disabled, look.Background, 11.54},
	}
	for _, c := range cases {
		got := contrast(colourOf(c.mode, c.role), colourOf(c.mode, c.surface))
		assert.InDeltaf(t, c.ratio, got, 0.011, "%s: %s on %s", c.mode, c.role, c.surface)
	}
}

func TestTextStaysReadableUnderHoverAndPress(t *testing.T) {
	t.Parallel()
	for _, mode := range solidModes {
		for _, veil := range []fyne.ThemeColorName{look.Veil, look.VeilPressed, theme.ColorNameHover, theme.ColorNamePressed, theme.ColorNameSelection, theme.ColorNameFocus} {
			for _, fill := range []fyne.ThemeColorName{look.Background, look.Panel, look.Raised} {
				under := over(colourOf(mode, veil), colourOf(mode, fill))
				assert.GreaterOrEqualf(t, contrast(colourOf(mode, look.Text), under), 4.5, "%s: text on %s under %s", mode, fill, veil)
				assert.NotEqualf(t, colourOf(mode, fill), under, "%s: %s must be seen on %s", mode, veil, fill)
			}
			pressed := over(colourOf(mode, veil), colourOf(mode, look.Primary))
			if veil == look.Veil || veil == look.VeilPressed {
				assert.GreaterOrEqualf(t, contrast(colourOf(mode, look.OnPrimary), pressed), 4.5, "%s: label on primary under %s", mode, veil)
			}
		}
	}
}

// over lays a translucent colour on an opaque one.
func over(top, bottom color.Color) color.Color {
	a, b := color.NRGBAModel.Convert(top).(color.NRGBA), color.NRGBAModel.Convert(bottom).(color.NRGBA)
	mix := func(x, y uint8) uint8 {
		return uint8((int(x)*int(a.A) + int(y)*(255-int(a.A))) / 255)
	}
	return color.NRGBA{R: mix(a.R, b.R), G: mix(a.G, b.G), B: mix(a.B, b.B), A: 0xff}
}

func TestEveryRoleOfFyneHasAColourOfOurs(t *testing.T) {
	t.Parallel()
	names := []fyne.ThemeColorName{
		theme.ColorNameBackground, theme.ColorNameButton, theme.ColorNameDisabledButton, theme.ColorNameDisabled,
		theme.ColorNameError, theme.ColorNameFocus, theme.ColorNameForeground, theme.ColorNameForegroundOnError,
		theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnSuccess, theme.ColorNameForegroundOnWarning,
		theme.ColorNameHeaderBackground, theme.ColorNameHover, theme.ColorNameHyperlink, theme.ColorNameInputBackground,
		theme.ColorNameInputBorder, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground, theme.ColorNamePlaceHolder,
		theme.ColorNamePressed, theme.ColorNamePrimary, theme.ColorNameScrollBar, theme.ColorNameScrollBarBackground,
		theme.ColorNameSelection, theme.ColorNameSeparator, theme.ColorNameShadow, theme.ColorNameSuccess, theme.ColorNameWarning,
	}
	for _, mode := range solidModes {
		for _, name := range names {
			_, ours := colourOf(mode, name).(color.NRGBA)
			assert.Truef(t, ours, "%s: %s", mode, name)
		}
	}
}

func TestSystemFollowsTheDesktop(t *testing.T) {
	t.Parallel()
	system := look.New(look.System, 1)
	for _, role := range []fyne.ThemeColorName{look.Background, look.Text, look.Sev1, look.Panel} {
		assert.Equal(t, colourOf(look.Dark, role), system.Color(role, theme.VariantDark))
		assert.Equal(t, colourOf(look.Light, role), system.Color(role, theme.VariantLight))
	}
}

func TestAFixedModeIgnoresTheDesktop(t *testing.T) {
	t.Parallel()
	for _, mode := range solidModes {
		made := look.New(mode, 1)
		assert.Equal(t, made.Color(look.Text, theme.VariantDark), made.Color(look.Text, theme.VariantLight), mode)
	}
}

func TestTextGrowsWithTheScaleAndSpacingDoesNot(t *testing.T) {
	t.Parallel()
	plain, double := look.New(look.Dark, 1), look.New(look.Dark, 2)
	sizes := map[fyne.ThemeSizeName]float32{
		theme.SizeNameText: 15, theme.SizeNameCaptionText: 13, theme.SizeNameSubHeadingText: 18,
		theme.SizeNameHeadingText: 24, look.SizeMono: 14,
	}
	for name, size := range sizes {
		assert.Equal(t, size, plain.Size(name), name)
		assert.Equal(t, 2*size, double.Size(name), name)
	}
	assert.Equal(t, plain.Size(theme.SizeNamePadding), double.Size(theme.SizeNamePadding))
}

func TestADamagedSettingStillGivesAReadableTheme(t *testing.T) {
	t.Parallel()
	nan := float32(math.NaN())
	assert.Equal(t, look.MinScale, look.New(look.Dark, 0.2).Scale())
	assert.Equal(t, look.MinScale, look.New(look.Dark, nan).Scale())
	assert.Equal(t, look.MaxScale, look.New(look.Dark, 9).Scale())
	require.Equal(t, look.System, look.New("purple", 1).Mode())
}
