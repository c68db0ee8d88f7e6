package stage

import (
	"slices"
	"time"
)

// Clock is moved by hand.
type Clock struct {
	now    time.Time
	set    time.Duration // how far it was set by hand
	timers []*timer
}

type timer struct {
	due  time.Time
	call func()
	off  bool
}

// Now is the time that the clock was moved to.
func (c *Clock) Now() time.Time { return c.now }

// Steady counts on whatever the clock is set to.
func (c *Clock) Steady() time.Duration { return c.now.Add(-c.set).Sub(time.Unix(0, 0)) }

// Set sets the clock by hand, as a person or the network does. Timers go on as
// if nothing had happened.
func (c *Clock) Set(by time.Duration) {
	c.now, c.set = c.now.Add(by), c.set+by
	for _, t := range c.timers {
		t.due = t.due.Add(by)
	}
}

// After calls back once the clock was moved past a time.
func (c *Clock) After(d time.Duration, call func()) (stop func()) {
	t := &timer{due: c.now.Add(d), call: call}
	c.timers = append(c.timers, t)
	return func() { t.off = true }
}

// move moves the clock on and runs what comes due, in order; settle is called
// after each, so that what it started is done at its own time.
func (c *Clock) move(d time.Duration, settle func()) {
	end := c.now.Add(d)
	for {
		next := c.next(end)
		if next == nil {
			break
		}
		c.now = next.due
		next.off = true
		next.call()
		settle()
	}
	c.now = end
	c.timers = slices.DeleteFunc(c.timers, func(t *timer) bool { return t.off })
}

// jump moves the clock without running what comes due on the way, as a laptop
// does that slept; timers that are past run with the next move.
func (c *Clock) jump(to time.Time) { c.now = to }

func (c *Clock) next(end time.Time) *timer {
	var first *timer
	for _, t := range c.timers {
		if !t.off && !t.due.After(end) && (first == nil || t.due.Before(first.due)) {
			first = t
		}
	}
	if first != nil && first.due.Before(c.now) {
		first.due = c.now // it was due while the laptop slept
	}
	return first
}
