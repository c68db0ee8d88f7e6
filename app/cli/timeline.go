package cli

import (
	"bytes"
	"context"
	"strings"

	"firebreak/export"
	"firebreak/workflow"
)

func (r *run) exportTimeline(ctx context.Context, x exporting) error {
	format := x.format
	if r.flags.json && format == "" {
		format = "json"
	}
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if in, err = r.release(ctx, in, x.allowed, false); err != nil {
		return err
	}
	content, err := r.timelineContent(in, format)
	if err != nil {
		return err
	}
	if format == "" || format == "md" { // on a screen
		content = []byte(cleanText(string(content)))
	}
	_, err = r.Out.Write(content)
	return err
}

// timelineContent is the timeline in a format.
func (r *run) timelineContent(in workflow.Incident, format string) ([]byte, error) {
	switch format {
	case "", "md":
		return []byte(strings.TrimRight(export.SectionMarkdown(in, workflow.TimelineSection), "\n") + "\n"), nil
	case "json":
		var out bytes.Buffer
		err := writeJSON(&out, timelineJSON{in.ID, in.Triage.Title.Get(), export.TimelineRows(in)})
		return out.Bytes(), err
	case "jsonl":
		return export.TimelineJSONL(in), nil
	case "csv":
		return export.TimelineCSV(in), nil
	default:
		return nil, wrongUsage("There is no format %s. Take md, json, jsonl or csv.", quoted(format))
	}
}

// timelineJSON is the whole timeline for a program.
type timelineJSON struct {
	ID      workflow.IncidentID  `json:"id"`
	Title   string               `json:"title"`
	Entries []export.TimelineRow `json:"entries"`
}
