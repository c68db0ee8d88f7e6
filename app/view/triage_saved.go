package view

import (
	"errors"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// savedField shows a value of the log and takes another one: what is typed is a
// draft until it is saved, and it leaves the draft only when the disk has it.
type savedField struct {
	ask     Asker
	draft   string
	field   *kit.Field
	content *fyne.Container
	foot    *fyne.Container
	value   func(workflow.Incident) string
	want    func(typed string) (workflow.Intent, error)
	says    string

	id      workflow.IncidentID
	log     string // the value in the log
	edited  bool
	showing bool
}

func newSavedField(ask Asker, draft string, field *kit.Field, says string, value func(workflow.Incident) string, want func(string) (workflow.Intent, error)) *savedField {
	s := &savedField{ask: ask, draft: draft, field: field, value: value, want: want, says: says}
	save := kit.NewButton("Save", s.Save).Key("Ctrl+Enter")
	back := kit.NewQuiet("Take back", s.takeBack)
	s.foot = kit.Row(look.Space3, save, back, kit.Grow(kit.NewCaption("A draft: not in the log yet").Cut()))
	s.foot.Hide()
	field.OnChanged = s.typed
	field.OnSubmit = func(string) { s.Save() }
	s.content = kit.Column(look.Space2, field, s.foot)
	return s
}

func (s *savedField) typed(text string) {
	s.field.SetError("")
	if s.showing {
		return
	}
	s.edited = text != s.log
	if s.edited {
		s.ask.Draft(s.draft, text)
	} else {
		s.ask.Draft(s.draft, "")
	}
	s.showFoot()
}

func (s *savedField) set(text string) {
	s.showing = true
	s.field.SetText(text)
	s.showing = false
}

func (s *savedField) showFoot() {
	if s.foot.Visible() != s.edited {
		show(s.foot, s.edited)
		s.content.Refresh()
	}
}

// Show follows the log, and never changes what somebody has typed.
func (s *savedField) Show(st session.State) {
	if st.Incident.ID != s.id {
		s.id, s.edited = st.Incident.ID, false
		s.field.SetError("")
		s.set(s.value(st.Incident))
	}
	s.log = s.value(st.Incident)
	draft, typed := st.Drafts[s.draft]
	switch {
	case s.edited:
		s.edited = s.field.Text() != s.log
	case typed && draft.Text != s.log:
		s.set(draft.Text)
		s.edited = true
	case !s.field.Focused() && s.field.Text() != s.log:
		s.set(s.log)
	}
	s.showFoot()
}

// Save asks for what was typed; it reports whether there was anything to save.
func (s *savedField) Save() {
	if !s.edited {
		return
	}
	want, err := s.want(s.field.Text())
	if err != nil {
		s.refuse(err)
		return
	}
	s.ask.DoAndOffer(want, s.says, func(err error) {
		if err != nil {
			s.refuse(err)
			return
		}
		s.edited = false
		s.showFoot()
	}, s.draft)
}

func (s *savedField) refuse(err error) {
	var rule *workflow.RuleError
	if errors.As(err, &rule) {
		s.field.SetError(rule.Says)
	} else {
		s.field.SetError(err.Error())
	}
	s.content.Refresh()
}

// takeBack shows again what the log holds.
func (s *savedField) takeBack() {
	s.edited = false
	s.field.SetError("")
	s.set(s.log)
	s.ask.Draft(s.draft, "")
	s.showFoot()
}
