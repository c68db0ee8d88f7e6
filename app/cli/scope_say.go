package cli

import (
	"fmt"
	"strings"

	"firebreak/workflow"
)

// How much of a finding is printed.
const (
	scopeLines = 12
	scopeWidth = 110
)

// tellScope prints a judgement. It answers an error, and so the exit code 1,
// while findings wait for an answer.
func (r *run) tellScope(look scopeLook) error {
	if r.flags.json {
		if err := r.printJSON(scopeToJSON(look)); err != nil {
			return err
		}
	} else {
		r.printScope(look)
	}
	if n := len(look.waiting()); n > 0 {
		return &failure{exit: ExitFailed, code: "scope.open", says: waitingWords(n, look.open)}
	}
	return nil
}

func waitingWords(n int, open bool) string {
	says := fmt.Sprintf("%d findings wait for an answer.", n)
	if n == 1 {
		says = "1 finding waits for an answer."
	}
	if !open {
		return says + " Take it out of the hotfix, or say in the review why it belongs there."
	}
	return says + " Accept one with a reason: firebreak scope accept N --reason TEXT. Or leave it for later: firebreak scope ticket N --text TEXT"
}

func (r *run) printScope(look scopeLook) {
	s, j := look.survey, look.scope
	about := s.FixBranch
	if about == "" && look.named {
		about = "The commit"
	} else if about == "" {
		about = "The hotfix"
	}
	r.line("%s", r.paint(bold, cleanText(about)+" at "+workflow.ShortCommit(j.Tip)))
	r.line("%s", wrapped("  compared", column, fmt.Sprintf("with %s: %s", workflow.ShortCommit(j.Base), s.BaseWhy)))
	size := fmt.Sprintf("%s (%d added, %d removed)", j.Size(), j.Added, j.Removed)
	if j.Loose {
		size += ", with what is not committed yet"
	}
	r.line("%s", wrapped("  changes", column, size))
	if len(j.Tests) > 0 {
		r.line("%s", wrapped("  tests", column, strings.Join(shownPaths(j.Tests), ", ")))
	}
	for i, f := range j.Findings {
		r.line("")
		r.printFinding(i, f, look)
	}
	r.line("")
	if len(j.Findings) == 0 {
		r.line("%s", r.paint(green, "Nothing in it looks like more than the fix."))
	} else if len(look.waiting()) == 0 {
		r.line("%s", r.paint(green, "Every finding has its answer."))
	}
	for _, says := range append(append([]string(nil), j.Unknown...), s.Says...) {
		r.line("%s", r.paint(faint, wrapped("  not known", column, says)))
	}
	if look.delta.Cut != "" {
		r.line("%s", r.paint(faint, wrapped("  not read", column, look.delta.Cut)))
	}
}

func (r *run) printFinding(i int, f workflow.ScopeFinding, look scopeLook) {
	mark, colour := "open", amber
	settled, answered := look.in.ScopeSettlement(f.ID)
	switch {
	case look.open && answered && settled.Accepted():
		mark, colour = "accepted", green
	case look.open && answered:
		mark, colour = "for later", green
	case f.Mild:
		mark, colour = "remark", faint
	}
	r.line("%s", r.paint(bold, wrapped(pad(ordinal(i), 3), 4, f.Says))+"  "+r.paint(colour, "["+mark+"]"))
	if f.Path != "" && !strings.Contains(f.Says, workflow.ShownPath(f.Path)) {
		r.line("    %s", cleanText(workflow.ShownPath(f.Path)))
	}
	r.line("%s", wrapped("", 4, f.Why))
	switch {
	case look.open && answered && settled.Accepted():
		r.line("%s", wrapped("", 4, "Accepted by "+settled.By+": "+settled.Reason))
	case look.open && answered:
		r.line("%s", wrapped("", 4, "Left for a ticket by "+settled.By+": "+settled.Ticket))
	}
	for _, l := range f.Lines[:min(len(f.Lines), scopeLines)] {
		r.line("    %s", r.paintLine(l))
	}
	if more := f.More + max(len(f.Lines)-scopeLines, 0); more > 0 {
		r.line("    %s", r.paint(faint, fmt.Sprintf("… and %d more lines", more)))
	}
}

// paintLine is a line of a diff, on one line of the terminal.
func (r *run) paintLine(l workflow.ScopeLine) string {
	text := fit(strings.ReplaceAll(cleanText(l.Line), "\t", "    "), scopeWidth)
	switch l.Change() {
	case workflow.LineAdded:
		return r.paint(green, text)
	case workflow.LineRemoved:
		return r.paint("31", text)
	default:
		return r.paint(faint, text)
	}
}

func shownPaths(paths []string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = workflow.ShownPath(path)
	}
	return out
}

// scopeJSON is a judgement for a program.
type scopeJSON struct {
	Incident string             `json:"incident,omitempty"`
	Branch   string             `json:"branch,omitempty"`
	Base     string             `json:"base"`
	BaseName string             `json:"base_name,omitempty"`
	BaseWhy  string             `json:"base_why"`
	Tip      string             `json:"tip"`
	Files    int                `json:"files"`
	Added    int                `json:"added"`
	Removed  int                `json:"removed"`
	Counted  int                `json:"counted"`
	Loose    bool               `json:"loose"`
	Tests    []string           `json:"tests"`
	Authors  []string           `json:"authors"`
	Open     int                `json:"open"`
	Findings []scopeFindingJSON `json:"findings"`
	Unknown  []string           `json:"unknown"`
	Cut      string             `json:"cut,omitempty"`
}

type scopeFindingJSON struct {
	Number int      `json:"number"`
	ID     string   `json:"id"`
	Rule   string   `json:"rule"`
	State  string   `json:"state"` // open, accepted, ticket or remark
	Path   string   `json:"path,omitempty"`
	Says   string   `json:"says"`
	Why    string   `json:"why"`
	Lines  []string `json:"lines,omitempty"`
	More   int      `json:"more,omitempty"`
	Commit string   `json:"commit,omitempty"`
	By     string   `json:"by,omitempty"`
	Reason string   `json:"reason,omitempty"`
	Ticket string   `json:"ticket,omitempty"`
}

func scopeToJSON(look scopeLook) scopeJSON {
	s, j := look.survey, look.scope
	out := scopeJSON{
		Branch: s.FixBranch, Base: j.Base, BaseName: s.BaseName, BaseWhy: s.BaseWhy, Tip: j.Tip, Files: j.Files, Added: j.Added, Removed: j.Removed,
		Counted: j.Counted, Loose: j.Loose, Tests: shownPaths(j.Tests), Authors: append([]string{}, j.Authors...), Open: len(look.waiting()),
		Findings: []scopeFindingJSON{}, Unknown: append(append([]string{}, j.Unknown...), s.Says...), Cut: look.delta.Cut,
	}
	if look.open {
		out.Incident = string(look.in.ID)
	}
	for i, f := range j.Findings {
		one := scopeFindingJSON{
			Number: i + 1, ID: f.ID, Rule: string(f.Rule), State: "open", Path: workflow.ShownPath(f.Path), Says: f.Says, Why: f.Why, More: f.More, Commit: f.Commit,
		}
		for _, l := range f.Lines {
			one.Lines = append(one.Lines, l.Line)
		}
		settled, answered := look.in.ScopeSettlement(f.ID)
		switch {
		case look.open && answered:
			one.State, one.By, one.Reason, one.Ticket = "ticket", settled.By, settled.Reason, settled.Ticket
			if settled.Accepted() {
				one.State = "accepted"
			}
		case f.Mild:
			one.State = "remark"
		}
		out.Findings = append(out.Findings, one)
	}
	return out
}
