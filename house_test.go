package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// module is the name in go.mod; our own packages begin with it.
const module = "firebreak"

// law says what one package of ours, and every package below it that has no row of its own, may import.
type law struct {
	// ours are the packages of ours, written without the module's name. A row covers what lies below it.
	ours []string
	// toolkit says that the package draws: the others must not reach Fyne, not even through somebody else.
	toolkit bool
	// store says that the package may reach the store, not even through somebody else otherwise.
	store bool
	// barred are the parts of the standard library that it must not name.
	barred []string
	// but are parts of those that it may name all the same, because they only read what they are given.
	but []string
	// played are packages of ours that only its tests may know: what writes an incident down is tested with
	// the sample incident under the playbook that the program ships with.
	played []string
}

// wide is for the packages that put everything together.
var wide = law{ours: []string{"app", "workflow", "data", "export", "assets"}, toolkit: true, store: true}

// laws is the picture of the house: the arrows only fall.
var laws = map[string]law{
	"workflow": {
		ours:   []string{"workflow/words"},
		barred: []string{"os", "net", "database/sql", "math/rand"},
		but:    []string{"net/url"}, // reads the address of a probe, and calls nothing
		played: []string{"app/sample", "assets", "data/playbook"},
	},
	"assets":        {},
	"data":          {ours: []string{"workflow"}, store: true},
	"data/repo":     {ours: []string{"workflow"}},
	"data/playbook": {ours: []string{"workflow"}},
	"export":        {ours: []string{"workflow", "assets", "export"}, played: []string{"app/sample", "data/playbook"}},
	"app/session":   {ours: []string{"workflow"}, played: []string{"assets", "data/playbook"}},
	"app/outside":   {ours: []string{"workflow", "app/outside"}},
	// A command is started ahead of the program with these: one import more and everything else comes first.
	"app/outside/through": {},
	"app/ahead":           {ours: []string{"app/ahead", "app/outside/through", "assets", "workflow/words"}},
	"app/sample":          {ours: []string{"workflow"}, played: []string{"assets", "data/playbook"}},
	"app/publish": {
		ours:   []string{"app/session", "app/outside", "workflow", "export", "data/repo"},
		played: []string{"app/sample", "data/playbook", "assets"},
	},
	"app/house": {
		// app/outside: the desk is handed what runs its commands.
		ours:  []string{"app/session", "app/keep", "app/publish", "app/outside", "app/sample", "app/journal", "workflow", "data", "assets"},
		store: true,
	},
	"app/keep": {ours: []string{"app/session", "workflow", "data"}, store: true},
	"app/cli": {
		// app/outside: firebreak run runs a command in its own place; app/ahead: it may have begun.
		ours:  []string{"app/ahead", "app/session", "app/keep", "app/publish", "app/outside", "workflow", "data", "export", "assets"},
		store: true,
	},
	"app/instance": {},
	"app/crash":    {},
	"app/journal":  {},
	"app/look":     {ours: []string{"assets"}, toolkit: true},
	"app/kit":      {ours: []string{"assets", "app/look", "app/kit"}, toolkit: true},
	"app/view": {
		ours:    []string{"app/kit", "app/look", "app/session", "app/view", "workflow", "export"},
		toolkit: true,
		played:  []string{"app/sample", "data/playbook", "assets"},
	},
	"app":         wide,
	"app/demo":    wide,
	"app/gallery": wide,
	"app/bench":   wide,
	"app/torture": wide,
	"app/conform": wide,
	"app/stage":   wide,
	"":            wide,
}

// alone are the rows that say nothing about what lies below them, so a new folder beside the others is noticed.
var alone = []string{"", "app"}

// outsiders says who may name a module that is not ours. A name covers what lies below it; "=" in front
// means that very package, and "=" by itself is the top.
var outsiders = map[string][]string{
	"fyne.io/fyne/v2/app":              {"=app", "app/bench"},
	"fyne.io/fyne/v2":                  {"=app", "app/kit", "app/look", "app/view", "app/stage", "app/demo", "app/gallery", "app/bench"},
	"modernc.org/sqlite":               {"=data", "app/bench", "app/torture"},
	"github.com/yuin/goldmark":         {"export", "app/kit", "app/bench"},
	"go.yaml.in/yaml/v4":               {"data/playbook", "export"},
	"github.com/spf13/cobra":           {"app/cli"},
	"github.com/spf13/pflag":           {"app/cli"},       // the flags of the last
	"github.com/spf13/viper":           {"export/redact"}, // reads the rules of the next
	"github.com/zricethezav/gitleaks":  {"export/redact"},
	"github.com/google/uuid":           {"=", "app/house", "app/session", "app/cli", "app/demo", "app/gallery", "app/bench", "data"},
	"github.com/sahilm/fuzzy":          {"app/kit"},
	"github.com/alecthomas/chroma/v2":  {"app/kit"},
	"github.com/gofrs/flock":           {"=", "=app", "app/instance", "data"},
	"github.com/adrg/xdg":              {"=", "=app", "app/cli", "data"},
	"github.com/fsnotify/fsnotify":     {"data/repo"},
	"github.com/creack/pty":            {"app/outside"}, // a command keeps its colours when it is run in our place
	"golang.org/x/term":                {"app/outside"},
	"golang.org/x/sys":                 {"=", "=app", "app/outside", "app/bench", "app/torture", "data"},
	"github.com/prometheus":            {"app/outside"}, // the parser of its text pages, and what that parser answers
	"modernc.org/libc":                 {"app/torture"}, // the engine's own, for a file system that breaks on purpose
	"gopkg.in/natefinch/lumberjack.v2": {"app/journal"},
	"github.com/stretchr/testify":      {}, // tests alone, which are not asked
}

// listed is what go list says about a package: the imports that are written in it, in its tests, and
// everything that it reaches.
type listed struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
}

func TestHouseImportsFollowTheLaw(t *testing.T) {
	// The commands alone are another program than the window, so both are asked.
	for _, tags := range []string{"ci,migrated_fynedo", "nogui"} {
		packages := listPackages(t, tags)
		require.NotEmpty(t, packages, "go list must find the packages, or this test proves nothing")
		for _, one := range packages {
			assert.Empty(t, importFaults(one), "with -tags %s", tags)
		}
	}
}

func TestHouseCommandsReachNoToolkitWithoutTheWindow(t *testing.T) {
	for _, one := range listPackages(t, "nogui") {
		if one.ImportPath == module {
			assert.Empty(t, reached(one, "fyne.io/fyne/v2"), "the program built with -tags nogui must not contain Fyne")
		}
	}
}

func TestHouseLawCatchesABadImport(t *testing.T) {
	bad := map[string]listed{
		"the law reads files":                {ImportPath: "firebreak/workflow", Imports: []string{"os"}},
		"the law reads files by a sub-path":  {ImportPath: "firebreak/workflow", Imports: []string{"net/http"}},
		"the law draws lots":                 {ImportPath: "firebreak/workflow", Imports: []string{"math/rand/v2"}},
		"the law knows a package of ours":    {ImportPath: "firebreak/workflow", Imports: []string{"firebreak/data"}},
		"the law takes a module":             {ImportPath: "firebreak/workflow", Imports: []string{"github.com/google/uuid"}},
		"siblings know each other":           {ImportPath: "firebreak/data", Imports: []string{"firebreak/export"}},
		"the work tree opens the store":      {ImportPath: "firebreak/data/repo", Imports: []string{"modernc.org/sqlite"}},
		"the work tree knows the store":      {ImportPath: "firebreak/data/repo", Imports: []string{"firebreak/data"}},
		"the desk knows the store":           {ImportPath: "firebreak/app/session", Imports: []string{"firebreak/data"}},
		"the desk reaches the toolkit":       {ImportPath: "firebreak/app/session", Deps: []string{"fyne.io/fyne/v2/widget"}},
		"a command reaches the toolkit":      {ImportPath: "firebreak/app/cli", Deps: []string{"fyne.io/fyne/v2"}},
		"a widget knows the domain":          {ImportPath: "firebreak/app/kit", Imports: []string{"firebreak/workflow"}},
		"a view knows the store":             {ImportPath: "firebreak/app/view", Imports: []string{"firebreak/data"}},
		"a view reaches the store":           {ImportPath: "firebreak/app/view", Deps: []string{"modernc.org/sqlite"}},
		"a view starts a program":            {ImportPath: "firebreak/app/view", Imports: []string{"fyne.io/fyne/v2/app"}},
		"a view's test knows the store":      {ImportPath: "firebreak/app/view", XTestImports: []string{"firebreak/data"}},
		"a package below inherits the law":   {ImportPath: "firebreak/export/markdown", Imports: []string{"firebreak/app"}},
		"the top draws by itself":            {ImportPath: "firebreak", Imports: []string{"fyne.io/fyne/v2/widget"}},
		"a module nobody decided on":         {ImportPath: "firebreak/app", Imports: []string{"example.org/new"}},
		"a folder that the law lacks":        {ImportPath: "firebreak/app/helpers", Imports: []string{"fmt"}},
		"a package that the law lacks":       {ImportPath: "firebreak/helpers", Imports: []string{"fmt"}},
		"a document is made from the sample": {ImportPath: "firebreak/export", Imports: []string{"firebreak/app/sample"}},
		"a publisher opens the store":        {ImportPath: "firebreak/app/publish", Imports: []string{"firebreak/data"}},
		"the law's test knows another house": {ImportPath: "firebreak/workflow", TestImports: []string{"firebreak/app"}},
	}
	for name, one := range bad {
		assert.NotEmpty(t, importFaults(one), name)
	}

	good := map[string]listed{
		"the law stays with the standard library": {ImportPath: "firebreak/workflow", Imports: []string{"time", "strings", "net/url"}},
		"a test of the law reads golden files":    {ImportPath: "firebreak/workflow", TestImports: []string{"os", "github.com/stretchr/testify/assert"}},
		"the store uses its driver":               {ImportPath: "firebreak/data", Imports: []string{"firebreak/workflow", "modernc.org/sqlite", "database/sql"}},
		"a view draws":                            {ImportPath: "firebreak/app/view", Imports: []string{"firebreak/app/kit", "fyne.io/fyne/v2/widget"}},
		"a document is tested with the sample":    {ImportPath: "firebreak/export", XTestImports: []string{"firebreak/app/sample", "firebreak/data/playbook"}},
		"the app wires all":                       {ImportPath: "firebreak/app", Imports: []string{"firebreak/data/repo", "fyne.io/fyne/v2/app"}},
	}
	for name, one := range good {
		assert.Empty(t, importFaults(one), name)
	}
}

// importFaults says, one sentence each, which imports of a package the law forbids.
func importFaults(one listed) []string {
	where := strings.TrimPrefix(strings.TrimPrefix(one.ImportPath, module), "/")
	row, rule, found := lawOf(where)
	if !found {
		return []string{where + " has no row in the law of imports: decide what it may import, and add one"}
	}

	var faults []string
	fault := func(format string, values ...any) {
		faults = append(faults, fmt.Sprintf(one.ImportPath+" "+format, values...))
	}
	for _, path := range one.Imports {
		switch {
		case isOurs(path):
			if !mayKnow(row, rule, path) {
				fault("must not import %s", path)
			}
		case isStandard(path):
			if covers(rule.barred, path) && !slices.Contains(rule.but, path) {
				fault("must not import %s", path)
			}
		case !mayTake(where, path):
			fault("must not import %s: see who may in the list of outsiders", path)
		}
	}
	for _, path := range slices.Concat(one.TestImports, one.XTestImports) {
		played := covers(rule.played, strings.TrimPrefix(path, module+"/"))
		if isOurs(path) && path != one.ImportPath && !mayKnow(row, rule, path) && !played {
			fault("must not import %s, not even in a test", path)
		}
	}
	if toolkit := reached(one, "fyne.io/fyne/v2"); !rule.toolkit && toolkit != "" {
		fault("reaches the toolkit (%s)", toolkit)
	}
	if store := reached(one, "modernc.org/sqlite"); !rule.store && store != "" {
		fault("reaches the store (%s)", store)
	}
	return faults
}

// lawOf finds the row for a package: its own, or that of the nearest folder above which speaks for it.
func lawOf(where string) (row string, rule law, found bool) {
	for row = where; ; row = parent(row) {
		if rule, found = laws[row]; found || row == "" {
			return row, rule, found && (row == where || !slices.Contains(alone, row))
		}
	}
}

func parent(path string) string {
	if cut := strings.LastIndex(path, "/"); cut >= 0 {
		return path[:cut]
	}
	return ""
}

func mayKnow(row string, rule law, path string) bool {
	return covers(rule.ours, strings.TrimPrefix(path, module+"/")) || path == module+"/"+row
}

func mayTake(where, path string) bool {
	longest, allowed := "", []string(nil)
	for name, who := range outsiders {
		if within(path, name) && len(name) > len(longest) {
			longest, allowed = name, who
		}
	}
	return slices.ContainsFunc(allowed, func(who string) bool {
		if exact, is := strings.CutPrefix(who, "="); is {
			return where == exact
		}
		return within(where, who)
	})
}

func covers(names []string, path string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return within(path, name) })
}

// within reports whether path is that folder or lies in it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func isOurs(path string) bool { return within(path, module) }

// isStandard holds because a module path begins with a host's name, which has a dot.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

func reached(one listed, folder string) string {
	for _, path := range one.Deps {
		if within(path, folder) {
			return path
		}
	}
	return ""
}

func listPackages(t *testing.T, tags string) []listed {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-tags", tags, "-json=ImportPath,Imports,TestImports,XTestImports,Deps", "./...")
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	printed, err := list.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Fatalf("go list failed: %s", failed.Stderr)
	}
	require.NoError(t, err)

	var packages []listed
	for reader := json.NewDecoder(strings.NewReader(string(printed))); ; {
		var one listed
		if err := reader.Decode(&one); errors.Is(err, io.EOF) {
			return packages
		} else {
			require.NoError(t, err)
		}
		packages = append(packages, one)
	}
}
