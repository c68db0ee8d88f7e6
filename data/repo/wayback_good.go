package repo

import (
	"slices"

	"firebreak/workflow"
)

// findGood finds the last good version: the one that a person named, else what
// was deployed before, else the last tag before what broke it.
func (l *lookBack) findGood() {
	if named := l.ask.Hints.Good; named != "" {
		if good, ok := l.release(named, "it was named"); ok {
			l.way.Good = good
			return
		}
		l.way.Good = workflow.Release{Name: named, Why: "it was named"}
		l.says("%s is no tag, branch or commit of this repository, so what came since is not known", named)
		return
	}
	good, tagged := l.tagBefore()
	if deployed, ok := l.deployedBefore(); ok && (!tagged || l.isAncestor(good.Commit, deployed.Commit)) {
		good, tagged = deployed, true
	}
	switch {
	case tagged:
		l.way.Good = good
	case l.survey.Shallow || l.shallow():
		l.says("The history is cut off in this clone, so no tag before %s was found. Fetch more of it with: git fetch --unshallow --tags", l.way.Runs.Name)
	default:
		l.says("No tag lies before %s, so the last good version is not known", l.way.Runs.Name)
	}
}

// tagBefore is the nearest tag before the suspect, else before what broke it.
func (l *lookBack) tagBefore() (workflow.Release, bool) {
	before, why := l.broken, "the last tag before what broke it"
	if l.way.Runs.Commit == l.broken {
		why = "the last tag before " + l.way.Runs.Name
	}
	if l.way.Suspect != "" {
		before, why = l.way.Suspect, "the last tag before "+workflow.ShortCommit(l.way.Suspect)+", the suspect"
	}
	tag, found := l.describe(before + "^")
	if !found {
		return workflow.Release{}, false
	}
	return l.release(tag, why)
}

// deployedBefore is what this incident went back to, or what ran after an
// earlier one, when it lies before what broke it.
func (l *lookBack) deployedBefore() (workflow.Release, bool) {
	back := slices.DeleteFunc(slices.Clone(l.ask.Here), func(d workflow.Deploy) bool { return !d.Rollback })
	for _, d := range slices.Backward(slices.Concat(l.ask.Earlier, back)) {
		for _, name := range []string{d.Commit, d.Version} {
			good, ok := l.release(name, "it was deployed before")
			if ok && good.Commit != l.broken && l.isAncestor(good.Commit, l.broken) && (l.way.Suspect == "" || !l.isAncestor(l.way.Suspect, good.Commit)) {
				return l.named(good, d), true
			}
		}
	}
	return workflow.Release{}, false
}
