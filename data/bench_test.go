package data

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// The figures are ratios: each operation is timed beside its floor, one after
// the other in the same run, because a disk is never as fast twice.

const sentence = "Error rate is down to 3.1% after the canary was rolled back; p95 latency back at 180 ms. Bob watches the queue, next update at 15:10."

// pairs times an operation and its floor by turns and reports the medians.
func pairs(b *testing.B, operation, floor func()) {
	b.Helper()
	var took, least []time.Duration
	for b.Loop() {
		begun := time.Now()
		operation()
		between := time.Now()
		floor()
		took, least = append(took, between.Sub(begun)), append(least, time.Since(between))
	}
	at := func(d []time.Duration, share float64) float64 {
		slices.Sort(d)
		return float64(d[int(float64(len(d)-1)*share)])
	}
	b.ReportMetric(at(took, .5)/at(least, .5), "ratio")
	b.ReportMetric(at(took, .99)/at(least, .99), "ratio-p99")
	b.ReportMetric(at(took, .5)/1e3, "µs")
	b.ReportMetric(at(least, .5)/1e3, "floor-µs")
	b.ReportMetric(0, "ns/op")
}

// appendOnly is the floor of everything durable: the same bytes at the end of
// a plain file, on the disk.
func appendOnly(b *testing.B) func(parts ...[]byte) {
	b.Helper()
	f, err := os.OpenFile(filepath.Join(b.TempDir(), "floor"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, f.Close()) })
	return func(parts ...[]byte) {
		_, err := f.Write(slices.Concat(parts...))
		require.NoError(b, err)
		require.NoError(b, flush(f))
	}
}

// manyNotes fills an incident and answers where it ends.
func manyNotes(b *testing.B, s *Store, incident workflow.IncidentID, notes int) uint64 {
	b.Helper()
	batch := Batch{Incident: incident, Summary: summary(incident)}
	for i := range notes {
		batch.Events = append(batch.Events, note(incident, s.Device(), i, fmt.Sprintf("%d. %s", i, sentence)))
	}
	position, _, err := s.Append(b.Context(), batch)
	require.NoError(b, err)
	return position
}

// inUse fills a store as it is after some weeks, and its write-ahead log as it
// is after some minutes: a log that still grows costs a draft twice as much.
func inUse(b *testing.B, s *Store) (position uint64) {
	b.Helper()
	for i := range 100 {
		manyNotes(b, s, workflow.IncidentID(fmt.Sprint("old-", i)), 100)
	}
	return manyNotes(b, s, "inc", 100)
}

func BenchmarkNoteOverWriteAndSync(b *testing.B) {
	s := openNew(b)
	position := inUse(b, s)
	floor := appendOnly(b)
	var event workflow.Event
	var sum workflow.Summary
	minute := 0
	pairs(b, func() {
		minute++
		event, sum = note("inc", s.Device(), minute, sentence), summary("inc")
		sum.Entries, sum.Updated = minute, event.Recorded
		var err error
		position, _, err = s.Append(b.Context(), Batch{Incident: "inc", After: position, Events: []workflow.Event{event}, Summary: sum})
		require.NoError(b, err)
	}, func() {
		payload, err := workflow.Encode(event)
		require.NoError(b, err)
		row, err := json.Marshal(sum)
		require.NoError(b, err)
		floor(payload, row)
	})
}

func BenchmarkDraftOverWriteAndSync(b *testing.B) {
	s := openNew(b)
	inUse(b, s)
	floor := appendOnly(b)
	typed := 0
	pairs(b, func() {
		typed++
		require.NoError(b, s.SaveDraft(b.Context(), Draft{
			Key: DraftKey{"inc", "composer"}, Text: sentence[:typed%len(sentence)], Started: morning,
		}))
	}, func() {
		floor([]byte(sentence[:typed%len(sentence)]))
	})
}

func BenchmarkOpeningTenThousandOverBareRows(b *testing.B) {
	s := openNew(b)
	manyNotes(b, s, "inc", 10_000)
	pairs(b, func() {
		log, err := s.Load(b.Context(), "inc")
		require.NoError(b, err)
		require.Len(b, log.Events, 10_000)
		workflow.Fold("inc", log.Events)
	}, func() {
		rows, err := s.read.QueryContext(b.Context(), "SELECT * FROM event WHERE incident='inc' ORDER BY n")
		require.NoError(b, err)
		defer rows.Close()
		for rows.Next() {
			var n, device, seq int64
			var id, incident, kind, payload string
			var salt, prev, sum []byte
			if err := rows.Scan(&n, &id, &device, &seq, &incident, &kind, &payload, &salt, &prev, &sum); err != nil {
				b.Fatal(err)
			}
		}
		require.NoError(b, rows.Err())
	})
}

func BenchmarkAskingForChanges(b *testing.B) {
	s := openNew(b)
	for b.Loop() {
		_, err := s.Changed(b.Context())
		require.NoError(b, err)
	}
}
