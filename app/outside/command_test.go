//go:build unix

package outside_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/outside"
)

func shell(script string) outside.Command {
	return outside.Command{Words: []string{"sh", "-c", script}, Time: time.Minute}
}

func TestACommandIsRunInItsFolderAndGivesOnWhatItPrints(t *testing.T) {
	t.Parallel()
	var printed strings.Builder
	command := shell("pwd; echo $COLOUR; echo trouble >&2")
	command.Folder, command.Env = t.TempDir(), []string{"COLOUR=red"}
	require.NoError(t, outside.Run(t.Context(), command, func(text string) { printed.WriteString(text) }))
	real, err := filepath.EvalSymlinks(command.Folder)
	require.NoError(t, err)
	assert.Equal(t, real+"\nred\ntrouble\n", printed.String())
}

func TestHowACommandEndedIsASentence(t *testing.T) {
	t.Parallel()
	quiet := func(string) {}
	assert.EqualError(t, outside.Run(t.Context(), shell("exit 7"), quiet), "sh -c exit 7 ended with the exit code 7. Its last lines say why")
	missing := outside.Command{Words: []string{"no-such-program"}, Time: time.Minute}
	assert.ErrorContains(t, outside.Run(t.Context(), missing, quiet), "not installed")
	slow := shell("sleep 600 & wait")
	slow.Time = 50 * time.Millisecond
	assert.ErrorContains(t, outside.Run(t.Context(), slow, quiet), "took longer than 50ms")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Error(t, outside.Run(gone, shell("sleep 600"), quiet))
	assert.True(t, outside.Installed("sh"))
	assert.False(t, outside.Installed("no-such-program"))
}

func TestWhatACommandStartedEndsWithIt(t *testing.T) {
	t.Parallel()
	note := filepath.Join(t.TempDir(), "pid")
	command := shell("sleep 600 & echo $! > " + note + "; wait")
	command.Time = 300 * time.Millisecond
	require.Error(t, outside.Run(t.Context(), command, func(string) {}))
	pid, err := os.ReadFile(note)
	require.NoError(t, err)
	// A process that was killed takes a moment to go, and may stay as a name without a life.
	assert.Eventually(t, func() bool {
		state, err := os.ReadFile("/proc/" + strings.TrimSpace(string(pid)) + "/stat")
		return err != nil || strings.Contains(string(state), ") Z ")
	}, 10*time.Second, 5*time.Millisecond, "the child was killed")
}

func TestAFloodIsCutAndTheCommandIsNotBlocked(t *testing.T) {
	t.Parallel()
	told := 0
	require.NoError(t, outside.Run(t.Context(), shell("head -c 3000000 /dev/zero | tr '\\0' x"), func(text string) { told += len(text) }))
	assert.Less(t, told, 1<<20+100)
	assert.GreaterOrEqual(t, told, 1<<20)
}
