package page

import (
	"strings"
	"unicode"
)

// label is the words of a moment above the bar, at a height of their own: row 0
// is the lowest. A thin line leads down from them to the moment. Lengths are
// the picture's units.
type label struct {
	x, wide float64
	row     int
	left    bool // the words stand left of the line instead of right
	asked   bool // its row is being found
	placed  bool // its row is found
}

// span is what the words cover.
func (l label) span() (from, to float64) {
	if l.left {
		return l.x - l.wide, l.x
	}
	return l.x, l.x + l.wide
}

// placeLabels finds a row for each label, so that no words overlap and no line
// runs through words. The labels are in the order of x. ok is false where that
// cannot be within the whole width: the words of two moments would have to stand
// above each other. With room for all words on the right, it always can.
func placeLabels(labels []label, whole float64) (rows int, ok bool) {
	for i := len(labels) - 1; i >= 0; i-- {
		l := &labels[i]
		l.left = l.x+l.wide > whole
		for _, r := range labels[i+1:] {
			if r.left && r.x <= l.x+l.wide && r.x-r.wide <= l.x {
				l.left = true
			}
		}
		if from, _ := l.span(); from < 0 {
			return 0, false
		}
	}
	for i := range labels {
		rows = max(rows, place(labels, i)+1)
	}
	return rows, true
}

// place puts a label above all whose line would run through its words, and where
// no other words are. What it stands above never stands above it: the lines lie
// within its words, and the nearer to its own the fewer are left.
func place(labels []label, i int) int {
	l := &labels[i]
	if l.asked {
		return l.row
	}
	l.asked = true
	row := 0
	for k := range labels {
		if k != i && crosses(labels, i, k) {
			row = max(row, place(labels, k)+1)
		}
	}
	l.row = row
	for k := 0; k < len(labels); k++ {
		if other := labels[k]; k != i && other.placed && other.row == l.row && overlap(*l, other) {
			l.row++
			k = -1
		}
	}
	l.placed = true
	return l.row
}

// crosses says whether the line of k runs through the words of i.
func crosses(labels []label, i, k int) bool {
	l, line := labels[i], labels[k]
	from, to := l.span()
	if line.x == l.x { // on one line: the later stands lower on the right, the earlier on the left
		return line.left == l.left && (k > i) != l.left
	}
	return line.x >= from && line.x <= to
}

func overlap(a, b label) bool {
	aFrom, aTo := a.span()
	bFrom, bTo := b.span()
	return aFrom < bTo && bFrom < aTo
}

// wideOf is a generous guess at how wide words are: the page does not know the
// reader's letters, and words that overlap are worse than a little more room.
func wideOf(text string, size float64) float64 {
	ems := 0.0
	for _, r := range text {
		ems += emsOf(r)
	}
	return ems * size
}

// emsOf is how wide a letter is, in heights of the letters.
func emsOf(r rune) float64 {
	switch {
	case r == ' ' || r == ':' || r == '.' || r == ',' || r == 'i' || r == 'l' || r == 'j':
		return 0.36
	case r >= 'A' && r <= 'Z' || r == 'm' || r == 'w' || r == '≈' || r == '…':
		return 0.82
	case r < 0x300:
		return 0.66
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case isWide(r):
		return 1.1
	default:
		return 0.82
	}
}

// isWide says whether a letter takes a square: Chinese, Japanese, Korean and
// pictures.
func isWide(r rune) bool {
	return r >= 0x3000 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60 || r >= 0x1F000 ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.So)
}

// shortened cuts words that are too wide, at a letter's border.
func shortened(text string, size, atMost float64) string {
	wide, cut := 0.0, 0
	for i, r := range text {
		if wide+emsOf('…')*size <= atMost {
			cut = i
		}
		if wide += emsOf(r) * size; wide > atMost {
			return strings.TrimRight(text[:cut], " ") + "…"
		}
	}
	return text
}
