//go:build !nogui

package app

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"firebreak/app/crash"
	"firebreak/app/instance"
	"firebreak/app/session"
)

// tellOfTheLastRun offers the crash of the run before. One that was only cut
// off, by a flat battery or by force, is told in passing.
func (w *window) tellOfTheLastRun() {
	if strip := lastRun(w.run.past, w.run.place.Before(), w.run.clock.Now(), w.desk.State().Shown()); strip != nil {
		if strip.Warning {
			strip.More = w.reportOffers(w.run.past.Path)
		}
		w.desk.Say(*strip)
	}
}

// lastRun says how the run before ended; nil when there is nothing to say.
func lastRun(past *crash.Past, before *instance.Note, now time.Time, zone *time.Location) *session.Strip {
	switch {
	case past != nil:
		return &session.Strip{
			Says:    "Firebreak ended unexpectedly at " + momentWords(past.At, now, zone) + ". Everything that was saved is there.",
			Warning: true, Kept: true,
		}
	case before != nil:
		return &session.Strip{
			Says: "Firebreak was stopped without being closed, some time after " + momentWords(before.Seen, now, zone) + ". Everything that was saved is there.",
			Kept: true,
		}
	default:
		return nil
	}
}

// momentWords is a moment as somebody says it: "14:47Z", or with its day when
// that is another.
func momentWords(at, now time.Time, zone *time.Location) string {
	at, now = at.In(zone), now.In(zone)
	clock := at.Format("15:04")
	if zone == time.UTC {
		clock += "Z"
	}
	if at.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return clock
	}
	return fmt.Sprintf("%s on %s", clock, at.Format("2 Jan 2006"))
}

// reportOffers are the ways on about a report of a fault.
func (w *window) reportOffers(path string) []session.Offer {
	offers := []session.Offer{{Word: "Copy diagnostics", Run: func() {
		text := w.run.diagnostics()
		if report, err := os.ReadFile(path); err == nil && (w.run.past == nil || path != w.run.past.Path) {
			text += "\n" + string(report)
		}
		w.Copy(text)
	}}}
	if path != "" {
		offers = append(offers, session.Offer{Word: "Show file", Run: func() { w.OpenPath(path) }})
	}
	return offers
}

// untilClosed runs the window. A fault in the toolkit's own thread ends it, but
// not before what is half-typed is on disk and the fault is kept for the next
// start.
func (w *window) untilClosed() (exit int) {
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		w.run.record.Fatal(fault, debug.Stack())
		w.run.log.Error("crash")
		w.rescue()
		fmt.Fprintln(os.Stderr, "Firebreak ended unexpectedly. Everything that was saved is there, and what was half-typed is kept. The next start says more.")
		exit = exitFailed
	}()
	w.win.ShowAndRun()
	w.rescue() // the system can end the window without asking
	return 0
}

// rescue saves what is half-typed when the desk cannot be asked any more.
func (w *window) rescue() {
	defer func() { _ = recover() }() // nothing is left to try
	w.desk.Rescue()
}
