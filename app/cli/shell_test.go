package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
	"firebreak/app/keep"
	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/workflow"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// shell is a person at a terminal: each command is a run of its own, on the
// same data folder, with a clock that is moved by hand.
type shell struct {
	t        *testing.T
	ctx      context.Context // of the next commands; nil: the test's
	data     string
	folder   string
	now      time.Time
	made     int
	variable map[string]string
	stdin    string
	colour   bool
	window   func(cli.Window) int
	reading  *workflow.Reading // what every document is understood as; nil: they are read
	asked    workflow.ReadAs   // how the last document was to be read
	paper    string            // the last document
	looks    func(workflow.LookOrder) workflow.Sample
}

func newShell(t *testing.T) *shell {
	return &shell{
		t: t, data: filepath.Join(t.TempDir(), "data"), folder: t.TempDir(), variable: map[string]string{},
		now: time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC),
	}
}

// said is what a command printed, and its exit code.
type said struct {
	out, err string
	exit     int
}

// runs runs a command and hears everything.
func (s *shell) runs(args ...string) said {
	s.t.Helper()
	var out, errs bytes.Buffer
	world := cli.World{
		Args: append([]string{"--data-dir", s.data}, args...), In: strings.NewReader(s.stdin), Out: &out, Err: &errs, Colour: s.colour,
		Now: func() time.Time { return s.now }, NewID: s.newID, Zone: time.FixedZone("CET", 3600),
		Env: func(name string) string { return s.variable[name] }, Login: "jane", Folder: s.folder, Version: "0.1.0",
		Pause: func(_ context.Context, d time.Duration) { s.now = s.now.Add(d) },
		Hands: func(ledger *keep.Shelf) session.Hands {
			hands := publish.New(ledger, ledger.Files())
			if s.reading != nil {
				return understood{hands, s}
			}
			return hands
		},
	}
	if s.looks != nil {
		world.Prober = looking{s.looks}
	}
	if s.window != nil {
		world.OpenWindow = func(_ context.Context, with cli.Window) int { return s.window(with) }
	}
	ctx := s.ctx
	if ctx == nil {
		ctx = s.t.Context()
	}
	exit := cli.Main(ctx, world)
	return said{out.String(), errs.String(), exit}
}

// understood are hands for which every document says the same.
type understood struct {
	*publish.Publisher
	shell *shell
}

func (u understood) Understand(_ context.Context, paper session.Paper, as workflow.ReadAs, _ time.Time) (workflow.Reading, error) {
	reading := *u.shell.reading
	reading.Source = paper.Name
	u.shell.asked, u.shell.paper = as, string(paper.Text)
	return reading, nil
}

// newID makes ids that differ in their first digits.
func (s *shell) newID() workflow.EventID {
	s.made++
	return workflow.EventID(fmt.Sprintf("%08d-0000-7000-8000-000000000000", s.made))
}

// does runs a command that must go through, and answers what it printed.
func (s *shell) does(args ...string) string {
	s.t.Helper()
	got := s.runs(args...)
	require.Equal(s.t, 0, got.exit, "firebreak %s: %s", strings.Join(args, " "), got.err)
	return got.out
}

// fails runs a command that must end with a code, and answers what it complained of.
func (s *shell) fails(exit int, args ...string) string {
	s.t.Helper()
	got := s.runs(args...)
	require.Equal(s.t, exit, got.exit, "firebreak %s said %q and %q", strings.Join(args, " "), got.out, got.err)
	assert.NotEmpty(s.t, got.err, "a failure is a sentence on the error stream")
	return got.err
}

// reads runs a command with --json and reads what it printed.
func (s *shell) reads(args ...string) map[string]any {
	s.t.Helper()
	var got map[string]any
	printed := s.does(append(args, "--json")...)
	require.NoError(s.t, json.Unmarshal([]byte(printed), &got), "%s", printed)
	return got
}

// at moves the clock to a time of the day.
func (s *shell) at(clock string) *shell {
	s.t.Helper()
	at, err := time.Parse("15:04", clock)
	require.NoError(s.t, err)
	s.now = time.Date(2024, 11, 25, at.Hour(), at.Minute(), 0, 0, time.UTC)
	return s
}

// typing gives the next commands something on the standard input.
func (s *shell) typing(text string) *shell {
	s.stdin = text
	return s
}

// repository makes the current folder a git repository with SpecWeave.
func (s *shell) repository() string {
	s.t.Helper()
	git := exec.Command("git", "init", "-q", s.folder)
	git.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	require.NoError(s.t, git.Run())
	s.does("increment", "enable")
	return s.folder
}

func (s *shell) file(path, text string) string {
	s.t.Helper()
	full := filepath.Join(s.folder, filepath.FromSlash(path))
	require.NoError(s.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(s.t, os.WriteFile(full, []byte(text), 0o644))
	return full
}

// golden compares a text with the file of that name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run the tests with -update once")
	assert.Equal(t, string(want), got)
}
