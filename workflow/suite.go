package workflow

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// SuiteOf says which suite a command runs, by the playbook: one that a hotfix
// does not run, the regression test, or else the critical paths. Touched are the
// paths that the fix touches. Of a suite that a hotfix does not run, refused is
// its policy. Why says what the answer rests on; "" when nothing speaks for
// another suite.
func (p Playbook) SuiteOf(line string, touched []string) (suite Suite, refused *SuitePolicy, why string) {
	words := plainCommand(line)
	for _, s := range p.Work.NotNow {
		match, is := s.matches(words)
		if !is {
			continue
		}
		if named, does := namesTouched(words, touched); s.Unless && does {
			return CriticalSuite, nil, fmt.Sprintf("it names %s, which the fix touches", named)
		}
		return Suite(s.ID), &s, fmt.Sprintf("the playbook counts %q as the %s", match, s.Name)
	}
	for _, file := range touched {
		if anyMatches(p.Scope.Tests, file) && namesTest(words, file) {
			return RegressionSuite, nil, fmt.Sprintf("it runs %s, which the fix adds or changes", ShownPath(file))
		}
	}
	return CriticalSuite, nil, ""
}

// suite finds the policy of a suite that a hotfix does not run.
func (p Playbook) suite(id Suite) (SuitePolicy, bool) {
	for _, s := range p.Work.NotNow {
		if s.ID == string(id) {
			return s, true
		}
	}
	return SuitePolicy{}, false
}

// matches says which pattern of the policy a command is.
func (s SuitePolicy) matches(words []string) (pattern string, is bool) {
	line := strings.ToLower(strings.Join(words, " "))
	for _, pattern := range s.Match {
		if textMatches(strings.ToLower(strings.Join(strings.Fields(pattern), " ")), line, false) {
			return pattern, true
		}
	}
	return "", false
}

// Words of a command that change nothing about which tests it runs.
var (
	runBefore = []string{"env", "time", "nice", "nohup", "command", "exec", "npx", "bunx", "poetry run", "pipenv run", "uv run", "pnpm exec", "yarn exec"}
	allTheRun = []string{
		"-v", "-vv", "--verbose", "-q", "--quiet", "--silent", "-s", "-json", "--json", "-race", "-short", "-failfast", "-cover", "--coverage", "--cov",
		"-x", "--bail", "--ci", "--color", "--colors", "--no-color", "--runInBand", "-i", "--no-cache", "--offline", "-B", "--batch-mode", "-k!", "--all", "--if-present",
		"-count", "-timeout", "-p", "-parallel", "-cpu", "-coverprofile", "-vet", "-j", "--jobs", "--maxfail", "--reporter", "--watch", "--watchAll", "--timeout", "--tb",
	}
)

// plainCommand is a command without what does not decide which tests it runs:
// what stands before the program, its folder, and switches for how it prints.
func plainCommand(line string) []string {
	words, err := SplitCommand(line)
	if err != nil { // it is for a shell: what can be seen of it is judged
		words = strings.Fields(strings.NewReplacer(`"`, "", "'", "").Replace(line))
	}
	for len(words) > 1 {
		if name, _, assigns := strings.Cut(words[0], "="); assigns && isVariable(name) || slices.Contains(runBefore, words[0]) {
			words = words[1:]
			continue
		}
		if len(words) > 2 && slices.Contains(runBefore, words[0]+" "+words[1]) {
			words = words[2:]
			continue
		}
		break
	}
	if len(words) == 0 {
		return nil
	}
	program := words[0]
	if path.IsAbs(program) || strings.Contains(program, "/bin/") || strings.Contains(program, "/.bin/") {
		program = path.Base(program)
	}
	out := []string{program}
	for _, w := range words[1:] {
		name, _, _ := strings.Cut(w, "=")
		if name == w && takesValue(name) || !slices.Contains(allTheRun, name) {
			out = append(out, w)
		}
	}
	if out[len(out)-1] == "--" {
		out = out[:len(out)-1]
	}
	return out
}

// takesValue says whether the next word may belong to a switch: then both stay,
// and a command that names something is never taken for the whole suite.
func takesValue(name string) bool {
	return slices.Contains([]string{"-p", "-s", "-i", "-k", "-j", "-count", "-timeout", "--timeout", "--reporter"}, name)
}

// broadNames are folders that say nothing about what is in them.
var broadNames = []string{
	"src", "lib", "libs", "app", "apps", "pkg", "internal", "cmd", "main", "index", "test", "tests", "spec", "specs", "e2e", "cypress", "playwright",
	"integration", "unit", "packages", "modules", "components", "services", "common", "shared", "utils", "util", "helpers", "core", "server", "client", "mod", "init", "__init__", "__tests__", "run", "npm", "all",
}

// namesTouched says whether a command names a file, or the folder of a file,
// that the fix touches, and which name that is.
func namesTouched(words, touched []string) (string, bool) {
	said := map[string]bool{}
	for _, w := range words[min(1, len(words)):] {
		for _, part := range nameParts(w) {
			said[part] = true
		}
	}
	for _, file := range touched {
		for _, name := range strings.Split(file, "/") {
			stem, _, _ := strings.Cut(strings.TrimPrefix(name, "."), ".")
			if stem = strings.ToLower(stem); len(stem) > 2 && !slices.Contains(broadNames, stem) && said[stem] {
				return stem, true
			}
		}
	}
	return "", false
}

// nameParts are the names in a word of a command: "cypress/e2e/auth.cy.js" names
// cypress, e2e, auth, cy and js.
func nameParts(word string) []string {
	return strings.FieldsFunc(strings.ToLower(word), func(r rune) bool {
		return !isDigit(r) && !isLetter(r) && r < 0x80 && r != '_' && r != '-'
	})
}

// namesTest says whether a command runs a test file: it names the file, or the
// folder where the tool runs folders.
func namesTest(words []string, file string) bool {
	folder, base := path.Split(file)
	for i, w := range words {
		w, _, _ = strings.Cut(strings.TrimPrefix(w, "./"), "::")
		switch {
		case w == file || w == base || strings.HasSuffix(file, "/"+w) && strings.Contains(w, "."):
			return true
		case strings.HasSuffix(w, "="+file):
			return true
		case words[0] == "go" && i > 1 && strings.HasSuffix(file, "_test.go") && path.Clean(folder) == path.Clean(strings.TrimSuffix(w, "...")) && w != "":
			return true
		}
	}
	return false
}
