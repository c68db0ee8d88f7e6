package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// input is one input of a form. Its name is both the RuleError.Field that a
// refusal is shown under and the last part of its draft's name.
type input struct {
	name    string
	label   string
	hint    string       // muted example while it is empty
	help    string       // the line beneath
	lines   int          // more than 1: a field that grows
	mono    bool         // commands and times
	options []kit.Option // a choice instead of a field
	big     bool         // all options in sight, instead of a list to drop down
	tick    bool         // a tick instead of a field; it holds "yes" or nothing
	start   string       // what it holds when nobody typed yet
	beside  bool         // stands at the right of the input before it
}

// pick is an input whose value is chosen, not typed.
type pick interface {
	Chosen() string
	Choose(id string)
}

// tickPick is a tick as a choice between "yes" and nothing.
type tickPick struct{ check *kit.Check }

func (t tickPick) Chosen() string {
	if t.check.On() {
		return "yes"
	}
	return ""
}

func (t tickPick) Choose(id string) { t.check.Set(id != "") }

func (f *form) widgetFor(in input) fyne.CanvasObject {
	if in.tick || in.big {
		return f.pickFor(in)
	}
	if len(in.options) > 0 {
		c := kit.NewChoice(in.label, in.options, func(id string) {
			f.ask.Draft(f.draft(in.name), id)
			f.heard(in.name)
		})
		c.Choose(in.start)
		f.choices[in.name] = c
		return f.withWrong(in.name, c)
	}
	field := kit.NewField(in.label)
	if in.lines > 1 {
		field = kit.NewLongField(in.label, in.lines, in.lines+6)
	}
	if in.mono {
		field.Mono()
	}
	field.Placeholder(in.hint).Help(in.help)
	field.SetText(in.start)
	field.OnChanged = func(text string) {
		field.SetError("")
		if !f.showing {
			f.ask.Draft(f.draft(in.name), text)
			f.heard(in.name)
		}
	}
	field.OnSubmit = func(string) { f.Submit() }
	f.fields[in.name] = field
	return field
}

// pickFor makes a big choice or a tick.
func (f *form) pickFor(in input) fyne.CanvasObject {
	chosen := func(id string) {
		f.ask.Draft(f.draft(in.name), id)
		f.wrongs[in.name].Hide()
		f.heard(in.name)
	}
	if in.tick {
		check := kit.NewCheck(in.label, nil)
		pick := tickPick{check}
		check.OnChanged = func(bool) { chosen(pick.Chosen()) }
		pick.Choose(in.start)
		f.picks[in.name] = pick
		return f.withWrong(in.name, check)
	}
	segments := kit.NewSegmented(in.options, chosen)
	segments.Choose(in.start)
	f.picks[in.name] = segments
	if in.label == "" {
		return f.withWrong(in.name, segments)
	}
	return f.withWrong(in.name, kit.Column(look.Space2, kit.NewText(in.label).Bold(), segments))
}

// withWrong leaves room under an input for why it was refused.
func (f *form) withWrong(name string, o fyne.CanvasObject) fyne.CanvasObject {
	wrong := kit.NewCaption("").In(look.ErrorText).Wrapped()
	wrong.Hide()
	f.wrongs[name] = wrong
	return kit.Column(look.Space1, o, wrong)
}

// Value is what an input holds now.
func (f *form) Value(name string) string {
	if field, ok := f.fields[name]; ok {
		return field.Text()
	}
	if c, ok := f.choices[name]; ok {
		return c.Chosen()
	}
	if p, ok := f.picks[name]; ok {
		return p.Chosen()
	}
	return ""
}

// Set puts a value into an input without making a draft of it.
func (f *form) Set(name, value string) {
	f.showing = true
	defer func() { f.showing = false }()
	if field, ok := f.fields[name]; ok && field.Text() != value {
		field.SetText(value)
		if !field.Focused() {
			field.CursorToEnd() // what was half-typed is written on
		}
	}
	if c, ok := f.choices[name]; ok && c.Chosen() != value {
		c.Choose(value)
	}
	if p, ok := f.picks[name]; ok && p.Chosen() != value {
		p.Choose(value)
	}
}
