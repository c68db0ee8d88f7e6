package workflow_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestEveryKindIsReadAsItWasWritten(t *testing.T) {
	for _, e := range everyKind(t) {
		data, err := workflow.Encode(e)
		require.NoError(t, err, e.Body.Kind())
		assert.True(t, json.Valid(data))
		got, err := workflow.Decode(data)
		require.NoError(t, err, e.Body.Kind())
		assert.Equal(t, e, got, e.Body.Kind())
		again, err := workflow.Encode(got)
		require.NoError(t, err)
		assert.Equal(t, string(data), string(again), e.Body.Kind())
	}
}

func TestAnUnknownKindKeepsItsBytesAndIsShown(t *testing.T) {
	for _, body := range []string{
		`{"text":"a<b>&c","n":1.0,"deep":{"x":[1, 2,3]},"u":"\u00e9\/"}`, `"just a text"`, `null`, `[ ]`, `1e5`, `{"a":1,"a":2}`,
	} {
		line := `{"id":"z","batch":"z","incident":"incident-1","device":"d","actor":"Jane","clock":112811443036160000,"at":{"time":"2024-11-25T14:40:00Z","sure":"exact"},"recorded":"2024-11-25T14:40:00Z","kind":"weather.changed@7","body":` + body + `}`
		e, err := workflow.Decode([]byte(line))
		require.NoError(t, err)
		assert.Equal(t, workflow.Raw{As: "weather.changed@7", JSON: json.RawMessage(body)}, e.Body)
		again, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.Equal(t, line, string(again), "byte for byte")

		in := fire(t).in.With(e)
		entry, found := in.Entry("z")
		require.True(t, found, "it is shown")
		assert.Equal(t, workflow.RawEntry, entry.Kind.Get())
		assert.Contains(t, entry.Text.Get(), "weather.changed@7")
		assert.Contains(t, entry.Text.Get(), body)
		same(t, in, workflow.Fold(in.ID, in.Events()))
	}
}

func TestAKnownKindThatDoesNotReadIsKeptRaw(t *testing.T) {
	for _, body := range []string{`{"level":7}`, `[]`, `null`, `"x"`} {
		line := `{"id":"z","batch":"z","incident":"i","device":"d","actor":"J","clock":1,"at":{"sure":"exact"},"recorded":"2024-11-25T14:40:00Z","kind":"severity.set@1","body":` + body + `}`
		e, err := workflow.Decode([]byte(line))
		require.NoError(t, err)
		assert.IsType(t, workflow.Raw{}, e.Body)
		again, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.Equal(t, line, string(again))
	}
}

func TestWhatIsNoEventIsRefused(t *testing.T) {
	for _, line := range []string{``, `{`, `null`, `{}`, `[]`, `{"id":"a"}`, `{"kind":"x"}`, `{"id":"a","kind":"x","clock":-1}`, `{"id":"a","kind":"x","clock":"1"}`} {
		_, err := workflow.Decode([]byte(line))
		assert.Error(t, err, line)
	}
	_, err := workflow.Encode(workflow.Event{ID: "a"})
	assert.Error(t, err, "an event that says nothing")
}

func TestALineWithoutABatchIsItsOwn(t *testing.T) {
	e, err := workflow.Decode([]byte(`{"id":"a","kind":"undone@1","body":{"batch":"b"},"more":"from a newer version"}`))
	require.NoError(t, err)
	assert.Equal(t, workflow.EventID("a"), e.Batch)
	assert.Equal(t, workflow.Undone{Batch: "b"}, e.Body)
}

func TestWhatWasRedactedStaysOnRecordWithoutItsWords(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "the password is hunter2"}, workflow.Note{Text: "after"})
	events := s.in.Events()
	i := len(events) - 2
	events[i].Body = workflow.Redacted{Was: events[i].Body.Kind(), By: "Jane", Why: "a password", On: s.now}
	in := workflow.Fold(s.in.ID, events)
	e, found := in.Entry(events[i].ID)
	require.True(t, found)
	assert.Equal(t, "[redacted by Jane: a password]", e.Text.Get())
	assert.NotContains(t, picture(in), "hunter2")
	assert.Equal(t, 1, len(s.in.Timeline.All())-len(workflow.Fold(s.in.ID, events[:i]).Timeline.All())-1, "the other entries stand")
}

func TestARedactedValueDoesNotBringTheOneBeforeBackBesideTheNextOne(t *testing.T) {
	s := fire(t)
	for i, device := range []workflow.DeviceID{"a", "b", "c"} {
		s.device = device
		s.do(workflow.Assess{Field: workflow.Impact, Text: fmt.Sprint("text ", i)})
	}
	events := s.in.Events()
	i := len(events) - 2
	events[i].Body = workflow.Redacted{Was: events[i].Body.Kind(), By: "Jane", On: s.now}
	in := workflow.Fold(s.in.ID, events)
	assert.Equal(t, "text 2", in.Assessment(workflow.Impact))
	assert.False(t, in.AssessmentRegister(workflow.Impact).Clashes())
}
