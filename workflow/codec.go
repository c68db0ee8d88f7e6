package workflow

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// envelope is an event on disk: JSON, with every field of it.
type envelope struct {
	ID       EventID         `json:"id"`
	Batch    EventID         `json:"batch"`
	Base     []EventID       `json:"base,omitempty"`
	Incident IncidentID      `json:"incident"`
	Device   DeviceID        `json:"device"`
	Actor    string          `json:"actor"`
	Via      string          `json:"via,omitempty"`
	Clock    Clock           `json:"clock"`
	At       Stamp           `json:"at"`
	Recorded time.Time       `json:"recorded"`
	Kind     Kind            `json:"kind"`
	Body     json.RawMessage `json:"body"`
}

// Encode writes an event as JSON. Seq is left out: the store numbers what it
// appends.
func Encode(e Event) ([]byte, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("event %s says nothing and cannot be written", e.ID)
	}
	body, err := encodeBody(e.Body)
	if err == nil && len(e.Blots) > 0 {
		body, err = json.Marshal(leftover{Was: e.Body.Kind(), Blots: e.Blots, Left: body})
	}
	if err != nil {
		return nil, fmt.Errorf("event %s (%s) cannot be written: %w", e.ID, e.Body.Kind(), err)
	}
	head, err := json.Marshal(envelope{
		ID: e.ID, Batch: e.Batch, Base: e.Base, Incident: e.Incident, Device: e.Device, Actor: e.Actor, Via: e.Via,
		Clock: e.Clock, At: e.At, Recorded: e.Recorded, Kind: e.Kind(),
	})
	if err != nil {
		return nil, fmt.Errorf("event %s (%s) cannot be written: %w", e.ID, e.Body.Kind(), err)
	}
	// The body goes in as it is: encoding/json would write another version's
	// body in a form of its own, and its bytes are what that version signed.
	return slices.Concat(head[:len(head)-len(noBody)], body, []byte("}")), nil
}

// noBody is how the head of an event ends.
const noBody = "null}"

func encodeBody(b Body) (json.RawMessage, error) {
	if raw, is := b.(Raw); is {
		if !json.Valid(raw.JSON) {
			return json.RawMessage("null"), nil
		}
		return raw.JSON, nil
	}
	return json.Marshal(b)
}

// Decode reads an event. A kind that this version does not know, or whose body
// does not read, becomes a Raw: kept and shown, never dropped.
func Decode(data []byte) (Event, error) {
	if e, ok := quick(data); ok {
		return e, nil
	}
	return decodeAny(data)
}

func decodeAny(data []byte) (Event, error) {
	var env envelope
	if err := json.Unmarshal(data, &env); err != nil {
		return Event{}, fmt.Errorf("not an event: %w", err)
	}
	if env.ID == "" || env.Kind == "" {
		return Event{}, fmt.Errorf("not an event: it has no id or no kind")
	}
	e := Event{
		ID: env.ID, Batch: env.Batch, Base: env.Base, Incident: env.Incident, Device: env.Device, Actor: env.Actor, Via: env.Via,
		Clock: env.Clock, At: env.At, Recorded: env.Recorded,
	}
	if e.Batch == "" {
		e.Batch = e.ID
	}
	e.Body = decodeBody(env.Kind, env.Body)
	if _, is := e.Body.(Redacted); is {
		if left, some := leftOf(env.Body); some {
			e.Body, e.Blots = decodeBody(left.Was, left.Left), left.Blots
		}
	}
	return e, nil
}

// leftover is what an event keeps when only some words were blotted out of it.
// It lies in the log under the kind of a redacted one, and is read as the event
// that it is.
type leftover struct {
	Was   Kind            `json:"was"`
	Blots []Blot          `json:"blots"`
	Left  json.RawMessage `json:"left"`
}

func leftOf(data json.RawMessage) (left leftover, some bool) {
	err := json.Unmarshal(data, &left)
	return left, err == nil && left.Was != "" && len(left.Blots) > 0 && len(left.Left) > 0
}

func decodeBody(kind Kind, data json.RawMessage) Body {
	if read, known := readers[kind]; known {
		if body, err := read(data); err == nil {
			return body
		}
	}
	if len(data) == 0 {
		data = json.RawMessage("null")
	}
	return Raw{As: kind, JSON: append(json.RawMessage(nil), data...)}
}

// readers knows every kind that was ever written. Kinds are never taken out.
var readers = readersOf(
	reader[Declared](), reader[Retitled](), reader[CancelledBecause](), reader[Reopened](),
	reader[SeveritySet](), reader[Assessed](), reader[ServiceSet](),
	reader[RoleClaimed](), reader[HandedOff](), reader[Assigned](), reader[AssignmentFinished](),
	reader[ItemMarked](), reader[AddedItem](), reader[PhaseConfirmed](), reader[Overridden](),
	reader[DocumentImported](), reader[EntryImported](), reader[SectionImported](),
	reader[Noted](), reader[Corrected](), reader[Attached](), reader[Detached](), reader[Marked](), reader[UpdateSent](),
	reader[Decided](), reader[TextWritten](), reader[CauseIdentified](), reader[FixRecorded](),
	reader[TaskMarked](), reader[AddedTask](), reader[TaskRenamed](), reader[TaskDropped](),
	reader[WrittenIncrement](), reader[IncrementLinked](), reader[IncrementMoved](), reader[ClashSettled](),
	reader[TestRecorded](), reader[Approval](), reader[RollbackPlan](), reader[DeployDone](),
	reader[Checked](), reader[AllClearGiven](),
	reader[SectionWritten](), reader[SectionAttached](), reader[ReviewMoved](), reader[MeetingSet](), reader[Exported](), reader[DocumentsCommitted](),
	reader[ActionAdded](), reader[ActionChanged](), reader[LeakJudged](), reader[LeaksBlotted](), reader[Redacted](), reader[Undone](),
	reader[ScopeDeclared](), reader[ScopeJudged](), reader[FindingSettled](),
	reader[ProbeAdded](), reader[ProbeDropped](),
	reader[DeployStarted](), reader[DeployEnded](),
)

type kindReader struct {
	kind Kind
	read func(json.RawMessage) (Body, error)
}

func reader[T Body]() kindReader {
	var zero T
	return kindReader{zero.Kind(), func(data json.RawMessage) (Body, error) {
		var body T
		if len(data) == 0 || string(data) == "null" {
			return nil, errors.New("it says nothing")
		}
		if err := json.Unmarshal(data, &body); err != nil {
			return nil, err
		}
		return body, nil
	}}
}

func readersOf(all ...kindReader) map[Kind]func(json.RawMessage) (Body, error) {
	out := make(map[Kind]func(json.RawMessage) (Body, error), len(all))
	for _, r := range all {
		out[r.kind] = r.read
	}
	return out
}

// KnownKinds lists every kind of event that this version reads.
func KnownKinds() []Kind {
	out := make([]Kind, 0, len(readers))
	for k := range readers {
		out = append(out, k)
	}
	return out
}

// Raw is an event of a kind that this version does not know.
type Raw struct {
	As   Kind
	JSON json.RawMessage
}

// Kind is the kind it was written under.
func (r Raw) Kind() Kind { return r.As }

func (r Raw) apply(in *Incident, e Event) {
	in.record(e, RawEntry, fmt.Sprintf("Written by another version (%s): %s", r.As, strings.TrimSpace(string(r.JSON))))
}

// Redacted stands where a body was blotted out of the log. What was redacted,
// when and by whom stays on record; the words are gone.
type Redacted struct {
	Was Kind      `json:"was"`
	By  string    `json:"by"`
	Why string    `json:"why,omitempty"`
	On  time.Time `json:"on"` // UTC
}

// Kind is "redacted@1".
func (Redacted) Kind() Kind { return "redacted@1" }

func (r Redacted) apply(in *Incident, e Event) {
	text := "[redacted by " + r.By + "]"
	if r.Why != "" {
		text = "[redacted by " + r.By + ": " + r.Why + "]"
	}
	in.record(e, SystemEntry, text)
}
