package workflow

import "strings"

// groupKind is what a group of changed lines is, as far as text tells.
type groupKind int

const (
	realChange    groupKind = iota
	blankChange             // empty lines, and nothing else
	spaceChange             // blanks at the ends of lines, or how many there are between words
	lineEndChange           // CR LF for LF, or the other way
	formChange              // the same words and signs on other lines, or written otherwise
	orderChange             // imports in another order
	nameChange              // one name for another, everywhere
	commentChange           // comments and nothing else
	alignChange             // only the room between words: a formatter lines them up anew
	movedChange             // lines that stand elsewhere now
)

// changeGroup is a run of changed lines without a kept one between them.
type changeGroup struct {
	removed, added []DiffLine
	old, new       int // numbers of the first lines
	kind           groupKind
	gap            bool   // a kept line that is not empty stands before it, or it begins a hunk
	from, to       string // of a change of names
	times          int    // how often the name stands there
	declares       bool   // the name is declared there
}

// groupsOf takes the hunks of a file apart.
func groupsOf(f *FileDelta) []changeGroup {
	out := make([]changeGroup, 0, len(f.Hunks)) // mostly one of each
	for _, h := range f.Hunks {
		old, now, gap := h.OldFrom, h.NewFrom, true
		for i := 0; i < len(h.Lines); {
			line := h.Lines[i]
			if line.Change == LineKept {
				gap = gap || !emptyLine(line.Text)
				old, now, i = old+1, now+1, i+1
				continue
			}
			end := i
			for end < len(h.Lines) && h.Lines[end].Change != LineKept {
				end++
			}
			g := changeGroup{old: old, new: now, gap: gap}
			g.removed, g.added = sides(h.Lines[i:end])
			out = append(out, g)
			old, now, i, gap = old+len(g.removed), now+len(g.added), end, false
		}
	}
	return out
}

// sides parts removed lines from added ones; git writes them in that order.
func sides(lines []DiffLine) (removed, added []DiffLine) {
	n := 0
	for n < len(lines) && lines[n].Change == LineRemoved {
		n++
	}
	m := n
	for m < len(lines) && lines[m].Change == LineAdded {
		m++
	}
	if m == len(lines) {
		return lines[:n], lines[n:]
	}
	for _, l := range lines {
		if l.Change == LineRemoved {
			removed = append(removed, l)
		} else {
			added = append(added, l)
		}
	}
	return removed, added
}

// emptyLine says whether a line holds nothing but blanks.
func emptyLine(line string) bool {
	for i := range len(line) {
		if c := line[i]; c != ' ' && c != '\t' && c != '\r' && c != '\f' && c != '\v' {
			return false
		}
	}
	return true
}

func allBlank(lines []DiffLine) bool {
	for _, l := range lines {
		if !emptyLine(l.Text) {
			return false
		}
	}
	return true
}

// judgeGroups says of each group what it is. A group that only indents belongs
// to the real change that it follows with nothing but empty lines between: that
// is how a block that gets a condition around it looks.
func judgeGroups(s style, groups []changeGroup) {
	for i := range groups {
		groups[i].judge(s)
	}
	for from := 0; from < len(groups); {
		to, genuine := from+1, groups[from].kind == realChange
		for to < len(groups) && !groups[to].gap {
			genuine = genuine || groups[to].kind == realChange
			to++
		}
		for i := from; genuine && i < to; i++ {
			if k := groups[i].kind; k == spaceChange || k == blankChange {
				groups[i].kind = realChange
			}
		}
		from = to
	}
}

func (g *changeGroup) judge(s style) {
	switch {
	case allBlank(g.removed) && allBlank(g.added):
		g.kind = blankChange
	case g.sameEnds():
		g.kind = lineEndChange
	case len(g.removed) > 0 && len(g.added) > 0 && g.sameButSpace(s):
		if g.kind = spaceChange; g.sameBeginnings() {
			g.kind = alignChange
		}
	case g.onlyComments(s):
		g.kind = commentChange
	case len(g.removed) > 0 && len(g.added) > 0:
		g.kind = g.compareTokens(s)
	}
}

// sameEnds says whether the lines differ only in a CR at their end.
func (g *changeGroup) sameEnds() bool {
	if len(g.removed) != len(g.added) || len(g.removed) == 0 {
		return false
	}
	differ := false
	for i := range g.removed {
		a, b := g.removed[i].Text, g.added[i].Text
		if strings.TrimSuffix(a, "\r") != strings.TrimSuffix(b, "\r") {
			return false
		}
		differ = differ || len(a) != len(b)
	}
	return differ
}

// sameButSpace compares line by line, without empty lines, blanks at the ends of
// lines, and the number of blanks between words that are not in quotes.
func (g *changeGroup) sameButSpace(s style) bool {
	a, b := 0, 0
	for {
		for a < len(g.removed) && emptyLine(g.removed[a].Text) {
			a++
		}
		for b < len(g.added) && emptyLine(g.added[b].Text) {
			b++
		}
		if a == len(g.removed) || b == len(g.added) {
			return a == len(g.removed) && b == len(g.added)
		}
		if !sameButBlanks(g.removed[a].Text, g.added[b].Text, s.indented) {
			return false
		}
		a, b = a+1, b+1
	}
}

func sameButBlanks(a, b string, indented bool) bool {
	if indented && beginning(a) != beginning(b) {
		return false
	}
	a, b = strings.Trim(a, " \t\r\f\v"), strings.Trim(b, " \t\r\f\v")
	var quote byte
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		c := a[i]
		if c != b[j] && !(isBlank(c) && isBlank(b[j])) {
			return false
		}
		switch {
		case quote != 0:
			if c != b[j] {
				return false
			}
			if c == '\\' && i+1 < len(a) && j+1 < len(b) && a[i+1] == b[j+1] {
				i, j = i+1, j+1
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case isBlank(c):
			for i+1 < len(a) && isBlank(a[i+1]) {
				i++
			}
			for j+1 < len(b) && isBlank(b[j+1]) {
				j++
			}
		}
		i, j = i+1, j+1
	}
	return i == len(a) && j == len(b)
}

// sameBeginnings says whether only the room between words differs: the lines
// begin and end as they did.
func (g *changeGroup) sameBeginnings() bool {
	if len(g.removed) != len(g.added) {
		return false
	}
	for i := range g.removed {
		a, b := g.removed[i].Text, g.added[i].Text
		if beginning(a) != beginning(b) || ending(a) != ending(b) {
			return false
		}
	}
	return true
}

func ending(line string) string { return line[len(strings.TrimRight(line, " \t\r")):] }

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func beginning(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t"))] }

func (g *changeGroup) onlyComments(s style) bool {
	if len(s.comment) == 0 {
		return false
	}
	for _, lines := range [2][]DiffLine{g.removed, g.added} {
		for _, l := range lines {
			if !emptyLine(l.Text) && !s.isComment(l.Text) {
				return false
			}
		}
	}
	return true
}

// excerpt shows a group with the numbers of its lines.
func (g *changeGroup) excerpt() []ScopeLine {
	out := make([]ScopeLine, 0, len(g.removed)+len(g.added))
	for i, l := range g.removed {
		out = append(out, ScopeLine{Line: "-" + l.Text, Old: g.old + i})
	}
	for i, l := range g.added {
		out = append(out, ScopeLine{Line: "+" + l.Text, New: g.new + i})
	}
	return out
}
