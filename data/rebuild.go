package data

import (
	"context"
	"fmt"
	"time"

	"firebreak/workflow"
)

// unnamed is the title of an incident whose beginning is lost.
const unnamed = "(the beginning of this incident is missing)"

// rebuildSummaries makes the list anew from the log, an incident at a time.
// Only these incidents are done; none means all.
func (s *Store) rebuildSummaries(ctx context.Context, only ...workflow.IncidentID) error {
	if len(only) == 0 {
		var err error
		if only, err = s.incidents(ctx); err != nil {
			return err
		}
		if _, err := s.write.ExecContext(ctx, "DELETE FROM summary"); err != nil {
			return err
		}
	}
	for _, id := range only {
		log, err := s.Load(ctx, id)
		if err != nil {
			return err
		}
		if err := s.rebuildSummary(ctx, id, log.Events); err != nil {
			return fmt.Errorf("the summary of incident %s: %w", id, err)
		}
	}
	return nil
}

func (s *Store) rebuildSummary(ctx context.Context, id workflow.IncidentID, events []workflow.Event) error {
	if len(events) == 0 {
		_, err := s.write.ExecContext(ctx, "DELETE FROM summary WHERE incident=?", string(id))
		return err
	}
	sum := workflow.Fold(id, events).Summary()
	if sum.Title == "" {
		sum.Title = unnamed
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	if err := s.putSummary(ctx, tx, sum, firstRecorded(events)); err != nil {
		return err
	}
	return tx.Commit()
}

func firstRecorded(events []workflow.Event) time.Time {
	first := events[0].Recorded
	for _, e := range events {
		if e.Recorded.Before(first) {
			first = e.Recorded
		}
	}
	return first
}

func (s *Store) incidents(ctx context.Context) ([]workflow.IncidentID, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT DISTINCT incident FROM event")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []workflow.IncidentID
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, workflow.IncidentID(id))
	}
	return ids, rows.Err()
}
