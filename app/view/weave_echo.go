package view

import (
	"slices"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// weaveEcho repeats the window's message at the foot of the sheet, which lies
// over the strip: what was just done, and the way back.
type weaveEcho struct {
	box  *fyne.Container
	icon *kit.Icon
	says *kit.Text
	undo *kit.Button
	now  *session.Strip
}

func newWeaveEcho(dismiss func()) *weaveEcho {
	e := &weaveEcho{icon: kit.NewIcon("info").Edge(16), says: kit.NewText("").Wrapped()}
	e.undo = kit.NewButton("", func() {
		back := e.now.Back
		dismiss()
		if back != nil {
			back()
		}
	}).Small()
	e.box = kit.Row(look.Space2, e.icon, kit.Grow(e.says), e.undo)
	e.box.Hide()
	return e
}

// Show follows the message. A question and what is wrong with the files are not
// repeated: they stand on the sheet.
func (e *weaveEcho) Show(strip *session.Strip, said []string) {
	e.now = strip
	visible := strip != nil && !strip.Question && !slices.Contains(said, strip.Says)
	show(e.box, visible)
	if !visible {
		return
	}
	tone := kit.Neutral
	if strip.Warning {
		tone = kit.Warn
	}
	e.icon.Set(tone.Icon(), tone.Role())
	e.says.SetText(strip.Says)
	e.undo.SetWord(strip.Undo)
	show(e.undo, strip.Undo != "")
}
