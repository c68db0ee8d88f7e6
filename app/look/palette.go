package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// palette holds one colour for every role, Fyne's and ours.
type palette map[fyne.ThemeColorName]color.NRGBA

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func rgba(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

// darkPalette was computed, not chosen by eye: every text role reaches 4.5:1 on
// background, panel and raised, and the severity fills stay apart under the three
// kinds of colour blindness. The tests recompute the ratios; change them together.
func darkPalette() palette {
	return palette{
		Background: rgb(0x14171c), Panel: rgb(0x1e2229), Raised: rgb(0x272c35),
		Text: rgb(0xf2f4f7), Muted: rgb(0xb6beca), Disabled: rgb(0x8b94a3),
		Border: rgb(0x7a8494), Line: rgb(0x333a46), Ring: rgb(0xffffff),
		Primary: rgb(0x8cc4ff), OnPrimary: rgb(0x0b0d10),
		SuccessText: rgb(0x6af2ba), WarningText: rgb(0xefba27), ErrorText: rgb(0xfd6d66),
		Selected: rgb(0x1f3550), Veil: rgba(0xffffff, 0x18), VeilPressed: rgba(0xffffff, 0x30),
		SuccessFill: rgb(0x12261f), WarningFill: rgb(0x2b230f), ErrorFill: rgb(0x2a1515), InfoFill: rgb(0x172536),
		Sev1: rgb(0xfd6d66), Sev2: rgb(0xefba27), Sev3: rgb(0x649afe), Sev4: rgb(0x949cab),
		Resolved: rgb(0x6af2ba), SevLabel: rgb(0x0b0d10),
		CodeKeyword: rgb(0xd3a8ff), CodeString: rgb(0x9fdb9a), CodeNumber: rgb(0xf5b971), CodeComment: rgb(0x9aa4b2), CodeName: rgb(0x7cc4f8),
	}.complete()
}

// lightPalette is the computed counterpart of darkPalette.
func lightPalette() palette {
	return palette{
		Background: rgb(0xffffff), Panel: rgb(0xf4f6f8), Raised: rgb(0xe9edf2),
		Text: rgb(0x14171c), Muted: rgb(0x4a5361), Disabled: rgb(0x6b7483),
		Border: rgb(0x6b7483), Line: rgb(0xd3d9e1), Ring: rgb(0x14171c),
		Primary: rgb(0x0b4fa8), OnPrimary: rgb(0xffffff),
		SuccessText: rgb(0x00603b), WarningText: rgb(0x8a4f00), ErrorText: rgb(0x780408),
		Selected: rgb(0xd6e6fb), Veil: rgba(0x14171c, 0x14), VeilPressed: rgba(0x14171c, 0x2a),
		SuccessFill: rgb(0xe2f6ec), WarningFill: rgb(0xfff3da), ErrorFill: rgb(0xfdeaea), InfoFill: rgb(0xe6f0fc),
		Sev1: rgb(0x780408), Sev2: rgb(0xa7650f), Sev3: rgb(0x07326e), Sev4: rgb(0x6e7688),
		Resolved: rgb(0x048552), SevLabel: rgb(0xffffff),
		CodeKeyword: rgb(0x7a2a9c), CodeString: rgb(0x17653a), CodeNumber: rgb(0x8a4500), CodeComment: rgb(0x56606e), CodeName: rgb(0x0b4fa8),
	}.complete()
}

// contrastPalette leaves nothing to shades: black, white, yellow for what can be
// pressed, cyan for the focus. Surfaces differ by their border only, and warnings
// and errors carry a sign.
func contrastPalette() palette {
	return palette{
		Background: rgb(0x000000), Panel: rgb(0x000000), Raised: rgb(0x000000),
		Text: rgb(0xffffff), Muted: rgb(0xffffff), Disabled: rgb(0xc0c0c0),
		Border: rgb(0xffffff), Line: rgb(0xffffff), Ring: rgb(0x00ffff),
		Primary: rgb(0xffff00), OnPrimary: rgb(0x000000),
		SuccessText: rgb(0xffffff), WarningText: rgb(0xffff00), ErrorText: rgb(0xffffff),
		Selected: rgb(0x3a3a00), Veil: rgba(0xffffff, 0x38), VeilPressed: rgba(0xffffff, 0x58),
		SuccessFill: rgb(0x000000), WarningFill: rgb(0x000000), ErrorFill: rgb(0x000000), InfoFill: rgb(0x000000),
		Sev1: rgb(0xfd6d66), Sev2: rgb(0xefba27), Sev3: rgb(0x649afe), Sev4: rgb(0x949cab),
		Resolved: rgb(0x6af2ba), SevLabel: rgb(0x000000),
		CodeKeyword: rgb(0xffd7ff), CodeString: rgb(0xa8ffa8), CodeNumber: rgb(0xffd48a), CodeComment: rgb(0xd0d0d0), CodeName: rgb(0x9fe7ff),
	}.complete()
}

// complete derives the roles of Fyne's own widgets from ours, so that a file
// dialog or a menu looks like the rest.
func (p palette) complete() palette {
	p[theme.ColorNameButton] = p[Raised]
	p[theme.ColorNameDisabledButton] = p[Panel]
	p[theme.ColorNameHeaderBackground] = p[Panel]
	p[theme.ColorNameInputBackground] = p[Background]
	p[theme.ColorNameMenuBackground] = p[Raised]
	p[theme.ColorNameOverlayBackground] = p[Panel]
	p[theme.ColorNameHyperlink] = p[Primary]
	p[theme.ColorNameSeparator] = p[Line]
	p[theme.ColorNameScrollBar] = p[Border]
	p[theme.ColorNameScrollBarBackground] = p[Panel]
	p[theme.ColorNameHover] = p[Veil]
	p[theme.ColorNamePressed] = p[VeilPressed]
	p[theme.ColorNameInnerWindowBorder] = p[Border]
	p[theme.ColorNameInnerWindowBorderInactive] = p[Line]
	p[theme.ColorNameForegroundOnError] = p[SevLabel]
	p[theme.ColorNameForegroundOnSuccess] = p[SevLabel]
	p[theme.ColorNameForegroundOnWarning] = p[SevLabel]
	p[theme.ColorNameShadow] = rgba(0x000000, 0x40)

	// Fyne lays these two over text and fills, so they must let them through.
	tint := p[Primary]
	tint.A = 0x48
	p[theme.ColorNameSelection] = tint
	p[theme.ColorNameFocus] = tint
	return p
}
