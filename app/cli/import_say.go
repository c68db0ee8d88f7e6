package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"firebreak/workflow"
)

// readingJSON is what was understood of a document, for a program.
type readingJSON struct {
	Source   string               `json:"source"`
	Form     workflow.ReadingForm `json:"form"`
	Title    string               `json:"title,omitempty"`
	Severity string               `json:"severity,omitempty"` // as the document names it
	Entries  []readLineJSON       `json:"entries"`
	Sections []readSectionJSON    `json:"sections"`
	Unread   []unreadJSON         `json:"not_understood"`
	Notes    []string             `json:"notes"`
	Says     []string             `json:"says"` // what is not done as the document has it
	Brings   string               `json:"brings"`
	Incident workflow.IncidentID  `json:"incident,omitempty"` // that it goes into
	Imported bool                 `json:"imported"`
	Undo     string               `json:"undo,omitempty"`
}

// readLineJSON is one entry.
type readLineJSON struct {
	Line       int                 `json:"line"`
	Stamp      string              `json:"stamp"`            // as the document has it
	At         time.Time           `json:"at,omitzero"`      // UTC; absent when nothing is known
	End        time.Time           `json:"end,omitzero"`     // of a range, or the latest that an unknown time can be
	Zone       string              `json:"zone,omitempty"`   // as told
	Offset     string              `json:"offset,omitempty"` // of that zone, then
	Certainty  workflow.Certainty  `json:"certainty"`
	Text       string              `json:"text"`
	Who        string              `json:"who,omitempty"`
	Kind       workflow.EntryKind  `json:"kind"`
	Milestone  workflow.Milestone  `json:"milestone,omitempty"` // that it gets
	Links      []string            `json:"links,omitempty"`
	Confidence workflow.Confidence `json:"confidence"`
	Day        originJSON          `json:"day"`
	ZoneFrom   originJSON          `json:"zone_from"`
	Notes      []string            `json:"notes,omitempty"`
	Taken      bool                `json:"taken"`           // the flags leave it in
	There      bool                `json:"there,omitempty"` // it is in the incident already
}

type originJSON struct {
	From workflow.OriginKind `json:"from"`
	Says string              `json:"says,omitempty"`
}

// readSectionJSON is one section, and where it goes.
type readSectionJSON struct {
	Line    int              `json:"line"`
	Heading string           `json:"heading"`
	Section workflow.Section `json:"section,omitempty"` // that it maps to
	To      string           `json:"to"`                // a section's id, "note", or "" where it is left out
	Text    string           `json:"text"`
	Actions []string         `json:"actions,omitempty"`
	Below   bool             `json:"below,omitempty"` // under what a person wrote there
	There   bool             `json:"there,omitempty"`
}

type unreadJSON struct {
	Line int    `json:"line"`
	Text string `json:"text"`
	Why  string `json:"why"`
}

func (r *run) readingJSON(reading workflow.Reading, target importTarget, x importing) readingJSON {
	out := readingJSON{
		Source: reading.Source, Form: reading.Form, Title: reading.Title, Severity: reading.Severity,
		Entries: []readLineJSON{}, Sections: []readSectionJSON{}, Unread: []unreadJSON{},
		Notes: append([]string{}, reading.Notes...), Says: append([]string{}, target.plan.Says...),
		Brings: target.plan.Words(), Incident: target.in.ID,
	}
	taken := target.plan.Lines
	for _, line := range reading.Lines {
		one := lineJSON(line)
		if x.takes(line.Sure) && len(taken) > 0 {
			one.Taken, one.Milestone, one.There, one.Notes = true, taken[0].Milestone, taken[0].There, taken[0].Notes
			taken = taken[1:]
		}
		out.Entries = append(out.Entries, one)
	}
	for i, s := range reading.Sections {
		one := readSectionJSON{Line: s.Line, Heading: s.Heading, Section: s.Section, Text: s.Text}
		if !x.noSections {
			p := target.plan.Sections[i]
			one.To, one.Below, one.There = string(p.To), p.Below, p.There
			if p.Note {
				one.To = "note"
			}
			for _, a := range p.Actions {
				one.Actions = append(one.Actions, a.Text)
			}
		}
		out.Sections = append(out.Sections, one)
	}
	for _, u := range reading.Rest {
		out.Unread = append(out.Unread, unreadJSON(u))
	}
	return out
}

func lineJSON(line workflow.ReadLine) readLineJSON {
	out := readLineJSON{
		Line: line.Line, Stamp: line.At.Typed, At: line.At.Time, End: line.At.End, Zone: line.At.Zone, Certainty: line.At.Sure,
		Text: line.Text, Who: line.Who, Kind: line.Kind, Milestone: line.Milestone, Links: line.Links, Confidence: line.Sure,
		Day: originJSON(line.Day), ZoneFrom: originJSON(line.Zone), Notes: line.Notes,
	}
	if !line.At.Time.IsZero() {
		out.Offset = line.At.Time.In(time.FixedZone("", line.At.Shift)).Format("-07:00")
	}
	return out
}

// sayReading prints what was understood, and writes nothing.
func (r *run) sayReading(ctx context.Context, reading workflow.Reading, target importTarget, x importing) error {
	out := r.readingJSON(reading, target, x)
	if r.flags.json {
		return r.printJSON(out)
	}
	zone, err := r.zone(ctx)
	if err != nil {
		return err
	}
	head := oneLine(out.Source) + ": " + string(out.Form)
	if out.Title != "" {
		head += ", " + oneLine(out.Title)
	}
	r.line("%s", r.paint(bold, fit(head, width)))
	for _, note := range out.Notes {
		r.line("%s", wrapped("", 2, note))
	}
	r.sayLines(out, reading, zone)
	r.saySections(out, target)
	if len(out.Unread) > 0 {
		r.line("\n%s", r.paint(bold, "Not understood"))
	}
	for _, u := range out.Unread {
		r.line("%s", wrapped(lineNumber(u.Line), 7, u.Why+": "+oneLine(u.Text)))
	}
	r.line("")
	for _, says := range out.Says {
		r.line("%s", wrapped("", 0, says))
	}
	switch {
	case out.Brings == "":
		r.line("It would import nothing. Nothing was written.")
	case x.past:
		r.line("As a new incident it would bring %s. Nothing was written.", out.Brings)
	case target.id == "":
		r.line("%s", wrapped("", 0, fmt.Sprintf("It would bring %s. No incident is open: add --new, or declare one. Nothing was written.", out.Brings)))
	default:
		r.line("%s", wrapped("", 0, fmt.Sprintf("It would bring %s into %s. Nothing was written.", out.Brings, quoted(oneLine(target.in.Triage.Title.Get())))))
	}
	return nil
}

func lineNumber(n int) string { return fmt.Sprintf("%5d", n) }

// sayLines prints each entry: its line, when it was, how surely, and why.
func (r *run) sayLines(out readingJSON, reading workflow.Reading, zone *time.Location) {
	if len(out.Entries) == 0 {
		r.line("\nNo entry was understood.")
		return
	}
	r.line("\n%s", r.paint(bold, "Entries"))
	var before readLineJSON
	for i, e := range out.Entries {
		what := e.Text
		if e.Who != "" {
			what = e.Who + ": " + what
		}
		r.line("%s  %s", lineNumber(e.Line), r.paint(sureColour(e.Confidence), pad(string(e.Confidence), 9))+reading.Lines[i].At.Full(zone))
		r.line("%s", wrapped("", 7, fit(strings.Join(strings.Fields(cleanText(what)), " "), 3*width)))
		r.line("%s", r.paint(faint, wrapped("", 7, readWords(e, before))))
		before = e
		for _, note := range e.Notes {
			r.line("%s", wrapped("     !", 7, note))
		}
	}
}

func sureColour(c workflow.Confidence) string {
	switch c {
	case workflow.SureLine:
		return green
	case workflow.LikelyLine:
		return amber
	default:
		return red
	}
}

// readWords says what was found, and where its date and zone come from where
// that is not as in the entry before.
func readWords(e, before readLineJSON) string {
	parts := []string{fmt.Sprintf("“%s”", e.Stamp)}
	if e.Stamp == "" {
		parts[0] = "no stamp"
	}
	if e.Day != before.Day {
		parts = append(parts, "date "+originWords(e.Day))
	}
	if e.ZoneFrom != before.ZoneFrom {
		parts = append(parts, "zone "+originWords(e.ZoneFrom))
	}
	if e.Milestone != "" {
		parts = append(parts, "milestone "+string(e.Milestone))
	}
	switch {
	case e.There:
		parts = append(parts, "is there already")
	case !e.Taken:
		parts = append(parts, "left out")
	}
	return strings.Join(parts, "; ")
}

func originWords(o originJSON) string { return workflow.Origin(o).Words() }

func (r *run) saySections(out readingJSON, target importTarget) {
	if len(out.Sections) == 0 {
		return
	}
	r.line("\n%s", r.paint(bold, "Sections"))
	for _, s := range out.Sections {
		to := sectionName(target, workflow.Section(s.To))
		switch {
		case s.There:
			to = "is there already"
		case len(s.Actions) > 0:
			to = counted(len(s.Actions), "action item", "action items")
		case s.To == "note":
			to = "a note at an unknown time"
		case s.To == "":
			to = "left out"
		case s.Below:
			to += ", below what is written"
		}
		r.line("%s", wrapped(lineNumber(s.Line), 7, oneLine(workflow.ReadSection{Line: s.Line, Heading: s.Heading}.Name())+" -> "+to))
	}
}

// sectionName is what the playbook in question calls a section.
func sectionName(target importTarget, id workflow.Section) string {
	policy := target.in.Playbook
	if past, is := target.want.(workflow.ImportIncident); is {
		policy = past.Playbook
	}
	for _, s := range policy.Review.Sections {
		if s.ID == id {
			return s.Name
		}
	}
	return string(id)
}
