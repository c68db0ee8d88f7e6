package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const ellipsis = "…"

// clean makes any text safe to draw: one kind of line end, tabs as spaces, no
// control characters, and valid UTF-8 (Fyne draws a box or nothing for the rest).
func clean(text string) string {
	if isClean(text) {
		return text
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	text = strings.ReplaceAll(text, "\t", "    ")
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}

func isClean(text string) bool {
	for i, r := range text {
		if r != '\n' && unicode.IsControl(r) {
			return false
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return false
			}
		}
	}
	return true
}

func firstLine(text string) string {
	line, rest, more := strings.Cut(text, "\n")
	if more && strings.TrimSpace(rest) != "" {
		return line + " " + ellipsis
	}
	return line
}

// wrapLines breaks a text at spaces, and inside a word only where the word alone
// is wider than the line. A width of nothing breaks at line ends only.
func wrapLines(text string, width float32, measure func(string) float32) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		if width <= 0 || measure(paragraph) <= width {
			lines = append(lines, paragraph)
			continue
		}
		lines = append(lines, wrapParagraph(paragraph, width, measure)...)
	}
	return lines
}

func wrapParagraph(paragraph string, width float32, measure func(string) float32) []string {
	var lines []string
	line, lineWidth := "", float32(0)
	space := measure(" ")
	for word := range strings.SplitSeq(paragraph, " ") {
		wordWidth := measure(word)
		if line != "" && lineWidth+space+wordWidth <= width {
			line += " " + word
			lineWidth += space + wordWidth
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for wordWidth > width {
			head := headOf(word, width, measure)
			if head == word {
				break
			}
			lines = append(lines, head)
			word = word[len(head):]
			wordWidth = measure(word)
		}
		line, lineWidth = word, wordWidth
	}
	return append(lines, line)
}

// headOf gives the longest beginning of a word that fits, at least one rune.
func headOf(word string, width float32, measure func(string) float32) string {
	runes := []rune(word)
	low, high := 1, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if measure(string(runes[:middle])) <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(runes[:low])
}

// cutLine shortens a line to a width, with an ellipsis at its end.
func cutLine(line string, width float32, measure func(string) float32) string {
	if width <= 0 || measure(line) <= width {
		return line
	}
	room := width - measure(ellipsis)
	if room <= 0 {
		return ellipsis
	}
	return strings.TrimRight(headOf(line, room, measure), " ") + ellipsis
}
