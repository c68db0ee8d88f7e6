package workflow

import (
	"fmt"
	"strings"
)

// ImportReading takes over what a person chose of a document from elsewhere:
// entries into the timeline, sections into the post-mortem. It is one batch, so
// one undo takes all of it back. What is there already is left out; see
// PlanImport, which says beforehand what will happen.
type ImportReading struct {
	Source   string // the file's name, or "pasted text"
	Form     ReadingForm
	Title    string // of the document
	As       ReadAs // what a person said about its times
	Lines    []ImportLine
	Sections []ImportSection
}

// ImportLine is an entry that a person wants.
type ImportLine struct {
	ReadLine
	// Chosen says that a person gave the line its milestone: then it moves a
	// mark that is there already. What the words alone tell never does.
	Chosen bool
}

// ImportSection is a section that a person wants. Its Section says where it
// goes; one without a place of its own goes to the related documents.
type ImportSection struct {
	ReadSection
	Note bool // into the timeline instead, as an entry at an unknown time
}

// Everything is a request for all that was understood of a document.
func (r Reading) Everything(as ReadAs) ImportReading {
	want := ImportReading{Source: r.Source, Form: r.Form, Title: r.Title, As: as}
	for _, line := range r.Lines {
		want.Lines = append(want.Lines, ImportLine{ReadLine: line})
	}
	for _, section := range r.Sections {
		want.Sections = append(want.Sections, ImportSection{ReadSection: section})
	}
	return want
}

// AsLine is a text that was not understood as an entry at an unknown time.
func (u Unread) AsLine() ReadLine {
	return ReadLine{
		Line: u.Line, At: UnknownStamp(""), Day: Origin{From: FromNowhere}, Zone: Origin{From: FromNowhere},
		Text: strings.TrimSpace(u.Text), Kind: NoteEntry, Sure: DoubtfulLine, Notes: []string{"Taken as a note by hand: " + u.Why + "."},
	}
}

// importAtMost bounds one import: an incident is made for ten thousand entries.
const importAtMost = 25_000

func (w ImportReading) decide(in Incident, _ Env) ([]Body, error) {
	plan := in.PlanImport(w)
	switch {
	case len(w.Lines)+len(w.Sections) == 0:
		return nil, refuseField("import.nothing", "lines", "Nothing is chosen, so nothing was imported. Choose at least one line or section.")
	case len(w.Lines) > importAtMost:
		return nil, refuseField("import.too-many", "lines",
			"%d lines are chosen, and one import takes %d. Nothing was imported: choose those that matter, or split the document.", len(w.Lines), importAtMost)
	case plan.Words() == "":
		return nil, refuse("import.same", "Everything that is chosen is in this incident already. Nothing was imported.")
	case plan.Written > 0 && in.Review.State() == Final:
		return nil, refuseField("review.final", "sections", "The post-mortem is final, so no section can go into it. Nothing was imported: open it again first, or leave the sections out.")
	}
	for _, line := range plan.Lines {
		if len(line.Text) > noteLimit {
			return nil, refuseField("note.too-long", "lines",
				"The entry in line %d is %d MB long and a timeline entry holds %d MB. Nothing was imported: leave it out, and attach the document instead.", line.Line, len(line.Text)>>20, noteLimit>>20)
		}
	}
	return plan.bodies(w), nil
}

// bodies are what a plan writes: what was imported from where, then sections
// and action items, then the entries.
func (p ImportPlan) bodies(w ImportReading) []Body {
	source := sourceName(w.Source)
	out := []Body{DocumentImported{
		Source: source, Form: w.Form, Title: w.Title, Zone: w.As.Zone, Day: w.As.Day, DayOrder: w.As.DayOrder,
		Entries: p.Entries, Notes: p.Notes, Sections: p.Written, Actions: p.Actions, There: p.There,
	}}
	for _, s := range p.Sections {
		switch {
		case s.There || s.Note:
		case len(s.Actions) > 0:
			for _, a := range s.Actions {
				if !a.There {
					out = append(out, ActionAdded{Text: a.Text, Done: a.Done})
				}
			}
		default:
			out = append(out, SectionImported{Section: s.To, Text: s.Text, Heading: s.Heading, Source: source, Line: s.Line})
		}
	}
	for _, l := range p.Lines {
		if l.There {
			continue
		}
		out = append(out, happened{EntryImported{
			Type: l.Kind, Text: l.Text, Milestone: l.Milestone, Links: l.Links, Who: l.Who, Source: source, Line: l.Line,
			Read: l.Sure, Day: l.Day, Zone: l.Zone, Notes: l.Notes, Aside: l.Aside,
		}, l.At})
	}
	return out
}

// sourceName is the name that stays on record, on one line.
func sourceName(name string) string {
	name = oneLine(onlyText(name))
	if name == "" {
		return "a document"
	}
	return name
}

// Source is where an entry was imported from.
type Source struct {
	Document string
	Line     int    // of the document, from 1
	By       string // who imported it
}

// Words is the source on one line: "outage.md, line 12".
func (s Source) Words() string {
	if s.Line == 0 {
		return s.Document
	}
	return fmt.Sprintf("%s, line %d", s.Document, s.Line)
}

// DocumentImported begins an import: which document, how it was read, and how
// much of it came in.
type DocumentImported struct {
	Source   string      `json:"source"`
	Form     ReadingForm `json:"form,omitempty"`
	Title    string      `json:"title,omitempty"`
	Zone     string      `json:"zone,omitempty"`      // that a person chose
	Day      string      `json:"day,omitempty"`       // that a person chose
	DayOrder DayOrder    `json:"day_order,omitempty"` // that a person chose
	Entries  int         `json:"entries"`
	Notes    int         `json:"notes,omitempty"` // sections that became notes
	Sections int         `json:"sections,omitempty"`
	Actions  int         `json:"actions,omitempty"`
	There    int         `json:"there,omitempty"` // left out, because they were there already
}

// Kind is "document.imported@1".
func (DocumentImported) Kind() Kind { return "document.imported@1" }

func (d DocumentImported) apply(in *Incident, e Event) {
	in.record(e, SystemEntry, d.says())
}

// says is the import in words: "Imported 12 entries and 3 sections from outage.md".
func (d DocumentImported) says() string {
	return "Imported " + amounts(d.Entries, d.Notes, d.Sections, d.Actions) + " from " + d.Source
}

// amounts counts in words what an import brings.
func amounts(entries, notes, sections, actions int) string {
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{{entries, "entry", "entries"}, {notes, "note", "notes"}, {sections, "section", "sections"}, {actions, "action item", "action items"}} {
		switch p.n {
		case 0:
		case 1:
			parts = append(parts, "1 "+p.one)
		default:
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.many))
		}
	}
	if last := len(parts) - 1; last > 0 {
		return strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
	return strings.Join(parts, "")
}

// EntryImported is an entry that came out of a document. When it happened is
// the event's own time, with the stamp as the document has it.
type EntryImported struct {
	Type      EntryKind  `json:"type"`
	Text      string     `json:"text"`
	Milestone Milestone  `json:"milestone,omitempty"`
	Links     []string   `json:"links,omitempty"`
	Who       string     `json:"who,omitempty"` // as the document names them
	Source    string     `json:"source"`
	Line      int        `json:"line,omitempty"`
	Read      Confidence `json:"read,omitempty"`  // how surely it was understood
	Day       Origin     `json:"day,omitzero"`    // where its date comes from
	Zone      Origin     `json:"zone,omitzero"`   // where its zone comes from
	Notes     []string   `json:"notes,omitempty"` // what is odd about it
	Aside     bool       `json:"aside,omitempty"` // kept, but no part of the post-mortem's timeline
}

// Kind is "entry.imported@1".
func (EntryImported) Kind() Kind { return "entry.imported@1" }

func (n EntryImported) apply(in *Incident, e Event) {
	in.record(e, n.Type, n.Text, func(entry *Entry) {
		entry.Machine = false
		entry.Who = n.Who
		entry.Source = Source{Document: n.Source, Line: n.Line, By: e.Actor}
		if n.Milestone != "" {
			entry.Milestone.set(in, e, n.Milestone)
		}
		if len(n.Links) > 0 {
			entry.Links.set(in, e, n.Links)
		}
		if n.Aside {
			entry.Reported.set(in, e, false)
		}
	})
	// What a document calls an update is no update on record: through which
	// channel it went is not known, and it must not quiet the update clock.
}

// SectionImported is a section of the post-mortem as it stands after a
// document's section came in: alone, or below what a person wrote.
type SectionImported struct {
	Section Section `json:"section"`
	Text    string  `json:"text"`
	Heading string  `json:"heading,omitempty"` // as the document has it
	Source  string  `json:"source"`
	Line    int     `json:"line,omitempty"`
}

// Kind is "section.imported@1".
func (SectionImported) Kind() Kind { return "section.imported@1" }

func (s SectionImported) apply(in *Incident, e Event) {
	SectionWritten{Section: s.Section, Text: s.Text}.apply(in, e)
}
