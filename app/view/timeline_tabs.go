package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// tabRow is a row of words of which one is chosen: that one has a border and a
// fill, the others are words only.
type tabRow struct {
	content *fyne.Container
	buttons map[string]*kit.Button
	chosen  string
}

func newTabRow(options []kit.Option, choose func(id string)) *tabRow {
	r := &tabRow{content: kit.Row(look.Space1), buttons: map[string]*kit.Button{}}
	for _, option := range options {
		button := kit.NewQuiet(option.Word, func() { choose(option.ID) })
		r.buttons[option.ID] = button
		r.content.Add(button)
	}
	return r
}

// Choose marks one of the words.
func (r *tabRow) Choose(id string) {
	if id == r.chosen {
		return
	}
	r.chosen = id
	for each, button := range r.buttons {
		if each == id {
			button.As(kit.Secondary)
		} else {
			button.As(kit.Quiet)
		}
		button.Refresh()
	}
}
