package repo

import (
	"cmp"
	"slices"
)

// mostEdits bounds the search for a shortest difference between two lines that
// both files share: its time and memory grow with the square of it. Beyond
// it the whole block counts as replaced, which is true, only less fine.
const mostEdits = 1000

// edit replaces old lines by new lines: half-open ranges, one may be empty.
type edit struct{ oldFrom, oldTo, newFrom, newTo int }

// span is a part of both files that is still to be compared.
type span = edit

// diffLines finds the edits that turn old into new, in order and never
// touching each other. It first pins the lines that occur once in both files
// (patience diff: these are what a reader recognises), then searches the gaps
// between them for the shortest difference (Myers). What both begin and end with
// is set aside first: a document that grew by a line costs little more than that.
func diffLines(old, new []string) []edit {
	head := 0
	for head < min(len(old), len(new)) && old[head] == new[head] {
		head++
	}
	tail := 0
	for tail < min(len(old), len(new))-head && old[len(old)-1-tail] == new[len(new)-1-tail] {
		tail++
	}
	edits := diffMiddle(old[head:len(old)-tail], new[head:len(new)-tail])
	for i := range edits {
		edits[i].oldFrom += head
		edits[i].oldTo += head
		edits[i].newFrom += head
		edits[i].newTo += head
	}
	slideLast(edits, old, new)
	return edits
}

// slideLast moves the last edit down over lines that are like its own, where git
// would have it too: what was set aside at the end may begin with them.
func slideLast(edits []edit, old, new []string) {
	if len(edits) == 0 {
		return
	}
	e := &edits[len(edits)-1]
	inserts, deletes := e.oldFrom == e.oldTo, e.newFrom == e.newTo
	for e.oldTo < len(old) && e.newTo < len(new) &&
		(inserts && new[e.newFrom] == new[e.newTo] || deletes && old[e.oldFrom] == old[e.oldTo]) {
		e.oldFrom++
		e.oldTo++
		e.newFrom++
		e.newTo++
	}
}

func diffMiddle(old, new []string) []edit {
	a, b := numbered(old, new)
	var edits []edit
	at := span{0, 0, 0, 0}
	ends := append(anchors(a, b), [2]int{len(a), len(b)})
	for _, end := range ends {
		gap := span{at.oldTo, end[0], at.newTo, end[1]}
		edits = append(edits, shortest(a, b, gap)...)
		at = span{oldTo: end[0], newTo: end[1]}
	}
	return merged(edits)
}

// numbered gives equal lines equal numbers, which compare faster than text.
func numbered(old, new []string) (a, b []int) {
	number := map[string]int{}
	assign := func(lines []string) []int {
		ids := make([]int, len(lines))
		for i, line := range lines {
			id, known := number[line]
			if !known {
				id = len(number)
				number[line] = id
			}
			ids[i] = id
		}
		return ids
	}
	return assign(old), assign(new)
}

// anchors pairs the lines that occur exactly once in each file, and keeps the
// longest run of pairs that rises in both.
func anchors(a, b []int) [][2]int {
	type seen struct{ inOld, inNew, oldAt, newAt int }
	lines := map[int]*seen{}
	entry := func(id int) *seen {
		if lines[id] == nil {
			lines[id] = &seen{}
		}
		return lines[id]
	}
	for i, id := range a {
		entry(id).inOld++
		entry(id).oldAt = i
	}
	for i, id := range b {
		entry(id).inNew++
		entry(id).newAt = i
	}
	var pairs [][2]int
	for _, id := range a {
		if line := lines[id]; line.inOld == 1 && line.inNew == 1 {
			pairs = append(pairs, [2]int{line.oldAt, line.newAt})
		}
	}
	return longestRising(pairs)
}

// longestRising picks the longest subsequence whose second numbers rise; the
// first ones rise already. piles[n] is the last pair of the best run of n+1.
func longestRising(pairs [][2]int) [][2]int {
	var piles []int
	previous := make([]int, len(pairs))
	for i, pair := range pairs {
		pile, _ := slices.BinarySearchFunc(piles, pair[1], func(top, wanted int) int {
			return cmp.Compare(pairs[top][1], wanted)
		})
		previous[i] = -1
		if pile > 0 {
			previous[i] = piles[pile-1]
		}
		if pile == len(piles) {
			piles = append(piles, i)
		} else {
			piles[pile] = i
		}
	}
	run := make([][2]int, len(piles))
	for n, i := len(piles)-1, -1; n >= 0; n-- {
		if i < 0 {
			i = piles[n]
		}
		run[n] = pairs[i]
		i = previous[i]
	}
	return run
}

// shortest is Myers' greedy search within gap, after equal ends are taken off.
func shortest(a, b []int, gap span) []edit {
	for gap.oldFrom < gap.oldTo && gap.newFrom < gap.newTo && a[gap.oldFrom] == b[gap.newFrom] {
		gap.oldFrom, gap.newFrom = gap.oldFrom+1, gap.newFrom+1
	}
	for gap.oldFrom < gap.oldTo && gap.newFrom < gap.newTo && a[gap.oldTo-1] == b[gap.newTo-1] {
		gap.oldTo, gap.newTo = gap.oldTo-1, gap.newTo-1
	}
	if gap.oldFrom == gap.oldTo && gap.newFrom == gap.newTo {
		return nil
	}
	if gap.oldFrom == gap.oldTo || gap.newFrom == gap.newTo {
		return []edit{gap}
	}
	rounds := search(a[gap.oldFrom:gap.oldTo], b[gap.newFrom:gap.newTo])
	if rounds == nil {
		return []edit{gap}
	}
	return traceBack(rounds, gap)
}

// search follows, for each number of edits d, how far every diagonal k = x - y
// gets. It gives the state before each round, or nil beyond mostEdits. Round
// d holds the diagonals -d-1..d+1, so k lies at index k+d+1.
func search(a, b []int) [][]int {
	state := []int{0, 0, 0}
	var rounds [][]int
	for d := 0; d <= min(len(a)+len(b), mostEdits); d++ {
		rounds = append(rounds, state)
		next := make([]int, 2*d+5)
		for k := -d; k <= d; k += 2 {
			x := reach(state, d, k)
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			next[k+d+2] = x
			if x == len(a) && x-k == len(b) {
				return rounds
			}
		}
		state = next
	}
	return nil
}

// reach is where diagonal k starts in round d: one down from k+1 (a line
// added), or one right from k-1 (a line removed), whichever got further.
func reach(state []int, d, k int) int {
	if d == 0 {
		return 0
	}
	if addsLine(state, d, k) {
		return state[k+1+d+1]
	}
	return state[k-1+d+1] + 1
}

func addsLine(state []int, d, k int) bool {
	return k == -d || k != d && state[k-1+d+1] < state[k+1+d+1]
}

// traceBack walks from the end of the gap to its start, round by round.
func traceBack(rounds [][]int, gap span) []edit {
	var edits []edit
	k := (gap.oldTo - gap.oldFrom) - (gap.newTo - gap.newFrom)
	for d := len(rounds) - 1; d > 0; d-- {
		x := reach(rounds[d], d, k)
		one := edit{gap.oldFrom + x, gap.oldFrom + x, gap.newFrom + x - k, gap.newFrom + x - k}
		if addsLine(rounds[d], d, k) {
			one.newFrom--
			k++
		} else {
			one.oldFrom--
			k--
		}
		edits = append(edits, one)
	}
	slices.Reverse(edits)
	return edits
}

// merged joins edits that follow each other without an unchanged line between.
func merged(edits []edit) []edit {
	var all []edit
	for _, each := range edits {
		if last := len(all) - 1; last >= 0 && all[last].oldTo == each.oldFrom && all[last].newTo == each.newFrom {
			all[last].oldTo, all[last].newTo = each.oldTo, each.newTo
			continue
		}
		all = append(all, each)
	}
	return all
}
