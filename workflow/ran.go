package workflow

import (
	"fmt"
	"time"
)

// RunOrder is a command that somebody wants to have run: from a person's hand,
// or from a playbook that they trust.
type RunOrder struct {
	Use    CommandUse // what it is for
	Words  []string   // program and arguments; without a shell
	Line   string     // as it is shown and kept: the words as they would be typed
	Shell  bool       // Line is given to sh -c, because the playbook says so
	Folder string     // absolute
	Env    []string   // beside the environment of this process: "FIREBREAK_COMMIT=…"
	Limit  time.Duration
}

// RunEnding is how a command came to its end.
type RunEnding string

// The endings.
const (
	RunExited     RunEnding = "exited"      // by itself, with Exit
	RunSignalled  RunEnding = "signalled"   // by a signal that was not ours
	RunTimedOut   RunEnding = "timed-out"   // it was ended at its time limit
	RunCancelled  RunEnding = "cancelled"   // a person ended it
	RunNotStarted RunEnding = "not-started" // Says tells why
)

// Ran is how a command that was run here ended: a fact from outside.
type Ran struct {
	Ending  RunEnding
	Exit    int    // of one that exited; else -1
	Signal  string // "killed"
	Took    time.Duration
	Printed int64  // bytes, on both outputs
	Tail    string // the end of what it printed, at most 8 KiB, valid UTF-8
	Says    string // how it ended, in a sentence for a person; "" when it exited with 0
	Line    string // the command as it may be kept: secrets of the environment are left out
}

// Well says whether a command did what it should.
func (r Ran) Well() bool { return r.Ending == RunExited && r.Exit == 0 }

// Briefly says a duration that somebody waits for: "41 s", "2 min 3 s",
// "1 h 5 min". A start is "0 s".
func Briefly(d time.Duration) string {
	d = max(0, d)
	seconds := int(d.Round(time.Second) / time.Second)
	part := func(big int, unit string, small int, of string) string {
		if small == 0 {
			return fmt.Sprintf("%d %s", big, unit)
		}
		return fmt.Sprintf("%d %s %d %s", big, unit, small, of)
	}
	switch {
	case d > 0 && d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case seconds < 60:
		return fmt.Sprintf("%d s", seconds)
	case seconds < 3600:
		return part(seconds/60, "min", seconds%60, "s")
	default:
		return part(seconds/3600, "h", seconds%3600/60, "min")
	}
}
