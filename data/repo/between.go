package repo

import (
	"context"
	"io/fs"

	"firebreak/workflow"
)

// Between is a survey of two commits that a person named, whatever is checked out:
// tip stands for the hotfix, and base for where it began. Where the two have parted
// it began where they did; without a base, at the commit before.
func Between(ctx context.Context, place Place, base, tip string) (workflow.Survey, error) {
	s := surveying{ctx: ctx, place: place, Survey: workflow.Survey{Root: place.Git}}
	var err error
	if s.FixTip, err = Resolve(ctx, place, tip); err != nil {
		return s.Survey, err
	}
	if base != "" {
		at, err := Resolve(ctx, place, base)
		if err == nil {
			s.namedBase(base, at, "as given")
		}
		return s.Survey, err
	}
	if s.Base = s.before(s.FixTip); s.Base == "" {
		return s.Survey, trouble(fs.ErrNotExist, "Before %s there is no commit here to compare it with. Nothing was changed. Name one with --base.", shown(tip))
	}
	s.BaseName, s.BaseWhy = workflow.ShortCommit(s.Base), "the commit before it"
	return s.Survey, nil
}
