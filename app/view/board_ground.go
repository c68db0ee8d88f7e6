package view

import (
	"fmt"
	"strings"

	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// What the board says of the repository that the fix is made in.

// newestFix is what the form for the fix begins with: what is on record, else
// the newest commit of the hotfix's branch and its own words.
func newestFix(st session.State) workflow.Change {
	change := st.Incident.Fix.Change.Get()
	if change != (workflow.Change{}) || st.Delta == nil || len(st.Delta.Commits) == 0 || st.Survey.Busy != "" {
		return change
	}
	newest := st.Delta.Commits[0]
	return workflow.Change{Commit: workflow.ShortCommit(newest.ID), Summary: newest.Subject}
}

// groundLines say where the hotfix stands in the repository, in a line or two;
// none while there is no repository.
func groundLines(st session.State) []lineOf {
	s := st.Survey
	if s.Root == "" {
		return nil // then it is done by hand, which the form is for
	}
	var lines []lineOf
	switch {
	case s.Busy != "":
		lines = append(lines, lineOf{icon: "clock", role: look.Muted, text: fmt.Sprintf("Git is in the middle of %s; the fix is read again when it is over.", s.Busy)})
	case st.SurveySays != "":
		lines = append(lines, lineOf{icon: "warning", role: look.WarningText, text: st.SurveySays})
	case s.FixBranch == "" && s.FixTip != "":
		lines = append(lines, lineOf{icon: "branch", role: look.Muted, text: "The fix is the commit " + workflow.ShortCommit(s.FixTip) + ", on no branch that it would follow."})
	case st.Delta != nil && len(st.Delta.Commits) == 0:
		lines = append(lines, lineOf{icon: "branch", role: look.Muted, text: fmt.Sprintf("Nothing is committed on %s yet%s.", workflow.ShownPath(s.FixBranch), looseWords(s))})
	case st.Delta != nil:
		lines = append(lines, lineOf{icon: "branch", role: look.Muted, text: fmt.Sprintf("%s at %s: %s since %s%s. The fix follows this branch.",
			workflow.ShownPath(s.FixBranch), workflow.ShortCommit(s.FixTip), counted(len(st.Delta.Commits), "commit"), sinceWords(s), looseWords(s))})
	}
	if st.Delta == nil && st.SurveySays == "" && len(s.Says) > 0 {
		lines = append(lines, lineOf{icon: "info", role: look.Muted, text: strings.Join(s.Says, " ")})
	}
	return lines
}

// sinceWords name where the hotfix began.
func sinceWords(s workflow.Survey) string {
	if s.BaseName == "" {
		return workflow.ShortCommit(s.Base)
	}
	return workflow.ShownPath(s.BaseName)
}

// looseWords say how much is not committed.
func looseWords(s workflow.Survey) string {
	n := s.Changed + s.Untracked
	if n == 0 || s.Head != s.FixTip {
		return ""
	}
	return ", and " + counted(n, "file") + " not committed"
}

// groundWords tell two states of the repository apart.
func groundWords(st session.State) string {
	s := st.Survey
	commits := -1
	if st.Delta != nil {
		commits = len(st.Delta.Commits)
	}
	return fmt.Sprintf("%s %s %s %s %s %d %d %d %d %d %s", s.Root, s.FixBranch, s.FixTip, s.Base, s.Busy, s.Changed, s.Untracked, commits,
		len(st.Scope.Findings), st.Scope.Lines(), st.SurveySays)
}
