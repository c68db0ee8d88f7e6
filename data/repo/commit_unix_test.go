//go:build unix

package repo

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAHookThatHangsIsStoppedWithWhatItStarted(t *testing.T) {
	c := newCommitting(t)
	c.write("docs/new.md", "x\n")
	started := filepath.Join(c.root, "started")
	require.NoError(t, syscall.Mkfifo(started, 0o600))
	c.hook("pre-commit", "sleep 600 & echo $! > started; sleep 600")
	plan, err := c.plan("docs/new.md")
	require.NoError(t, err)
	before := c.restOf([]string{"started"})
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan error, 1)
	go func() {
		_, err := Commit(ctx, plan)
		answer <- err
	}()
	pid, err := os.ReadFile(started) // until the hook writes
	require.NoError(t, err)
	cancel()
	requireTrouble(t, <-answer, "cancelled")
	child, err := strconv.Atoi(strings.TrimSpace(string(pid)))
	require.NoError(t, err)
	assert.False(t, runs(child), "what the hook started ended with it")
	assert.Equal(t, before, c.restOf([]string{"started"}))
}

// runs says whether a process still does something: one that ended and was not
// asked for yet does not.
func runs(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	state, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && !strings.Contains(string(state), ") Z ")
}
