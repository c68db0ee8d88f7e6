package view

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// changeList is the log of changes as rows, the newest first: who changed what,
// when and where, and each field before and after. What was undone stays in it
// and says so.
type changeList struct {
	rows  *kit.Rows
	st    session.State
	lines []workflow.AuditLine // oldest first
	index map[string]int
	shown int
	want  changeFilter
	drawn changesDrawn
}

// changeFilter is what of the log is looked for.
type changeFilter struct {
	words string
	by    string
	what  string // of the subject
	entry workflow.EventID
}

// changesDrawn says what is on the screen, so that it is made again only when
// something else would be there.
type changesDrawn struct {
	at     workflow.Revision
	zone   *time.Location
	day    string
	filter changeFilter
}

func newChangeList() *changeList {
	l := &changeList{}
	l.rows = kit.NewRows(
		func() fyne.CanvasObject { return newChangeRow() },
		func(id string, row fyne.CanvasObject) { l.draw(id, row.(*changeRow)) })
	return l
}

// Show brings the list in line with an incident and reports whether anything
// changed.
func (l *changeList) Show(st session.State) bool {
	l.st = st
	want := changesDrawn{st.Incident.Revision(), st.Shown(), st.Now.In(st.Shown()).Format(time.DateOnly), l.want}
	if want == l.drawn {
		return false
	}
	if want.at != l.drawn.at || want.zone != l.drawn.zone {
		l.lines = st.Incident.Audit(st.Shown())
		l.index = make(map[string]int, len(l.lines))
		for i, line := range l.lines {
			l.index[string(line.Event)] = i
		}
	}
	l.drawn = want
	words := strings.Fields(strings.ToLower(l.want.words))
	items := make([]kit.Item, 0, len(l.lines))
	for _, line := range slices.Backward(l.lines) {
		if l.fits(line, words) {
			items = append(items, kit.Item{ID: string(line.Event)})
		}
	}
	l.shown = len(items)
	l.rows.SetItems(items)
	return true
}

func (l *changeList) fits(line workflow.AuditLine, words []string) bool {
	return (l.want.entry == "" || line.Touches(l.want.entry)) && (l.want.by == "" || l.want.by == line.By) &&
		(l.want.what == "" || l.want.what == line.Subject.What) && line.Fits(words)
}

// Find looks for other changes.
func (l *changeList) Find(want changeFilter) {
	l.want = want
	l.Show(l.st)
}

func (l *changeList) line(id string) (workflow.AuditLine, bool) {
	i, ok := l.index[id]
	if !ok {
		return workflow.AuditLine{}, false
	}
	return l.lines[i], true
}

func (l *changeList) draw(id string, row *changeRow) {
	if line, ok := l.line(id); ok {
		row.show(line, l.st)
	}
}

// people are those who changed anything, and things what was changed, each in
// the order of the alphabet.
func (l *changeList) people() []string {
	return distinct(l.lines, func(line workflow.AuditLine) string { return line.By })
}

func (l *changeList) things() []string {
	return distinct(l.lines, func(line workflow.AuditLine) string { return line.Subject.What })
}

func distinct(lines []workflow.AuditLine, of func(workflow.AuditLine) string) []string {
	seen := map[string]bool{}
	var out []string
	for _, line := range lines {
		if name := of(line); !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
