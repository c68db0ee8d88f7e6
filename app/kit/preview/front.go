package preview

import (
	"fmt"
	"strings"
)

const (
	frontRule = "---"
	// mostFront is how far front matter may reach, in bytes. A rule at the top is
	// not looked at again for every key in a long document.
	mostFront = 64 << 10
)

// frontLength is how long the YAML between the leading --- lines is, with its
// lines; 0 when there is none. A rule at the top that is never closed is a rule,
// and so is one that anything but a key or a comment follows.
func frontLength(text string) int {
	rest := strings.TrimPrefix(text, byteOrderMark)
	at := len(text) - len(rest)
	line, next, ok := lineAt(text, at)
	if line != frontRule || !ok {
		return 0
	}
	at = next
	opening, _, _ := lineAt(text, at)
	if !strings.HasPrefix(opening, "#") && !strings.Contains(opening, ":") {
		return 0
	}
	for at < min(len(text), mostFront) {
		line, next, _ = lineAt(text, at)
		if line = strings.TrimRight(line, " \t"); line == frontRule || line == "..." {
			return next
		}
		at = next
	}
	return 0
}

// lineAt reads a line; ok is false for one that the text ends in.
func lineAt(text string, at int) (line string, next int, ok bool) {
	end := strings.IndexByte(text[at:], '\n')
	if end < 0 {
		return strings.TrimSuffix(text[at:], "\r"), len(text), false
	}
	return strings.TrimSuffix(text[at:at+end], "\r"), at + end + 1, true
}

// frontText is what stands between the lines.
func frontText(raw string) string {
	text := strings.TrimRight(clean(raw), "\n")
	_, text, _ = strings.Cut(text, "\n")
	end := strings.LastIndexByte(text, '\n')
	return text[:max(end, 0)]
}

// frontBlock stands for the front matter, folded.
func frontBlock(raw string) Block {
	text := frontText(raw)
	lines := lineCount(text)
	says := fmt.Sprintf("Front matter, %d lines", lines)
	if lines == 1 {
		says = "Front matter, 1 line"
	}
	b := Block{Kind: Front, Spans: []Span{{Text: says}}, Code: &Snippet{Text: text}, Part: Whole}
	b.ID = uint64(fingerprintOf(&b))
	return b
}
