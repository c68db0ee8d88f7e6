//go:build unix

package outside_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/outside"
	"firebreak/app/outside/through"
)

// passes makes this test's own program run a command in its place.
const passes = "FIREBREAK_TEST_PASSES"

func TestMain(m *testing.M) {
	if report := os.Getenv(passes); report != "" {
		os.Unsetenv(passes)
		ran, code := outside.Passage{Passage: through.Passage{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Steady: func() time.Duration { return 0 }}}.Pass(os.Args[1:])
		_ = os.WriteFile(report, []byte(fmt.Sprintf("%s %d %d\n%s", ran.Ending, ran.Exit, ran.Printed, ran.Tail)), 0o600)
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// passing is a command that will be run in the place of another program.
func passing(t *testing.T, words ...string) (cmd *exec.Cmd, report string) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	report = filepath.Join(t.TempDir(), "report")
	cmd = exec.CommandContext(t.Context(), self, words...)
	cmd.Env = append(os.Environ(), passes+"="+report)
	return cmd, report
}

func codeOf(err error) int {
	if exit, is := err.(*exec.ExitError); is {
		return exit.ExitCode()
	}
	if err != nil {
		return -1
	}
	return 0
}

func TestWhatACommandReadsAndPrintsPassesThrough(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	plain := filepath.Join(folder, "plain")
	require.NoError(t, os.WriteFile(plain, []byte("echo"), 0o600))
	binary := "\x00\xff\r\n\x1b[31mred\x1b[0m no line end"
	for name, one := range map[string]struct {
		words    []string
		in       string
		out, err string
		code     int
		report   string
	}{
		"both outputs apart":             {words: []string{"sh", "-c", "echo out; echo err >&2; exit 3"}, out: "out\n", err: "err\n", code: 3},
		"what it is given":               {words: []string{"cat"}, in: binary, out: binary, report: "exited 0 28\n\uFFFD\uFFFD\nred no line end"},
		"nothing":                        {words: []string{"true"}, report: "exited 0 0\n"},
		"a signal":                       {words: []string{"sh", "-c", "kill -TERM $$"}, code: 143, report: "signalled -1 0\n"},
		"a missing program":              {words: []string{"no-such-program"}, code: 127, report: "not-started -1 0\n"},
		"one that is no program":         {words: []string{plain}, code: 126},
		"words that are not split again": {words: []string{"printf", "%s|", "a b", "", "*", "$HOME"}, out: "a b||*|$HOME|"},
		"closed early":                   {words: []string{"sh", "-c", "exec >&-; echo err >&2"}, err: "err\n"},
	} {
		cmd, report := passing(t, one.words...)
		var out, errs bytes.Buffer
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(one.in), &out, &errs
		assert.Equal(t, one.code, codeOf(cmd.Run()), name)
		assert.Equal(t, one.out, out.String(), name)
		assert.Equal(t, one.err, errs.String(), name)
		if one.report != "" {
			said, err := os.ReadFile(report)
			require.NoError(t, err)
			assert.Equal(t, one.report, string(said), name)
		}
	}
}

func TestWhoStopsReadingStopsTheCommandAndNotTheRecord(t *testing.T) {
	t.Parallel()
	cmd, report := passing(t, "sh", "-c", "while :; do echo line; done")
	reads, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = io.ReadFull(reads, make([]byte, 10))
	require.NoError(t, err)
	require.NoError(t, reads.Close())
	_ = cmd.Wait()
	said, err := os.ReadFile(report)
	require.NoError(t, err)
	assert.NotContains(t, string(said), "not-started", "how it ended is on record")
}

func TestAChildThatHoldsTheOutputHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	cmd, _ := passing(t, "sh", "-c", "sleep 5 & echo done")
	out, err := cmd.Output()
	require.NoError(t, err)
	assert.Equal(t, "done\n", string(out))
}

func TestSignalsReachTheCommandOnce(t *testing.T) {
	t.Parallel()
	for name, sent := range map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "USR1": syscall.SIGUSR1, "QUIT": syscall.SIGQUIT} {
		cmd, _ := passing(t, "sh", "-c", "trap 'echo got "+name+"; n=1$n' "+name+"; echo ready; while [ -z \"$n\" ]; do sleep 0.05; done; sleep 0.2; exit ${#n}")
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // nobody's keyboard
		reads, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		_, err = io.ReadFull(reads, make([]byte, len("ready\n")))
		require.NoError(t, err)
		require.NoError(t, syscall.Kill(-cmd.Process.Pid, sent), "to the whole group, as a supervisor does")
		rest, err := io.ReadAll(reads)
		require.NoError(t, err)
		assert.Equal(t, "got "+name+"\n", string(rest))
		assert.Equal(t, 1, codeOf(cmd.Wait()))
	}
}

// screen reads a terminal until it has shown a text.
type screen struct {
	t     *testing.T
	tty   *os.File
	shown strings.Builder
}

func (s *screen) sees(text string) {
	s.t.Helper()
	buffer := make([]byte, 4096)
	for !strings.Contains(s.shown.String(), text) {
		require.NoError(s.t, s.tty.SetReadDeadline(time.Now().Add(20*time.Second)))
		n, err := s.tty.Read(buffer)
		s.shown.Write(buffer[:n])
		require.NoError(s.t, err, "it has shown %q", s.shown.String())
	}
}

// atTerminal starts a passing command at a terminal of a size.
func atTerminal(t *testing.T, text string) (*exec.Cmd, *screen) {
	t.Helper()
	cmd, _ := passing(t, "sh", "-c", text)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 33, Cols: 111})
	if err != nil {
		t.Skipf("no terminal can be made here: %v", err)
	}
	t.Cleanup(func() { _ = tty.Close() })
	return cmd, &screen{t: t, tty: tty}
}

func TestAtATerminalTheCommandHasOne(t *testing.T) {
	t.Parallel()
	cmd, s := atTerminal(t, `test -t 0 && test -t 1 && test -t 2 && echo three; stty size; read line; echo "read $line"; exit 5`)
	s.sees("three")
	s.sees("33 111")
	_, err := s.tty.Write([]byte("hello\n"))
	require.NoError(t, err)
	s.sees("read hello")
	assert.Equal(t, 5, codeOf(cmd.Wait()))
}

func TestCtrlCReachesTheCommandOnce(t *testing.T) {
	t.Parallel()
	cmd, s := atTerminal(t, `trap 'n=x$n; echo "caught $n"' INT; echo ready; while [ -z "$n" ]; do sleep 0.05; done; sleep 0.2; echo "all ${#n}"`)
	s.sees("ready")
	_, err := s.tty.Write([]byte{3})
	require.NoError(t, err)
	s.sees("all 1")
	assert.Equal(t, 0, codeOf(cmd.Wait()))
}

func TestTheCommandHearsOfAnotherSize(t *testing.T) {
	t.Parallel()
	cmd, s := atTerminal(t, `trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done`)
	s.sees("ready")
	require.NoError(t, pty.Setsize(s.tty, &pty.Winsize{Rows: 44, Cols: 122}))
	s.sees("44 122")
	assert.Equal(t, 0, codeOf(cmd.Wait()))
}

func TestCtrlZStopsBothAndTheyGoOn(t *testing.T) {
	t.Parallel()
	cmd, s := atTerminal(t, `echo ready; read line; echo "read $line"`)
	s.sees("ready")
	_, err := s.tty.Write([]byte{0x1a})
	require.NoError(t, err)
	stopped := func() bool {
		state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", cmd.Process.Pid))
		return err == nil && strings.Contains(string(state), ") T ")
	}
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("processes are looked up in /proc")
	}
	require.Eventually(t, stopped, 10*time.Second, 5*time.Millisecond, "we stop, so that the shell has its terminal back")
	require.NoError(t, cmd.Process.Signal(syscall.SIGCONT))
	_, err = s.tty.Write([]byte("again\n"))
	require.NoError(t, err)
	s.sees("read again")
	assert.Equal(t, 0, codeOf(cmd.Wait()))
}

func TestPlainIsWhatATerminalWouldShow(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"\x1b[1;32mok\x1b[0m\r\n": "ok\n", "10%\r99%\r\ndone": "99%\ndone", "\x1b]0;t\x07x\x1b": "x", "\x1b(Ba\x1b[": "a", "\x1b]8;;u\x1b\\l": "l", "a\x1b=b": "ab", "\x1b[1\nx": "\nx",
	} {
		assert.Equal(t, want, outside.Plain(text), "%q", text)
	}
}

func FuzzPlainNeverFails(f *testing.F) {
	f.Add("\x1b]\x1b[\x1b")
	f.Fuzz(func(t *testing.T, text string) {
		assert.LessOrEqual(t, len(outside.Plain(text)), len(text))
	})
}
