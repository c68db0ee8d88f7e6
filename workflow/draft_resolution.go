package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// draftResolution tells what ended it, with the evidence that it was good: how
// large the change was and what else was let into it, what the tests said on
// which commit, who approved which one, and what went out.
func (in Incident) draftResolution() string {
	var lines []string
	add := func(texts ...string) {
		for _, text := range texts {
			if text != "" {
				lines = append(lines, "- "+text)
			}
		}
	}
	add(in.mitigatedLine(), in.fixLine())
	add(in.scopeLines()...)
	add(in.testLines()...)
	add(in.approvalLines()...)
	add(in.wayBackLine())
	add(in.deployLines()...)
	return strings.Join(lines, "\n")
}

func (in Incident) mitigatedLine() string {
	e, ok := in.MilestoneEntry(Mitigated)
	if !ok {
		return ""
	}
	text := onOneLine(e.Text.Get())
	if text == in.line(Mitigated, "") {
		text = ""
	}
	return strings.TrimSuffix("Mitigated"+atTime(e.At.Get())+": "+text, ": ")
}

// rolledBack says whether the newest thing that went out was a way back.
func (in Incident) rolledBack() bool {
	last, deployed := in.LastDeploy()
	return deployed && last.Rollback
}

// fixLine is the fix. One that was only planned is called that, and is left out
// where something went out without it.
func (in Incident) fixLine() string {
	_, deployed := in.LastDeploy()
	switch {
	case in.Fix.Change.Set() && in.rolledBack():
		return "Fix that was tried: " + in.fixText()
	case in.Fix.Change.Set():
		return "Fix: " + in.fixText()
	case !deployed && in.Fix.Plan.Get() != "":
		return "Planned fix: " + firstLine(in.Fix.Plan.Get())
	default:
		return ""
	}
}

// fixText is what the fix is, its commit, and its size as the guard counted it.
func (in Incident) fixText() string {
	c := in.Fix.Change.Get()
	text := strings.TrimRight(onOneLine(c.Summary), sentenceEnds)
	var about []string
	if c.Commit != "" {
		about = append(about, "commit "+literal(ShortCommit(c.Commit)))
	}
	if looked, ok := in.ScopeLooked(); ok && looked.ByHand == "" && in.onFix(looked.Tip) {
		about = append(about, looked.Size())
	}
	switch {
	case text == "" && len(about) == 0:
		return "implemented"
	case text == "":
		return strings.Join(about, ", ")
	case len(about) == 0:
		return onOneLine(c.Summary)
	default:
		return text + " (" + strings.Join(about, ", ") + ")"
	}
}

// scopeLines say what was let into the hotfix beside the fix, and why; what was
// left for later; and what nobody answered. A remark needs no answer.
func (in Incident) scopeLines() []string {
	var lines []string
	looked, ok := in.ScopeLooked()
	if ok && looked.ByHand != "" {
		lines = append(lines, fmt.Sprintf("Scope looked at by %s: %s", literal(orSomebody(looked.By)), firstLine(looked.ByHand)))
	}
	for _, s := range in.settledFindings() {
		what := strings.TrimRight(literal(s.what()), sentenceEnds)
		if s.Accepted() {
			lines = append(lines, fmt.Sprintf("Accepted in the hotfix by %s: %s, because %s", literal(orSomebody(s.By)), what, onOneLine(s.Reason)))
		} else {
			lines = append(lines, fmt.Sprintf("Left for a ticket by %s: %s (%s)", literal(orSomebody(s.By)), what, onOneLine(s.Ticket)))
		}
	}
	if ok && in.onFix(looked.Tip) {
		for _, f := range in.ScopeOpen(looked.ScopeJudgement) {
			lines = append(lines, "Not answered: "+literal(FindingSettled{Says: f.Says, Path: f.Path}.what()))
		}
	}
	return lines
}

// settledFindings are the answers that stand, in the order in which they were
// given.
func (in Incident) settledFindings() []FindingSettled {
	out := make([]FindingSettled, 0, len(in.Proof.settled))
	for _, s := range in.Proof.settled {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b FindingSettled) int {
		if by := a.At.Time.Compare(b.At.Time); by != 0 {
			return by
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

// testLines are the last word of each command on each commit, in their order.
func (in Incident) testLines() []string {
	type ran struct{ command, commit string }
	var order []ran
	last := map[ran]TestRun{}
	for _, run := range in.Proof.Runs {
		which := ran{run.Command, run.Commit}
		if _, before := last[which]; !before {
			order = append(order, which)
		}
		last[which] = run
	}
	lines := make([]string, len(order))
	for i, which := range order {
		lines[i] = in.testLine(last[which])
	}
	return lines
}

func (in Incident) testLine(run TestRun) string {
	line := fmt.Sprintf("Tests %s: %s", run.word(), literal(run.Command))
	var about []string
	if run.Took > 0 {
		about = append(about, Briefly(run.Took))
	}
	if run.Commit != "" {
		on := "on " + literal(ShortCommit(run.Commit))
		switch {
		case run.Dirty:
			on += " with changes that were not committed"
		case !in.onFix(run.Commit):
			on += ", which is not the fix any more"
		}
		about = append(about, on)
	}
	if why := onOneLine(run.Override); why != "" {
		about = append(about, fmt.Sprintf("%s suite, because %s", literal(string(run.Suite)), why)+saysWho(run.OverrideBy))
	}
	if about == nil {
		return line
	}
	return line + " (" + strings.Join(about, "; ") + ")"
}

func saysWho(name string) string {
	if name == "" {
		return ""
	}
	return ", says " + literal(name)
}

// approvalLines name the commit where it is not the fix any more.
func (in Incident) approvalLines() []string {
	lines := make([]string, len(in.Proof.Approvals))
	for i, a := range in.Proof.Approvals {
		lines[i] = "Approved by " + literal(a.Person)
		if a.Commit != "" && !in.onFix(a.Commit) {
			lines[i] += " for " + literal(ShortCommit(a.Commit)) + ", which is not the fix any more"
		}
	}
	return lines
}

func (in Incident) wayBackLine() string {
	plan := in.Proof.Rollback.Get()
	if plan.Command == "" || in.rolledBack() {
		return ""
	}
	line := "Way back: " + literal(plan.Command)
	if plan.Version != "" {
		line += " (to " + literal(plan.Version) + ")"
	}
	return line
}

func deployLine(d Deploy) string {
	what, version := "Deployed", literal(ShortCommit(d.Version))
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

// deployLines are what went out, and what was started and did not, in their
// order. A dry run is neither.
func (in Incident) deployLines() []string {
	type line struct {
		at   Stamp
		text string
	}
	var lines []line
	for _, d := range in.Proof.Deploys {
		lines = append(lines, line{d.At, deployLine(d)})
	}
	for _, run := range in.Proof.Attempts {
		switch {
		case run.DryRun || run.Over && run.Ended.Well:
		case run.Over:
			lines = append(lines, line{run.At, capitalOf(run.Word()) + " " + literal(run.Ended.Words()) + ", started" + atTime(run.At)})
		default:
			lines = append(lines, line{run.At, capitalOf(run.Word()) + " started" + atTime(run.At) + "; how it ended is not on record"})
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.at.Time.Compare(b.at.Time) })
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return texts
}
