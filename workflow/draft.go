package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// ReportTitle is the post-mortem's heading in the user's form:
// "Post-Mortem: SEV1 Auth Outage 2024-11-25". The date is that of detection,
// in UTC, whatever the machine's zone.
func (in Incident) ReportTitle() string {
	title := "Post-Mortem: " + in.Triage.Title.Get()
	if s := in.Triage.Severity.Get(); s != "" {
		title = "Post-Mortem: " + s + " " + in.Triage.Title.Get()
	}
	if at, ok := in.MilestoneAt(Detected); ok && at.Known() {
		title += " " + at.Date(time.UTC)
	}
	return title
}

// SectionText is what a section says now: what a person wrote, or the draft.
func (in Incident) SectionText(s Section) string {
	if text, ok := in.Written(s); ok {
		return text
	}
	return in.Draft(s)
}

// Draft is what the log knows for a section, as markdown; empty where only a
// person can know. Timeline, actions and metrics have their own writers.
func (in Incident) Draft(s Section) string {
	switch s {
	case SummarySection:
		return in.draftSummary()
	case ImpactSection:
		return in.draftImpact()
	case RootCauseSection:
		return in.Fix.RootCause.Get()
	case DetectionSection:
		return in.draftDetection()
	case ResponseSection:
		return in.draftResponse()
	case DecisionSection:
		return in.draftDecision()
	case ResolutionSection:
		return in.draftResolution()
	case VerificationSection:
		return in.draftVerification()
	case CommunicationSection:
		return in.draftCommunications()
	case RelatedSection:
		if inc := in.Fix.Increment.Get(); inc.ID != "" {
			return "- Increment: " + inc.ID
		}
	case RedactionsSection:
		return in.draftRedactions()
	}
	return ""
}

// draftSummary says what was broken and for how long, in words that match the
// numbers: "Login broken for all users for 47 minutes."
func (in Incident) draftSummary() string {
	what := strings.TrimRight(firstLine(in.Assessment(Impact)), ". …")
	if what == "" {
		what = in.Triage.Title.Get()
	}
	m := in.Metric(TimeToResolve)
	if m.State != Recorded {
		return what + "."
	}
	about := ""
	if m.Approx {
		about = "about "
	}
	return fmt.Sprintf("%s for %s%s.", what, about, Words(m.Value))
}

func (in Incident) draftImpact() string {
	impact := strings.TrimSpace(in.Assessment(Impact))
	if impact == "" {
		return ""
	}
	if strings.ContainsAny(impact, "\r\n") {
		return impact
	}
	return "- " + impact
}

func (in Incident) draftDetection() string {
	e, ok := in.MilestoneEntry(Detected)
	if !ok {
		return ""
	}
	text := fmt.Sprintf("%s at %s.", strings.TrimRight(e.Text.Get(), "."), e.At.Get().Full(time.UTC))
	if m := in.Metric(TimeToDetect); m.State == Recorded {
		text += fmt.Sprintf(" That was %s after the impact started.", m)
	}
	return text
}

func (in Incident) draftResponse() string {
	var lines []string
	for _, role := range in.Playbook.Roles {
		if who := in.Holder(role.ID).Person; who != "" {
			lines = append(lines, fmt.Sprintf("- %s: %s", role.Name, who))
		}
	}
	for _, h := range in.Crew.Handoffs {
		lines = append(lines, fmt.Sprintf("- %s: %s handed over to %s", h.At.Full(time.UTC), h.From, h.To))
	}
	return strings.Join(lines, "\n")
}

func (in Incident) draftDecision() string {
	var lines []string
	if d := in.Fix.Choice(); d.Option != "" {
		h, _ := in.Fix.ChoiceRegister().Head()
		lines = append(lines, fmt.Sprintf("- %s chosen by %s: %s", strings.ToUpper(d.Option[:1])+d.Option[1:], h.By, d.Reason))
		if d.WouldChange != "" {
			lines = append(lines, "- Would have changed it: "+d.WouldChange)
		}
	}
	for _, g := range in.AllGates() {
		if o := g.Overridden; o != nil {
			lines = append(lines, fmt.Sprintf("- Gate overridden by %s (%s): %s", o.By, o.Name, o.Reason))
		}
	}
	return strings.Join(lines, "\n")
}

func (in Incident) draftResolution() string {
	var lines []string
	if c := in.Fix.Change.Get(); c.Summary != "" {
		lines = append(lines, "- Fix: "+c.Summary)
	} else if plan := in.Fix.Plan.Get(); plan != "" {
		lines = append(lines, "- Fix: "+firstLine(plan))
	}
	if d, ok := in.LastDeploy(); ok {
		what := "Deployed " + d.Version
		if d.Rollback {
			what = strings.TrimSuffix("Rolled back to "+d.Version, " to ")
		}
		lines = append(lines, fmt.Sprintf("- %s at %s", strings.TrimSpace(what), d.At.Full(time.UTC)))
	}
	for _, a := range in.Proof.Approvals {
		lines = append(lines, "- Approved by "+a.Person)
	}
	return strings.Join(lines, "\n")
}

func (in Incident) draftVerification() string {
	var lines []string
	for _, c := range in.Proof.Checks {
		line := fmt.Sprintf("- %s: %s", c.What, c.Outcome)
		if c.Before != "" || c.After != "" {
			line += fmt.Sprintf(" (before %s, after %s)", orDash(c.Before), orDash(c.After))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (in Incident) draftCommunications() string {
	var lines []string
	for _, u := range in.SentUpdates() {
		told := u.Channel.Told()
		line := fmt.Sprintf("- %s: %s", u.At.Full(time.UTC), told)
		if u.Text != "" {
			line += " (" + firstLine(u.Text) + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// ReportLines are the entries of the post-mortem's timeline, in its order.
func (in Incident) ReportLines() []Entry {
	reported := in.Reported()
	if len(reported) == 0 {
		return nil
	}
	return copies(reported)
}

// Reported is ReportLines without copies, for a long timeline: what the list
// points to is shared, and only to be looked at.
func (in Incident) Reported() []*Entry {
	return slices.DeleteFunc(in.Timeline.sorted(), func(e *Entry) bool { return !e.InReport() })
}

// ReportAttachments are the files of the entries in ReportLines, in their order.
func (in Incident) ReportAttachments() []Attachment {
	var with []*Entry
	for _, e := range in.Timeline.entries {
		if len(e.files) > 0 && e.InReport() {
			with = append(with, e)
		}
	}
	var out []Attachment
	for _, e := range (Timeline{entries: with}).sorted() {
		for _, f := range e.Files() {
			out = append(out, f.Attachment)
		}
	}
	return out
}

// reports says whether the post-mortem's timeline has any entry.
func (in Incident) reports() bool {
	return slices.ContainsFunc(in.Timeline.entries, func(e *Entry) bool { return e.InReport() })
}

// EmptySections names the always-present sections that say nothing yet. It
// blocks nothing; it is shown before an export.
func (in Incident) EmptySections() []SectionPolicy {
	var out []SectionPolicy
	for _, s := range in.Playbook.Review.Sections {
		empty := strings.TrimSpace(in.SectionText(s.ID)) == ""
		switch s.ID {
		case TimelineSection:
			empty = !in.reports()
		case ActionsSection:
			empty = len(in.Review.actions) == 0
		case MetricsSection:
			empty = false
		}
		if s.Always && empty {
			out = append(out, s)
		}
	}
	return out
}
