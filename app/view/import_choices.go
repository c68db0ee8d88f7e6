package view

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// importChoices are what a person says about a document as a whole: how its
// times are to be read, and where it goes.
type importChoices struct {
	s        *Shell
	zone     *kit.Field
	day      *kit.Field
	order    *kit.Choice
	into     *kit.Choice
	title    *kit.Field
	severity *kit.Choice
	past     *fyne.Container
	content  *fyne.Container
	showing  bool
}

// The places that a document goes to.
const (
	intoOpen = "open"
	intoPast = "past"
)

func newImportChoices(s *Shell) *importChoices {
	c := &importChoices{s: s}
	c.zone = kit.NewField("Zone of bare times").Placeholder("as the document says")
	c.day = kit.NewField("Day of the first entry").Placeholder("as the document says")
	for _, f := range []*kit.Field{c.zone, c.day} {
		f.OnSubmit = func(string) { _ = c.read() } // it says itself what is wrong
		f.OnFocus = func(focused bool) {
			if !focused {
				_ = c.read()
			}
		}
		f.OnChanged = func(string) { f.SetError("") }
	}
	c.order = kit.NewChoice("04/05/2024 is", []kit.Option{
		{ID: string(workflow.DayOrderUntold), Word: "as the document says"},
		{ID: string(workflow.DayFirst), Word: "the 4th of May"},
		{ID: string(workflow.MonthFirst), Word: "the 5th of April"},
	}, func(string) { _ = c.read() })
	c.into = kit.NewChoice("It goes into", nil, func(string) { c.place() })
	c.title = kit.NewField("Title of the incident")
	c.title.OnSubmit = func(string) { c.place() }
	c.title.OnFocus = func(focused bool) {
		if !focused {
			c.place()
		}
	}
	c.title.OnChanged = func(string) { c.title.SetError("") }
	c.severity = kit.NewChoice("Severity", nil, func(string) { c.place() })
	c.past = kit.Row(look.Space3, kit.Grow(slim(160, c.title)), kit.Fixed(150, c.severity))
	c.content = kit.Column(look.Space3,
		kit.Grid(look.Space3, 4, slim(170, c.zone), slim(170, c.day), slim(170, c.order), slim(170, c.into)), c.past)
	return c
}

// Show never changes a text that somebody is typing.
func (c *importChoices) Show(st session.State) {
	now := st.Import
	c.showing = true
	defer func() { c.showing = false }()
	if !c.zone.Focused() {
		c.zone.SetText(now.As.Zone)
	}
	if !c.day.Focused() {
		c.day.SetText(now.As.Day)
	}
	c.order.Choose(string(now.As.DayOrder))
	options := []kit.Option{{ID: intoPast, Word: "the history"}}
	if st.Incident.Declared() {
		options = append([]kit.Option{{ID: intoOpen, Word: "“" + beginning(st.Incident.Triage.Title.Get(), 40) + "”"}}, options...)
	}
	c.into.SetOptions(options)
	c.into.Choose(intoOpen)
	if now.Past {
		c.into.Choose(intoPast)
	}
	if !c.title.Focused() {
		c.title.SetText(now.Title)
	}
	levels := []kit.Option{{ID: "", Word: severityWord("")}}
	for _, level := range st.Policy.Levels {
		levels = append(levels, kit.Option{ID: level.ID, Word: level.ID})
	}
	c.severity.SetOptions(levels)
	c.severity.Placeholder(severityWord(""))
	c.severity.Choose(now.Severity)
	show(c.past, now.Past)
}

// as is how the document is to be read, as it is typed.
func (c *importChoices) as() workflow.ReadAs {
	as := c.s.state.Import.As
	as.Zone, as.Day, as.DayOrder = trimmed(c.zone), trimmed(c.day), workflow.DayOrder(c.order.Chosen())
	return as
}

// pending says whether something was typed that the document was not read with
// yet.
func (c *importChoices) pending() bool {
	return c.s.state.Import != nil && c.as() != c.s.state.Import.As
}

// read reads the document again with what was said about its times. The error
// says why that cannot be; it stands under its field too.
func (c *importChoices) read() error {
	if c.showing || !c.pending() {
		return nil
	}
	if err := session.CheckReadAs(c.as()); err != nil {
		c.refuse(err)
		c.s.layers.Refresh()
		return err
	}
	c.s.ReadImportAs(c.as())
	return nil
}

// place says where the document goes.
func (c *importChoices) place() {
	if !c.showing && c.s.state.Import != nil {
		c.s.ImportInto(c.into.Chosen() == intoPast, trimmed(c.title), c.severity.Chosen())
	}
}

// refuse shows a refusal under the input that it is about.
func (c *importChoices) refuse(err error) {
	var rule *workflow.RuleError
	if !errors.As(err, &rule) {
		return
	}
	switch rule.Field {
	case "zone":
		c.zone.SetError(rule.Says)
	case "day":
		c.day.SetError(rule.Says)
	case "title":
		c.title.SetError(rule.Says)
	}
}

func trimmed(f *kit.Field) string { return strings.TrimSpace(f.Text()) }
