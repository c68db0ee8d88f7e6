package view

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// importKind is what a row of the import's list is about.
type importKind string

const (
	importLine    importKind = "line"
	importSection importKind = "section"
	importRest    importKind = "rest"
)

func importRowID(kind importKind, n int) string { return string(kind) + ":" + strconv.Itoa(n) }

func importRowOf(id string) (importKind, int) {
	kind, number, _ := strings.Cut(id, ":")
	n, err := strconv.Atoi(number)
	if err != nil {
		return "", 0
	}
	return importKind(kind), n
}

// importList shows what was understood of a document, and what was not.
type importList struct {
	rows *kit.Rows
	st   session.State
	made importMade

	all     workflow.ImportPlan // of everything, chosen or not
	allOf   importAll
	plan    workflow.ImportPlan // of what is chosen
	inPlan  []int               // where a line is in the plan; -1: it is not chosen
	partsIn []int               // where a section is in the plan; -1: it is not chosen
}

// importAll says what the plan of everything was made for.
type importAll struct {
	shape    int
	revision workflow.Revision
}

// importMade says what the rows were made for.
type importMade struct {
	lines, sections, rest int
	name                  string
}

func newImportList(toggle func(id string)) *importList {
	l := &importList{}
	l.rows = kit.NewRows(
		func() fyne.CanvasObject { return newImportRow(toggle) },
		func(id string, row fyne.CanvasObject) { l.draw(id, row.(*importRow)) })
	l.rows.OnActivate = toggle
	return l
}

// Show brings the rows in line with the document and the plan for what is
// chosen; those in view are drawn again.
func (l *importList) Show(st session.State, plan workflow.ImportPlan) {
	l.st, l.plan = st, plan
	now := st.Import
	if of := (importAll{now.Shape, st.Incident.Revision()}); of != l.allOf {
		l.allOf, l.all = of, st.ImportPlan(now.All())
	}
	l.inPlan = placesIn(len(now.Lines), func(n int) bool { return now.Lines[n].Take })
	l.partsIn = placesIn(len(now.Sections), func(n int) bool { return now.Sections[n].Take })
	l.rows.SetSingleKeys(st.Prefs.SingleKeys)
	made := importMade{len(now.Reading.Lines), len(now.Reading.Sections), len(now.Reading.Rest), now.Name}
	if made == l.made {
		l.rows.Refresh()
		return
	}
	l.made = made
	l.rows.SetItems(importItems(now.Reading))
	if l.rows.Selected() == "" {
		for _, item := range importItems(now.Reading) {
			if !item.Header {
				l.rows.Select(item.ID)
				break
			}
		}
	}
}

// placesIn says where the chosen ones of many are among the chosen ones.
func placesIn(n int, chosen func(int) bool) []int {
	out, next := make([]int, n), 0
	for i := range out {
		out[i] = -1
		if chosen(i) {
			out[i] = next
			next++
		}
	}
	return out
}

// line is what becomes of a line, or would, if it were taken.
func (l *importList) line(n int) workflow.ImportLinePlan {
	if at := l.inPlan[n]; at >= 0 {
		return l.plan.Lines[at]
	}
	return l.all.Lines[n]
}

// section is what becomes of a section, or would, if it were taken.
func (l *importList) section(n int) workflow.ImportSectionPlan {
	if at := l.partsIn[n]; at >= 0 {
		return l.plan.Sections[at]
	}
	return l.all.Sections[n]
}

func importItems(r workflow.Reading) []kit.Item {
	items := make([]kit.Item, 0, len(r.Lines)+len(r.Sections)+len(r.Rest)+3)
	add := func(kind importKind, n int, header string) {
		if n == 0 {
			return
		}
		items = append(items, kit.Item{ID: header, Header: true})
		for i := range n {
			items = append(items, kit.Item{ID: importRowID(kind, i)})
		}
	}
	add(importLine, len(r.Lines), "Entries of the timeline")
	add(importSection, len(r.Sections), "Sections of the document")
	add(importRest, len(r.Rest), "Not understood")
	return items
}

func (l *importList) draw(id string, row *importRow) {
	now := l.st.Import
	if now == nil {
		return
	}
	switch kind, n := importRowOf(id); {
	case kind == importLine && n < len(now.Lines) && n < len(l.inPlan):
		read := now.Reading.Lines[n]
		if n > 0 { // what holds for many lines is said in full once
			before := now.Reading.Lines[n-1]
			read.Day, read.Zone = briefly(read.Day, before.Day), briefly(read.Zone, before.Zone)
		}
		row.line(id, l.line(n), read, now.Lines[n], l.st)
	case kind == importSection && n < len(now.Sections) && n < len(l.partsIn):
		row.section(id, l.section(n), now.Reading.Sections[n], now.Sections[n], l.st)
	case kind == importRest && n < len(now.Rest):
		row.rest(id, now.Reading.Rest[n], now.Rest[n])
	}
}

// briefly leaves out why, where it is the same as before.
func briefly(o, before workflow.Origin) workflow.Origin {
	if o == before {
		o.Says = ""
	}
	return o
}
