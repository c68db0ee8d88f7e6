package view

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"firebreak/app/kit"
)

const (
	marksText   = 8000    // bytes of a text that are compared and drawn
	marksEffort = 400_000 // pairs of words that are compared at most
)

// markWords shows two texts with what only one of them says marked, word by
// word. A text without a word says so.
func markWords(a, b string) (ours, theirs []kit.Run) {
	x, y := wordsOf(shortText(a)), wordsOf(shortText(b))
	start := 0
	for start < len(x) && start < len(y) && x[start] == y[start] {
		start++
	}
	end := 0
	for end < len(x)-start && end < len(y)-start && x[len(x)-1-end] == y[len(y)-1-end] {
		end++
	}
	inX, inY := x[start:len(x)-end], y[start:len(y)-end]
	keepX, keepY := shared(inX, inY)
	return runsOf(x, start, keepX), runsOf(y, start, keepY)
}

// shortText keeps a book from being drawn. All of it is in the incident and in
// the file.
func shortText(text string) string {
	if len(text) <= marksText {
		return text
	}
	cut := marksText
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return fmt.Sprintf("%s… (%d more bytes)", text[:cut], len(text)-cut)
}

// wordsOf cuts a text into words and what stands between them.
func wordsOf(text string) []string {
	var out []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		for text, rest := line, ""; text != ""; text = rest {
			cut := strings.IndexAny(text, " \t\n")
			switch {
			case cut < 0:
				cut = len(text)
			case cut == 0:
				cut = 1
			}
			rest = text[cut:]
			out = append(out, text[:cut])
		}
	}
	return out
}

// shared says which words of each side are in both, in the same order. Texts
// that are too long to be compared share nothing.
func shared(x, y []string) (inX, inY []bool) {
	inX, inY = make([]bool, len(x)), make([]bool, len(y))
	if len(x)*len(y) == 0 || len(x)*len(y) > marksEffort {
		return inX, inY
	}
	wide := len(y) + 1
	best := make([]int32, (len(x)+1)*wide) // of what is left from here on
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				best[i*wide+j] = best[(i+1)*wide+j+1] + 1
			} else {
				best[i*wide+j] = max(best[(i+1)*wide+j], best[i*wide+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			inX[i], inY[j] = true, true
			i, j = i+1, j+1
		case best[(i+1)*wide+j] >= best[i*wide+j+1]:
			i++
		default:
			j++
		}
	}
	return inX, inY
}

// runsOf joins words that are marked alike. A space between two marked words is
// marked with them, so that the mark reads as one.
func runsOf(words []string, start int, keep []bool) []kit.Run {
	marked := func(i int) bool { return i >= start && i < start+len(keep) && !keep[i-start] }
	var out []kit.Run
	for i, word := range words {
		on := marked(i)
		if strings.TrimSpace(word) == "" {
			on = i > 0 && i+1 < len(words) && marked(i-1) && marked(i+1)
		}
		if n := len(out); n > 0 && out[n-1].Marked == on {
			out[n-1].Text += word
			continue
		}
		out = append(out, kit.Run{Text: word, Marked: on})
	}
	return out
}
