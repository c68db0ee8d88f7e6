package preview

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/look"
)

// ink is everything that the theme decides about a page. Two equal inks draw
// the same picture, so a page is laid out anew only when its ink changes.
type ink struct {
	base, mono          float32
	text, muted, link   color.Color
	panel, line, border color.Color
	good, bad, mark     color.Color
	warn, ground        color.Color
	code                [NameRole + 1]color.Color
	contrast            bool
}

// The proportions of the page, in body text sizes.
const (
	lineHeight     = 1.5
	codeLineHeight = 1.4
	headLineHeight = 1.25
	quoteIndent    = 1.1
	bulletColumn   = 1.35
	boxColumn      = 1.75
	// raisedSize is the size of a footnote's label.
	raisedSize = 0.75
	// lineLength is the longest comfortable line, in characters.
	lineLength = 80
)

func inkFor(w fyne.Widget) ink {
	return ink{
		base: look.SizeFor(w, theme.SizeNameText), mono: monoSize(w),
		text: look.For(w, look.Text), muted: look.For(w, look.Muted), link: look.For(w, theme.ColorNameHyperlink),
		panel: panelColour(w), line: look.For(w, theme.ColorNameSeparator), border: look.For(w, look.Border),
		good: look.For(w, look.SuccessText), bad: look.For(w, look.ErrorText), mark: look.For(w, look.OnPrimary),
		warn: look.For(w, look.WarningText), ground: look.For(w, look.Background),
		code: codeColours(w), contrast: look.IsContrast(w),
	}
}

func codeColours(w fyne.Widget) (colours [NameRole + 1]color.Color) {
	for role, name := range [...]fyne.ThemeColorName{
		look.Text, look.CodeKeyword, look.CodeString, look.CodeNumber, look.CodeComment, look.CodeName,
	} {
		colours[role] = look.For(w, name)
	}
	return colours
}

// monoSize is a little smaller than the body: fixed-width letters look larger.
func monoSize(w fyne.Widget) float32 {
	body := look.SizeFor(w, theme.SizeNameText)
	return whole(min(look.SizeFor(w, look.SizeMono), body*0.94))
}

// whole rounds a text size: letters of a size in between stand too far apart.
func whole(size float32) float32 { return float32(math.Round(float64(size))) }

// panelColour is what code lies on: raised, for the page itself may lie on a
// panel. It falls back to Fyne's own surface under a theme that is not ours.
func panelColour(w fyne.Widget) color.Color {
	c := look.For(w, look.Raised)
	if _, _, _, alpha := c.RGBA(); alpha == 0 {
		return look.For(w, theme.ColorNameInputBackground)
	}
	return c
}

// pitch is the distance between two lines of body text.
func (k ink) pitch() float32 { return k.base * lineHeight }

// measureWidth is how wide a full line of text is at most.
func (k ink) measureWidth() float32 {
	const sample = "The quick responder writes down what happened, and when; then what was done."
	return fyne.MeasureText(sample, k.base, fyne.TextStyle{}).Width / float32(len(sample)) * lineLength
}

// face is how text of a style is set.
type face struct {
	size  float32
	style fyne.TextStyle
}

// faceOf gives the face of a span in running text of a size.
func (k ink) faceOf(style Style, size float32, bold bool) face {
	f := face{size: size, style: fyne.TextStyle{
		Bold: bold || style&Bold != 0, Italic: style&Italic != 0, Strikethrough: style&Struck != 0,
	}}
	if style&Raised != 0 {
		f.size = whole(size * raisedSize)
	}
	if style&Mono != 0 {
		f.size = whole(size * k.mono / k.base)
		// The bundled fixed-width face has one weight and no slant.
		f.style = fyne.TextStyle{Monospace: true, Strikethrough: f.style.Strikethrough}
	}
	return f
}

func (f face) width(text string) float32 { return fyne.MeasureText(text, f.size, f.style).Width }

// baseline is how far below the top of its text a face stands.
func (f face) baseline(text string) float32 {
	_, base := fyne.CurrentApp().Driver().RenderedTextSize(text, f.size, f.style, nil)
	return base
}

// columnWidth is the room of one character of code.
func (k ink) columnWidth() float32 {
	return face{size: k.mono, style: fyne.TextStyle{Monospace: true}}.width("0000000000") / 10
}
