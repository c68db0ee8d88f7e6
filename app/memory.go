//go:build !nogui

package app

import (
	"runtime/debug"
	"time"

	"firebreak/app/session"
	"firebreak/workflow"
)

// The share of garbage that may lie about, in percent of what is in use. Until
// the first frame time is worth more than memory; from then on much is kept,
// little is made, and collecting it is cheap.
const (
	garbageAtStart = 400
	garbageLater   = 50
)

// openingTakes is more than opening the longest incident takes.
const openingTakes = 3 * time.Second

// startGenerously puts collecting off while the window is built.
func startGenerously() { debug.SetGCPercent(garbageAtStart) }

// giveBack returns to the system what only the start, or the opening of an
// incident, needed: the next collection may be minutes away.
func (w *window) giveBack(shown workflow.IncidentID) {
	if w.shown != nil && shown == *w.shown {
		return
	}
	w.shown = &shown
	session.WallClock{}.After(openingTakes, func() {
		debug.SetGCPercent(garbageLater)
		debug.FreeOSMemory()
	})
}
