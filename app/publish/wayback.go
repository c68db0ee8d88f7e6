package publish

import (
	"context"
	"slices"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

var _ session.RearView = (*Publisher)(nil)

// WayBack says what stands between the last good version and what runs.
func (p *Publisher) WayBack(ctx context.Context, folder string, look session.LookBack) (workflow.WayBack, error) {
	survey, in := look.Survey, look.In
	if survey.Root == "" { // a terminal has no survey at hand
		var err error
		if survey, err = p.Survey(ctx, folder, in); err != nil {
			return workflow.WayBack{}, err
		}
	}
	return repo.WayBackOf(ctx, repo.WayQuestion{
		Survey: survey, Hints: in.Hints(look.Hints), Mentions: in.Mentioned(), Policy: in.Playbook.Scope, Command: in.BackBy(),
		Here: inProduction(in.Proof.Deploys), Earlier: shipped(in.ID, look.Earlier),
	}), nil
}

func inProduction(all []workflow.Deploy) []workflow.Deploy {
	return slices.DeleteFunc(slices.Clone(all), func(d workflow.Deploy) bool { return d.Environment != workflow.Production })
}

// shipped is what ran after earlier incidents, the newest last.
func shipped(mine workflow.IncidentID, rows []workflow.Summary) []workflow.Deploy {
	rows = slices.DeleteFunc(slices.Clone(rows), func(s workflow.Summary) bool {
		return s.ID == mine || s.Sample || s.Version == "" && s.Commit == ""
	})
	slices.SortStableFunc(rows, func(a, b workflow.Summary) int { return a.Shipped.Compare(b.Shipped) })
	out := make([]workflow.Deploy, len(rows))
	for i, s := range rows {
		out[i] = workflow.Deploy{Environment: workflow.Production, Version: s.Version, Commit: s.Commit}
		if !s.Shipped.IsZero() {
			out[i].At = workflow.StampAt(s.Shipped, nil)
		}
	}
	return out
}
