package editor

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestALadderIsTheSumOfItsPieces(t *testing.T) {
	t.Parallel()
	lots := rand.New(rand.NewPCG(3, 3))
	var sizes []int
	l := build(0, func(int) int { return 0 })
	for range 20_000 {
		first := lots.IntN(len(sizes) + 1)
		gone := lots.IntN(min(len(sizes)-first, 4) + 1)
		come := make([]int, lots.IntN(4))
		for i := range come {
			come[i] = 1 + lots.IntN(30)
		}
		sizes = slices.Replace(sizes, first, first+gone, come...)
		l.splice(first, gone, come...)
		require.Equal(t, len(sizes), l.len())
		end, i := 0, lots.IntN(len(sizes)+1)
		for n, size := range sizes {
			if n == i {
				require.Equal(t, end, l.at(i))
				require.Equal(t, i, l.find(end+size/2))
			}
			end += size
		}
		require.Equal(t, end, l.end())
		if len(sizes) > 200 {
			sizes = nil
			l = build(0, func(int) int { return 0 })
		}
	}
}
