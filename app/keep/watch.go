package keep

import "time"

// Watch hears how a call to the disk went, for the log: what sort of call, never
// what was in it.
type Watch func(doing string, took time.Duration, err error)

// Watched lets somebody hear how each call goes.
func (s *Shelf) Watched(by Watch) *Shelf {
	s.watch = by
	return s
}

// timed begins to time a call; the answer ends it.
func (s *Shelf) timed(doing string) func(*error) {
	if s.watch == nil {
		return func(*error) {}
	}
	took := stopwatch()
	return func(err *error) { s.watch(doing, took(), *err) }
}
