package view

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// timelineDamage stands over the list when changes of the incident are damaged:
// they are in no entry, and nobody must take what is shown for everything.
type timelineDamage struct {
	content fyne.CanvasObject
	says    *kit.Text
	shown   []string
}

func newTimelineDamage(ask Asker) *timelineDamage {
	d := &timelineDamage{says: kit.NewText("").In(look.ErrorText).Wrapped()}
	d.content = kit.Row(look.Space2, kit.NewIcon("error"), kit.Grow(d.says), kit.NewButton("Log health", func() { ask.Run("log.health") }).Small())
	d.content.Hide()
	return d
}

// Show brings it in line with a state.
func (d *timelineDamage) Show(st session.State) {
	if slices.Equal(d.shown, st.Notices) {
		return
	}
	d.shown = st.Notices
	const most = 2
	says := strings.Join(st.Notices[:min(most, len(st.Notices))], " ")
	if more := len(st.Notices) - most; more > 0 {
		says += " " + plural(more, "more change is", "more changes are") + " damaged."
	}
	d.says.SetText(says)
	show(d.content, says != "")
}
