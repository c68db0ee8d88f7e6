package conform_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
	"firebreak/app/keep"
	"firebreak/app/publish"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/workflow"
)

// realSpecWeave is the environment variable that names the folder of the npm
// package specweave.
const realSpecWeave = "FIREBREAK_SPECWEAVE"

// keptProjects names a new folder in which to leave the projects that are
// accepted and made up.
const keptProjects = "FIREBREAK_PROJECTS"

// project is a repository with SpecWeave in it, and a person at a terminal
// beside it who has both programs: this one, on a store of its own, and the
// real specweave.
type project struct {
	t    *testing.T
	pkg  string // the npm package
	root string // of the repository
	data string // the store's folder
	home string // SpecWeave's
	now  time.Time
	made int
}

// answer is what a command printed, and how it ended.
type answer struct {
	out, err string
	exit     int
}

func (a answer) String() string {
	return fmt.Sprintf("exit code %d\n%s\n%s", a.exit, a.out, a.err)
}

// specWeavePackage skips the test where the real SpecWeave is not installed.
func specWeavePackage(t *testing.T) string {
	t.Helper()
	pkg := os.Getenv(realSpecWeave)
	if pkg == "" {
		t.Skip("set " + realSpecWeave + " to the folder of the npm package specweave, or run make check-specweave")
	}
	return pkg
}

// newProject is a git repository that was enabled for SpecWeave and has an
// increment in its archive, so that the first number is 0015.
func newProject(t *testing.T) *project {
	t.Helper()
	pkg := specWeavePackage(t)
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	p := &project{
		t: t, pkg: pkg, root: root, data: filepath.Join(t.TempDir(), "data"), home: t.TempDir(), now: sample.Alert(),
	}
	git := exec.CommandContext(t.Context(), "git", "init", "-q", root)
	git.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	require.NoError(t, git.Run())
	p.Run("increment", "enable", "--name", "shop-api")
	p.Write(".specweave/increments/_archive/0014-search-filters/metadata.json", archived)
	return p
}

// archived is an increment that is over, as SpecWeave leaves it.
const archived = `{
  "id": "0014-search-filters",
  "status": "completed",
  "type": "feature",
  "priority": "P2",
  "created": "2024-11-01T09:00:00.000Z",
  "lastActivity": "2024-11-04T09:00:00.000Z",
  "testMode": "none",
  "coverageTarget": 0,
  "externalLinks": {},
  "completed": "2024-11-04T09:00:00.000Z"
}`

// Try runs a command of this program, and hears how it went.
func (p *project) Try(args ...string) answer {
	p.t.Helper()
	var out, errs bytes.Buffer
	exit := cli.Main(p.t.Context(), cli.World{
		Args: append([]string{"--data-dir", p.data}, args...), In: strings.NewReader(""), Out: &out, Err: &errs,
		Now: func() time.Time { return p.now }, NewID: p.newID, Zone: time.UTC,
		Env: func(string) string { return "" }, Login: "jane", Folder: p.root, Version: "0.1.0",
		Hands: func(ledger *keep.Shelf) session.Hands { return publish.New(ledger, ledger.Files()) },
	})
	return answer{out.String(), errs.String(), exit}
}

// Run runs a command of this program that must go through, and answers what it
// printed.
func (p *project) Run(args ...string) string {
	p.t.Helper()
	got := p.Try(args...)
	require.Zero(p.t, got.exit, "firebreak %s: %s", strings.Join(args, " "), got)
	return got.out
}

// RunAll runs commands one after the other, a minute apart.
func (p *project) RunAll(commands ...[]string) {
	p.t.Helper()
	for _, args := range commands {
		p.Run(args...)
		p.now = p.now.Add(time.Minute)
	}
}

func (p *project) newID() workflow.EventID {
	p.made++
	return workflow.EventID(fmt.Sprintf("%08d-0000-7000-8000-000000000000", p.made))
}

// Increment is the id of the increment that the incident was written into.
func (p *project) Increment() string {
	p.t.Helper()
	var shown struct{ Written struct{ ID string } }
	require.NoError(p.t, json.Unmarshal([]byte(p.Run("increment", "show", "--json")), &shown))
	require.NotEmpty(p.t, shown.Written.ID, "the incident has no increment yet")
	return shown.Written.ID
}

// SpecWeave runs the real program in the project itself, without the network
// where the system can take it away. It writes into what it looks at; where
// that is not wanted, ask a Copy.
func (p *project) SpecWeave(args ...string) answer {
	p.t.Helper()
	return p.script("apart", append([]string{"node", filepath.Join(p.pkg, "bin", "specweave.js")}, args...)...)
}

// Copy is the project as it is now, in another folder and with a store of its
// own that is empty.
func (p *project) Copy() *project {
	p.t.Helper()
	other := *p
	other.root, other.data = filepath.Join(p.t.TempDir(), "project"), filepath.Join(p.t.TempDir(), "data")
	require.NoError(p.t, os.CopyFS(other.root, os.DirFS(p.root)))
	return &other
}

// Accept lets the real SpecWeave go through all its steps with an increment, on
// copies. The state is open, closable or completed, the type the increment's.
func (p *project) Accept(id, state, kind string) {
	p.t.Helper()
	p.keepForTheEye()
	got := p.accept(id, state, kind)
	require.Zero(p.t, got.exit, "%s as %s: %s", id, state, got)
}

func (p *project) accept(id, state, kind string) answer {
	p.t.Helper()
	return p.script("accept", p.root, id, state, kind)
}

// keepForTheEye leaves the project as it is now in a folder, for checks that
// this package does not make itself.
func (p *project) keepForTheEye() {
	p.t.Helper()
	folder := os.Getenv(keptProjects)
	if folder == "" {
		return
	}
	name := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '-'
	}, p.t.Name())
	require.NoError(p.t, os.CopyFS(filepath.Join(folder, fmt.Sprintf("%s-%d", name, p.made)), os.DirFS(p.root)))
}

// script runs one of the project's scripts around SpecWeave, in the repository.
func (p *project) script(name string, args ...string) answer {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 5*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, scriptPath(p.t, name), args...)
	command.Dir = p.root
	command.Env = append(os.Environ(), "SPECWEAVE="+p.pkg, "HOME="+p.home, "NO_COLOR=1", "SPECWEAVE_SKIP_IMAGE_GEN=true")
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	err := command.Run()
	var ended *exec.ExitError
	if !errors.As(err, &ended) {
		require.NoError(p.t, err)
	}
	return answer{out.String(), errs.String(), command.ProcessState.ExitCode()}
}

func scriptPath(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", ".ci", "specweave", name))
	require.NoError(t, err)
	return path
}

// Read answers a file of the repository, by its path with slashes.
func (p *project) Read(path string) string {
	p.t.Helper()
	content, err := os.ReadFile(filepath.Join(p.root, filepath.FromSlash(path)))
	require.NoError(p.t, err)
	return string(content)
}

// Write writes a file of the repository, as an editor would.
func (p *project) Write(path, content string) {
	p.t.Helper()
	full := filepath.Join(p.root, filepath.FromSlash(path))
	require.NoError(p.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(p.t, os.WriteFile(full, []byte(content), 0o644))
}

// file is the path of one of an increment's files.
func file(id, name string) string { return ".specweave/increments/" + id + "/" + name }
