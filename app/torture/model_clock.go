package main

import (
	"slices"
	"time"
)

// handClock is a clock that is moved by hand. What people see can be set back or
// jump ahead; timers know nothing of that, as on a real computer.
type handClock struct {
	running time.Duration // since the story began, while awake
	slept   time.Duration
	set     time.Duration // by a person or by the network
	alarms  []*alarm
}

type alarm struct {
	due  time.Duration
	call func()
	off  bool
}

// Now is what the clock shows.
func (h *handClock) Now() time.Time { return alert().Add(h.running + h.slept + h.set) }

// Steady counts on whatever the clock is set to.
func (h *handClock) Steady() time.Duration { return h.running + h.slept }

// After calls back once the clock has run on so far.
func (h *handClock) After(d time.Duration, call func()) (stop func()) {
	a := &alarm{due: h.running + d, call: call}
	h.alarms = append(h.alarms, a)
	return func() { a.off = true }
}

// pass lets time go by; what comes due runs in its order, and settles.
func (h *handClock) pass(d time.Duration, settle func()) {
	end := h.running + d
	for {
		h.alarms = slices.DeleteFunc(h.alarms, func(a *alarm) bool { return a.off })
		next := h.next(end)
		if next == nil {
			break
		}
		h.running, next.off = next.due, true
		next.call()
		settle()
	}
	h.running = end
}

func (h *handClock) next(end time.Duration) *alarm {
	var first *alarm
	for _, a := range h.alarms {
		if a.due <= end && (first == nil || a.due < first.due) {
			first = a
		}
	}
	return first
}
