package workflow

import "strings"

// movedAtLeast is how many lines make a block that was moved rather than two
// places that look alike.
const movedAtLeast = 5

// movedBlock is a run of lines that stands elsewhere now.
type movedBlock struct {
	from, to *scopeFile
	removed  []DiffLine
	old, new int
}

// spot is where a window of added lines begins.
type spot struct {
	file *scopeFile
	g, i int
}

// findMoved finds lines that were taken out here and put in there. Each window
// of a few lines is looked up once, and what fits is followed to its end.
func findMoved(files []scopeFile) []movedBlock {
	var wanted []spot
	for f := range files {
		for g := range files[f].groups {
			if len(files[f].groups[g].removed) >= movedAtLeast {
				wanted = append(wanted, spot{file: &files[f], g: g})
			}
		}
	}
	if wanted == nil {
		return nil
	}
	places := addedWindows(files)
	if len(places) == 0 {
		return nil
	}
	var out []movedBlock
	for _, w := range wanted {
		group := &w.file.groups[w.g]
		moved := 0
		for i := 0; i+movedAtLeast <= len(group.removed); {
			print, telling := windowPrint(group.removed[i:])
			at, ok := places[print]
			n := 0
			if ok && telling {
				n = sameRun(group.removed[i:], at.file.groups[at.g].added[at.i:])
			}
			if n < movedAtLeast || at.file == w.file && at.g == w.g {
				i++
				continue
			}
			out = append(out, movedBlock{from: w.file, to: at.file, removed: group.removed[i : i+n], old: group.old + i, new: at.file.groups[at.g].new + at.i})
			moved, i = moved+n, i+n
			if len(at.file.groups[at.g].added) == n {
				at.file.groups[at.g].kind = movedChange
			}
		}
		if moved == len(group.removed) && len(group.added) == 0 {
			group.kind = movedChange
		}
	}
	return out
}

// addedWindows are the windows of all added lines by their print.
func addedWindows(files []scopeFile) map[uint64]spot {
	out := map[uint64]spot{}
	for f := range files {
		for g := range files[f].groups {
			added := files[f].groups[g].added
			for i := 0; i+movedAtLeast <= len(added); i++ {
				if print, telling := windowPrint(added[i:]); telling {
					if _, there := out[print]; !there {
						out[print] = spot{file: &files[f], g: g, i: i}
					}
				}
			}
		}
	}
	return out
}

// windowPrint is the print of a few lines without their indentation. It tells
// nothing when they hold hardly a word: brackets look alike everywhere.
func windowPrint(lines []DiffLine) (sum uint64, telling bool) {
	sum = printOf
	words := 0
	for _, l := range lines[:movedAtLeast] {
		text := strings.TrimSpace(l.Text)
		if len(text) > 12 {
			words++
		}
		sum = addPrint(sum, text)
	}
	return sum, words >= movedAtLeast-2
}

// sameRun counts the lines that are the same from here on, indentation apart.
func sameRun(a, b []DiffLine) int {
	n := 0
	for n < len(a) && n < len(b) && strings.TrimSpace(a[n].Text) == strings.TrimSpace(b[n].Text) {
		n++
	}
	return n
}

// printOf begins a print (FNV-1a, 64 bits); addPrint goes on with a text.
const printOf uint64 = 14695981039346656037

func addPrint(sum uint64, text string) uint64 {
	for i := range len(text) {
		sum = (sum ^ uint64(text[i])) * 1099511628211
	}
	return (sum ^ 0x1ff) * 1099511628211
}

// printWord is a print as a word of eight letters that nobody mistakes.
func printWord(sum uint64) string {
	const letters = "23456789abcdefghjkmnpqrstuvwxyz1"
	out := make([]byte, 8)
	for i := range out {
		out[i] = letters[sum>>(59-5*i)&31]
	}
	return string(out)
}
