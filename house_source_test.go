package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// longFile is where a file starts to smell. It is a hint for the reader of this test's log, not a law.
const longFile = 400

// spoken is a rule about a name of another package that only some files may say.
type spoken struct {
	pkg   string   // the import path
	names []string // what is not to be said; none means that the import itself is the fault
	may   func(file string) bool
	why   string
}

var spokenRules = []spoken{
	{
		pkg: "fyne.io/fyne/v2", names: []string{"Do", "DoAndWait"},
		may: func(file string) bool { return file == "app/loop.go" },
		why: "the way onto the screen's thread is written in app/loop.go alone",
	},
	{
		pkg: "time", names: []string{"Now", "Since", "Until"},
		may: func(file string) bool {
			return file == "main.go" || isTest(file) || strings.HasPrefix(path.Base(file), "clock") ||
				within(file, "app/bench") || within(file, "app/torture")
		},
		why: "the time comes in as a value; only main.go and the clock files ask for it",
	},
	{
		pkg: "time", names: []string{"Sleep"},
		may: func(file string) bool { return !isTest(file) },
		why: "a test that sleeps is slow on one machine and fails on another",
	},
	{pkg: "math/rand", may: isTest, why: "identities come in as values"},
	{
		pkg: "math/rand/v2",
		may: func(file string) bool { return isTest(file) || within(file, "app/torture") },
		why: "identities come in as values",
	},
	{
		pkg: "fyne.io/fyne/v2/widget", names: []string{"NewRichTextFromMarkdown"},
		may: func(string) bool { return false },
		why: "it panics on some text that people type and loads remote pictures",
	},
}

// quiet are the packages that start no goroutine: they are handed the threads that they may use.
var quiet = []string{"workflow", "app/view", "app/kit", "app/look"}

// unsaid are places outside of this repository. They are put together here so that this file does not name them.
var unsaid = []string{"/" + "work/", "../" + "shared", "/" + "tmp/"}

func TestHouseSourceFollowsItsRules(t *testing.T) {
	read := 0
	walkFiles(t, func(file string, text []byte) {
		if !strings.HasSuffix(file, ".go") {
			return
		}
		read++
		assert.Empty(t, sourceFaults(file, string(text)))
		if lines := bytes.Count(text, []byte("\n")); lines > longFile {
			t.Logf("%s has %d lines: does it still tell one story?", file, lines)
		}
	})
	require.Positive(t, read, "the walk must find Go files, or this test proves nothing")
}

func TestHouseNamesNoPlaceOutsideOfItself(t *testing.T) {
	walkFiles(t, func(file string, text []byte) {
		assert.Empty(t, placeFaults(file, text))
	})
}

func TestHouseSourceRulesCatchWhatTheyForbid(t *testing.T) {
	bad := map[string]struct{ file, source string }{
		"a pane goes onto the screen's thread": {"app/view/board.go", `import "fyne.io/fyne/v2"; func f() { fyne.Do(nil) }`},
		"and waits for it":                     {"app/app.go", `import "fyne.io/fyne/v2"; func f() { fyne.DoAndWait(nil) }`},
		"under another name":                   {"app/app.go", `import toolkit "fyne.io/fyne/v2"; func f() { toolkit.Do(nil) }`},
		"with a dot import":                    {"app/app.go", `import . "fyne.io/fyne/v2"; func f() { Do(nil) }`},
		"without a call":                       {"app/app.go", `import "fyne.io/fyne/v2"; var do = fyne.Do`},
		"the law looks at the clock":           {"workflow/metrics.go", `import "time"; var now = time.Now()`},
		"the clock by a side door":             {"app/app.go", `import "time"; func f() any { return time.Since(time.Time{}) }`},
		"a test sleeps":                        {"data/store_test.go", `import "time"; func f() { time.Sleep(1) }`},
		"lots are drawn":                       {"data/store.go", `import "math/rand"; var n = rand.Int()`},
		"lots are drawn the new way":           {"app/app.go", `import "math/rand/v2"; var n = rand.Int()`},
		"user text reaches the toolkit's own markdown": {
			"app/kit/preview.go", `import "fyne.io/fyne/v2/widget"; var w = widget.NewRichTextFromMarkdown("")`,
		},
		"a view starts a goroutine":  {"app/view/board.go", `func f() { go f() }`},
		"a file that does not parse": {"app/app.go", `func {`},
	}
	for name, one := range bad {
		assert.NotEmpty(t, sourceFaults(one.file, "package p; "+one.source), name)
	}

	good := map[string]struct{ file, source string }{
		"the loop goes onto the screen's thread": {"app/loop.go", `import "fyne.io/fyne/v2"; func f() { fyne.Do(nil) }`},
		"a clock file looks at the clock":        {"app/session/clock.go", `import "time"; var now = time.Now`},
		"a test looks at the clock":              {"data/store_test.go", `import "time"; var now = time.Now()`},
		"a test draws lots":                      {"workflow/fold_test.go", `import "math/rand"; var n = rand.Int()`},
		"something of ours is called Do":         {"app/session/desk.go", `type desk struct{}; func (desk) Do() {}; func f() { desk{}.Do() }`},
		"something of ours is called time":       {"app/session/desk.go", `func f(time interface{ Now() int }) { time.Now() }`},
		"a worker is started":                    {"app/session/work.go", `func f() { go f() }`},
	}
	for name, one := range good {
		assert.Empty(t, sourceFaults(one.file, "package p; "+one.source), name)
	}
}

func TestHousePlaceRuleCatchesAPlaceOutside(t *testing.T) {
	for _, place := range unsaid {
		assert.NotEmpty(t, placeFaults("README.md", []byte("see "+place+"notes.md")), place)
	}
	assert.Empty(t, placeFaults("README.md", []byte("see docs/KEYS.md, and do the work / rest")))
	assert.Empty(t, placeFaults("docs/board.png", []byte("\x89PNG\x00"+unsaid[0])), "a picture is not text")
}

// sourceFaults says, one sentence each, which rules a Go file breaks. The file is named from the root, with slashes.
func sourceFaults(file, source string) []string {
	positions := token.NewFileSet()
	parsed, err := parser.ParseFile(positions, file, source, parser.SkipObjectResolution)
	if err != nil {
		return []string{"cannot be read: " + err.Error()}
	}
	var faults []string
	for _, rule := range spokenRules {
		if rule.may(file) {
			continue
		}
		for _, said := range spokenIn(parsed, rule) {
			faults = append(faults, fmt.Sprintf("%s says %s: %s", positions.Position(said.Pos()), path.Base(rule.pkg)+"."+strings.Join(rule.names, "|"), rule.why))
		}
	}
	if covers(quiet, file) && !isTest(file) {
		ast.Inspect(parsed, func(node ast.Node) bool {
			if start, is := node.(*ast.GoStmt); is {
				faults = append(faults, fmt.Sprintf("%s starts a goroutine, and this package is handed its threads", positions.Position(start.Pos())))
			}
			return true
		})
	}
	return faults
}

// spokenIn finds where a file says a forbidden name. A dot import hides who is meant, so it counts by itself.
func spokenIn(parsed *ast.File, rule spoken) []ast.Node {
	var said []ast.Node
	called := map[string]bool{}
	for _, line := range parsed.Imports {
		if name, err := strconv.Unquote(line.Path.Value); err != nil || name != rule.pkg {
			continue
		}
		switch {
		case len(rule.names) == 0 || line.Name != nil && line.Name.Name == ".":
			said = append(said, line)
		case line.Name != nil:
			called[line.Name.Name] = true
		default:
			called[packageName(rule.pkg)] = true
		}
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		selected, is := node.(*ast.SelectorExpr)
		if !is {
			return true
		}
		if on, is := selected.X.(*ast.Ident); is && called[on.Name] && covers(rule.names, selected.Sel.Name) {
			said = append(said, selected)
		}
		return true
	})
	return said
}

// packageName leaves out a version at the end of an import path: fyne.io/fyne/v2 is called fyne.
func packageName(importPath string) string {
	last := path.Base(importPath)
	if rest, is := strings.CutPrefix(last, "v"); is && strings.Trim(rest, "0123456789") == "" {
		return path.Base(path.Dir(importPath))
	}
	return last
}

func isTest(file string) bool { return strings.HasSuffix(file, "_test.go") }

// placeFaults says where a text names a place that a person who has only this repository does not have.
func placeFaults(file string, text []byte) []string {
	if bytes.IndexByte(text, 0) >= 0 {
		return nil
	}
	var faults []string
	for number, line := range strings.Split(string(text), "\n") {
		for _, place := range unsaid {
			if strings.Contains(line, place) {
				faults = append(faults, fmt.Sprintf("%s:%d names %s, which is not part of this repository", file, number+1, place))
			}
		}
	}
	return faults
}

// walkFiles visits the files of the repository, without what git and the build keep there.
func walkFiles(t *testing.T, visit func(file string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		file := filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (file == ".git" || file == "bin" || file == "build" || file == "dist"):
			return filepath.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		visit(file, text)
		return nil
	})
	require.NoError(t, err)
}
