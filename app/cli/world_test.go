package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
	"firebreak/app/keep"
	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

func TestWithoutACommandTheWindowOpens(t *testing.T) {
	s := newShell(t)
	var asked cli.Window
	s.window = func(with cli.Window) int {
		asked = with
		return 3
	}
	got := s.runs("--sample", "-i", "0193", "--as", "Ann")
	assert.Equal(t, 3, got.exit, "the window's own exit code is the program's")
	assert.Equal(t, filepath.Join(s.data, "firebreak.db"), asked.Places.Database())
	assert.True(t, asked.Sample)
	assert.Equal(t, "0193", asked.Incident)
	assert.Equal(t, "Ann", asked.Name)
	assert.NoFileExists(t, asked.Places.Database(), "the window opens its store itself")
}

func TestAProgramWithoutAWindowSaysSoAndHelps(t *testing.T) {
	got := newShell(t).runs()
	assert.Equal(t, 3, got.exit)
	assert.Contains(t, got.err, "built without a window")
	assert.Contains(t, got.out, "firebreak declare")
}

func TestHelpAndVersionOpenNothing(t *testing.T) {
	s := newShell(t)
	for _, args := range [][]string{{"--help"}, {"--version"}, {"version"}, {"version", "--json"}, {"paths"}, {"log", "--help"}, {"completion", "bash"}} {
		assert.NotEmpty(t, s.does(args...))
	}
	assert.NoDirExists(t, s.data)
	golden(t, "help.txt", s.does("--help"))
	golden(t, "help-log.txt", s.does("log", "--help"))
}

func TestAWrongCommandLineIsRefusedWithAHint(t *testing.T) {
	s := newShell(t)
	for name, one := range map[string]struct {
		args []string
		says string
	}{
		"a command that is none":     {[]string{"statsu"}, `There is no command "statsu". Did you mean: status?`},
		"a flag that is none":        {[]string{"log", "x", "--att", "14:32"}, "Unknown flag: --att"},
		"both zones":                 {[]string{"status", "--utc", "--local"}, "not both"},
		"both outcomes":              {[]string{"test", "--passed", "--failed", "make"}, "--passed or --failed, not both"},
		"no outcome":                 {[]string{"verify", "login"}, "Say how it went"},
		"no title":                   {[]string{"declare"}, "An incident needs a title"},
		"no words":                   {[]string{"log"}, "Say what happened"},
		"a kind that is none":        {[]string{"log", "x", "--kind", "rumour"}, "note, alert, action, decision, update"},
		"too many words":             {[]string{"list", "all"}, "Unknown command"},
		"a subcommand that is none":  {[]string{"action", "burn"}, "Unknown command"},
		"a shell that is none":       {[]string{"completion", "cmd.exe"}, "Unknown command"},
		"a length that is none":      {[]string{"assign", "x", "--to", "Bob", "--for", "soon"}, "Invalid argument"},
		"a gate that is not named":   {[]string{"gate", "--override"}, "Name the gate"},
		"a task that is not named":   {[]string{"increment", "task"}, "Name the task"},
		"an increment without words": {[]string{"increment", "write", "fix"}, "Name the text"},
	} {
		assert.Contains(t, s.fails(2, one.args...), one.says, name)
	}
	var asked struct {
		Error struct{ Code, Says string }
	}
	require.NoError(t, json.Unmarshal([]byte(s.fails(2, "log", "--att", "--json")), &asked))
	assert.Equal(t, "usage", asked.Error.Code, "a program reads JSON even when the flags could not be read")
}

func TestARefusalIsReadByProgramsToo(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	golden(t, "refusal.json", s.fails(4, "severity", "SEV4", "--json"))
	golden(t, "time.json", s.fails(4, "log", "x", "--at", "13:55 PM", "--json"))
	assert.Contains(t, s.fails(4, "log", "x", "--at", "25:99"), "25:99")
}

func TestWhoWritesIsSaidOrSetOrKnown(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	by := func(args ...string) any {
		t.Helper()
		written := s.reads(append([]string{"log", "x"}, args...)...)["written"].([]any)
		return written[0].(map[string]any)["by"]
	}
	assert.Equal(t, "jane", by(), "the login")
	s.variable["FIREBREAK_NAME"] = "Jane from the environment"
	assert.Equal(t, "Jane from the environment", by())

	// The settings are written by the window's desk, so the two agree on where they lie.
	store, err := data.Open(t.Context(), filepath.Join(s.data, "firebreak.db"), data.Options{Clock: func() time.Time { return s.now }})
	require.NoError(t, err)
	inline := func(work func()) { work() }
	desk, err := session.Open(t.Context(), session.Setup{
		Threads: session.Threads{UI: inline, Work: inline}, Clock: session.WallClock{}, Shelf: keep.On(store), NewID: s.newID, Name: "x",
		Policies: func(string) (workflow.Playbook, string) { return workflow.Playbook{}, "" },
	})
	require.NoError(t, err)
	prefs := desk.State().Prefs
	prefs.Name, prefs.Zones = "Jane Doe", session.ShowLocal
	desk.SetPrefs(prefs, "")
	require.NoError(t, store.Close())

	assert.Equal(t, "Jane Doe", by())
	assert.Equal(t, "Ann", by("--as", "Ann"))
	assert.Contains(t, s.does("log", "noted in the local zone", "--at", "15:30"), "15:30+01:00")
	assert.Contains(t, s.does("log", "noted in UTC", "--at", "14:30", "--utc"), "14:30Z")
}

func TestTheIncidentIsTheOpenOneOrTheOneThatIsNamed(t *testing.T) {
	s := newShell(t)
	assert.Contains(t, s.fails(5, "status"), "firebreak declare TITLE")
	s.does("declare", "Checkout fails")
	s.does("declare", "Search is slow")

	says := s.fails(2, "log", "x")
	assert.Contains(t, says, "2 incidents are open")
	assert.Contains(t, says, "(Checkout fails)")
	id := s.reads("status", "-i", "00000001")["id"].(string)
	assert.Equal(t, "Checkout fails", s.reads("status", "--incident", id)["title"])
	assert.Contains(t, s.fails(2, "show", "0000"), "could be")
	assert.Contains(t, s.fails(5, "show", "ffff"), "No incident's id begins with")

	s.does("cancel", "-i", id, "--reason", "A false alarm")
	assert.Equal(t, "Search is slow", s.reads("status")["title"], "one is open now")
	golden(t, "list.txt", s.does("list"))
	assert.Len(t, s.reads("list", "--open")["incidents"], 1)
	assert.Contains(t, s.does("search", "slow"), "Search is slow")
	s.fails(5, "search", "breakfast")
}

func TestTheSampleHasAFileOfItsOwn(t *testing.T) {
	s := newShell(t)
	assert.Contains(t, s.fails(5, "--sample", "status"), "sample incident is not on this computer yet")
	s.does("--sample", "declare", "Auth Outage")
	assert.Contains(t, s.does("--sample", "status"), "SAMPLE")
	s.fails(5, "status")
}

func TestAStoreThatCannotBeOpenedIsToldInSentences(t *testing.T) {
	s := newShell(t)
	require.NoError(t, os.WriteFile(s.data, []byte("no folder"), 0o600))
	says := s.fails(1, "log", "x")
	assert.Contains(t, says, "The database cannot be opened")
	assert.Contains(t, says, "--data-dir DIR")
}

func TestColourIsForTerminalsThatWantIt(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	assert.NotContains(t, s.does("status"), "\x1b")
	plain := s.does("status")
	s.colour = true
	assert.Contains(t, s.does("status"), "\x1b[1;31mSEV1\x1b[0m")
	assert.Equal(t, plain, s.does("status", "--no-color"))
	s.variable["NO_COLOR"] = "1"
	assert.Equal(t, plain, s.does("status"))
}
