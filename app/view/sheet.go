package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// sheets is what the shell knows of the layers over its screens. A sheet blocks
// nothing, Escape closes it, and what is half-typed in it is a draft.
type sheets struct {
	follow map[string]func(session.State) // of the open ones, by id
	recent []string                       // commands of the palette, newest first
}

// openSheet shows a layer that follows the state until it is closed.
func (s *Shell) openSheet(l *kit.Layer, follow func(session.State)) {
	if s.sheets.follow == nil {
		s.sheets.follow = map[string]func(session.State){}
	}
	s.sheets.follow[l.ID] = follow
	closed := l.OnClose
	l.OnClose = func() {
		delete(s.sheets.follow, l.ID)
		if closed != nil {
			closed()
		}
	}
	if follow != nil {
		follow(s.state)
	}
	s.layers.Open(l)
}

// showSheets brings the open sheets in line with a state. Another incident
// closes them: they speak of the one before.
func (s *Shell) showSheets(st session.State, changed bool) {
	for id, follow := range s.sheets.follow {
		switch {
		case changed:
			s.layers.CloseID(id)
		case follow != nil:
			follow(st)
		}
	}
}

// formSheet is a sheet around one form: what it is about above, the inputs, and
// the form's button where it stays in sight.
type formSheet struct {
	id, title string
	form      *form
	above     []fyne.CanvasObject
	below     []fyne.CanvasObject
	more      []*kit.Button // beside the form's own button
	width     float32
	first     string // the input that gets the focus; else the first
	follow    func(session.State)
}

func (s *Shell) openForm(sheet formSheet) {
	f := sheet.form
	parts := append(append([]fyne.CanvasObject{}, sheet.above...), f.inputs)
	parts = append(parts, sheet.below...)
	body := kit.NewScroller(kit.Column(look.Space4, parts...)).Fitted()
	f.moved = s.layers.Refresh
	after := f.after
	f.after = func() {
		s.layers.CloseID(sheet.id)
		if after != nil {
			after()
		}
	}
	f.Show(s.state)
	layer := &kit.Layer{
		ID: sheet.id, Title: sheet.title, Body: body, Width: sheet.width,
		Actions: append([]*kit.Button{f.button}, sheet.more...), Default: f.button,
	}
	if field, ok := f.fields[sheet.first]; ok {
		layer.First = field.Target()
	}
	s.openSheet(layer, func(st session.State) {
		f.Show(st)
		if sheet.follow != nil {
			sheet.follow(st)
		}
	})
}

// textsOf stacks what a sheet says before it asks.
func textsOf(objects ...fyne.CanvasObject) []fyne.CanvasObject {
	return []fyne.CanvasObject{kit.Column(look.Space1, objects...)}
}
