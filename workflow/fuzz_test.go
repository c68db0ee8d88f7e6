package workflow_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func FuzzDecode(f *testing.F) {
	for _, e := range everyKind(f) {
		data, err := workflow.Encode(e)
		require.NoError(f, err)
		f.Add(data)
		if left, changed := spoiled(e).Blotted("Jane", "w", alert, workflow.NewSecret("password", password)); changed {
			data, err := workflow.Encode(left)
			require.NoError(f, err)
			f.Add(data)
		}
	}
	f.Add([]byte(`{"id":"a","kind":"entry.noted@1","body":null}`))
	f.Add([]byte(`{"id":"a","kind":"redacted@1","body":{"was":"redacted@1","blots":[{}],"left":{"was":"redacted@1","blots":[{}],"left":1}}}`))
	f.Add([]byte(`{"id":"a","kind":"x","at":{"time":"9999-12-31T23:59:59.999999999Z","sure":"x"},"body":{"a" : "<\u2028>"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := workflow.Decode(data)
		if err != nil {
			return
		}
		first, err := workflow.Encode(e)
		if err != nil {
			return // a year beyond 9999 can be read, and not be written
		}
		again, err := workflow.Decode(first)
		require.NoError(t, err)
		second, err := workflow.Encode(again)
		require.NoError(t, err)
		assert.Equal(t, string(first), string(second), "what was written once is written the same for ever")
		_ = workflow.Describe(e, workflow.Playbook{})
		_ = workflow.SearchText(e)
	})
}

func FuzzFold(f *testing.F) {
	var whole []byte
	for _, e := range everyKind(f) {
		data, err := workflow.Encode(e)
		require.NoError(f, err)
		f.Add(data)
		whole = append(append(whole, data...), '\n')
	}
	f.Add(whole)
	f.Add(bytes.ReplaceAll(whole, []byte(`"incident-1"`), []byte(`""`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		var events []workflow.Event
		for _, line := range bytes.Split(data, []byte{'\n'}) {
			if e, err := workflow.Decode(line); err == nil && len(events) < 60 {
				events = append(events, e)
			}
		}
		in := workflow.Fold("x", events)
		_ = picture(in)
		_ = picture(in.With(events...))
		back := make([]workflow.Event, len(events))
		for i, e := range events {
			back[len(events)-1-i] = e
			_ = in.History(e.ID)
		}
		ids := map[workflow.EventID]bool{}
		for _, e := range events {
			if ids[e.ID] {
				return // two things under one id is damage, not a double
			}
			ids[e.ID] = true
		}
		assert.Equal(t, picture(in), picture(workflow.Fold("x", back)))
	})
}
