package stage_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
	"firebreak/app/sample"
	"firebreak/app/stage"
	"firebreak/workflow"
)

// The test binary is its own terminal: with this variable set it runs the
// command that the variable holds, with the program's own command line.
const terminalArgs = "FIREBREAK_TEST_TERMINAL"

// openUmask makes the terminal's files as open as a system ever does.
const openUmask = "FIREBREAK_TEST_OPEN_UMASK"

func TestMain(m *testing.M) {
	if line := os.Getenv(terminalArgs); line != "" {
		if os.Getenv(openUmask) != "" {
			allowEverything()
		}
		world := cli.Here()
		if err := json.Unmarshal([]byte(line), &world.Args); err != nil {
			panic(err)
		}
		os.Exit(cli.Main(context.Background(), world))
	}
	os.Exit(m.Run())
}

// terminal is a command in a process of its own.
func terminal(folder string, args ...string) *exec.Cmd {
	line, err := json.Marshal(append([]string{"--data-dir", folder, "--no-input"}, args...))
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), terminalArgs+"="+string(line))
	return cmd
}

func runTerminal(t *testing.T, folder string, args ...string) string {
	t.Helper()
	out, err := terminal(folder, args...).CombinedOutput()
	require.NoError(t, err, "%s\n%s", strings.Join(args, " "), out)
	return string(out)
}

// room is a window on a folder, with an incident.
type room struct {
	*stage.Stage
	t      *testing.T
	folder string
}

func openRoom(t *testing.T, folder string) *room {
	t.Helper()
	s, err := stage.Open(stage.Set{Folder: folder, Start: sample.Alert(), Name: "Jane", Size: fyne.NewSize(1280, 800)})
	require.NoError(t, err)
	r := &room{Stage: s, t: t, folder: folder}
	t.Cleanup(s.Close)
	return r
}

func (r *room) asks(want workflow.Intent, fields ...string) (answer error) {
	r.t.Helper()
	answer = errors.New("nobody answered")
	r.Desk.Do(want, func(err error) { answer = err }, fields...)
	r.Pump()
	return answer
}

func (r *room) declare() *room {
	r.t.Helper()
	require.NoError(r.t, r.asks(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: r.Desk.State().Policy}))
	return r
}

// notes counts what was written into the incident on the desk, by its words.
func (r *room) notes() map[string]int {
	found := map[string]int{}
	for _, e := range r.Desk.State().Incident.Events() {
		if n, is := e.Body.(workflow.Noted); is {
			found[n.Text]++
		}
	}
	return found
}
