package workflow_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// hostile makes events from bytes: any kind with any fields, undos that name
// each other in circles, doubles of an id with other contents, clocks at both
// ends, other incidents, bodies of other kinds and bytes that are no text.
func hostile(known []workflow.Event, data []byte) []workflow.Event {
	id := func(b byte) workflow.EventID { return workflow.EventID(fmt.Sprint("e", b%12)) }
	var out []workflow.Event
	for len(data) >= 8 && len(out) < 60 {
		d := data[:8]
		data = data[8:]
		e := known[int(d[0])%len(known)]
		e.ID, e.Batch = id(d[1]), id(d[2])
		e.Base = []workflow.EventID{id(d[3]), id(d[4]), e.ID}
		e.Device = workflow.DeviceID(fmt.Sprint("d", d[5]%3))
		e.Incident = workflow.IncidentID([]string{"x", "", "another", "\xff\xfe"}[d[5]%4])
		e.Clock = workflow.Clock(d[6]) << 56
		switch d[7] % 8 {
		case 0:
			e.Body = workflow.Undone{Batch: id(d[0])}
		case 1:
			text := string(d)
			e.Body = workflow.Corrected{Entry: id(d[0]), Text: &text}
		case 2:
			e.Body = workflow.Raw{As: workflow.Kind(d[:3]), JSON: json.RawMessage(d)}
		case 3:
			e.Clock = ^workflow.Clock(0)
			e.Recorded = time.Unix(int64(binary.LittleEndian.Uint64(d)), 0)
		case 4:
			e.Actor, e.Device = string(d), workflow.DeviceID(d)
		case 5:
			e.Body = nil
		case 6:
			e.At = workflow.Stamp{Time: time.Unix(int64(binary.LittleEndian.Uint64(d)), 0).UTC(), Sure: workflow.Certainty(d[:2]), Typed: string(d)}
		}
		out = append(out, e)
	}
	return out
}

func seeds() [][]byte {
	circle := []byte{0, 1, 1, 2, 3, 0, 1, 0 /* u1 undoes e0 */, 1, 2, 2, 1, 1, 0, 2, 0, 2, 0, 0, 1, 2, 1, 3, 0, 1, 1, 1, 1, 1, 1, 1, 0}
	var all []byte
	for i := range byte(60) {
		all = append(all, i, i, i, i+1, i+2, i, i*4, i)
	}
	return [][]byte{circle, all, bytes.Repeat([]byte{0, 1, 1, 1, 1, 1, 1, 0}, 60), bytes.Repeat([]byte{0xff}, 480)}
}

func FuzzHostileSequences(f *testing.F) {
	known := everyKind(f)
	for _, seed := range seeds() {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		events := hostile(known, data)
		in := workflow.Fold("x", events)
		_ = picture(in)
		for _, line := range in.Audit(time.UTC) {
			_, _ = in.Restoring(line.Event)
			_ = line.Touches(line.Event)
			_ = line.Fits([]string{"undo"})
		}
		back := make([]workflow.Event, len(events))
		unique := map[workflow.EventID]bool{}
		doubled := false
		for i, e := range events {
			back[len(events)-1-i] = e
			doubled = doubled || unique[e.ID]
			unique[e.ID] = true
			_ = in.History(e.ID)
			if e.Body != nil {
				_ = workflow.Describe(e, in.Playbook)
				_ = workflow.SearchText(e)
				roundTrips(t, e)
			}
		}
		for _, intent := range []workflow.Intent{workflow.Undo{}, workflow.Redo{}, workflow.Note{Text: "n"}, workflow.GiveAllClear{}} {
			env := workflow.Env{Now: alert, Actor: "J", Device: "d0", NewID: func() workflow.EventID { return "new" }}
			if more, err := workflow.Decide(in, intent, env); err == nil {
				_ = picture(in.With(more...))
			}
		}
		if !doubled {
			require.Equal(t, picture(in), picture(workflow.Fold("x", back)), "the order of arrival does not matter")
			step := workflow.Fold("x", nil)
			for _, e := range events {
				step = step.With(e)
			}
			require.Equal(t, picture(in), picture(step), "nor do the parts that it arrives in")
		}
	})
}

// roundTrips says that what can be written is read back and written the same;
// bytes that are no text become the mark for that once, and stay it.
func roundTrips(t *testing.T, e workflow.Event) {
	t.Helper()
	first, err := workflow.Encode(e)
	if err != nil {
		return
	}
	again, err := workflow.Decode(first)
	require.NoError(t, err)
	second, err := workflow.Encode(again)
	require.NoError(t, err)
	third, err := workflow.Decode(second)
	require.NoError(t, err)
	require.Equal(t, again, third)
	last, err := workflow.Encode(third)
	require.NoError(t, err)
	require.Equal(t, string(second), string(last))
}

// FuzzUnknownKind: the body of a kind that this version does not know goes
// through it byte for byte, as long as it is JSON at all.
func FuzzUnknownKind(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"a":1e999}`, `[[[[]]]]`, strings.Repeat("[", 9000) + strings.Repeat("]", 9000), strings.Repeat(`{"a":`, 2000) + "1" + strings.Repeat("}", 2000),
		"{\"a\":\"\xff\xfe\"}", `"\ud800"`, ` null `, `18446744073709551616`, `{"a":1,"a":2}`, "\u2028", `"<>&"`, ``, `{`,
	} {
		f.Add("weather.changed@7", []byte(body))
		f.Add("entry.noted@1", []byte(body))
	}
	burning := fire(f).in
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		e := workflow.Event{ID: "a", Batch: "a", Incident: "i", Device: "d", Clock: 1, At: when(0), Recorded: alert, Body: workflow.Raw{As: workflow.Kind(kind), JSON: body}}
		line, err := workflow.Encode(e)
		if err != nil || kind == "" {
			return
		}
		got, err := workflow.Decode(line)
		if err != nil {
			return // JSON that is nested deeper than the decoder goes is no event
		}
		if raw, is := got.Body.(workflow.Raw); is && json.Valid(body) {
			require.Equal(t, strings.TrimSpace(string(body)), strings.TrimSpace(string(raw.JSON)))
		}
		again, err := workflow.Encode(got)
		require.NoError(t, err)
		third, err := workflow.Decode(again)
		require.NoError(t, err)
		assert.Equal(t, got, third)
		in := burning.With(got)
		_ = picture(in)
		assert.Len(t, in.Audit(time.UTC), len(in.Events()))
	})
}

func TestHostileSequencesOfTheSeeds(t *testing.T) {
	for _, seed := range seeds() {
		assert.NotEmpty(t, hostile(everyKind(t), seed))
	}
}
