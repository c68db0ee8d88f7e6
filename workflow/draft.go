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
// person can know: what set the cause off, what made it worse, what was learned
// and where we got lucky. Timeline, actions and metrics have their own writers.
//
// What is a name or a command stands in a draft as it is, what was written as a
// sentence keeps its markdown; neither can begin a line of its own.
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
	case WentWellSection:
		return in.draftWentWell()
	case WentWrongSection:
		return in.draftWentWrong()
	case QuestionsSection:
		return in.draftQuestions()
	case RelatedSection:
		if inc := in.Fix.Increment.Get(); inc.ID != "" {
			return "- Increment: " + literal(inc.ID)
		}
	case RedactionsSection:
		return in.draftRedactions()
	}
	return ""
}

// draftSummary says what was broken and for how long, in words that match the
// numbers: "Login broken for all users for 47 minutes." Where there is no number
// it says so, and never lets an open incident read like one that is over.
func (in Incident) draftSummary() string {
	what := firstWords(in.Assessment(Impact))
	if what == "" {
		what = strings.TrimRight(literal(in.Triage.Title.Get()), sentenceEnds)
	}
	m := in.Metric(TimeToResolve)
	switch {
	case in.Stage() == Cancelled:
		return what + ". Cancelled as no incident: " + sentence(in.Triage.Cancelled.Get())
	case m.State == Recorded:
		return fmt.Sprintf("%s for %s.", what, inWords(m))
	case in.Open():
		return what + ". Not over yet."
	case m.State == Invalid:
		return what + ". How long it took cannot be said: " + sentence(m.Why)
	default:
		return what + ". How long it took is not known."
	}
}

func (in Incident) draftImpact() string {
	impact := strings.Trim(in.Assessment(Impact), "\r\n")
	if strings.TrimSpace(impact) == "" {
		return ""
	}
	if strings.ContainsAny(impact, "\r\n") || impact != strings.TrimLeft(impact, " \t>#-+*|`~=[<") {
		return impact
	}
	return "- " + strings.TrimSpace(impact)
}

func (in Incident) draftDetection() string {
	e, ok := in.MilestoneEntry(Detected)
	if !ok {
		return ""
	}
	text := strings.TrimRight(opening(e.Text.Get()), sentenceEnds)
	if when := atTime(e.At.Get()); when != "" {
		text += when + "."
	} else {
		text += ". At what time is not known."
	}
	if m := in.Metric(TimeToDetect); m.State == Recorded {
		text += fmt.Sprintf(" That was %s after the impact started.", inWords(m))
	}
	return text
}

func (in Incident) draftResponse() string {
	var lines []string
	if m := in.Metric(TimeToAcknowledge); m.State == Recorded {
		lines = append(lines, "- Acknowledged after "+inWords(m))
	}
	for _, role := range in.Playbook.Roles {
		if who := in.Holder(role.ID).Person; who != "" {
			lines = append(lines, fmt.Sprintf("- %s: %s", literal(role.Name), literal(who)))
		}
	}
	for _, h := range in.Crew.Handoffs {
		what := ""
		if h.Role != Commander {
			what = " as " + literal(in.roleName(h.Role))
		}
		line := fmt.Sprintf("- %s: %s handed over%s to %s", h.At.Full(time.UTC), literal(h.From), what, literal(h.To))
		if state := onOneLine(h.State); state != "" {
			line += ": " + state
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
		if text := firstLine(u.Text); text != "" {
			line += " (" + text + ")"
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
