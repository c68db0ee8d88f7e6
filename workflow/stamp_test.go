package workflow_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestClockGivesAnExactStampWithNothingTyped(t *testing.T) {
	t.Parallel()
	berlin := stampZone(t, "Europe/Berlin")
	assert.Equal(t, workflow.Stamp{
		Time: time.Date(2024, 11, 25, 14, 40, 17, 0, time.UTC), Zone: "Europe/Berlin", Shift: 3600, Sure: workflow.Exact,
	}, workflow.StampAt(stampNow, berlin))
	assert.Equal(t, "UTC", workflow.StampAt(stampNow, nil).Zone)
}

func TestRefusedTextCanBeKeptAsUnknown(t *testing.T) {
	t.Parallel()
	stamp := workflow.UnknownStamp(" 13:55 PM ")
	assert.Equal(t, workflow.Stamp{Sure: workflow.Unknown, Typed: " 13:55 PM "}, stamp)
	assert.False(t, stamp.Known())
	assert.Equal(t, "??:??", stamp.Clock(time.UTC))
	assert.Equal(t, `a\xffé\xc3`, workflow.UnknownStamp("a\xffé\xc3").Typed, "bytes that are no text stay visible")
}

func TestStampsStandInOrderOfTimeAndWhollyUnknownLast(t *testing.T) {
	t.Parallel()
	var stamps []workflow.Stamp
	for _, typed := range []string{"?", "14:35", "14:??", "13:55 +00:00", "~14:20", "14:00-14:10"} {
		stamp, err := workflow.ParseStamp(typed, stampRef())
		require.NoError(t, err)
		stamps = append(stamps, stamp)
	}
	slices.SortStableFunc(stamps, workflow.Stamp.Order)
	var order []string
	for _, stamp := range stamps {
		order = append(order, stamp.Typed)
	}
	assert.Equal(t, []string{"13:55 +00:00", "14:??", "14:00-14:10", "~14:20", "14:35", "?"}, order)
	assert.Zero(t, workflow.UnknownStamp("a").Order(workflow.UnknownStamp("b")))
}

func TestStampIsShownInAnyZone(t *testing.T) {
	t.Parallel()
	berlin := stampZone(t, "Europe/Berlin")
	for _, c := range []struct {
		typed, clock, seconds, date, full string
		zone                              *time.Location
	}{
		{"14:32", "14:32", "14:32:00", "2024-11-25", "2024-11-25 14:32 UTC", time.UTC},
		{"14:32", "15:32", "15:32:00", "2024-11-25", "2024-11-25 15:32 +01:00", berlin},
		{"14:32:05", "14:32", "14:32:05", "2024-11-25", "2024-11-25 14:32:05 UTC", time.UTC},
		{"14:32:05.250", "14:32", "14:32:05", "2024-11-25", "2024-11-25 14:32:05.25 UTC", time.UTC},
		{"23:50", "00:50", "00:50:00", "2024-11-25", "2024-11-25 00:50 +01:00", berlin},
		{"14:32 PST", "14:32", "14:32:00", "2024-11-24", "2024-11-24 14:32 -08:00", nil},
		{"~13:30", "≈13:30", "≈13:30", "2024-11-25", "2024-11-25 ≈13:30 UTC", time.UTC},
		{"14:??", "14:??", "14:??", "2024-11-25", "2024-11-25 14:?? UTC", time.UTC},
		{"14:?? +05:30", "08:30…09:29", "08:30…09:29", "2024-11-25", "2024-11-25 08:30…09:29 UTC", time.UTC},
		{"17:00-18:00", "17:00–18:00", "17:00:00–18:00:00", "2024-11-24", "2024-11-24 17:00–18:00 UTC", time.UTC},
		{"23:50-00:10", "23:50–00:10", "23:50:00–00:10:00", "2024-11-24", "2024-11-24 23:50 UTC – 2024-11-25 00:10 UTC", time.UTC},
		{"2024-10-27 02:50 +02:00 - 2024-10-27 02:10 +01:00", "02:50–02:10", "02:50:00–02:10:00", "2024-10-27", "2024-10-27 02:50 +02:00 – 2024-10-27 02:10 +01:00", berlin},
		{"2024-11-25", "??:??", "??:??", "2024-11-25", "2024-11-25 ??:?? UTC", time.UTC},
		{"?", "??:??", "??:??", "", "unknown", time.UTC},
	} {
		stamp, err := workflow.ParseStamp(c.typed, stampRef())
		if !assert.NoError(t, err, "%q", c.typed) {
			continue
		}
		assert.Equal(t, c.clock, stamp.Clock(c.zone), "%q", c.typed)
		assert.Equal(t, c.seconds, stamp.ClockSeconds(c.zone), "%q", c.typed)
		assert.Equal(t, c.date, stamp.Date(c.zone), "%q", c.typed)
		assert.Equal(t, c.full, stamp.Full(c.zone), "%q", c.typed)
	}
}

func TestUnknownTimeWithoutALatestBoundHasNoClockReading(t *testing.T) {
	t.Parallel()
	stamp := workflow.Stamp{Time: stampNow, Sure: workflow.Unknown}
	assert.Equal(t, "??:??", stamp.Clock(time.UTC))
	assert.Equal(t, "2024-11-25 ??:?? UTC", stamp.Full(time.UTC))
}

func TestStampComesBackFromJSONAsItWas(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"", "14:32", "2:32pm PST", "14:32:05.123456789 +05:45", "17:00–18:00", "~13:30", "14:??", "?", "now",
	} {
		stamp, err := workflow.ParseStamp(typed, stampRef())
		require.NoError(t, err, "%q", typed)
		assertStampSurvivesJSON(t, stamp)
	}
	assertStampSurvivesJSON(t, workflow.UnknownStamp("<b>\x00\xff\u2028é"))
	assertStampSurvivesJSON(t, workflow.StampAt(stampNow.In(time.FixedZone("", -2670)), time.FixedZone("Local", -2670)))
}

func assertStampSurvivesJSON(t *testing.T, stamp workflow.Stamp) {
	t.Helper()
	text, err := json.Marshal(stamp)
	require.NoError(t, err)
	var back workflow.Stamp
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, stamp, back)
}
