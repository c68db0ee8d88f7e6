package editor

import (
	"strings"
	"unicode/utf8"
)

// row is one line on the screen: a line of the text, or a part of one that is
// wider than the page. Places are bytes in the block.
type row struct {
	from, to int // what is drawn
	next     int // where the next row begins, behind the space or line end
	y        float32
	note     string // what stands in a row of its own below the line
	face     face
}

// face is how a row is set.
type face int

const (
	body face = iota
	bold
	mono
)

// measure is how wide a text is in a face.
type measure func(text string, f face) float32

// rowsOf breaks a block into rows. Note says what stands below a line; it may
// say nothing.
func rowsOf(b *block, width float32, size measure, note func(line string) string) []row {
	var out []row
	open := b.inside
	for at := 0; at < len(b.text) || at == 0; {
		end := lineEnd(b.text, at)
		line := strings.TrimSuffix(strings.TrimSuffix(b.text[at:end], "\n"), "\r")
		f := body
		after := open
		if at > 0 || !b.mid {
			after = open.after(b.text[at:end])
		}
		switch {
		case open.open() || after.open():
			f = mono
		case heading(line) && (at > 0 || !b.mid):
			f = bold
		}
		out = append(out, broken(b.text, at, at+len(line), end, width, f, size)...)
		if says := note(line); says != "" && f != mono {
			out = append(out, row{from: at + len(line), to: at + len(line), next: end, note: says})
		}
		open = after
		if at = end; at == 0 {
			break
		}
	}
	return out
}

// heading says whether a line is one: its marks and a space.
func heading(line string) bool {
	rest := strings.TrimLeft(line, "#")
	n := len(line) - len(rest)
	return n > 0 && n <= 6 && strings.HasPrefix(rest, " ")
}

// broken breaks one line where it is wider than the page: behind a word, and
// inside of one only where it is wider than the page by itself.
func broken(text string, from, to, next int, width float32, f face, size measure) []row {
	if width <= 0 || size(shown(text[from:to]), f) <= width {
		return []row{{from: from, to: to, next: next, face: f}}
	}
	var out []row
	begin, used := from, float32(0)
	for at := from; at < to; {
		end := wordEnd(text, at, to)
		word := size(shown(text[at:end]), f)
		tail := end
		for tail < to && text[tail] == ' ' {
			tail++
		}
		if at > begin && used+word > width {
			out = append(out, row{from: begin, to: trimRight(text, begin, at), next: at, face: f})
			begin, used = at, 0
		}
		for word > width {
			head := begin + fitting(text[begin:end], width, f, size)
			if head >= end {
				break
			}
			out = append(out, row{from: begin, to: head, next: head, face: f})
			begin = head
			word = size(shown(text[begin:end]), f)
		}
		used += word
		if begin > at {
			used = word
		}
		used += size(text[end:tail], f)
		at = tail
	}
	return append(out, row{from: begin, to: to, next: next, face: f})
}

func wordEnd(text string, at, to int) int {
	if end := strings.IndexByte(text[at:to], ' '); end > 0 {
		return at + end
	} else if end == 0 { // a line that begins with spaces
		for at < to && text[at] == ' ' {
			at++
		}
		return wordEnd(text, at, to)
	}
	return to
}

func trimRight(text string, from, to int) int {
	for to > from && text[to-1] == ' ' {
		to--
	}
	return to
}

// fitting is how many bytes of a word fit into a row, at least one letter.
func fitting(word string, width float32, f face, size measure) int {
	low, high := letter(word), len(word)
	for low < high {
		middle := (low + high + 1) / 2
		for middle > low && !utf8.RuneStart(word[middle-1]) {
			middle--
		}
		middle = letterStart(word, low, middle)
		if middle <= low {
			break
		}
		if size(shown(word[:middle]), f) <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// letterStart is the last place at or before a limit where a letter begins,
// counted from a place where one does.
func letterStart(text string, from, limit int) int {
	for at := from; at < len(text); {
		next := at + letter(text[at:])
		if next > limit {
			return at
		}
		at = next
	}
	return min(limit, len(text))
}
