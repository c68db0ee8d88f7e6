package intake

import (
	"path"
	"strings"

	"firebreak/workflow"
)

// docDay is the day that a document is about, as far as it says.
type docDay struct {
	date date
	from workflow.OriginKind
	says string
	sure bool
}

// lookedAt is how many lines are looked through for a date: what a document
// is about, it says at its beginning.
const lookedAt = 150

// findOrigin looks for the day in the title, in a line that says "Date", in
// the file's name and in the first words of the text, in this order. A year
// that is left open comes from the next that has one.
func (d *document) findOrigin() {
	type told struct {
		day  day
		says string
		sure bool
	}
	var all []told
	add := func(text, says string, sure bool) {
		if found, ok := daysIn(text, 1); ok {
			all = append(all, told{found[0], says, sure})
		}
	}
	add(d.title, "the title", true)
	if d.front.title != d.title {
		add(d.front.title, "the title", true)
	}
	text, label, no := d.firstLines()
	add(label, "line "+itoa(no), true)
	name := strings.NewReplacer("_", " ").Replace(strings.TrimSuffix(path.Base(d.name), path.Ext(d.name)))
	fromName, named := daysIn(name, 1)
	published, hasFront := daysIn(d.front.date, 1)
	inText, hasText := daysIn(text, 40)
	ref := fromName
	if !named {
		ref = published
	}
	if hasText && len(ref) > 0 {
		if spoken, ok := spokenOf(inText, ref[0]); ok {
			all = append(all, told{spoken, "the text", false})
		}
	}
	if named {
		all = append(all, told{fromName[0], "the file's name", true})
	}
	if hasText {
		for _, t := range inText {
			all = append(all, told{t, "the text", false})
		}
	}
	if hasFront {
		all = append(all, told{published[0], "the front matter", false})
	}
	year := 0
	for _, t := range all {
		if t.day.kind == wholeDay {
			year = t.day.year
			break
		}
	}
	for _, t := range all {
		if at, ok := d.settled(t.day, year); ok {
			d.origin = docDay{date: at, from: workflow.FromPreamble, says: t.says + " says " + at.String(), sure: t.sure}
			return
		}
	}
}

// spokenOf finds the day that the text speaks of where the file is named or
// dated otherwise: what is published on the 19th happened on the 15th.
func spokenOf(found []day, published day) (day, bool) {
	if published.kind != wholeDay {
		return day{}, false
	}
	ref := date{published.year, published.month, published.day}
	first := day{}
	for _, f := range found {
		if f.kind == figureDay {
			continue
		}
		at := date{f.year, f.month, f.day}
		if f.year == 0 {
			at = nearestYear(at, ref)
		}
		switch ago := at.daysTo(ref); {
		case ago == 0:
			return day{}, false
		case ago > 0 && ago <= 45 && first.kind == untoldDay:
			first = f
		}
	}
	return first, first.kind != untoldDay
}

// settled is a day as a date, where it is told without doubt.
func (d *document) settled(told day, year int) (date, bool) {
	switch {
	case told.kind == figureDay && d.as.DayOrder != workflow.DayOrderUntold:
		told = told.read(d.as.DayOrder == workflow.DayFirst)
		return date{told.year, told.month, told.day}, told.year != 0 && told.exists()
	case told.kind == wholeDay:
		return date{told.year, told.month, told.day}, told.exists()
	case told.kind == yearlessDay && year != 0:
		return date{year, told.month, told.day}, realDate(year, told.month, told.day)
	}
	return date{}, false
}

// firstLines is the text at the beginning of a document, and the line of it
// that says "Date".
func (d *document) firstLines() (text, label string, no int) {
	var out strings.Builder
	heading := ""
	for i := d.start; i < len(d.lines) && i < d.start+lookedAt; i++ {
		l := &d.lines[i]
		if l.kind == headLine && l.tail == "" {
			heading = l.title + ":"
		}
		if !l.says() || l.quote > 0 {
			continue
		}
		if label == "" && (saysDate(l.body) || saysDate(heading)) {
			label, no = l.body, l.no
		}
		heading = ""
		if out.Len() < 20000 && !isEdited(l.body) {
			out.WriteString(l.body)
			out.WriteByte('\n')
		}
	}
	return out.String(), label, no
}

// saysDate knows "**Date:** …", "| Date | … |", "Incident date: …".
func saysDate(body string) bool {
	if len(body) > 200 {
		return false
	}
	text := strings.ToLower(strings.TrimLeft(afterBullet(body), "*_|#` "))
	for _, label := range []string{"incident date", "date of incident", "date of the incident", "date & time", "date/time", "date", "when", "start", "datum", "fecha"} {
		rest, ok := strings.CutPrefix(text, label)
		if !ok {
			continue
		}
		if sign := strings.IndexAny(rest, ":|"); sign >= 0 && sign < 12 {
			return true
		}
	}
	return false
}

// isEdited knows the lines that say when the document was written.
func isEdited(body string) bool {
	text := strings.ToLower(strings.TrimLeft(body, "*_|-#` "))
	for _, label := range []string{"last modified", "last updated", "updated", "created", "author", "published", "reviewed", "written", "copyright", "due"} {
		if strings.HasPrefix(text, label) {
			return true
		}
	}
	return false
}

// nearestYear gives a day without a year the year in which it is nearest to
// another day.
func nearestYear(at, ref date) date {
	best := date{}
	for year := ref.year - 1; year <= ref.year+1; year++ {
		if !realDate(year, at.month, at.day) {
			continue
		}
		next := date{year, at.month, at.day}
		if best.isZero() || abs(next.daysTo(ref)) < abs(best.daysTo(ref)) {
			best = next
		}
	}
	if best.isZero() { // 29 February, and no leap year near
		best = date{ref.year - ref.year%4, at.month, at.day}
	}
	return best
}

func abs(n int) int { return max(n, -n) }
