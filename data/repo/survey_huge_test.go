package repo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestASurveyOfAHundredThousandFiles makes a tree as large as the largest that
// people work in, and prints how long a look takes.
func TestASurveyOfAHundredThousandFiles(t *testing.T) {
	if os.Getenv("FIREBREAK_HUGE") == "" {
		t.Skip("set FIREBREAK_HUGE to make 100,000 files")
	}
	root := tree(t, nil)
	for n := range 100_000 {
		folder := filepath.Join(root, fmt.Sprintf("d%03d", n%500))
		if n < 500 {
			require.NoError(t, os.Mkdir(folder, 0o755))
		}
		require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("f%06d.txt", n)), []byte("x\n"), 0o644))
	}
	w := &workshop{t, root}
	w.git("init", "--quiet", "--initial-branch=main")
	w.commit("everything")
	w.git("checkout", "--quiet", "-b", "hotfix")
	w.write("d001/f000001.txt", "fixed\n")
	w.commit("fix")
	w.write("d002/f000002.txt", "loose\n")

	began := time.Now()
	s := w.survey(Hints{})
	middle := time.Now()
	d, err := DeltaOf(context.Background(), s, true)
	require.NoError(t, err)

	t.Logf("survey %s, delta with what is not committed %s", middle.Sub(began).Round(time.Millisecond), time.Since(middle).Round(time.Millisecond))
	assert.Empty(t, s.Problem)
	assert.Equal(t, []int{1, 0}, []int{s.Changed, s.Untracked})
	assert.Len(t, d.Files, 2)
}
