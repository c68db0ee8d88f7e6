package workflow

import (
	"reflect"
	"slices"
	"time"
)

// Register is one value that people set: a severity, a text, a tick. Two
// devices may set it without knowing of each other; then it has several heads,
// and when they differ that is a clash, shown until somebody's write has seen
// them all. Last-writer-wins would drop one of them unseen.
type Register[T any] struct {
	heads []Head[T] // newest first
}

// Head is one value that nobody has overwritten yet, and who wrote it.
type Head[T any] struct {
	Event EventID
	By    string
	At    Stamp     // when it became so in the world
	When  time.Time // when it was written down, UTC
	Value T

	device DeviceID
	clock  Clock
}

func (h Head[T]) written() *Event { return &Event{Clock: h.clock, Device: h.device, ID: h.Event} }

// Get is the newest value; the zero value when nobody has set one.
func (r Register[T]) Get() T {
	if len(r.heads) == 0 {
		var zero T
		return zero
	}
	return r.heads[0].Value
}

// Set says whether anybody has set a value.
func (r Register[T]) Set() bool { return len(r.heads) > 0 }

// Head is the newest value with its author; ok is false when there is none.
func (r Register[T]) Head() (h Head[T], ok bool) {
	if len(r.heads) == 0 {
		return h, false
	}
	return r.heads[0], true
}

// Heads lists every value that stands, newest first.
func (r Register[T]) Heads() []Head[T] { return slices.Clone(r.heads) }

// Clashes says whether values that differ stand side by side.
func (r Register[T]) Clashes() bool {
	for _, h := range r.heads[min(1, len(r.heads)):] {
		if !reflect.DeepEqual(h.Value, r.heads[0].Value) {
			return true
		}
	}
	return false
}

// set writes a value: it replaces the heads that its author saw. The slice is
// never changed in place, because older values of the incident share it.
func (r *Register[T]) set(in *Incident, e Event, value T) {
	if in.probe != nil {
		for _, h := range r.heads {
			*in.probe = append(*in.probe, h.Event)
		}
	}
	heads := []Head[T]{{Event: e.ID, By: e.Actor, At: e.At, When: e.Recorded, Value: value, device: e.Device, clock: e.Clock}}
	for _, h := range r.heads {
		own := h.device == e.Device && h.clock < e.Clock // a device has seen its own writes
		if !own && !in.trail.saw(e.Base, h.Event) {
			heads = append(heads, h)
		}
	}
	if len(heads) == 1 {
		r.heads = heads
		return
	}
	slices.SortStableFunc(heads, func(a, b Head[T]) int {
		return b.written().order(a.written())
	})
	r.heads = heads
}
