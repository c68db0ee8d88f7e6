package preview

import (
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// code draws a piece of code on its panel. Lines keep their length; when they
// are longer than the page the code scrolls sideways.
func (p *page) code(x, y, width float32) float32 {
	const padX, padY float32 = 12, 9
	snippet, part := p.block.Code, p.block.Part
	pitch := p.mono * codeLineHeight
	lines := strings.Split(snippet.Text, "\n")
	height := float32(len(lines)) * pitch
	inner := page{ink: p.ink}
	widest := inner.codeLines(snippet, lines, pitch)
	widest = max(widest, float32(snippet.Columns)*p.columnWidth())
	wide := widest > width-2*padX

	above, below := float32(0), float32(0)
	if part&First != 0 {
		above = padY
	}
	if part&Last != 0 {
		below = padY
		if wide {
			below = barHeight
		}
	}
	p.panelRect(x, y, width, above+height+below)
	content := container.NewWithoutLayout(inner.objects...)
	if wide {
		// Long lines run to the edge of the panel.
		p.scrolls(snippet.Group, content, fyne.NewSize(widest+padX, height), x+padX, y+above, width-padX)
	} else {
		p.place(content, x+padX, y+above, width-2*padX, height)
	}
	return y + above + height + below
}

// panelRect is the ground that code lies on. Only its ends are rounded, so the
// pieces of a long listing join.
func (p *page) panelRect(x, y, width, height float32) {
	ground := p.rect(p.panel, x, y, width, height)
	const radius = 6
	if p.block.Part&First != 0 {
		ground.TopLeftCornerRadius, ground.TopRightCornerRadius = radius, radius
	}
	if p.block.Part&Last != 0 {
		ground.BottomLeftCornerRadius, ground.BottomRightCornerRadius = radius, radius
	}
	if p.contrast && p.block.Part == Whole {
		ground.StrokeColor, ground.StrokeWidth = p.border, 2
	}
}

// codeLines draws lines from the top left corner and gives the widest.
func (p *page) codeLines(snippet *Snippet, lines []string, pitch float32) float32 {
	f := face{size: p.mono, style: fyne.TextStyle{Monospace: true}}
	differences := strings.HasPrefix(snippet.Language, "diff") || snippet.Language == "patch"
	inks, start := snippet.Inks, 0
	var widest float32
	for i, line := range lines {
		baseline := p.baseline(float32(i)*pitch, pitch, f)
		end := start + len(line)
		for len(inks) > 0 && inks[0].End <= start {
			inks = inks[1:]
		}
		switch {
		case strings.TrimSpace(line) == "":
		case differences:
			widest = max(widest, p.write(line, f, p.diffColour(line), 0, baseline).Size().Width)
		default:
			widest = max(widest, p.inked(line, within(inks, start, end), f, baseline))
		}
		start = end + 1
	}
	return widest
}

// inked draws one line in its colours and gives its width.
func (p *page) inked(line string, inks []Ink, f face, baseline float32) float32 {
	var x float32
	put := func(from, to int, role Role) {
		text := line[from:to]
		if text == "" {
			return
		}
		width := f.width(text)
		if strings.TrimSpace(text) != "" {
			p.write(text, f, p.ink.code[role], x, baseline)
		}
		x += width
	}
	at := 0
	for _, ink := range inks {
		put(at, ink.Start, PlainRole)
		put(ink.Start, ink.End, ink.Role)
		at = ink.End
	}
	put(at, len(line), PlainRole)
	return x
}

func (p *page) diffColour(line string) color.Color {
	switch {
	case strings.HasPrefix(line, "+"):
		return p.good
	case strings.HasPrefix(line, "-"):
		return p.bad
	case strings.HasPrefix(line, "@@"):
		return p.muted
	}
	return p.text
}

// plain draws text as typed. Its lines wrap, for there is no reason to believe
// that they were meant to stay whole.
func (p *page) plain(x, y, width float32) float32 {
	pitch := p.mono * codeLineHeight
	f := face{size: p.mono, style: fyne.TextStyle{Monospace: true}}
	columns := max(int(width/p.columnWidth()), 8)
	for _, typed := range strings.Split(p.block.Code.Text, "\n") {
		for _, line := range wrapColumns(expandTabs(typed), columns) {
			if strings.TrimSpace(line) != "" {
				p.write(line, f, p.text, x, p.baseline(y, pitch, f))
			}
			y += pitch
		}
	}
	return y
}

// wrapColumns breaks a line of fixed-width text after the last space that fits,
// or inside a word that is too long. Wide characters count as two columns.
func wrapColumns(text string, columns int) []string {
	var lines []string
	start, space, used := 0, -1, 0
	for i, r := range text {
		wide := columnsOf(r)
		if used+wide > columns && i > start {
			end := i
			if space > start {
				end = space
			}
			lines = append(lines, text[start:end])
			start, space, used = end, -1, 0
			for _, passed := range text[end:i] {
				used += columnsOf(passed)
			}
		}
		used += wide
		if r == ' ' {
			space = i + 1
		}
	}
	return append(lines, text[start:])
}

func columnsOf(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.So):
		return 2
	}
	return 1
}
