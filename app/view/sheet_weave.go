package view

import (
	"reflect"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// weaveSheet is the incident's increment and its files: where they are, what
// both sides say, the one page with its tasks, and how it is closed.
type weaveSheet struct {
	s     *Shell
	ask   Asker
	layer *kit.Layer
	body  *kit.Scroller

	head      *weaveHead
	none      *weaveNone
	questions *weaveQuestions
	texts     *weaveTexts
	tasks     *weaveTasks
	closing   *weaveClose
	echo      *weaveEcho
	page      *kit.Panel

	sync, create, enable, link *kit.Button

	shown weaveShown
	laid  bool
}

// weaveShown says what is on the sheet, so that a tick of the clock costs
// nothing.
type weaveShown struct {
	revision  workflow.Revision
	increment session.Increment
	repo      session.Repo
	says      string
	zones     session.Zones
	message   string
}

// weaveLayer is the sheet's name among the layers.
const weaveLayer = "weave"

// pageWide is the width from which the tasks stand beside the texts.
const pageWide float32 = 760

func (s *Shell) openWeave() {
	w := newWeaveSheet(s, s.layers.Refresh)
	w.s = s
	w.Show(s.state)
	w.layer.First = w.first(s.state)
	w.laid = true
	s.openSheet(w.layer, w.Show)
	if weavable(s.state.Incident) {
		s.WeaveIncrement(func(error) {}) // what it finds is shown by the sheet
	}
}

func newWeaveSheet(ask Asker, refresh func()) *weaveSheet {
	w := &weaveSheet{ask: ask}
	fit := func() {
		if w.laid {
			refresh()
		}
	}
	now := func() workflow.Incident { return w.tasks.st.Incident }
	w.head, w.none = newWeaveHead(ask), newWeaveNone(ask, fit)
	w.questions = newWeaveQuestions(ask, w.leave)
	w.texts, w.tasks, w.closing = newWeaveTexts(ask, now, fit), newWeaveTasks(ask, fit, w.leave), newWeaveClose(ask, fit, w.leave)
	w.page = kit.NewPanel("", kit.NewResponsive(pageWide,
		kit.FullRow(look.Space6, kit.Grow(w.texts.box), kit.NewRuleDown(), kit.Grow(w.tasks.box)),
		kit.Column(look.Space4, w.texts.box, kit.NewRule(), w.tasks.box)))
	w.body = kit.NewScroller(kit.Column(look.Space4, w.none.box, w.head.box, w.questions.box, w.page, w.closing.panel)).Fitted()

	w.tasks.reveal, w.closing.reveal, w.closing.moves.reveal = w.body.Reveal, w.body.Reveal, w.body.Reveal
	for _, t := range w.texts.parts {
		t.reveal = w.body.Reveal
	}
	w.echo = newWeaveEcho(func() {
		if w.s != nil {
			w.s.Dismiss()
		}
	})

	w.sync = kit.NewPrimary("Sync progress", w.weave)
	w.create = kit.NewPrimary("Create the increment", func() { ask.CreateIncrement(w.none.heard) })
	w.create.OnOff = func(string) { w.whyNotCreated() }
	w.link = kit.NewButton("Link one that is there…", func() { ask.Run("incident.link") }).Icon("link")
	w.enable = kit.NewButton("Enable SpecWeave here", func() { ask.EnableSpecWeave(w.none.heard) })
	w.layer = &kit.Layer{
		ID: weaveLayer, Title: "The increment", Body: kit.Column(look.Space3, kit.Grow(w.body), w.echo.box), Width: 960,
		Actions: []*kit.Button{w.create, w.sync, w.enable, w.head.open, w.link},
		Default: kit.NewButton("", w.main),
	}
	return w
}

// weave looks at both sides now. What it found is said in the strip, since the
// sheet may look the same afterwards.
func (w *weaveSheet) weave() {
	w.ask.WeaveIncrement(func(err error) {
		if err != nil {
			w.none.heard(err)
		}
		if w.s == nil {
			return
		}
		if err != nil {
			w.s.Say(session.Strip{Says: err.Error(), Warning: true})
			return
		}
		if says, tone := inStep(w.s.State()); tone != kit.Warn {
			w.s.Say(session.Strip{Says: says + ": " + progressWords(w.s.State().Increment) + "."})
		} else {
			w.s.Say(session.Strip{Says: says + "."})
		}
	})
}

// whyNotCreated shows what is missing; where it is the problem, it asks for it.
func (w *weaveSheet) whyNotCreated() {
	st := w.tasks.st
	why := createOff(st)
	w.none.lacking(why)
	if why != "" && st.Repo.SpecWeave && needsFire(st) == "" && st.RepoSays == "" {
		w.texts.parts[0].Open()
	}
}

// sentenceOf makes a sentence of a reason.
func sentenceOf(why string) error {
	if why == "" {
		return nil
	}
	return &workflow.RuleError{Code: "weave", Says: why + "."}
}

// main is what Ctrl+Enter does: it sends the form that is typed in, or else does
// the sheet's main action.
func (w *weaveSheet) main() {
	for _, f := range []*form{w.texts.Caret(), w.tasks.Caret(), w.caret(w.closing.moves.form)} {
		if f != nil {
			f.Submit()
			return
		}
	}
	for _, b := range []*kit.Button{w.create, w.sync, w.link} {
		if b.Visible() {
			b.Press()
			return
		}
	}
}

func (w *weaveSheet) caret(f *form) *form {
	if f.hasCaret() {
		return f
	}
	return nil
}

// Show brings the sheet in line with a state.
func (w *weaveSheet) Show(st session.State) {
	now := weaveShown{st.Incident.Revision(), st.Increment, st.Repo, st.RepoSays, st.Prefs.Zones, ""}
	if st.Strip != nil {
		now.message = st.Strip.Says + "\n" + st.Strip.Undo
	}
	w.echo.now = st.Strip
	if w.laid && reflect.DeepEqual(now, w.shown) {
		return
	}
	w.shown = now
	w.echo.Show(st.Strip, st.Increment.Says)
	files, named := weavable(st.Incident), st.Incident.Fix.Increment.Get().ID != ""
	show(w.none.box, !files)
	show(w.head.box, files)
	show(w.closing.panel, files)
	if files {
		w.head.Show(st)
		w.closing.Show(st)
	} else {
		w.none.Show(st)
	}
	w.questions.Show(st)
	w.page.SetHeading("The one page")
	if !files && !named {
		w.page.SetHeading("What it will say")
	}
	w.texts.Show(st)
	w.tasks.Show(st)
	show(w.sync, files)
	show(w.head.open, files)
	show(w.create, !files && !named)
	w.create.SetOff(createOff(st))
	show(w.enable, !files && canEnable(st))
	w.link.SetWord("Link one that is there…")
	if files {
		w.link.SetWord("Link another…")
	}
	if w.laid && w.s != nil {
		w.s.layers.Refresh()
	}
	for _, b := range w.layer.Actions {
		if !b.Visible() && hasFocus(b) {
			w.leave()
		}
	}
}

// first is where the hand wants to be: the first question, else the first open
// task, else the command that closes it.
func (w *weaveSheet) first(st session.State) fyne.Focusable {
	if f := w.questions.First(); f != nil {
		return f
	}
	if !weavable(st.Incident) {
		for _, b := range []*kit.Button{w.create, w.enable, w.link} {
			if b.Visible() && b.Off() == "" {
				return b
			}
		}
	}
	if f := w.tasks.firstOpen(); f != nil {
		return f
	}
	if h := st.Increment.Handover; h.Ready && w.closing.run.Off() == "" { // nothing else is left to do
		return w.closing.run
	}
	return w.sync
}

// leave takes the focus on from something that is gone.
func (w *weaveSheet) leave() {
	if target := w.questions.First(); target != nil {
		focusIn(w.body, target)
		return
	}
	for _, b := range []*kit.Button{w.sync, w.create, w.link} {
		if b.Visible() {
			focusIn(w.body, b)
			return
		}
	}
}
