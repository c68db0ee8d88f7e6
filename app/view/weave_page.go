package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// weaveTexts are the three texts of the increment's one page, each with a form
// to change it in its place.
type weaveTexts struct {
	box   *fyne.Container
	parts []*weaveText
}

// weaveText is one of them.
type weaveText struct {
	part    workflow.Part
	none    string
	heading *kit.Text
	says    *kit.Text
	edit    *kit.Button
	form    *form
	open    *fyne.Container
	fit     func()
	reveal  func(fyne.CanvasObject)
}

func newWeaveTexts(ask Asker, now func() workflow.Incident, fit func()) *weaveTexts {
	write := func(which workflow.Text) func(func(string) string) (workflow.Intent, error) {
		return func(value func(string) string) (workflow.Intent, error) {
			return workflow.WriteText{Which: which, Text: strings.TrimSpace(value("text"))}, nil
		}
	}
	cause := func(value func(string) string) (workflow.Intent, error) {
		if value("guess") != "" && now().Fix.RootCause.Get() == "" {
			return workflow.Assess{Field: workflow.Hypothesis, Text: value("text")}, nil
		}
		return workflow.Identify{Cause: value("text")}, nil
	}
	w := &weaveTexts{}
	add := func(part workflow.Part, heading, none, hint string, build func(func(string) string) (workflow.Intent, error), more ...input) {
		inputs := append([]input{{name: "text", label: heading, lines: 3, hint: hint}}, more...)
		t := &weaveText{
			part: part, none: none, fit: fit, reveal: func(fyne.CanvasObject) {}, heading: kit.NewText(heading).Bold().Cut(), says: kit.NewText("").Wrapped(),
			form: newForm(ask, "weave."+string(part), "Save", heading+" written.", build, inputs...),
		}
		t.build()
		w.parts = append(w.parts, t)
	}
	add(workflow.ProblemPart, "Problem", "Nobody has written it yet.", "Users receive a 500 error on login after the v1.2.3 deploy.", write(workflow.ProblemText))
	add(workflow.CausePart, "Root cause", "Not known yet.", "Regex pattern in token validation was changed in PR #423.", cause,
		input{name: "guess", label: "It is still a hypothesis", tick: true})
	add(workflow.FixPart, "Fix", "Nobody has written it yet.", "Revert token validation to the previous behaviour.", write(workflow.FixText))
	w.box = kit.Column(look.Space3)
	for _, t := range w.parts {
		w.box.Add(kit.Column(0, kit.Row(look.Space2, kit.Grow(t.heading), t.edit), t.says, t.open))
	}
	return w
}

func (t *weaveText) build() {
	t.edit = kit.NewQuiet("Edit", t.Open).Icon("edit").Small()
	t.form.resized = func() { t.fit() }
	t.form.after = t.close
	for _, field := range t.form.fields {
		field.OnEscape = func() bool { t.close(); return true }
	}
	t.open = kit.Column(look.Space2, t.form.inputs,
		kit.Row(look.Space2, kit.NewButton("Save", t.form.Submit).Small(), kit.NewQuiet("Close", t.close).Small()))
	t.open.Hide()
}

// Open shows the form in the place of the text.
func (t *weaveText) Open() {
	show(t.open, true)
	show(t.says, false)
	show(t.edit, false)
	show(t.heading, false)
	t.fit()
	t.reveal(t.open)
	focusIn(t.open, t.form.fields["text"].Target())
}

// close shows the text again; what is half-typed stays a draft.
func (t *weaveText) close() {
	show(t.open, false)
	show(t.says, true)
	show(t.edit, true)
	show(t.heading, true)
	t.fit()
	focusIn(t.says, t.edit)
}

// Show brings the texts in line with a state.
func (w *weaveTexts) Show(st session.State) {
	in := st.Incident
	for _, t := range w.parts {
		text := strings.TrimSpace(in.Text(t.part))
		if t.part == workflow.CausePart {
			w.showCause(t, in)
		}
		t.form.Start("text", text)
		t.form.Show(st)
		role := look.Text
		if text == "" {
			text, role = t.none, look.Muted
		}
		t.says.SetText(shortText(text))
		t.says.SetRole(role)
	}
}

// showCause says whether the cause is known or guessed.
func (w *weaveTexts) showCause(t *weaveText, in workflow.Incident) {
	known := strings.TrimSpace(in.Fix.RootCause.Get()) != ""
	heading, guess := "Root cause", ""
	if !known && in.Text(workflow.CausePart) != "" {
		heading, guess = "Root cause (hypothesis)", "yes"
	}
	t.heading.SetText(heading)
	t.form.Start("guess", guess)
	tick := t.form.picks["guess"].(tickPick)
	show(tick.check, !known)
}

// Caret is the form of these that somebody types in; nil when none is.
func (w *weaveTexts) Caret() *form {
	for _, t := range w.parts {
		if t.open.Visible() && t.form.hasCaret() {
			return t.form
		}
	}
	return nil
}
