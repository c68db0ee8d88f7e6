package cli

import (
	"context"

	"firebreak/data/repo"
	"firebreak/workflow"
)

// lookAtCommit judges a commit that somebody named as if it were the hotfix, by
// the repository's own playbook. No incident, no branch and no working tree has a
// say in it.
func (r *run) lookAtCommit(ctx context.Context, asked scopeAsked) (look scopeLook, err error) {
	look.named, look.folder = true, r.Folder
	if asked.repository != "" {
		if look.folder, err = r.repository(ctx, asked.repository); err != nil {
			return look, err
		}
	}
	place, err := repo.Find(look.folder)
	if err != nil {
		return look, err
	}
	if look.survey, err = repo.Between(ctx, place, asked.base, asked.tip); err != nil {
		return look, nothing("scope.unknown", "%s", err)
	}
	rules, err := r.rulesIn(ctx, look.folder)
	if err != nil {
		return look, err
	}
	if rules.Fault != "" {
		r.warn(rules.Fault)
	}
	delta, err := repo.DeltaOf(ctx, look.survey, false)
	if err != nil {
		return look, nothing("scope.unknown", "%s", err)
	}
	look.delta = &delta
	look.scope = rules.Playbook.JudgeScope(delta, workflow.DeclaredScope{Paths: asked.paths})
	return look, nil
}
