package preview

import (
	"slices"
	"sort"
)

// geometry knows where things that stand below each other begin: the pieces of
// the text, and the blocks of one piece. What was never in sight has a guessed
// height, which is corrected when it comes into sight.
type geometry struct {
	heights []float32
	known   []bool
	tops    []float32 // one more than there are things: the last is the end
}

// reset takes over n things of guessed heights.
func (g *geometry) reset(n int, guess func(i int) float32) {
	g.heights, g.known, g.tops = make([]float32, n), make([]bool, n), make([]float32, n+1)
	for i := range n {
		g.heights[i] = guess(i)
	}
	g.stack(0)
}

// replace puts things of guessed heights in the place of others.
func (g *geometry) replace(from, removed, added int, guess func(i int) float32) {
	if removed != added {
		g.heights = slices.Replace(g.heights, from, from+removed, make([]float32, added)...)
		g.known = slices.Replace(g.known, from, from+removed, make([]bool, added)...)
		g.tops = slices.Replace(g.tops, from, from+removed, make([]float32, added)...)
	}
	for i := from; i < from+added; i++ {
		g.heights[i], g.known[i] = guess(i), false
	}
	g.stack(from)
}

// stack places the things from one on.
func (g *geometry) stack(from int) {
	if from == 0 && len(g.tops) > 0 {
		g.tops[0] = 0
	}
	if from > 0 {
		from--
	}
	for i := from; i < len(g.heights); i++ {
		g.tops[i+1] = g.tops[i] + g.heights[i]
	}
}

// learn notes the true height of a thing, and says whether it was news.
func (g *geometry) learn(i int, height float32) bool {
	changed := g.heights[i] != height
	g.heights[i], g.known[i] = height, true
	return changed
}

// end is the height of all.
func (g *geometry) end() float32 {
	if len(g.tops) == 0 {
		return 0
	}
	return g.tops[len(g.tops)-1]
}

// at finds the thing that covers y, or the last one above it.
func (g *geometry) at(y float32) int {
	i := sort.Search(len(g.heights), func(i int) bool { return g.tops[i+1] > y })
	return max(min(i, len(g.heights)-1), 0)
}
