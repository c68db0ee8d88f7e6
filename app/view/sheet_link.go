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

// linkSheet lists the increments of the repository; Enter ties the incident to
// one.
type linkSheet struct {
	s     *Shell
	rows  map[string]session.Listed // by where it lies, which is what tells two apart
	all   []session.Listed
	ready bool
	find  *kit.Field
	list  *kit.Rows
	none  *kit.Text
	wrong *kit.Text
	count *kit.Text
	link  *kit.Button
}

func (s *Shell) openLink() {
	l := &linkSheet{
		s: s, rows: map[string]session.Listed{}, find: kit.NewField("").Placeholder("Find an increment by number, title, type or state"),
		none:  kit.NewText("Looking at the repository…").In(look.Muted).Wrapped(),
		wrong: kit.NewText("").In(look.ErrorText).Wrapped(), count: kit.NewCaption("").Cut(),
	}
	l.wrong.Hide()
	l.list = kit.NewRows(newListedRow, func(id string, o fyne.CanvasObject) { showListedRow(o.(*fyne.Container), l.rows[id], s.state) })
	l.link = kit.NewPrimary("Link it", func() { l.choose(l.list.Selected()) }).Key("Enter")
	l.find.OnChanged = func(string) { l.search() }
	l.find.OnKey = func(key *fyne.KeyEvent) bool { return steer(l.list, key) }
	l.find.OnSubmit = func(string) { l.choose(l.list.Selected()) }
	l.list.OnActivate = l.choose
	l.list.OnSelect = func(string) { l.offer() }
	about := kit.NewCaption("The incident takes over its tasks in place of the playbook's. Tasks that were added here go along.").Wrapped()
	body := kit.Column(look.Space3, l.find, about, l.wrong, l.none, kit.Grow(atLeast(360, l.list)), l.count)
	s.openSheet(&kit.Layer{
		ID: "link", Title: "Link an increment", Body: body, First: l.find.Target(), Place: kit.Top, Width: 820,
		Actions: []*kit.Button{l.link}, Default: l.link,
	}, func(session.State) { l.offer() })
	l.offer()
	s.Increments(l.found)
}

// found shows what is in the repository.
func (l *linkSheet) found(all []session.Listed, err error) {
	l.ready, l.all = true, all
	for _, one := range all {
		l.rows[listedID(one)] = one
	}
	l.refuse(err)
	l.search()
}

func listedID(one session.Listed) string { return one.Group + "/" + one.ID }

func (l *linkSheet) refuse(err error) {
	if err != nil {
		l.wrong.SetText(err.Error())
	}
	show(l.wrong, err != nil)
	l.s.layers.Refresh()
}

func (l *linkSheet) search() {
	words := strings.Fields(strings.ToLower(l.find.Text()))
	var items []kit.Item
	for _, one := range l.all {
		if listedFits(one, words) {
			items = append(items, kit.Item{ID: listedID(one)})
		}
	}
	l.list.SetItems(items)
	if l.list.Selected() == "" && len(items) > 0 {
		l.list.Select(items[0].ID)
	}
	if l.ready {
		l.none.SetText("The repository has no increment yet. Create one from the incident.")
		if len(l.all) > 0 {
			l.none.SetText("No increment fits “" + l.find.Text() + "”.")
		}
	}
	show(l.none, len(items) == 0 && !l.wrong.Visible())
	count := plural(len(l.all), "increment", "increments")
	if len(items) < len(l.all) {
		count = fmt.Sprintf("%d of %s", len(items), count)
	}
	l.count.SetText("Enter links   Up and Down choose   Esc closes   " + count)
	l.offer()
}

func listedFits(one session.Listed, words []string) bool {
	all := strings.ToLower(one.ID + " " + one.Title + " " + one.Type + " " + one.State + " " + one.Group)
	for _, word := range words {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

func (l *linkSheet) offer() {
	off := ""
	switch one, chosen := l.rows[l.list.Selected()]; {
	case !chosen:
		off = "Choose an increment"
	case linkedTo(l.s.state.Incident, one):
		off = "The incident is linked to it already"
	}
	l.link.SetOff(off)
}

// linkedTo says whether an incident belongs to an increment already.
func linkedTo(in workflow.Incident, one session.Listed) bool {
	return weavable(in) && in.Fix.Increment.Get().ID == one.ID
}

// choose ties the incident to an increment, and shows both sides.
func (l *linkSheet) choose(id string) {
	one, is := l.rows[id]
	if !is || l.link.Off() != "" {
		return
	}
	l.s.LinkIncrement(one.ID, func(err error) {
		if err != nil {
			l.refuse(err)
			return
		}
		l.s.CloseLayer("link")
		if !l.s.layers.IsOpen(weaveLayer) {
			l.s.openWeave()
		}
	})
}

func newListedRow() fyne.CanvasObject {
	return kit.Inset(look.Space3, look.Space2, kit.Column(2,
		kit.Row(look.Space2, kit.Grow(kit.NewText("").Bold().Cut()), kit.NewChip("", kit.ChipLook{}), kit.NewChip("", kit.ChipLook{})),
		kit.NewCaption("").Cut(), kit.NewCaption("").In(look.WarningText).Wrapped()))
}

func showListedRow(o *fyne.Container, one session.Listed, st session.State) {
	lines := o.Objects[0].(*fyne.Container).Objects
	head := lines[0].(*fyne.Container).Objects
	title := head[0].(*fyne.Container).Objects[0].(*kit.Text)
	title.SetText(strings.TrimSpace(numberWord(one.ID) + "  " + orElse(one.Title, one.ID)))
	archived, state := head[1].(*kit.Chip), head[2].(*kit.Chip)
	archived.Set(groupWord(one.Group), kit.ChipLook{Icon: "backup"})
	show(archived, one.Group != "")
	icon, word, role := standLook(knownStanding(one.State), one.State)
	state.Set(word, kit.ChipLook{Icon: icon, Label: role})
	lines[1].(*kit.Text).SetText(listedWords(one, st))
	says := lines[2].(*kit.Text)
	says.SetText(firstOf(strings.Join(one.Says, " ")))
	show(says, len(one.Says) > 0)
}

// knownStanding is a state that SpecWeave knows; others are shown raw.
func knownStanding(state string) workflow.Standing {
	for _, s := range workflow.Standings() {
		if string(s) == state {
			return s
		}
	}
	return ""
}

func groupWord(group string) string {
	if group == "_archive" {
		return "Archived"
	}
	return group
}

// listedWords are the muted line of an increment.
func listedWords(one session.Listed, st session.State) string {
	parts := []string{one.ID}
	if one.Type != "" {
		parts = append(parts, firstOf(one.Type))
	}
	if one.Tasks > 0 {
		parts = append(parts, tasksDone(one.Done, one.Tasks))
	}
	switch {
	case linkedTo(st.Incident, one):
		parts = append(parts, "this incident's")
	case one.Incident != "":
		parts = append(parts, "written for an incident")
	}
	return strings.Join(parts, " · ")
}
