package workflow

import "time"

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
