package editor

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// manner is how a change came about: what is typed becomes one step of undo for
// each word, everything else a step of its own.
type manner int

const (
	whole manner = iota // a paste, a new line, a cut
	typed
	erasedBack
	erasedAhead
)

// mark is where the caret and the other end of the selection were.
type mark struct{ anchor, caret int }

// step is what one undo takes back.
type step struct {
	changes       []change
	before, after mark
	how           manner
	open          bool // more of the same goes along
}

// remembered is how many bytes of text the history holds; older steps go.
const remembered = 64 << 20

// history is what was done, and what was taken back.
type history struct {
	done   []step
	undone []step
	bytes  int // in done
	group  group
}

// group says whether changes belong together whatever they are.
type group int

const (
	apart group = iota
	begins
	goesOn
)

// add remembers a change.
func (h *history) add(c change, before, after mark, how manner) {
	h.undone = nil
	h.bytes += len(c.removed) + len(c.inserted)
	if last := len(h.done) - 1; last >= 0 && (h.group == goesOn || h.done[last].takes(c, how)) {
		s := &h.done[last]
		s.changes, s.after = append(s.changes, c), after
		if s.how == how {
			s.melt()
		}
	} else {
		h.done = append(h.done, step{changes: []change{c}, before: before, after: after, how: how, open: how != whole})
	}
	if h.group == begins {
		h.group = goesOn
	}
	for h.bytes > remembered && len(h.done) > 1 {
		for _, c := range h.done[0].changes {
			h.bytes -= len(c.removed) + len(c.inserted)
		}
		h.done = h.done[1:]
	}
}

// takes says whether a change belongs to the step before it.
func (s *step) takes(c change, how manner) bool {
	if !s.open || s.how != how {
		return false
	}
	last := s.changes[len(s.changes)-1]
	switch how {
	case typed:
		return c.removed == "" && c.at == last.at+len(last.inserted) && !startsWord(last.inserted, c.inserted)
	case erasedBack:
		return c.at+len(c.removed) == last.at && !startsWord(c.removed, last.removed)
	case erasedAhead:
		return c.at == last.at && !startsWord(last.removed, c.removed)
	default:
		return false
	}
}

// startsWord says whether a text goes on with a new word.
func startsWord(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return unicode.IsSpace(last) && !unicode.IsSpace(first)
}

// melt makes one change of the last two of a step where they touch.
func (s *step) melt() {
	n := len(s.changes)
	if n < 2 {
		return
	}
	a, b := s.changes[n-2], s.changes[n-1]
	switch {
	case s.how == typed && b.removed == "" && b.at == a.at+len(a.inserted):
		a.inserted += b.inserted
	case s.how == erasedBack && a.inserted == "" && b.inserted == "" && b.at+len(b.removed) == a.at:
		a.at, a.removed = b.at, b.removed+a.removed
	case s.how == erasedAhead && a.inserted == "" && b.inserted == "" && a.at == b.at:
		a.removed += b.removed
	default:
		return
	}
	s.changes = append(s.changes[:n-2], a)
}

// close ends the step: what comes next is another.
func (h *history) close() {
	if last := len(h.done) - 1; last >= 0 {
		h.done[last].open = false
	}
}

// together makes all changes of a function one step.
func (h *history) together(change func()) {
	h.close()
	h.group = begins
	change()
	h.group = apart
	h.close()
}

// undo takes the last step back, and reports whether there was one.
func (b *buffer) undo() bool {
	h := &b.past
	last := len(h.done) - 1
	if last < 0 {
		return false
	}
	s := h.done[last]
	h.done = h.done[:last]
	for _, c := range slices.Backward(s.changes) {
		h.bytes -= len(c.removed) + len(c.inserted)
		b.apply(change{at: c.at, removed: c.inserted, inserted: c.removed})
	}
	s.open = false
	h.undone = append(h.undone, s)
	h.close()
	b.anchor, b.caret = s.before.anchor, s.before.caret
	return true
}

// redo does the last undone step again.
func (b *buffer) redo() bool {
	h := &b.past
	last := len(h.undone) - 1
	if last < 0 {
		return false
	}
	s := h.undone[last]
	h.undone = h.undone[:last]
	for _, c := range s.changes {
		h.bytes += len(c.removed) + len(c.inserted)
		b.apply(c)
	}
	h.done = append(h.done, s)
	b.anchor, b.caret = s.after.anchor, s.after.caret
	return true
}
