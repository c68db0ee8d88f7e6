package specweave

import "strings"

// State folds a status as any version of SpecWeave wrote it into one of those
// that are in use. One that is not known is shown as it is, and never rewritten.
func State(raw string) (state string, known bool) {
	switch word := folded(raw); word {
	case "planning", "active", "backlog", "paused", "ready-for-review", "completed", "abandoned":
		return strings.ReplaceAll(word, "-", "_"), true
	case "planned":
		return "planning", true
	case "in-progress":
		return "active", true
	case "done", "closed":
		return "completed", true
	}
	return "", false
}

// Kind folds the type of an increment in the same way; one that is not known
// stays as it is.
func Kind(raw string) string {
	switch word := folded(raw); word {
	case "bugfix", "bug-fix", "bug":
		return "bug"
	case "enhancement", "improvement", "feature":
		return "feature"
	case "task", "spike", "experiment":
		return "experiment"
	case "hotfix", "change-request", "refactor":
		return word
	}
	return strings.TrimSpace(raw)
}

// folded leaves out quotes, large letters, and what parts two words.
func folded(raw string) string {
	word := strings.ToLower(strings.Trim(strings.TrimSpace(raw), `"'`))
	return strings.NewReplacer("_", "-", " ", "-").Replace(strings.TrimSpace(word))
}
