package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// importRow is one drawn row: whether it is taken, how surely it was
// understood, when it was and why, and what it says.
type importRow struct {
	widget.BaseWidget

	id      string
	tick    *importTick
	sure    *kit.Chip
	mark    *kit.Chip
	when    *kit.Text
	stamp   *kit.Text
	text    *kit.Text
	facts   *kit.Text
	notes   *kit.Text
	noted   *fyne.Container
	content fyne.CanvasObject
}

func newImportRow(toggle func(id string)) *importRow {
	r := &importRow{
		sure: kit.NewChip("", kit.ChipLook{}), mark: kit.NewChip("", kit.ChipLook{}), when: kit.NewText("").Bold(),
		stamp: kit.NewCaption("").Cut(), text: kit.NewText("").Wrapped(), facts: kit.NewCaption("").Wrapped(), notes: kit.NewCaption("").Wrapped(),
	}
	r.tick = newImportTick(func() { toggle(r.id) })
	r.noted = kit.TopRow(look.Space1, kit.NewIcon("warning").Edge(16).In(look.WarningText), kit.Grow(r.notes))
	r.content = kit.Inset(look.Space2, look.Space2-2, kit.TopRow(look.Space2, r.tick, kit.Grow(kit.Column(2,
		kit.TopRow(look.Space2, r.when, kit.Grow(r.stamp), r.mark, r.sure), r.text, r.facts, r.noted))))
	r.ExtendBaseWidget(r)
	return r
}

// rowChars is how much of a text a row shows.
const rowChars = 400

func (r *importRow) line(id string, plan workflow.ImportLinePlan, read workflow.ReadLine, pick session.LinePick, st session.State) {
	r.id = id
	r.tick.set(pick.Take, plan.There)
	r.when.SetText(importWhen(read.At, st))
	r.stamp.SetText(stampWords(read.At))
	r.sure.Set(sureChip(read.Sure))
	show(r.sure, true)
	r.sayText(read.Text, pick.Take && !plan.There)
	r.facts.SetText(lineFacts(plan, read))
	notes := plan.Notes
	if plan.Says != "" && pick.Take && !plan.There {
		notes = append(append([]string(nil), notes...), plan.Says)
	}
	r.sayNotes(notes)
	moment, marks := momentOf(st, plan.Milestone)
	r.mark.Set(moment, kit.ChipLook{Icon: "pin"})
	show(r.mark, marks)
	r.content.Refresh()
}

func (r *importRow) section(id string, plan workflow.ImportSectionPlan, read workflow.ReadSection, pick session.SectionPick, st session.State) {
	r.id = id
	r.tick.set(pick.Take, plan.There)
	r.when.SetText(beginning(orElse(strings.TrimSpace(read.Heading), "Text without a heading"), 80))
	r.stamp.SetText(fmt.Sprintf("line %d", read.Line))
	show(r.sure, false)
	show(r.mark, false)
	r.sayText(read.Text, pick.Take && !plan.There)
	r.facts.SetText(sectionGoes(plan, pick, st))
	r.sayNotes(nil)
	r.content.Refresh()
}

func (r *importRow) rest(id string, read workflow.Unread, take bool) {
	r.id = id
	r.tick.set(take, false)
	r.when.SetText(fmt.Sprintf("Line %d", read.Line))
	r.stamp.SetText(capital(read.Why))
	show(r.sure, false)
	show(r.mark, false)
	r.sayText(read.Text, take)
	r.facts.SetText("Left out. Tick it to take it as a note at an unknown time.")
	if take {
		r.facts.SetText("It becomes a note at an unknown time.")
	}
	r.sayNotes(nil)
	r.content.Refresh()
}

func (r *importRow) sayText(text string, taken bool) {
	r.text.SetText(beginning(strings.Join(strings.Fields(beginning(text, 4*rowChars)), " "), rowChars))
	role := look.Muted
	if taken {
		role = look.Text
	}
	r.text.SetRole(role)
	r.when.SetRole(role)
}

func (r *importRow) sayNotes(notes []string) {
	r.notes.SetText(strings.Join(notes, "\n"))
	show(r.noted, len(notes) > 0)
}

// HeightForWidth is that of the wrapped words.
func (r *importRow) HeightForWidth(width float32) float32 { return kit.HeightFor(r.content, width) }

// Children lets the focus and the tests find their way in.
func (r *importRow) Children() []fyne.CanvasObject { return []fyne.CanvasObject{r.content} }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (r *importRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

// importTick is the box of a row: taken, left out, or there already. It takes a tap of its own, so that one click
// is enough; keys go to the list.
type importTick struct {
	widget.BaseWidget

	icon *kit.Icon
	word string
	tap  func()
}

func newImportTick(tap func()) *importTick {
	t := &importTick{icon: kit.NewIcon("step-open").Edge(22), tap: tap}
	t.ExtendBaseWidget(t)
	return t
}

func (t *importTick) set(on, there bool) {
	switch {
	case there:
		t.word = "There already"
		t.icon.Set("step-skipped", look.Muted)
	case on:
		t.word = "Taken"
		t.icon.Set("step-done", look.Primary)
	default:
		t.word = "Left out"
		t.icon.Set("step-open", look.Border)
	}
}

// AccessibilityLabel is what the box says.
func (t *importTick) AccessibilityLabel() string { return t.word }

// AccessibilityRole says that this can be pressed; Fyne has no role for ticks.
func (t *importTick) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped takes the row or leaves it out.
func (t *importTick) Tapped(*fyne.PointEvent) { t.tap() }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (t *importTick) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.icon) }

// importWhen is when something happened, as the person sees times.
func importWhen(at workflow.Stamp, st session.State) string {
	if at.Time.IsZero() {
		return "Time not known"
	}
	return at.Date(st.Shown()) + " " + clockSeconds(at, st.Shown())
}

// stampWords is the stamp as the document has it.
func stampWords(at workflow.Stamp) string {
	if at.Typed == "" {
		return "no stamp"
	}
	return "“" + beginning(at.Typed, 60) + "”"
}

// sureChip says by word and shape how surely a line was understood.
func sureChip(sure workflow.Confidence) (string, kit.ChipLook) {
	switch sure {
	case workflow.SureLine:
		return "Sure", kit.ChipLook{Icon: "step-done", Label: look.SuccessText}
	case workflow.LikelyLine:
		return "Likely", kit.ChipLook{Icon: "info", Label: look.Text}
	default:
		return "Doubtful", kit.ChipLook{Icon: "warning", Label: look.WarningText}
	}
}

// lineFacts is what stands under an entry: who, what it is, and where its date
// and zone come from.
func lineFacts(plan workflow.ImportLinePlan, read workflow.ReadLine) string {
	facts := []string{fmt.Sprintf("Line %d", read.Line)}
	if plan.There {
		facts = append(facts, "in the incident already")
	}
	if read.Who != "" {
		facts = append(facts, "by "+read.Who)
	}
	if read.Kind != workflow.NoteEntry && read.Kind != "" {
		facts = append(facts, string(read.Kind))
	}
	if n := len(read.Links); n > 0 {
		facts = append(facts, plural(n, "link", "links"))
	}
	if !read.At.Time.IsZero() {
		facts = append(facts, "date "+read.Day.Words(), "zone "+zoneWords(read))
	}
	return strings.Join(facts, " · ")
}

func zoneWords(read workflow.ReadLine) string {
	words := read.Zone.Words()
	if read.At.Zone != "" {
		return read.At.Zone + " " + words
	}
	return words
}

// sectionGoes says what becomes of a section.
func sectionGoes(plan workflow.ImportSectionPlan, pick session.SectionPick, st session.State) string {
	switch {
	case !pick.Take:
		return "Left out."
	case plan.There:
		return "In the incident already, so it is left out."
	case len(plan.Actions) > 0:
		return "Becomes " + plural(len(plan.Actions), "action item", "action items") + "."
	case plan.Note:
		return "Becomes a note at an unknown time, beside the post-mortem's timeline."
	case plan.Below:
		return "Goes into " + sectionWord(st, plan.To) + ", below what is written there."
	default:
		return "Goes into " + sectionWord(st, plan.To) + "."
	}
}

// importPlaybook is the one that the import is judged by.
func importPlaybook(st session.State) workflow.Playbook {
	if st.Import != nil && st.Import.Past || !st.Incident.Declared() {
		return st.Policy
	}
	return st.Incident.Playbook
}

func sectionWord(st session.State, id workflow.Section) string {
	for _, s := range importPlaybook(st).Review.Sections {
		if s.ID == id {
			return s.Name
		}
	}
	return string(id)
}

func momentOf(st session.State, m workflow.Milestone) (string, bool) {
	if m == "" {
		return "", false
	}
	if moment, known := importPlaybook(st).Moment(m); known {
		return moment.Name, true
	}
	return string(m), true
}
