//go:build !nogui

package app

import (
	"context"

	"fyne.io/fyne/v2"

	"firebreak/app/outside"
	"firebreak/app/session"
	"firebreak/app/view"
)

var (
	_ view.FilePicker = (*window)(nil)
	_ view.TextPaster = (*window)(nil)
)

// dropped hands files on that were dropped on the window. What is no file of
// this machine has no path to read it by.
func (w *window) dropped(at fyne.Position, addresses []fyne.URI) {
	var paths []string
	for _, address := range addresses {
		if address.Scheme() == "file" {
			paths = append(paths, address.Path())
		}
	}
	w.shell.Drop(at, paths)
}

// ChooseFile lets a person look for files with the system's own dialog.
func (w *window) ChooseFile(done func(paths []string, err error)) {
	var paths []string
	w.desk.Run("choose", func(ctx context.Context) (func(), error) {
		var err error
		paths, err = outside.ChooserHere().Files(ctx)
		return nil, err
	}, func(err error) { done(paths, err) })
}

// Pasted asks the system's own tool for the image on the clipboard, beside the
// window.
func (w *window) Pasted(done func(session.Incoming, error)) {
	var content []byte
	w.desk.Run("paste", func(ctx context.Context) (func(), error) {
		var err error
		content, err = outside.Here().Image(ctx)
		return nil, err
	}, func(err error) { done(session.Bytes("pasted.png", content), err) })
}

// PastedText is the text on the clipboard.
func (w *window) PastedText() string { return w.app.Clipboard().Content() }
