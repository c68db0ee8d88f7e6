package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Tone says what a message or a state means; it gives shape and colour.
type Tone int

// The tones. Each has its own shape, so that colour is never alone.
const (
	Neutral Tone = iota
	Good
	Warn
	Bad
)

// Icon is the shape of a tone.
func (t Tone) Icon() string {
	return [...]string{"info", "resolved", "warning", "error"}[t.valid()]
}

// Role is the text and icon colour of a tone.
func (t Tone) Role() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{look.Primary, look.SuccessText, look.WarningText, look.ErrorText}[t.valid()]
}

// Fill is the tinted surface of a tone.
func (t Tone) Fill() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{look.InfoFill, look.SuccessFill, look.WarningFill, look.ErrorFill}[t.valid()]
}

func (t Tone) valid() Tone {
	if t < Neutral || t > Bad {
		return Neutral
	}
	return t
}

// Act is one more thing to do about a message. It leaves the message where it is.
type Act struct {
	Word string
	Run  func()
}

// mostActs is how many a strip has room for besides its action.
const mostActs = 2

// Strip is a message that blocks nothing and stays until it is closed or replaced,
// with an action such as Undo, and a few others where there is more to do.
type Strip struct {
	widget.BaseWidget

	icon   *Icon
	text   *Text
	brief  *Text   // what fits where there is little room
	rest   *Button // shows all of it there
	whole  bool    // somebody asked for all of it
	action *Button
	more   [mostActs]*Button
	body   *fyne.Container // one of the two
	few    fyne.CanvasObject
	many   fyne.CanvasObject
	closer *Button
	panel  *Panel
	// OnClose hears that the person closed the strip.
	OnClose func()
}

// NewStrip makes a strip that is hidden until Say.
func NewStrip() *Strip {
	s := &Strip{
		icon:   NewIcon("info").Edge(20),
		text:   NewText("").Wrapped(),
		brief:  NewText("").Wrapped(),
		action: NewButton("", nil).Small(),
	}
	s.closer = NewQuiet("Dismiss", func() {
		s.Clear()
		if s.OnClose != nil {
			s.OnClose()
		}
	}).Small()
	for i := range s.more {
		s.more[i] = NewButton("", nil).Small()
	}
	s.rest = NewQuiet("Read all", func() {
		s.whole = true
		s.shorten()
		s.Refresh()
	}).Small()
	s.few = Row(look.Space3, s.icon, Grow(s.text), s.action, s.closer)
	s.many = NewResponsive(look.WideFrom,
		Row(look.Space3, s.icon, Grow(s.text), s.action, s.more[0], s.more[1], s.closer),
		Column(look.Space1, Row(look.Space3, s.icon, Grow(s.brief)), Wrap(look.Space2, s.action, s.more[0], s.more[1], s.rest, s.closer)))
	s.body = Column(0, s.few)
	s.panel = NewPanel("", s.body)
	s.panel.padY = look.Space2
	s.panel.build()
	s.Hidden = true
	s.ExtendBaseWidget(s)
	return s
}

// Say shows a message. The action is left out when its word is empty.
func (s *Strip) Say(tone Tone, text, actionWord string, action func(), more ...Act) {
	s.icon.Set(tone.Icon(), tone.Role())
	if s.text.Text() != text {
		s.whole = false
	}
	s.text.SetText(text)
	s.shorten()
	s.action.SetWord(actionWord)
	s.action.SetRun(action)
	s.action.Hidden = actionWord == ""
	for i, button := range s.more {
		button.Hidden = i >= len(more)
		if !button.Hidden {
			button.SetWord(more[i].Word)
			button.SetRun(more[i].Run)
		}
	}
	s.body.Objects = []fyne.CanvasObject{s.few}
	if len(more) > 0 || len(text) > briefFrom {
		s.body.Objects = []fyne.CanvasObject{s.many}
	}
	s.panel.SetColours(tone.Fill(), tone.Role())
	s.Hidden = false
	s.Refresh()
}

// briefFrom is how long a message is, in bytes, that takes too much of a small
// window.
const briefFrom = 120

// shorten leaves the first sentence where there is little room, until somebody
// asks for the rest.
func (s *Strip) shorten() {
	text := s.text.Text()
	first, _, more := strings.Cut(text, ". ")
	if s.whole || !more || len(text) <= briefFrom {
		s.brief.SetText(text)
		s.rest.Hidden = true
		return
	}
	s.brief.SetText(first + ".")
	s.rest.Hidden = false
}

// Clear takes the message away.
func (s *Strip) Clear() {
	s.text.SetText("")
	s.Hide()
}

// Text is what the strip says; empty when it is hidden.
func (s *Strip) Text() string { return s.text.Text() }

// Action is the button of the strip, for tests and for keys.
func (s *Strip) Action() *Button { return s.action }

// More are the buttons besides, for tests and for keys; hidden ones are not in use.
func (s *Strip) More() []*Button { return s.more[:] }

// Children lets the focus find its way in.
func (s *Strip) Children() []fyne.CanvasObject { return []fyne.CanvasObject{s.panel} }

// LeastWidth is that of the buttons and a few words.
func (s *Strip) LeastWidth() float32 { return LeastWidth(s.panel) }

// HeightForWidth is the height of the wrapped message.
func (s *Strip) HeightForWidth(width float32) float32 { return HeightFor(s.panel, width) }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.panel) }
