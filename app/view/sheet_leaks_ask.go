package view

import (
	"fmt"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// askBlot asks before words leave the log for good. To leave them there is the
// key's answer.
func (l *leaksSheet) askBlot() {
	one, ok := l.chosen()
	if !ok {
		return
	}
	s := l.s
	why := kit.NewField("Why, for the record").Placeholder("pasted by mistake")
	wrong := newPlanNote("error", look.ErrorText)
	wrong.box.Hide()
	leave := kit.NewPrimary("Leave it in the log", func() { s.CloseLayer("leak-blot") })
	gone := kit.NewButton("Blot it out for good", nil).As(kit.Danger)
	gone.SetRun(func() {
		gone.SetOff("It is being blotted out")
		s.Blot([]workflow.Leak{one}, why.Text(), func(err error) {
			if err == nil {
				s.CloseLayer("leak-blot")
				return
			}
			gone.SetOff("")
			wrong.text.SetText(err.Error())
			show(wrong.box, true)
			s.layers.Refresh()
		})
	})
	s.openSheet(&kit.Layer{
		ID: "leak-blot", Title: "Blot it out of the log?", Width: 620, First: leave, Default: leave, Actions: []*kit.Button{leave, gone},
		Body: kit.NewScroller(kit.Column(look.Space4,
			kit.NewText(fmt.Sprintf("%s  %s, in %s.", capital(one.Secret.Name), one.Secret.Mask(), plural(len(one.Places), "place", "places"))).Bold().Wrapped(),
			kit.NewText("It is overwritten in the log, in search and in half-typed text, and “"+one.Secret.Marker()+"” stands in its place. The words around it stay, and so does your name and the reason. This cannot be undone.").Wrapped(),
			kit.NewText("Backups that were made before still hold it, and so do files that were exported already and the contents of attached files.").In(look.Muted).Wrapped(),
			why, wrong.box)).Fitted(),
	}, nil)
}

// askAnyway asks before secrets leave on which nobody has decided. To go back is
// the key's answer; that they left, and on whose word, stays on record.
func (l *leaksSheet) askAnyway() {
	s := l.s
	held := heldSecrets(s.state.Leaks.List)
	names := ""
	for _, one := range held {
		names += fmt.Sprintf("%s  %s, %s\n", capital(one.Secret.Name), one.Secret.Mask(), leakWhere(one))
	}
	why := kit.NewField("Why they may leave").Placeholder("revoked an hour ago")
	back := kit.NewPrimary("Go back and decide", func() { s.CloseLayer("leak-anyway") })
	export := kit.NewButton("Export with "+plural(len(held), "secret", "secrets"), nil).As(kit.Danger)
	export.SetRun(func() {
		if why.Text() == "" {
			why.SetError("Say why: it stays on record.")
			why.Focus()
			return
		}
		s.CloseLayer("leak-anyway")
		s.CloseLayer(leaksLayer)
		s.exportAnyway(why.Text())
	})
	s.openSheet(&kit.Layer{
		ID: "leak-anyway", Title: "Export with secrets in it?", Width: 620, First: back, Default: back, Actions: []*kit.Button{back, export},
		Body: kit.NewScroller(kit.Column(look.Space4,
			kit.NewText("These would leave, readable for everybody who sees the documents:").Wrapped(),
			kit.NewMono(names).Wrapped(), why)).Fitted(),
	}, nil)
}
