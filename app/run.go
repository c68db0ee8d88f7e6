//go:build !nogui

package app

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"firebreak/app/crash"
	"firebreak/app/instance"
	"firebreak/app/journal"
	"firebreak/app/session"
)

// thisRun is what the program knows of itself from start to end, and of the run
// before: it goes into the log and the crash file, never into an incident.
type thisRun struct {
	version string
	clock   session.Clock
	began   time.Duration // on the steady clock
	place   *instance.Held
	log     *journal.Journal
	record  *crash.Record
	past    *crash.Past // the crash of the run before, if it crashed
	alive   time.Time   // when this run last said that it is there
	jump    session.Jump
	saving  bool // false: what was typed last could not be saved
}

// beginRun opens the log and the crash file. Neither stops the start when its
// folder cannot be written.
func beginRun(opts WindowOptions, place *instance.Held, level journal.Level) *thisRun {
	r := &thisRun{version: opts.Version, clock: machineClock{}, place: place, saving: true}
	r.began = r.clock.Steady()
	r.log, _ = journal.Open(opts.Places.Logs, level)
	r.record, r.past = crash.Begin(opts.Places.Logs, opts.Version, r.clock.Now())
	r.log.Info("start", journal.Is("version", journal.Word(opts.Version)), journal.Is("go", journal.Word(runtime.Version())),
		journal.Is("platform", journal.Word(runtime.GOOS+"/"+runtime.GOARCH)), journal.Is("before", r.before()))
	return r
}

// before says in a word how the last run ended.
func (r *thisRun) before() journal.Word {
	switch {
	case r.past != nil:
		return "crashed"
	case r.place.Before() != nil:
		return "stopped"
	default:
		return "closed"
	}
}

func (r *thisRun) since() time.Duration { return r.clock.Steady() - r.began }

// end is the very last of a run that did not crash, or whose crash is on disk.
func (r *thisRun) end() {
	r.log.Info("stop", journal.Took(r.since()))
	r.record.End()
	_ = r.log.Close()
	_ = r.place.Leave()
}

// aliveEvery is how often a run says that it is there.
const aliveEvery = time.Minute

// follow notes what the desk shows of the machine: the clock, the zone, a disk
// that refuses.
func (r *thisRun) follow(st session.State) {
	if st.Now.Sub(r.alive).Abs() >= aliveEvery {
		r.alive = st.Now
		r.place.Alive(st.Now)
	}
	if st.Jump != r.jump {
		r.jump = st.Jump
		r.log.Warn("clock.jumped", journal.Count("seconds", int(st.Jump.By.Seconds())))
	}
	if saving := st.Saved.Trouble == ""; saving != r.saving {
		r.saving = saving
		if saving {
			r.log.Info("saving.again")
		} else {
			r.log.Error("saving.failed")
		}
	}
}

// survived keeps a fault that the program goes on from, and answers its report.
func (r *thisRun) survived(fault any, stack []byte) string {
	r.log.Error("fault")
	return r.record.Fault(r.clock.Now(), fault, stack)
}

// diagnostics is what helps to find a fault: what this program is made of, and
// the last crash. Nothing that anybody wrote is in it, and no path of a person.
func (r *thisRun) diagnostics() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Firebreak %s\nPlatform: %s/%s, %s\n", r.version, runtime.GOOS, runtime.GOARCH, runtime.Version())
	if built, ok := debug.ReadBuildInfo(); ok {
		for _, s := range built.Settings {
			if s.Key == "vcs.revision" {
				fmt.Fprintf(&b, "Commit: %s\n", s.Value)
			}
		}
		for _, dep := range built.Deps {
			if dep.Path == "fyne.io/fyne/v2" || dep.Path == "modernc.org/sqlite" {
				fmt.Fprintf(&b, "%s %s\n", dep.Path, dep.Version)
			}
		}
	}
	if kind := os.Getenv("XDG_SESSION_TYPE"); kind == "x11" || kind == "wayland" {
		fmt.Fprintf(&b, "Display: %s\n", kind)
	}
	fmt.Fprintf(&b, "Running for: %s\nThe run before: %s\n", r.since().Round(time.Second), r.before())
	if r.past != nil {
		fmt.Fprintf(&b, "\nIt crashed at %s:\n%s\n", r.past.At.UTC().Format(time.RFC3339), r.past.Text)
	}
	return b.String()
}
