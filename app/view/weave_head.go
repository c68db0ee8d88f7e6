package view

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// weaveHead says which increment it is, where it stands and lies, how the two
// sides compare, and what is wrong with its files.
type weaveHead struct {
	ask    Asker
	box    *fyne.Container
	id     *kit.Text
	title  *kit.Text
	state  *kit.Chip
	kind   *kit.Text
	folder *kit.Text
	below  *kit.Text
	step   *kit.Text
	sign   *kit.Icon
	meter  *kit.Meter
	looked *kit.Text
	notes  *lineList
	open   *kit.Button // shows the folder
	st     session.State
}

// headColumn is how narrow the progress may become beside the comparison.
const headColumn float32 = 310

func newWeaveHead(ask Asker) *weaveHead {
	h := &weaveHead{
		ask: ask, id: kit.NewMono("").Cut(), title: kit.NewSubheading("").Wrapped(), state: kit.NewChip("", kit.ChipLook{}),
		kind: kit.NewCaption(""), folder: kit.NewMono("").Wrapped(), below: kit.NewCaption("").Cut(),
		step: kit.NewText("").Bold().Wrapped(), sign: kit.NewIcon("").Edge(18), meter: kit.NewMeter().Sign("resolved"),
		looked: kit.NewCaption("").Wrapped(), notes: newLineList(1),
	}
	h.open = kit.NewButton("Open the folder", h.openFolder).Icon("folder")
	h.box = kit.Column(look.Space3,
		kit.Column(look.Space1, h.title, kit.Row(look.Space2, h.state, h.kind, kit.Grow(h.id))),
		kit.Column(0, h.folder, h.below),
		kit.Grid(look.Space4, 2,
			kit.Fixed(headColumn, kit.Column(2, kit.TopRow(look.Space2, h.sign, kit.Grow(h.step)), h.looked)),
			kit.Fixed(headColumn, h.meter)),
		h.notes.box)
	return h
}

func (h *weaveHead) openFolder() {
	inc := incrementOf(h.st)
	folder, _ := folderWords(inc)
	h.ask.OpenPath(filepath.Join(inc.Root, filepath.FromSlash(folder)))
}

// Show brings the head in line with a state.
func (h *weaveHead) Show(st session.State) {
	h.st = st
	inc := incrementOf(st)
	h.id.SetText(inc.ID)
	h.title.SetText(orElse(inc.Title, st.Incident.Triage.Title.Get()))
	icon, word, role := standLook(inc.State, inc.Raw)
	show(h.state, !inc.At.IsZero())
	h.state.Set(word, kit.ChipLook{Icon: icon, Label: role})
	h.kind.SetText(inc.Type)
	show(h.kind, inc.Type != "")
	folder, below := folderWords(inc)
	h.folder.SetText(folder)
	h.below.SetText(below)
	says, tone := inStep(st)
	h.step.SetText(says)
	h.step.SetRole(tone.Role())
	h.sign.Set(tone.Icon(), tone.Role())
	h.looked.SetText(lookedWords(st))
	used := float32(0)
	if inc.Tasks+inc.Criteria > 0 {
		used = float32(inc.Done+inc.Met) / float32(inc.Tasks+inc.Criteria)
	}
	how := kit.Neutral
	if used == 1 {
		how = kit.Good
	}
	h.meter.Set(progressWords(inc), used, how)
	show(h.meter, !inc.At.IsZero() && inc.Tasks > 0) // without tasks.md it would be full, or empty, of nothing
	h.notes.Set(headNotes(st))
}

// headNotes are what is held back, what is wrong with the files, where the
// incident says otherwise, and what the last look wrote.
func headNotes(st session.State) []lineOf {
	inc, stand := st.Increment, st.Incident.IncrementStand()
	var out []lineOf
	warn := func(text string) {
		out = append(out, lineOf{icon: "warning", role: look.WarningText, text: text})
	}
	if inc.Held != "" {
		warn(inc.Held)
	}
	for _, says := range inc.Says {
		warn(says)
	}
	if inc.Group != "" {
		out = append(out, lineOf{icon: "info", role: look.Muted, text: "It lies in " + inc.Group + "."})
	}
	if !inc.At.IsZero() && stand.State != inc.State && (inc.State != "" || inc.Raw != "") {
		_, word, _ := standLook(stand.State, "")
		warn("The incident says: " + inSentence(word) + ".")
	}
	if stand.Reason != "" {
		_, word, _ := standLook(stand.State, "")
		out = append(out, lineOf{icon: "note", role: look.Muted, text: word + ": " + firstOf(stand.Reason)})
	}
	if len(inc.Wrote) > 0 {
		out = append(out, lineOf{icon: "save", role: look.Muted, text: "Written at this look: " + someOf(inc.Wrote, 6)})
	}
	return out
}
