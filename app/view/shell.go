package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// World is what a shell needs of the machine that it runs on.
type World interface {
	Copy(text string)
	OpenPath(path string)
	OpenAddress(address string) // in the browser, or the mail program
	Wear(mode look.Mode, scale float32)
	Sample(open, reset bool, done func(error)) // move the desk to the sample's file, or back
	Quit()
}

// Shell is the whole content of the window: header, rail, one screen at a
// time, composer, status bar, and the layers over them.
type Shell struct {
	*session.Desk
	world World

	layers   *kit.Layers
	root     *fyne.Container
	heights  [3]float32 // of header and strip, when the window was laid out last, and its width then
	header   *header
	rail     *rail
	stage    *fyne.Container
	strip    *kit.Strip
	composer *composer
	status   *statusBar

	panes  map[Screen]Pane
	scaled map[Screen]float32 // the text scale that a screen was last drawn at
	build  map[Screen]func(Asker) Pane
	screen Screen
	trail  []Screen // where the person has been
	at     int      // where in the trail
	state  session.State
	sheets sheets
	worn   session.Prefs
	before *whereabouts // where the person was, until it was gone back to

	// About says what this copy is; whoever makes the window sets it.
	About About
}

// NewShell makes the window's content for a desk. The desk's states must be
// given to Show.
func NewShell(desk *session.Desk, world World) *Shell {
	s := &Shell{Desk: desk, world: world, panes: map[Screen]Pane{}, scaled: map[Screen]float32{}, state: desk.State()}
	s.build = map[Screen]func(Asker) Pane{
		TriageScreen: newTriage, BoardScreen: newBoard, TimelineScreen: newTimeline,
		PostmortemScreen: newPostmortem, HistoryScreen: newHistory, SettingsScreen: newSettings,
	}
	s.wear(s.state.Prefs)
	s.header = newHeader(s)
	s.rail = newRail(s)
	s.stage = container.NewStack()
	s.strip = kit.NewStrip()
	s.strip.OnClose = s.Dismiss
	s.composer = newComposer(s)
	s.status = newStatusBar(s)
	s.root = kit.Column(0,
		s.header.content,
		kit.NewRule(),
		kit.Grow(s.middle()),
		s.strip,
		kit.NewRule(),
		s.composer.content,
		kit.NewRule(),
		s.status.content,
	)
	s.layers = kit.NewLayers(s.root)
	s.layers.OnEscape = s.leave
	s.Recall("recent", &s.sheets.recent)
	s.recallPlace()
	s.visit(s.firstScreen())
	return s
}

// The widths of the rail: with its keys, and without.
const (
	railWide   float32 = 232
	railNarrow float32 = 150
)

// middle is the rail beside the screen.
func (s *Shell) middle() fyne.CanvasObject {
	beside := func(width float32) fyne.CanvasObject {
		return kit.FullRow(0, kit.Fixed(width, s.rail.content), kit.NewRuleDown(), kit.Grow(s.stage))
	}
	both := kit.NewResponsive(look.WideFrom, beside(railWide), beside(railNarrow))
	both.OnChange = s.rail.fit
	s.rail.fit(both.IsWide())
	return both
}

// Content is what the window shows.
func (s *Shell) Content() fyne.CanvasObject { return s.layers }

// Layers is the root that the window's stray keys go to.
func (s *Shell) Layers() *kit.Layers { return s.layers }

// Screen is the screen that is shown.
func (s *Shell) Screen() Screen { return s.screen }

// home is the first screen for what is open: the board of a fire, the
// post-mortem of what is over, triage of nothing.
func (s *Shell) home() Screen {
	in := s.state.Incident
	switch {
	case !in.Declared():
		return TriageScreen
	case in.Open():
		return BoardScreen
	default:
		return PostmortemScreen
	}
}

// Show brings the window in line with a state. Only the screen that is shown
// is worked on; the others follow when they are entered.
func (s *Shell) Show(st session.State) {
	changed := st.Incident.ID != s.state.Incident.ID
	s.state = st
	if st.Prefs != s.worn {
		s.wear(st.Prefs)
	}
	s.header.Show(st, s.screen)
	s.rail.Show(st, s.screen)
	s.composer.Show(st)
	s.status.Show(st)
	s.showStrip(st.Strip)
	s.layOut()
	s.showSheets(st, changed)
	if pane := s.panes[s.screen]; pane != nil {
		pane.Show(st)
	}
	if changed {
		s.land()
	}
}

// layOut gives the screen the room that header and strip leave, when theirs has
// changed.
func (s *Shell) layOut() {
	width := s.root.Size().Width
	now := [3]float32{kit.HeightFor(s.header.content, width), kit.HeightFor(s.strip, width), width}
	if !s.strip.Visible() {
		now[1] = 0
	}
	if now != s.heights {
		s.heights = now
		s.root.Refresh()
	}
}

// composerGrew gives the screen the room that the composer leaves now.
func (s *Shell) composerGrew() {
	if s.root != nil {
		s.root.Refresh()
	}
}

func (s *Shell) wear(p session.Prefs) {
	s.worn = p
	s.world.Wear(look.Mode(p.Theme), p.Scale)
}

func (s *Shell) showStrip(strip *session.Strip) {
	if strip == nil {
		s.strip.Clear()
		return
	}
	how := kit.Neutral
	if strip.Warning {
		how = kit.Warn
	}
	var more []kit.Act
	for _, offer := range strip.More {
		more = append(more, kit.Act{Word: offer.Word, Run: offer.Run})
	}
	if s.state.Away != nil && strip.Warning {
		more = append(more, kit.Act{Word: "Save to another folder…", Run: s.openRescue})
	}
	if strip.Health {
		more = append(more, kit.Act{Word: "Log health", Run: s.openHealth})
	}
	if strip.Question {
		more = append(more, kit.Act{Word: "Compare…", Run: s.openWeave})
	}
	s.strip.Say(how, strip.Says, strip.Undo, func() {
		s.Dismiss()
		if strip.Back != nil {
			strip.Back()
		}
	}, more...)
}

// Go shows a screen and gives it the focus, because the person asked for it.
func (s *Shell) Go(screen Screen) {
	s.before = nil
	s.visit(screen)
}

func (s *Shell) visit(screen Screen) {
	if s.at < len(s.trail) {
		s.trail = s.trail[:s.at+1]
	}
	if len(s.trail) == 0 || s.trail[len(s.trail)-1] != screen {
		s.trail = append(s.trail, screen)
	}
	s.at = len(s.trail) - 1
	s.enter(screen)
}

func (s *Shell) enter(screen Screen) {
	s.screen = screen
	pane := s.pane(screen)
	s.stage.Objects = []fyne.CanvasObject{pane.Content()}
	s.header.Show(s.state, screen)
	s.rail.Show(s.state, screen)
	pane.Show(s.state)
	if s.root.Size().Width > 0 { // before the window has a size every line would be broken word by word
		s.layOut()
		if scale := textScale(); s.scaled[screen] != scale {
			// What was out of sight did not hear of another text size. Layouts ask
			// for sizes before they pass the news on, so this one is for the news.
			s.scaled[screen] = scale
			pane.Content().Refresh()
		}
		s.stage.Refresh()
	}
	pane.Enter()
	s.KeepPlace()
}

func (s *Shell) pane(screen Screen) Pane {
	if s.panes[screen] == nil {
		s.panes[screen] = s.build[screen](s)
		s.scaled[screen] = textScale()
	}
	return s.panes[screen]
}

// Run runs a command by its id; one that is off says why.
func (s *Shell) Run(id string) {
	for _, c := range Commands() {
		if c.ID != id {
			continue
		}
		if why := c.Off(s.state); why != "" {
			s.Say(session.Strip{Says: why + "."})
			return
		}
		c.Run(s)
		return
	}
}

// Press does what a key of the table does; false when no command has it.
func (s *Shell) Press(key string) bool {
	for _, c := range Commands() {
		if c.has(key) {
			s.Run(c.ID)
			return true
		}
	}
	return false
}

// Draft keeps half-typed text. A sheet that opens next shows it, although no new
// state was shown for a key press.
func (s *Shell) Draft(field, text string) {
	s.Desk.Draft(field, text)
	s.state.Drafts = s.State().Drafts
}

// Copy puts text on the clipboard and says so.
func (s *Shell) Copy(text, says string) {
	s.world.Copy(text)
	s.Say(session.Strip{Says: says})
}

// OpenPath shows a file or folder in its own program.
func (s *Shell) OpenPath(path string) { s.world.OpenPath(path) }

// OpenAddress shows a web address in the browser, or writes to a mail address.
func (s *Shell) OpenAddress(address string) { s.world.OpenAddress(address) }

// CloseSheet closes a sheet that a pane asked for.
func (s *Shell) CloseSheet(id string) { s.CloseLayer(id) }

// Layer shows a sheet over the screen.
func (s *Shell) Layer(l Sheet) {
	place := kit.Middle
	if l.Side {
		place = kit.Side
	}
	s.openSheet(&kit.Layer{
		ID: l.ID, Title: l.Title, Body: l.Body, First: l.First, Width: l.Width, Place: place,
		Actions: l.Actions, Default: l.Default,
	}, l.Follow)
}

// CloseLayer takes a sheet away.
func (s *Shell) CloseLayer(id string) { s.layers.CloseID(id) }
