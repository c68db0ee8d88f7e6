package repo

import (
	"fmt"
	"math/rand"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestCommitsOfRandomTreesTouchNothingElse makes trees of files in every state
// that git knows, and lets git judge.
func TestCommitsOfRandomTreesTouchNothingElse(t *testing.T) {
	for seed := range int64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			lots := rand.New(rand.NewSource(seed))
			c := newCommitting(t)
			var ours, all []string
			for i := range 12 {
				all = append(all, fmt.Sprintf("d%d/f%d.md", i%3, i))
			}
			for _, at := range all[:6] {
				c.write(at, "first "+at+"\n")
			}
			c.git("add", ".")
			c.git("commit", "--quiet", "-m", "second")
			for _, at := range all {
				switch lots.Intn(5) {
				case 0:
					c.write(at, "staged\n")
					c.git("add", at)
				case 1:
					c.write(at, "staged\n")
					c.git("add", at)
					c.write(at, "and more\n")
				case 2:
					c.write(at, "changed\n")
				case 3:
					c.write(at, "intended\n")
					c.git("add", "-N", at)
				}
			}
			for _, at := range all {
				if exists(filepath.Join(c.root, filepath.FromSlash(at))) && lots.Intn(2) == 0 {
					c.write(at, fmt.Sprintf("ours %d\n", lots.Int()))
					ours = append(ours, at)
				}
			}
			if len(ours) == 0 {
				return
			}
			before := c.restOf(ours)
			done := c.commit(ours...)
			slices.Sort(ours)
			assert.Equal(t, ours, done.Paths)
			assert.Equal(t, ours, c.inHead())
			assert.Equal(t, before, c.restOf(ours))
			assert.Empty(t, c.git(append([]string{"status", "--porcelain", "--"}, ours...)...), "ours are committed and clean")
		})
	}
}
