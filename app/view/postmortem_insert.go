package view

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// inserted is one thing that can be put into a text: what is written, and what
// it says now.
type inserted struct {
	text  string
	icon  string
	says  string
	about string
}

// insertable lists what a text can name: metrics that have a number, entries,
// files, and the other metrics.
func insertable(in workflow.Incident) []inserted {
	var out, without []inserted
	for _, m := range in.Metrics() {
		one := inserted{workflow.LiveMetric(m.ID), "clock", m.Name + ": " + m.String(), m.Formula}
		if m.State == workflow.Recorded {
			out = append(out, one)
			continue
		}
		one.about = m.Why
		without = append(without, one)
	}
	out = append(out, insertableEntries(in)...)
	return append(append(out, insertableFiles(in)...), without...)
}

func insertableEntries(in workflow.Incident) []inserted {
	var out []inserted
	for _, e := range in.Timeline.All() {
		if e.Hidden.Get() {
			continue
		}
		out = append(out, inserted{in.LiveEntry(e.ID), "timeline", strings.TrimSpace(drawn(e.At.Get().Clock(time.UTC)) + " " + e.Line()), e.Who})
	}
	return out
}

func insertableFiles(in workflow.Incident) []inserted {
	var out []inserted
	seen := map[workflow.Attachment]bool{}
	file := func(a workflow.Attachment, where string) {
		if seen[a] || !workflow.ValidSum(a.SHA256) {
			return
		}
		seen[a] = true
		out = append(out, inserted{a.Link(), "attach", a.Shown(), workflow.SizeWords(a.Bytes) + ", " + where})
	}
	for _, s := range in.Playbook.Review.Sections {
		for _, f := range in.Review.Files(s.ID) {
			file(f.Attachment, "attached to "+s.Name)
		}
	}
	for _, f := range in.Attachments() {
		if f.Entry.Hidden.Get() {
			continue
		}
		file(f.Attachment, "attached to "+drawn(f.Entry.At.Get().Clock(time.UTC))+" "+f.Entry.Line())
	}
	return out
}

// insertSheet lists what can be inserted; Enter inserts what is marked.
type insertSheet struct {
	all   []inserted
	take  func(inserted)
	find  *kit.Field
	list  *kit.Rows
	none  *kit.Text
	count *kit.Text
	ok    *kit.Button
}

// insertLayer is the sheet's name among the layers.
const insertLayer = "insert"

func newInsertSheet(all []inserted, take func(inserted)) *insertSheet {
	s := &insertSheet{
		all: all, take: take, find: kit.NewField("").Placeholder("Find an entry, a metric or a file"),
		none: kit.NewText("").In(look.Muted).Wrapped(), count: kit.NewCaption("").Cut(),
	}
	s.list = kit.NewRows(newInsertRow, func(id string, row fyne.CanvasObject) { s.draw(id, row) })
	s.ok = kit.NewPrimary("Insert it", func() { s.choose(s.list.Selected()) }).Key("Enter")
	s.find.OnChanged = func(string) { s.search() }
	s.find.OnKey = func(key *fyne.KeyEvent) bool { return steer(s.list, key) }
	s.find.OnSubmit = func(string) { s.choose(s.list.Selected()) }
	s.list.OnActivate = s.choose
	s.search()
	return s
}

func (s *insertSheet) sheet(name string) Sheet {
	about := kit.NewCaption("A live block names a part of the log. What it says follows the log: a correction is at once in the document.").Wrapped()
	return Sheet{
		ID: insertLayer, Title: "Insert into " + name, First: s.find.Target(), Width: 720,
		Body:    kit.Column(look.Space3, s.find, about, s.none, kit.Grow(atLeast(320, s.list)), s.count),
		Actions: []*kit.Button{s.ok}, Default: s.ok,
	}
}

func newInsertRow() fyne.CanvasObject {
	return kit.Inset(look.Space2, look.Space2, kit.Row(look.Space2,
		kit.NewIcon("timeline").Edge(18), kit.Grow(kit.Column(2, kit.NewText("").Cut(), kit.NewCaption("").Cut()))))
}

func (s *insertSheet) draw(id string, row fyne.CanvasObject) {
	parts := row.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	words := parts[1].(*fyne.Container).Objects[0].(*fyne.Container).Objects
	one := s.all[place(id)]
	parts[0].(*kit.Icon).Set(one.icon, look.Muted)
	words[0].(*kit.Text).SetText(one.says)
	words[1].(*kit.Text).SetText(one.about)
}

// place is where in the list a row's item is.
func place(id string) (n int) {
	_, _ = fmt.Sscan(id, &n)
	return n
}

func (s *insertSheet) search() {
	words := strings.Fields(strings.ToLower(s.find.Text()))
	var items []kit.Item
	for i, one := range s.all {
		if fits(strings.ToLower(one.says+" "+one.about+" "+one.text), words) {
			items = append(items, kit.Item{ID: fmt.Sprint(i)})
		}
	}
	s.list.SetItems(items)
	if len(items) > 0 {
		s.list.Select(items[0].ID)
	}
	s.none.SetText("Nothing fits “" + s.find.Text() + "”.")
	show(s.none, len(items) == 0)
	off := ""
	if len(items) == 0 {
		off = "Choose what to insert"
	}
	s.ok.SetOff(off)
	s.count.SetText(fmt.Sprintf("Enter inserts   Up and Down choose   Esc closes   %d of %d", len(items), len(s.all)))
}

func fits(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (s *insertSheet) choose(id string) {
	if id != "" && s.ok.Off() == "" {
		s.take(s.all[place(id)])
	}
}

// openInsert offers what can be put into the section that is open; false when
// none is.
func (p *postmortem) openInsert() bool {
	section := p.writes()
	if section.ID == "" {
		return false
	}
	sheet := newInsertSheet(insertable(p.state.Incident), func(one inserted) {
		if c, ok := p.ask.(interface{ CloseLayer(id string) }); ok {
			c.CloseLayer(insertLayer)
		}
		p.parts.text.insertText(one.text)
	})
	p.ask.Layer(sheet.sheet(section.Name))
	return true
}

// insertText puts a live block or a link where the caret is, within its line.
func (e *sectionEditor) insertText(text string) {
	e.field.Insert(text)
	e.field.Focus()
}
