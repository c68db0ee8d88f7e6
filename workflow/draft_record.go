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

// draftResolution tells what ended it. A fix that was only planned is called
// that, and is left out where a rollback ended it.
func (in Incident) draftResolution() string {
	var lines []string
	add := func(format string, values ...any) { lines = append(lines, "- "+fmt.Sprintf(format, values...)) }
	if e, ok := in.MilestoneEntry(Mitigated); ok {
		text := onOneLine(e.Text.Get())
		if text == in.line(Mitigated, "") {
			text = ""
		}
		add("%s", strings.TrimSuffix("Mitigated"+atTime(e.At.Get())+": "+text, ": "))
	}
	last, deployed := in.LastDeploy()
	c := in.Fix.Change.Get()
	switch {
	case in.Fix.Change.Set() && deployed && last.Rollback:
		add("Fix that was tried: %s", fixText(c))
	case in.Fix.Change.Set():
		add("Fix: %s", fixText(c))
	case !deployed && in.Fix.Plan.Get() != "":
		add("Planned fix: %s", firstLine(in.Fix.Plan.Get()))
	}
	lines = append(lines, in.testLines()...)
	for _, a := range in.Proof.Approvals {
		line := "Approved by " + literal(a.Person)
		if a.Commit != "" && a.Commit != c.Commit {
			line += " for " + literal(a.Commit)
		}
		add("%s", line)
	}
	if plan := in.Proof.Rollback.Get(); plan.Command != "" && !(deployed && last.Rollback) {
		line := "Way back: " + literal(plan.Command)
		if plan.Version != "" {
			line += " (to " + literal(plan.Version) + ")"
		}
		add("%s", line)
	}
	for _, d := range in.Proof.Deploys {
		add("%s", deployLine(d))
	}
	return strings.Join(lines, "\n")
}

func fixText(c Change) string {
	text := onOneLine(c.Summary)
	switch {
	case c.Commit == "" && text == "":
		return "implemented"
	case c.Commit == "":
		return text
	case text == "":
		return "commit " + literal(c.Commit)
	default:
		return strings.TrimRight(text, sentenceEnds) + " (commit " + literal(c.Commit) + ")"
	}
}

func deployLine(d Deploy) string {
	what, version := "Deployed", literal(d.Version)
	switch {
	case d.Rollback:
		what = "Rolled back"
		if version != "" {
			version = "to " + version
		}
	case d.Environment == Staging:
		what = "Deployed to staging"
	}
	return strings.TrimSpace(what+" "+version) + atTime(d.At)
}

// testLines are the last word of each command, in the order of the first.
func (in Incident) testLines() []string {
	var order []string
	last := map[string]TestRun{}
	for _, run := range in.Proof.Runs {
		if _, before := last[run.Command]; !before {
			order = append(order, run.Command)
		}
		last[run.Command] = run
	}
	lines := make([]string, len(order))
	for i, command := range order {
		word := "failed"
		if last[command].Passed {
			word = "passed"
		}
		lines[i] = fmt.Sprintf("- Tests %s: %s", word, literal(command))
		if why := onOneLine(last[command].Override); why != "" {
			lines[i] += fmt.Sprintf(" (%s suite, because %s)", literal(string(last[command].Suite)), why)
		}
	}
	return lines
}

// draftVerification is the last word of each check, and which try it was where
// others since the deploy did not pass.
func (in Incident) draftVerification() string {
	var order []string
	last, failed := map[string]Check{}, map[string]int{}
	deploy, _ := in.LastDeploy()
	for _, c := range in.Proof.Checks {
		if _, again := last[c.What]; !again {
			order = append(order, c.What)
		}
		last[c.What] = c
		if c.Outcome != CheckPassed && c.clock > deploy.clock {
			failed[c.What]++
		}
	}
	lines := make([]string, len(order))
	for i, what := range order {
		c := last[what]
		lines[i] = fmt.Sprintf("- %s: %s", literal(c.What), c.Outcome)
		var more []string
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
