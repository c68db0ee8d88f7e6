package intake

import (
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// document is a text that is being read.
type document struct {
	name  string
	as    workflow.ReadAs
	now   time.Time
	lines []line
	start int // the first line behind the front matter
	front front
	zones zoneBook

	heads     []*head // the stamps at the beginnings of lines, by line
	parts     []part
	titled    int // the part of the title; 0 when there is none
	title     string
	titleLine int

	drafts   []*draft
	rest     []workflow.Unread
	notes    []string
	origin   docDay // the day that the document is about
	hint     *zoneHint
	hintLine int
	approx   string            // why all times are approximate
	choice   zone              // that a person chose
	members  map[string]string // of a Slack channel, by id
	git      bool              // what git prints has the newest on top
}

// draft is an entry that was found and is not yet placed in time.
type draft struct {
	line   int
	mark   mark
	lines  []string // of its text
	who    string
	day    *dayLine  // the date that stands over it
	zone   *zoneHint // the zone that a heading or a column's name gives it
	end    *mark     // from a column of its own
	cells  []mark    // the same moment in further columns
	beside []string  // what those columns say
	notes  []string
	doubt  workflow.Confidence
	links  []string
	kind   workflow.EntryKind
	mile   workflow.Milestone
	stamp  *workflow.Stamp // where the source has all of it
	noZone bool            // nothing tells its zone
	own    bool            // from an export of ours: nothing is to be found out
}

// dayLine is a date that stands over entries.
type dayLine struct {
	line  int
	day   day
	count int // "Day 2": from 1; 0 when it is a date
	zone  *zoneHint
	says  string // the line as it reads
	rest  string // what else it says
}

// zoneHint is a zone that the surroundings of entries tell.
type zoneHint struct {
	zone zone
	from workflow.OriginKind
	says string
}

func newDocument(name string, raws []string, as workflow.ReadAs, now time.Time) *document {
	d := &document{name: name, as: as, now: now, lines: layout(raws), zones: zoneBook{}}
	d.choice = zoneNamed(as.Zone)
	return d
}

// between is the source from one line up to another.
func (d *document) between(first, last int) string {
	var out strings.Builder
	for i := first; i < last; i++ {
		if i > first {
			out.WriteByte('\n')
		}
		out.WriteString(d.lines[i].raw)
	}
	return out.String()
}

// leave puts a line among what was not understood. Lines that follow each
// other for the same reason come as one.
func (d *document) leave(i int, why string) {
	l := &d.lines[i]
	if l.spent {
		return
	}
	l.spent = true
	if l.kind != blankLine {
		d.rest = append(d.rest, workflow.Unread{Line: l.no, Text: clean(l.raw), Why: why})
	}
}

func (d *document) spend(i int) { d.lines[i].spent = true }

// frame is spend for what carries no text of its own.
func (d *document) frame(i int) {
	if l := &d.lines[i]; !l.spent {
		l.spent, l.frame = true, true
	}
}

// doubts lowers how surely a line was understood, and says why.
func (e *draft) doubts(at workflow.Confidence, why string) {
	e.notes = append(e.notes, why)
	e.lowers(at)
}

// lowers lowers how surely a line was understood where the reason is said of
// the whole.
func (e *draft) lowers(at workflow.Confidence) {
	if at == workflow.DoubtfulLine || e.doubt == "" {
		e.doubt = at
	}
}

// clean makes text of what may hold bytes that are none.
func clean(text string) string { return markdown.Clean(text) }

// cut is a text in a few words, for a sentence about it.
func cut(text string) string {
	text = markdown.OneLine(text)
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return text
}
