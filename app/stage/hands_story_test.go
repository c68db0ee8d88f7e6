package stage_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestAWindowAndManyTerminalsWriteAtOnceAndNothingIsLost(t *testing.T) {
	const terminals, each = 4, 5
	r := openRoom(t, t.TempDir()).declare()

	var hands sync.WaitGroup
	for hand := range terminals {
		hands.Go(func() {
			for i := range each {
				out, err := terminal(r.folder, "log", fmt.Sprintf("terminal %d note %d", hand, i), "--as", "Sam").CombinedOutput()
				assert.NoError(t, err, "%s", out)
			}
		})
	}
	over := make(chan struct{})
	go func() { hands.Wait(); close(over) }()
	written := 0
	for writing := true; writing; written++ {
		require.NoError(t, r.asks(workflow.Note{Text: fmt.Sprintf("window note %d", written)}))
		select {
		case <-over:
			writing = false
		default:
		}
	}
	r.Pass(time.Second)

	want := map[string]int{}
	for hand := range terminals {
		for i := range each {
			want[fmt.Sprintf("terminal %d note %d", hand, i)] = 1
		}
	}
	for i := range written {
		want[fmt.Sprintf("window note %d", i)] = 1
	}
	assert.Equal(t, want, r.notes(), "each once")
	assert.Empty(t, r.Desk.State().Saved.Trouble)
	t.Logf("%d notes of %d terminals beside %d of the window", terminals*each, terminals, written)
}

func TestTheWindowShowsWhatATerminalWroteWithinOneLook(t *testing.T) {
	r := openRoom(t, t.TempDir()).declare()
	r.Pass(5 * time.Second)
	for i := range 3 {
		text := fmt.Sprintf("from the terminal %d", i)
		runTerminal(t, r.folder, "log", text, "--as", "Sam")
		assert.Zero(t, r.notes()[text])
		r.Pass(500 * time.Millisecond)
		assert.Equal(t, 1, r.notes()[text], "half a second later")
	}
}
