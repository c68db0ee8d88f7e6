package repo

import (
	"strings"

	"firebreak/workflow"
)

// findSuspect finds the commit that is taken for the cause: the one that a
// person named, else the only one that the incident's words name.
func (l *lookBack) findSuspect() {
	l.findNamed()
	if named := l.ask.Hints.Suspect; named != "" {
		id, err := l.resolve(named)
		if err != nil {
			l.says("%s is no commit of this repository", named)
			return
		}
		l.way.Suspect, l.way.SuspectWhy = id, "it was named"
		return
	}
	if len(l.way.Named) == 1 {
		l.way.Suspect, l.way.SuspectWhy = l.way.Named[0].ID, "the incident's own words name it"
	}
}

// findNamed looks up what the incident's words name: ids of commits, and pull
// requests, which merges and squashed commits carry in their subjects.
func (l *lookBack) findNamed() {
	seen := map[string]bool{}
	add := func(commits []workflow.CommitFact) {
		for _, c := range commits {
			if !seen[c.ID] && l.end != "" && l.isAncestor(c.ID, l.end) {
				seen[c.ID] = true
				l.way.Named = append(l.way.Named, c)
			}
		}
	}
	for _, name := range l.ask.Mentions.Commits {
		if id, err := l.resolve(name); err == nil {
			if commits, err := l.log("--max-count=1", id); err == nil {
				add(commits)
			}
		}
	}
	for _, number := range l.ask.Mentions.Pulls {
		commits, err := l.log("--max-count=20", "--fixed-strings", "--grep=#"+number, l.end)
		if err != nil {
			continue
		}
		for _, c := range commits {
			if namesPull(c.Subject, number) {
				add([]workflow.CommitFact{c})
				break // the newest: the merge, or the squashed commit
			}
		}
	}
}

// namesPull says whether a subject names a pull request by its whole number.
func namesPull(subject, number string) bool {
	for rest := subject; ; {
		_, after, found := strings.Cut(rest, "#"+number)
		if !found {
			return false
		}
		if after == "" || after[0] < '0' || after[0] > '9' {
			return true
		}
		rest = after
	}
}
