package view

import (
	"fmt"
	"strings"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// scopeWay settles the scope of the fix from the card: what the guard says goes
// on record, and where it sees no repository a person's word does.
func (c *nextCard) scopeWay() *answer {
	f := newForm(c.ask, "board.scope", "Record the look", "Scope recorded.", func(value func(string) string) (workflow.Intent, error) {
		if scopeKnown(c.state) {
			return workflow.RecordScope{Judgement: c.state.Scope}, nil
		}
		if strings.TrimSpace(value("by-hand")) == "" {
			return nil, refusal("by-hand", "Say what you looked at and found. A line is enough.")
		}
		return workflow.RecordScope{ByHand: value("by-hand")}, nil
	}, input{name: "by-hand", label: "What was looked at, and what is in it", hint: "Read the diff with Bob: one line in token.ts, and its test", lines: 2, help: "There is no repository to read the change from, so your word counts. It holds for this commit only."})
	says := newLineList(2)
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		known := scopeKnown(st)
		show(f.fields["by-hand"], !known)
		if says.Set(scopeLines(st)) {
			c.fit()
		}
	}, kit.Column(look.Space2, says.box))
}

// scopeKnown says whether the guard has seen the change that is to go out.
func scopeKnown(st session.State) bool {
	return st.Delta != nil && st.Scope.Tip != "" && workflow.SameCommit(st.Scope.Tip, st.Incident.Fix.Change.Get().Commit)
}

// scopeLines are what the guard says, in a few lines.
func scopeLines(st session.State) []lineOf {
	if st.Delta == nil {
		return nil
	}
	fix := st.Incident.Fix.Change.Get().Commit
	if !scopeKnown(st) && fix != "" {
		return []lineOf{{icon: "warning", role: look.WarningText, text: fmt.Sprintf("The guard reads commit %s, and the fix on record is %s.", workflow.ShortCommit(st.Scope.Tip), workflow.ShortCommit(fix))}}
	}
	if open := len(st.Incident.ScopeOpen(st.Scope)); open > 0 {
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
