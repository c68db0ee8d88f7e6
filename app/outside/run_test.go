//go:build unix

package outside_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/outside"
	"firebreak/workflow"
)

// runner is one whose clock does not go on by itself.
func runner() outside.Runner { return outside.Runner{Steady: func() time.Duration { return 0 }} }

func script(text string) workflow.RunOrder {
	return workflow.RunOrder{Words: []string{"sh", "-c", text}, Line: "sh -c …", Limit: time.Minute}
}

func TestARunAnswersHowItEnded(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]workflow.Ran{
		"echo out; echo err >&2": {Ending: workflow.RunExited, Printed: 8, Tail: "out\nerr\n"},
		"printf x; exit 7":       {Ending: workflow.RunExited, Exit: 7, Printed: 1, Tail: "x", Says: "It ended with the exit code 7."},
		"kill -9 $$":             {Ending: workflow.RunSignalled, Exit: -1, Signal: "killed", Says: "It was ended from outside by a signal (killed)."},
		`printf '\377\0a'`:       {Ending: workflow.RunExited, Printed: 3, Tail: "\uFFFD\uFFFDa"},
		"read line; echo =$line": {Ending: workflow.RunExited, Printed: 2, Tail: "=\n"},
		"exec >&- 2>&-; exit 3":  {Ending: workflow.RunExited, Exit: 3, Says: "It ended with the exit code 3."},
		": </dev/tty":            {Ending: workflow.RunExited, Exit: 2, Says: "It ended with the exit code 2."},
	} {
		ran := runner().Run(t.Context(), script(text), nil)
		ran.Line = ""
		if strings.Contains(text, "tty") { // each shell has its own words and code for it
			require.False(t, ran.Well(), "there is no terminal to ask at")
			continue
		}
		assert.Equal(t, want, ran, text)
	}
}

func TestARunGoesWhereItBelongs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "own.sh"), []byte("#!/bin/sh\necho \"$COLOUR $1\"\n"), 0o700))
	ran := runner().Run(t.Context(), workflow.RunOrder{Words: []string{"./own.sh", "a b"}, Folder: folder, Env: []string{"COLOUR=red"}}, nil)
	assert.Equal(t, "red a b\n", ran.Tail)
	ran = runner().Run(t.Context(), workflow.RunOrder{Shell: true, Line: "echo $COLOUR | tr r b", Folder: folder, Env: []string{"COLOUR=red"}}, nil)
	assert.Equal(t, "bed\n", ran.Tail)
}

func TestWhatCannotBeRunIsSaidInASentence(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	plain, odd := filepath.Join(folder, "plain"), filepath.Join(folder, "odd")
	require.NoError(t, os.WriteFile(plain, []byte("#!/bin/sh\n"), 0o600))
	require.NoError(t, os.WriteFile(odd, []byte("\x7fELFnot really"), 0o700))
	many := append([]string{"true"}, strings.Repeat("word", 50_000))
	for range 60 {
		many = append(many, many[1])
	}
	for says, order := range map[string]workflow.RunOrder{
		"The command no-such-program is not installed": {Words: []string{"no-such-program"}},
		"is not executable":                            {Words: []string{plain}},
		"is not there any more":                        {Words: []string{"true"}, Folder: filepath.Join(folder, "gone")},
		"There is no command":                          {},
		"is no program for this machine":               {Words: []string{odd}},
		"too long for this system":                     {Words: many},
	} {
		ran := runner().Run(t.Context(), order, nil)
		assert.Equal(t, workflow.RunNotStarted, ran.Ending, says)
		assert.Equal(t, -1, ran.Exit)
		assert.Contains(t, ran.Says, says)
	}
}

func TestACommandThatIgnoresItsEndIsEnded(t *testing.T) {
	t.Parallel()
	order := script("trap '' TERM; echo ready; while :; do sleep 1; done")
	ctx, cancel := context.WithCancel(t.Context())
	ran := runner().Run(ctx, order, func([]byte) { cancel() })
	assert.Equal(t, workflow.RunCancelled, ran.Ending)
	assert.Equal(t, "ready\n", ran.Tail)

	order = script("trap 'echo bye; exit 0' TERM; echo ready; sleep 600 & wait")
	order.Limit = 200 * time.Millisecond
	ran = runner().Run(t.Context(), order, nil)
	assert.Equal(t, workflow.RunTimedOut, ran.Ending)
	assert.Contains(t, ran.Tail, "bye", "it was asked before it was made to")
	assert.Contains(t, ran.Says, "took longer than")
}

// alive says whether a process lives; one that was killed may stay as a name.
func alive(pid string) bool {
	state, err := os.ReadFile("/proc/" + strings.TrimSpace(pid) + "/stat")
	return err == nil && !strings.Contains(string(state), ") Z ")
}

func TestChildrenThatStayBehindAreEnded(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("processes are looked up in /proc")
	}
	for name, text := range map[string]string{
		"it holds the output":      "sleep 600 & echo $!",
		"it ignores being asked":   "sh -c 'trap \"\" TERM HUP; while :; do sleep 1; done' & echo $!",
		"it prints elsewhere":      "sleep 600 >/dev/null 2>&1 & echo $!",
		"it left for good, nearly": "nohup sleep 600 2>&1 & echo $!",
	} {
		ran := runner().Run(t.Context(), script(text), nil)
		assert.True(t, ran.Well(), name)
		pid := strings.Fields(ran.Tail)[0]
		_, err := strconv.Atoi(pid)
		require.NoError(t, err)
		assert.Eventually(t, func() bool { return !alive(pid) }, 10*time.Second, 5*time.Millisecond, name)
	}
}

func TestOneThatLeftForASessionOfItsOwnHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	if !outside.Installed("setsid") {
		t.Skip("there is no setsid here")
	}
	ran := runner().Run(t.Context(), script("setsid sleep 5 & sleep 0.1; echo done"), nil)
	assert.True(t, ran.Well())
	assert.Equal(t, "done\n", ran.Tail)
}

func TestAGigabyteCostsNoMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which runs the short tests, takes memory of its own")
	}
	t.Parallel()
	size, want := "64M", int64(64<<20)
	if os.Getenv("FIREBREAK_LONG") != "" {
		size, want = "1G", 1<<30
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	ran := runner().Run(t.Context(), script("head -c "+size+" /dev/zero; printf 'the end'"), func([]byte) {})
	runtime.ReadMemStats(&after)
	assert.True(t, ran.Well())
	assert.Equal(t, want+7, ran.Printed)
	assert.LessOrEqual(t, len(ran.Tail), 8<<10)
	assert.True(t, strings.HasSuffix(ran.Tail, "the end"))
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(16<<20))
}

func TestSecretsOfTheEnvironmentAreLeftOut(t *testing.T) {
	t.Parallel()
	order := script("echo token is $MY_TOKEN, user $USER_NAME; printf 'hunter'; sleep 0.05; echo 22; echo $DB")
	order.Line = "deploy --token sesame-open"
	order.Env = []string{"MY_TOKEN=sesame-open", "USER_NAME=jane-doe", "DB_PASS=hunter22", "DB=postgres://shop:s3cr3t-pw@db/shop"}
	var live strings.Builder
	ran := runner().Run(t.Context(), order, func(b []byte) { live.Write(b) })
	assert.Equal(t, "token is [redacted: $MY_TOKEN], user jane-doe\n[redacted: $DB_PASS]\npostgres://shop:[redacted: $DB]@db/shop\n", ran.Tail)
	assert.Equal(t, "deploy --token [redacted: $MY_TOKEN]", ran.Line)
	assert.Contains(t, live.String(), "sesame-open", "the person at the screen sees what a terminal would show")
}
