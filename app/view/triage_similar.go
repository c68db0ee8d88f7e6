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
	row    *workflow.Summary
	common []string
	shares string
	score  int
}

// past is a past incident with the words that it is compared by: they are cut
// once, so that a key typed stays cheap beside ten thousand incidents.
type past struct {
	row     workflow.Summary
	words   []string
	service string
}

func pastOf(history []workflow.Summary) []past {
	var out []past
	for _, row := range history {
		if row.Stage != workflow.Cancelled {
			out = append(out, past{row, titleWords(row.Title), strings.ToLower(row.Service)})
		}
	}
	return out
}

// similar finds past incidents of the same service, or whose titles have words
// in common. It compares words and nothing else, and says which.
func similar(history []past, self workflow.IncidentID, title, service string) []likeness {
	words := titleWords(title)
	service = strings.ToLower(strings.TrimSpace(service))
	if len(words) == 0 && service == "" {
		return nil
	}
	var out []likeness
	for i := range history {
		if history[i].row.ID == self {
			continue
		}
		if l := history[i].like(words, service); l.score > 0 {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b likeness) int { return b.score - a.score })
	out = out[:min(len(out), mostSimilar)]
	for i := range out {
		out[i].shares = strings.Join(out[i].common, ", ")
	}
	return out
}

func (p *past) like(words []string, service string) likeness {
	l := likeness{row: &p.row}
	if service != "" && p.service == service {
		l.score += 3
		l.common = append(l.common, "same service")
	}
	for _, w := range words {
		if slices.Contains(p.words, w) {
			l.score += 2
			l.common = append(l.common, "“"+w+"”")
		}
	}
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
