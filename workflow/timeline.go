package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// Timeline is the list of what happened, as entries that can be corrected.
type Timeline struct {
	entries []*Entry // in the log's order; an entry is replaced, never changed in place
}

// EntryKind sorts entries for filters and symbols.
type EntryKind string

// The kinds of entry.
const (
	NoteEntry     EntryKind = "note"
	AlertEntry    EntryKind = "alert"
	ActionEntry   EntryKind = "action"
	DecisionEntry EntryKind = "decision"
	UpdateEntry   EntryKind = "update" // what stakeholders were told
	StepEntry     EntryKind = "step"   // the board moved
	FactEntry     EntryKind = "fact"   // tests, deploys, checks, increment
	RoleEntry     EntryKind = "role"
	SystemEntry   EntryKind = "system"
	RawEntry      EntryKind = "unknown" // from a newer version: kept and shown as it is
)

// EntryKinds lists the kinds that a person can give an entry.
func EntryKinds() []EntryKind {
	return []EntryKind{NoteEntry, AlertEntry, ActionEntry, DecisionEntry, UpdateEntry}
}

// Entry is one line of the timeline. Every part that can be corrected is a
// register: the first version stays in the log.
type Entry struct {
	ID        EventID
	Kind      Register[EntryKind]
	At        Register[Stamp]
	Text      Register[string] // markdown
	Milestone Register[Milestone]
	Pinned    Register[bool]
	Hidden    Register[bool]
	Reported  Register[bool] // in the post-mortem, when somebody said so; see InReport
	Links     Register[[]string]
	Who       string // who wrote it, or as the document that it was imported from names them
	Source    Source // where it was imported from; its zero value: it was written here
	Machine   bool   // written by the workflow, not typed by a person
	First     *Event // the event that made it: recorded when, on which device; shared, never changed
	Original  string // the text as first written
	Edits     int    // corrections on record
	files     []File // see Files; shared, never changed in place
	void      bool   // its milestone was taken back
}

// InReport says whether the entry is part of the post-mortem's timeline.
// Unless somebody decided: what people wrote and the milestones are, the
// workflow's own lines are not.
func (e Entry) InReport() bool {
	switch {
	case e.Hidden.Get():
		return false
	case e.Reported.Set():
		return e.Reported.Get()
	case e.Milestone.Get() == IncidentDeclared && e.Machine:
		return false
	default:
		return e.Milestone.Get() != "" || e.Pinned.Get() || !e.Machine
	}
}

// when is At without a copy: a long timeline is sorted by it.
func (e *Entry) when() *Stamp { return &e.At.heads[0].Value }

// All lists the entries as people read them: by when they happened, then by
// the log's order; wholly unknown times come last.
func (t Timeline) All() []Entry {
	return copies(t.sorted())
}

// sorted are the entries themselves in the order of All. The list is the
// caller's own, what it points to is not.
func (t Timeline) sorted() []*Entry {
	sorted := slices.Clone(t.entries)
	before := func(a, b *Entry) int { return a.when().Order(*b.when()) }
	if !slices.IsSortedFunc(sorted, before) { // most people write down what happens as it happens
		slices.SortStableFunc(sorted, before)
	}
	return sorted
}

func copies(entries []*Entry) []Entry {
	out := make([]Entry, len(entries))
	for i, e := range entries {
		out[i] = *e
	}
	return out
}

// Shown counts the entries that are not hidden.
func (t Timeline) Shown() int {
	n := 0
	for _, e := range t.entries {
		if !e.Hidden.Get() {
			n++
		}
	}
	return n
}

// Entry finds an entry by its id.
func (in Incident) Entry(id EventID) (Entry, bool) {
	i := in.entryAt(id)
	if i < 0 {
		return Entry{}, false
	}
	return *in.Timeline.entries[i], true
}

// entryAt is where an entry stands: the newest are looked through, the others
// are in the index. Positions never change, because entries only come on top.
func (in Incident) entryAt(id EventID) int {
	for i := len(in.Timeline.entries) - 1; i >= in.indexed(); i-- {
		if in.Timeline.entries[i].ID == id {
			return i
		}
	}
	if i, ok := in.index[id]; ok {
		return i
	}
	return -1
}

// indexed is how many entries the index covers.
func (in Incident) indexed() int {
	if in.folding {
		return len(in.Timeline.entries)
	}
	return in.covered
}

// looseEntries is how many entries may stand outside the index.
const looseEntries = 256

// reindex makes a new index once many entries stand outside the old one, which
// older values of the incident share.
func (in *Incident) reindex() {
	if len(in.Timeline.entries)-in.covered <= looseEntries {
		return
	}
	in.index = make(map[EventID]int, len(in.Timeline.entries))
	for i, e := range in.Timeline.entries {
		in.index[e.ID] = i
	}
	in.covered = len(in.Timeline.entries)
}

// record adds the line that an event leaves in the timeline.
func (in *Incident) record(e Event, kind EntryKind, text string, more ...func(*Entry)) {
	if text == "" || in.probe != nil { // a new entry overwrites nothing
		return
	}
	entry := &Entry{ID: e.ID, Who: e.Actor, Machine: true, First: &e, Original: text}
	entry.Kind.set(in, e, kind)
	entry.At.set(in, e, e.At)
	entry.Text.set(in, e, text)
	for _, set := range more {
		set(entry)
	}
	if in.folding {
		in.index[e.ID] = len(in.Timeline.entries)
	}
	in.Timeline.entries = append(in.Timeline.entries, entry)
	if m := entry.Milestone.Get(); m != "" {
		in.markBy(m, e.ID)
	}
}

// marking makes an entry the mark of a milestone.
func marking(in *Incident, e Event, m Milestone) func(*Entry) {
	return func(entry *Entry) { entry.Milestone.set(in, e, m) }
}

// Note is a line for the timeline: key, text, Enter. A zero At means now.
type Note struct {
	Kind      EntryKind // empty: a note
	Text      string
	At        Stamp
	Milestone Milestone // the milestone that this line marks, if any
	Pinned    bool
	Links     []string
	Files     []Attachment // their bytes must be on the disk already
}

func (n Note) when() Stamp { return n.At }

// noteLimit is what one entry can hold. Beyond EditLimit it is a block: kept
// whole, shown by its beginning, and read only.
const noteLimit = 4 << 20

// EditLimit is how many bytes of text can be edited in place.
const EditLimit = 16 << 10

// lineLimit is how many characters of an entry stand on one line.
const lineLimit = 300

// Line is the entry on one line: its text with the lines folded, cut where it
// gets long, with how much there is.
func (e Entry) Line() string { return oneLine(e.Text.Get()) }

func oneLine(text string) string {
	if len(text) <= lineLimit && !strings.ContainsAny(text, "\r\n\t") {
		return text
	}
	head := text[:min(len(text), 4*lineLimit)]
	line := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(head, "")), " "))
	if len(line) <= lineLimit && len(head) == len(text) {
		return string(line)
	}
	return fmt.Sprintf("%s … (%d KB)", string(line[:min(len(line), lineLimit)]), max(len(text)>>10, 1))
}

func (n Note) decide(in Incident, _ Env) ([]Body, error) {
	files, err := attachable(n.Files, 0)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(n.Text) == "" && len(files) == 0 {
		return nil, refuseField("note.empty", "text", "Write what happened first; a word is enough.")
	}
	if strings.TrimSpace(n.Text) == "" {
		n.Text = filesWord(len(files)) // a dropped picture often says it all
	}
	if len(n.Text) > noteLimit {
		return nil, refuseField("note.too-long", "text",
			"The note is %d MB long and a timeline entry holds %d MB. The text is still in its field: keep the part that matters here and put the rest into a file.", len(n.Text)>>20, noteLimit>>20)
	}
	if n.Milestone == AllClear {
		return nil, refuseField("milestone.all-clear", "milestone", "All-clear has a gate of its own: use the all-clear action.")
	}
	if n.Milestone != "" {
		if _, known := in.Playbook.Moment(n.Milestone); !known {
			return nil, refuseField("milestone.unknown", "milestone", "The playbook knows no milestone %q.", n.Milestone)
		}
	}
	kind := n.Kind
	if kind == "" {
		kind = NoteEntry
	}
	return []Body{Noted{Type: kind, Text: n.Text, Milestone: n.Milestone, Pinned: n.Pinned, Links: slices.Clone(n.Links), Attachments: files}}, nil
}

func filesWord(n int) string {
	if n == 1 {
		return "1 file attached"
	}
	return fmt.Sprintf("%d files attached", n)
}

// Noted is a line that a person wrote.
type Noted struct {
	Type        EntryKind    `json:"type"`
	Text        string       `json:"text"`
	Milestone   Milestone    `json:"milestone,omitempty"`
	Pinned      bool         `json:"pinned,omitempty"`
	Links       []string     `json:"links,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
}

// Kind is "entry.noted@1".
func (Noted) Kind() Kind { return "entry.noted@1" }

func (n Noted) apply(in *Incident, e Event) {
	in.record(e, n.Type, n.Text, func(entry *Entry) {
		entry.Machine = false
		if n.Milestone != "" {
			entry.Milestone.set(in, e, n.Milestone)
		}
		if n.Pinned {
			entry.Pinned.set(in, e, true)
		}
		if len(n.Links) > 0 {
			entry.Links.set(in, e, n.Links)
		}
		entry.files = filesOf(e, n.Attachments)
	})
	if n.Type == UpdateEntry {
		in.Updates = append(in.Updates, Update{Entry: e.ID, Channel: StakeholderChannel, Text: n.Text, By: e.Actor})
	}
}
