package preview

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostOnLine is how many bytes of one word are looked at to fill a line.
const mostOnLine = 1 << 10

// measure gives the width of text in the look of a span.
type measure func(text string, style Style) float32

// fragment is the part of a word that has one look.
type fragment struct {
	text  string
	span  int     // which span it came from
	width float32 // with the insets
	gap   float32 // white space in front of it
	opens bool    // a line may begin here
	hard  bool    // a line must begin here

	// before and after keep the tint of a code span off its neighbours.
	before, after float32
}

// run is a stretch of one line that is drawn as one text.
type run struct {
	text  string
	span  int
	x     float32
	width float32
}

// flow breaks spans into lines no wider than width. Words of several looks stay
// together, so a full stop never starts a line after a bold word. The first
// pass cuts at spaces, the second fills lines.
func flow(spans []Span, width float32, size measure) [][]run {
	lines := fill(fragments(spans, size), spans, width, size)
	out := make([][]run, len(lines))
	for i, line := range lines {
		out[i] = runs(line, spans, size)
	}
	return out
}

func fragments(spans []Span, size measure) []fragment {
	var (
		out  []fragment
		gap  float32
		hard bool
	)
	for i, span := range spans {
		if span.Text == "\n" {
			gap, hard = 0, true
			continue
		}
		space, first := size(" ", span.Style), len(out)
		for rest := span.Text; rest != ""; {
			word, after := firstWord(rest)
			rest = after
			if word == " " {
				gap = max(gap, space)
				continue
			}
			opens := gap > 0 || hard || len(out) > 0 && breaksBetween(out[len(out)-1].text, word)
			out = append(out, fragment{
				text: word, span: i, width: size(word, span.Style),
				gap: gap, opens: opens, hard: hard && len(out) > 0,
			})
			gap, hard = 0, false
		}
		if span.Style&Mono != 0 && len(out) > first {
			out[first].inset(chipPad, 0)
			out[len(out)-1].inset(0, chipPad)
		}
	}
	return out
}

func (f *fragment) inset(before, after float32) {
	f.before += before
	f.after += after
	f.width += before + after
}

// firstWord takes a word, one ideograph, or a stretch of spaces off text.
func firstWord(text string) (word, rest string) {
	for i, r := range text {
		switch {
		case r == ' ' && i == 0:
			return " ", strings.TrimLeft(text, " ")
		case r == ' ' || i > 0 && ideograph(r):
			return text[:i], text[i:]
		case ideograph(r):
			n := utf8.RuneLen(r)
			return text[:n], text[n:]
		}
	}
	return text, ""
}

// ideograph reports scripts that are written without spaces.
func ideograph(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// breaksBetween reports whether a line may end between two neighbours that no
// space separates.
func breaksBetween(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return ideograph(first) || ideograph(last) && !unicode.IsPunct(first)
}

// fill puts fragments on lines.
func fill(all []fragment, spans []Span, width float32, size measure) [][]fragment {
	var (
		lines [][]fragment
		line  []fragment
		used  float32
	)
	for start := 0; start < len(all); {
		end := start + 1
		room := all[start].width
		for end < len(all) && !all[end].opens {
			room += all[end].width
			end++
		}
		word := all[start:end]
		if word[0].hard || len(line) > 0 && used+word[0].gap+room > width {
			lines = append(lines, line)
			line, used = nil, 0
		}
		if room > width {
			whole, rest := chop(word, spans, width, size)
			lines = append(lines, whole...)
			word = rest
			room = total(word)
		}
		if len(line) > 0 {
			used += word[0].gap
		}
		line = append(line, word...)
		used += room
		start = end
	}
	return append(lines, line)
}

// chop cuts a word that is wider than a line, such as a long address. It gives
// the lines that it fills, and what is left for the next one.
func chop(word []fragment, spans []Span, width float32, size measure) (whole [][]fragment, rest []fragment) {
	var used float32
	for _, f := range word {
		f.gap = 0
		for used+f.width > width {
			style := spans[f.span].Style
			at := fitting(f.text, width-used-f.before, style, size)
			if at == 0 && used > 0 {
				whole, rest, used = append(whole, rest), nil, 0
				continue
			}
			if at == 0 {
				_, at = utf8.DecodeRuneInString(f.text)
			}
			if at == len(f.text) {
				break
			}
			head := f
			head.text, f.text = f.text[:at], f.text[at:]
			head.after, f.before = 0, 0
			head.width = size(head.text, style) + head.before
			// Measuring the long rest anew for each line would cost the square.
			if f.width -= head.width; f.width <= 2*width {
				f.width = size(f.text, style) + f.after
			}
			whole, rest, used = append(whole, append(rest, head)), nil, 0
		}
		rest = append(rest, f)
		used += f.width
	}
	return whole, rest
}

// fitting finds how many bytes of text fit into room, and prefers to end after
// a sign that addresses and paths are read by. It never parts a letter from the
// marks on it.
func fitting(text string, room float32, style Style, size measure) int {
	text = text[:runeStart(text, min(len(text), mostOnLine))]
	var ends []int
	for i, r := range text {
		if i > 0 && !unicode.In(r, unicode.Mn, unicode.Me) && r != 0x200d {
			ends = append(ends, i)
		}
	}
	ends = append(ends, len(text))
	low, high := 0, len(ends)
	for low < high {
		middle := (low + high) / 2
		if size(text[:ends[middle]], style) <= room {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == 0 {
		return 0
	}
	fits := ends[low-1]
	if at := strings.LastIndexAny(text[:fits], "/-_.,?&=:;"); at >= fits/2 {
		return at + 1
	}
	return fits
}

func total(word []fragment) float32 {
	var sum float32
	for _, f := range word {
		sum += f.width
	}
	return sum
}

// runs joins the fragments of one line that look the same.
func runs(line []fragment, spans []Span, size measure) []run {
	var out []run
	var x float32
	for start := 0; start < len(line); {
		first := line[start]
		text := first.text
		end := start + 1
		for ; end < len(line) && line[end].span == first.span; end++ {
			if line[end].gap > 0 {
				text += " "
			}
			text += line[end].text
		}
		if start > 0 {
			x += first.gap
		}
		x += first.before
		width := size(text, spans[first.span].Style)
		out = append(out, run{text: text, span: first.span, x: x, width: width})
		x += width + line[end-1].after
		start = end
	}
	return out
}
