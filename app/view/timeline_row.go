package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// How much of a text a row shows. A row that is not selected is one line; the
// selected one shows what a person reads at a glance, and Enter shows the rest.
const (
	rowLine  = 240
	rowWhole = 900
)

// entryColumnsFrom is the width from which a row sets its parts in columns.
const entryColumnsFrom float32 = 540

// entryRow is one drawn row of the timeline: an entry, or a silence.
type entryRow struct {
	widget.BaseWidget

	time      *kit.Text
	icon      *kit.Icon
	kind      *kit.Text
	text      *kit.Text
	more      *kit.Text
	milestone *kit.Chip
	files     *kit.Chip
	marks     *kit.Text
	who       *kit.Text
	gap       *kit.Text
	entry     fyne.CanvasObject
	silence   fyne.CanvasObject
	content   fyne.CanvasObject
}

func newEntryRow() *entryRow {
	r := &entryRow{
		time: kit.NewText(""), icon: kit.NewIcon("note").Edge(16), kind: kit.NewCaption("").Cut(),
		text: kit.NewText("").Cut(), more: kit.NewCaption("").Wrapped(),
		milestone: kit.NewChip("", milestoneLook()), files: kit.NewChip("", filesLook()), marks: kit.NewCaption(""), who: kit.NewCaption("").Cut(),
		gap: kit.NewCaption(""),
	}
	words := kit.Column(2, r.text, r.more)
	wide := kit.TopRow(look.Space3,
		kit.Fixed(104, r.time),
		kit.Fixed(92, kit.TopRow(look.Space2-2, r.icon, kit.Grow(r.kind))),
		kit.Grow(words), r.files, r.milestone, r.marks,
		kit.Fixed(64, r.who))
	narrow := kit.Column(2,
		kit.TopRow(look.Space2, r.time, r.icon, kit.Grow(r.kind), r.files, r.milestone, r.marks, kit.Fixed(64, r.who)),
		words)
	r.entry = kit.Inset(look.Space3, look.Space2, kit.NewResponsive(entryColumnsFrom, wide, narrow))
	r.silence = kit.Inset(look.Space3, look.Space1, kit.Row(look.Space2,
		kit.Grow(kit.NewRule()), kit.NewIcon("add").Edge(14).In(look.Muted), r.gap, kit.Grow(kit.NewRule())))
	r.content = kit.Column(0, r.entry, r.silence)
	r.ExtendBaseWidget(r)
	return r
}

// milestoneLook is the chip of a milestone: a tick in an outline, so that it is
// no severity.
func milestoneLook() kit.ChipLook { return kit.ChipLook{Icon: "step-done", Fill: look.InfoFill} }

// filesLook is the chip that counts files.
func filesLook() kit.ChipLook { return kit.ChipLook{Icon: "attach"} }

// HeightForWidth is that of the row's content.
func (r *entryRow) HeightForWidth(width float32) float32 { return kit.HeightFor(r.content, width) }

// Children lets the focus and the tests find their way in.
func (r *entryRow) Children() []fyne.CanvasObject { return []fyne.CanvasObject{r.content} }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (r *entryRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

// entryView is an entry as a row shows it.
type entryView struct {
	entry    workflow.Entry
	time     string
	name     string // of its milestone
	selected bool
	unsaved  bool // somebody began to change it
}

// showGap makes the row a silence.
func (r *entryRow) showGap(words string) {
	r.gap.SetText(words + ", add here")
	show(r.entry, false)
	show(r.silence, true)
	r.content.Refresh()
}

// showEntry makes the row an entry; every part is set, since rows are used again.
func (r *entryRow) showEntry(v entryView) {
	e := v.entry
	show(r.silence, false)
	show(r.entry, true)
	role := look.Text
	if e.Machine || e.Hidden.Get() {
		role = look.Muted
	}
	r.time.SetText(v.time)
	r.icon.Set(kindIcon(e.Kind.Get()), look.Muted)
	r.kind.SetText(capital(string(e.Kind.Get())))
	marks := marksOf(e, v.selected, v.unsaved)
	r.showText(e.Text.Get(), marks, v.selected)
	r.text.SetRole(role)
	r.text.SetBold(e.Pinned.Get())
	r.milestone.Set(v.name, milestoneLook())
	show(r.milestone, v.name != "")
	r.files.Set(filesWord(e), filesLook())
	show(r.files, len(e.Files()) > 0)
	r.marks.SetText(marks)
	show(r.marks, marks != "" && !v.selected)
	r.who.SetText(e.Who)
	r.content.Refresh()
}

// showText shows one line of a text; of the selected row more of it, and beneath
// it the marks, so that the text has the width.
func (r *entryRow) showText(text, marks string, selected bool) {
	more := ""
	limit := rowLine
	if selected {
		limit = rowWhole
	}
	shown := beginning(text, limit)
	switch {
	case len(text) > kit.PasteLimit:
		more = sizeWords(len(text)) + ", read only. Enter opens it."
	case selected && shown != text:
		more = "Enter shows all of it."
	}
	if selected {
		more = strings.TrimSpace(capital(marks) + stop(marks) + " " + more)
		r.text.Wrapped()
	} else {
		shown = strings.Join(strings.Fields(shown), " ")
		r.text.Cut()
	}
	r.text.SetText(shown)
	r.text.Refresh()
	r.more.SetText(more)
	show(r.more, more != "")
}

func stop(words string) string {
	if words == "" {
		return ""
	}
	return "."
}

// beginning is the first part of a text, cut between letters.
func beginning(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && text[limit]&0xc0 == 0x80 {
		limit--
	}
	return text[:limit] + " …"
}

// sizeWords is the size of a text: "1,024 KB".
func sizeWords(size int) string {
	kb := (size + 1023) / 1024
	if kb < 1000 {
		return fmt.Sprintf("%d KB", kb)
	}
	return fmt.Sprintf("%d,%03d KB", kb/1000, kb%1000)
}

// marksOf lists in words what is special about an entry.
func marksOf(e workflow.Entry, selected, unsaved bool) string {
	var marks []string
	add := func(when bool, word string) {
		if when {
			marks = append(marks, word)
		}
	}
	add(unsaved, "not saved yet")
	add(e.Text.Clashes() || e.At.Clashes(), "two versions")
	add(e.Pinned.Get(), "pinned")
	add(edited(e), "edited")
	add(e.Hidden.Get(), "hidden")
	add(e.InReport() && (selected || e.Reported.Set()), "in post-mortem")
	return strings.Join(marks, ", ")
}

// edited says whether the entry reads otherwise than it was first written. A pin
// or a milestone is no edit.
func edited(e workflow.Entry) bool {
	return e.Text.Get() != e.Original || e.At.Get() != e.First.At
}

// kindIcon is the drawing that stands beside a kind's word.
func kindIcon(k workflow.EntryKind) string {
	icons := map[workflow.EntryKind]string{
		workflow.NoteEntry: "note", workflow.AlertEntry: "warning", workflow.ActionEntry: "person",
		workflow.DecisionEntry: "decision", workflow.UpdateEntry: "update", workflow.StepEntry: "board",
		workflow.FactEntry: "verify", workflow.RoleEntry: "people", workflow.SystemEntry: "info",
	}
	if icon, ok := icons[k]; ok {
		return icon
	}
	return "undecided"
}
