package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
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
	at := quote(javaScriptTime(i.ended()))
	switch i.status() {
	case completedStatus:
		return []member{{"readyForReviewAt", at}, {"approvedAt", at}, {"completed", at}}
	case reviewStatus:
		return []member{{"readyForReviewAt", at}}
	case abandonedStatus:
		return []member{{"abandonedReason", quote(markdown.OneLine(i.in.Triage.Cancelled.Get()))}, {"abandonedAt", at}}
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

// steady are the fields that SpecWeave or a person may have filled since: they
// are written once, and then theirs.
var steady = []string{"created", "feature_id", "epic_id", "externalLinks", "planning", "testMode", "coverageTarget", "approvedAt"}

// passing are the fields of a state that is over: they go with it.
var passing = []string{"readyForReviewAt", "completed", "abandonedReason", "abandonedAt"}

// MergeMetadata puts our values into the metadata.json that is on the disk.
// What SpecWeave and its plug-ins have put there since stays as it is, byte for
// byte: links to issues, unknown keys, the order. It fails when theirs is not a
// JSON object; nothing of it is then to be trusted.
func MergeMetadata(theirs, ours []byte) ([]byte, error) {
	old, err := members(theirs)
	if err != nil {
		return nil, fmt.Errorf("metadata.json cannot be read: %w", err)
	}
	fresh, err := members(ours)
	if err != nil {
		return nil, err
	}
	closed := slices.ContainsFunc(fresh, func(m member) bool { return m.key == "status" && string(m.value) != quoted(activeStatus) })
	var out []member
	for _, m := range old {
		at := slices.IndexFunc(fresh, func(f member) bool { return f.key == m.key })
		switch {
		case at < 0 && !closed && slices.Contains(passing, m.key):
			continue
		case at >= 0 && !slices.Contains(steady, m.key) && (!closed || !slices.Contains(passing, m.key)):
			m.value = fresh[at].value
		}
		out = append(out, m)
	}
	for _, f := range fresh {
		if !slices.ContainsFunc(old, func(m member) bool { return m.key == f.key }) {
			out = append(out, f)
		}
	}
	return joinMembers(out), nil
}

func quoted(text string) string { return string(quote(text)) }

// members reads an object's keys in their order, the values as written.
func members(object []byte) ([]member, error) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, fmt.Errorf("it is not a JSON object")
	}
	var out []member
	for decoder.More() {
		token, err := decoder.Token()
		key, is := token.(string)
		if err != nil || !is {
			return nil, fmt.Errorf("it is not a JSON object: %w", err)
		}
		m := member{key: key}
		if err := decoder.Decode(&m.value); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	return out, nil
}

// MetadataState is what must be known of an increment on the disk before its
// files are written again: its status, whether it is tied to a tracker, and
// whose incident it belongs to.
type MetadataState struct {
	Status   string
	Linked   bool
	Incident workflow.IncidentID
}

// ReadMetadata reads that much of a metadata.json, and forgives the rest.
func ReadMetadata(content []byte) MetadataState {
	var state MetadataState
	list, err := members(content)
	if err != nil {
		return state
	}
	for _, m := range list {
		switch m.key {
		case "status":
			_ = json.Unmarshal(m.value, &state.Status) // another type is no status
		case "externalLinks", "github", "jira", "ado", "external_ref", "external_sync":
			state.Linked = state.Linked || !slices.Contains([]string{"null", "{}", "[]", `""`}, string(m.value))
		case ourKey:
			var ours struct {
				ID workflow.IncidentID `json:"incidentId"`
			}
			_ = json.Unmarshal(m.value, &ours) // somebody else's key of that name names no incident
			state.Incident = ours.ID
		}
	}
	return state
}
