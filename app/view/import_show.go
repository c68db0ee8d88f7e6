package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// Show brings the sheet in line with a state.
func (i *importSheet) Show(st session.State) {
	now := importShown{revision: st.Incident.Revision(), zones: st.Prefs.Zones, keys: st.Prefs.SingleKeys, low: i.lowWindow()}
	if st.Import != nil {
		now.choice = st.Import.Choice
	}
	if i.stage >= 0 && now == i.shown {
		return
	}
	i.shown = now
	before := i.stage
	i.stage = importStageOf(st.Import)
	for _, b := range []*kit.Button{i.read, i.browse, i.paste} {
		show(b, i.stage != looking)
	}
	show(i.take, i.stage == looking)
	if i.stage == looking {
		i.look(st)
	} else {
		i.pages.turned = false
		i.ask(st.Import)
	}
	i.page(now.low)
	if before >= 0 && before != i.stage && i.stage != readingIt { // what had the focus is gone
		kit.Focus(i.first())
	}
}

func importStageOf(now *session.Import) importStage {
	switch {
	case now == nil:
		return choosing
	case now.Lines != nil: // it was read, even if nothing was found
		return looking
	case now.Busy:
		return readingIt
	default:
		return choosing
	}
}

// first is where the hand wants to be.
func (i *importSheet) first() fyne.Focusable {
	if i.stage == looking {
		return i.list.rows
	}
	return i.path.Target()
}

// ask shows which document is read, or why one could not be.
func (i *importSheet) ask(now *session.Import) {
	says := ""
	i.path.SetError("")
	switch {
	case now == nil:
	case now.Busy:
		says = "Reading " + now.Name + "…"
	default:
		i.path.SetError(now.Says)
	}
	i.reading.SetText(says)
	show(i.reading, says != "")
}

// look shows what was understood of the document.
func (i *importSheet) look(st session.State) {
	now := st.Import
	i.plan = st.ImportPlan(now.Want())
	i.head.SetText(importHead(*now))
	notes := importNotes(now.Reading)
	if now.Busy {
		notes = "Reading it again…"
	}
	i.notes.SetText(notes)
	show(i.notes, notes != "")
	i.wrong.SetText(orElse(now.Says, i.told))
	show(i.wrong, i.wrong.Text() != "")
	i.choices.Show(st)
	i.list.Show(st, i.plan)
	i.picked.Show(st, i.list.rows.Selected(), i.list)
	i.amount.SetText(importAmount(*now))
	says := importSays(i.plan)
	i.says.SetText(says)
	show(i.says, says != "")
	i.take.SetWord("Import")
	if words := i.plan.Words(); words != "" {
		i.take.SetWord("Import " + words)
	}
	i.take.SetOff(importOff(*now, i.plan))
	for _, b := range []*kit.Button{i.all, i.none, i.sure} {
		show(b, len(now.Lines) > 0)
	}
}

// notesShown bounds what is said about the whole above the list.
const notesShown = 4

// importNotes is what was noticed about the document as a whole.
func importNotes(r workflow.Reading) string {
	notes := r.Notes
	if len(notes) > notesShown {
		notes = append(notes[:notesShown:notesShown], fmt.Sprintf("And %d more; firebreak import --dry-run prints them all.", len(r.Notes)-notesShown))
	}
	return strings.Join(notes, "\n")
}

// importOff is why nothing can be imported now; empty when it can.
func importOff(now session.Import, plan workflow.ImportPlan) string {
	switch {
	case now.Busy:
		return "It is being read"
	case plan.Words() == "" && plan.There > 0:
		return "Everything that is ticked is in the incident already"
	case plan.Words() == "":
		return "Nothing is ticked"
	default:
		return ""
	}
}

// importHead says which document it is.
func importHead(now session.Import) string {
	r := now.Reading
	head := r.Source + ", read as " + formWord(r.Form)
	if r.Title != "" {
		head += ": " + beginning(strings.Join(strings.Fields(r.Title), " "), 160)
	}
	if r.Severity != "" && !strings.Contains(strings.ToLower(r.Title), strings.ToLower(r.Severity)) {
		head += " (" + r.Severity + ")"
	}
	return head
}

// formWord is a form in plain words.
func formWord(form workflow.ReadingForm) string {
	switch form {
	case workflow.MarkdownForm:
		return "markdown"
	case workflow.ChatForm:
		return "a chat"
	case workflow.SlackForm:
		return "a Slack export"
	case workflow.CSVForm:
		return "a table (CSV)"
	case workflow.JSONLinesForm:
		return "JSON lines"
	case workflow.GitLogForm:
		return "a git log"
	case "":
		return "text"
	default:
		return string(form)
	}
}

// importAmount counts what is ticked.
func importAmount(now session.Import) string {
	lines, sections, rest := 0, 0, 0
	for _, pick := range now.Lines {
		if pick.Take {
			lines++
		}
	}
	for _, pick := range now.Sections {
		if pick.Take {
			sections++
		}
	}
	for _, take := range now.Rest {
		if take {
			rest++
		}
	}
	words := "No entry was understood"
	if n := len(now.Lines); n > 0 {
		words = fmt.Sprintf("%d of %s", lines, plural(n, "entry", "entries"))
	}
	if n := len(now.Sections); n > 0 {
		words += fmt.Sprintf(", %d of %s", sections, plural(n, "section", "sections"))
	}
	if n := len(now.Rest); n > 0 {
		words += fmt.Sprintf(", %d of %d not understood", rest, n)
	}
	return words
}

// importSays is what a plan says about the whole; what it says about a line
// stands in its row.
func importSays(plan workflow.ImportPlan) string {
	var words []string
	marks := 0
	for _, line := range plan.Lines {
		if line.Says != "" && !line.There {
			marks++
		}
	}
	if marks > 0 {
		words = append(words, plural(marks, "milestone is", "milestones are")+" not taken over; the rows say why.")
	}
	below := 0
	for _, s := range plan.Sections {
		if s.Below && !s.There {
			below++
		}
	}
	if below > 0 {
		words = append(words, plural(below, "section goes", "sections go")+" below what is written; what is there stays.")
	}
	if plan.There > 0 {
		words = append(words, plural(plan.There, "part is", "parts are")+" in the incident already, and left out.")
	}
	return strings.Join(words, " ")
}
