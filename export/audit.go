package export

import (
	"bytes"
	"encoding/json"

	"firebreak/workflow"
)

// AuditRow is one change of the log as data: who, when, on which device, and
// each field before and after. Times are in UTC.
type AuditRow struct {
	Event    workflow.EventID    `json:"event"`
	Batch    workflow.EventID    `json:"batch"` // the events of one request share it
	Incident workflow.IncidentID `json:"incident"`
	Recorded string              `json:"recorded"` // when it was written down, RFC 3339
	At       workflow.Stamp      `json:"at"`       // when it happened
	By       string              `json:"by"`
	Device   workflow.DeviceID   `json:"device"`
	Kind     workflow.Kind       `json:"kind"`
	Says     string              `json:"says"`
	Subject  AuditSubject        `json:"subject"`
	Edits    []AuditEdit         `json:"edits"`
	Of       workflow.EventID    `json:"of,omitempty"` // what an undo took back, or a redo brought again
	Redacted []AuditBlot         `json:"redacted,omitempty"`
	Undone   *AuditUndone        `json:"undone,omitempty"` // set when the change does not count any more
}

// AuditSubject is what a change is about.
type AuditSubject struct {
	What string `json:"what"`
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// AuditEdit is one field before and after.
type AuditEdit struct {
	Subject *AuditSubject `json:"subject,omitempty"` // where it is not that of the change
	Field   string        `json:"field"`
	Before  string        `json:"before"`
	After   string        `json:"after"`
	Seen    string        `json:"seen,omitempty"` // what its author took for the value before
}

// AuditBlot says that words were blotted out of a change for good: what they
// were, by whom, when and why.
type AuditBlot struct {
	What     []string `json:"what"`
	By       string   `json:"by"`
	Why      string   `json:"why,omitempty"`
	Redacted string   `json:"redacted"` // RFC 3339
}

// AuditUndone is who left a change out.
type AuditUndone struct {
	Event    workflow.EventID  `json:"event"`
	By       string            `json:"by"`
	Device   workflow.DeviceID `json:"device"`
	Recorded string            `json:"recorded"`
}

// AuditRowOf is a line of the audit as data. The audit must have been asked in
// UTC.
func AuditRowOf(id workflow.IncidentID, line workflow.AuditLine) AuditRow {
	row := AuditRow{
		Event: line.Event, Batch: line.Batch, Incident: id, Recorded: fine(line.Recorded), At: line.At, By: line.By,
		Device: line.Device, Kind: line.Kind, Says: line.Says, Subject: AuditSubject(line.Subject), Edits: []AuditEdit{}, Of: line.Of,
	}
	for _, e := range line.Edits {
		edit := AuditEdit{Field: e.Field, Before: e.Before, After: e.After, Seen: e.Seen}
		if e.Subject != line.Subject {
			about := AuditSubject(e.Subject)
			edit.Subject = &about
		}
		row.Edits = append(row.Edits, edit)
	}
	for _, b := range line.Blots {
		row.Redacted = append(row.Redacted, AuditBlot{What: b.What, By: b.By, Why: b.Why, Redacted: fine(b.On)})
	}
	if u := line.Undone; u != nil {
		row.Undone = &AuditUndone{Event: u.Event, By: u.By, Device: u.Device, Recorded: fine(u.Recorded)}
	}
	return row
}

// AuditJSONL is the whole log of changes as JSON lines, the oldest first: what
// was undone is in it and says so.
func AuditJSONL(in workflow.Incident) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, line := range in.Audit(nil) {
		if err := encoder.Encode(AuditRowOf(in.ID, line)); err != nil { // plain values always have a form in JSON
			continue
		}
	}
	return out.Bytes()
}
