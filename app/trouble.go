//go:build !nogui

package app

import (
	"fmt"
	"os"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// showTrouble says why Firebreak cannot start, in a window of its own: whoever
// starts it from a menu sees no terminal. The sentence is on standard error too.
func showTrouble(trouble error) int {
	fmt.Fprintln(os.Stderr, trouble)
	a := fyneapp.NewWithID(appID)
	a.Settings().SetTheme(look.New(look.System, 1))
	w := a.NewWindow("Firebreak cannot start")
	says := kit.NewLongField("", 5, 9)
	says.SetText(trouble.Error())
	says.SetReadOnly(true)
	quit := kit.NewPrimary("Quit", a.Quit)
	w.SetContent(kit.NewGround(look.Background, kit.Inset(look.Space6, look.Space6, kit.Column(look.Space4,
		kit.NewHeading("Firebreak cannot start"),
		says,
		kit.NewCaption("Nothing was changed. The same data can be looked at from a terminal: firebreak paths.").Wrapped(),
		kit.Row(look.Space2, quit),
	))))
	w.Resize(fyne.NewSize(640, 380))
	w.CenterOnScreen()
	a.Lifecycle().SetOnStarted(func() { kit.Focus(quit) })
	w.ShowAndRun()
	return exitFailed
}
