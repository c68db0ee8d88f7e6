package preview

import (
	"image/color"

	"fyne.io/fyne/v2/canvas"
)

// highestPicture is how high a picture may be, in lines of body text.
const highestPicture = 16

// picture draws an image of the incident's, no larger than it is and no wider
// than the text, with its words below. When the image is not there, the words
// say what it would be.
func (p *page) picture(x, y, width float32) float32 {
	wanted := p.block.Image
	words := setting{size: p.base, pitch: p.pitch(), colour: p.muted}
	if p.images == nil {
		return p.spans([]Span{{Text: wanted.String(), Style: Faint}}, x, y, width, words)
	}
	shown := p.images(wanted.Address)
	if shown == nil || shown.Bounds().Empty() {
		return p.spans([]Span{{Text: wanted.String(), Style: Faint}}, x, y, width, words)
	}
	w, h := float32(shown.Bounds().Dx()), float32(shown.Bounds().Dy())
	scale := min(1, width/w, highestPicture*p.pitch()/h)
	w, h = max(w*scale, 1), max(h*scale, 1)
	drawn := canvas.NewImageFromImage(shown)
	drawn.FillMode = canvas.ImageFillContain
	drawn.ScaleMode = canvas.ImageScaleSmooth
	p.place(drawn, x, y, w, h)
	edge := p.rect(color.Transparent, x, y, w, h)
	edge.StrokeColor, edge.StrokeWidth = p.line, p.hair()
	y += h
	if wanted.Alt != "" {
		y = p.spans([]Span{{Text: wanted.Alt}}, x, y+p.pitch()*0.1, width, setting{size: p.mono, pitch: p.pitch(), colour: p.muted})
	}
	return y
}

// front draws front matter as a quiet line that unfolds when it is pressed.
func (p *page) front(x, y, width float32) float32 {
	says := wordsOf(p.block.Spans) + ". "
	f := face{size: p.mono}
	baseline := p.baseline(y, p.pitch(), f)
	t := p.write(says, f, p.muted, x, baseline)
	word := "Show"
	if p.unfolded {
		word = "Fold"
	}
	l := newLink(word, "", f, p.ink, func(string) { p.unfold() })
	size := l.MinSize()
	p.place(l, x+t.Size().Width, baseline-f.baseline(word), size.Width, size.Height)
	y += p.pitch()
	if p.unfolded {
		y = p.plain(x, y+p.pitch()*0.2, width)
	}
	return y
}
