package view

import (
	"slices"
	"strings"
	"unicode"

	"firebreak/workflow"
)

// mostSimilar is how many past incidents are offered.
const mostSimilar = 3

// likeness is a past incident and what it has in common, in words.
type likeness struct {
	row    workflow.Summary
	shares string
	score  int
}

// similar finds past incidents of the same service, or whose titles have words
// in common. It compares words and nothing else, and says which.
func similar(history []workflow.Summary, self workflow.IncidentID, title, service string) []likeness {
	words := titleWords(title)
	service = strings.ToLower(strings.TrimSpace(service))
	if len(words) == 0 && service == "" {
		return nil
	}
	var out []likeness
	for _, row := range history {
		if row.ID == self || row.Stage == workflow.Cancelled {
			continue
		}
		if l := like(row, words, service); l.score > 0 {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b likeness) int { return b.score - a.score })
	return out[:min(len(out), mostSimilar)]
}

func like(row workflow.Summary, words []string, service string) likeness {
	l := likeness{row: row}
	var parts []string
	if service != "" && strings.ToLower(row.Service) == service {
		l.score += 3
		parts = append(parts, "same service")
	}
	var common []string
	theirs := titleWords(row.Title)
	for _, w := range words {
		if slices.Contains(theirs, w) {
			common = append(common, w)
		}
	}
	if len(common) > 0 {
		l.score += 2 * len(common)
		parts = append(parts, "“"+strings.Join(common, "”, “")+"”")
	}
	l.shares = strings.Join(parts, ", ")
	return l
}

// idleWords are in too many titles to mean anything.
var idleWords = []string{"after", "fails", "failing", "failed", "down", "error", "errors", "from", "with", "outage", "broken", "users", "release", "page", "slow", "does", "cannot", "into", "when"}

// titleWords are the words of a title that can tell incidents apart.
func titleWords(title string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		if len([]rune(w)) >= 4 && !slices.Contains(idleWords, w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
