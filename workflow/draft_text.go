package workflow

import (
	"strings"
	"time"
	"unicode"
)

// sentenceEnds are taken off a text before the draft's own words go on.
const sentenceEnds = " .…!?:;,"

// onOneLine is a text on one line, with its markdown.
func onOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// sentence is a text on one line with a full stop, unless it ends by itself.
func sentence(text string) string {
	text = onOneLine(text)
	if text == "" || strings.ContainsRune(".…!?", []rune(text)[len([]rune(text))-1]) {
		return text
	}
	return text + "."
}

// firstWords are the first line of what may be a list, ready for more words.
func firstWords(text string) string {
	return strings.TrimRight(strings.TrimLeft(firstLine(text), "-+*>#=|~ \t"), sentenceEnds)
}

// literal is what somebody typed as a name, a version or a command, on one line
// of markdown that shows just that: a backslash stands before each sign that
// could mean something. The export leaves out those that are not needed.
func literal(text string) string {
	runes := []rune(onOneLine(text))
	var b strings.Builder
	for i, r := range runes {
		next := rune(0)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		within := i > 0 && isWordRune(runes[i-1]) && isWordRune(next)
		switch {
		case strings.ContainsRune("\\`*[]<~|", r), r == '_' && !within, r == '&' && (next == '#' || isWordRune(next)),
			i == 0 && strings.ContainsRune("#>-+=", r), (r == '.' || r == ')') && isNumber(runes[:i]):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// opening is a text on one line that begins a line, and no block of its own.
func opening(text string) string {
	text = onOneLine(text)
	runes := []rune(text)
	digits := 0
	for digits < len(runes) && runes[digits] >= '0' && runes[digits] <= '9' {
		digits++
	}
	switch {
	case text == "":
		return ""
	case digits > 0 && digits < len(runes) && strings.ContainsRune(".)", runes[digits]):
		return string(runes[:digits]) + "\\" + string(runes[digits:])
	case strings.ContainsRune("#>-+=", runes[0]):
		return "\\" + text
	}
	return text
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isNumber reports whether all is digits: with a dot behind it a number begins
// a list.
func isNumber(runes []rune) bool {
	for _, r := range runes {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(runes) > 0
}

// atTime is " at 2024-11-25 14:32 UTC"; empty where nothing is known.
func atTime(s Stamp) string {
	if s.Time.IsZero() {
		return ""
	}
	return " at " + s.Full(time.UTC)
}

// inWords is a recorded number in a sentence: "47 minutes", "about 1 hour".
func inWords(m Metric) string {
	if m.Approx {
		return "about " + Words(m.Value)
	}
	return Words(m.Value)
}
