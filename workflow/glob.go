package workflow

import (
	"slices"
	"strings"

	"firebreak/workflow/words"
)

// MatchPath says whether a pattern of the playbook matches a path below the top
// of the repository: * stands for any name or part of one, ? for one sign, and
// ** for any folders, none as well. Letters count as written. A pattern may begin
// with ./, which says nothing.
func MatchPath(pattern, path string) bool {
	return matchParts(strings.Split(strings.TrimPrefix(pattern, "./"), "/"), strings.Split(path, "/"))
}

// MatchAnyPath says whether one of the patterns matches a path.
func MatchAnyPath(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return MatchPath(pattern, path) })
}

// matchParts compares folder by folder. The newest ** is tried again one folder
// further when what follows it does not fit, so no pattern takes long; one that
// ends in ** holds what lies in the folder, and not a file of the folder's name.
func matchParts(pattern, path []string) bool {
	at, again, from := 0, -1, 0
	for i := 0; i < len(path); {
		switch {
		case at < len(pattern) && pattern[at] == "**":
			again, from = at, i
			at++
			if at == len(pattern) {
				return true
			}
		case at < len(pattern) && words.Like(pattern[at], path[i], true):
			at, i = at+1, i+1
		case again >= 0:
			from++
			at, i = again+1, from
		default:
			return false
		}
	}
	return at == len(pattern)
}
