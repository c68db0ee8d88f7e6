package workflow

import (
	"fmt"
	"strings"
	"time"
)

// measured is a number of the incident against what the playbook asks.
type measured struct {
	well  bool
	words string
}

// draftWentWell and draftWentWrong hold the incident's own numbers against the
// playbook. They stay empty while the fire burns; what else went well or wrong
// only people know.
func (in Incident) draftWentWell() string { return in.judgedLines(true) }

func (in Incident) draftWentWrong() string { return in.judgedLines(false) }

func (in Incident) judgedLines(well bool) string {
	if in.Open() || in.Stage() == Cancelled || !in.Declared() {
		return ""
	}
	var lines []string
	for _, j := range in.measured() {
		if j.well == well {
			lines = append(lines, "- "+j.words)
		}
	}
	return strings.Join(lines, "\n")
}

func (in Incident) measured() []measured {
	var out []measured
	level := in.Effective()
	name := literal(level.ID)
	if m := in.Metric(TimeToAcknowledge); m.State == Recorded && level.Within > 0 {
		out = append(out, against(m.Value, level.Within,
			fmt.Sprintf("Acknowledged %s after detection", inWords(m)), fmt.Sprintf("%s asks for %s", name, Words(level.Within))))
	}
	if first, ok := in.firstTold(); ok && level.FirstUpdate > 0 {
		out = append(out, against(first.Value, level.FirstUpdate,
			fmt.Sprintf("Stakeholders first heard %s after detection", inWords(first)), fmt.Sprintf("%s asks for %s", name, Words(level.FirstUpdate))))
	}
	if m := in.longestSilence(); m.State == Recorded && level.Cadence > 0 {
		out = append(out, against(m.Value, level.Cadence,
			fmt.Sprintf("The longest silence towards stakeholders was %s", inWords(m)), fmt.Sprintf("%s asks for an update every %s", name, every(level.Cadence))))
	}
	return append(out, in.rolesNeverTaken(level)...)
}

// rolesNeverTaken is asked where the hotfix flow was required. A fix and its
// approval are on record also where nobody had those roles.
func (in Incident) rolesNeverTaken(level Level) []measured {
	if level.Flow != HotfixFlow {
		return nil
	}
	var out []measured
	for _, role := range in.Unclaimed() {
		if role.ID == Fixer && in.Fix.Change.Set() || role.ID == Approver && len(in.Proof.Approvals) > 0 {
			continue
		}
		out = append(out, measured{words: "Nobody took the role of " + literal(strings.ToLower(role.Name))})
	}
	return out
}

// every is a length of time behind that word: "hour", "20 minutes".
func every(d time.Duration) string {
	words := Words(d)
	if unit, one := strings.CutPrefix(words, "1 "); one && !strings.Contains(unit, " ") {
		return unit
	}
	return words
}

func against(value, limit time.Duration, says, asks string) measured {
	if value <= limit {
		return measured{well: true, words: says + " (" + asks + ")"}
	}
	return measured{words: says + "; " + asks}
}

// firstTold is how long after detection stakeholders first heard something.
func (in Incident) firstTold() (Metric, bool) {
	from, ok := in.MilestoneAt(Detected)
	if !ok || !from.Known() {
		return Metric{}, false
	}
	for _, at := range in.toldAt() {
		if !at.Time.Before(from.Time) {
			return Metric{State: Recorded, Value: at.Time.Sub(from.Time), Approx: at.Sure == About || from.Sure == About}, true
		}
	}
	return Metric{}, false
}

// draftQuestions are what the log itself leaves open.
func (in Incident) draftQuestions() string {
	var lines []string
	add := func(format string, values ...any) { lines = append(lines, "- "+fmt.Sprintf(format, values...)) }
	if guess := onOneLine(in.Assessment(Hypothesis)); guess != "" && strings.TrimSpace(in.Fix.RootCause.Get()) == "" {
		add("The root cause is not confirmed. Suspected: %s", guess)
	}
	for _, h := range in.Crew.Handoffs {
		if asked := onOneLine(h.Questions); asked != "" {
			add("Open at the hand-off to %s: %s", literal(h.To), asked)
		}
	}
	for _, a := range in.OpenAssignments() {
		add("Not finished by %s: %s", literal(a.Owner), onOneLine(a.Text))
	}
	if !in.Open() && in.Stage() != Cancelled {
		if !in.Reached(ImpactStarted) {
			add("When did the impact start?")
		}
		for _, m := range in.Metrics() {
			if m.State == Invalid {
				add("Which time is right? %s", literal(m.Why))
			}
		}
	}
	return strings.Join(lines, "\n")
}
