package workflow

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Proposed are the answers that facts give, with those of a person over them:
// what a person said is never overwritten.
func (p Playbook) Proposed(own map[string]string, facts map[string]Weighed) map[string]string {
	out := map[string]string{}
	for id, w := range facts {
		if w.Answer != "" {
			out[id] = w.Answer
		}
	}
	maps.Copy(out, own)
	return out
}

// Own are the answers of a decision that a person gave: those that do not just
// repeat what the facts said then.
func (d Decided) Own() map[string]string {
	own := map[string]string{}
	for id, answer := range d.Answers {
		if e, found := d.evidence(id); !found || e.Answer != answer {
			own[id] = answer
		}
	}
	return own
}

func (d Decided) evidence(id string) (Evidence, bool) {
	for _, e := range d.Evidence {
		if e.ID == id {
			return e, true
		}
	}
	return Evidence{}, false
}

// kept is the evidence as it is kept with a decision, in the playbook's order.
// That nobody knows is no evidence.
func (p Playbook) kept(facts map[string]Weighed) []Evidence {
	var out []Evidence
	for _, c := range slices.Concat(p.Decision.Rollback, p.Decision.Hotfix) {
		if w, found := facts[c.ID]; found && w.Says != "" && w.Source != FromNobody {
			out = append(out, w.Evidence)
		}
	}
	return out
}

// SinceDecided says which facts have come to speak against the decision that
// stands since it was made. What was known then, or is what the person
// answered, is no news.
func (in Incident) SinceDecided(facts map[string]Weighed) []string {
	choice := in.Fix.Choice()
	if !in.Deciding() {
		return nil
	}
	var out []string
	against := func(criteria []Criterion, answer string) {
		for _, c := range criteria {
			now := facts[c.ID]
			then, _ := choice.evidence(c.ID)
			if now.Answer == answer && then.Answer != answer && choice.Answers[c.ID] != answer {
				out = append(out, now.Says)
			}
		}
	}
	for option, criteria := range map[string][]Criterion{RollbackOption: in.Playbook.Decision.Rollback, HotfixOption: in.Playbook.Decision.Hotfix} {
		if option == choice.Option {
			against(criteria, No)
		} else {
			against(criteria, Yes)
		}
	}
	slices.Sort(out)
	return out
}

// Deciding says whether a decision stands that was not carried out yet: what
// changes now may still change it.
func (in Incident) Deciding() bool {
	if in.Fix.Choice().Option == "" || !in.Open() {
		return false
	}
	last, deployed := in.LastDeploy()
	return !deployed || in.awaitsChoice(last)
}

// SinceWords puts what has changed since the decision into one calm line.
func (in Incident) SinceWords(facts map[string]Weighed) string {
	since := in.SinceDecided(facts)
	if len(since) == 0 {
		return ""
	}
	return fmt.Sprintf("Decided for %s; since then: %s", in.Fix.Choice().Option, strings.Join(since, "; "))
}

// evidenceWords is evidence for the story of the changes.
func evidenceWords(all []Evidence) string {
	words := make([]string, len(all))
	for i, e := range all {
		words[i] = fmt.Sprintf("%s (%s, %s): %s", e.ID, cmp.Or(e.Answer, Unsure), e.Source, e.Says)
	}
	return strings.Join(words, "; ")
}

// evidenceLines tell what stood beside the answers when it was decided, and
// where the person answered otherwise.
func (in Incident) evidenceLines(d Decided) []string {
	if len(d.Evidence) == 0 {
		return nil // the reason names what was answered
	}
	var lines []string
	for _, c := range slices.Concat(in.Playbook.Decision.Rollback, in.Playbook.Decision.Hotfix) {
		e, found := d.evidence(c.ID)
		answer := d.Answers[c.ID]
		if !found && answer == "" {
			continue
		}
		line := c.Text + ": " + cmp.Or(answer, Unsure)
		if found {
			line += ". " + onOneLine(e.Says)
			if e.Answer != "" && answer != "" && e.Answer != answer {
				line += fmt.Sprintf(" (the facts said %s)", e.Answer)
			}
		}
		lines = append(lines, line)
	}
	return lines
}
