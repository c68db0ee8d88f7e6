package workflow

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"firebreak/workflow/words"
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
		if MatchAnyPath(p.Scope.Tests, file) && namesTest(words, file) {
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
func (s SuitePolicy) matches(command []string) (pattern string, is bool) {
	return words.Match(s.Match, command)
}

// plainCommand is a command without what does not decide which tests it runs.
func plainCommand(line string) []string {
	split, err := SplitCommand(line)
	if err != nil { // it is for a shell: what can be seen of it is judged
		split = strings.Fields(strings.NewReplacer(`"`, "", "'", "").Replace(line))
	}
	return words.Plain(split)
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
