package session

import (
	"bytes"
	"context"
	"image"
	"image/color"
	_ "image/gif" // the formats that are read
	_ "image/jpeg"
	_ "image/png"
	"io"
	"time"
)

// What one picture may cost. A file of a few kilobytes can claim to be a
// picture of gigabytes.
const (
	decodingTime   = 5 * time.Second
	decodingMemory = 256 << 20
	longestEdge    = 32 << 10
)

// thumbnailEdge is the longest edge of a small picture, in pixels.
const thumbnailEdge = 480

// shrunk reads a picture and makes it small. Broken bytes, a picture that is
// too large and one that takes too long are errors in words, never a crash.
func shrunk(ctx context.Context, content []byte) (small image.Image, err error) {
	defer func() {
		if recover() != nil {
			small, err = nil, noPicture("its bytes cannot be read as one")
		}
	}()
	about, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return nil, noPicture("its bytes cannot be read as one")
	}
	if about.Width <= 0 || about.Height <= 0 || about.Width > longestEdge || about.Height > longestEdge ||
		int64(about.Width)*int64(about.Height)*costOf(about.ColorModel, format) > decodingMemory {
		return nil, noPicture("with %d by %d points it is too large to be shown here", about.Width, about.Height)
	}
	whole, _, err := image.Decode(&bounded{ctx, bytes.NewReader(content)})
	switch {
	case ctx.Err() != nil:
		return nil, noPicture("it takes too long to be shown here")
	case err != nil:
		return nil, noPicture("its bytes cannot be read as one")
	}
	return fitted(whole, thumbnailEdge), nil
}

// costOf is how many bytes a point costs while it is decoded, at most.
func costOf(model color.Model, format string) int64 {
	switch {
	case format == "jpeg":
		return 12 // a progressive one keeps all its coefficients
	case model == color.RGBA64Model, model == color.NRGBA64Model:
		return 8
	default:
		return 4
	}
}

// bounded stops reading when the time is up.
type bounded struct {
	ctx  context.Context
	from io.Reader
}

func (b *bounded) Read(into []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.from.Read(into[:min(len(into), 64<<10)])
}

// fitted makes a picture small by the mean of the points that fall together.
// One that is small already is only copied, so that the large one can go.
func fitted(from image.Image, edge int) image.Image {
	b := from.Bounds()
	width, height := b.Dx(), b.Dy()
	if width > edge || height > edge {
		if width >= height {
			width, height = edge, max(1, b.Dy()*edge/b.Dx())
		} else {
			width, height = max(1, b.Dx()*edge/b.Dy()), edge
		}
	}
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		top, bottom := b.Min.Y+y*b.Dy()/height, b.Min.Y+(y+1)*b.Dy()/height
		for x := range width {
			left, right := b.Min.X+x*b.Dx()/width, b.Min.X+(x+1)*b.Dx()/width
			small.SetRGBA(x, y, mean(from, left, top, max(right, left+1), max(bottom, top+1)))
		}
	}
	return small
}

// samples bounds how many points of a box are looked at in each direction:
// more cannot be seen.
const samples = 4

func mean(from image.Image, left, top, right, bottom int) color.RGBA {
	var r, g, b, a, n uint32
	stepX, stepY := max(1, (right-left)/samples), max(1, (bottom-top)/samples)
	for y := top; y < bottom; y += stepY {
		for x := left; x < right; x += stepX {
			pr, pg, pb, pa := from.At(x, y).RGBA()
			r, g, b, a, n = r+pr>>8, g+pg>>8, b+pb>>8, a+pa>>8, n+1
		}
	}
	return color.RGBA{uint8(r / n), uint8(g / n), uint8(b / n), uint8(a / n)}
}
