package preview

import (
	"image/color"
	"unicode"

	"fyne.io/fyne/v2"
)

// setting is how running text is set.
type setting struct {
	size, pitch float32
	colour      color.Color
	bold        bool
	align       Align
}

// chipPad is the room that a code span has inside its tint.
const chipPad = 4

// lines draws the spans of the block and gives the y below them.
func (p *page) lines(x, y, width float32, s setting) float32 {
	return p.spans(p.block.Spans, x, y, width, s)
}

func (p *page) spans(spans []Span, x, y, width float32, s setting) float32 {
	size := func(text string, style Style) float32 {
		return p.faceOf(style, s.size, s.bold).width(text)
	}
	if s.align == AlignLeft && rightToLeft(spans) {
		s.align = AlignRight
	}
	base := p.faceOf(0, s.size, s.bold)
	begun := -1 // the last span of which something was drawn
	for _, line := range flow(spans, width, size) {
		shift := aligned(line, width, s.align)
		for _, r := range line {
			p.run(r, spans[r.span], x+shift, y, base, s, r.span == begun)
			begun = r.span
		}
		y += s.pitch
	}
	return y
}

func aligned(line []run, width float32, align Align) float32 {
	if len(line) == 0 || align == AlignLeft {
		return 0
	}
	last := line[len(line)-1]
	spare := max(width-last.x-last.width, 0)
	if align == AlignCentre {
		return spare / 2
	}
	return spare
}

// run draws one stretch of a line. Rest says that its span began on a line above.
func (p *page) run(r run, span Span, x, y float32, base face, s setting, rest bool) {
	f := p.faceOf(span.Style, s.size, s.bold)
	baseline := p.baseline(y, s.pitch, base)
	x += r.x
	if span.Style&Raised != 0 {
		l := newLink(r.text, span.Text, f, p.ink, p.toNote)
		l.reads = "Footnote " + span.Text
		p.place(l, x, baseline-s.size*0.36-f.baseline(r.text), r.width, l.MinSize().Height)
		return
	}
	if span.Style&Mono != 0 {
		chip := p.rect(p.panel, x-chipPad, y+s.pitch*0.1, r.width+2*chipPad, s.pitch*0.8)
		chip.CornerRadius = 3
		if p.contrast {
			chip.StrokeColor, chip.StrokeWidth = p.border, 1
		}
	}
	if span.Link != "" {
		l := newLink(r.text, span.Link, f, p.ink, p.onLink)
		l.reads, l.rest = span.Text, rest
		p.place(l, x, baseline-f.baseline(r.text), r.width, l.MinSize().Height)
		return
	}
	colour := s.colour
	if span.Style&Faint != 0 {
		colour = p.muted
	}
	p.write(r.text, f, colour, x, baseline)
}

// baseline is where the text of a line at y stands: in the middle of its pitch.
func (p *page) baseline(y, pitch float32, f face) float32 {
	height := fyne.MeasureText("x", f.size, f.style).Height
	return y + (pitch-height)/2 + f.baseline("x")
}

// rightToLeft reports text whose first letter is of a right-to-left script.
func rightToLeft(spans []Span) bool {
	for _, span := range spans {
		for _, r := range span.Text {
			if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
				return true
			}
			if unicode.IsLetter(r) {
				return false
			}
		}
	}
	return false
}
