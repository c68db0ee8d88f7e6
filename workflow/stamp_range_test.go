package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestRangeHasAStartAndAnEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, start, end string }{
		{"13:00-14:00", "2024-11-25T13:00:00Z", "2024-11-25T14:00:00Z"},
		{"17:00-18:00", "2024-11-24T17:00:00Z", "2024-11-24T18:00:00Z"},
		{"17:00–18:00", "2024-11-24T17:00:00Z", "2024-11-24T18:00:00Z"},
		{"17:00 — 18:00", "2024-11-24T17:00:00Z", "2024-11-24T18:00:00Z"},
		{"1700-1800", "2024-11-24T17:00:00Z", "2024-11-24T18:00:00Z"},
		{"17:00 to 18:00", "2024-11-24T17:00:00Z", "2024-11-24T18:00:00Z"},
		{"from 17:00 until 18:00", "2024-11-24T17:00:00Z", "2024-11-24T18:00:00Z"},
		{"17:00-18:00 yesterday", "2024-11-24T17:00:00Z", "2024-11-24T18:00:00Z"},
		{"2 PM-2:30 PM", "2024-11-25T14:00:00Z", "2024-11-25T14:30:00Z"},
		{"14:30-15:30", "2024-11-25T14:30:00Z", "2024-11-25T15:30:00Z"}, // still going on
		{"23:50-00:10", "2024-11-24T23:50:00Z", "2024-11-25T00:10:00Z"},
		{"22:00-02:00", "2024-11-24T22:00:00Z", "2024-11-25T02:00:00Z"},
		{"20:00-24:00", "2024-11-24T20:00:00Z", "2024-11-25T00:00:00Z"},
		{"yesterday 23:50 - 00:10", "2024-11-24T23:50:00Z", "2024-11-25T00:10:00Z"},
		{"yesterday 23:50 - today 00:10", "2024-11-24T23:50:00Z", "2024-11-25T00:10:00Z"},
		{"fri 22:00 - sat 04:00", "2024-11-22T22:00:00Z", "2024-11-23T04:00:00Z"},
		{"31 Dec 23:00 - 1 Jan 01:00", "2023-12-31T23:00:00Z", "2024-01-01T01:00:00Z"},
		{"2024-11-20 17:00-18:00", "2024-11-20T17:00:00Z", "2024-11-20T18:00:00Z"},
		{"2024-11-20 09:00:00-10:00:00", "2024-11-20T09:00:00Z", "2024-11-20T10:00:00Z"},
		{"2024-11-20 17:00 - 2024-11-22 18:00", "2024-11-20T17:00:00Z", "2024-11-22T18:00:00Z"},
		{"17:00 UTC - 17:30 +01:00", "2024-11-24T17:00:00Z", "2024-11-25T16:30:00Z"},
		{"14:32Z-15:19Z", "2024-11-25T14:32:00Z", "2024-11-25T15:19:00Z"},
		{"09:00-10:30 PST", "2024-11-24T17:00:00Z", "2024-11-24T18:30:00Z"},
	} {
		stamp, err := workflow.ParseStamp(c.typed, stampRef())
		if !assert.NoError(t, err, "%q", c.typed) {
			continue
		}
		assert.Equal(t, stampInstant(t, c.start), stamp.Time, "%q", c.typed)
		assert.Equal(t, stampInstant(t, c.end), stamp.End, "%q", c.typed)
		assert.Equal(t, workflow.Exact, stamp.Sure, "%q", c.typed)
		assert.True(t, stamp.IsRange(), "%q", c.typed)
		assert.Equal(t, c.typed, stamp.Typed)
	}
}

func TestRangeCanBeApproximate(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"~13:00-14:00", "13:00 - ~14:00", "about 13:00 to 14:00"} {
		stamp, err := workflow.ParseStamp(typed, stampRef())
		if assert.NoError(t, err, "%q", typed) {
			assert.Equal(t, workflow.About, stamp.Sure)
			assert.Equal(t, "≈13:00–14:00", stamp.Clock(time.UTC))
		}
	}
}

func TestRangeEndsAfterItsStartWhenClocksWentBackBetween(t *testing.T) {
	t.Parallel()
	ref := workflow.StampRef{Now: stampNow, Zone: stampZone(t, "Europe/Berlin")}
	stamp, err := workflow.ParseStamp("2024-10-27 02:50 +02:00 - 02:10 Europe/Berlin", ref)
	if assert.NoError(t, err) {
		assert.Equal(t, 20*time.Minute, stamp.End.Sub(stamp.Time), "only the second 02:10 is after the start")
	}
}
