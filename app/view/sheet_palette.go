package view

import (
	"slices"

	"firebreak/app/kit"
)

// keptRecent is how many commands the palette remembers.
const keptRecent = 8

// openPalette offers every command that could be meant: those that cannot run
// now say why.
func (s *Shell) openPalette() {
	var rows []kit.Command
	for _, c := range Commands() {
		if c.ID == "view.palette" || c.ID == "view.dismiss" || c.ID == "incident.main" {
			continue // they mean the palette itself here
		}
		rows = append(rows, kit.Command{ID: c.ID, Title: c.Label, Key: c.Key(), OffReason: c.Off(s.state)})
	}
	palette := kit.NewPalette(rows, s.sheets.recent, func(id string) {
		s.CloseLayer("palette")
		s.rememberCommand(id)
		s.Run(id)
	})
	s.openSheet(&kit.Layer{ID: "palette", Body: palette, First: palette.Target(), Place: kit.Top, Width: 640}, nil)
}

func (s *Shell) rememberCommand(id string) {
	recent := slices.DeleteFunc(slices.Clone(s.sheets.recent), func(old string) bool { return old == id })
	recent = append([]string{id}, recent...)
	s.sheets.recent = recent[:min(len(recent), keptRecent)]
	s.Remember("recent", s.sheets.recent)
}
