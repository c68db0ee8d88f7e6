package view

import (
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"

	"fyne.io/fyne/v2"
)

// rolesBox is who does what. Command changes hands with the hand-off sheet; the
// other roles are given by name.
type rolesBox struct {
	ask     Asker
	content fyne.CanvasObject
	rows    map[string]*roleRow
	state   session.State
}

type roleRow struct {
	policy workflow.RolePolicy
	icon   *kit.Icon
	who    *kit.Text
	mine   *kit.Button
	give   *kit.Button
}

func newRolesBox(ask Asker, p workflow.Playbook) *rolesBox {
	b := &rolesBox{ask: ask, rows: map[string]*roleRow{}}
	column := kit.Column(look.Space3)
	for _, policy := range p.Roles {
		row := &roleRow{policy: policy, icon: kit.NewIcon("person"), who: kit.NewText("").Bold().Wrapped()}
		row.mine = kit.NewButton("I take it", func() {
			ask.DoAndOffer(workflow.Claim{Role: policy.ID}, "You are "+inSentence(policy.Name)+".", nil)
		})
		row.give = kit.NewButton("", func() { b.give(policy) })
		b.rows[policy.ID] = row
		words := kit.Column(1, row.who, kit.NewCaption(policy.Does).Wrapped())
		column.Add(kit.NewResponsive(besideFrom,
			kit.Row(look.Space3, row.icon, kit.Grow(words), row.mine, row.give),
			kit.Column(look.Space2, kit.Row(look.Space3, row.icon, kit.Grow(words)), kit.Wrap(look.Space3, row.mine, row.give))))
	}
	b.content = kit.NewPanel("Roles", column)
	return b
}

// give hands command over with its sheet, and names somebody for another role.
func (b *rolesBox) give(policy workflow.RolePolicy) {
	if policy.ID == workflow.Commander && b.state.Incident.Holder(policy.ID).Person != "" {
		b.ask.Run("incident.handoff")
		return
	}
	giveRole(b.ask, b.state, policy)
}

// giveRole asks who takes a role.
func giveRole(ask Asker, st session.State, policy workflow.RolePolicy) {
	f := newForm(ask, "role."+policy.ID, "Give the role", capital(policy.Name)+" is named.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Claim{Role: policy.ID, Person: value("person")}, nil
	}, input{name: "person", label: "Who", hint: orElse(st.Actor(), "you")})
	id := "role-" + policy.ID
	f.after = func() {
		if c, ok := ask.(interface{ CloseLayer(id string) }); ok {
			c.CloseLayer(id)
		}
	}
	f.Show(st)
	ask.Layer(Sheet{
		ID: id, Title: policy.Name, Width: 480, Actions: []*kit.Button{f.button}, Default: f.button, First: f.fields["person"].Target(),
		Body: kit.Column(look.Space3, kit.NewText(policy.Does).In(look.Muted).Wrapped(), f.inputs),
	})
}

// Show reports whether the height may have changed.
func (b *rolesBox) Show(st session.State) bool {
	b.state = st
	changed := false
	for id, row := range b.rows {
		person := st.Incident.Holder(id).Person
		who, word := row.policy.Name+": "+person, "Change"
		icon, role := "person", look.SuccessText
		switch {
		case person == "":
			who, word, icon, role = row.policy.Name+": nobody yet", "Name somebody", "warning", look.WarningText
		case id == workflow.Commander:
			word = "Hand off"
		}
		row.icon.Set(icon, role)
		changed = changed || who != row.who.Text()
		row.who.SetText(who)
		row.give.SetWord(word)
		show(row.mine, person == "")
	}
	return changed
}
