package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"firebreak/data"
	"firebreak/workflow"
)

// begin makes a database of an older schema and remembers all that is in it.
func (t *told) begin(ctx context.Context, path, fixture string) (err error) {
	if err := buildFrom(ctx, path, fixture); err != nil {
		return err
	}
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	a := &autopsy{raw: raw}
	return errors.Join(
		a.each(ctx, "SELECT id, payload, '' FROM event ORDER BY n", func(id, payload, _ string) {
			t.payloads[workflow.EventID(id)] = payload
			t.upTo++
		}),
		a.each(ctx, "SELECT incident, field, text FROM draft", func(incident, field, text string) {
			t.drafts[data.DraftKey{Incident: workflow.IncidentID(incident), Field: field}] = text
		}),
		a.each(ctx, "SELECT name, value, '' FROM setting", func(name, value, _ string) { t.settings[name] = value }),
		a.each(ctx, "SELECT path, sha, '' FROM exported", func(path, sha, _ string) { t.exported[path] = sha }),
	)
}

// doing is what a writer was at when it was killed, for the table.
func (l *life) doing() string {
	doing := "starting"
	for _, it := range l.words {
		switch it.Says {
		case saysWill:
			doing = it.What
		case saysDid, saysNo, saysOpened:
			doing = "between"
		default:
			doing = it.Says
		}
	}
	return doing
}

func counted(of map[string]int) string {
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%s %d", what, of[what]))
	}
	return strings.Join(parts, ", ")
}
