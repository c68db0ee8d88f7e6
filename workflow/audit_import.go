package workflow

import (
	"strconv"
	"strings"
)

// What an import tells the audit: which document, which line of it, and how
// surely it was understood.

func (d DocumentImported) tell(t *tale) {
	t.new("document", d.Source).field("document", d.Source).field("form", string(d.Form)).field("title", d.Title).
		field("zone that was chosen", d.Zone).field("day that was chosen", d.Day).field("order of day and month", string(d.DayOrder)).
		field("entries", strconv.Itoa(d.Entries)).field("notes", strconv.Itoa(d.Notes)).field("sections", strconv.Itoa(d.Sections)).
		field("action items", strconv.Itoa(d.Actions)).field("there already", strconv.Itoa(d.There))
}

func (n EntryImported) tell(t *tale) {
	t.new(entrySubject, "").field("text", n.Text).field("time", t.when(t.event.At)).field("kind", string(n.Type)).
		field("milestone", string(n.Milestone)).field("links", strings.Join(n.Links, "\n")).field("who", n.Who).
		field("imported from", Source{Document: n.Source, Line: n.Line}.Words()).field("understood", string(n.Read)).
		field("date from", n.Day.words()).field("zone from", n.Zone.words()).field("notes", strings.Join(n.Notes, "\n"))
	if n.Aside {
		t.over("in the post-mortem", reportedByRule, yesWord(false))
	}
}

func (o Origin) words() string {
	if o.Says == "" {
		return string(o.From)
	}
	return strings.TrimPrefix(string(o.From)+": "+o.Says, ": ")
}

func (s SectionImported) tell(t *tale) {
	t.on("section", string(s.Section), t.final.Playbook.sectionName(s.Section)).field("text", s.Text).
		field("imported from", Source{Document: s.Source, Line: s.Line}.Words()).field("its heading there", s.Heading)
}
