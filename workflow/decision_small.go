package workflow

import (
	"fmt"
	"slices"
)

// fixSmallAndClear judges the fix that is written, else the revert of the one
// commit that is named as the cause.
func (p Playbook) fixSmallAndClear(f DecisionFacts) Weighed {
	if f.Fix != nil && len(f.Fix.Files) > 0 {
		files, lines := p.sizeOf(*f.Fix)
		return p.small(files, lines, "The fix as it is changes %s, tests apart")
	}
	if f.Way == nil || f.Way.Suspect == "" {
		return unsaid(FromNobody, "There is no fix yet, and no single commit is named as the cause")
	}
	suspect, trial := ShortCommit(f.Way.Suspect), f.Way.Revert
	switch {
	case !trial.Tried:
		return unsaid(FromGit, "%s is named as the cause. Its revert could not be tried: %s", suspect, midSentence(trial.Says))
	case !trial.Clean:
		return answered(No, FromGit, "The revert of %s conflicts in %s", suspect, few(shownPaths(trial.Conflicts), 3))
	case trial.Files == 0:
		return unsaid(FromGit, "The revert of %s changes nothing any more", suspect)
	}
	return p.small(trial.Files, trial.Lines, "The revert of "+suspect+" is clean and changes %s")
}

// small holds a size against the budget of the playbook.
func (p Playbook) small(files, lines int, format string) Weighed {
	size := count(lines, "line") + " in " + count(files, "file")
	says := fmt.Sprintf(format, size)
	budget := p.Scope
	if budget.Files > 0 && files > budget.Files || budget.Lines > 0 && lines > budget.Lines {
		return answered(No, FromGit, "%s: more than the playbook's budget for a hotfix", says)
	}
	w := answered(Yes, FromGit, "%s", says)
	w.Named, w.Turns = size, "the fix turning out larger than "+size
	return w
}

// sizeOf is the size of a fix without its tests and what programs wrote.
func (p Playbook) sizeOf(d Delta) (files, lines int) {
	apart := slices.Concat(p.Scope.Tests, p.Scope.Generated)
	for _, f := range d.Files {
		if !MatchAnyPath(apart, f.Path) {
			files, lines = files+1, lines+f.Added+f.Removed
		}
	}
	return files, lines
}
