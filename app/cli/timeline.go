package cli

import (
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
	switch format {
	case "", "md":
		r.line("%s", strings.TrimRight(cleanText(export.SectionMarkdown(in, workflow.TimelineSection)), "\n"))
		return nil
	case "json":
		return r.printJSON(timelineJSON{in.ID, in.Triage.Title.Get(), export.TimelineRows(in)})
	case "jsonl":
		_, err = r.Out.Write(export.TimelineJSONL(in))
		return err
	case "csv":
		_, err = r.Out.Write(export.TimelineCSV(in))
		return err
	default:
		return wrongUsage("There is no format %s. Take md, json, jsonl or csv.", quoted(format))
	}
}

// timelineJSON is the whole timeline for a program.
type timelineJSON struct {
	ID      workflow.IncidentID  `json:"id"`
	Title   string               `json:"title"`
	Entries []export.TimelineRow `json:"entries"`
}
