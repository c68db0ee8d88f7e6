package view

import (
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// timeInput is a field for a time with buttons for the usual ones, and a live
// line that says how the text is understood.
type timeInput struct {
	field   *kit.Field
	content fyne.CanvasObject
	empty   string // said while nothing is typed
	read    func(typed string) (workflow.Stamp, error)
	state   session.State
}

// newTimeInput follows a field whose changes somebody else keeps.
func newTimeInput(field *kit.Field, empty string, read func(string) (workflow.Stamp, error)) *timeInput {
	t := &timeInput{field: field, empty: empty, read: read}
	t.content = field
	focus := field.OnFocus
	field.OnFocus = func(on bool) {
		if focus != nil {
			focus(on)
		}
		t.Reread()
	}
	return t
}

// quickFrom is the width from which the buttons stand beside the field.
const quickFrom float32 = 560

// Quick sets buttons for the usual times beside the field, or under it.
func (t *timeInput) Quick() *timeInput {
	buttons := kit.Row(look.Space2)
	for _, quick := range []struct {
		word string
		back time.Duration
	}{{"now", 0}, {"-5m", 5 * time.Minute}, {"-15m", 15 * time.Minute}, {"-1h", time.Hour}} {
		buttons.Add(kit.NewButton(quick.word, func() { t.put(quick.back) }))
	}
	underLabel := kit.Column(look.Space1, kit.NewText(" ").Bold(), buttons)
	t.content = kit.NewResponsive(quickFrom,
		kit.TopRow(look.Space3, kit.Grow(t.field), underLabel),
		kit.Column(look.Space2, t.field, buttons))
	return t
}

// put writes the time so long ago as a whole stamp: it stays what it is, however
// long the rest of the typing takes.
func (t *timeInput) put(back time.Duration) {
	zone := t.state.Shown()
	t.field.SetText(workflow.StampAt(t.state.Now.Add(-back), zone).Full(zone))
	t.Reread()
}

// Show follows the clock.
func (t *timeInput) Show(st session.State) {
	t.state = st
	t.Reread()
}

// Reread says how the text is understood. While it is being typed, what is not
// a time yet is no error.
func (t *timeInput) Reread() {
	if t.state.Now.IsZero() {
		return
	}
	if t.field.Text() == "" {
		t.field.SetError("")
		t.field.SetHelp(t.empty)
		return
	}
	at, err := t.read(t.field.Text())
	switch {
	case err == nil:
		t.field.SetError("")
		t.field.SetHelp(reading(at, t.state))
	case t.field.Focused():
		t.field.SetHelp("Not a time yet. Type 14:32, -5m, yesterday 23:50 or ~13:30.")
	default:
		t.field.SetError(err.Error())
	}
}
