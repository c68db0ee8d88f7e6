package view

import (
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// openWay settles one fact from wherever its lack was noticed, with the form
// that the board has for it.
func (s *Shell) openWay(w way, gate string) {
	if w == wayTests && s.offers("incident.tests") {
		s.Run("incident.tests")
		return
	}
	s.openWayForm(w, gate)
}

// openWayForm is openWay by the form alone: what was done elsewhere is recorded.
func (s *Shell) openWayForm(w way, gate string) {
	c := newNextCard(s)
	c.state, c.plan = s.state, plan{ways: []way{w}, gate: gate}
	c.fit = s.layers.Refresh
	id := "way." + string(w)
	c.after = func() { s.CloseLayer(id) }
	a := c.build(w)
	body := kit.NewScroller(kit.Column(look.Space3, a.body)).Fitted()
	send := kit.NewPrimary(a.word, a.submit).Key("Ctrl+Enter")
	next := workflow.Next{Step: workflow.StepItem}
	s.openSheet(&kit.Layer{ID: id, Title: wayWord(w), Body: body, Actions: []*kit.Button{send}, Default: send, First: a.first()}, func(st session.State) {
		c.state = st
		a.show(st, next)
	})
}

// offers says whether the table has a command.
func (s *Shell) offers(id string) bool {
	for _, c := range Commands() {
		if c.ID == id {
			return true
		}
	}
	return false
}
