package specweave

import (
	"bytes"
	"fmt"
)

// Tasks is a tasks.md as read.
type Tasks struct {
	List []Task
	Says string // why the file must not be written; "" when it may be
}

// Task is one task, in whichever form it was written.
type Task struct {
	ID, Title string
	Done      bool
	Mark      string   // the state as it stands in the file: "[x] completed", "Pending"
	Satisfies []string // the acceptance criteria it stands for, ranges written out
	Line      int      // of its heading or list item, from 1
	Fixed     string   // why it cannot be ticked from here; "" when it can
}

// ReadTasks reads what can be read, whatever else the file holds.
func ReadTasks(src []byte) Tasks {
	found, says := findTasks(src)
	tasks := Tasks{Says: says}
	if len(found) > 0 {
		tasks.List = make([]Task, len(found))
	}
	for i, t := range found {
		tasks.List[i] = t.Task
	}
	return tasks
}

// Find gives the task with this id; where it stands twice, the first.
func (t Tasks) Find(id string) (Task, bool) {
	for _, one := range t.List {
		if one.ID == id {
			return one, true
		}
	}
	return Task{}, false
}

// task is a Task with the places where its values were read.
type task struct {
	Task
	list    bool // a list item, not a heading
	level   int  // of the heading, or how deep the item lies
	start   int  // where its first line begins
	end     int  // where the next thing begins that is not its own
	title   span
	state   bool // a state was found
	boxed   bool
	box     span   // inside of the brackets
	word    span   // the known word behind them, with a sign in front of it
	wordAt  int    // where the word itself begins
	endings []span // whole lines that say when it was completed
}

// findTasks is the one reader of tasks.md; everything else asks it.
func findTasks(src []byte) (found []task, says string) {
	says = guard(src)
	if unreadable(src) != "" {
		return nil, says
	}
	start, _ := body(src)
	marks, unclear := marksOf(src, start)
	if says == "" {
		says = unclear
	}
	r := taskReader{src: src}
	for _, m := range marks {
		r.read(m)
	}
	r.close(len(src))
	r.fix()
	return r.tasks, says
}

// taskReader puts the marks of a file together. A heading's task goes on until
// the next heading of its rank, a list item's until the next item of its rank.
type taskReader struct {
	src   []byte
	tasks []task
	open  bool // the last task may still get fields
}

func (r *taskReader) last() *task { return &r.tasks[len(r.tasks)-1] }

func (r *taskReader) read(m mark) {
	text := span{m.from, m.to}
	switch m.kind {
	case heading, underline:
		id, title, ok := taskHead(r.src, text)
		ok = ok && m.kind == heading && m.level >= 2 && m.level <= 4
		if r.open && (ok || r.last().list || m.level <= r.last().level) {
			r.close(lineStart(r.src, m.from))
		}
		if ok {
			r.begin(m, id, title)
		}
	case item:
		r.item(m, text)
	case words:
		switch {
		case !r.open:
		case r.last().list:
			r.close(lineStart(r.src, m.from))
		default:
			r.fields(text, true)
		}
	}
}

func (r *taskReader) begin(m mark, id string, title span) {
	r.tasks = append(r.tasks, task{
		Task: Task{ID: id, Title: plain(title.of(r.src)), Line: m.line},
		list: m.kind == item, level: m.level, start: lineStart(r.src, m.from), title: title,
	})
	r.open = true
}

// item reads a list item: a task, a field of the task that it lies in, or
// nothing. Boxes inside of a heading's task are its notes, unless they have an
// id of their own.
func (r *taskReader) item(m mark, text span) {
	inner, rest, boxed := itemBox(r.src, text)
	if boxed {
		if id, title, ok := taskHead(r.src, rest); ok {
			if r.open && r.last().list {
				r.close(lineStart(r.src, m.from))
			}
			r.begin(m, id, title)
			t := r.last()
			t.state, t.boxed, t.box = true, true, inner
			t.Done, t.Mark = ticked(r.src, inner), string(r.src[inner.from-1:inner.to+1])
			return
		}
	}
	switch {
	case !r.open || boxed:
	case r.last().list && m.level <= r.last().level:
		r.close(lineStart(r.src, m.from))
	default:
		r.fields(text, false)
	}
}

func (r *taskReader) fields(line span, margin bool) {
	t := r.last()
	if !hasAt(r.src, line.from, line.to, "**") {
		if inner, ok := box(r.src, line); ok && margin && !t.state {
			r.boxedState(inner, span{line.from, line.to})
		}
		return
	}
	eachField(r.src, line, func(f field) {
		switch string(f.name) {
		case "Status":
			r.status(f, margin)
		case "Satisfies ACs", "Satisfies AC", "Satisfies", "ACs", "AC":
			t.Satisfies = append(t.Satisfies, criteriaIDs(f.value.of(r.src))...)
		case "Completed", "Completed At":
			if f.alone && margin {
				t.endings = append(t.endings, span{lineStart(r.src, line.from), nextLine(r.src, line.to)})
			}
			if string(f.name) == "Completed" && !t.state && f.value.from < f.value.to {
				t.Done, t.Mark = true, string(f.value.of(r.src))
			}
		}
	})
}

// status reads the value of a status field: a box, or words alone. In a list
// only a box or a known word is taken for one: it may be about something else.
func (r *taskReader) status(f field, margin bool) {
	t := r.last()
	inner, boxed := box(r.src, f.value)
	length, done, known := stateWord(bytes.TrimLeft(withoutSign(f.value.of(r.src)), "* "))
	switch {
	case t.list || f.value.from == f.value.to || !margin && !boxed && (!known || length == 0):
	case boxed && t.boxed:
		t.Fixed = "Its status stands there twice, so it is not clear which one counts."
	case boxed:
		r.boxedState(inner, f.value)
	case !t.state:
		t.state, t.Done, t.Mark = true, known && done, string(f.value.of(r.src))
	}
}

func (r *taskReader) boxedState(inner, value span) {
	t := r.last()
	t.state, t.boxed, t.box = true, true, inner
	t.Done, t.Mark = ticked(r.src, inner), string(value.of(r.src))
	after := trimSpan(r.src, span{inner.to + 1, value.to})
	// A sign in front of the word would belie the other state, so it goes with it.
	word := withoutSign(after.of(r.src))
	if length, _, ok := stateWord(word); ok {
		t.wordAt = after.to - len(word)
		t.word = span{after.from, t.wordAt + length}
	}
	if inner.from < inner.to && bytes.IndexByte([]byte(knownMarks), r.src[inner.from]) < 0 {
		t.Fixed = fmt.Sprintf("Its box holds %q, which has no known meaning.", inner.of(r.src))
	}
}

// withoutSign leaves out a tick or the like in front of a word.
func withoutSign(text []byte) []byte {
	for len(text) > 0 && (text[0] >= 0x80 || text[0] == ' ') {
		text = text[1:]
	}
	return text
}

func (r *taskReader) close(at int) {
	if !r.open {
		return
	}
	r.open = false
	t := r.last()
	t.end = at
	if t.list {
		t.end = itemEnd(r.src, t.start, at)
	}
}

// itemEnd is where the lines of a list item end: at an empty line that nothing
// indented follows, or at the next thing.
func itemEnd(src []byte, start, limit int) int {
	margin := indent(src[start:])
	end, empty := nextLine(src, start), false
	for at := end; at < limit; {
		next := min(nextLine(src, at), limit)
		line := bytes.TrimRight(src[at:next], " \t\r\n")
		switch {
		case len(line) == 0:
			empty = true
		case indent(line) > margin:
			end, empty = next, false
		case empty, bytes.IndexByte([]byte("#`~<>-*+_"), line[indent(line)]) >= 0:
			return end
		default:
			end = next
		}
		at = next
	}
	return end
}

func indent(line []byte) int {
	n := 0
	for n < len(line) && (line[n] == ' ' || line[n] == '\t') {
		n++
	}
	return n
}

// fix says of the tasks that cannot be ticked why not.
func (r *taskReader) fix() {
	first := make(map[string]int, len(r.tasks))
	for i := range r.tasks {
		t := &r.tasks[i]
		if before, twice := first[t.ID]; twice {
			says := t.ID + " stands there twice, so it is not clear which one is meant."
			t.Fixed, r.tasks[before].Fixed = says, says
			continue
		}
		first[t.ID] = i
		switch {
		case t.Fixed != "" || t.boxed:
		case t.Mark != "":
			t.Fixed = "It has no box: its state is written in words, which only a person can change."
		default:
			t.Fixed = "It has no box and says no state."
		}
	}
}
