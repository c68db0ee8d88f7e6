package editor

import (
	"unicode"
	"unicode/utf8"
)

const zeroWidthJoiner = '\u200d'

func isSkinTone(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

func isFlag(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// letter is how many bytes the first letter of a text has, as a person counts
// them: with its accents, a family of emoji as one, CR LF as one, a byte that is
// no text by itself.
func letter(text string) int {
	if text == "" {
		return 0
	}
	if len(text) > 1 && text[0] == '\r' && text[1] == '\n' {
		return 2
	}
	first, n := utf8.DecodeRuneInString(text)
	if first < 0x20 {
		return n
	}
	if isFlag(first) {
		if second, more := utf8.DecodeRuneInString(text[n:]); isFlag(second) {
			n += more
		}
	}
	for n < len(text) {
		r, more := utf8.DecodeRuneInString(text[n:])
		switch {
		case r == zeroWidthJoiner:
			n += more
			if next, size := utf8.DecodeRuneInString(text[n:]); next > 0x2000 && next != utf8.RuneError {
				n += size
			}
		case isSkinTone(r), unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc):
			n += more
		default:
			return n
		}
	}
	return n
}

// lastLetter is how many bytes the last letter of a text has.
func lastLetter(text string) int {
	if text == "" {
		return 0
	}
	// Only a few letters back: where one begins cannot be told from its middle.
	from := max(len(text)-64, 0)
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	for {
		n := letter(text[from:])
		if from+n >= len(text) {
			return len(text) - from
		}
		from += n
	}
}

// kind sorts letters for moves by word.
func kindOf(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return 0
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r), r == '_':
		return 2
	default:
		return 1
	}
}
