package preview

import (
	"image"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/yuin/goldmark/util"

	"firebreak/app/look"
)

// View is the preview on a screen. It holds widgets only for the blocks in
// sight, so a document of a megabyte is as light as a page.
type View struct {
	widget.BaseWidget

	// OnLink is told the http, https, mailto or attachment address of a pressed
	// link. The preview never opens one itself: the owner asks the person first.
	OnLink func(address string)
	// OnCopy is given the text of the chosen block, and what it is in one word.
	OnCopy func(text, what string)
	// Images answers the picture of an attachment, or nil when it is not there
	// (yet): its words are shown then. Nothing else is ever looked for. Whoever
	// answers has made sure that the picture is small and was decoded safely.
	Images func(address string) image.Image
	// Words answers a text with the words of the log in the place of the names in
	// double braces; it leaves alone what names nothing. See AskAgain.
	Words func(text string) string

	docs   []*Document // one below the other
	slots  []*slot     // of their pieces
	places geometry    // of the slots
	shown  []*slot
	ink    ink

	chosen   choice
	unfolded bool // front matter is shown

	scroll  *container.Scroll
	column  *fyne.Container
	ring    *canvas.Rectangle
	placing bool
	round   int
	built   int // how many blocks were set since the View was made
}

// Source is a text with a place in the page.
type Source struct {
	Markdown string
	// Below pushes headings below that level, for the text of a section. It has
	// no front matter, and what it opens ends with it.
	Below int
}

// New makes an empty preview.
func New() *View {
	v := &View{}
	v.column = container.New(&columnLayout{view: v})
	v.scroll = container.NewVScroll(v.column)
	v.scroll.OnScrolled = func(fyne.Position) { v.arrange() }
	v.ring = canvas.NewRectangle(color.Transparent)
	v.ring.Hide()
	v.ExtendBaseWidget(v)
	return v
}

// SetMarkdown shows a document. Only what differs from the one before is parsed
// and laid out, and the text that stood at the top of the view stays there.
func (v *View) SetMarkdown(markdown string) { v.SetSources(Source{Markdown: markdown}) }

// SetSources shows several texts one below the other. None can change how another
// reads.
func (v *View) SetSources(sources ...Source) {
	if !v.fits(sources) {
		v.docs, v.slots = make([]*Document, len(sources)), nil
		for i, source := range sources {
			v.docs[i] = source.parse()
			made := make([]slot, len(v.docs[i].pieces))
			for j, text := range v.docs[i].pieces {
				made[j] = slot{doc: v.docs[i], text: text}
				v.slots = append(v.slots, &made[j])
			}
		}
		v.chosen = choice{}
		v.guessAll()
		v.arrange()
		return
	}
	keep := v.anchor()
	for i, source := range sources {
		v.apply(i, v.docs[i].set(source.Markdown), &keep)
	}
	v.settle(keep)
}

// Edit replaces removed bytes of a source at a byte offset.
func (v *View) Edit(source, at, removed int, inserted string) {
	if source < 0 || source >= len(v.docs) {
		return
	}
	keep := v.anchor()
	v.apply(source, v.docs[source].edit(at, removed, inserted), &keep)
	v.settle(keep)
}

func (s Source) parse() *Document {
	if s.Below > 0 {
		return ParseBelow(s.Below, s.Markdown)
	}
	return Parse(s.Markdown)
}

// fits reports whether the documents on show can take the parts over.
func (v *View) fits(sources []Source) bool {
	if len(sources) != len(v.docs) {
		return false
	}
	for i, source := range sources {
		if v.docs[i].below != source.Below {
			return false
		}
	}
	return true
}

// apply brings the slots in line with an edit of a document. The first slot that
// is replaced takes the new text over, with what still holds of it.
func (v *View) apply(doc int, by change, keep *mark) {
	for _, above := range v.docs[:doc] {
		by.from += len(above.pieces)
	}
	first := by.from - v.startOf(doc)
	fresh, made := make([]*slot, by.added), make([]slot, max(by.added-by.removed, 0))
	for i := range fresh {
		text := v.docs[doc].pieces[first+i]
		if i < by.removed {
			fresh[i] = v.slots[by.from+i]
			fresh[i].text = text
			fresh[i].version = -1 // of no text yet
			continue
		}
		fresh[i] = &made[i-by.removed]
		*fresh[i] = slot{doc: v.docs[doc], text: text}
	}
	for i := by.added; i < by.removed; i++ {
		v.slots[by.from+i].putAway(0, 0)
	}
	if by.removed != by.added {
		v.slots = slices.Replace(v.slots, by.from, by.from+by.removed, fresh...)
	}
	v.places.replace(by.from, by.removed, by.added, v.guesser())
	keep.moved(by, len(v.slots))
	v.chosen.moved(by, len(v.slots))
}

// startOf is the first slot of a document.
func (v *View) startOf(doc int) int {
	n := 0
	for _, above := range v.docs[:doc] {
		n += len(above.pieces)
	}
	return n
}

// settle lays out what an edit changed around the top of the view, and brings
// back to the top what stood there.
func (v *View) settle(keep mark) {
	if !keep.top && len(v.slots) > 0 && v.ink.text != nil {
		s := v.slots[keep.slot]
		s.sync(v.leadOf(keep.slot), v.guess, &keep.block)
		v.places.learn(keep.slot, s.inner.end())
		v.places.stack(keep.slot)
	}
	v.scroll.Offset.Y = v.found(keep)
	v.arrange()
}

// Documents are what is on show.
func (v *View) Documents() []*Document { return v.docs }

// Top goes to the beginning, where another text begins.
func (v *View) Top() { v.chosen = choice{}; v.scrollTo(0) }

// Reveal brings into sight where a byte of a source is shown, and moves nothing
// when it is.
func (v *View) Reveal(source, at int) {
	if source < 0 || source >= len(v.docs) || len(v.slots) == 0 || v.ink.text == nil {
		return
	}
	found, start := v.docs[source].find(&at)
	i := min(v.startOf(source)+found, len(v.slots)-1)
	for range 3 { // heights on the way are learnt
		v.sync(i)
		s := v.slots[i]
		v.places.learn(i, s.inner.end())
		v.places.stack(i)
		share := min(float32(at-start)/float32(max(len(s.text.raw), 1)), 1)
		y := margin + v.places.tops[i] + s.inner.end()*share
		if y >= v.scroll.Offset.Y && y <= v.scroll.Offset.Y+v.Size().Height {
			return
		}
		v.scrollTo(y - v.Size().Height/3)
	}
}

// toNote goes to where a document has a footnote.
func (v *View) toNote(doc *Document, label string) {
	label = util.ToLinkReference([]byte(label))
	at := 0
	for _, p := range doc.pieces {
		if p.defines != nil && slices.Contains(p.defines.notes, label) {
			v.Reveal(slices.Index(v.docs, doc), at)
			return
		}
		at += len(p.raw)
	}
}

// Redraw shows a picture that has come since its words were shown.
func (v *View) Redraw(address string) {
	for _, s := range v.shown {
		for j, b := range s.blocks {
			if b.Image != nil && b.Image.Address == address && s.pieces[j] != nil {
				s.pieces[j].leave()
				s.pieces[j] = nil
			}
		}
	}
	v.arrange()
}

// unfold shows the front matter, or folds it again.
func (v *View) unfold() {
	v.unfolded = !v.unfolded
	for _, s := range v.shown {
		if len(s.blocks) > 0 && s.blocks[0].Kind == Front {
			s.putAway(0, 0)
		}
	}
	v.arrange()
}

// CreateRenderer is how Fyne draws the view.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return widget.NewSimpleRenderer(container.NewStack(v.scroll, v.ring))
}

// MinSize is small: the preview takes what room there is.
func (v *View) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(80, 48)
}

// Resize lays the text out anew when the width changes.
func (v *View) Resize(size fyne.Size) {
	narrower := size.Width != v.Size().Width
	keep := v.anchor()
	v.BaseWidget.Resize(size)
	if narrower {
		v.forget()
		v.scroll.Offset.Y = v.found(keep)
	}
	v.arrange()
}

// Refresh follows a change of theme.
func (v *View) Refresh() {
	if now := inkFor(v); now != v.ink {
		keep := v.anchor()
		v.ink = now
		v.forget()
		v.scroll.Offset.Y = v.found(keep)
		v.arrange()
	}
	v.ring.StrokeColor, v.ring.StrokeWidth = look.For(v, look.Ring), 2
	v.ring.CornerRadius = look.Corner
	v.BaseWidget.Refresh()
}

// forget drops everything that was laid out, but not the text.
func (v *View) forget() {
	for _, s := range v.slots {
		s.forget()
	}
	v.guessAll()
}
