package view

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"firebreak/workflow"
)

// blame is a place where a text speaks of a person instead of the conditions.
type blame struct {
	line    int // from 1
	at      int // bytes of the text before it
	words   string
	instead string
}

// String is the hint as it is shown. It blocks nothing.
func (b blame) String() string {
	return fmt.Sprintf("Hint, line %d: “%s” points at a person. Try “%s”.", b.line, b.words, b.instead)
}

// blameVerb is what people write behind a name when they look for somebody who
// is at fault, and what to look for instead.
type blameVerb struct{ verb, instead string }

func blameVerbs() []blameVerb {
	return []blameVerb{
		{"forgot", "the step had no reminder"},
		{"failed to", "nothing made sure of it"},
		{"did not", "the step had no owner"},
		{"didn't", "the step had no owner"},
		{"should have", "what would have made it easy"},
		{"could have", "what would have made it easy"},
		{"neglected", "the step had no owner"},
		{"ignored", "the signal was easy to miss"},
		{"overlooked", "the signal was easy to miss"},
		{"missed", "the signal was easy to miss"},
		{"broke", "the change broke"},
		{"caused", "the change caused"},
		{"messed up", "the change had an effect nobody saw"},
		{"screwed up", "the change had an effect nobody saw"},
		{"was careless", "there was no check before it"},
		{"made a mistake", "nothing caught the mistake"},
	}
}

// blamePhrases look for somebody at fault without a name.
func blamePhrases() []blameVerb {
	return []blameVerb{
		{"human error", "what made the error possible"},
		{"operator error", "what made the error possible"},
		{"carelessness", "there was no check before it"},
		{"incompetence", "what was hard about it"},
		{"whose fault", "what made it possible"},
	}
}

// blameIn finds the first place in a text that blames a person: somebody who
// took part, "he", "she" or "somebody", with a verb of fault behind it.
func blameIn(text string, people []string) (blame, bool) {
	n, begin, next := -1, 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		n, begin, next = n+1, next, next+len(line)+1
		lower := strings.ToLower(line)
		for _, p := range blamePhrases() {
			if at := wordAt(lower, p.verb, 0); at >= 0 {
				return blame{n + 1, begin + min(at, len(line)), cutAt(line, at, p.verb), p.instead}, true
			}
		}
		for _, who := range append([]string{"he", "she", "somebody", "someone"}, people...) {
			if b, found := blameOf(line, lower, strings.ToLower(who)); found {
				b.line, b.at = n+1, begin+min(b.at, len(line))
				return b, true
			}
		}
	}
	return blame{}, false
}

// blameOf looks for a verb of fault right behind one person's name.
func blameOf(line, lower, who string) (blame, bool) {
	if who == "" {
		return blame{}, false
	}
	for at := wordAt(lower, who, 0); at >= 0; at = wordAt(lower, who, at+len(who)) {
		rest := strings.TrimLeft(lower[at+len(who):], " ")
		for _, v := range blameVerbs() {
			if wordAt(rest, v.verb, 0) == 0 {
				end := len(lower) - len(rest) + len(v.verb)
				return blame{at: at, words: cutAt(line, at, lower[at:end]), instead: v.instead}, true
			}
		}
	}
	return blame{}, false
}

// cutAt is what was found, as it was typed. Where a letter is longer in lower
// case than as typed, the places do not match: then the pattern is shown.
func cutAt(line string, at int, found string) string {
	if at+len(found) <= len(line) && strings.EqualFold(line[at:at+len(found)], found) {
		return line[at : at+len(found)]
	}
	return found
}

// wordAt finds words that stand alone, from a position on; -1 when they do not.
func wordAt(text, words string, from int) int {
	for from <= len(text) {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return -1
		}
		at := from + i
		end := at + len(words)
		if !letterBefore(text, at) && !letterAfter(text, end) {
			return at
		}
		from = end
	}
	return -1
}

func letterBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsLetter(r)
}

func letterAfter(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(r)
}

// peopleOf are the names of everybody who took part.
func peopleOf(in workflow.Incident, lines []workflow.Entry) []string {
	seen := map[string]bool{}
	var out []string
	add := func(who string) {
		if who = strings.TrimSpace(who); who != "" && !seen[who] {
			seen[who] = true
			out = append(out, who)
		}
	}
	for _, role := range in.Playbook.Roles {
		add(in.Holder(role.ID).Person)
	}
	for _, h := range in.Crew.Handoffs {
		add(h.From)
		add(h.To)
	}
	for _, e := range lines {
		add(e.Who)
	}
	return out
}
