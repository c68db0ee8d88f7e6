package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/export"
	"firebreak/workflow"
)

// changesSheet is the whole log of changes of an incident, to be searched: who,
// when, on which device, what was before and after.
type changesSheet struct {
	s       *Shell
	list    *changeList
	find    *kit.Field
	by      *kit.Choice
	what    *kit.Choice
	none    *kit.Text
	damage  *kit.Text
	count   *kit.Text
	restore *kit.Button
	offered string // people and things that the choices offer
}

func (s *Shell) openChanges() {
	c := &changesSheet{s: s, list: newChangeList(), find: kit.NewField("").Placeholder("Find a change")}
	c.none = kit.NewText("").In(look.Muted).Wrapped()
	c.damage = kit.NewCaption("").In(look.ErrorText).Wrapped()
	c.count = kit.NewCaption("").Cut()
	search := func(string) { c.search() }
	c.by, c.what = kit.NewChoice("", nil, search), kit.NewChoice("", nil, search)
	c.find.OnChanged = search
	c.find.OnKey = func(key *fyne.KeyEvent) bool { return steer(c.list.rows, key) }
	c.find.OnSubmit = func(string) { c.list.rows.Focus() }
	c.list.rows.OnSelect = func(string) { c.offer() }
	c.list.rows.OnActivate = func(string) { c.bringBack() }
	c.restore = kit.NewButton("Restore this version", c.bringBack).Key("Enter")
	lines := kit.NewButton("Copy as JSON lines", func() {
		s.copyOutgoing(func(in workflow.Incident) string { return string(export.AuditJSONL(in)) }, "The whole history is copied as JSON lines. In a terminal: firebreak export audit")
	})
	body := kit.Column(look.Space3,
		kit.Row(look.Space2, kit.Grow(c.find), c.by, c.what),
		c.damage, c.none, kit.Grow(atLeast(360, c.list.rows)), c.count)
	s.openSheet(&kit.Layer{
		ID: "changes", Title: "History of changes", Body: body, First: c.find.Target(), Place: kit.Top, Width: 860,
		Actions: []*kit.Button{c.restore, lines},
	}, c.Show)
}

// Show follows the incident.
func (c *changesSheet) Show(st session.State) {
	if !c.list.Show(st) {
		return
	}
	c.offerChoices()
	c.damage.SetText(strings.Join(st.Notices, "\n"))
	show(c.damage, len(st.Notices) > 0)
	c.tell()
}

func (c *changesSheet) search() {
	c.list.Find(changeFilter{words: c.find.Text(), by: c.by.Chosen(), what: c.what.Chosen()})
	c.tell()
}

// tell says how much is shown, and why there is nothing.
func (c *changesSheet) tell() {
	all, shown := len(c.list.lines), c.list.shown
	c.count.SetText("Enter restores   Up and Down choose   " + countChanges(all, shown))
	c.none.SetText("No change fits. Empty the search and the choices to see all " + plural(all, "change", "changes") + ".")
	show(c.none, shown == 0)
	if c.list.rows.Selected() == "" && shown > 0 {
		c.list.rows.Select(c.firstShown())
	}
	c.offer()
}

func (c *changesSheet) firstShown() string {
	words := strings.Fields(strings.ToLower(c.list.want.words))
	for i := len(c.list.lines) - 1; i >= 0; i-- {
		if c.list.fits(c.list.lines[i], words) {
			return string(c.list.lines[i].Event)
		}
	}
	return ""
}

func countChanges(all, shown int) string {
	if all == shown {
		return plural(all, "change", "changes")
	}
	return fmt.Sprintf("%d of %s", shown, plural(all, "change", "changes"))
}

func (c *changesSheet) offerChoices() {
	people, things := c.list.people(), c.list.things()
	now := strings.Join(people, "\n") + "\n\n" + strings.Join(things, "\n")
	if now == c.offered {
		return
	}
	c.offered = now
	by := []kit.Option{{ID: "", Word: "Everybody"}}
	for _, name := range people {
		by = append(by, kit.Option{ID: name, Word: name})
	}
	what := []kit.Option{{ID: "", Word: "All kinds"}}
	for _, thing := range things {
		word := capital(thing)
		if thing == "change" {
			word = "Undo and redo"
		}
		what = append(what, kit.Option{ID: thing, Word: word})
	}
	c.by.SetOptions(by)
	c.by.Choose(c.by.Chosen())
	c.what.SetOptions(what)
	c.what.Choose(c.what.Chosen())
}

func (c *changesSheet) offer() {
	c.restore.SetOff(restoreOff(c.s.state, c.list.rows.Selected()))
}

func (c *changesSheet) bringBack() {
	restoreVersion(c.s, c.s.state, c.list.rows.Selected())
}
