package keep

import (
	"context"

	"firebreak/app/session"
	"firebreak/data"
)

var _ session.Physician = (*Shelf)(nil)

// endOfLog is how many of the newest changes are looked at after every start.
const endOfLog = 500

// Examine reads the end of the log, or all of it; see session.Physician.
func (s *Shelf) Examine(ctx context.Context, full bool) (session.Health, error) {
	store := s.Store()
	look := store.Check
	if !full {
		look = func(ctx context.Context) (data.Report, error) { return store.CheckTail(ctx, endOfLog) }
	}
	report, err := look(ctx)
	if err != nil {
		return session.Health{}, err
	}
	health := healthOf(report)
	if health.Full = full; report.Broken() {
		health.Restart = true
		err = store.AskForRepair("A check found a part of the database that cannot be read or is not built as it was made.")
	}
	return health, err
}

// Mend does what can be done while others use the log; see session.Physician.
func (s *Shelf) Mend(ctx context.Context) (session.Health, error) {
	store := s.Store()
	done, err := store.Mend(ctx, "")
	if err != nil {
		return session.Health{}, err
	}
	health, err := s.Examine(ctx, true)
	health.Done = done.Words()
	return health, err
}

// Unclean says whether the log was not closed the last time.
func (s *Shelf) Unclean() bool { return s.Store().Unclean() }

func healthOf(report data.Report) session.Health {
	health := session.Health{Changes: report.Events - len(report.Damaged)}
	for _, f := range report.Findings() {
		if f.Gravity == data.Note {
			health.Known = append(health.Known, f.Sentence())
			continue
		}
		health.Found = append(health.Found, f.Sentence())
	}
	for _, damaged := range [][]data.Damage{report.Damaged, report.Kept} {
		for _, d := range damaged {
			health.Damaged = append(health.Damaged, session.DamagedChange{
				Place: d.Position, Incident: string(d.Incident), Says: d.Says, Raw: d.Payload, Kept: d.Kept,
			})
		}
	}
	return health
}
