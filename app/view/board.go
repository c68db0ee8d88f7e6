package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// boardWideFrom is the width of the board from which the side stands beside
// the steps: that of a wide window without its rail.
const boardWideFrom = look.WideFrom - 220

// board is the home of an open incident: the one next action in full, the
// checklist under it, and at the side what else goes on.
type board struct {
	root         *fyne.Container
	desk         *kit.Responsive
	wide, narrow *fyne.Container // the main part of the two arrangements
	card         *nextCard
	steps        *steps
	ask          *stepAsk
	over         *over
	side         *boardSide
	tabs         *boardTabs
	back         *recovery
	state        session.State
	phases       []workflow.PhaseView
	seen         boardKey
}

// boardKey tells two states apart in which more than the time has moved.
type boardKey struct {
	incident workflow.IncidentID
	events   int
	prefs    session.Prefs
	repo     session.Repo
	repoSays string
	ground   string // what the repository says
}

// keyOf counts the events: a log only grows, so another count is another
// incident, and the same count is the same.
func keyOf(st session.State, events []workflow.Event) boardKey {
	return boardKey{incident: st.Incident.ID, events: len(events), prefs: st.Prefs, repo: st.Repo, repoSays: st.RepoSays, ground: groundWords(st)}
}

// own says whether the person wrote one of the events that came in since the
// board was shown last, here or in a terminal.
func (b *board) own(st session.State, events []workflow.Event) bool {
	if st.Incident.ID != b.seen.incident {
		return true
	}
	for _, e := range events[min(b.seen.events, len(events)):] {
		if e.Actor == st.Actor() {
			return true
		}
	}
	return false
}

func newBoard(ask Asker) Pane {
	b := &board{card: newNextCard(ask), ask: newStepAsk(ask), over: newOver(), side: newBoardSide(ask), back: newRecovery()}
	b.steps = newSteps(ask, b.ask)
	top := kit.Column(look.Space3, b.back.box, kit.Grow(b.card), b.over.panel)
	b.tabs = newBoardTabs(b.steps.rows, b.side.log, b.side.work, b.side.people)
	b.wide = newRoom(top, b.card.form, b.steps.rows, func() float32 { return leastList }, b.ask.box)
	b.narrow = newRoom(top, b.card.form, b.tabs.area, b.tabs.least, b.ask.box, b.tabs.bar)
	b.desk = kit.NewResponsive(boardWideFrom, kit.FullRow(look.Space4, kit.Grow(b.wide), kit.Fixed(kit.SideWidth, b.side.all)), b.narrow)
	b.desk.OnChange = func(wide bool) { b.card.head.compact(!wide) }
	b.card.head.compact(true)
	b.root = container.NewStack(newNoIncident(ask), kit.Inset(look.Space3, look.Space2, b.desk))
	b.root.Objects[1].Hide()
	b.wire()
	return b
}

// wire lets the parts of the board speak to each other.
func (b *board) wire() {
	b.card.fit, b.ask.fit = b.fit, b.fit
	b.side.setFit(b.fitSide)
	b.card.touched, b.steps.touched = b.touched, b.touched
	assign := func(text string) { b.touched(); b.side.tasks.Give(text) }
	b.card.assign, b.steps.assign = assign, assign
	b.tabs.changed = b.fit
	b.side.tasks.moved = func() {
		if !b.desk.IsWide() {
			b.tabs.Go(tasksTab)
		}
	}
	b.side.tasks.reveal = func() {
		shown := b.side.all
		if !b.desk.IsWide() {
			shown = b.side.work
		}
		shown.Reveal(b.side.tasks.box)
	}
}

// fit lays the main part out again after something in it has become higher or
// lower.
func (b *board) fit() {
	if b.desk.IsWide() {
		b.wide.Refresh()
		return
	}
	b.narrow.Refresh()
}

// fitSide is fit for the side.
func (b *board) fitSide() {
	if b.desk.IsWide() {
		b.side.all.Refresh()
		return
	}
	b.tabs.area.Refresh()
}

func (b *board) touched() {
	if b.back.touch(b.state, b.phases) {
		b.fit()
	}
}

// Content is the board.
func (b *board) Content() fyne.CanvasObject { return b.root }

// Show brings the board in line with a state. What did not change is not
// touched; the focus stays where it is, but where the person has just settled
// a step it goes on with the card.
func (b *board) Show(st session.State) {
	events := st.Incident.Events()
	key, own := keyOf(st, events), b.own(st, events)
	fresh := key != b.seen
	b.seen, b.state = key, st
	b.ask.show(st)
	open := st.Incident.Declared()
	none, desk := b.root.Objects[0], b.root.Objects[1]
	if none.Visible() == open {
		show(none, !open)
		show(desk, open)
		b.root.Refresh()
	}
	if !open {
		return
	}
	if fresh {
		b.phases = st.Incident.Checklist()
	}
	if own && b.back.touch(st, b.phases) {
		b.fit()
	}
	if b.side.Show(st, fresh) {
		b.fitSide()
	}
	b.tabs.Show(st, b.phases, fresh)
	if b.showMain(st, fresh) {
		b.fit()
	}
	if fresh { // last, because it scrolls in the room that the card leaves
		b.steps.Show(st, b.phases)
	}
}

// showMain brings the main part but the list in line with a state; it reports
// whether something in it needs another height.
func (b *board) showMain(st session.State, fresh bool) bool {
	higher := b.back.Show(st, b.phases)
	if fresh {
		higher = b.over.Show(st) || higher
	}
	next := st.Incident.Next(st.Now)
	leads := next.Title != ""
	if leads != b.card.Visible() {
		show(b.card, leads)
		higher = true
	}
	if leads {
		higher = b.card.Update(st, next, fresh) || higher
	}
	return higher
}

// Enter gives the focus to the form of the next action; from there, Escape
// comes here again and goes on to the checklist.
func (b *board) Enter() {
	if !b.state.Incident.Declared() {
		if first := kit.FirstFocusable(b.root.Objects[0]); first != nil {
			kit.Focus(first)
		}
		return
	}
	b.steps.Reveal()
	a := b.card.ways[b.card.on]
	if !b.card.Visible() || a != nil && a.caret() {
		b.tabs.Go(stepsTab)
		b.steps.rows.Focus()
		return
	}
	b.card.Focus()
}

// Main does the main action: the open question of the list, when the caret is
// in it, or else the next action.
func (b *board) Main() bool {
	if !b.state.Incident.Declared() {
		return false
	}
	if b.ask.Submit() || b.side.Submit() {
		return true
	}
	return b.card.Visible() && b.card.Submit()
}
