package workflow

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// ProposedRun is a test command that is proposed for the fix.
type ProposedRun struct {
	Line    string
	Name    string // "Auth tests"; "" when the command says it best
	Why     string // why it is proposed
	Suite   Suite
	Derived bool // made from the changed files: no playbook says it
}

// Command is the playbook's command behind the proposal, to be asked whether it
// is trusted.
func (p ProposedRun) Command(of Playbook) PlaybookCommand {
	return PlaybookCommand{Use: TestUse, Run: p.Line, Shell: of.Work.Shell}
}

// mostProposed is how many can be chosen by a digit.
const mostProposed = 9

// ProposeRuns lists the test commands for the fix: what the playbook runs for
// the paths that it touches, what follows from the changed files where the
// playbook says nothing of them, and what the playbook always runs. Without a
// delta nobody knows what the fix touches.
func (in Incident) ProposeRuns(d *Delta) []ProposedRun {
	p := in.Playbook
	touched := d.Touched()
	var out []ProposedRun
	add := func(r ProposedRun) {
		if !slices.ContainsFunc(out, func(o ProposedRun) bool { return o.Line == r.Line }) {
			if r.Suite == "" {
				r.Suite, _, _ = p.SuiteOf(r.Line, touched)
			}
			out = append(out, r)
		}
	}
	spoken := map[string]bool{}
	for _, run := range p.Work.Runs {
		if len(run.Paths) == 0 {
			continue
		}
		for _, file := range touched {
			if MatchAnyPath(run.Paths, file) {
				add(ProposedRun{Line: run.Run, Name: run.Name, Why: "the fix touches " + ShownPath(file)})
				spoken[file] = true
			}
		}
	}
	for _, run := range p.derived(touched, spoken) {
		add(run)
	}
	for _, run := range p.Work.Runs {
		if len(run.Paths) == 0 {
			add(ProposedRun{Line: run.Run, Name: run.Name, Why: "the playbook runs it for every fix"})
		}
	}
	for _, line := range p.Work.CriticalRun {
		add(ProposedRun{Line: line, Why: "the playbook runs it for every fix"})
	}
	return out[:min(len(out), mostProposed)]
}

// Touched lists the paths that a change touches, the old ones of what was moved
// as well.
func (d *Delta) Touched() []string {
	if d == nil {
		return nil
	}
	var out []string
	for _, f := range d.Files {
		out = append(out, f.Path)
		if f.From != "" && f.From != f.Path {
			out = append(out, f.From)
		}
	}
	return out
}

// derived are commands that follow from the changed files of the languages whose
// tools run one file or folder: tests of their own first.
func (p Playbook) derived(touched []string, spoken map[string]bool) []ProposedRun {
	var tests, rest []ProposedRun
	for _, file := range touched {
		words, of := testsOf(file, MatchAnyPath(p.Scope.Tests, file))
		if words == nil || spoken[file] {
			continue
		}
		run := ProposedRun{Line: JoinCommand(words), Why: fmt.Sprintf("the fix touches %s", ShownPath(of)), Derived: true}
		if MatchAnyPath(p.Scope.Tests, file) {
			run.Suite = RegressionSuite
			run.Why = fmt.Sprintf("the fix adds or changes %s", ShownPath(of))
			tests = append(tests, run)
			continue
		}
		rest = append(rest, run)
	}
	return append(tests, rest...)
}

// testsOf is the command that runs the tests of a file; nil where the tool of
// its language does not run one file.
func testsOf(file string, test bool) (words []string, of string) {
	safe := file // never an option of the tool
	if strings.HasPrefix(safe, "-") {
		safe = "./" + safe
	}
	switch path.Ext(file) {
	case ".go":
		folder := path.Dir(file)
		if folder != "." {
			folder = "./" + folder
		}
		return []string{"go", "test", folder}, file
	case ".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".mts", ".cts":
		if test {
			return []string{"npm", "test", "--", safe}, file
		}
	case ".py":
		if test {
			return []string{"pytest", safe}, file
		}
	case ".rb":
		if test && strings.HasSuffix(file, "_spec.rb") {
			return []string{"bundle", "exec", "rspec", safe}, file
		}
	}
	return nil, file
}
