package view

import (
	"errors"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// form is a few inputs and a button that together ask for one thing. What is
// half-typed is a draft; it leaves its field only when the disk has the event.
type form struct {
	id      string
	ask     Asker
	fields  map[string]*kit.Field
	choices map[string]*kit.Choice
	picks   map[string]pick      // big choices and ticks
	wrongs  map[string]*kit.Text // refusals under choices and ticks
	order   []input
	also    []string // drafts of what stands beside the form and goes with it
	button  *kit.Button
	says    *kit.Text // a refusal that belongs to the whole form
	content fyne.CanvasObject
	inputs  fyne.CanvasObject // the content without its button, for whoever has a button of their own
	build   func(value func(name string) string) (workflow.Intent, error)
	send    func(done func(error)) // asks for more than one intent; instead of build
	done    string                 // said in the strip when it worked; empty: nothing
	after   func()
	changed func(name string) // hears that a person typed or chose
	moved   func()            // hears that the inputs need another height
	resized func()            // hears that a refusal came or went, which changes the height
	showing bool
}

// newForm makes a form. Build turns the values into an intent; an error of it
// is shown like a refusal.
func newForm(ask Asker, id, word, done string, build func(value func(string) string) (workflow.Intent, error), inputs ...input) *form {
	f := &form{
		id: id, ask: ask, build: build, done: done, order: inputs,
		fields: map[string]*kit.Field{}, choices: map[string]*kit.Choice{}, picks: map[string]pick{}, wrongs: map[string]*kit.Text{},
	}
	column := kit.Column(look.Space2)
	for i := 0; i < len(inputs); {
		line := []fyne.CanvasObject{f.widgetFor(inputs[i])}
		for i++; i < len(inputs) && inputs[i].beside; i++ {
			line = append(line, f.widgetFor(inputs[i]))
		}
		if len(line) == 1 {
			column.Add(line[0])
		} else {
			column.Add(kit.Grid(look.Space3, len(line), line...))
		}
	}
	f.says = kit.NewCaption("").In(look.ErrorText).Wrapped()
	f.says.Hide()
	f.button = kit.NewPrimary(word, f.Submit).Key("Ctrl+Enter")
	column.Add(f.says)
	f.inputs = column
	f.content = kit.Column(look.Space2, column, kit.Row(look.Space2, f.button))
	return f
}

func (f *form) heard(name string) {
	if f.changed != nil {
		f.changed(name)
	}
}

func (f *form) draft(name string) string { return f.id + "." + name }

// drafts lists the draft names of all inputs.
func (f *form) drafts() []string {
	names := make([]string, len(f.order))
	for i, in := range f.order {
		names[i] = f.draft(in.name)
	}
	return append(names, f.also...)
}

// Start changes what an input holds while nobody has typed in it.
func (f *form) Start(name, value string) {
	for i, in := range f.order {
		if in.name != name || in.start == value {
			continue
		}
		untouched := f.Value(name) == in.start
		if field, ok := f.fields[name]; ok && field.Focused() {
			untouched = false
		}
		f.order[i].start = value
		if untouched {
			f.Set(name, value)
		}
	}
}

// Typed says whether an input holds anything that it did not start with.
func (f *form) Typed() bool {
	for _, in := range f.order {
		if f.Value(in.name) != in.start {
			return true
		}
	}
	return false
}

// Show brings drafts back into inputs that nobody is typing in.
func (f *form) Show(st session.State) {
	for _, in := range f.order {
		if field, ok := f.fields[in.name]; ok && field.Focused() {
			continue
		}
		if d, ok := st.Drafts[f.draft(in.name)]; ok {
			f.Set(in.name, d.Text)
		}
	}
}

// Submit asks for what the form says.
func (f *form) Submit() {
	f.clearErrors()
	sent := map[string]string{}
	for _, in := range f.order {
		sent[in.name] = f.Value(in.name)
	}
	done := func(err error) {
		if err != nil {
			f.refuse(err)
			return
		}
		f.takeOut(sent)
		if f.after != nil {
			f.after()
		}
	}
	if f.send != nil {
		f.send(done)
		return
	}
	want, err := f.build(f.Value)
	if err != nil {
		f.refuse(err)
		return
	}
	if f.done == "" {
		f.ask.Do(want, done, f.drafts()...)
		return
	}
	f.ask.DoAndOffer(want, f.done, done, f.drafts()...)
}

// takeOut empties the inputs of what is on the disk now. What was changed while
// the disk took its time stays: it is half-typed again.
func (f *form) takeOut(sent map[string]string) {
	for _, in := range f.order {
		if f.Value(in.name) == sent[in.name] {
			f.Set(in.name, in.start)
		}
	}
	f.clearErrors()
}

// refuse shows why not, beside the input that asked.
func (f *form) refuse(err error) {
	var rule *workflow.RuleError
	if errors.As(err, &rule) {
		if field, ok := f.fields[rule.Field]; ok {
			field.SetError(rule.Says)
			f.fit()
			field.Focus()
			return
		}
	}
	f.says.SetText(err.Error())
	f.says.Show()
	f.fit()
}

// fit lays the form out again, and whatever stands around it.
func (f *form) fit() {
	f.content.Refresh()
	if f.resized != nil {
		f.resized()
	}
}

func (f *form) clearErrors() {
	for _, field := range f.fields {
		field.SetError("")
	}
	f.says.Hide()
	f.fit()
}

// Focus puts the caret into the first input.
func (f *form) Focus() {
	for _, in := range f.order {
		if field, ok := f.fields[in.name]; ok {
			field.Focus()
			return
		}
	}
	kit.Focus(f.button)
}

// parseStamp reads what was typed into a time input; empty means now.
func parseStamp(typed string, st session.State) (workflow.Stamp, error) {
	if typed == "" {
		return workflow.Stamp{}, nil
	}
	return workflow.ParseStamp(typed, workflow.StampRef{Now: st.Now, Zone: st.Shown()})
}
