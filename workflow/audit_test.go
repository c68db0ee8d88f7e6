package workflow_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// told is the audit's story of one event, as far as the event alone can tell it.
func told(e workflow.Event) workflow.AuditLine {
	return workflow.Fold(e.Incident, []workflow.Event{e}).Audit(time.UTC)[0]
}

func TestEveryKindTellsTheAuditWhatItChanged(t *testing.T) {
	for _, e := range everyKind(t) {
		line := told(e)
		assert.NotEqual(t, "unknown change", line.Subject.What,
			"%s has no story: give it a tell method, as audit_incident.go does", e.Body.Kind())
		assert.NotEmpty(t, line.Says, e.Body.Kind())
		assert.Equal(t, e.Body.Kind(), line.Kind)
		assert.Equal(t, e.Actor, line.By)
		assert.Equal(t, e.Device, line.Device)
		assert.Equal(t, e.Recorded, line.Recorded)
		if _, undo := e.Body.(workflow.Undone); !undo { // what it takes back is not there
			assert.NotEmpty(t, line.Edits, e.Body.Kind())
		}
	}
}

func TestEveryFieldOfEveryKindIsInItsStory(t *testing.T) {
	for _, e := range everyKind(t) {
		if _, undo := e.Body.(workflow.Undone); undo {
			continue // it has no value of its own
		}
		body, err := json.Marshal(e.Body)
		require.NoError(t, err)
		var fields map[string]any
		require.NoError(t, json.Unmarshal(body, &fields))
		before := told(e)
		for path, changed := range mutated(fields) {
			other := rewritten(t, e, changed)
			require.NotEqual(t, e.Body, other.Body, "%s %s", e.Body.Kind(), path)
			after := told(other)
			before.Says, after.Says = "", "" // words are for people; the values must tell
			assert.NotEqual(t, before, after, "the story of %s does not tell %q", e.Body.Kind(), path)
		}
	}
}

// rewritten is an event with another body of the same kind.
func rewritten(t *testing.T, e workflow.Event, body map[string]any) workflow.Event {
	t.Helper()
	line, err := workflow.Encode(e)
	require.NoError(t, err)
	var whole map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(line, &whole))
	whole["body"], err = json.Marshal(body)
	require.NoError(t, err)
	line, err = json.Marshal(whole)
	require.NoError(t, err)
	other, err := workflow.Decode(line)
	require.NoError(t, err)
	_, raw := other.Body.(workflow.Raw)
	require.False(t, raw, "%s: %s", e.Body.Kind(), whole["body"])
	return other
}

// mutated is a body once for each of its fields, with that field changed.
func mutated(fields map[string]any) map[string]map[string]any {
	out := map[string]map[string]any{}
	for name, value := range fields {
		if name == "playbook" { // one value; which part of it differs is in the log
			value = map[string]any{"name": value.(map[string]any)["name"]}
		}
		for path, other := range others(value) {
			changed := map[string]any{}
			for n, v := range fields {
				changed[n] = v
			}
			changed[name] = other
			out[name+path] = changed
		}
	}
	return out
}

// others are values that differ in one leaf.
func others(value any) map[string]any {
	switch v := value.(type) {
	case string:
		if at, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return map[string]any{"": at.Add(time.Hour)}
		}
		return map[string]any{"": v + "x"}
	case bool:
		return map[string]any{"": !v}
	case float64:
		return map[string]any{"": v + 1e9}
	case []any:
		out := map[string]any{"[]": v[1:]}
		for path, other := range others(v[0]) {
			out["[0]"+path] = append([]any{other}, v[1:]...)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for name, inner := range v {
			if name == "zone" || name == "shift" || name == "sure" {
				continue // how a time was told; the time itself is in the story
			}
			for path, other := range others(inner) {
				changed := map[string]any{}
				for n, x := range v {
					changed[n] = x
				}
				changed[name] = other
				out["."+name+path] = changed
			}
		}
		return out
	default:
		return nil
	}
}

// edits are the changes of the last lines as "subject field: before → after".
func edits(line workflow.AuditLine) []string {
	var out []string
	for _, e := range line.Edits {
		out = append(out, fmt.Sprintf("%s, %s: %s → %s", e.Subject.Words(), e.Field, e.Before, e.After))
	}
	return out
}

func (s *scene) audit() []workflow.AuditLine { return s.in.Audit(time.UTC) }

func (s *scene) newest() workflow.AuditLine { return s.audit()[len(s.audit())-1] }

func TestTheAuditSaysWhatWasBeforeAndAfter(t *testing.T) {
	s := fire(t).as("Bob").do(workflow.SetSeverity{Level: "SEV2", Reason: "only the EU"})
	assert.Equal(t, []string{"incident, severity: SEV1 → SEV2", "incident, reason of the severity:  → only the EU"}, edits(s.newest()))
	assert.Equal(t, "Bob", s.newest().By)

	s.do(workflow.Undo{})
	assert.Equal(t, []string{"incident, severity: SEV2 → SEV1", "incident, reason of the severity: only the EU → "}, edits(s.newest()))
	assert.Equal(t, "Undo: Severity changed from SEV1 to SEV2: only the EU", s.newest().Says)
	s.do(workflow.Redo{})
	assert.Equal(t, []string{"incident, severity: SEV1 → SEV2", "incident, reason of the severity:  → only the EU"}, edits(s.newest()))
	assert.Equal(t, "Redo: Severity changed from SEV1 to SEV2: only the EU", s.newest().Says)

	s.do(workflow.Note{Text: "first words"})
	id := s.last().ID
	s.do(workflow.Correct{Entry: id, Text: to("second words"), At: to(when(3)), Pinned: to(true)}, workflow.Correct{Entry: id, Hidden: to(true)})
	lines := s.audit()
	assert.Equal(t, []string{
		"entry first words, text: first words → second words", "entry first words, time: 2024-11-25 14:32 UTC → 2024-11-25 14:35 UTC",
		"entry first words, pinned: no → yes",
	}, edits(lines[len(lines)-2]))
	assert.Equal(t, []string{"entry second words, hidden: no → yes"}, edits(lines[len(lines)-1]))
	for i, line := range lines {
		assert.Equal(t, i >= len(lines)-3, line.Touches(id), "%d: %s", i, line.Says)
	}
}

func TestAMachinesLineHasItsFirstWordsAsBefore(t *testing.T) {
	s := resolved(t)
	entry, found := s.in.MilestoneEntry(workflow.FixProven)
	require.True(t, found)
	s.do(workflow.Correct{Entry: entry.ID, Text: to("Verified by hand"), At: to(when(35))})
	assert.Equal(t, []string{
		"entry Verified fix in production, text: Verified fix in production → Verified by hand",
		"entry Verified fix in production, time: 2024-11-25 15:05 UTC → 2024-11-25 15:07 UTC",
	}, edits(s.newest()))
	detected, found := s.in.MilestoneEntry(workflow.Detected)
	require.True(t, found)
	s.do(workflow.Correct{Entry: detected.ID, At: to(when(-2))})
	assert.Contains(t, edits(s.newest())[0], "time: 2024-11-25 14:32 UTC → 2024-11-25 14:30 UTC")
	assert.True(t, s.audit()[0].Touches(detected.ID), "the declaration made it")
}

func TestAnUndoOfAValueThatWasOverwrittenChangesNothingAndSaysSo(t *testing.T) {
	s := fire(t).do(workflow.Assess{Field: workflow.Impact, Text: "one"})
	s.device = "other"
	s.do(workflow.Assess{Field: workflow.Impact, Text: "two"})
	s.device = "laptop"
	s.do(workflow.Undo{})
	assert.Empty(t, edits(s.newest()))
	assert.Equal(t, "Undo: Impact: one", s.newest().Says)
	undone := s.audit()[len(s.audit())-3]
	require.NotNil(t, undone.Undone)
	assert.Equal(t, s.newest().Event, undone.Undone.Event)
	assert.Equal(t, workflow.DeviceID("laptop"), undone.Undone.Device)
}

func TestTheAuthorsOwnViewIsShownWhereTheLogHadAnotherValue(t *testing.T) {
	a, b := apart(t)
	a.at(5).do(workflow.SetSeverity{Level: "SEV2", Reason: "r"})
	b.at(6).do(workflow.SetSeverity{Level: "SEV3", Reason: "q"})
	meet(t, a, b)
	line := a.newest()
	require.Equal(t, "SEV2", line.Edits[0].Before)
	assert.Equal(t, "SEV1", line.Edits[0].Seen, "that device had not heard of SEV2")
}

func TestAnUnknownKindIsShownAsItWasWritten(t *testing.T) {
	s := fire(t)
	s.in = s.in.With(workflow.Event{
		ID: "z", Batch: "z", Incident: s.in.ID, Device: "newer", Clock: 1 << 62,
		Body: workflow.Raw{As: "weather.changed@7", JSON: json.RawMessage(`{"sun": true}`)},
	})
	assert.Equal(t, []string{`unknown change weather.changed@7, as written:  → {"sun": true}`}, edits(s.newest()))
}

// TestTheValuesOfTheAuditFormAChain: what one line says was there before is what
// the line before it said was there after, whatever was undone in between, and
// the last of them is what the incident says now.
func TestTheValuesOfTheAuditFormAChain(t *testing.T) {
	type place struct{ what, id, field string }
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 11))
			s := fire(t)
			for range 250 {
				s.device = pick(dice, workflow.DeviceID("laptop"), "laptop", "other")
				tryRandom(s, dice)
			}
			holds := map[place]string{}
			undos := 0
			for _, line := range s.audit() {
				if strings.HasPrefix(line.Says, "Undo: ") || strings.HasPrefix(line.Says, "Redo: ") {
					undos++
				}
				for _, e := range line.Edits {
					at := place{e.Subject.What, e.Subject.ID, e.Field}
					if before, known := holds[at]; known {
						require.Equal(t, before, e.Before, "%s %v of %s", line.Kind, at, line.Says)
					}
					holds[at] = e.After
				}
				event := s.in.Events()[slices.IndexFunc(s.in.Events(), func(e workflow.Event) bool { return e.ID == line.Event })]
				require.Equal(t, s.in.LeftOut(event), line.Undone != nil, line.Says)
			}
			require.NotZero(t, undos)
			if severity, known := holds[place{"incident", "", "severity"}]; known {
				assert.Equal(t, workflow.SeverityWord(s.in.Triage.Severity.Get()), severity)
			}
			assert.Equal(t, s.in.Assessment(workflow.Impact), holds[place{"assessment", "impact", "impact"}])
			assert.Equal(t, s.in.Triage.Title.Get(), holds[place{"incident", "", "title"}])
			assert.Equal(t, s.in.Fix.RootCause.Get(), holds[place{"root cause", "", "cause"}])
			for _, entry := range s.in.Timeline.All() {
				if text, known := holds[place{"entry", string(entry.ID), "text"}]; known {
					assert.Equal(t, entry.Text.Get(), text)
				}
			}
		})
	}
}

func TestTheAuditOfADamagedLogIsRead(t *testing.T) {
	s := fire(t)
	undo := func(id, batch workflow.EventID, n int) workflow.Event {
		return workflow.Event{ID: id, Batch: id, Device: "d", Clock: workflow.Clock(n).Next(alert.AddDate(0, 0, n)), Body: workflow.Undone{Batch: batch}}
	}
	s.in = s.in.With(undo("a", "b", 1), undo("b", "a", 2), undo("c", "c", 3), undo("d", "gone", 4), undo("e", "d", 5))
	lines := s.audit()
	assert.Equal(t, "Undo: a change that is not in this log", lines[len(lines)-2].Says)
	assert.Equal(t, "Redo: a change that is not in this log", lines[len(lines)-1].Says)
}

func TestWordsFindAChange(t *testing.T) {
	s := fire(t).as("Bob").do(workflow.SetSeverity{Level: "SEV2", Reason: "only the EU"}, workflow.Undo{})
	lines := s.audit()
	line := lines[len(lines)-2]
	for words, fits := range map[string]bool{"bob eu": true, "severity.set": true, "undone": true, "sev1 sev2": true, "laptop": true, "ann": false, "": true} {
		assert.Equal(t, fits, line.Fits(strings.Fields(words)), words)
	}
}

func BenchmarkAudit10k(b *testing.B) {
	events := long(b, 10_000)
	in := workflow.Fold("incident-1", events)
	b.ReportAllocs()
	for b.Loop() {
		in.Audit(time.UTC)
	}
}

func BenchmarkAudit10kWith500Undone(b *testing.B) {
	events := long(b, 10_000)
	last := events[len(events)-1]
	for i := range 500 {
		e := last
		e.ID = workflow.EventID(fmt.Sprint("undo-", i))
		e.Batch, e.Clock = e.ID, last.Clock+workflow.Clock(i+1)
		e.Body = workflow.Undone{Batch: events[len(events)-1-i*3].ID}
		events = append(events, e)
	}
	in := workflow.Fold("incident-1", events)
	b.ReportAllocs()
	for b.Loop() {
		in.Audit(time.UTC)
	}
}
