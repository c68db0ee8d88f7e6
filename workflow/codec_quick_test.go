package workflow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func FuzzQuickReadingAgreesWithEncodingJSON(f *testing.F) {
	for _, e := range []Event{
		{ID: "a", Batch: "a", Incident: "i", Device: "d", Actor: "Jané", Clock: 7, At: Stamp{Time: time.Unix(1, 5).UTC(), Zone: "UTC", Sure: Exact}, Recorded: time.Unix(2, 0).UTC(), Body: Noted{Text: "x", Type: NoteEntry}},
		{ID: "a", Batch: "b", Base: []EventID{"c", "d"}, At: Stamp{Sure: Unknown, Typed: "14:??", Shift: -3600, End: time.Unix(9, 0).UTC()}, Body: Undone{Batch: "x"}},
		{ID: "a", Batch: "b", Actor: "a\"b\\<", Body: Raw{As: "new@9", JSON: []byte(`{}`)}},
	} {
		data, err := Encode(e)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, ok := quick(data)
		if !ok {
			return
		}
		want, err := decodeAny(data)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	})
}

func BenchmarkDecode(b *testing.B) {
	e := Event{ID: "01a0b1c2-0000-7000-8000-000000000001", Batch: "01a0b1c2-0000-7000-8000-000000000001", Incident: "01a0b1c2-0000-7000-8000-000000000002", Device: "01a0b1c2-0000-7000-8000-000000000003", Actor: "Jane", Clock: 7 << 40, At: Stamp{Time: time.Unix(1e9, 5).UTC(), Zone: "UTC", Sure: Exact}, Recorded: time.Unix(1e9, 0).UTC(), Body: Noted{Text: "Error rate is down to 3.1% after the canary was rolled back; p95 latency back at 180 ms. Bob watches the queue, next update at 15:10.", Type: NoteEntry}}
	data, _ := Encode(e)
	for name, f := range map[string]func([]byte) (Event, error){"quick": Decode, "any": decodeAny} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
