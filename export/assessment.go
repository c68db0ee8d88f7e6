package export

import (
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// Assessment is the block of step 1, to be pasted wherever people ask what is
// going on. It has the form of the workflow's own description, and it says
// "not yet" instead of leaving out what nobody has done: a line that is missing
// reads like a line that was forgotten.
func Assessment(in workflow.Incident) string {
	d := markdown.New().Compact()
	d.Heading(2, "Incident Assessment")
	d.Lines(
		markdown.Field("Time Detected", timeDetected(in)),
		markdown.Field("Severity", workflow.SeverityWord(in.Triage.Severity.Get())),
		markdown.Field("Impact", orNotYet(in.Assessment(workflow.Impact))),
		markdown.Field("Symptoms", orNotYet(in.Assessment(workflow.Symptoms))),
		markdown.Field("Hypothesis", orNotYet(in.Assessment(workflow.Hypothesis))),
	)
	d.Lines(markdown.Field("Communication", ""))
	d.Bullets(markdown.Lits(communication(in)...)...)
	return d.String()
}

func orNotYet(text string) string {
	if strings.TrimSpace(text) == "" {
		return "not known yet"
	}
	return text
}

// timeDetected is the clock time, as people say it during an outage. The date
// comes with it once it is not the day of the declaration any more.
func timeDetected(in workflow.Incident) string {
	at, ok := in.MilestoneAt(workflow.Detected)
	if !ok || at.Time.IsZero() {
		return "unknown"
	}
	if at.Date(time.UTC) != declared(in).Format(time.DateOnly) {
		return at.Full(time.UTC)
	}
	return at.Clock(time.UTC) + " UTC"
}

// communication is one line per channel, in the workflow's order.
func communication(in workflow.Incident) []string {
	told := map[workflow.Channel]bool{}
	for _, u := range in.SentUpdates() {
		told[u.Channel] = true
	}
	var lines []string
	for _, channel := range workflow.Channels() {
		line := capital(channel.Told())
		if !told[channel] {
			line = "Not yet " + channel.Told()
		}
		lines = append(lines, line)
	}
	return lines
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// declared is when the incident was declared, UTC: the one time that every
// incident has and that no correction moves.
func declared(in workflow.Incident) time.Time {
	var at time.Time
	in.EachEvent(func(e *workflow.Event) bool {
		_, first := e.Body.(workflow.Declared)
		if first {
			at = e.Recorded.UTC()
		}
		return !first
	})
	return at
}
