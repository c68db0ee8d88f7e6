package intake

import (
	"strings"

	"firebreak/workflow"
)

// milestoneWords are what people write when a milestone is reached. Impact
// started is not among them: it is never filled in by itself.
var milestoneWords = []struct {
	milestone workflow.Milestone
	last      bool     // the last one that says so is meant, not the first
	stems     []string // one of them is in all of the words: most entries are told apart by these
	words     []string
}{
	{workflow.Detected, false, []string{"alert", "alarm", "detect", "report", "page"}, []string{"alert triggered", "alert fired", "alerts fired", "alert fires", "alert raised", "alarm triggered", "alarm fired", "alerts triggered", "alert is triggered", "triggered an alert", "first alert", "monitoring alert", "was detected", "is detected", "detected the", "detects", "first detected", "first report", "paged", "pages on-call", "alert received", "reports on slack", "monitoring detects", "monitoring detected"}},
	{workflow.Acknowledged, false, []string{"acknow", "look", "invest", "discov"}, []string{"acknowledge", "acknowledges", "acknowledged", "begins looking", "starts looking", "investigation starts", "investigation started", "investigations started", "starts investigating", "started investigating", "begins investigating", "begins investigation", "investigation begins", "alert discovered"}},
	{workflow.IncidentDeclared, false, []string{"incident"}, []string{"incident declared", "incident is declared", "incident was declared", "declares an incident", "declared an incident", "declares incident", "declared incident", "declare an incident", "incident opened", "incident raised"}},
	{workflow.Identified, false, []string{"cause", "identif"}, []string{"root cause identified", "root cause is identified", "root cause was identified", "root cause found", "identified the root cause", "identifies the root cause", "determines the root cause", "determined the root cause", "found the root cause", "finds the cause", "found the cause", "cause identified", "identified the cause", "issue identified", "issue is identified", "identified the issue", "identified the problem", "identified as the cause"}},
	{workflow.Mitigated, false, []string{"mitig", "roll", "restor", "outage end", "revert", "recov", "normal"}, []string{"mitigated", "mitigation in place", "mitigation applied", "rolled back", "rollback complete", "rollback completed", "service restored", "service is restored", "services restored", "outage ends", "reverted the", "fully recovered", "back to normal"}},
	{workflow.FixDeployed, false, []string{"fix", "patch"}, []string{"fix deployed", "fix is deployed", "fix was deployed", "hotfix deployed", "deployed the fix", "deployed a fix", "deploys the fix", "deploys a fix", "patch deployed", "fix released", "fix rolled out", "fix is rolled out", "fix went live"}},
	{workflow.FixProven, true, []string{"verif", "confirm"}, []string{"fix verified", "verified fix", "verified the fix", "verified that", "fix confirmed", "confirmed the fix", "resolution is confirmed", "confirmed resolved", "confirmed the resolution"}},
	{workflow.AllClear, true, []string{"clear", "resolved", "incident"}, []string{"all clear", "all-clear", "incident resolved", "incident is resolved", "incident was resolved", "declared resolved", "incident closed", "incident is closed", "considered resolved", "incident over", "marked as resolved", "marked resolved", "incident ends"}},
}

// doubts around a milestone's words that make them mean something else.
var undoing = []string{"not ", "n't ", "n’t ", "unable to", "failed to", "fails to", "attempt", "tried to", "trying to", "would ", "should ", "could ", "if ", "until ", "before ", "whether ", "not yet", "no "}

// ending is what turns "incident declared" into its end, behind the words.
var ending = []string{" resolved", " closed", " mitigated", " over"}

// milestones proposes each milestone for the entry whose words tell of it: the
// first that does, or the last where a later word takes the earlier back.
func (d *document) milestones() {
	var found [9]*draft
	for _, e := range d.drafts {
		if !e.mark.clock.told() || e.mark.clock.bad || len(e.lines) == 0 {
			continue
		}
		text := beginning(e.lines[0], 400)
		if strings.HasSuffix(text, "?") {
			continue
		}
		for i, row := range milestoneWords {
			if (found[i] == nil || row.last) && containsAny(text, row.stems) && tells(text, row.words) {
				found[i] = e
				break
			}
		}
	}
	for i, e := range found {
		if e != nil {
			e.mile = milestoneWords[i].milestone
		}
	}
}

// beginning is the first part of a text, in small letters.
func beginning(text string, most int) string {
	if len(text) > most {
		text = text[:most]
	}
	return strings.ToLower(text)
}

func tells(text string, words []string) bool {
	for _, w := range words {
		i := strings.Index(text, w)
		if i < 0 || i > 0 && isLetter(text[i-1]) || i+len(w) < len(text) && isLetter(text[i+len(w)]) {
			continue
		}
		after := text[i+len(w):]
		if !containsAny(text[max(0, i-30):i], undoing) && !containsAny(after[:min(len(after), 12)], ending) {
			return true
		}
	}
	return false
}

// kindOf sorts an entry by its words.
func kindOf(text string) workflow.EntryKind {
	text = beginning(text, 200)
	switch {
	case containsAny(text, []string{"alert triggered", "alert fired", "alerts fired", "alarm ", "alert:", "pagerduty alert", "paged", "first alert", "alert received", "alerts triggered"}):
		return workflow.AlertEntry
	case containsAny(text, []string{"status page", "statuspage", "announce", "customers informed", "community is informed", "stakeholders informed", "posted an update", "status update"}):
		return workflow.UpdateEntry
	case containsAny(text, []string{"decided ", "decision ", "decide to"}):
		return workflow.DecisionEntry
	}
	return workflow.NoteEntry
}
