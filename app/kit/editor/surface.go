package editor

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// surface is the page that scrolls inside of an Editor: it holds what is in
// sight of the text, and takes the pointer.
type surface struct {
	widget.BaseWidget

	editor  *Editor
	objects []fyne.CanvasObject
	caret   *canvas.Rectangle
	spare   []*canvas.Rectangle // for selection and underlines

	scrolled scrollState // as the scroll was told last
}

// scrollState is what a scroll bar shows.
type scrollState struct {
	page, view fyne.Size
	offset     float32
}

var (
	_ desktop.Mouseable      = (*surface)(nil)
	_ desktop.Cursorable     = (*surface)(nil)
	_ fyne.Draggable         = (*surface)(nil)
	_ fyne.DoubleTappable    = (*surface)(nil)
	_ fyne.SecondaryTappable = (*surface)(nil)
)

func newSurface(e *Editor) *surface {
	s := &surface{editor: e, caret: canvas.NewRectangle(color.Transparent)}
	s.ExtendBaseWidget(s)
	return s
}

// place moves what is in sight to where it stands.
func (s *surface) place() {
	e := s.editor
	s.objects = s.objects[:0]
	s.layChosen()
	blocks := e.buf.doc.blocks
	for i := e.first; i <= e.last && i < len(blocks); i++ {
		set := blocks[i].set
		if at := fyne.NewPos(0, frameY+e.tops.at(i)); set.object.Position() != at {
			set.object.Move(at)
		}
		s.objects = append(s.objects, set.object)
		s.underline(i)
	}
	s.layHint()
	s.layCaret()
	page := scrollState{fyne.NewSize(e.wide, max(e.height(), e.scroll.Size().Height)), e.scroll.Size(), e.scroll.Offset.Y}
	if page != s.scrolled {
		s.scrolled = page
		s.Resize(page.page)
		e.scroll.Base.Refresh() // only the scroll: its content has been drawn
	}
	canvas.Refresh(s)
}

// mark draws selection and caret again, when the text has not changed.
func (s *surface) mark() {
	if s.editor.tops.steps != nil {
		s.editor.arrange()
	}
}

// rectangle gives the nth spare rectangle.
func (s *surface) rectangle(n int, fill color.Color) *canvas.Rectangle {
	for len(s.spare) <= n {
		s.spare = append(s.spare, canvas.NewRectangle(color.Transparent))
	}
	r := s.spare[n]
	r.FillColor = fill
	return r
}

// layChosen lays the selection under the rows that it covers.
func (s *surface) layChosen() {
	e := s.editor
	from, to := e.buf.selection()
	if from == to {
		return
	}
	d := e.buf.doc
	first, last := max(e.first, d.at(from)), min(e.last, d.at(to))
	n := 0
	for i := first; i <= last; i++ {
		b := d.blocks[i]
		for _, r := range b.set.rows {
			begin, end := max(from-d.start(i), r.from), min(to-d.start(i), r.next)
			if r.note != "" || begin >= end {
				continue
			}
			x := e.ink.width(shown(b.text[r.from:min(begin, r.to)]), r.face)
			right := e.ink.width(shown(b.text[r.from:min(end, r.to)]), r.face)
			if end > r.to { // the line end is selected too
				right += e.ink.size / 3
			}
			if right <= x {
				continue
			}
			rect := s.rectangle(n, e.ink.chosen)
			n++
			rect.Move(fyne.NewPos(frameX+x, frameY+e.tops.at(i)+r.y))
			rect.Resize(fyne.NewSize(right-x, e.ink.pitch()))
			s.objects = append(s.objects, rect)
		}
	}
}

// underline marks what was found in a block.
func (s *surface) underline(i int) {
	e := s.editor
	b := e.buf.doc.blocks[i]
	if b.found == nil || !b.found.is {
		return
	}
	for _, r := range b.set.rows {
		begin, end := max(b.found.from, r.from), min(b.found.to, r.to)
		if r.note != "" || begin >= end {
			continue
		}
		x := e.ink.width(shown(b.text[r.from:begin]), r.face)
		right := e.ink.width(shown(b.text[r.from:end]), r.face)
		line := canvas.NewRectangle(e.ink.warn)
		line.Move(fyne.NewPos(frameX+x, frameY+e.tops.at(i)+r.y+e.ink.pitch()-3))
		line.Resize(fyne.NewSize(right-x, 2))
		s.objects = append(s.objects, line)
	}
}

// layHint shows what belongs into an empty text.
func (s *surface) layHint() {
	e := s.editor
	if e.Len() > 0 || e.hint == "" {
		return
	}
	text := canvas.NewText(e.cut(e.hint, e.ink.size), e.ink.muted)
	text.TextSize = e.ink.size
	text.Move(fyne.NewPos(frameX, frameY+(e.ink.pitch()-text.MinSize().Height)/2))
	s.objects = append(s.objects, text)
}

// layCaret shows the caret. It does not blink: what moves draws the eye away
// from what is read.
func (s *surface) layCaret() {
	e := s.editor
	if !e.focused {
		return
	}
	at := e.spotOf(e.buf.caret, e.behind)
	if !at.tail && (at.block < e.first || at.block > e.last) {
		return
	}
	s.caret.FillColor = e.ink.caret
	if e.fixed {
		s.caret.FillColor = e.ink.muted
	}
	s.caret.Move(fyne.NewPos(frameX+at.x-1, frameY+e.yOf(at)+1))
	s.caret.Resize(fyne.NewSize(2, e.ink.pitch()-2))
	s.objects = append(s.objects, s.caret)
}

// MouseDown puts the caret where the pointer is; with Shift the selection goes
// there. A click with the second button into the selection leaves it alone.
func (s *surface) MouseDown(m *desktop.MouseEvent) {
	e := s.editor
	if !e.focused {
		e.Focus()
	}
	at, behind := e.placeAt(m.Position)
	from, to := e.buf.selection()
	if m.Button == desktop.MouseButtonSecondary && at >= from && at <= to && from != to {
		return
	}
	e.buf.place(at, m.Modifier&fyne.KeyModifierShift != 0)
	e.aimed, e.behind = false, behind
	e.reveal()
}

// MouseUp does nothing: the caret moved when the button went down.
func (s *surface) MouseUp(*desktop.MouseEvent) {}

// Dragged selects up to the pointer, and scrolls where it leaves the view.
func (s *surface) Dragged(d *fyne.DragEvent) {
	e := s.editor
	at, behind := e.placeAt(d.Position)
	e.buf.place(at, true)
	e.aimed, e.behind = false, behind
	e.reveal()
}

// DragEnd does nothing: the selection stays as it is.
func (s *surface) DragEnd() {}

// DoubleTapped selects the word under the pointer.
func (s *surface) DoubleTapped(p *fyne.PointEvent) {
	e := s.editor
	at, _ := e.placeAt(p.Position)
	from, to := e.buf.wordAround(at)
	e.Select(from, to)
}

// TappedSecondary offers what the keys do as well.
func (s *surface) TappedSecondary(p *fyne.PointEvent) {
	e := s.editor
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	if c == nil {
		return
	}
	board := fyne.CurrentApp().Clipboard()
	item := func(word string, shortcut fyne.Shortcut, off bool) *fyne.MenuItem {
		i := fyne.NewMenuItem(lang.L(word), func() { e.TypedShortcut(shortcut) })
		i.Disabled = off
		return i
	}
	none := e.Selected() == ""
	menu := fyne.NewMenu("",
		item("Cut", &fyne.ShortcutCut{Clipboard: board}, none || e.fixed),
		item("Copy", &fyne.ShortcutCopy{Clipboard: board}, none),
		item("Paste", &fyne.ShortcutPaste{Clipboard: board}, e.fixed),
		item("Select all", &fyne.ShortcutSelectAll{}, e.Len() == 0),
	)
	widget.ShowPopUpMenuAtPosition(menu, c, p.AbsolutePosition)
}

// Cursor is that of text.
func (s *surface) Cursor() desktop.Cursor { return desktop.TextCursor }

// CreateRenderer is how Fyne draws the page.
func (s *surface) CreateRenderer() fyne.WidgetRenderer { return &surfaceRenderer{s} }

type surfaceRenderer struct{ surface *surface }

func (r *surfaceRenderer) Destroy()                     {}
func (r *surfaceRenderer) Layout(fyne.Size)             {}
func (r *surfaceRenderer) Refresh()                     {}
func (r *surfaceRenderer) Objects() []fyne.CanvasObject { return r.surface.objects }

func (r *surfaceRenderer) MinSize() fyne.Size {
	e := r.surface.editor
	if e.tops.steps == nil {
		return fyne.NewSize(1, 1)
	}
	return fyne.NewSize(1, e.height())
}
