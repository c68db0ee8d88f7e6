package export_test

import (
	"fmt"
	"testing"
	"time"

	"firebreak/export"
	"firebreak/workflow"
)

// BenchmarkPostmortemOfTenThousandEntries writes a timeline of ordinary lines.
func BenchmarkPostmortemOfTenThousandEntries(b *testing.B) {
	in := workflow.Fold("incident-1", nil)
	now := time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)
	id := 0
	var all []workflow.Event
	do := func(want workflow.Intent) {
		now = now.Add(10 * time.Second)
		events, err := workflow.Decide(in, want, workflow.Env{Now: now, Zone: time.UTC, Actor: "Sam", Device: "d", NewID: func() workflow.EventID {
			id++
			return workflow.EventID(fmt.Sprintf("event-%06d", id))
		}})
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, events...)
	}
	do(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: standard(b)})
	in, all = in.With(all...), nil
	for i := range 10000 {
		text := fmt.Sprintf("Error rate is down to 3.1%% after the canary was rolled back; next update at 15:10. (%d)", i)
		switch i % 10 {
		case 3:
			text = fmt.Sprintf("Restarted `worker-%d`, see https://grafana.example.org/d/%d and **watch the queue**", i, i)
		case 7:
			text = fmt.Sprintf("Tried so far:\n\n- restart of worker %d\n- a smaller batch", i)
		}
		do(workflow.Note{Text: text})
	}
	in = in.With(all...)
	b.ResetTimer()
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(len(export.Postmortem(in))))
	}
}
