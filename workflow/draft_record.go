package workflow

import (
	"fmt"
	"strings"
)

// draftDecision tells, in their order, what was decided and by whom: severity,
// rollback or hotfix, gates that were overridden, steps that were left out.
func (in Incident) draftDecision() string {
	var lines []string
	for _, e := range in.deciding() {
		if line := in.decisionLine(*e); line != "" {
			lines = append(lines, "- "+line)
		}
	}
	choice := in.Fix.Choice()
	if choice.Proposed != "" && choice.Proposed != choice.Option {
		lines = append(lines, "- The answers to the criteria spoke for the "+choice.Proposed)
	}
	if change := onOneLine(choice.WouldChange); change != "" {
		lines = append(lines, "- Would have changed it: "+change)
	}
	for _, line := range in.evidenceLines(choice) {
		lines = append(lines, "- "+literal(line))
	}
	return strings.Join(lines, "\n")
}

// deciding are the entries that decided something, in the timeline's order. They
// are few of many, and are looked for before anything is written of them.
func (in Incident) deciding() []*Entry {
	var found []*Entry
	for _, e := range in.Timeline.entries {
		if e.First == nil || e.Hidden.Get() {
			continue
		}
		switch e.First.Body.(type) {
		case SeveritySet, Decided, Overridden, ItemMarked, PhaseConfirmed, Reopened:
			found = append(found, e)
		}
	}
	return Timeline{entries: found}.sorted()
}

// decisionLine is what an entry decided; empty when it is none of those.
func (in Incident) decisionLine(e Entry) string {
	who, when := literal(orSomebody(e.Who)), atTime(e.At.Get())
	switch b := e.First.Body.(type) {
	case SeveritySet:
		return severityLine(b, who, when)
	case Decided:
		return fmt.Sprintf("%s chosen by %s%s: %s", strings.ToUpper(b.Option[:1])+b.Option[1:], who, when, onOneLine(b.Reason))
	case Overridden:
		return fmt.Sprintf("Gate overridden by %s (%s): %s", literal(b.By), literal(b.Name), sentence(b.Reason)) + missingThen(b.Missing, when)
	case ItemMarked:
		if item, found := in.Item(b.Item); found && item.State == ItemSkipped && b.State == ItemSkipped {
			return fmt.Sprintf("Skipped by %s: %s (%s)", who, literal(b.Text), onOneLine(b.Reason))
		}
	case PhaseConfirmed:
		if b.Reason != "" {
			return fmt.Sprintf("%s left with open items by %s%s: %s", literal(b.Name), who, when, onOneLine(b.Reason))
		}
	case Reopened:
		return fmt.Sprintf("Opened again by %s%s: %s", who, when, onOneLine(b.Reason))
	}
	return ""
}

// severityLine tells of a change, or of a level with a reason. A level without
// one stands in the title.
func severityLine(s SeveritySet, who, when string) string {
	text := "Severity set to "
	if s.Was != "" {
		text = "Severity changed from " + literal(s.Was) + " to "
	} else if s.Reason == "" {
		return ""
	}
	text += literal(SeverityWord(s.Level)) + " by " + who + when
	if s.Reason != "" {
		text += ": " + onOneLine(s.Reason)
	}
	return text
}

// missingThen says what was missing when a gate was overridden: " Missing at
// 2024-11-25 14:50 UTC: tests passed, approved."
func missingThen(missing []Fact, when string) string {
	if len(missing) == 0 {
		return ""
	}
	words := make([]string, len(missing))
	for i, f := range missing {
		words[i] = literal(strings.ReplaceAll(string(f), "-", " "))
	}
	return " Missing" + when + ": " + strings.Join(words, ", ") + "."
}

// draftVerification is the last word of each check, and which try it was where
// others since the deploy did not pass.
func (in Incident) draftVerification() string {
	var order []string
	last, failed := map[string]Check{}, map[string]int{}
	deploy, _ := in.LastDeploy()
	for _, c := range in.Proof.Checks {
		if _, again := last[c.key()]; !again {
			order = append(order, c.key())
		}
		last[c.key()] = c
		if c.Outcome != CheckPassed && c.clock > deploy.clock {
			failed[c.key()]++
		}
	}
	lines := make([]string, len(order))
	for i, what := range order {
		c := last[what]
		lines[i] = fmt.Sprintf("- %s: %s", literal(c.What), c.Outcome)
		var more []string
		if c.Soaked > 0 {
			more = append(more, "green for "+lasting(c.Soaked))
		}
		if n := failed[what]; n > 0 && c.Outcome == CheckPassed {
			more = append(more, fmt.Sprintf("try %d", n+1))
		}
		if c.Before != "" || c.After != "" {
			more = append(more, fmt.Sprintf("before %s, after %s", literal(orDash(c.Before)), literal(orDash(c.After))))
		}
		if more != nil {
			lines[i] += " (" + strings.Join(more, "; ") + ")"
		}
	}
	return strings.Join(lines, "\n")
}
