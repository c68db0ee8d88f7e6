package markdown

import (
	"strings"
	"unicode/utf8"
)

// dropUnmatched takes away emphasis marks that a parser would not see as such:
// where the text inside is empty or where a mark stands between two letters or
// beside the wrong punctuation. Parsers disagree whether an emoji is punctuation,
// so that is only believed of ASCII. The text itself always stays.
func dropUnmatched(pieces []piece) []piece {
	dropped := map[int]bool{}
	opened := map[int]bool{}
	for i, p := range pieces {
		if p.pair == 0 {
			continue
		}
		outside, inside := lastRune(pieces[:i]), firstRune(pieces[i+1:])
		if opened[p.pair] {
			outside, inside = inside, outside
		}
		opened[p.pair] = true
		switch {
		case isBlank(inside), besideTilde(pieces, i):
			dropped[p.pair] = true
		case (isMark(inside) || nearAddress(pieces, i)) && !isBlank(outside) && (outside >= utf8.RuneSelf || !isMark(outside)):
			dropped[p.pair] = true
		}
	}
	if len(dropped) == 0 {
		return pieces
	}
	kept := pieces[:0]
	for _, p := range pieces {
		if p.pair == 0 || !dropped[p.pair] {
			kept = append(kept, p)
		}
	}
	return kept
}

// nearAddress reports whether the word beside the mark at i could be a web
// address: it is written between angle brackets, which are punctuation.
func nearAddress(pieces []piece, i int) bool {
	later := ""
	for k, seen := i-1, 0; k >= 0 && seen < longestURL; k-- {
		blank := strings.LastIndexFunc(pieces[k].text, isBlank)
		text := pieces[k].text[blank+1:]
		if strings.Contains(text, "://") || slashesMeet(text, later) {
			return true
		}
		if blank >= 0 {
			break
		}
		if text != "" {
			later, seen = text, seen+len(text)
		}
	}
	before := ""
	for k, seen := i+1, 0; k < len(pieces) && seen < longestURL; k++ {
		text, blank := cutBlank(pieces[k].text)
		if strings.Contains(text, "://") || slashesMeet(before, text) {
			return true
		}
		if blank {
			break
		}
		if text != "" {
			before, seen = text, seen+len(text)
		}
	}
	return false
}

// slashesMeet reports whether "://" lies across the border of two texts.
func slashesMeet(a, b string) bool {
	return strings.HasSuffix(a, ":") && strings.HasPrefix(b, "//") || strings.HasSuffix(a, ":/") && strings.HasPrefix(b, "/")
}

// cutBlank is a text up to its first blank.
func cutBlank(text string) (before string, found bool) {
	if at := strings.IndexFunc(text, isBlank); at >= 0 {
		return text[:at], true
	}
	return text, false
}

// besideTilde reports whether text beside the mark at i has a tilde there. cmark
// looks past it for what stands beside the mark, and beside "~~" it joins it.
func besideTilde(pieces []piece, i int) bool {
	for k := i - 1; k >= 0; k-- {
		if text := pieces[k].text; text != "" {
			if pieces[k].pair == 0 && text[len(text)-1] == '~' {
				return true
			}
			break
		}
	}
	for k := i + 1; k < len(pieces); k++ {
		if text := pieces[k].text; text != "" {
			return pieces[k].pair == 0 && text[0] == '~'
		}
	}
	return false
}
