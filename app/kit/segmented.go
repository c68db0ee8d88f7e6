package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Segmented is a row of big choices of which one holds, such as the severity. The
// chosen one has a thick border and a tick. Where the row gets narrow it becomes
// two by two. The arrow keys move and choose; Enter and Space choose.
type Segmented struct {
	widget.BaseWidget

	segments []*segment
	grid     *fyne.Container
	chosen   string
	// OnChosen hears the ID that the person chose.
	OnChosen func(id string)
}

// NewSegmented makes the choices; none holds until Choose.
func NewSegmented(options []Option, chosen func(id string)) *Segmented {
	s := &Segmented{OnChosen: chosen}
	s.grid = Grid(look.Space2, len(options))
	s.SetOptions(options)
	s.ExtendBaseWidget(s)
	return s
}

// SetOptions offers other choices; the chosen one stays, if it is still there.
func (s *Segmented) SetOptions(options []Option) {
	s.segments = s.segments[:0:0]
	objects := make([]fyne.CanvasObject, 0, len(options))
	for i, option := range options {
		seg := newSegment(option, func() { s.pick(option.ID) })
		seg.onKey = func(key *fyne.KeyEvent) bool { return s.arrow(i, key.Name) }
		seg.on = option.ID == s.chosen
		s.segments = append(s.segments, seg)
		objects = append(objects, seg)
	}
	s.grid.Layout = &gridLayout{gap: look.Space2, columns: max(1, len(options))}
	s.grid.Objects = objects
	s.grid.Refresh()
}

// Chosen is the ID of the choice that holds; empty when none does.
func (s *Segmented) Chosen() string { return s.chosen }

// Choose makes a choice hold without telling OnChosen.
func (s *Segmented) Choose(id string) {
	s.chosen = id
	for _, seg := range s.segments {
		if on := seg.option.ID == id; on != seg.on {
			seg.on = on
			seg.Refresh()
		}
	}
}

func (s *Segmented) pick(id string) {
	s.Choose(id)
	if s.OnChosen != nil {
		s.OnChosen(id)
	}
}

// arrow moves the focus to a neighbour and chooses it, as with radio buttons.
func (s *Segmented) arrow(from int, key fyne.KeyName) bool {
	to := from
	switch key {
	case fyne.KeyLeft, fyne.KeyUp:
		to--
	case fyne.KeyRight, fyne.KeyDown:
		to++
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = len(s.segments) - 1
	default:
		return false
	}
	if to >= 0 && to < len(s.segments) && to != from {
		Focus(s.segments[to])
		s.pick(s.segments[to].option.ID)
	}
	return true
}

// Target is the part that takes keys: the chosen segment, or else the first.
func (s *Segmented) Target() fyne.Focusable {
	for _, seg := range s.segments {
		if seg.on {
			return seg
		}
	}
	if len(s.segments) == 0 {
		return nil
	}
	return s.segments[0]
}

// Children lets the focus find its way in.
func (s *Segmented) Children() []fyne.CanvasObject { return []fyne.CanvasObject{s.grid} }

// LeastWidth is that of the widest choice.
func (s *Segmented) LeastWidth() float32 { return LeastWidth(s.grid) }

// HeightForWidth is the height of the grid at a width.
func (s *Segmented) HeightForWidth(width float32) float32 { return HeightFor(s.grid, width) }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.grid) }
