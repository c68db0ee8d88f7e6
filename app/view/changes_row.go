package view

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// editsShown bounds how many fields of one change are drawn; the terminal and
// the export have all.
const editsShown = 12

// changeRow is one drawn row of the log of changes.
type changeRow struct {
	widget.BaseWidget

	head, what, edits *kit.Text
	content           fyne.CanvasObject
}

func newChangeRow() *changeRow {
	r := &changeRow{head: kit.NewCaption("").Wrapped(), what: kit.NewText("").Wrapped(), edits: kit.NewCaption("").Wrapped()}
	r.content = kit.Inset(look.Space2, look.Space2-2, kit.Column(2, r.head, r.what, r.edits))
	r.ExtendBaseWidget(r)
	return r
}

func (r *changeRow) show(line workflow.AuditLine, st session.State) {
	role := look.Text
	head := changedAt(line.Recorded, st) + "  " + line.By + ", device " + deviceWord(line.Device)
	if u := line.Undone; u != nil {
		role = look.Muted
		head += "  Undone " + changedAt(u.Recorded, st) + " by " + u.By
	}
	r.head.SetText(head)
	r.what.SetText(capital(beginning(line.Says, rowLine)))
	r.what.SetRole(role)
	r.edits.SetText(editWords(line))
	show(r.edits, len(line.Edits) > 0)
}

// changedAt is when a change was written down: the time, with its day when it
// is not today's.
func changedAt(recorded time.Time, st session.State) string {
	at := workflow.StampAt(recorded, time.UTC)
	clock := clockSeconds(at, st.Shown())
	if day := at.Date(st.Shown()); day != st.Now.In(st.Shown()).Format(time.DateOnly) {
		return dayWord(day) + ", " + clock
	}
	return clock
}

// deviceWord is enough of a device's id to tell it from the others.
func deviceWord(id workflow.DeviceID) string { return string(id[:min(len(id), 8)]) }

// editWords are the fields of a change, one to a line, before and after.
func editWords(line workflow.AuditLine) string {
	var words []string
	for i, e := range line.Edits {
		if i == editsShown {
			words = append(words, fmt.Sprintf("and %d more fields", len(line.Edits)-i))
			break
		}
		what := e.Field
		if e.Subject != line.Subject {
			what = e.Subject.Words() + ", " + what
		}
		text := capital(what) + ": " + valueWords(e.After)
		if e.Before != "" {
			text = capital(what) + ": " + valueWords(e.Before) + " became " + valueWords(e.After)
		}
		if e.Seen != "" {
			text += " (its author took it for " + valueWords(e.Seen) + ")"
		}
		words = append(words, text)
	}
	return strings.Join(words, "\n")
}

// valueWords is a value on one line, in quotes; an empty one has a word.
func valueWords(value string) string {
	if strings.TrimSpace(value) == "" {
		return "empty"
	}
	return "“" + drawn(beginning(value, rowLine)) + "”"
}

// HeightForWidth is that of the wrapped words.
func (r *changeRow) HeightForWidth(width float32) float32 { return kit.HeightFor(r.content, width) }

// Children lets the focus and the tests find their way in.
func (r *changeRow) Children() []fyne.CanvasObject { return []fyne.CanvasObject{r.content} }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (r *changeRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }
