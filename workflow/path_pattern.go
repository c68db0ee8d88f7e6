package workflow

import (
	"strings"

	"firebreak/workflow/words"
)

// pathMatches says whether a path lies under a pattern of the playbook: * is
// any name or part of one, ? one sign of it, ** any folders, also none. Letters
// count as written.
func pathMatches(pattern, path string) bool {
	return namesMatch(strings.Split(strings.TrimPrefix(pattern, "./"), "/"), strings.Split(path, "/"))
}

// anyMatches says whether a path lies under one of them.
func anyMatches(patterns []string, path string) bool {
	for _, p := range patterns {
		if pathMatches(p, path) {
			return true
		}
	}
	return false
}

// namesMatch compares folder by folder. The newest ** is tried again one folder
// further when what follows it does not fit, so a long path costs little.
func namesMatch(pattern, path []string) bool {
	at, again, from := 0, -1, 0
	for i := 0; i < len(path); {
		switch {
		case at < len(pattern) && pattern[at] == "**":
			again, from = at, i
			at++
		case at < len(pattern) && words.Like(pattern[at], path[i], true):
			at, i = at+1, i+1
		case again >= 0:
			from++
			at, i = again+1, from
		default:
			return false
		}
	}
	for at < len(pattern) && pattern[at] == "**" {
		at++
	}
	return at == len(pattern)
}
