package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"firebreak/workflow"
)

// ListQuery says which part of the history is wanted.
type ListQuery struct {
	Limit  int                 // at most so many; 0: all
	Before workflow.IncidentID // only those that come after this one in the list; empty: from the newest
	Open   bool                // only those that still burn
}

// List reads summaries, the newest incident first: by when it was detected,
// and where nobody knows that, by when it was written down.
func (s *Store) List(ctx context.Context, q ListQuery) ([]workflow.Summary, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	started, before := int64(math.MaxInt64), ""
	if q.Before != "" {
		err := s.read.QueryRowContext(ctx, "SELECT started FROM summary WHERE incident=?", string(q.Before)).Scan(&started)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("incident %q is not in the list", q.Before)
		}
		if err != nil {
			return nil, explain(reading, s.path, err)
		}
		before = string(q.Before)
	}
	only := ""
	if q.Open {
		only = "AND open=1"
	}
	rows, err := s.read.QueryContext(ctx, `SELECT incident, body FROM summary WHERE (started, incident) < (?, ?) `+only+`
		ORDER BY started DESC, incident DESC LIMIT ?`, started, before, limit)
	if err != nil {
		return nil, explain(reading, s.path, err)
	}
	defer rows.Close()
	var list []workflow.Summary
	for rows.Next() {
		var id, body string
		if err := rows.Scan(&id, &body); err != nil {
			return nil, explain(reading, s.path, err)
		}
		list = append(list, readSummary(id, body))
	}
	return list, explain(reading, s.path, rows.Err())
}

// LatestOpen is the newest incident that still burns; ok is false when there
// is none.
func (s *Store) LatestOpen(ctx context.Context) (latest workflow.Summary, ok bool, err error) {
	list, err := s.List(ctx, ListQuery{Limit: 1, Open: true})
	if err != nil || len(list) == 0 {
		return workflow.Summary{}, false, err
	}
	return list[0], true, nil
}

// readSummary keeps an incident in the list whose row is damaged: its log can
// still be opened, and the next append writes the row anew.
func readSummary(id, body string) workflow.Summary {
	var sum workflow.Summary
	if json.Unmarshal([]byte(body), &sum) != nil {
		sum = workflow.Summary{Title: "(the summary of this incident is damaged)"}
	}
	sum.ID = workflow.IncidentID(id)
	return sum
}
