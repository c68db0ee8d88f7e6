package specweave

import (
	"bytes"
	"strings"
)

// span is a piece of the file, by its first byte and the one behind its last.
type span struct{ from, to int }

func (s span) of(src []byte) []byte { return src[s.from:s.to] }

// taskHead reads "T-001: Title", also in bold and with the id in brackets.
func taskHead(src []byte, at span) (id string, title span, ok bool) {
	from, to := at.from, at.to
	bold := hasAt(src, from, to, "**")
	if bold {
		from += 2
	}
	bracket := from < to && src[from] == '['
	if bracket {
		from++
	}
	end := taskID(src, from, to, bracket)
	if end < 0 {
		return "", span{}, false
	}
	id = string(src[from:end])
	from = end
	if bracket {
		if from >= to || src[from] != ']' {
			return "", span{}, false
		}
		from++
	}
	// What parts the id from the title, and where bold type ends.
	parted := bracket
	for from < to {
		switch {
		case bold && hasAt(src, from, to, "**"):
			bold = false
			from += 2
			continue
		case src[from] == ':' && !parted:
			parted = true
			from++
			continue
		}
		break
	}
	if from < to && !isBlank(src[from]) {
		return "", span{}, false
	}
	title = trimSpan(src, span{from, to})
	if bold && bytes.HasSuffix(title.of(src), []byte("**")) {
		title.to -= 2
	}
	return id, trimSpan(src, title), true
}

// taskID is where an id such as T-001, T-12 or T-001E ends, or -1. In brackets
// the hyphen may be missing.
func taskID(src []byte, at, to int, bracket bool) int {
	if at >= to || src[at] != 'T' {
		return -1
	}
	at++
	if at < to && src[at] == '-' {
		at++
	} else if !bracket {
		return -1
	}
	digits := at
	for at < to && isDigit(src[at]) {
		at++
	}
	if at == digits || at-digits > 9 {
		return -1
	}
	for at < to && (isLetter(src[at]) || src[at] == '-' && at+1 < to && isLetter(src[at+1])) {
		at++
	}
	return at
}

func hasAt(src []byte, at, to int, text string) bool {
	return to-at >= len(text) && string(src[at:at+len(text)]) == text
}

func trimSpan(src []byte, s span) span {
	for s.from < s.to && isBlank(src[s.from]) {
		s.from++
	}
	for s.to > s.from && isBlank(src[s.to-1]) {
		s.to--
	}
	return s
}

// field is one **Name**: value, alone on its line or between pipes.
type field struct {
	name  []byte
	value span
	alone bool
}

// eachField reads the fields of a line. A pipe parts two fields only where the
// next one follows.
func eachField(src []byte, line span, see func(field)) {
	for at, first := line.from, true; ; first = false {
		if !hasAt(src, at, line.to, "**") {
			return
		}
		name, value, ok := fieldName(src, at+2, line.to)
		if !ok {
			return
		}
		end, next := fieldEnd(src, value, line.to)
		see(field{name, trimSpan(src, span{value, end}), first && next < 0})
		if next < 0 {
			return
		}
		at = next
	}
}

func fieldName(src []byte, at, to int) (name []byte, value int, ok bool) {
	end := bytes.Index(src[at:to], []byte("**"))
	if end <= 0 {
		return nil, 0, false
	}
	text, value := src[at:at+end], at+end+2
	if text[len(text)-1] == ':' {
		return text[:len(text)-1], value, true
	}
	if value < to && src[value] == ':' {
		return text, value + 1, true
	}
	return nil, 0, false
}

// fieldEnd is where a value ends, and where the next field begins or -1.
func fieldEnd(src []byte, at, to int) (end, next int) {
	for i := at; i < to; i++ {
		if src[i] != '|' {
			continue
		}
		after := i + 1
		for after < to && isBlank(src[after]) {
			after++
		}
		if hasAt(src, after, to, "**") {
			return i, after
		}
	}
	return to, -1
}

// box reads "[x]" at the beginning: inner is what lies between the brackets, and
// has no or one character.
func box(src []byte, at span) (inner span, ok bool) {
	if at.to-at.from >= 2 && src[at.from] == '[' {
		if src[at.from+1] == ']' {
			return span{at.from + 1, at.from + 1}, true
		}
		if at.to-at.from >= 3 && src[at.from+2] == ']' {
			return span{at.from + 1, at.from + 2}, true
		}
	}
	return span{}, false
}

// itemBox is a box at the beginning of a list item, where markdown wants exactly
// one character and a blank behind it.
func itemBox(src []byte, at span) (inner, rest span, ok bool) {
	inner, ok = box(src, at)
	if !ok || inner.from == inner.to || at.to-at.from < 4 || !isBlank(src[at.from+3]) {
		return span{}, span{}, false
	}
	return inner, trimSpan(src, span{at.from + 4, at.to}), strings.IndexByte(knownMarks, src[inner.from]) >= 0
}

const knownMarks = " xX~-"

func ticked(src []byte, inner span) bool {
	return inner.from < inner.to && src[inner.from]|0x20 == 'x'
}

// stateWords are what stands behind a box, or in its place; the longer ones
// first, since one begins another.
var stateWords = []struct {
	word string
	done bool
}{
	{"pending", false},
	{"completed", true},
	{"complete", true},
	{"done", true},
	{"not started", false},
	{"not_started", false},
	{"in progress", false},
	{"in_progress", false},
	{"in-progress", false},
	{"todo", false},
	{"deferred", false},
	{"skipped", false},
	{"blocked", false},
	{"cancelled", false},
	{"canceled", false},
}

// stateWord finds the known word at the beginning of text.
func stateWord(text []byte) (length int, done, ok bool) {
	for _, known := range stateWords {
		n := len(known.word)
		if len(text) < n || !strings.EqualFold(string(text[:n]), known.word) {
			continue
		}
		if n < len(text) && (isLetter(text[n]) || isDigit(text[n]) || text[n] >= 0x80 || text[n] == '_') {
			continue
		}
		return n, known.done, true
	}
	return 0, false, false
}

// inTheCaseOf writes a word as large as the one that it replaces.
func inTheCaseOf(old, word string) string {
	switch {
	case old == "" || old[0] < 'A' || old[0] > 'Z':
		return word
	case len(old) > 1 && strings.ToUpper(old) == old:
		return strings.ToUpper(word)
	default:
		return strings.ToUpper(word[:1]) + word[1:]
	}
}
