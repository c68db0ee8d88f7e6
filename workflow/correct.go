package workflow

import (
	"slices"
	"strings"
)

// Correct changes parts of a timeline entry. What is nil stays as it is; the
// versions before stay in the log.
type Correct struct {
	Entry     EventID
	Kind      *EntryKind
	At        *Stamp
	Text      *string
	Milestone *Milestone // "" takes the milestone off
	Pinned    *bool
	Hidden    *bool
	Reported  *bool
	Links     *[]string
}

func (c Correct) decide(in Incident, _ Env) ([]Body, error) {
	entry, found := in.Entry(c.Entry)
	if !found {
		return nil, refuse("entry.gone", "That entry is not in this incident's timeline any more. Nothing was changed.")
	}
	if c.Text != nil && strings.TrimSpace(*c.Text) == "" {
		return nil, refuseField("note.empty", "text", "An entry needs a text. To take it out of sight, hide it instead.")
	}
	if c.Text != nil && len(*c.Text) > noteLimit {
		return nil, refuseField("note.too-long", "text", "A timeline entry holds %d MB. The text is still in its field: keep the part that matters and put the rest into a file.", noteLimit>>20)
	}
	if c.Milestone != nil && *c.Milestone == AllClear && !in.Reached(AllClear) && !in.Past {
		return nil, refuseField("milestone.all-clear", "milestone", "All-clear has a gate of its own: use the all-clear action. Afterwards its mark can be moved.")
	}
	if c.Milestone != nil && *c.Milestone != "" {
		if _, known := in.Playbook.Moment(*c.Milestone); !known {
			return nil, refuseField("milestone.unknown", "milestone", "The playbook knows no milestone %q.", *c.Milestone)
		}
	}
	body := Corrected{
		Entry: c.Entry, Type: own(c.Kind), At: own(c.At), Text: own(c.Text), Milestone: own(c.Milestone),
		Pinned: own(c.Pinned), Hidden: own(c.Hidden), Reported: own(c.Reported),
	}
	if c.Links != nil {
		links := slices.Clone(*c.Links)
		body.Links = &links
	}
	if !body.changes(entry) {
		return nil, refuse("entry.same", "Nothing was changed: the entry already says that.")
	}
	return []Body{body}, nil
}

// Corrected is a correction on record.
type Corrected struct {
	Entry     EventID    `json:"entry"`
	Type      *EntryKind `json:"type,omitempty"`
	At        *Stamp     `json:"at,omitempty"`
	Text      *string    `json:"text,omitempty"`
	Milestone *Milestone `json:"milestone,omitempty"`
	Pinned    *bool      `json:"pinned,omitempty"`
	Hidden    *bool      `json:"hidden,omitempty"`
	Reported  *bool      `json:"reported,omitempty"`
	Links     *[]string  `json:"links,omitempty"`
}

// Kind is "entry.corrected@1".
func (Corrected) Kind() Kind { return "entry.corrected@1" }

func (c Corrected) apply(in *Incident, e Event) {
	i := in.entryAt(c.Entry)
	if i < 0 {
		return // its entry was undone, or has not arrived from another device yet
	}
	entry := *in.Timeline.entries[i]
	put(in, e, &entry.Kind, c.Type)
	put(in, e, &entry.At, c.At)
	put(in, e, &entry.Text, c.Text)
	put(in, e, &entry.Milestone, c.Milestone)
	put(in, e, &entry.Pinned, c.Pinned)
	put(in, e, &entry.Hidden, c.Hidden)
	put(in, e, &entry.Reported, c.Reported)
	put(in, e, &entry.Links, c.Links)
	entry.Edits++
	if c.Type != nil && *c.Type == UpdateEntry && !slices.ContainsFunc(in.Updates, func(u Update) bool { return u.Entry == entry.ID }) {
		in.Updates = append(in.Updates, Update{Entry: entry.ID, Channel: StakeholderChannel, Text: entry.Text.Get(), By: entry.Who})
	}
	in.replaceEntry(i, &entry)
	if c.Milestone != nil && *c.Milestone != "" {
		entry.void = false
		in.markBy(*c.Milestone, entry.ID)
	}
}

// replaceEntry swaps one entry without touching the slice that older values of
// the incident share.
func (in *Incident) replaceEntry(i int, entry *Entry) {
	if in.probe != nil {
		return
	}
	if !in.folding {
		in.Timeline.entries = append([]*Entry(nil), in.Timeline.entries...)
	}
	in.Timeline.entries[i] = entry
}

// own is a value of the log's own: what the asker does with theirs afterwards
// must not change what was written.
func own[T any](value *T) *T {
	if value == nil {
		return nil
	}
	kept := *value
	return &kept
}

func put[T any](in *Incident, e Event, r *Register[T], value *T) {
	if value != nil {
		r.set(in, e, *value)
	}
}

func (c Corrected) changes(entry Entry) bool {
	return differs(c.Type, entry.Kind.Get()) || differs(c.At, entry.At.Get()) || differs(c.Text, entry.Text.Get()) ||
		differs(c.Milestone, entry.Milestone.Get()) || differs(c.Pinned, entry.Pinned.Get()) ||
		differs(c.Hidden, entry.Hidden.Get()) || c.Reported != nil && *c.Reported != entry.InReport() ||
		c.Links != nil && !slices.Equal(*c.Links, entry.Links.Get())
}

func differs[T comparable](want *T, have T) bool { return want != nil && *want != have }

// Version is one version of an entry: the first, then each correction.
type Version struct {
	Event Event
	Text  string
	At    Stamp
}

// History lists the versions of an entry, oldest first: who wrote what, when.
// Undone corrections are not versions; the log still has them.
func (in Incident) History(id EventID) []Version {
	entry, found := in.Entry(id)
	if !found {
		return nil
	}
	out := []Version{{Event: *entry.First, Text: entry.Original, At: entry.First.At}}
	for _, e := range in.trail.events {
		if in.LeftOut(*e) {
			continue
		}
		c, is := e.Body.(Corrected)
		if !is || c.Entry != id {
			continue
		}
		next := out[len(out)-1]
		next.Event = *e
		if c.Text != nil {
			next.Text = *c.Text
		}
		if c.At != nil {
			next.At = *c.At
		}
		out = append(out, next)
	}
	return out
}
