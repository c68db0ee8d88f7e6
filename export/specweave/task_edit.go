package specweave

import (
	"bytes"
	"slices"
	"strings"

	"firebreak/export/markdown"
)

// oneTask finds the task that an edit is about, in a file that may be written.
func oneTask(src []byte, id string) (all []task, at int, err error) {
	all, says := findTasks(src)
	if says != "" {
		return nil, 0, refuse(says)
	}
	at = -1
	for i, t := range all {
		if t.ID != id {
			continue
		}
		if at >= 0 {
			return nil, 0, refuse(t.Fixed)
		}
		at = i
	}
	if at < 0 {
		return nil, 0, refuse("There is no task " + id + " in the file.")
	}
	return all, at, nil
}

// SetTask ticks a task or opens it again: the box, and the word behind it.
// Opening takes away the line that says when the task was completed.
func SetTask(src []byte, id string, done bool) ([]byte, error) {
	all, at, err := oneTask(src, id)
	if err != nil {
		return nil, err
	}
	t := all[at]
	if t.Fixed != "" {
		return nil, refuse(t.Fixed)
	}
	if t.Done == done {
		return src, nil
	}
	sign, word := "x", "completed"
	if !done {
		sign, word = " ", "pending"
	}
	out := src
	if !done {
		for _, line := range slices.Backward(t.endings) {
			if line.from > t.box.to {
				out = splice(out, line.from, line.to, "")
			}
		}
	}
	if t.word.to > t.word.from {
		out = splice(out, t.word.from, t.word.to, inTheCaseOf(string(src[t.wordAt:t.word.to]), word))
	}
	out = splice(out, t.box.from, t.box.to, sign)
	if !done {
		for _, line := range slices.Backward(t.endings) {
			if line.from < t.box.from {
				out = splice(out, line.from, line.to, "")
			}
		}
	}
	return checked(out, sameTasks(all, out, func(want []task) []task {
		want[at].Done, want[at].Mark = done, ""
		return want
	}))
}

// sameTasks reads an edited file again. Every task must be as it was but for
// what change makes of them; a Mark that change empties may be anything.
func sameTasks(before []task, out []byte, change func([]task) []task) error {
	want := change(slices.Clone(before))
	got, says := findTasks(out)
	if says != "" || len(got) != len(want) {
		return refuse("The change would have changed other tasks too.")
	}
	for i, w := range want {
		g := got[i]
		same := g.ID == w.ID && g.Title == w.Title && g.Done == w.Done && (w.Mark == "" || g.Mark == w.Mark) &&
			slices.Equal(g.Satisfies, w.Satisfies) && g.list == w.list && g.level == w.level && g.boxed == w.boxed
		if !same {
			return refuse("The change would have changed other tasks too.")
		}
	}
	return nil
}

// RenameTask puts another title behind a task's id. The title is text; what
// would mean something in a heading is escaped as the app's own writer does it.
// A title that does not read back the same is refused.
func RenameTask(src []byte, id, title string) ([]byte, error) {
	all, at, err := oneTask(src, id)
	if err != nil {
		return nil, err
	}
	t := all[at]
	if t.Title == title {
		return src, nil
	}
	if title == "" || title != strings.TrimSpace(title) || strings.ContainsAny(title, "\r\n") {
		return nil, refuse("A title is one line of text.")
	}
	text := escaped(id+": ", title, markdown.TasksFile)
	if t.title.from == t.title.to {
		text = " " + text
	}
	out := splice(src, t.title.from, t.title.to, text)
	return checked(out, sameTasks(all, out, func(want []task) []task {
		want[at].Title = title
		return want
	}))
}

// TaskBlock is one task as it stands in the file, from its heading to the last
// line of its own, with plain line ends.
func TaskBlock(src []byte, id string) (string, bool) {
	all, _ := findTasks(src)
	at := slices.IndexFunc(all, func(t task) bool { return t.ID == id })
	if at < 0 {
		return "", false
	}
	return lineFeeds(string(src[all[at].start:contentEnd(src, all[at].start, all[at].end)])), true
}

// contentEnd leaves out the empty lines and the rules at the end of a section:
// they part it from the next.
func contentEnd(src []byte, start, end int) int {
	for end > start {
		before := lineStart(src, end-1)
		line := bytes.TrimSpace(src[before:end])
		if len(line) > 0 && !(ruled(line) && run(line) == len(line)) || before <= start {
			return end
		}
		end = before
	}
	return end
}

// AppendTask puts a task behind the last one. The block is a section as the app
// writes it; in a file whose tasks are a list, it becomes an item of that list.
func AppendTask(src []byte, block string) ([]byte, error) {
	all, says := findTasks(src)
	if says != "" {
		return nil, refuse(says)
	}
	block = strings.Trim(lineFeeds(block), "\n")
	fresh, _ := findTasks([]byte(block))
	if len(fresh) != 1 || fresh[0].list || fresh[0].start != 0 {
		return nil, refuse("What is to be added is not one task.")
	}
	added := fresh[0]
	if slices.ContainsFunc(all, func(t task) bool { return t.ID == added.ID }) {
		return nil, refuse("There is a task " + added.ID + " in the file already.")
	}
	var out []byte
	if n := len(all); n > 0 && all[n-1].list {
		added.list, added.level, added.Satisfies = true, all[n-1].level, nil
		out = appendItem(src, all[n-1], added, block)
	} else {
		end := len(src)
		if n > 0 {
			end = all[n-1].end
		}
		out = insertBlock(src, contentEnd(src, 0, end), block)
	}
	return checked(out, sameTasks(all, out, func(want []task) []task {
		added.Mark = ""
		return append(want, added)
	}))
}

// appendItem writes the task as the line below the last item.
func appendItem(src []byte, last, added task, block string) []byte {
	first := src[last.start:nextLine(src, last.start)]
	marker := string(first[:indent(first)+1]) + " "
	if c := marker[len(marker)-2]; isDigit(c) {
		marker = marker[:len(marker)-2] + "- "
	}
	sign := " "
	if added.Done {
		sign = "x"
	}
	line := marker + "[" + sign + "] " + added.ID + ": " + string(added.title.of([]byte(block)))
	end := lineEnd(src)
	if last.end > 0 && src[last.end-1] != '\n' {
		return splice(src, last.end, last.end, end+line)
	}
	return splice(src, last.end, last.end, line+end)
}

// insertBlock puts lines behind the byte at, where a line has just ended, with
// one empty line before them and at least one behind.
func insertBlock(src []byte, at int, block string) []byte {
	end := lineEnd(src)
	text := end + strings.ReplaceAll(block, "\n", end)
	switch rest := src[at:]; {
	case at > 0 && src[at-1] != '\n':
		text = end + text
	case len(rest) == 0 || len(bytes.TrimSpace(rest[:nextLine(rest, 0)])) == 0:
		text += end
	default:
		text += end + end
	}
	return splice(src, at, at, text)
}

// RemoveTask takes a task's section out, and one of the gaps around it.
func RemoveTask(src []byte, id string) ([]byte, error) {
	all, at, err := oneTask(src, id)
	if err != nil {
		return nil, err
	}
	t := all[at]
	from, to := t.start, t.end
	if !t.list {
		to = contentEnd(src, t.start, t.end)
		switch before := contentEnd(src, 0, from); {
		case ruledGap(src[before:from]) && ruledGap(src[to:t.end]):
			to = t.end
		default:
			for from > before && len(bytes.TrimSpace(src[lineStart(src, from-1):from])) == 0 {
				from = lineStart(src, from-1)
			}
		}
		if to == len(src) && src[to-1] != '\n' && from > 0 { // as the file ended before
			from = len(bytes.TrimSuffix(bytes.TrimSuffix(src[:from], []byte("\n")), []byte("\r")))
		}
	}
	out := splice(src, from, to, "")
	if says := guard(out); says != "" {
		return nil, refuse("Without this task the file would be empty.")
	}
	return checked(out, sameTasks(all, out, func(want []task) []task { return slices.Delete(want, at, at+1) }))
}

// ruledGap reports that a rule parts two sections.
func ruledGap(gap []byte) bool { return len(bytes.TrimSpace(gap)) > 0 }
