package kit

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Run is a piece of a text; a marked one stands out.
type Run struct {
	Text   string
	Marked bool
}

// Marked is a wrapped text in which some words stand out: on a tinted ground and
// underlined, so that colour is never alone.
type Marked struct {
	widget.BaseWidget

	runs  []Run
	plain string
	lines [][]markedPiece
	fits  markedKey
}

// markedKey says what the lines were broken for.
type markedKey struct{ width, size float32 }

// markedPiece is a part of one line that is marked or not.
type markedPiece struct {
	text   string
	x      float32
	width  float32
	marked bool
}

// NewMarked makes a text without words.
func NewMarked() *Marked {
	m := &Marked{}
	m.ExtendBaseWidget(m)
	return m
}

// SetRuns shows another text; it reports whether it is one.
func (m *Marked) SetRuns(runs []Run) bool {
	if slices.Equal(runs, m.runs) {
		return false
	}
	m.runs = slices.Clone(runs)
	var b strings.Builder
	for i := range m.runs {
		m.runs[i].Text = clean(m.runs[i].Text)
		b.WriteString(m.runs[i].Text)
	}
	m.plain, m.lines = b.String(), nil
	m.Refresh()
	return true
}

// Text is the whole text without marks.
func (m *Marked) Text() string { return m.plain }

// AccessibilityLabel is the text itself.
func (m *Marked) AccessibilityLabel() string { return m.plain }

// AccessibilityRole says that this is text.
func (m *Marked) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (m *Marked) textSize() float32 { return look.SizeFor(m, theme.SizeNameText) }

func (m *Marked) lineHeight() float32 {
	return fyne.MeasureText("M", m.textSize(), fyne.TextStyle{}).Height
}

// HeightForWidth is the height of the text when broken at a width.
func (m *Marked) HeightForWidth(width float32) float32 {
	return m.lineHeight() * float32(max(1, len(m.broken(width))))
}

// LeastWidth is that of a short word.
func (m *Marked) LeastWidth() float32 { return 4 * m.textSize() }

// broken sets the words in lines, and what is marked alike beside each other in
// one piece.
func (m *Marked) broken(width float32) [][]markedPiece {
	key := markedKey{width, m.textSize()}
	if m.lines != nil && key == m.fits {
		return m.lines
	}
	measure := func(s string) float32 { return fyne.MeasureText(s, key.size, fyne.TextStyle{}).Width }
	ends, at := m.ends(), 0
	var lines [][]markedPiece
	for _, line := range wrapLines(m.plain, width, measure) {
		// A line is a part of the text; between two stands one space or line end,
		// or nothing where a long word was broken.
		start := at
		if i := strings.Index(m.plain[at:], line); i > 0 {
			start += i
		}
		lines = append(lines, piecesOf(line, start, ends, measure))
		at = start + len(line)
		if at < len(m.plain) && (m.plain[at] == ' ' || m.plain[at] == '\n') {
			at++
		}
	}
	m.lines, m.fits = lines, key
	return lines
}

// markedEnd is where a run ends in the text.
type markedEnd struct {
	at     int
	marked bool
}

func (m *Marked) ends() []markedEnd {
	ends, at := make([]markedEnd, 0, len(m.runs)), 0
	for _, run := range m.runs {
		at += len(run.Text)
		ends = append(ends, markedEnd{at, run.Marked})
	}
	return ends
}

// piecesOf cuts a line, which begins at a place of the text, where the marks change.
func piecesOf(line string, start int, ends []markedEnd, measure func(string) float32) []markedPiece {
	var out []markedPiece
	from := 0
	for _, end := range ends {
		to := min(len(line), end.at-start)
		if to <= from {
			continue
		}
		x := measure(line[:from])
		out = append(out, markedPiece{text: line[from:to], x: x, width: measure(line[:to]) - x, marked: end.marked})
		if from = to; from == len(line) {
			break
		}
	}
	return out
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (m *Marked) CreateRenderer() fyne.WidgetRenderer {
	r := &markedRenderer{marked: m}
	r.Refresh()
	return r
}

type markedRenderer struct {
	marked  *Marked
	objects []fyne.CanvasObject
}

func (r *markedRenderer) Destroy()                     {}
func (r *markedRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *markedRenderer) MinSize() fyne.Size {
	m := r.marked
	width := max(m.LeastWidth(), m.Size().Width)
	return fyne.NewSize(m.LeastWidth(), m.HeightForWidth(width))
}

func (r *markedRenderer) Layout(size fyne.Size) {
	m := r.marked
	r.objects = r.objects[:0]
	height := m.lineHeight()
	for i, line := range m.broken(size.Width) {
		y := float32(i) * height
		for _, piece := range line {
			r.draw(piece, y, height)
		}
	}
}

func (r *markedRenderer) draw(piece markedPiece, y, height float32) {
	m := r.marked
	if piece.marked {
		ground := canvas.NewRectangle(look.For(m, look.WarningFill))
		under := canvas.NewRectangle(look.For(m, look.WarningText))
		ground.Move(fyne.NewPos(piece.x, y))
		ground.Resize(fyne.NewSize(piece.width, height))
		under.Move(fyne.NewPos(piece.x, y+height-2))
		under.Resize(fyne.NewSize(piece.width, 2))
		r.objects = append(r.objects, ground, under)
	}
	text := canvas.NewText(piece.text, color.Transparent)
	text.Color, text.TextSize = look.For(m, look.Text), m.textSize()
	text.Move(fyne.NewPos(piece.x, y))
	text.Resize(fyne.NewSize(piece.width, height))
	r.objects = append(r.objects, text)
}

func (r *markedRenderer) Refresh() {
	r.Layout(r.marked.Size())
	canvas.Refresh(r.marked)
}
