package view

import (
	"fmt"

	"firebreak/app/kit"
	"firebreak/app/look"
)

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
	if e.final() {
		e.hint.SetText("The post-mortem is final. Open it again to change its text.")
	}
	kind, off := kit.Secondary, "Nothing is typed that is not saved"
	if half {
		kind, off = kit.Primary, ""
	}
	e.save.As(kind).SetOff(off)
	show(e.insert, !e.final())
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
