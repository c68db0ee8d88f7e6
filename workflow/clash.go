package workflow

import (
	"errors"
	"strings"
)

// Keep is an answer to a question between an incident and its increment.
type Keep string

// The answers. Both is for texts: the incident's, then the file's.
const (
	KeepOurs   Keep = "ours"
	KeepTheirs Keep = "theirs"
	KeepBoth   Keep = "both"
)

// SettleClash answers such a question. It holds for the two texts that the
// person saw: once the file says something else, it is asked again.
type SettleClash struct {
	Part   Part
	Ours   string // as it was shown
	Theirs string
	Keep   Keep
	// Hypothesis says that the file calls its root cause a guess.
	Hypothesis bool
}

func (s SettleClash) decide(in Incident, env Env) ([]Body, error) {
	body := ClashSettled{Part: s.Part, Ours: s.Ours, Theirs: s.Theirs, Keep: s.Keep}
	id, what, task := s.Part.Task()
	switch s.Keep {
	case KeepOurs:
		return []Body{body}, nil
	case KeepTheirs, KeepBoth:
	default:
		return nil, refuseField("clash.answer", "keep", "Keep ours, theirs or both, not %q.", string(s.Keep))
	}
	if s.Keep == KeepTheirs {
		return following(body)(adoption(in, env, s.Part, s.Theirs, s.Hypothesis))
	}
	switch {
	case task && what == "title":
		// Two tasks stand under one number: the file's keeps it.
		both, err := adoption(in, env, s.Part, s.Theirs, false)
		if err != nil {
			return nil, err
		}
		mine, err := in.findTask(id)
		if err != nil {
			return nil, err
		}
		added := AddedTask{ID: in.nextTask(), Title: mine.Title}
		both = append(both, added)
		if mine.Done { // the tick was put on ours
			both = append(both, TaskMarked{ID: added.ID, Title: mine.Title, TaskMark: TaskMark{Done: true}}, TaskMarked{ID: id, Title: s.Theirs})
		}
		return append([]Body{body}, both...), nil
	case task || s.Part == StatePart:
		return nil, refuseField("clash.both", "keep", "Only one of the two can hold for %s.", s.Part.Named())
	default:
		both := strings.TrimSpace(strings.TrimSpace(in.Text(s.Part)) + "\n\n" + strings.TrimSpace(s.Theirs))
		return following(body)(adoption(in, env, s.Part, both, s.Hypothesis))
	}
}

// following puts the answer before what it brings about. That may be nothing: the
// incident can say the same by now.
func following(first Body) func([]Body, error) ([]Body, error) {
	return func(rest []Body, err error) ([]Body, error) {
		var rule *RuleError
		if errors.As(err, &rule) && strings.HasSuffix(rule.Code, ".same") {
			return []Body{first}, nil
		}
		if err != nil {
			return nil, err
		}
		return append([]Body{first}, rest...), nil
	}
}

// ClashSettled is the answer to a question between the incident and its
// increment, with the text that was given up: it is in the log for good.
type ClashSettled struct {
	Part   Part   `json:"part"`
	Ours   string `json:"ours"`
	Theirs string `json:"theirs"`
	Keep   Keep   `json:"keep"`
}

// Kind is "increment.settled@1".
func (ClashSettled) Kind() Kind { return "increment.settled@1" }

func (c ClashSettled) apply(in *Incident, e Event) {
	if in.Fix.settled == nil {
		in.Fix.settled = map[Part]ClashSettled{}
	}
	in.Fix.settled[c.Part] = c
	in.record(e, DecisionEntry, "Two versions of "+c.Part.Named()+": "+c.says())
}

func (c ClashSettled) says() string {
	gone := c.Theirs
	switch c.Keep {
	case KeepTheirs:
		gone = c.Ours
	case KeepBoth:
		return "both kept"
	}
	whose := "the incident's"
	if c.Keep == KeepTheirs {
		whose = "the file's"
	}
	if strings.TrimSpace(gone) == "" {
		return whose + " kept"
	}
	return whose + " kept, given up: " + firstLine(gone)
}

// Adopt is the request that makes the incident say what the increment's file
// says of a part. Hypothesis says that the file calls its root cause a guess.
type Adopt struct {
	Part       Part
	Text       string
	Was        string // what the incident said of it when the two were compared: see Says
	Hypothesis bool
	Reason     string // of a state: why it is paused or abandoned
}

// Overtaken is the code of a refusal: the incident has said something else since
// the two were compared, so both have changed, and the next look asks.
const Overtaken = "part.overtaken"

func (a Adopt) decide(in Incident, env Env) ([]Body, error) {
	if in.Says(a.Part) != a.Was {
		return nil, refuse(Overtaken, "The incident says something else of %s since this was read. Nothing was taken over. Look at both once more.", a.Part.Named())
	}
	if a.Part == StatePart {
		return MoveIncrement{To: Standing(a.Text), Reason: a.Reason}.decide(in, env)
	}
	return adoption(in, env, a.Part, a.Text, a.Hypothesis)
}

func adoption(in Incident, env Env, part Part, text string, hypothesis bool) ([]Body, error) {
	want := Intent(nil)
	switch part {
	case ProblemPart:
		want = WriteText{Which: ProblemText, Text: text}
	case FixPart:
		want = WriteText{Which: FixText, Text: text}
	case CausePart:
		known := strings.TrimSpace(in.Fix.RootCause.Get()) != ""
		switch {
		case known && strings.TrimSpace(text) == "":
			return []Body{CauseIdentified{Again: true}}, nil // it is open again
		case hypothesis && !known, strings.TrimSpace(text) == "":
			want = Assess{Field: Hypothesis, Text: text}
		default:
			want = Identify{Cause: text}
		}
	case StatePart:
		want = MoveIncrement{To: Standing(text)}
	default:
		id, what, is := part.Task()
		switch {
		case !is:
			return nil, refuse("part.unknown", "This version does not know the part %q.", string(part))
		case what == "title":
			want = RenameTask{ID: id, Title: text}
		case what == "done":
			want = MarkTask{ID: id, Done: text == DoneValue}
		case text == "":
			want = DropTask{ID: id, Reason: "it was taken out of tasks.md"}
		default:
			return nil, refuse("part.title", "The task %s needs a title before it can be added.", id)
		}
	}
	return want.decide(in, env)
}

// Says is what the incident says of a text, a title or the state, in its own form.
// A tick is told apart by its event: with two values only, one that came
// and went would look as if nothing had happened.
func (in Incident) Says(p Part) string {
	if p == StatePart {
		return string(in.IncrementStand().State)
	}
	if id, what, is := p.Task(); is && what == "done" {
		h, _ := in.Fix.tasks[id].Head() // nobody has said anything yet: none
		return string(h.Event)
	}
	return in.Text(p)
}

// Text is what the incident itself says of a part, before a document gives it
// a form; empty for parts that are no text.
func (in Incident) Text(p Part) string {
	switch p {
	case ProblemPart:
		return in.Fix.Problem.Get()
	case FixPart:
		return in.Fix.Plan.Get()
	case CausePart:
		if cause := in.Fix.RootCause.Get(); strings.TrimSpace(cause) != "" {
			return cause
		}
		return in.Assessment(Hypothesis)
	}
	if id, what, is := p.Task(); is && what == "title" {
		t, _ := in.findTask(id) // no task has no title
		return t.Title
	}
	return ""
}
