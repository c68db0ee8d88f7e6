package workflow

import (
	"slices"
	"strings"
	"time"
)

// AuditLine is one event of the log as somebody reads it who checks it later: who
// changed what, when and where, and what it was before. What was undone stays
// in the list and says so.
type AuditLine struct {
	Event    EventID
	Batch    EventID // the events of one request belong together, and are undone together
	Kind     Kind
	Recorded time.Time // when it was written down, UTC
	At       Stamp     // when it happened in the world
	By       string
	Via      string // the file that it was read from; empty: a person did it here
	Device   DeviceID
	Says     string  // in a few words: "Severity set to SEV1"
	Subject  Subject // what it is about
	Edits    []Edit  // field by field
	Blots    []Blot  // what was blotted out of it since: its values hold markers there
	Undone   *Undoing
	Of       EventID // of an undo or a redo: the batch that it took back or brought again
}

// Subject is the thing that a change is about.
type Subject struct {
	What string // "incident", "entry", "step", "task", "role" …
	ID   string
	Name string // for people: "Fix verified", "T-002"; empty where there is only one
}

// Words is the subject on one line.
func (s Subject) Words() string {
	name := s.Name
	if name == "" || name == s.What {
		return s.What
	}
	return s.What + " " + name
}

// Edit is one field of a subject, before and after. Times are written in the
// zone that the audit was asked in.
type Edit struct {
	Subject Subject
	Field   string
	Before  string
	After   string
	Seen    string // what its author took the value for, where that is not Before
}

// Undoing says who left a change out of the incident, and when.
type Undoing struct {
	Event    EventID
	By       string
	Device   DeviceID
	Recorded time.Time // UTC
}

// Touches says whether a change made an entry of the timeline or changed it.
func (c AuditLine) Touches(entry EventID) bool {
	if c.Event == entry || c.Of == entry || c.Event+detectedPart == entry {
		return true
	}
	return slices.ContainsFunc(c.Edits, func(e Edit) bool { return e.Subject.ID == string(entry) })
}

// Audit lists every change of the log, oldest first, with the values before and
// after as the log's order gives them. It is one pass: an undo looks only at
// what it takes back. Times in the values are written in zone; nil is UTC.
func (in Incident) Audit(zone *time.Location) []AuditLine {
	if zone == nil {
		zone = time.UTC
	}
	l := newLedger(in, zone)
	out := make([]AuditLine, 0, len(in.trail.events))
	for i, e := range in.trail.events {
		c := AuditLine{
			Event: e.ID, Batch: e.Batch, Kind: e.Body.Kind(), Recorded: e.Recorded, At: e.At, By: e.Actor, Via: e.Via, Device: e.Device,
			Blots: e.Blots,
		}
		if u, is := e.Body.(Undone); is {
			l.undo(&c, i, u)
		} else {
			l.record(&c, i)
		}
		out = append(out, c)
	}
	for i := range out {
		if by, left := in.trail.undone[out[i].Batch]; left {
			out[i].Undone = l.undoing(by)
		}
	}
	return out
}

// Fits says whether a change has all of the words in it: in what it says, its
// values, its subject, its person or its kind. Words must be in small letters.
func (c AuditLine) Fits(words []string) bool {
	for _, word := range words {
		if !c.holds(word) {
			return false
		}
	}
	return true
}

func (c AuditLine) holds(word string) bool {
	has := func(text string) bool { return strings.Contains(strings.ToLower(text), word) }
	if has(c.Says) || has(c.By) || has(c.Via) || has(string(c.Kind)) || has(c.Subject.Words()) || has(string(c.Device)) {
		return true
	}
	if c.Undone != nil && has("undone") {
		return true
	}
	return slices.ContainsFunc(c.Edits, func(e Edit) bool {
		return has(e.Field) || has(e.Before) || has(e.After) || has(e.Subject.Words())
	})
}
