package intake_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/export"
	"firebreak/workflow"
)

// written is an incident whose timeline has stamps and texts of every kind.
func written(t *testing.T) workflow.Incident {
	t.Helper()
	policy, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	in, ids := workflow.Fold("incident-1", nil), 0
	do := func(want workflow.Intent) {
		events, err := workflow.Decide(in, want, workflow.Env{Now: sample.Alert().Add(time.Hour), Actor: "Jane", Device: "device-1", NewID: func() workflow.EventID {
			ids++
			return workflow.EventID(fmt.Sprintf("event-%04d", ids))
		}})
		require.NoError(t, err)
		in = in.With(events...)
	}
	do(workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Playbook: policy, Detected: workflow.StampAt(sample.Alert(), time.UTC)})
	ref := workflow.StampRef{Now: sample.Alert().Add(time.Hour), Zone: time.UTC}
	for i, typed := range []string{"14:32", "2:40 PM", "2024-11-25 14:33:05.250", "06:40 PST", "14:32 +01:00", "~13:30", "14:10-14:20", "14:??", "between 14:10 and 14:25", "??:??"} {
		stamp, err := workflow.ParseStamp(typed, ref)
		require.NoError(t, err, typed)
		do(workflow.Note{At: stamp, Text: fmt.Sprintf("note %d, with a comma; \"quotes\", <tags> & a\nsecond line", i)})
	}
	for _, text := range []string{"=1+1", "-5 pods", "+1", "@jane: look", "| a table | cell |", "ends in a backslash \\", "日本語 🔥"} {
		do(workflow.Note{Text: text, Kind: workflow.ActionEntry})
	}
	do(workflow.Note{At: workflow.UnknownStamp("13:55 PM"), Text: "no time at all"})
	do(workflow.Note{Text: "the fix is live", Milestone: workflow.FixDeployed})
	return in
}

func TestWhatIsExportedAsDataIsReadBackAsItWas(t *testing.T) {
	in := written(t)
	var want []workflow.Entry
	for _, e := range in.Timeline.All() {
		if !e.Hidden.Get() {
			want = append(want, e)
		}
	}
	for name, content := range map[string][]byte{"timeline.csv": export.TimelineCSV(in), "timeline.jsonl": export.TimelineJSONL(in)} {
		t.Run(name, func(t *testing.T) {
			reading := checkWhole(t, name, content, workflow.ReadAs{})
			require.Len(t, reading.Lines, len(want), show(reading))
			assert.Empty(t, reading.Rest)
			for i, e := range want {
				got := reading.Lines[i]
				assert.Equal(t, e.At.Get(), got.At)
				assert.Equal(t, e.Text.Get(), got.Text)
				assert.Equal(t, e.Who, got.Who)
				assert.Equal(t, e.Kind.Get(), got.Kind)
				assert.Equal(t, e.Milestone.Get(), got.Milestone)
			}
		})
	}
}

func TestOurOwnPostMortemIsReadBackWithItsTimes(t *testing.T) {
	in := written(t)
	reading := checkWhole(t, "post-mortem.md", export.Postmortem(in), workflow.ReadAs{})
	var want, got []time.Time
	for _, e := range in.ReportLines() {
		want = append(want, e.At.Get().Time.Truncate(time.Minute)) // the document has minutes
	}
	for _, l := range reading.Lines {
		got = append(got, l.At.Time)
		if !l.At.Time.IsZero() {
			assert.Equal(t, workflow.FromPreamble, l.Zone.From)
		}
	}
	assert.Equal(t, want, got, show(reading))
}
