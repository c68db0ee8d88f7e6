package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// TimelineRow is one entry of the timeline as data. Hidden entries are left
// out; corrections are in it, and how many there were.
type TimelineRow struct {
	ID        workflow.EventID   `json:"id"`
	At        string             `json:"at"`            // RFC 3339 in UTC; empty when nothing is known
	End       string             `json:"end,omitempty"` // of a range, or the latest that it can have been
	Certainty workflow.Certainty `json:"certainty"`
	Zone      string             `json:"zone,omitempty"`  // as told
	Typed     string             `json:"typed,omitempty"` // as typed
	Recorded  string             `json:"recorded"`        // when it was written down
	Kind      workflow.EntryKind `json:"kind"`
	Milestone workflow.Milestone `json:"milestone,omitempty"`
	Who       string             `json:"who"`
	Text      string             `json:"text"`
	Machine   bool               `json:"machine"`
	Pinned    bool               `json:"pinned"`
	Edits     int                `json:"edits"`

	Attachments []workflow.Attachment `json:"attachments,omitempty"`
}

// TimelineRows lists the entries in the order of the timeline.
func TimelineRows(in workflow.Incident) []TimelineRow {
	rows := []TimelineRow{}
	for _, e := range in.Timeline.All() {
		if e.Hidden.Get() {
			continue
		}
		at := e.At.Get()
		row := TimelineRow{
			ID: e.ID, At: fine(at.Time), End: fine(at.End), Certainty: at.Sure, Zone: at.Zone, Typed: at.Typed,
			Recorded: fine(e.First.Recorded), Kind: e.Kind.Get(), Milestone: e.Milestone.Get(), Who: e.Who,
			Text: e.Text.Get(), Machine: e.Machine, Pinned: e.Pinned.Get(), Edits: e.Edits,
		}
		for _, f := range e.Files() {
			row.Attachments = append(row.Attachments, f.Attachment)
		}
		rows = append(rows, row)
	}
	return rows
}

// fine keeps what a time has below the second.
func fine(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// TimelineJSONL is the timeline as JSON lines: one entry per line.
func TimelineJSONL(in workflow.Incident) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, row := range TimelineRows(in) {
		if err := encoder.Encode(row); err != nil { // plain values always have a form in JSON
			continue
		}
	}
	return out.Bytes()
}

// TimelineCSV is the timeline as comma-separated values with a header, LF and
// UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe in
// front, which the spreadsheet does not show.
func TimelineCSV(in workflow.Incident) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	write := func(fields ...string) {
		_ = w.Write(fields) // a buffer takes everything
	}
	write("at", "end", "certainty", "zone", "typed", "recorded", "kind", "milestone", "who", "text", "machine", "pinned", "edits", "id", "attachments")
	for _, r := range TimelineRows(in) {
		write(
			r.At, r.End, string(r.Certainty), cell(r.Zone), cell(r.Typed), r.Recorded, cell(string(r.Kind)), cell(string(r.Milestone)), cell(r.Who), cell(r.Text),
			strconv.FormatBool(r.Machine), strconv.FormatBool(r.Pinned), strconv.Itoa(r.Edits), cell(string(r.ID)), cell(filesCell(r.Attachments)),
		)
	}
	w.Flush()
	return out.Bytes()
}

// cell makes text safe for a spreadsheet.
func cell(text string) string {
	text = markdown.Clean(text)
	if text != "" && strings.ContainsRune("=+-@\t", rune(text[0])) {
		return "'" + text
	}
	return text
}

// filesCell names files with their checksums, one to a line.
func filesCell(files []workflow.Attachment) string {
	lines := make([]string, len(files))
	for i, f := range files {
		lines[i] = markdown.OneLine(f.Name) + " sha256:" + f.SHA256
	}
	return strings.Join(lines, "\n")
}
