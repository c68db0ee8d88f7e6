package export

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// undated stands over the entries of which not even the day is known.
const undated = "Time unknown"

// writeTimeline writes the entries as "- 14:32 - First alert triggered", in
// UTC. A heading with the date stands over each day once there is more than one.
func writeTimeline(d *markdown.Doc, entries []*workflow.Entry, files links) {
	if !spansDays(entries) {
		writeDay(d, entries, files)
		return
	}
	for len(entries) > 0 {
		day, dated := dayOf(entries[0])
		n := 1
		for ; n < len(entries); n++ {
			if next, known := dayOf(entries[n]); next != day || known != dated {
				break
			}
		}
		d.Heading(sectionLevel+1, dateLine(entries[0]))
		writeDay(d, entries[:n], files)
		entries = entries[n:]
	}
}

func spansDays(entries []*workflow.Entry) bool {
	first, known := int64(0), false
	for _, e := range entries {
		day, dated := dayOf(e)
		switch {
		case !dated:
		case !known:
			first, known = day, true
		case day != first:
			return true
		}
	}
	return false
}

// dayOf numbers the days in UTC: to compare them, no date need be written.
func dayOf(e *workflow.Entry) (day int64, dated bool) {
	at := e.At.Get().Time
	if at.IsZero() {
		return 0, false
	}
	seconds := at.Unix()
	day = seconds / (24 * 60 * 60)
	if seconds%(24*60*60) < 0 {
		day--
	}
	return day, true
}

func dateLine(e *workflow.Entry) string {
	if day := e.At.Get().Date(time.UTC); day != "" {
		return day
	}
	return undated
}

func writeDay(d *markdown.Doc, entries []*workflow.Entry, files links) {
	items := make([]string, len(entries))
	eachOf(len(entries), func(i int) { items[i] = timelineItem(entries[i], files) })
	var list strings.Builder
	for i, item := range items {
		list.WriteString(item)
		if i < len(items)-1 && strings.Contains(item, "\n\n") {
			list.WriteString("\n") // what ends in a table or in code is apart from what follows
		}
		list.WriteString("\n")
	}
	d.Raw(list.String())
}

// timelineItem is one entry as a list item. The text is markdown; what does not
// fit on the line of its time goes below it, indented into the same item.
func timelineItem(e *workflow.Entry, files links) string {
	at := clockOf(e.At.Get())
	said := saidOf(e, files)
	if said == "" {
		return "- " + at
	}
	if strings.IndexByte(said, '\n') < 0 {
		return "- " + at + " - " + said
	}
	lines := strings.Split(said, "\n")
	first := "- " + at + " - " + lines[0]
	rest := lines[1:]
	if len(lines) > 1 && !startsAsParagraph(said) {
		first, rest = "- "+at, append([]string{""}, lines...)
	}
	for _, line := range rest {
		if line != "" {
			line = "  " + line
		}
		first += "\n" + line
	}
	return first
}

// saidOf is what an entry says, with its links and its files, as markdown that
// stays where it is put.
func saidOf(e *workflow.Entry, files links) string {
	said := markdown.Contain(e.Text.Get(), sectionLevel)
	if links := entryLinks(e); links != "" {
		between := " "
		if strings.Contains(said, "\n") {
			between = "\n\n" // a code block may end the text, and must end first
		}
		said = strings.TrimSpace(strings.TrimRight(said, " \n") + between + links)
	}
	if attached := files.attachmentLines(e); attached != "" {
		said = strings.TrimSpace(strings.TrimRight(said, " \n") + "\n\n" + attached)
	}
	return said
}

// clockOf is the time of day in UTC with what is known of it: "14:32", "≈13:30",
// "17:00–18:00", "14:??". A range that ends on a later day says so.
func clockOf(at workflow.Stamp) string {
	clock := at.Clock(time.UTC)
	if at.IsRange() && at.End.UTC().Format(time.DateOnly) != at.Date(time.UTC) {
		clock += " (" + at.End.UTC().Format(time.DateOnly) + ")"
	}
	return clock
}

func entryLinks(e *workflow.Entry) string {
	var links []string
	for _, address := range e.Links.Get() {
		if markdown.OneLine(address) == "" {
			continue
		}
		d := markdown.New()
		d.Para(markdown.Link(address, address))
		links = append(links, strings.TrimRight(d.String(), "\n"))
	}
	return strings.Join(links, " ")
}

// gfm reads what markdown contained. A parser holds no state between two texts.
var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// startsAsParagraph says whether contained markdown can go on behind other
// words on a line: a list, a table or a code block cannot.
func startsAsParagraph(contained string) bool {
	if first, _ := utf8.DecodeRuneInString(contained); unicode.IsLetter(first) {
		return true // every other block that Contain writes begins with a sign
	}
	first := gfm.Parse(text.NewReader([]byte(contained))).FirstChild()
	return first != nil && first.Kind() == ast.KindParagraph
}
