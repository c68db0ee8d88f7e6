package view

import (
	"fmt"

	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// scopeWay settles the scope of the fix from the card: what the guard says goes
// on record, and where it sees no repository a person's word does. Findings are
// answered on their sheet.
func (c *nextCard) scopeWay() *answer {
	f := newForm(c.ask, "board.scope", "Record the look", "Scope recorded.", func(value func(string) string) (workflow.Intent, error) {
		if scopeKnown(c.state) {
			return workflow.RecordScope{Judgement: c.state.Scope}, nil
		}
		return byHand(value("by-hand"))
	}, byHandInput())
	says := newLineList(2)
	var a *answer
	a = c.formAnswer(f, func(st session.State, _ workflow.Next) {
		show(f.fields["by-hand"], st.Delta == nil)
		a.word, a.submit = f.button.Word(), f.Submit
		if st.Delta != nil && !(scopeKnown(st) && len(st.Incident.ScopeOpen(st.Scope)) == 0) {
			a.word, a.submit = "Look at the findings", func() { c.ask.Run("incident.scope") }
		}
		if says.Set(scopeLines(st)) {
			c.fit()
		}
	}, says.box)
	return a
}

// scopeKnown says whether the guard has seen the change that is to go out.
func scopeKnown(st session.State) bool {
	return st.Delta != nil && st.Scope.Tip != "" && workflow.SameCommit(st.Scope.Tip, st.Incident.Fix.Change.Get().Commit)
}

// scopeLines are what the guard says, in a line or two.
func scopeLines(st session.State) []lineOf {
	if st.Delta == nil {
		return nil
	}
	fix := st.Incident.Fix.Change.Get().Commit
	if !scopeKnown(st) && fix != "" {
		return []lineOf{{icon: "warning", role: look.WarningText, text: fmt.Sprintf("The guard reads commit %s, and the fix on record is %s.", workflow.ShortCommit(st.Scope.Tip), workflow.ShortCommit(fix))}}
	}
	if len(st.Incident.ScopeOpen(st.Scope)) > 0 {
		return []lineOf{{icon: "warning", role: look.WarningText, text: scopeLine(st)}}
	}
	return []lineOf{{icon: "resolved", role: look.Muted, text: scopeLine(st)}}
}

// scopeLine is the scope of the fix in one calm line.
func scopeLine(st session.State) string {
	open := len(st.Incident.ScopeOpen(st.Scope))
	switch {
	case open == 1:
		return "Scope: 1 finding in " + st.Scope.Size()
	case open > 1:
		return fmt.Sprintf("Scope: %d findings in %s", open, st.Scope.Size())
	default:
		return "Scope: " + st.Scope.Size() + ", nothing to settle"
	}
}

// scopeCalm is the line that the card has beneath its form while the fix is in
// the works and findings wait: it asks for nothing now.
func scopeCalm(st session.State, on way) []lineOf {
	switch on {
	case wayFix, wayTests, wayRollback, wayApprove, wayStaging, wayDeploy, wayOverride, wayConfirm:
	default:
		return nil
	}
	if st.Delta == nil || len(st.Incident.ScopeOpen(st.Scope)) == 0 {
		return nil
	}
	return []lineOf{{icon: "warning", role: look.WarningText, text: scopeLine(st) + " (Ctrl+Shift+M)"}}
}
