package repo

import (
	"bytes"
	"fmt"
	"strings"
)

// diffContext is how many unchanged lines stand around a change, as in git.
const diffContext = 3

// UnifiedDiff shows how before becomes after, in the form that git apply reads.
// nil stands for a file that does not exist; equal contents give "". The work
// is bounded: where two files have little in common, a block is shown as
// removed and added instead of line by line.
func UnifiedDiff(before, after []byte, name string) string {
	if bytes.Equal(before, after) && (before == nil) == (after == nil) {
		return ""
	}
	var out strings.Builder
	writeHeader(&out, before, after, name)
	above, before, after := unlike(before, after)
	old, new := splitLines(before), splitLines(after)
	for _, hunk := range hunks(diffLines(old, new), len(old), len(new)) {
		hunk.write(&out, old, new, above)
	}
	return out.String()
}

// aroundUnlike is how many lines stay around the part in which two files differ:
// enough for the context, and for an edit to slide to where git has it.
const aroundUnlike = 64

// unlike sets aside what two files begin and end with, at line ends, and counts
// the lines above. Most differences of a long document are a few lines.
func unlike(before, after []byte) (above int, a, b []byte) {
	head := 0
	for head < min(len(before), len(after)) && before[head] == after[head] {
		head++
	}
	head = lineStart(before, head, aroundUnlike)
	before, after, above = before[head:], after[head:], bytes.Count(before[:head], []byte("\n"))
	tail := 0
	for tail < min(len(before), len(after)) && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	for range aroundUnlike + 1 {
		next := bytes.IndexByte(before[len(before)-tail:], '\n')
		if next < 0 {
			return above, before, after
		}
		tail -= next + 1
	}
	return above, before[:len(before)-tail], after[:len(after)-tail]
}

// lineStart is where a line begins that is so many lines above a place.
func lineStart(text []byte, at, lines int) int {
	for range lines + 1 {
		at = bytes.LastIndexByte(text[:at], '\n')
		if at < 0 {
			return 0
		}
	}
	return at + 1
}

func writeHeader(out *strings.Builder, before, after []byte, name string) {
	from, to := quoted("a/"+name), quoted("b/"+name)
	fmt.Fprintf(out, "diff --git %s %s\n", from, to)
	switch {
	case before == nil:
		out.WriteString("new file mode 100644\n")
		from = "/dev/null"
	case after == nil:
		out.WriteString("deleted file mode 100644\n")
		to = "/dev/null"
	}
	if len(before) == 0 && len(after) == 0 {
		return // an empty file appears or goes: there is no hunk to introduce
	}
	fmt.Fprintf(out, "--- %s\n+++ %s\n", endedName(from), endedName(to))
}

// quoted writes a name as git does if a plain one could be misread.
func quoted(name string) string {
	if !strings.ContainsFunc(name, func(letter rune) bool {
		return letter < ' ' || letter == '"' || letter == '\\' || letter == 0x7f
	}) {
		return name
	}
	var out strings.Builder
	out.WriteByte('"')
	for i := range len(name) {
		switch each := name[i]; {
		case each == '"' || each == '\\':
			out.WriteByte('\\')
			out.WriteByte(each)
		case each < ' ' || each >= 0x7f:
			fmt.Fprintf(&out, "\\%03o", each)
		default:
			out.WriteByte(each)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// endedName puts a tab behind a name with a space, so that its end is clear.
func endedName(name string) string {
	if strings.Contains(name, " ") && !strings.HasPrefix(name, `"`) {
		return name + "\t"
	}
	return name
}

// splitLines keeps the line ends, so that a missing last one is a difference.
func splitLines(content []byte) []string {
	if len(content) == 0 {
		return nil
	}
	lines := strings.SplitAfter(string(content), "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// hunk is a run of nearby edits with their context: half-open line ranges.
type hunk struct {
	oldFrom, oldTo, newFrom, newTo int
	edits                          []edit
}

// hunks groups edits whose context would touch or overlap.
func hunks(edits []edit, oldLines, newLines int) []hunk {
	var all []hunk
	for _, each := range edits {
		if last := len(all) - 1; last >= 0 && each.oldFrom-all[last].edits[len(all[last].edits)-1].oldTo <= 2*diffContext {
			all[last].edits = append(all[last].edits, each)
			continue
		}
		all = append(all, hunk{edits: []edit{each}})
	}
	for i := range all {
		first, last := all[i].edits[0], all[i].edits[len(all[i].edits)-1]
		lead := min(diffContext, first.oldFrom)
		trail := min(diffContext, oldLines-last.oldTo, newLines-last.newTo)
		all[i].oldFrom, all[i].newFrom = first.oldFrom-lead, first.newFrom-lead
		all[i].oldTo, all[i].newTo = last.oldTo+trail, last.newTo+trail
	}
	return all
}

func (h hunk) write(out *strings.Builder, old, new []string, above int) {
	fmt.Fprintf(out, "@@ -%s +%s @@\n", lineRange(above+h.oldFrom, above+h.oldTo), lineRange(above+h.newFrom, above+h.newTo))
	at := h.oldFrom
	for _, each := range h.edits {
		writeLines(out, ' ', old[at:each.oldFrom])
		writeLines(out, '-', old[each.oldFrom:each.oldTo])
		writeLines(out, '+', new[each.newFrom:each.newTo])
		at = each.oldTo
	}
	writeLines(out, ' ', old[at:h.oldTo])
}

// lineRange counts from one; an empty range names the line before it.
func lineRange(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	default:
		return fmt.Sprintf("%d,%d", from+1, to-from)
	}
}

func writeLines(out *strings.Builder, mark byte, lines []string) {
	for _, line := range lines {
		out.WriteByte(mark)
		out.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}
