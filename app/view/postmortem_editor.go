package view

import (
	"errors"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/kit/editor"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// emptied is the draft of a text that somebody emptied: a draft without any
// text is none, and the old text would come back.
const emptied = "\n"

// longText is from how many bytes on a text is not put together with every key:
// neither for its draft nor for the preview.
const longText = 64 << 10

// sectionEditor is where one section is written. What it holds is drafted from
// the log until a person types; from then on it is theirs.
type sectionEditor struct {
	content fyne.CanvasObject
	ask     Asker
	section workflow.SectionPolicy
	state   session.State
	named   *fyne.Container // the line above, with the section's name
	unnamed *fyne.Container // and without it
	title   *kit.Text
	source  *kit.Chip // whose text it is
	under   *kit.Chip // the same, in the line without the name
	hint    *kit.Text
	field   *editor.Editor
	advice  *fyne.Container
	blame   *kit.Text
	save    *kit.Button
	back    *kit.Button
	insert  *kit.Button
	count   *kit.Text
	facts   *reviewFacts
	shown   string                                 // what was put into the field, or asked of it last
	pending bool                                   // more was typed since then
	thrown  map[workflow.Section]string            // half-typed text that went back to the draft
	aside   map[workflow.Section]editor.Memory     // the texts of the other sections, with caret and history
	own     map[workflow.Section]string            // drafts made here that the state does not know of yet; see Heard
	dirty   bool                                   // what the field holds is not saved
	looks   string                                 // what is laid out around the field
	changed func()                                 // hears every key
	edited  func(at, removed int, inserted string) // hears every change of the text, before changed does
	fit     func()
}

func newSectionEditor(ask Asker) *sectionEditor {
	e := &sectionEditor{
		ask: ask, thrown: map[workflow.Section]string{}, aside: map[workflow.Section]editor.Memory{}, own: map[workflow.Section]string{},
		changed: func() {}, edited: func(int, int, string) {}, fit: func() {},
		title:  kit.NewSubheading("").Cut(),
		source: kit.NewChip("", kit.ChipLook{}), under: kit.NewChip("", kit.ChipLook{}),
		hint:  kit.NewCaption("").Wrapped(),
		field: editor.New().Placeholder("Write here, in markdown."),
		blame: kit.NewCaption("").In(look.Text).Wrapped(),
		count: kit.NewCaption(""),
	}
	e.field.Notes(e.note).Finder(e.findBlame)
	e.field.OnChanged = e.typed
	e.field.OnEdit = func(at, removed int, inserted string) { e.edited(at, removed, inserted) }
	e.field.OnSubmit = func() { e.Save() }
	e.field.OnPaste = e.pasted
	e.save = kit.NewButton("Save", func() { e.Save() }).Key("Ctrl+Enter")
	e.back = kit.NewQuiet("Back to the draft", e.goBack).Small()
	e.insert = kit.NewQuiet("Insert", func() { e.ask.Run("edit.insert") }).Icon("add").Small()
	show := kit.NewQuiet("Show", e.showBlame).Small()
	e.advice = kit.TopRow(look.Space2, kit.NewIcon("info").Edge(16).In(look.Primary), kit.Grow(e.blame), show)
	e.named = kit.Row(look.Space3, kit.Grow(e.title), e.source)
	e.unnamed = kit.Row(look.Space3, e.under)
	e.content = kit.Column(look.Space3,
		kit.Column(look.Space1, e.named, e.unnamed, kit.TopRow(look.Space3, kit.Grow(e.hint), e.count)),
		kit.Grow(e.field),
		e.advice,
		kit.Wrap(look.Space2, e.save, e.insert, e.back),
	)
	return e
}

// Show shows a section. A text that somebody is typing stays.
func (e *sectionEditor) Show(st session.State, facts *reviewFacts, section workflow.SectionPolicy) {
	other := section.ID != e.section.ID || st.Incident.ID != e.state.Incident.ID
	if other {
		e.putAside(st.Incident.ID)
	}
	news := st.Incident.Revision() != e.state.Incident.Revision()
	e.section, e.state, e.facts = section, st, facts
	if !e.pending {
		e.showText(other)
	}
	if other {
		e.field.SetError("")
	}
	e.title.SetText(section.Name)
	e.hint.SetText(section.Hint)
	e.field.SetReadOnly(e.final())
	if news {
		e.field.Renote()
		e.field.Research()
	}
	e.showState()
}

// showText brings the field in line with the draft, or else with the incident.
func (e *sectionEditor) showText(other bool) {
	text, half := e.draftOf(e.section.ID)
	if !half {
		text = e.state.Incident.SectionText(e.section.ID)
	}
	if other || text != e.shown {
		e.put(text)
	}
	e.dirty = half
}

// draftOf is the half-typed text of a section; ok is false when there is none.
func draftOf(st session.State, id workflow.Section) (text string, ok bool) {
	d, ok := st.Drafts[sectionDraft(id)]
	return textOf(d.Text), ok
}

// textOf is the text that a draft stands for.
func textOf(draft string) string {
	if draft == emptied {
		return ""
	}
	return draft
}

// draftOf is draftOf of what is half-typed by now.
func (e *sectionEditor) draftOf(id workflow.Section) (text string, ok bool) {
	if text, ok := e.own[id]; ok {
		return textOf(text), text != ""
	}
	return draftOf(e.state, id)
}

// draft keeps half-typed text of a section; none when it is empty.
func (e *sectionEditor) draft(id workflow.Section, text string) {
	e.own[id] = text
	e.ask.Draft(sectionDraft(id), text)
}

// Heard says that a state has come in which every draft is that was made here.
func (e *sectionEditor) Heard() { clear(e.own) }

func (e *sectionEditor) final() bool { return e.state.Incident.Review.State() == workflow.Final }

// put shows a text: with its caret and its history, where it was in the field
// before.
func (e *sectionEditor) put(text string) {
	if kept, ok := e.aside[e.section.ID]; ok && kept.Text() == text {
		e.field.Restore(kept)
	} else {
		e.field.SetText(text)
	}
	delete(e.aside, e.section.ID)
	e.shown, e.pending = text, false
}

// putAside keeps the text of the section that is left. Those of another
// incident are let go.
func (e *sectionEditor) putAside(incident workflow.IncidentID) {
	switch {
	case e.section.ID == "":
	case incident != e.state.Incident.ID:
		clear(e.aside)
		clear(e.thrown)
		clear(e.own)
	default:
		e.flush()
		e.aside[e.section.ID] = e.field.Memory()
	}
	e.pending = false
}

// typed keeps what was typed as a draft and shows it beside.
func (e *sectionEditor) typed() {
	e.field.SetError("")
	delete(e.thrown, e.section.ID)
	e.keep()
	e.showState()
	e.changed()
}

// keep makes a draft of the text. A long one is asked for when it is saved, but
// for the first key: from then on the screen knows that something is not saved.
func (e *sectionEditor) keep() {
	begun := e.dirty
	e.dirty = true
	if begun && e.field.Len() > longText {
		e.pending = true
		memory := e.field.Memory()
		e.ask.DraftLater(sectionDraft(e.section.ID), func() string { return e.settled(memory) })
		return
	}
	e.shown, e.pending = e.field.Text(), false
	e.draft(e.section.ID, draftText(e.shown))
}

// settled is the long text that is saved now.
func (e *sectionEditor) settled(memory editor.Memory) string {
	text := memory.Text()
	if memory.Is(e.field) {
		e.shown, e.pending = text, false
	}
	return draftText(text)
}

// flush makes a draft of what was typed, now.
func (e *sectionEditor) flush() {
	if e.pending {
		e.shown, e.pending = e.field.Text(), false
		e.draft(e.section.ID, draftText(e.shown))
	}
}

func draftText(text string) string {
	if text == "" {
		return emptied
	}
	return text
}

// Text is the text in the field, and whether it is not saved.
func (e *sectionEditor) Text() (string, bool) { return e.field.Text(), e.dirty }

// Long says whether the text is too long to be worked through with every key.
func (e *sectionEditor) Long() bool { return e.field.Len() > longText }

// Save asks for the section to be written; false when nothing is typed.
func (e *sectionEditor) Save() bool {
	text, half := e.Text()
	if !half {
		return false
	}
	e.flush()
	section := e.section
	want := workflow.WriteSection{Section: section.ID, Text: text}
	e.ask.DoAndOffer(want, section.Name+" saved.", func(err error) { e.saved(section, text, err) }, sectionDraft(section.ID))
	return true
}

// saved hears from the disk. What was typed meanwhile stays half-typed.
func (e *sectionEditor) saved(section workflow.SectionPolicy, text string, err error) {
	here := section.ID == e.section.ID
	now := ""
	if here {
		now = e.field.Text()
	}
	if unchanged(err) {
		e.draft(section.ID, "")
		err = nil
		if here && now == text {
			e.dirty, e.pending = false, false
			e.showState()
		}
	}
	switch {
	case here && err != nil:
		e.field.SetError(err.Error())
	case here && now != text:
		e.keep()
	}
}

// unchanged says whether a text was refused because it is there already.
func unchanged(err error) bool {
	var rule *workflow.RuleError
	return errors.As(err, &rule) && rule.Code == "section.same"
}

// goBack puts the draft from the log into the place of a person's text. What
// was saved comes back by Undo, what was half-typed by the same button.
func (e *sectionEditor) goBack() {
	id := e.section.ID
	if thrown, ok := e.thrown[id]; ok && !e.dirty {
		delete(e.thrown, id)
		e.put(thrown)
		e.keep()
		e.showState()
		e.changed()
		return
	}
	draft := e.state.Incident.Draft(id)
	if e.dirty {
		e.thrown[id] = e.field.Text()
	}
	if text, written := e.state.Incident.Written(id); written && text != draft {
		e.ask.DoAndOffer(workflow.WriteSection{Section: id, Text: draft}, e.section.Name+" is back at the draft.", func(err error) {
			if err != nil {
				e.field.SetError(err.Error())
			}
		}, sectionDraft(id))
		return
	}
	e.draft(id, "")
	e.put(draft)
	e.dirty = false
	e.showState()
	e.changed()
}
