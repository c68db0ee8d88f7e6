package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Scroller scrolls its content up and down. It tells the content its width first,
// so wrapped text is right at once; it leaves room for focus rings at its edges;
// and it brings a widget that gains the focus into view.
type Scroller struct {
	widget.BaseWidget

	content fyne.CanvasObject
	page    *page
	scroll  *container.Scroll
	least   float32
	fitted  bool
}

// NewScroller makes a scroller that needs at least 96 pixels of height.
func NewScroller(content fyne.CanvasObject) *Scroller {
	s := &Scroller{content: content, least: 96}
	s.page = &page{content: content}
	s.page.ExtendBaseWidget(s.page)
	s.scroll = container.NewVScroll(s.page)
	s.ExtendBaseWidget(s)
	return s
}

// Least sets the height that the scroller asks for.
func (s *Scroller) Least(height float32) *Scroller { s.least = height; return s }

// Fitted makes the scroller ask for the height of its content where its height may
// follow from its width, as in a layer that may be as high as the window.
func (s *Scroller) Fitted() *Scroller { s.fitted = true; return s }

// LeastWidth is that of the content and the scroll bar.
func (s *Scroller) LeastWidth() float32 { return LeastWidth(s.content) + ringRoom + barRoom }

// HeightForWidth is the least height, or that of the content when Fitted.
func (s *Scroller) HeightForWidth(width float32) float32 {
	if !s.fitted {
		return s.least
	}
	return max(s.least, HeightFor(s.content, width-ringRoom-barRoom)+2*ringRoom)
}

// SetContent scrolls something else, from its top.
func (s *Scroller) SetContent(content fyne.CanvasObject) {
	s.content, s.page.content = content, content
	s.scroll.Offset = fyne.Position{}
	s.Refresh()
}

// Offset is how far down the content is scrolled.
func (s *Scroller) Offset() float32 { return s.scroll.Offset.Y }

// ScrollTo scrolls to an offset, as near as the content allows.
func (s *Scroller) ScrollTo(offset float32) {
	most := max(0, s.page.MinSize().Height-s.Size().Height)
	s.scroll.ScrollToOffset(fyne.NewPos(0, min(max(0, offset), most)))
}

// Reveal scrolls as little as needed to show a widget and its ring.
func (s *Scroller) Reveal(w fyne.CanvasObject) {
	top := s.depth(w) - ringRoom
	bottom := top + w.Size().Height + 2*ringRoom
	view := s.Size().Height
	switch {
	case top < s.Offset() || bottom-top > view:
		s.ScrollTo(top)
	case bottom > s.Offset()+view:
		s.ScrollTo(bottom - view)
	}
}

// depth is how far below the page's top a widget lies.
func (s *Scroller) depth(w fyne.CanvasObject) float32 {
	if canvasOf(w) == nil || canvasOf(s.page) == nil {
		return s.sunk(w)
	}
	driver := fyne.CurrentApp().Driver()
	return driver.AbsolutePositionForObject(w).Y - driver.AbsolutePositionForObject(s.page).Y
}

// sunk is the depth as the parents tell it: before its first frame the toolkit
// knows of no widget where it is in the window.
func (s *Scroller) sunk(w fyne.CanvasObject) float32 {
	y := float32(0)
	for _, o := range pathTo(s.content, w) {
		y += o.Position().Y
	}
	return y
}

// Children lets the focus find its way in.
func (s *Scroller) Children() []fyne.CanvasObject { return []fyne.CanvasObject{s.content} }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (s *Scroller) CreateRenderer() fyne.WidgetRenderer { return &scrollerRenderer{scroller: s} }

type scrollerRenderer struct{ scroller *Scroller }

func (r *scrollerRenderer) Destroy() {}
func (r *scrollerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.scroller.scroll}
}

func (r *scrollerRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.scroller.LeastWidth(), r.scroller.least)
}

func (r *scrollerRenderer) Layout(size fyne.Size) {
	r.scroller.page.width = size.Width
	r.scroller.scroll.Resize(size)
	r.scroller.scroll.Refresh()
}

func (r *scrollerRenderer) Refresh() {
	r.scroller.page.width = r.scroller.Size().Width
	r.scroller.page.Refresh()
	r.scroller.scroll.Refresh()
	canvas.Refresh(r.scroller)
}

// ringRoom is the room that a focus ring takes outside of its widget.
const ringRoom = look.RingWidth + look.RingGap + 1

// page is what moves inside a Scroller: the content at the width of the view.
type page struct {
	widget.BaseWidget

	content fyne.CanvasObject
	width   float32
}

// barRoom keeps the content clear of the scroll bar.
const barRoom = 12

func (p *page) inner() float32 { return max(0, p.width-ringRoom-barRoom) }

func (p *page) CreateRenderer() fyne.WidgetRenderer { return &pageRenderer{page: p} }

type pageRenderer struct{ page *page }

func (r *pageRenderer) Destroy()                     {}
func (r *pageRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.page.content} }

func (r *pageRenderer) MinSize() fyne.Size {
	p := r.page
	width := LeastWidth(p.content) + ringRoom + barRoom
	inner := p.inner()
	if p.width <= 0 {
		inner = max(width, usualWidth)
	}
	return fyne.NewSize(width, HeightFor(p.content, inner)+2*ringRoom)
}

func (r *pageRenderer) Layout(size fyne.Size) {
	r.page.content.Move(fyne.NewPos(ringRoom, ringRoom))
	r.page.content.Resize(fyne.NewSize(r.page.inner(), size.Height-2*ringRoom))
}

func (r *pageRenderer) Refresh() {
	r.page.content.Refresh()
	r.Layout(r.page.Size())
	canvas.Refresh(r.page)
}
