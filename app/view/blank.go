package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/session"
)

// blank stands in for a screen that is not there yet.
type blank struct{ content fyne.CanvasObject }

func newBlank(Asker) Pane { return &blank{kit.NewText("")} }

func (b *blank) Content() fyne.CanvasObject { return b.content }
func (b *blank) Show(session.State)         {}
func (b *blank) Enter()                     {}
func (b *blank) Main() bool                 { return false }
