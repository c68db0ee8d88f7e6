package look

import "fyne.io/fyne/v2"

// Spacing in device independent pixels, on a base of four. It does not grow
// with the text: at 200 % the room belongs to the words.
const (
	Space1 float32 = 4
	Space2 float32 = 8
	Space3 float32 = 12
	Space4 float32 = 16
	Space6 float32 = 24
	Space8 float32 = 32

	// RowHeight is the least height of a row in a list.
	RowHeight float32 = 32
	// Target is the least height of a main control (WCAG 2.5.5).
	Target float32 = 44
	// MainTarget is the height of the one main action of a screen.
	MainTarget float32 = 48

	// Corner rounds panels, fields and buttons; ChipCorner rounds chips.
	Corner     float32 = 6
	ChipCorner float32 = 4

	// RingWidth and RingGap say how the focus ring lies around a widget.
	RingWidth float32 = 3
	RingGap   float32 = 2

	// PanelPadX and PanelPadY are the insets of a panel.
	PanelPadX float32 = 16
	PanelPadY float32 = 12

	// WideFrom is the least width, divided by the text scale, of the wide layout.
	WideFrom float32 = 1040
	// NarrowBelow is the width, divided by the text scale, under which rows of
	// four become two by two.
	NarrowBelow float32 = 700
)

// SizeMono is the size of identifiers and times in a fixed width.
const SizeMono fyne.ThemeSizeName = "firebreak.mono"

// SizeScale is the text scale itself, 1 to 2, for code that weighs widths by it.
const SizeScale fyne.ThemeSizeName = "firebreak.scale"
