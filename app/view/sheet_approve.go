package view

import (
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// openApprove records one approval, by somebody who did not write the fix,
// bound to the commit.
func (s *Shell) openApprove() {
	in := s.state.Incident
	f := newForm(s, "approve", "Approve this commit", "Approved.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Approve{Person: value("person")}, nil
	}, input{name: "person", label: "Who approves", start: in.Holder(workflow.Approver).Person, hint: s.state.Actor(), help: "One approver is enough for a hotfix, and it is never the fixer."})
	commit := kit.NewText("").Wrapped()
	facts := newLineList(1)
	s.openForm(formSheet{
		id: "approve", title: "Approve the fix", form: f, above: textsOf(commit, facts.box),
		follow: func(st session.State) {
			commit.SetText(fixWords(st.Incident))
			facts.Set(approveLines(st.Incident))
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

// approveLines say what an approver wants to know first.
func approveLines(in workflow.Incident) []lineOf {
	var lines []lineOf
	for _, fact := range []workflow.Fact{workflow.TestsPassed, workflow.RegressionTestAdded, workflow.RollbackReady} {
		lines = append(lines, findingLine(in.Find(fact)))
	}
	if who := in.FixedBy(); who != "" {
		lines = append(lines, lineOf{icon: "person", role: look.Muted, text: who + " made the fix, so somebody else approves it"})
	}
	return lines
}

func findingLine(f workflow.Finding) lineOf {
	if f.Holds {
		return lineOf{icon: "step-done", role: look.SuccessText, text: capital(f.Says)}
	}
	return lineOf{icon: "step-open", role: look.WarningText, text: "Not yet: " + inSentence(f.Missing)}
}
