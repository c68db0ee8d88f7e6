package data

import (
	"context"
	"database/sql"
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
	// rankAtMost bounds what ranking costs. A hit too many, and the newest are
	// answered: whoever searches a frequent word in an outage wants what
	// happened last.
	rankAtMost = 300
	// wordsAtMost bounds what a pasted page costs as a query.
	wordsAtMost = 16
	// mark and unmark stand around a match in a snippet. Text that people
	// typed cannot hold them: the index leaves control characters out.
	mark, unmark = "\x02", "\x03"
)

// Search finds events by words, whole ones and the beginning of the last. It
// first lets the index catch up; when that fails, it searches what is there
// and answers the hits together with the error. Up to 300 hits are ranked by
// how well they match; beyond that the newest come first.
//
// The engine reads a whole word's hits one by one, newest first, but those of a
// beginning all at once, which takes long for a frequent one. So whole words
// are looked for first, and when they alone are more than can be ranked, that
// is the answer.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]Hit, error) {
	words := wordsOf(query)
	if len(words) == 0 || limit <= 0 {
		return nil, nil
	}
	_, stale := s.Index(ctx, 0)
	hits, err := s.find(ctx, words, limit)
	if err != nil {
		return nil, explain(reading, s.path, err)
	}
	return hits, stale
}

// find works on one connection: the hits lie in a table of its own.
func (s *Store) find(ctx context.Context, words []string, limit int) ([]Hit, error) {
	on, err := s.read.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer on.Close()
	whole, begun := matches(words)
	match, found, err := whole, 0, error(nil)
	if whole != "" {
		if found, err = gather(ctx, on, whole); err != nil {
			return nil, err
		}
	}
	if found <= rankAtMost && begun != "" {
		match = begun
		if found, err = gather(ctx, on, begun); err != nil {
			return nil, err
		}
	}
	if found == 0 {
		return nil, nil
	}
	return readHits(ctx, on, match, found, limit)
}

// gathering puts the newest hits into a small index of their own, made anew
// for each search. Ranking and snippets then cost what these few hits cost:
// over the large index they cost what all hits of each word cost.
var gathering = []string{
	"DROP TABLE IF EXISTS temp.found",
	`CREATE VIRTUAL TABLE temp.found USING fts5(text, tokenize="unicode61 remove_diacritics 2")`,
}

const gatherNewest = `INSERT INTO temp.found(rowid, text) SELECT n, text FROM wording WHERE n IN (
	SELECT rowid FROM wording_fts WHERE wording_fts MATCH ? ORDER BY rowid DESC LIMIT ?)`

// gather answers how many hits there are, and rankAtMost+1 for any more.
func gather(ctx context.Context, on *sql.Conn, match string) (int, error) {
	for _, step := range gathering {
		if _, err := on.ExecContext(ctx, step); err != nil {
			return 0, err
		}
	}
	result, err := on.ExecContext(ctx, gatherNewest, match, rankAtMost+1)
	if err != nil {
		return 0, err
	}
	found, err := result.RowsAffected()
	return int(found), err
}

// selectHits lets the small index sort, so that only the hits which are
// answered get a snippet.
func selectHits(found int) string {
	inside, outside := "rank", "h.rank, h.n DESC"
	if found > rankAtMost {
		inside, outside = "rowid DESC", "h.n DESC"
	}
	return `SELECT e.incident, e.id, e.n, coalesce(json_extract(s.body, '$.title'), ''), h.snippet
		FROM (SELECT rowid AS n, rank, snippet(found, 0, ?, ?, '…', 24) AS snippet
			FROM temp.found WHERE found MATCH ? ORDER BY ` + inside + ` LIMIT ?) h
		JOIN event e ON e.n=h.n LEFT JOIN summary s ON s.incident=e.incident
		ORDER BY ` + outside
}

func readHits(ctx context.Context, on *sql.Conn, match string, found, limit int) ([]Hit, error) {
	rows, err := on.QueryContext(ctx, selectHits(found), mark, unmark, match, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var hit Hit
		var snippet string
		if err := rows.Scan(&hit.Incident, &hit.Event, &hit.Position, &hit.Title, &snippet); err != nil {
			return nil, err
		}
		hit.Before, hit.Match, hit.After = around(snippet)
		hits = append(hits, hit)
	}
	return hits, rows.Err()
}

// wordsOf are the words of what a person typed, as many as a query may have.
func wordsOf(query string) []string {
	var words []string
	for _, word := range strings.Fields(printable(query)) {
		if !strings.ContainsFunc(word, wordly) {
			continue
		}
		if words = append(words, word); len(words) == wordsAtMost {
			break
		}
	}
	return words
}

// matches makes two index queries of words: one for whole words, and one that
// takes the last as the beginning of a word. Every word is quoted, so that
// nothing that can be typed is a syntax error. A single letter begins half of
// all words: as long as nothing follows it, it is left out, and by itself it is
// a whole word.
func matches(words []string) (whole, begun string) {
	phrases := make([]string, len(words))
	for i, word := range words {
		phrases[i] = `"` + strings.ReplaceAll(word, `"`, `""`) + `"`
	}
	last := words[len(words)-1]
	switch {
	case len(last) > 1:
		whole = strings.Join(phrases, " ")
		return whole, whole + "*"
	case len(words) > 1:
		rest := strings.Join(phrases[:len(phrases)-1], " ")
		return rest, ""
	default:
		return phrases[0], ""
	}
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
