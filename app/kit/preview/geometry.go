package preview

import "sort"

// geometry knows where every block stands. Blocks that were never in sight have
// a guessed height, which is corrected when they come into sight.
type geometry struct {
	heights []float32
	known   []bool
	tops    []float32 // one more than there are blocks: the last is the end
}

// reset takes over a document. Heights of blocks that were there before stay.
func (g *geometry) reset(blocks []Block, before map[uint64]float32, guess func(*Block) float32) {
	g.heights = make([]float32, len(blocks))
	g.known = make([]bool, len(blocks))
	g.tops = make([]float32, len(blocks)+1)
	for i := range blocks {
		height, ok := before[blocks[i].ID]
		if !ok {
			height = guess(&blocks[i])
		}
		g.heights[i], g.known[i] = height, ok
	}
	g.stack(0)
}

// stack places the blocks from one on.
func (g *geometry) stack(from int) {
	for i := from; i < len(g.heights); i++ {
		g.tops[i+1] = g.tops[i] + g.heights[i]
	}
}

// learn notes the true height of a block, and says whether it was news.
func (g *geometry) learn(i int, height float32) bool {
	if g.known[i] && g.heights[i] == height {
		return false
	}
	changed := g.heights[i] != height
	g.heights[i], g.known[i] = height, true
	return changed
}

// end is the height of the whole text.
func (g *geometry) end() float32 {
	if len(g.tops) == 0 {
		return 0
	}
	return g.tops[len(g.tops)-1]
}

// at finds the block that covers y, or the last one above it.
func (g *geometry) at(y float32) int {
	i := sort.Search(len(g.heights), func(i int) bool { return g.tops[i+1] > y })
	return max(min(i, len(g.heights)-1), 0)
}
