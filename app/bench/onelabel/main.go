// Command onelabel is the floor of every window: the toolkit with one label. It
// is built with the same flags as the program, and measured beside it.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func main() {
	window := app.NewWithID("io.github.firebreak.OneLabel").NewWindow("One label")
	window.SetContent(container.NewCenter(widget.NewLabel("Nothing burns.")))
	window.Resize(fyne.NewSize(1280, 800)) // as large as the program's own first window
	window.ShowAndRun()
}
