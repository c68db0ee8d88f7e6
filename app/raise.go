//go:build !nogui

package app

import (
	"errors"
	"fmt"
	"os"

	"firebreak/app/instance"
	"firebreak/app/session"
)

// elsewhere ends a start whose data another window has open. That one was
// brought to the front; one that does not answer is told in a window, because
// whoever started from a menu sees no terminal.
func elsewhere(err error) int {
	var told *instance.Elsewhere
	if errors.As(err, &told) {
		fmt.Fprintln(os.Stdout, told.Says)
		return 0
	}
	return showTrouble(err)
}

// raise brings the window to the front for a second start, and opens what that
// one was asked for.
func (w *window) raise(ask instance.Ask) {
	w.win.Show() // it may be minimised
	w.win.RequestFocus()
	w.run.log.Info("raised")
	switch {
	case ask.Sample && !w.desk.State().Sample:
		w.shell.Run("sample.open")
	case ask.Incident != "" && !ask.Sample && w.desk.State().Sample:
		w.Sample(false, false, func(err error) {
			if err == nil {
				w.openAsked(ask.Incident)
			}
		})
	case ask.Incident != "":
		w.openAsked(ask.Incident)
	}
}

func (w *window) openAsked(begins string) {
	if !w.openNamed(begins) {
		w.desk.Say(session.Strip{Says: "There is no incident whose id begins with what was asked for on the command line. Nothing else was opened.", Warning: true})
	}
}
