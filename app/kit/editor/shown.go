package editor

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shown is a piece of a line as it is drawn: tabs as spaces, and a sign for what
// has no picture or would turn the line around. The text itself keeps its bytes.
func shown(text string) string {
	if plain(text) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\t':
			out.WriteString("    ")
		case r == '\r' || r == '\n':
			out.WriteString("␍")
		case r == utf8.RuneError && n == 1, unicode.IsControl(r), turns(r):
			out.WriteRune(utf8.RuneError)
		default:
			out.WriteString(text[i : i+n])
		}
		i += n
	}
	return out.String()
}

// turns says whether a character makes a line read otherwise than it is.
func turns(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029
}

func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] >= 0x7f {
			return false
		}
	}
	return true
}
