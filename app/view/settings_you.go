package view

import (
	"strings"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// The drafts of what is typed here. They belong to no incident.
const (
	nameDraft   = "app.settings.name"
	folderDraft = "app.settings.folder"
)

// typedSetting is a setting that is typed: it takes effect with Enter or its
// button, and is a draft until then.
type typedSetting struct {
	field   *kit.Field
	button  *kit.Button
	draft   string
	ask     Asker
	value   string // what holds
	shown   string // what was put into the field, or typed in it
	showing bool
	apply   func(text string)
}

func newTypedSetting(ask Asker, label, draft, word string, apply func(string)) *typedSetting {
	t := &typedSetting{field: kit.NewField(label), draft: draft, ask: ask, apply: apply}
	t.button = kit.NewButton(word, t.use)
	t.field.OnChanged = func(text string) {
		t.field.SetError("")
		if t.showing {
			return
		}
		t.shown = text
		keep := text
		if keep == "" {
			keep = emptied
		}
		if text == t.value {
			keep = ""
		}
		ask.Draft(draft, keep)
		t.switchButton()
	}
	t.field.OnSubmit = func(string) { t.use() }
	return t
}

func (t *typedSetting) use() {
	if text := strings.TrimSpace(t.field.Text()); text != t.value {
		t.apply(text)
	}
}

// settled drops the draft of a text that has taken effect.
func (t *typedSetting) settled() { t.ask.Draft(t.draft, "") }

func (t *typedSetting) switchButton() {
	t.button.SetOff(offAt(strings.TrimSpace(t.field.Text()) == t.value, "This holds already"))
}

// Show shows what holds, unless something else is half-typed.
func (t *typedSetting) Show(st session.State, value string) {
	t.value = value
	text := value
	if d, half := st.Drafts[t.draft]; half {
		text = strings.TrimPrefix(d.Text, emptied)
	}
	if text != t.shown {
		t.showing = true
		t.field.SetText(text)
		t.showing = false
		t.shown = text
	}
	t.switchButton()
}

// newYou is the person at the keyboard.
func newYou(ask Asker) *settingGroup {
	now := &current{ask: ask}
	var name *typedSetting
	name = newTypedSetting(ask, "Your name in the log", nameDraft, "Use this name", func(text string) {
		if text == "" {
			name.field.SetError("Type a name: each line of the log says who wrote it.")
			return
		}
		name.settled()
		now.set(func(p *session.Prefs) { p.Name = text }, "You are "+text+" from now on.")
	})
	name.field.Help("Lines, approvals and hand-offs carry it. Lines that are written already keep their name.")
	return &settingGroup{
		id: "you", title: "You", words: "name person author actor", side: true,
		body: kit.Column(look.Space2, name.field, kit.Wrap(look.Space2, name.button)),
		show: func(st session.State) {
			now.prefs = st.Prefs
			name.Show(st, st.Prefs.Name)
		},
	}
}
