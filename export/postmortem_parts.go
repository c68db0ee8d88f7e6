package export

import "firebreak/workflow"

// NothingYet stands in a section that always appears and says nothing yet.
const NothingYet = "Nothing written yet."

// Part is a section of the post-mortem as it stands in the document.
type Part struct {
	ID       workflow.Section
	Name     string
	Markdown string // without the heading; empty where nothing is written yet, and of the timeline
	Lines    []Line // of the timeline
}

// Empty says whether nothing is written yet.
func (p Part) Empty() bool { return p.Markdown == "" && len(p.Lines) == 0 }

// Parts lists the sections of the post-mortem in its order: what another form
// of the same document is made from.
func Parts(in workflow.Incident, files Files) []Part {
	links := files.links(in)
	var out []Part
	for _, section := range in.Playbook.Review.Sections {
		part := Part{ID: section.ID, Name: section.Name}
		if section.ID == workflow.TimelineSection {
			part.Lines = linesOf(in, links)
		} else {
			part.Markdown = sectionWith(in, section.ID, links)
		}
		if section.Always || !part.Empty() {
			out = append(out, part)
		}
	}
	return out
}

// Line is an entry of the post-mortem's timeline.
type Line struct {
	Day      string          // "2024-11-25" in UTC, or a word where not even the day is known
	Clock    string          // "14:32", "≈13:30", "14:??", in UTC
	Markdown string          // what it says, with its links and files
	Entry    *workflow.Entry // to be looked at
}

func linesOf(in workflow.Incident, files links) []Line {
	entries := in.Reported()
	out := make([]Line, len(entries))
	eachOf(len(entries), func(i int) {
		e := entries[i]
		out[i] = Line{Day: dateLine(e), Clock: clockOf(e.At.Get()), Markdown: saidOf(e, files), Entry: e}
	})
	return out
}
