package redact

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// pieceSize bounds what one rule reads at a time, so that a look can be
	// ended soon in whatever was pasted.
	pieceSize = 64 << 10
	// pieceOverlap is longer than any secret with a form: a private key.
	pieceOverlap = 16 << 10
)

// spansIn finds the leaks of a text. Where two overlap, the rule that knows more
// wins: a team's, then a well-kept one, then ours, and the longer of two.
func spansIn(ctx context.Context, rules []*rule, text string) ([]span, error) {
	var all []span
	for from := 0; ; from += pieceSize - pieceOverlap {
		for from > 0 && !utf8.RuneStart(text[from]) {
			from--
		}
		to := min(len(text), from+pieceSize)
		piece := text[from:to]
		lower := strings.ToLower(piece)
		for _, r := range rules {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			for _, at := range r.in(piece, lower) {
				all = append(all, span{from + at.from, from + at.to, r})
			}
		}
		if to == len(text) {
			break
		}
	}
	return apart(all, rules), nil
}

// apart keeps spans that do not overlap.
func apart(all []span, rules []*rule) []span {
	if len(all) == 0 {
		return nil
	}
	order := map[*rule]int{}
	for i, r := range rules {
		order[r] = i
	}
	slices.SortStableFunc(all, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.rule.weight(), b.rule.weight()), cmp.Compare(b.to-b.from, a.to-a.from), cmp.Compare(order[a.rule], order[b.rule]), cmp.Compare(a.from, b.from))
	})
	var kept []span
	for _, s := range all {
		if !slices.ContainsFunc(kept, func(k span) bool { return s.from < k.to && k.from < s.to }) {
			kept = append(kept, s)
		}
	}
	slices.SortFunc(kept, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	return kept
}
