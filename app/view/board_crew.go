package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// crew is who has which role. Command changes hands by a hand-off only.
type crew struct {
	ask   Asker
	panel *kit.Panel
	list  *fyne.Container
	slots map[string]*roleSlot
	guard *lineList
	ack   *kit.Button
	give  *kit.Button
	form  *form
	box   *fyne.Container
	roles string // the roles that the form offers
	fit   func()
}

type roleSlot struct {
	name  *kit.Text
	who   *kit.Text
	claim *kit.Button
}

func newCrew(ask Asker) *crew {
	c := &crew{ask: ask, slots: map[string]*roleSlot{}, list: kit.Column(look.Space3), guard: newLineList(1).Small(), fit: func() {}}
	c.form = newForm(ask, "board.role", "Give role", "Role given.", func(value func(string) string) (workflow.Intent, error) {
		if value("person") == "" {
			return nil, refusal("person", "Name one person.")
		}
		return workflow.Claim{Role: value("role"), Person: value("person")}, nil
	},
		input{name: "role", label: "Role", options: []kit.Option{{ID: workflow.Fixer, Word: "Fixer"}}, start: workflow.Fixer},
		input{name: "person", label: "Who", hint: "One name"})
	c.form.resized = func() { c.fit() }
	c.form.after = c.closeForm
	c.form.fields["person"].OnEscape = func() bool { c.closeForm(); return true }
	c.give = kit.NewQuiet("Give a role to somebody", c.openForm).Icon("person").Small()
	send := kit.NewButton("Give role", c.form.Submit).Small()
	c.box = kit.Column(look.Space2, c.form.inputs, kit.Row(look.Space2, send, kit.NewQuiet("Close", c.closeForm).Small()))
	c.box.Hide()
	handOff := kit.NewButton("Hand off command", func() { ask.Run("incident.handoff") }).Icon("handoff").Key("Ctrl+Shift+H").Small()
	c.ack = kit.NewButton("Acknowledge the alert", func() { ask.Run("incident.acknowledge") }).Icon("clock").Small()
	c.panel = kit.NewPanel("Roles", kit.Column(look.Space3, c.ack, c.list, kit.Wrap(look.Space2, handOff, c.give), c.box, c.guard.box))
	return c
}

func (c *crew) openForm() {
	show(c.box, true)
	show(c.give, false)
	c.fit()
	focusIn(c.panel, c.form.fields["person"].Target())
}

func (c *crew) closeForm() {
	show(c.box, false)
	show(c.give, true)
	c.fit()
	focusIn(c.panel, c.give)
}

// Show brings the roles in line with a state.
func (c *crew) Show(st session.State) bool {
	in, changed := st.Incident, false
	c.form.Show(st)
	ids, options := "", []kit.Option{}
	for _, role := range in.Playbook.Roles {
		ids += role.ID + " "
		if role.ID != workflow.Commander || in.Holder(role.ID).Person == "" {
			options = append(options, kit.Option{ID: role.ID, Word: role.Name})
		}
	}
	if ids != c.roles {
		c.roles, changed = ids, true
		c.slots, c.list.Objects = map[string]*roleSlot{}, nil
		for _, role := range in.Playbook.Roles {
			c.list.Objects = append(c.list.Objects, c.newSlot(role))
		}
	}
	for _, role := range in.Playbook.Roles {
		changed = c.slots[role.ID].show(role, st) || changed
	}
	if changed {
		c.form.choices["role"].SetOptions(options)
	}
	waits := in.Open() && !in.Response(st.Now).Met
	changed = changed || waits != c.ack.Visible()
	show(c.ack, waits)
	var guard []lineOf
	for _, n := range in.Nudges(st.Now) {
		if n.Code == "hero" || n.Code == "shift" {
			guard = append(guard, lineOf{icon: "warning", role: look.WarningText, text: n.Says})
		}
	}
	if m, ok := mistake(in.Playbook, "hero"); ok {
		guard = append(guard, guardLine(m))
	}
	return c.guard.Set(guard) || changed
}

func (c *crew) newSlot(role workflow.RolePolicy) fyne.CanvasObject {
	s := &roleSlot{name: kit.NewCaption(role.Name).Cut(), who: kit.NewText("").Bold().Cut()}
	s.claim = kit.NewButton("Claim", func() {
		c.ask.DoAndOffer(workflow.Claim{Role: role.ID}, role.Name+" claimed.", nil)
	}).Small()
	c.slots[role.ID] = s
	return kit.Row(look.Space2, kit.Grow(kit.Column(0, s.name, s.who)), s.claim)
}

func (s *roleSlot) show(role workflow.RolePolicy, st session.State) bool {
	holder := st.Incident.Holder(role.ID).Person
	words, tone := holder, look.Text
	switch {
	case holder == "":
		words, tone = "Nobody yet", look.WarningText
	case role.ID == workflow.Commander && st.Incident.Open():
		words = fmt.Sprintf("%s, on duty %s", holder, short(st.Incident.OnDuty(st.Now)))
	case holder == st.Actor():
		words = holder + " (you)"
	}
	s.who.SetText(words)
	s.who.SetRole(tone)
	free := holder == "" || role.ID != workflow.Commander && holder != st.Actor()
	changed := free != s.claim.Visible()
	show(s.claim, free)
	return changed
}
