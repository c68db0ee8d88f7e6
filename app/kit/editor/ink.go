package editor

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/look"
)

// ink is what the theme decides about the page.
type ink struct {
	size, small          float32
	text, muted, caret   color.Color
	chosen, warn, danger color.Color
}

func inkFor(w fyne.Widget) ink {
	return ink{
		size: look.SizeFor(w, theme.SizeNameText), small: look.SizeFor(w, theme.SizeNameCaptionText),
		text: look.For(w, look.Text), muted: look.For(w, look.Muted), caret: look.For(w, look.Primary),
		chosen: look.For(w, theme.ColorNameSelection), warn: look.For(w, look.WarningText), danger: look.For(w, look.ErrorText),
	}
}

func (k ink) style(f face) fyne.TextStyle {
	return fyne.TextStyle{Bold: f == bold, Monospace: f == mono}
}

func (k ink) width(text string, f face) float32 {
	return fyne.MeasureText(text, k.size, k.style(f)).Width
}

// pitch is the distance between two rows.
func (k ink) pitch() float32 { return float32(int(k.size*1.45 + 0.5)) }

// notePitch is that of a row which a note stands in.
func (k ink) notePitch() float32 { return float32(int(k.small*1.5 + 0.5)) }
