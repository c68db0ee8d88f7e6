// Package intake reads timelines out of documents from elsewhere. It is a
// grammar, not a list of cases, and it repairs nothing: what is ambiguous is
// said to be, and what is not understood comes back word for word.
//
// A document is read in steps: lines and what they are (layout), headings and
// what they name (outline), entries and the lines that belong to them
// (assemble), the day and the zone that the document speaks of (origin, hint),
// and only then the place of every stamp in time (resolve), one behind the
// other. Chats, tables, logs and exports bring their own first steps and share
// the last.
package intake

import (
	"slices"
	"strings"
	"time"

	"firebreak/workflow"
)

// Read reads a document. Name is the file's name, or a word for where a pasted
// text comes from. Now is for dates without a year. It never fails and never
// panics: what it does not understand is in Rest.
func Read(name string, content []byte, as workflow.ReadAs, now time.Time) workflow.Reading {
	out, _ := read(name, content, as, now)
	return out
}

func read(name string, content []byte, as workflow.ReadAs, now time.Time) (workflow.Reading, *document) {
	text := decode(content)
	form := as.Form
	if form == "" {
		form = formOf(name, text)
	}
	d := newDocument(name, nil, as, now)
	out := workflow.Reading{Source: name, Form: form}
	switch form {
	case workflow.ChatForm:
		d.readChat(text)
	case workflow.SlackForm:
		d.readSlack(text)
	case workflow.CSVForm:
		d.readCSV(text)
	case workflow.JSONLinesForm:
		d.readJSON(text)
	case workflow.GitLogForm:
		d.readGit(text)
	default:
		out.Form = workflow.MarkdownForm
		d.readMarkdown(text, &out)
	}
	return d.finish(out), d
}

// readMarkdown reads a post-mortem, or any text with times at the beginnings
// of its lines.
func (d *document) readMarkdown(text string, out *workflow.Reading) {
	d.lines = layout(splitLines(text))
	d.heads = make([]*head, len(d.lines))
	d.readFront()
	d.outline()
	d.findOrigin()
	d.findHint()
	d.labelled()
	d.assemble()
	out.Sections = d.sections()
	out.Severity = d.severity()
}

// finish places the entries and puts the reading together.
func (d *document) finish(out workflow.Reading) workflow.Reading {
	d.tell()
	out.Title = clean(d.title)
	out.Lines = d.place()
	out.Rest = together(d.rest)
	out.Notes = append(d.sayWhole(), d.notes...)
	return out
}

// sayWhole says what holds for all entries: their zone and their day.
func (d *document) sayWhole() []string {
	var notes []string
	if len(d.drafts) == 0 {
		return nil
	}
	if d.hint != nil {
		if d.hint.zone.sure() {
			notes = append(notes, "Times without a zone are in "+d.hint.zone.word+": "+d.hint.says+".")
		} else {
			notes = append(notes, "The document says "+d.hint.zone.word+", which can be "+d.hint.zone.meansOneOf()+": "+d.hint.says+".")
		}
	}
	if d.zoneless() >= 0 {
		notes = append(notes, noZone)
	}
	if d.approx != "" {
		notes = append(notes, "All times are approximate: "+d.approx+".")
	}
	return notes
}

// together makes one of lines that follow each other for the same reason.
func together(rest []workflow.Unread) []workflow.Unread {
	slices.SortStableFunc(rest, func(a, b workflow.Unread) int { return a.Line - b.Line })
	var out []workflow.Unread
	for i := 0; i < len(rest); {
		j, text := i+1, []string{rest[i].Text}
		for j < len(rest) && rest[j].Why == rest[i].Why && rest[j].Line-rest[j-1].Line <= 2 {
			if rest[j].Line-rest[j-1].Line == 2 {
				text = append(text, "")
			}
			text = append(text, rest[j].Text)
			j++
		}
		out = append(out, workflow.Unread{Line: rest[i].Line, Text: strings.Join(text, "\n"), Why: rest[i].Why})
		i = j
	}
	return out
}
