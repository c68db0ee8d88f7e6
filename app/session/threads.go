package session

import "time"

// Threads says where work runs. UI runs a function on the thread that owns the
// desk and the widgets, later and in order; Work runs one beside it. The app
// passes the toolkit's queue and a worker; a test passes one queue that it
// pumps.
type Threads struct {
	UI   func(func())
	Work func(func())
}

// Clock is the time as a value. After calls back on any thread.
type Clock interface {
	Now() time.Time
	// Steady is how long ago some fixed moment was. Setting the clock does not
	// change it; sleep counts where the system can tell.
	Steady() time.Duration
	After(d time.Duration, call func()) (stop func())
}
