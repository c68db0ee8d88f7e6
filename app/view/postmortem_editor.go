package view

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// emptied is the draft of a text that somebody emptied: a draft without any
// text is none, and the old text would come back.
const emptied = "\n"

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
	field   *kit.Field
	advice  *fyne.Container
	blame   *kit.Text
	save    *kit.Button
	back    *kit.Button
	count   *kit.Text
	facts   *reviewFacts
	shown   string                      // what was put into the field, or typed in it
	thrown  map[workflow.Section]string // half-typed text that went back to the draft
	dirty   bool                        // what the field holds is not saved
	looks   string                      // what is laid out around the field
	showing bool
	changed func() // hears every key
	fit     func()
}

func newSectionEditor(ask Asker) *sectionEditor {
	e := &sectionEditor{
		ask: ask, thrown: map[workflow.Section]string{}, changed: func() {}, fit: func() {},
		title:  kit.NewSubheading("").Cut(),
		source: kit.NewChip("", kit.ChipLook{}), under: kit.NewChip("", kit.ChipLook{}),
		hint:  kit.NewCaption("").Wrapped(),
		field: kit.NewLongField("", 3, 3).Placeholder("Write here, in markdown. The preview shows how it reads."),
		blame: kit.NewCaption("").In(look.Text).Wrapped(),
		count: kit.NewCaption(""),
	}
	e.field.OnChanged = e.typed
	e.field.OnSubmit = func(string) { e.Save() }
	e.save = kit.NewButton("Save", func() { e.Save() }).Key("Ctrl+Enter")
	e.back = kit.NewQuiet("Back to the draft", e.goBack).Icon("undo")
	e.advice = kit.TopRow(look.Space2, kit.NewIcon("info").Edge(16).In(look.Primary), kit.Grow(e.blame))
	e.named = kit.Row(look.Space3, kit.Grow(e.title), e.source)
	e.unnamed = kit.Row(look.Space3, e.under)
	e.content = kit.Column(look.Space3,
		kit.Column(look.Space1, e.named, e.unnamed, e.hint),
		kit.Grow(e.field),
		e.advice,
		kit.Row(look.Space3, kit.Grow(kit.Wrap(look.Space2, e.save, e.back)), e.count),
	)
	return e
}

// Show shows a section. A text that somebody is typing stays.
func (e *sectionEditor) Show(st session.State, facts *reviewFacts, section workflow.SectionPolicy) {
	other := section.ID != e.section.ID || st.Incident.ID != e.state.Incident.ID
	e.section, e.state, e.facts = section, st, facts
	text, half := draftOf(st, section.ID)
	if !half {
		text = st.Incident.SectionText(section.ID)
	}
	if other || text != e.shown {
		e.put(text)
	}
	if other {
		e.field.SetError("")
	}
	e.title.SetText(section.Name)
	e.hint.SetText(section.Hint)
	e.field.SetReadOnly(e.final() || len(text) > kit.PasteLimit)
	e.dirty = half
	e.showState()
}

// draftOf is the half-typed text of a section; ok is false when there is none.
func draftOf(st session.State, id workflow.Section) (text string, ok bool) {
	d, ok := st.Drafts[sectionDraft(id)]
	if d.Text == emptied {
		return "", ok
	}
	return d.Text, ok
}

func (e *sectionEditor) final() bool { return e.state.Incident.Review.State() == workflow.Final }

func (e *sectionEditor) put(text string) {
	e.showing = true
	e.field.SetText(text)
	e.showing = false
	e.shown = text
}

// showState says whose text it is, and what can be done with it.
func (e *sectionEditor) showState() {
	half := e.dirty
	in, id := e.state.Incident, e.section.ID
	_, written := in.Written(id)
	draft := in.Draft(id)
	word, how := "Not written yet", kit.ChipLook{Icon: "step-open"}
	switch {
	case half:
		word, how = "Not saved", kit.ChipLook{Icon: "edit", Fill: look.WarningFill, Label: look.Text}
	case written:
		word, how = "Written", kit.ChipLook{Icon: "step-done"}
	case draft != "":
		word, how = "Drafted from the log", kit.ChipLook{Icon: "step-auto"}
	}
	e.source.Set(word, how)
	e.under.Set(word, how)
	if !half && !written && draft != "" && !e.final() {
		e.hint.SetText("Drafted from the log. Type to make it yours; from then on the log does not change it.")
	}
	if n := len(e.shown); n > kit.PasteLimit {
		e.hint.SetText(fmt.Sprintf("This section holds %d KB, more than can be edited here (16 KB). All of it is kept, shown beside, and exported.", n>>10))
	}
	if e.final() {
		e.hint.SetText("The post-mortem is final. Open it again to change its text.")
	}
	kind, off := kit.Secondary, "Nothing is typed that is not saved"
	if half {
		kind, off = kit.Primary, ""
	}
	e.save.As(kind).SetOff(off)
	e.showBack(half, written, draft)
	e.showAdvice()
	looks := fmt.Sprint(word, e.hint.Text(), e.back.Visible(), e.back.Word(), e.advice.Visible(), e.blame.Text())
	if looks != e.looks {
		e.looks = looks
		e.fit()
	}
}

func (e *sectionEditor) showBack(half, written bool, draft string) {
	text, _ := e.state.Incident.Written(e.section.ID)
	_, thrown := e.thrown[e.section.ID]
	switch {
	case e.final():
		show(e.back, false)
	case thrown && !half:
		e.back.SetWord("Bring my text back")
		show(e.back, true)
	default:
		e.back.SetWord("Back to the draft")
		show(e.back, draft != "" && (half || written && text != draft))
	}
}

// showAdvice counts the words, and hints at blame.
func (e *sectionEditor) showAdvice() {
	text := e.field.Text()
	n := len(strings.Fields(text))
	e.count.SetText(fmt.Sprintf("%d words", n))
	if n == 1 {
		e.count.SetText("1 word")
	}
	b, found := blame{}, false
	if len(text) <= kit.PasteLimit {
		b, found = blameIn(text, e.facts.people)
	}
	if found {
		e.blame.SetText(b.String())
	}
	show(e.advice, found)
}

// typed keeps what was typed as a draft and shows it beside.
func (e *sectionEditor) typed(text string) {
	if e.showing {
		return
	}
	e.field.SetError("")
	e.shown = text
	e.keep(text)
	delete(e.thrown, e.section.ID)
	e.showState()
	e.changed()
}

// keep makes a draft of a text.
func (e *sectionEditor) keep(text string) {
	e.dirty = true
	if text == "" {
		text = emptied
	}
	e.ask.Draft(sectionDraft(e.section.ID), text)
}

// Text is the text in the field, and whether it is not saved.
func (e *sectionEditor) Text() (string, bool) { return e.field.Text(), e.dirty }

// Save asks for the section to be written; false when nothing is typed.
func (e *sectionEditor) Save() bool {
	text, half := e.Text()
	if !half {
		return false
	}
	section := e.section
	want := workflow.WriteSection{Section: section.ID, Text: text}
	e.ask.DoAndOffer(want, section.Name+" saved.", func(err error) { e.saved(section, text, err) }, sectionDraft(section.ID))
	return true
}

// saved hears from the disk. What was typed meanwhile stays half-typed.
func (e *sectionEditor) saved(section workflow.SectionPolicy, text string, err error) {
	here := section.ID == e.section.ID
	if unchanged(err) {
		e.ask.Draft(sectionDraft(section.ID), "")
		err = nil
		if here && e.field.Text() == text {
			e.dirty = false
			e.showState()
		}
	}
	if here && err != nil {
		e.field.SetError(err.Error())
		return
	}
	if now := e.field.Text(); here && now != text {
		e.keep(now)
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
		e.keep(thrown)
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
	e.ask.Draft(sectionDraft(id), "")
	e.put(draft)
	e.dirty = false
	e.showState()
	e.changed()
}
