package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// nextActionID is what the one next action is found by.
const nextActionID = "next-action"

// nextCard is the one next action in full, with the form that settles it.
type nextCard struct {
	widget.BaseWidget
	cardParts
	cardHooks

	ask    Asker
	ways   map[way]*answer
	state  session.State
	step   workflow.Next // what is shown; it lags behind while somebody types
	plan   plan
	taken  way  // what the person took instead of the first way
	on     way  // what is shown
	follow bool // the person settled something here, so the caret goes on with it
}

// cardParts are the widgets of the card, from top to bottom.
type cardParts struct {
	panel *kit.Panel
	head  *cardHead
	grow  *fyne.Container // around the form
	form  *kit.Scroller   // notes and body
	notes *cardNotes
	body  *fyne.Container // the way that is shown
	foot  *cardFoot
}

// cardHooks are what the card tells the board.
type cardHooks struct {
	fit     func()            // the card needs another height
	touched func()            // a person has done something
	assign  func(text string) // the step is to be given to somebody as a task
	after   func()            // a form of the card has done what it asked for; nil: nobody listens
}

// answer is one way to settle the step: a form, and the word of the main
// button that sends it.
type answer struct {
	word   string
	body   fyne.CanvasObject // nil when there is nothing to type
	submit func()
	show   func(session.State, workflow.Next)
	first  func() fyne.Focusable // where the caret begins; nil when there is no input
	caret  func() bool           // the caret is in it
	typed  func() bool           // somebody has typed something in it
	off    func() string         // why it cannot be sent yet
}

func newNextCard(ask Asker) *nextCard {
	c := &nextCard{ask: ask, ways: map[way]*answer{}}
	c.cardHooks = cardHooks{fit: func() {}, touched: func() {}, assign: func(string) {}}
	c.head = newCardHead(func() { c.goOn() })
	c.notes = newCardNotes()
	c.foot = newCardFoot(c)
	c.body = kit.Column(0)
	c.form = kit.NewScroller(kit.Column(look.Space3, c.notes.above, c.body, c.notes.below)).Fitted().Least(0)
	c.grow = kit.Grow(bleeding(c.form))
	c.panel = kit.NewPanel("", kit.Column(look.Space3, c.head.box, c.grow, kit.NewGround(look.Panel, c.foot.row)))
	c.panel.Filled(look.Panel, look.Primary)
	c.ExtendBaseWidget(c)
	return c
}

// ID is "next-action": there is one such object on every screen.
func (c *nextCard) ID() string { return nextActionID }

// Children lets the focus find its way in.
func (c *nextCard) Children() []fyne.CanvasObject { return []fyne.CanvasObject{c.panel} }

// LeastWidth is that of the panel.
func (c *nextCard) LeastWidth() float32 { return kit.LeastWidth(c.panel) }

// HeightForWidth is the height with the whole form in sight.
func (c *nextCard) HeightForWidth(width float32) float32 { return kit.HeightFor(c.panel, width) }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (c *nextCard) CreateRenderer() fyne.WidgetRenderer { return holding(c.panel) }

// Update brings the card in line with a state and reports whether its height may
// have changed. Fresh says that the incident has changed, not only the time.
func (c *nextCard) Update(st session.State, next workflow.Next, fresh bool) bool {
	if st.Incident.ID != c.state.Incident.ID {
		c.forget()
	}
	c.state = st
	plan := planFor(st.Incident, next)
	taken := c.taken
	if next.Step != c.step.Step || next.Target != c.step.Target {
		taken = ""
	}
	on := plan.pick(taken)
	same := on == c.on && next.Step == c.step.Step && next.Target == c.step.Target
	caret := c.ways[c.on] != nil && c.ways[c.on].caret()
	if !same && caret && !c.follow && (!fresh || c.ways[c.on].typed()) {
		return c.head.meanwhile(next) // somebody types: nothing is taken from under the hand
	}
	c.step, c.plan, c.taken = next, plan, taken
	changed := c.head.show(next, st.Now)
	if on != c.on {
		c.put(on)
		changed = true
	}
	a := c.ways[c.on]
	changed = c.notes.show(st, plan, on, next) || changed
	a.show(st, next)
	changed = c.foot.show(c, a) || changed
	filled := c.notes.above.Visible() || c.body.Visible() || c.notes.below.Visible()
	show(c.form, filled)
	show(c.grow, filled)
	if !same && (caret || c.follow) {
		c.fit()
		c.Focus()
	}
	c.follow = false
	return changed
}

// forget drops the forms of another incident; their drafts stay with it.
func (c *nextCard) forget() {
	c.ways, c.on, c.taken, c.step = map[way]*answer{}, "", "", workflow.Next{}
}

// pick is the way that is shown: what the person took, as long as it is there.
func (p plan) pick(taken way) way {
	if taken == waySkip && p.item != "" {
		return waySkip
	}
	for _, w := range p.ways {
		if w == taken {
			return w
		}
	}
	return p.ways[0]
}

// put shows the form of a way.
func (c *nextCard) put(w way) {
	c.on = w
	a := c.ways[w]
	if a == nil {
		a = c.build(w)
		c.ways[w] = a
	}
	c.body.Objects = nil
	if a.body != nil {
		c.body.Objects = []fyne.CanvasObject{a.body}
	}
	show(c.body, a.body != nil)
	c.form.ScrollTo(0)
}

// take shows another way because the person asked for it.
func (c *nextCard) take(w way) {
	c.touched()
	c.taken = w
	c.again()
	c.Focus()
}

// again shows the card anew after the person has asked for another form.
func (c *nextCard) again() {
	c.follow = true
	c.Update(c.state, c.state.Incident.Next(c.state.Now), true)
	c.fit()
}

// goOn leaves a form that somebody has typed in; what was typed is a draft.
func (c *nextCard) goOn() {
	c.again()
}

// Skip asks why the step is skipped.
func (c *nextCard) Skip() {
	if c.plan.item != "" {
		c.take(waySkip)
	}
}

// Focus puts the caret where the step is settled.
func (c *nextCard) Focus() {
	if a := c.ways[c.on]; a != nil {
		if first := a.first(); first != nil && focusIn(c.foot.main, first) {
			return
		}
	}
	focusIn(c.foot.main, c.foot.main)
}

// focusIn gives the focus to a widget that may be too new for the window to
// know; near is one that the window knows.
func focusIn(near fyne.CanvasObject, target fyne.Focusable) bool {
	if kit.Focus(target) {
		return true
	}
	canvas := fyne.CurrentApp().Driver().CanvasForObject(near)
	if canvas == nil {
		return false
	}
	canvas.Focus(target)
	return canvas.Focused() == target
}

// Submit does the card's main action; false when there is none.
func (c *nextCard) Submit() bool {
	a := c.ways[c.on]
	if a == nil || a.submit == nil {
		return false
	}
	c.touched()
	a.submit()
	return true
}

// settled is called when the disk has what a form of the card asked for.
func (c *nextCard) settled() {
	c.follow, c.taken = true, ""
	if c.after != nil {
		c.after()
	}
}
