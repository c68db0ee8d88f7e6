package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// actionItems is the list of what is to be done so that it does not happen
// again, with a line to add to it.
type actionItems struct {
	content fyne.CanvasObject
	title   *kit.Text
	ask     Asker
	says    *kit.Text
	wrong   *kit.Text
	rows    *kit.Rows
	form    *form
	add     *kit.Button
	fit     func()
	items   map[string]workflow.ActionItem
	rev     workflow.Revision
	keys    bool
}

func newActionItems(ask Asker) *actionItems {
	a := &actionItems{title: kit.NewSubheading("").Cut(), ask: ask, fit: func() {}, items: map[string]workflow.ActionItem{}, says: kit.NewCaption("").Wrapped(), wrong: kit.NewCaption("").In(look.ErrorText).Wrapped()}
	a.wrong.Hide()
	a.form = newForm(ask, "postmortem.action", "Add", "Action item added.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.AddAction{Text: value("text"), Owner: value("owner"), Due: value("due")}, nil
	},
		input{name: "text", label: "What is to be done", hint: "Add a regression test for tokens with dashes"},
		input{name: "owner", label: "Owner", hint: "One person"},
		input{name: "due", label: "Due", hint: "2024-12-05", beside: true},
	)
	a.form.button.As(kit.Secondary)
	a.form.after = a.form.Focus
	a.form.resized = func() { a.fit() }
	a.form.content.Hide()
	a.add = kit.NewButton("Add an action item", a.unfold).Icon("add")
	a.rows = kit.NewRows(a.row, a.draw)
	a.rows.OnActivate = func(id string) { a.toggle(id) }
	a.rows.OnRune = a.key
	a.content = kit.Column(look.Space2,
		a.title, a.says, a.wrong, kit.Grow(a.rows), a.form.content, kit.Row(look.Space2, a.add))
	return a
}

// unfold shows the line to add with, or folds it away; what is typed in it is a
// draft.
func (a *actionItems) unfold() {
	open := !a.form.content.Visible()
	a.showForm(open)
	a.fit()
	if open {
		a.form.Focus()
	}
}

func (a *actionItems) showForm(open bool) {
	show(a.form.content, open)
	if open {
		a.add.Icon("chevron-up").SetWord("Fold away")
		return
	}
	a.add.Icon("add").SetWord("Add an action item")
}

// row is an empty row: mark, text over owner and date, and the two things that
// can be done with it.
func (a *actionItems) row() fyne.CanvasObject {
	return kit.Inset(look.Space2, look.Space2, kit.Row(look.Space2,
		kit.NewIcon("step-open").Edge(18),
		kit.Grow(kit.Column(0, kit.NewText("").Wrapped(), kit.NewCaption("").Cut())),
		kit.NewButton("", nil).Small(), kit.NewQuiet("Drop", nil).Small(),
	))
}

func (a *actionItems) draw(id string, row fyne.CanvasObject) {
	parts := row.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	words := parts[1].(*fyne.Container).Objects[0].(*fyne.Container).Objects
	item := a.items[id]
	icon, role, main := "step-open", look.Muted, "Done"
	switch item.State.Get() {
	case workflow.ActionDone:
		icon, role, main = "step-done", look.SuccessText, "Open again"
	case workflow.ActionDropped:
		icon, role, main = "step-skipped", look.Muted, "Open again"
	}
	parts[0].(*kit.Icon).Set(icon, role)
	words[0].(*kit.Text).SetText(item.Text.Get())
	words[1].(*kit.Text).SetText(actionAbout(item))
	b := parts[2].(*kit.Button)
	b.SetWord(main)
	b.SetRun(func() { a.toggle(id) })
	drop := parts[3].(*kit.Button)
	drop.SetRun(func() { a.move(id, workflow.ActionDropped, "Action item dropped.") })
	show(drop, !item.Done())
}

// actionAbout says what is known besides the text.
func actionAbout(item workflow.ActionItem) string {
	var parts []string
	if s := item.State.Get(); s != workflow.ActionOpen {
		parts = append(parts, capital(string(s)))
	}
	if who := item.Owner.Get(); who != "" {
		parts = append(parts, who)
	} else if !item.Done() {
		parts = append(parts, "No owner yet")
	}
	if due := item.Due.Get(); due != "" {
		parts = append(parts, "due "+due)
	}
	return strings.Join(parts, ", ")
}

func (a *actionItems) toggle(id string) {
	if a.items[id].Done() {
		a.move(id, workflow.ActionOpen, "Action item is open again.")
		return
	}
	a.move(id, workflow.ActionDone, "Action item done.")
}

func (a *actionItems) move(id string, to workflow.ActionState, says string) {
	a.ask.DoAndOffer(workflow.ChangeAction{ID: workflow.EventID(id), State: &to}, says, func(err error) {
		show(a.wrong, err != nil)
		if err != nil {
			a.wrong.SetText(err.Error())
		}
		a.fit()
	})
}

// key is a letter in the list: D done, X drop, O open again.
func (a *actionItems) key(id string, letter rune) bool {
	if _, there := a.items[id]; !there {
		return false
	}
	switch letter {
	case 'd', 'D':
		a.move(id, workflow.ActionDone, "Action item done.")
	case 'x', 'X':
		a.move(id, workflow.ActionDropped, "Action item dropped.")
	case 'o', 'O':
		a.move(id, workflow.ActionOpen, "Action item is open again.")
	default:
		return false
	}
	return true
}

// Show brings the list in line with a state.
func (a *actionItems) Show(st session.State, section workflow.SectionPolicy) {
	a.title.SetText(section.Name)
	a.form.Show(st)
	if a.form.Typed() {
		a.showForm(true)
	}
	a.rows.SetSingleKeys(st.Prefs.SingleKeys)
	if st.Incident.Revision() == a.rev && st.Prefs.SingleKeys == a.keys {
		return
	}
	a.rev, a.keys = st.Incident.Revision(), st.Prefs.SingleKeys
	all := st.Incident.Review.ActionItems()
	open := 0
	items := make([]kit.Item, len(all))
	a.items = make(map[string]workflow.ActionItem, len(all))
	for i, item := range all {
		items[i] = kit.Item{ID: string(item.ID)}
		a.items[string(item.ID)] = item
		if !item.Done() {
			open++
		}
	}
	says := fmt.Sprintf("%d open of %d. They live on after the incident; each needs one owner and a date.", open, len(all))
	if len(all) == 0 {
		says = "What will be done so that this cannot happen again? Each needs one owner and a date."
	} else if a.keys {
		says += " In the list: D done, X drop, O open again."
	}
	a.says.SetText(says)
	a.rows.SetItems(items)
}
