package session

import (
	"slices"

	"firebreak/workflow"
)

// Picking says which lines are taken at once.
type Picking string

// The ways to choose many lines.
const (
	PickAll  Picking = "all"
	PickNone Picking = "none"
	PickSure Picking = "sure" // only those that were understood for sure
)

// PickLines chooses many lines at once.
func (d *Desk) PickLines(which Picking) {
	d.takeOfImport(func(i *Import) {
		i.Lines = slices.Clone(i.Lines)
		for n := range i.Lines {
			i.Lines[n].Take = which == PickAll || which == PickSure && i.Reading.Lines[n].Sure == workflow.SureLine
		}
		if which == PickNone {
			i.Rest = make([]bool, len(i.Rest))
		}
	})
}

// PickLine chooses one line, or leaves it out.
func (d *Desk) PickLine(n int, take bool) {
	d.changeLine(n, d.takeOfImport, func(p *LinePick) { p.Take = take })
}

// MarkLine gives a line a milestone; "" takes it off.
func (d *Desk) MarkLine(n int, m workflow.Milestone) {
	d.changeLine(n, d.changeImport, func(p *LinePick) { p.Milestone, p.Chosen = m, m != "" })
}

func (d *Desk) changeLine(n int, as func(func(*Import)), change func(*LinePick)) {
	if i := d.state.Import; i == nil || n < 0 || n >= len(i.Lines) {
		return
	}
	as(func(i *Import) {
		i.Lines = slices.Clone(i.Lines)
		change(&i.Lines[n])
	})
}

// PickRest takes a text that was not understood as a note at an unknown time.
func (d *Desk) PickRest(n int, take bool) {
	if i := d.state.Import; i == nil || n < 0 || n >= len(i.Rest) {
		return
	}
	d.takeOfImport(func(i *Import) {
		i.Rest = slices.Clone(i.Rest)
		i.Rest[n] = take
	})
}

// PickSection says where a section goes, or leaves it out.
func (d *Desk) PickSection(n int, pick SectionPick) {
	if i := d.state.Import; i == nil || n < 0 || n >= len(i.Sections) {
		return
	}
	d.changeImport(func(i *Import) {
		i.Sections = slices.Clone(i.Sections)
		i.Sections[n] = pick
	})
}

// ImportInto says whether the document becomes an incident of the past of its
// own, and under which title and severity.
func (d *Desk) ImportInto(past bool, title, severity string) {
	if i := d.state.Import; i == nil || i.Past == past && i.Title == title && i.Severity == severity {
		return
	}
	d.changeImport(func(i *Import) { i.Past, i.Title, i.Severity = past, title, severity })
}
