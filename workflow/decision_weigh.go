package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The criteria that facts can say something about. A playbook may have others,
// and may leave these out: what nobody can look up stays the person's.
const (
	previousWorked    = "previous-worked"
	rollbackFaster    = "rollback-faster"
	multipleIssues    = "multiple-issues"
	cannotRollBack    = "cannot-roll-back"
	previousHasIssues = "previous-has-issues"
	fixSmallAndClear  = "fix-small-and-clear"
)

// EvidenceSource is where evidence comes from.
type EvidenceSource string

// The sources.
const (
	FromGit    EvidenceSource = "git"
	FromLog    EvidenceSource = "log"
	FromNobody EvidenceSource = "unknown"
)

// Evidence is what facts say to a criterion.
type Evidence struct {
	ID     string         `json:"id"`               // of the criterion
	Answer string         `json:"answer,omitempty"` // yes or no; "" leaves it to the person
	Says   string         `json:"says"`             // the facts, in a sentence
	Source EvidenceSource `json:"source,omitempty"`
}

// Weighed is evidence with the words that make advice concrete.
type Weighed struct {
	Evidence
	Named string // what the reason names: "db/migrate/007.sql"
	Turns string // what would change a decision that rests on it
}

// DecisionFacts is everything that the criteria are answered from. Each part
// may be missing.
type DecisionFacts struct {
	Way      *WayBack // what git says about going back; nil: nobody looked
	Fix      *Delta   // the fix as far as it is written; nil: there is none
	Ready    bool     // the rollback was made ready
	Detected Stamp
	Of       IncidentID
	History  []Summary // of all incidents
}

// Weigh puts the facts beside the criteria of this incident's playbook.
func (in Incident) Weigh(way *WayBack, fix *Delta, history []Summary) map[string]Weighed {
	facts := DecisionFacts{Way: way, Fix: fix, Ready: in.Proof.Rollback.Set(), Of: in.ID, History: history}
	facts.Detected, _ = in.MilestoneAt(Detected)
	return in.Playbook.Weigh(facts)
}

// Weigh says to each criterion that facts can speak to what they say. It is a
// proposal: an answer only where the facts carry it, and never a person's.
func (p Playbook) Weigh(f DecisionFacts) map[string]Weighed {
	out := map[string]Weighed{}
	for _, c := range slices.Concat(p.Decision.Rollback, p.Decision.Hotfix) {
		if w, known := p.weigh(c.ID, f); known {
			w.ID = c.ID
			out[c.ID] = w
		}
	}
	return out
}

func (p Playbook) weigh(id string, f DecisionFacts) (Weighed, bool) {
	switch id {
	case previousWorked:
		return f.previousWorked(), true
	case rollbackFaster:
		return f.rollbackFaster(), true
	case multipleIssues:
		return f.multipleIssues(), true
	case cannotRollBack:
		return f.cannotRollBack(), true
	case previousHasIssues:
		return f.previousHasIssues(), true
	case fixSmallAndClear:
		return p.fixSmallAndClear(f), true
	}
	return Weighed{}, false
}

// unsaid is evidence that answers nothing.
func unsaid(source EvidenceSource, format string, values ...any) Weighed {
	return Weighed{Evidence: Evidence{Says: fmt.Sprintf(format, values...), Source: source}}
}

func answered(answer string, source EvidenceSource, format string, values ...any) Weighed {
	w := unsaid(source, format, values...)
	w.Answer = answer
	return w
}

// noGood says why nothing is known of the last good version; "" when it is.
func (f DecisionFacts) noGood() string {
	switch {
	case f.Way == nil:
		return "Nobody has looked at the repository yet"
	case f.Way.Problem != "":
		return f.Way.Problem
	case f.Way.Good.Name == "":
		return "No good version was found in the repository. Name it"
	}
	return ""
}

// provenAfter is how long a version must have run before "no incident" says
// anything.
const provenAfter = 24 * time.Hour

func (f DecisionFacts) previousWorked() Weighed {
	if why := f.noGood(); why != "" {
		return unsaid(FromNobody, "%s", why)
	}
	good, next := f.Way.Good, f.followed()
	if !good.At.Known() || next.IsZero() {
		return unsaid(FromGit, "%s is the version before. How long it ran is not known", good.Name)
	}
	ran := next.Sub(good.At.Time)
	says := fmt.Sprintf("%s of %s ran for %s", good.Name, good.At.Date(time.UTC), roughly(ran))
	switch bad := f.incidentsOfGood(); {
	case ran < provenAfter:
		return unsaid(FromGit, "%s, which is too short to tell", says)
	case len(bad) > 0:
		return unsaid(FromLog, "%s, and %s on record from that time: %s", says, standing(len(bad)), titles(bad))
	default:
		w := answered(Yes, FromLog, "%s, and no incident is on record from that time", says)
		w.Named = good.Name
		return w
	}
}

// followed is when the good version made room for the next: the release that
// runs, but never later than the alert.
func (f DecisionFacts) followed() time.Time {
	next := f.Way.Runs.At.Time
	if f.Detected.Known() && (next.IsZero() || next.After(f.Detected.Time)) {
		next = f.Detected.Time
	}
	if !f.Way.Good.At.Known() || !next.After(f.Way.Good.At.Time) {
		return time.Time{}
	}
	return next
}

// incidentsOfGood are the earlier incidents from the time of the good version.
func (f DecisionFacts) incidentsOfGood() []Summary {
	from, to := f.Way.Good.At.Time, f.followed()
	var out []Summary
	for _, s := range f.History {
		if s.ID != f.Of && !s.Sample && s.Stage != Cancelled && !s.Detected.Before(from) && s.Detected.Before(to) {
			out = append(out, s)
		}
	}
	return out
}

// standing is how many incidents are on record, as the start of a sentence.
func standing(n int) string {
	if n == 1 {
		return "1 incident is"
	}
	return fmt.Sprintf("%d incidents are", n)
}

// titles names incidents, a few of many.
func titles(rows []Summary) string {
	words := make([]string, len(rows))
	for i, row := range rows {
		words[i] = row.Title
	}
	return few(words, 2)
}

// few names the first of many.
func few(words []string, most int) string {
	if len(words) <= most {
		return strings.Join(words, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:most], ", "), len(words)-most)
}

func (f DecisionFacts) rollbackFaster() Weighed {
	if f.Way == nil || f.Way.Command.Line == "" {
		return unsaid(FromNobody, "No command that rolls back is known. How long it takes is not known either")
	}
	command := f.Way.Command
	switch {
	case f.Way.Problem != "": // a repository that tells nothing may be another one than that which is deployed
		return unsaid(FromNobody, "%s", f.Way.Problem)
	case command.State == CommandMissing:
		return answered(No, FromGit, "%s", command.Says)
	case command.State == CommandFound && f.Ready && f.noGood() == "" && len(f.Way.Migrations) == 0:
		return answered(Yes, FromLog, "The rollback is ready, and %s. How long it takes is not known", midSentence(command.Says))
	case command.State == CommandFound && !f.Ready:
		return unsaid(FromGit, "%s, but the rollback was not made ready. How long it takes is not known", command.Says)
	}
	return unsaid(FromGit, "%s. How long it takes is not known", command.Says)
}

func (f DecisionFacts) multipleIssues() Weighed {
	if why := f.noGood(); why != "" {
		return unsaid(FromNobody, "%s", why)
	}
	return unsaid(FromGit, "%s since %s, in %s. Whether more than one of them broke something is for you to say",
		count(f.Way.Count, "commit"), f.Way.Good.Name, f.files())
}

// files counts what differs, honest about what was not looked at.
func (f DecisionFacts) files() string {
	if f.Way.Cut {
		return "more than " + count(f.Way.Changed, "file")
	}
	return count(f.Way.Changed, "file")
}

func (f DecisionFacts) cannotRollBack() Weighed {
	if why := f.noGood(); why != "" {
		return unsaid(FromNobody, "%s", why)
	}
	way, good := f.Way, f.Way.Good.Name
	switch {
	case len(way.Migrations) > 0:
		shown := shownPaths(way.Migrations)
		w := answered(Yes, FromGit, "%s since %s: %s", count(len(way.Migrations), "migration"), good, few(shown, 3))
		w.Named, w.Turns = few(shown, 2), "a safe way back past "+few(shown, 2)
		return w
	case way.Cut || good == "" || way.Good.Commit == "":
		return unsaid(FromGit, "No migration was found since %s among the first %s", good, count(way.Changed, "file"))
	}
	says := fmt.Sprintf("None of the %s that changed since %s matches the playbook's patterns for migrations", count(way.Changed, "file"), good)
	if way.Changed == 0 {
		says = "No file has changed since " + good
	}
	if len(way.Schema) > 0 {
		says += ". Schema or configuration did change: " + few(shownPaths(way.Schema), 3)
	}
	w := answered(No, FromGit, "%s", says)
	w.Turns = "a data migration since " + good
	return w
}

func shownPaths(paths []string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = ShownPath(path)
	}
	return out
}

func (f DecisionFacts) previousHasIssues() Weighed {
	if why := f.noGood(); why != "" {
		return unsaid(FromNobody, "%s", why)
	}
	until := f.followed()
	if until.IsZero() {
		return unsaid(FromNobody, "When %s ran is not known, so the history says nothing about it", f.Way.Good.Name)
	}
	from, to := f.Way.Good.At.Date(time.UTC), until.UTC().Format(time.DateOnly)
	bad := f.incidentsOfGood()
	if len(bad) == 0 {
		return unsaid(FromLog, "No incident is on record between %s and %s, when %s ran", from, to, f.Way.Good.Name)
	}
	w := answered(Yes, FromLog, "%s on record between %s and %s, when %s ran: %s", standing(len(bad)), from, to, f.Way.Good.Name, titles(bad))
	w.Named = titles(bad)
	return w
}

// midSentence lets a sentence go on inside another one.
func midSentence(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if first == "" || first[0] < 'A' || first[0] > 'Z' || strings.ToLower(first[1:]) != first[1:] || strings.ContainsAny(first, "./_:-0123456789") {
		return s // a name: package.json, Makefile's own spelling, PATH
	}
	return strings.ToLower(s[:1]) + s[1:]
}
