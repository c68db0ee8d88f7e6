package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes any bytes safe to stand in a text file: valid UTF-8, LF line
// ends, no byte order mark. Control characters become U+FFFD, so that a reader
// sees that something was there; the line ends that only some programs know
// (NEL, LS, PS) become LF, so that all programs agree where a line starts.
func Clean(text string) string {
	if isClean(text) {
		return text
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Map(cleanRune, text)
}

func cleanRune(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		return '\n'
	case r < 0x20 || r >= 0x7F && r < 0xA0:
		return utf8.RuneError
	case r == 0xFEFF:
		return -1
	case r&0xFFFE == 0xFFFE: // not characters, and not allowed in YAML
		return utf8.RuneError
	}
	return r
}

// isClean spares the common case a copy: printable ASCII and LF, or letters
// whose bytes cannot belong to a character that Clean replaces.
func isClean(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c < 0x20 && c != '\n' && c != '\t' || c >= 0x7F {
			return false
		}
	}
	return true
}

// OneLine is Clean, folded onto one line: every run of blanks and line ends is
// one space, and there is none at either end.
func OneLine(text string) string {
	return strings.TrimFunc(fold(text), unicode.IsSpace)
}

// fold is Clean with every run of blanks and line ends folded to one space.
func fold(text string) string {
	var b strings.Builder
	blank := false
	for _, r := range Clean(text) {
		isBlank := r == ' ' || r == '\t' || r == '\n'
		switch {
		case !isBlank:
			b.WriteRune(r)
		case !blank:
			b.WriteByte(' ')
		}
		blank = isBlank
	}
	return b.String()
}

// Paragraphs splits text where it has empty lines, and each paragraph into its
// lines without the blanks around them. This is what a reader of literal text
// gets back from an exported document.
func Paragraphs(text string) [][]string {
	var paragraphs [][]string
	var lines []string
	for _, line := range strings.Split(Clean(text), "\n") {
		line = strings.ReplaceAll(strings.TrimFunc(line, unicode.IsSpace), "\t", " ")
		if line != "" {
			lines = append(lines, line)
			continue
		}
		if lines != nil {
			paragraphs = append(paragraphs, lines)
			lines = nil
		}
	}
	if lines != nil {
		paragraphs = append(paragraphs, lines)
	}
	return paragraphs
}
