package publish

import (
	"context"

	"firebreak/data/repo"
	"firebreak/workflow"
)

// Survey says where the repository of a folder stands for an incident. It asks
// git and changes nothing.
func (p *Publisher) Survey(ctx context.Context, folder string, in workflow.Incident) (workflow.Survey, error) {
	place, err := find(folder)
	if err != nil {
		return workflow.Survey{}, err
	}
	return repo.SurveyOf(ctx, place, hintsOf(in)), nil
}

// hintsOf is what an incident says about its repository.
func hintsOf(in workflow.Incident) repo.Hints {
	change := in.Fix.Change.Get()
	hints := repo.Hints{Branch: change.Branch, Commit: change.Commit, Base: in.Fix.Declared().Base}
	if version := in.Proof.Rollback.Get().Version; version != "" {
		hints.Good = append(hints.Good, repo.ReleaseGuess{Name: version, Why: "the rollback goes back to it"})
	}
	for i := len(in.Proof.Deploys) - 1; i >= 0; i-- {
		d := in.Proof.Deploys[i]
		if !d.Rollback || d.Environment != workflow.Production {
			continue
		}
		for _, name := range []string{d.Commit, d.Version} {
			if name != "" {
				hints.Good = append(hints.Good, repo.ReleaseGuess{Name: name, Why: "it was rolled back to"})
			}
		}
	}
	return hints
}

// Delta reads what the hotfix of a survey changes.
func (p *Publisher) Delta(ctx context.Context, survey workflow.Survey, loose bool) (workflow.Delta, error) {
	return repo.DeltaOf(ctx, survey, loose)
}

// Resolve answers the full id of a commit that a person named.
func (p *Publisher) Resolve(ctx context.Context, folder, name string) (string, error) {
	place, err := find(folder)
	if err != nil {
		return "", err
	}
	return repo.Resolve(ctx, place, name)
}

// WatchRepository calls changed, from a goroutine of its own, when branches,
// tags, the index or git's business in a repository have changed.
func (p *Publisher) WatchRepository(folder string, changed func()) (stop func(), err error) {
	place, err := find(folder)
	if err != nil {
		return nil, err
	}
	return repo.WatchGit(place, changed)
}
