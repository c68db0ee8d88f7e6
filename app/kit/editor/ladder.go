package editor

import (
	"slices"
	"sort"
)

// ladder knows where each of many pieces begins when they stand one after the
// other. Behind the last place where it was changed the steps are kept without
// the growth since, so that typing in one place costs the same in a long text
// and in a short one.
type ladder[N int | float32] struct {
	steps []N // where each piece begins; one more for the end
	gap   int // the steps behind this one lack the shift
	shift N
}

// build makes a ladder of pieces of these sizes.
func build[N int | float32](n int, size func(i int) N) ladder[N] {
	steps := make([]N, n+1, n+n/8+16)
	for i := range n {
		steps[i+1] = steps[i] + size(i)
	}
	return ladder[N]{steps: steps, gap: n}
}

// at is where a piece begins; the number of pieces asks for the end.
func (l *ladder[N]) at(i int) N {
	if i > l.gap {
		return l.steps[i] + l.shift
	}
	return l.steps[i]
}

func (l *ladder[N]) len() int { return len(l.steps) - 1 }

func (l *ladder[N]) end() N { return l.at(l.len()) }

// find is the piece that covers a place, or the last one before it.
func (l *ladder[N]) find(place N) int {
	i := sort.Search(l.len(), func(i int) bool { return l.at(i+1) > place })
	return max(min(i, l.len()-1), 0)
}

// splice puts pieces of these sizes into the place of others.
func (l *ladder[N]) splice(first, gone int, sizes ...N) {
	for l.gap < first {
		l.gap++
		l.steps[l.gap] += l.shift
	}
	for l.gap > first {
		l.steps[l.gap] -= l.shift
		l.gap--
	}
	before, y := l.at(first+gone), l.steps[first]
	for i, size := range sizes { // sizes become steps
		y += size
		sizes[i] = y
	}
	l.steps = slices.Replace(l.steps, first+1, first+gone+1, sizes...)
	l.gap += len(sizes)
	l.shift += y - before
}
