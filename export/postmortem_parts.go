package export

import "firebreak/workflow"

// NothingYet stands in a section that always appears and says nothing yet.
const NothingYet = "Nothing written yet."

// Part is a section of the post-mortem as it stands in the document.
type Part struct {
	ID       workflow.Section
	Name     string
	Markdown string // without the heading; empty where nothing is written yet
}

// Parts lists the sections of the post-mortem in its order: what another form
// of the same document is made from.
func Parts(in workflow.Incident, files Files) []Part { return parts(in, files.links(in)) }

func parts(in workflow.Incident, files links) []Part {
	var out []Part
	for _, section := range in.Playbook.Review.Sections {
		text := sectionWith(in, section.ID, files)
		if text == "" && !section.Always {
			continue
		}
		out = append(out, Part{ID: section.ID, Name: section.Name, Markdown: text})
	}
	return out
}

// Line is an entry of the post-mortem's timeline.
type Line struct {
	Day      string // "2024-11-25" in UTC, or a word where not even the day is known
	Clock    string // "14:32", "≈13:30", "14:??", in UTC
	Markdown string // what it says, with its links and files
	Entry    workflow.Entry
}

// Lines lists the entries of the post-mortem's timeline in its order.
func Lines(in workflow.Incident, files Files) []Line {
	links := files.links(in)
	entries := in.ReportLines()
	out := make([]Line, len(entries))
	for i, e := range entries {
		out[i] = Line{Day: dateLine(e), Clock: clockOf(e.At.Get()), Markdown: saidOf(e, links), Entry: e}
	}
	return out
}
