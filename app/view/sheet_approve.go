package view

import (
	"fmt"
	"strings"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// openApprove records one approval, by somebody who did not write the fix, bound
// to the commit. Who approves sees what: the commit, how large it is, what the
// guard found and what the tests said of it.
func (s *Shell) openApprove() {
	in := s.state.Incident
	f := newForm(s, "approve", "Approve this commit", "Approved.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Approve{Person: value("person"), Commit: s.state.Incident.Fix.Change.Get().Commit}, nil
	}, input{name: "person", label: "Who approves", start: in.Holder(workflow.Approver).Person, hint: s.state.Actor()})
	commit := kit.NewText("").Wrapped()
	facts := newLineList(1)
	s.openForm(formSheet{
		id: "approve", title: "Approve the fix", form: f, above: textsOf(commit, facts.box), width: 640,
		follow: func(st session.State) {
			commit.SetText(fixWords(st.Incident))
			changed := facts.Set(approveLines(st.Incident))
			f.fields["person"].SetHelp("One approver is enough for a hotfix, and it is never the fixer. It is recorded that " + st.Actor() + " typed it.")
			if changed {
				s.layers.Refresh()
			}
		},
	})
}

// fixWords says which change an approval would be for.
func fixWords(in workflow.Incident) string {
	change := in.Fix.Change.Get()
	switch {
	case !in.Fix.Change.Set():
		return "There is no fix on record yet. Record it on the board first: an approval holds for one commit."
	case change.Commit == "":
		return "The fix: " + orElse(change.Summary, "no summary") + ". It names no commit, so a new commit makes this approval void."
	default:
		return "The fix is commit " + change.Commit + ". " + orElse(change.Summary, "No summary.") + " Another commit makes this approval void."
	}
}

// approveLines say what an approver wants to know first: how large it is, what
// stands against it, and what was tried.
func approveLines(in workflow.Incident) []lineOf {
	lines := judgedLines(in)
	lines = append(lines, triedLines(in)...)
	for _, fact := range []workflow.Fact{workflow.TestsPassed, workflow.RegressionTestAdded, workflow.RollbackReady} {
		if f := in.Find(fact); !f.Holds || fact != workflow.TestsPassed {
			lines = append(lines, findingLine(f))
		}
	}
	if who := in.Authors(); len(who) > 0 {
		made := strings.Join(who, " and ") + " made the fix, so somebody else approves it"
		lines = append(lines, lineOf{icon: "person", role: look.Muted, text: made})
	}
	return lines
}

// judgedLines say how large the change is and what the guard still asks about it.
func judgedLines(in workflow.Incident) []lineOf {
	looked, ok := in.ScopeLooked()
	commit := in.Fix.Change.Get().Commit
	switch {
	case !ok || looked.Tip != "" && !workflow.SameCommit(looked.Tip, commit):
		return []lineOf{{icon: "step-open", role: look.WarningText, text: "Nobody has looked at the scope of this commit yet"}}
	case looked.ByHand != "":
		return []lineOf{{icon: "step-done", role: look.SuccessText, text: "Scope judged by hand: " + looked.ByHand}}
	}
	lines := []lineOf{{icon: "branch", role: look.Muted, text: fmt.Sprintf("%s: %d added, %d removed", capital(looked.Size()), looked.Added, looked.Removed)}}
	open := in.ScopeOpen(looked.ScopeJudgement)
	for i, f := range open {
		if i == mostFindings {
			lines = append(lines, lineOf{icon: "warning", role: look.WarningText, text: fmt.Sprintf("… and %d more findings", len(open)-i)})
			break
		}
		lines = append(lines, lineOf{icon: "warning", role: look.WarningText, text: "Open: " + f.Says})
	}
	return lines
}

// mostFindings keeps the sheet short; the guard's own has them all.
const mostFindings = 4

// triedLines are the last word of each test command on this very commit.
func triedLines(in workflow.Incident) []lineOf {
	commit := in.Fix.Change.Get().Commit
	last := map[string]int{}
	var lines []lineOf
	for _, run := range in.Proof.Runs {
		if !workflow.SameCommit(run.Commit, commit) {
			continue
		}
		line := lineOf{icon: "error", role: look.ErrorText, text: "Failed: " + run.Command}
		if run.Passed {
			line = lineOf{icon: "step-done", role: look.SuccessText, text: "Passed: " + run.Command}
		}
		line.text += " (" + run.At.Clock(nil) + ")"
		if i, again := last[run.Command]; again {
			lines[i] = line
			continue
		}
		last[run.Command] = len(lines)
		lines = append(lines, line)
	}
	return lines
}

func findingLine(f workflow.Finding) lineOf {
	if f.Holds {
		return lineOf{icon: "step-done", role: look.SuccessText, text: capital(f.Says)}
	}
	return lineOf{icon: "step-open", role: look.WarningText, text: "Not yet: " + inSentence(f.Missing)}
}
