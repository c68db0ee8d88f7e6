//go:build !nogui

package app

import (
	"runtime/debug"

	"fyne.io/fyne/v2"

	"firebreak/app/session"
)

// threads runs the desk on the toolkit's thread and its work beside it. A panic
// in either never reaches the person as a crash: it is reported in a sentence,
// and the desk goes on from what the disk holds.
func threads(report func(fault any, stack []byte)) session.Threads {
	guard := func(run func()) {
		defer func() {
			if p := recover(); p != nil {
				report(p, debug.Stack())
			}
		}()
		run()
	}
	return session.Threads{
		UI:   func(run func()) { onUI(func() { guard(run) }) },
		Work: func(run func()) { go guard(run) },
	}
}

// onUI is the one door to the toolkit's thread.
func onUI(run func()) { fyne.Do(run) }
