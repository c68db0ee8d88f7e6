package view

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// sectionMark says how far a section is: by shape, and by word for the rest.
type sectionMark struct {
	icon string
	role fyne.ThemeColorName
	tail string // at the right: a count, or that the text is not saved
	says bool   // the section says something
}

// reviewFacts is what several parts of the screen ask of the incident. With
// thousands of entries each costs milliseconds, so it is worked out once for
// each revision.
type reviewFacts struct {
	rev    workflow.Revision
	empty  []workflow.SectionPolicy // those that always appear and say nothing
	lines  []workflow.Entry         // of the post-mortem's timeline
	people []string
}

func factsOf(in workflow.Incident) *reviewFacts {
	f := &reviewFacts{rev: in.Revision(), empty: in.EmptySections(), lines: in.ReportLines()}
	f.people = peopleOf(in, f.lines)
	return f
}

// markOf says how far a section is. Half-typed text counts as not saved.
func markOf(st session.State, facts *reviewFacts, id workflow.Section) sectionMark {
	in := st.Incident
	m := sectionMark{}
	switch id {
	case workflow.TimelineSection:
		n := len(facts.lines)
		m.says, m.tail = n > 0, fmt.Sprint(n)
	case workflow.ActionsSection:
		n := len(in.Review.ActionItems())
		m.says, m.tail = n > 0, fmt.Sprint(n)
	case workflow.MetricsSection:
		m.says = slices.ContainsFunc(in.Metrics(), func(m workflow.Metric) bool {
			return m.State == workflow.Recorded || m.State == workflow.Invalid
		})
	default:
		m.says = strings.TrimSpace(in.SectionText(id)) != ""
	}
	m.icon, m.role = "step-open", look.Muted
	if m.says {
		m.icon, m.role = "step-done", look.SuccessText
	}
	if _, half := st.Drafts[sectionDraft(id)]; half {
		m.icon, m.role, m.tail = "edit", look.WarningText, "not saved"
	}
	return m
}

// sectionDraft is the draft of a section's half-typed text.
func sectionDraft(id workflow.Section) string { return "postmortem." + string(id) }

// halfTyped lists the sections whose text is not saved yet, in the document's
// order.
func halfTyped(st session.State) []workflow.SectionPolicy {
	var out []workflow.SectionPolicy
	for _, s := range st.Incident.Playbook.Review.Sections {
		if _, half := st.Drafts[sectionDraft(s.ID)]; half && !s.ID.Generated() {
			out = append(out, s)
		}
	}
	return out
}

// waits says whether a section is for after the fire. Lessons are too, but they
// are one of the six that always appear.
func waits(s workflow.SectionPolicy) bool {
	if s.Always {
		return false
	}
	switch s.ID {
	case workflow.ContributingSection, workflow.WentWellSection, workflow.WentWrongSection, workflow.LuckySection,
		workflow.QuestionsSection, workflow.RedactionsSection:
		return true
	default:
		return false
	}
}

// required is how many of the sections that always appear say something.
func required(in workflow.Incident, facts *reviewFacts) (said, all int) {
	for _, s := range in.Playbook.Review.Sections {
		if s.Always {
			all++
		}
	}
	return all - len(facts.empty), all
}

// sectionList is the table of contents at the left; in a narrow window the same
// is a choice to drop down.
type sectionList struct {
	content fyne.CanvasObject
	choice  *kit.Choice
	rows    *kit.Rows
	caption *kit.Text
	more    *kit.Button
	after   *kit.Button
	unfold  bool // the optional ones are shown
	late    bool // those for after the fire are shown while it burns
	state   session.State
	marks   map[workflow.Section]sectionMark
	names   map[workflow.Section]string
	shown   []kit.Item
	choose  func(workflow.Section)
	fit     func()
}

func newSectionList(choose func(workflow.Section)) *sectionList {
	l := &sectionList{caption: kit.NewCaption("").Bold(), choose: choose, fit: func() {}}
	l.rows = kit.NewRows(func() fyne.CanvasObject {
		return kit.Inset(look.Space2, look.Space2, kit.Row(look.Space2, kit.NewIcon("step-open").Edge(18), kit.Grow(kit.NewText("").Cut()), kit.NewCaption("")))
	}, l.draw)
	l.rows.OnSelect = func(id string) { l.choose(workflow.Section(id)) }
	l.rows.OnActivate = l.rows.OnSelect
	l.choice = kit.NewChoice("", nil, func(id string) { l.choose(workflow.Section(id)) })
	l.more = kit.NewQuiet("", func() { l.unfold = !l.unfold; l.arrange() }).Icon("chevron-down").Leading()
	l.after = kit.NewQuiet("", func() { l.late = !l.late; l.arrange() }).Icon("chevron-down").Leading()
	l.content = kit.Column(look.Space2, l.caption, kit.Grow(l.rows), l.more, l.after)
	return l
}

func (l *sectionList) draw(id string, row fyne.CanvasObject) {
	parts := row.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	m := l.marks[workflow.Section(id)]
	parts[0].(*kit.Icon).Set(m.icon, m.role)
	name := parts[1].(*fyne.Container).Objects[0].(*kit.Text)
	name.SetText(l.names[workflow.Section(id)])
	name.SetBold(l.rows != nil && l.rows.Selected() == id)
	parts[2].(*kit.Text).SetText(m.tail)
}

// Show brings the list in line with a state; chosen is the section in the editor.
func (l *sectionList) Show(st session.State, facts *reviewFacts, chosen workflow.Section) {
	l.state = st
	l.marks, l.names = map[workflow.Section]sectionMark{}, map[workflow.Section]string{}
	for _, s := range st.Incident.Playbook.Review.Sections {
		l.marks[s.ID], l.names[s.ID] = markOf(st, facts, s.ID), s.Name
	}
	said, all := required(st.Incident, facts)
	l.caption.SetText(fmt.Sprintf("Sections: %d of %d written", said, all))
	l.arrange()
	if l.rows.Selected() != string(chosen) {
		l.mark(chosen)
	}
	l.choice.Choose(string(chosen))
}

// mark marks a section without choosing it again.
func (l *sectionList) mark(id workflow.Section) {
	choose := l.choose
	l.choose = func(workflow.Section) {}
	l.rows.Select(string(id))
	l.choose = choose
}

// arrange folds and unfolds.
func (l *sectionList) arrange() {
	items, more, after := l.items()
	if !slices.Equal(items, l.shown) {
		l.shown = items
		l.rows.SetItems(items)
		l.choice.SetOptions(l.options())
	} else {
		for _, i := range items {
			l.rows.Update(i.ID)
		}
	}
	fold(l.more, l.unfold, "More sections", more)
	fold(l.after, l.late, "After the fire", after)
	show(l.more, more > 0)
	show(l.after, after > 0 && l.unfold)
	l.fit()
}

// fold words a button that shows or hides a group.
func fold(b *kit.Button, open bool, name string, count int) {
	if open {
		b.Icon("chevron-up").SetWord("Fewer sections")
		if name != "More sections" {
			b.SetWord("Fold what comes after the fire")
		}
	} else {
		b.Icon("chevron-down").SetWord(fmt.Sprintf("%s (%d)", name, count))
	}
	b.Refresh()
}

// items are the rows: the ones that always appear first, then what is unfolded.
// More and after count what can be folded.
func (l *sectionList) items() (items []kit.Item, more, after int) {
	burning := l.state.Incident.Open()
	var rest, late []kit.Item
	for _, s := range l.state.Incident.Playbook.Review.Sections {
		item := kit.Item{ID: string(s.ID)}
		switch {
		case s.Always:
			items = append(items, item)
		case burning && waits(s):
			late = append(late, item)
		default:
			rest = append(rest, item)
		}
	}
	more, after = len(rest), len(late)
	if more == 0 {
		more = after
	}
	if l.unfold {
		items = append(items, rest...)
		if l.late {
			items = append(items, late...)
		}
	}
	return items, more, after
}

// options are all sections, for the narrow window.
func (l *sectionList) options() []kit.Option {
	var out []kit.Option
	for _, always := range []bool{true, false} {
		for _, s := range l.state.Incident.Playbook.Review.Sections {
			if s.Always == always {
				out = append(out, kit.Option{ID: string(s.ID), Word: s.Name})
			}
		}
	}
	return out
}
