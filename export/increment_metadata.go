package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// member is one key of a JSON object with its value as written: numbers,
// order and unknown keys survive that way.
type member struct {
	key   string
	value json.RawMessage
}

// The part of the metadata that is ours alone.
const ourKey = "hotfixWorkflow"

// metadata writes metadata.json as JavaScript's JSON.stringify(m, null, 2)
// would: that is how SpecWeave itself leaves it. Every field that SpecWeave
// would fill in is there, so that a mere look by it changes nothing.
func (i increment) metadata() []byte {
	mode, coverage := i.testing()
	members := []member{
		{"id", quote(i.place.ID)},
		{"status", quote(i.status())},
		{"type", quote(IncrementType(i.in))},
		{"priority", quote(i.priority())},
		{"created", quote(javaScriptTime(declared(i.in)))},
		{"lastActivity", quote(javaScriptTime(lastActivity(i.in)))},
		{"testMode", quote(mode)},
		{"coverageTarget", json.RawMessage(fmt.Sprint(coverage))},
		{"feature_id", json.RawMessage("null")},
		{"epic_id", json.RawMessage("null")},
		{"externalLinks", json.RawMessage("{}")},
		{"planning", json.RawMessage("{\n    \"parallel\": false\n  }")},
		{"project", quote(i.place.Project)},
		{"title", quote(i.title())},
		{ourKey, i.ours()},
	}
	return joinMembers(append(members, i.endings()...))
}

// endings are the fields that only some states have.
func (i increment) endings() []member {
	stand := i.stand()
	since := stand.Since
	if since.IsZero() {
		since = lastActivity(i.in)
	}
	at := quote(javaScriptTime(since))
	waits := func(word string) []member {
		return []member{{word + "Reason", quote(markdown.OneLine(stand.Reason))}, {word + "At", at}}
	}
	switch stand.State {
	case workflow.Completed:
		return []member{{"readyForReviewAt", at}, {"approvedAt", at}, {"completed", at}}
	case workflow.ReadyForReview:
		return []member{{"readyForReviewAt", at}}
	case workflow.Abandoned, workflow.Paused, workflow.Backlog:
		return waits(string(stand.State))
	default:
		return nil
	}
}

func (i increment) ours() json.RawMessage {
	detected := "unknown"
	if at, ok := i.in.MilestoneAt(workflow.Detected); ok {
		detected = machineTime(at)
	}
	lines := []string{
		"{",
		`    "schema": 1,`,
		`    "incidentId": ` + string(quote(string(i.in.ID))) + `,`,
		`    "severity": ` + string(quote(workflow.SeverityWord(i.in.Triage.Severity.Get()))) + `,`,
		`    "detectedAt": ` + string(quote(detected)) + `,`,
		`    "record": ` + string(quote(i.place.RecordPath)),
		"  }",
	}
	return json.RawMessage(strings.Join(lines, "\n"))
}

// javaScriptTime is Date.toISOString: UTC with milliseconds.
func javaScriptTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// quote is text as a JSON string, without the escapes that only HTML needs.
func quote(text string) json.RawMessage {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(markdown.Clean(text)); err != nil { // a string always has a form in JSON
		return json.RawMessage(`""`)
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}

func joinMembers(members []member) []byte {
	var out bytes.Buffer
	out.WriteString("{\n")
	for n, m := range members {
		comma := ","
		if n == len(members)-1 {
			comma = ""
		}
		fmt.Fprintf(&out, "  %s: %s%s\n", quote(m.key), m.value, comma)
	}
	out.WriteString("}")
	return out.Bytes()
}
