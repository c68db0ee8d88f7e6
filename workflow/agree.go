package workflow

import (
	"cmp"
	"slices"
	"strings"
)

// Part names one value that an incident and the files of its increment share.
type Part string

// The parts beside the tasks.
const (
	ProblemPart Part = "problem"
	CausePart   Part = "cause"
	FixPart     Part = "fix"
	StatePart   Part = "state"
)

// A task has three parts: that it is there, its title, and whether it is done.
const (
	taskPrefix  = "task/"
	titleSuffix = "/title"
	doneSuffix  = "/done"
)

// TaskPart is that a task is there; its value is There or "".
func TaskPart(id string) Part { return Part(taskPrefix + id) }

// TitlePart is a task's title.
func TitlePart(id string) Part { return Part(taskPrefix + id + titleSuffix) }

// DonePart is whether a task is done; its value is DoneValue or OpenValue.
func DonePart(id string) Part { return Part(taskPrefix + id + doneSuffix) }

// The values of parts that are no text.
const (
	There     = "there"
	DoneValue = "done"
	OpenValue = "open"
)

// Task is the task that a part is about, and which of its three it is; ok is
// false for parts that are about no task.
func (p Part) Task() (id string, what Part, ok bool) {
	rest, ok := strings.CutPrefix(string(p), taskPrefix)
	if !ok {
		return "", "", false
	}
	for _, suffix := range []string{titleSuffix, doneSuffix} {
		if id, is := strings.CutSuffix(rest, suffix); is {
			return id, Part(suffix[1:]), true
		}
	}
	return rest, "", true
}

// Named is the part in a sentence: "the root cause", "T-003", "the title of T-002".
func (p Part) Named() string {
	if _, what, task := p.Task(); task && what == "" {
		return p.Word()
	}
	return "the " + p.Word()
}

// Word is the part for people: "root cause", "title of T-002".
func (p Part) Word() string {
	switch p {
	case CausePart:
		return "root cause"
	case StatePart:
		return "state of the increment"
	}
	switch id, what, is := p.Task(); {
	case !is:
		return string(p)
	case what == "":
		return id
	case what == "done":
		return "tick of " + id
	default:
		return string(what) + " of " + id
	}
}

// Said is what one side says: each part with its value in the file's own form.
type Said map[Part]string

// Verdict is what becomes of a part.
type Verdict string

// The verdicts.
const (
	Agreed     Verdict = "same"   // both sides say the same
	TakeTheirs Verdict = "theirs" // only the file changed
	WriteOurs  Verdict = "ours"   // only the incident changed
	AskFirst   Verdict = "ask"    // both did, or nobody can tell: a person decides
)

// Difference is a part that the two sides do not say alike.
type Difference struct {
	Part    Part
	Ours    string
	Theirs  string
	Verdict Verdict
}

// Agreement tells of a part whether each side still says what it said when the
// two were last known to agree; known is false when they never did.
type Agreement func(p Part, ours, theirs string) (oursSame, theirsSame, known bool)

// Compare judges each part on which the two sides differ, in a steady order.
// What only one side changed since they last agreed follows it; what both
// changed is for a person to decide, and so is what was taken out of the file. An
// answer given before counts while the file still says what it was
// given about.
func (in Incident) Compare(ours, theirs Said, last Agreement) []Difference {
	var out []Difference
	for _, p := range parts(ours, theirs) {
		d := Difference{Part: p, Ours: ours[p], Theirs: theirs[p]}
		if d.Ours == d.Theirs || subordinate(p, ours, theirs) || in.unsure(p, ours, theirs, last) {
			continue
		}
		d.Verdict = in.judge(d, last)
		out = append(out, d)
	}
	return out
}

func parts(ours, theirs Said) []Part {
	all := make([]Part, 0, len(ours))
	for p := range ours {
		all = append(all, p)
	}
	for p := range theirs {
		if _, both := ours[p]; !both {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Part) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	return all
}

// rank puts the texts first, then the tasks, and the state last: it follows
// from the tasks.
func rank(p Part) int {
	if _, _, is := p.Task(); is {
		return 1
	}
	return map[Part]int{StatePart: 2}[p]
}

// subordinate says whether a part is one of a task that only one side has: it
// comes and goes with the task.
func subordinate(p Part, ours, theirs Said) bool {
	id, what, is := p.Task()
	return is && what != "" && (ours[TaskPart(id)] == "" || theirs[TaskPart(id)] == "")
}

// unsure says whether a tick is that of a task about which it is still a question
// whether both mean the same one: they call it differently and never agreed.
func (in Incident) unsure(p Part, ours, theirs Said, last Agreement) bool {
	id, what, is := p.Task()
	if !is || what != "done" {
		return false
	}
	title := Difference{Part: TitlePart(id), Ours: ours[TitlePart(id)], Theirs: theirs[TitlePart(id)]}
	if _, _, known := last(title.Part, title.Ours, title.Theirs); known || title.Ours == title.Theirs {
		return false
	}
	return in.judge(title, last) == AskFirst
}

func (in Incident) judge(d Difference, last Agreement) Verdict {
	oursSame, theirsSame, known := last(d.Part, d.Ours, d.Theirs)
	if !known {
		return in.judgeFirst(d)
	}
	switch {
	case oursSame && theirsSame:
		return Agreed // alike in meaning: a side has its own form of it
	case theirsSame:
		return WriteOurs
	case oursSame && d.Theirs == "":
		return in.judgeAnswer(d) // a file that is being written looks like this, too
	case oursSame:
		return TakeTheirs
	default:
		return in.judgeAnswer(d)
	}
}

// judgeFirst is for sides that never agreed before: what is missing on one is
// taken from the other, a tick counts more than none, and two texts are a
// question.
func (in Incident) judgeFirst(d Difference) Verdict {
	_, what, task := d.Part.Task()
	switch {
	case d.Theirs == "":
		return WriteOurs
	case d.Ours == "":
		return TakeTheirs
	case task && what == "done" && d.Ours == DoneValue:
		return WriteOurs
	case task && what == "done":
		return TakeTheirs
	case d.Part == StatePart && !in.IncrementStand().Said && (d.Theirs == string(Active) || d.Theirs == string(Planning)):
		return WriteOurs
	case d.Part == StatePart:
		return TakeTheirs
	default:
		return in.judgeAnswer(d)
	}
}

// Settled is the newest answer to a question about a part.
func (in Incident) Settled(p Part) (answer ClashSettled, ok bool) {
	answer, ok = in.Fix.settled[p]
	return answer, ok
}

func (in Incident) judgeAnswer(d Difference) Verdict {
	answer, given := in.Fix.settled[d.Part]
	if !given || answer.Theirs != d.Theirs || answer.Keep == KeepTheirs {
		return AskFirst
	}
	return WriteOurs
}

// TouchesIncrement says whether an event can change what the increment's files
// should say. Notes are the many, and they cannot.
func TouchesIncrement(e Event) bool {
	switch e.Body.(type) {
	case Noted, Corrected, Attached, Detached, UpdateSent, RoleClaimed, HandedOff, Assigned, AssignmentFinished,
		ItemMarked, AddedItem, PhaseConfirmed, SectionWritten, SectionAttached, MeetingSet, Exported, DocumentsCommitted, ReviewMoved,
		DocumentImported, EntryImported, SectionImported:
		return false
	default:
		return true
	}
}
