package specweave

import (
	"bytes"
	"slices"
	"strings"
)

// completedAt begins the line that says when a task was completed. "Completed"
// alone would make SpecWeave count the task twice.
const completedAt = "**Completed At**: "

// CompletedAt is when a task was completed, as its own line says it; empty
// where none does.
func CompletedAt(src []byte, id string) string {
	block, _ := TaskBlock(src, id)
	for line := range strings.Lines(block) {
		if when, is := strings.CutPrefix(line, completedAt); is {
			return strings.TrimSpace(when)
		}
	}
	return ""
}

// NoteCompletion writes below the state of a task that is done when it was
// completed. Where the file has another form, or says so already, it is left as
// it is.
func NoteCompletion(src []byte, id, when string) ([]byte, error) {
	all, at, err := oneTask(src, id)
	if err != nil {
		return nil, err
	}
	t := all[at]
	from := lineStart(src, t.box.from)
	line := src[from:nextLine(src, from)]
	if !t.Done || t.list || len(t.endings) > 0 || when == "" || strings.ContainsAny(when, "\r\n") ||
		!bytes.HasPrefix(line, []byte("**Status**:")) || bytes.IndexByte(line, '|') >= 0 || line[len(line)-1] != '\n' {
		return src, nil
	}
	end := from + len(line)
	out := splice(src, end, end, completedAt+when+lineEnd(src))
	return checked(out, sameTasks(all, out, func(want []task) []task { return slices.Clone(want) }))
}
