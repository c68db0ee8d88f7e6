package data

import (
	"context"
	"strings"
	"unicode"

	"firebreak/workflow"
)

// Hit is an event that holds every word that was looked for.
type Hit struct {
	Incident workflow.IncidentID
	Event    workflow.EventID
	Position uint64
	Title    string // of the incident
	Before   string // the text around the first match: before it,
	Match    string // the match itself,
	After    string // and after it
}

const (
	// rankAtMost bounds what ranking costs: 3 to 4 µs for each hit.
	rankAtMost = 5000
	// wordsAtMost bounds what a pasted page costs as a query.
	wordsAtMost = 16
	// mark and unmark stand around a match in a snippet. Text that people
	// typed cannot hold them: the index leaves control characters out.
	mark, unmark = "\x02", "\x03"
)

// Search finds events by words, whole ones and the beginning of the last. It
// first lets the index catch up; when that fails, it searches what is there
// and answers the hits together with the error. Up to 5,000 hits are ranked by
// how well they match; beyond that the newest come first.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]Hit, error) {
	match := matchOf(query)
	if match == "" || limit <= 0 {
		return nil, nil
	}
	_, stale := s.Index(ctx, 0)
	var found int
	if err := s.read.QueryRowContext(ctx, countHits, match, rankAtMost+1).Scan(&found); err != nil {
		return nil, explain(reading, s.path, err)
	}
	rows, err := s.read.QueryContext(ctx, selectHits(found), mark, unmark, match, limit)
	if err != nil {
		return nil, explain(reading, s.path, err)
	}
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var hit Hit
		var snippet string
		if err := rows.Scan(&hit.Incident, &hit.Event, &hit.Position, &hit.Title, &snippet); err != nil {
			return nil, explain(reading, s.path, err)
		}
		hit.Before, hit.Match, hit.After = around(snippet)
		hits = append(hits, hit)
	}
	if err := rows.Err(); err != nil {
		return nil, explain(reading, s.path, err)
	}
	return hits, stale
}

// countHits stops counting once there are too many to be ranked.
const countHits = "SELECT count(*) FROM (SELECT 1 FROM wording_fts WHERE wording_fts MATCH ? LIMIT ?)"

// selectHits lets the index itself sort, so that only the hits which are
// answered get a snippet.
func selectHits(found int) string {
	inside, outside := "rank", "h.rank, h.n DESC"
	if found > rankAtMost {
		inside, outside = "rowid DESC", "h.n DESC"
	}
	return `SELECT e.incident, e.id, e.n, coalesce(json_extract(s.body, '$.title'), ''), h.snippet
		FROM (SELECT rowid AS n, rank, snippet(wording_fts, 0, ?, ?, '…', 24) AS snippet
			FROM wording_fts WHERE wording_fts MATCH ? ORDER BY ` + inside + ` LIMIT ?) h
		JOIN event e ON e.n=h.n LEFT JOIN summary s ON s.incident=e.incident
		ORDER BY ` + outside
}

// matchOf makes an index query of what a person typed. Every word is quoted,
// so nothing in it can be an operator; the last one may be unfinished.
func matchOf(query string) string {
	var words []string
	for _, word := range strings.Fields(printable(query)) {
		if !strings.ContainsFunc(word, wordly) {
			continue
		}
		words = append(words, `"`+strings.ReplaceAll(word, `"`, `""`)+`"`)
		if len(words) == wordsAtMost {
			break
		}
	}
	if len(words) == 0 {
		return ""
	}
	return strings.Join(words, " ") + "*"
}

// wordly says whether the index may see a letter in a character. A word
// without any would be an empty phrase.
func wordly(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

// printable turns what the index or its marks could stumble over into spaces.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, text)
}

// around takes a snippet apart at its first match; marks of further matches
// are left out.
func around(snippet string) (before, match, after string) {
	before, rest, _ := strings.Cut(snippet, mark)
	match, after, _ = strings.Cut(rest, unmark)
	return before, match, strings.NewReplacer(mark, "", unmark, "").Replace(after)
}
