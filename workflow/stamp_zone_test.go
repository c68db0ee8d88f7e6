package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestZoneAsToldIsKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, zone string
		shift       int
	}{
		{"12:00", "Europe/Berlin", 3600},
		{"2024-07-01 12:00", "Europe/Berlin", 7200},
		{"now", "Europe/Berlin", 3600},
		{"-5m", "Europe/Berlin", 3600},
		{"12:00 europe/berlin", "Europe/Berlin", 3600},
		{"12:00Z", "UTC", 0},
		{"12:00 utc", "UTC", 0},
		{"UTC 12:00", "UTC", 0},
		{"12:00 GMT", "GMT", 0},
		{"12:00 +00:00", "UTC", 0},
		{"12:00 PST", "PST", -8 * 3600},
		{"12:00 pdt", "PDT", -7 * 3600},
		{"12:00 EST", "EST", -5 * 3600},
		{"12:00 EDT", "EDT", -4 * 3600},
		{"12:00 MST", "MST", -7 * 3600},
		{"12:00 MDT", "MDT", -6 * 3600},
		{"12:00 CET", "CET", 3600},
		{"12:00 CEST", "CEST", 7200},
		{"12:00 ACST", "ACST", 34200},
		{"12:00 +01:00", "+01:00", 3600},
		{"12:00+0100", "+01:00", 3600},
		{"12:00 +1", "+01:00", 3600},
		{"12:00 UTC+1", "+01:00", 3600},
		{"12:00 GMT-08:00", "-08:00", -8 * 3600},
		{"12:00 −08:00", "-08:00", -8 * 3600}, // a real minus sign
		{"12:00 +05:45", "+05:45", 20700},
		{"12:00 -00:44:30", "-00:44:30", -2670},
		{"11:00-12:00 PST", "PST", -8 * 3600},
		{"11:00Z-12:00", "UTC", 0},
		{"@1732545120", "UTC", 0},
	} {
		ref := workflow.StampRef{Now: stampNow, Zone: stampZone(t, "Europe/Berlin")}
		stamp, err := workflow.ParseStamp(c.typed, ref)
		if assert.NoError(t, err, "%q", c.typed) {
			assert.Equal(t, c.zone, stamp.Zone, "%q", c.typed)
			assert.Equal(t, c.shift, stamp.Shift, "%q", c.typed)
		}
	}
}

func TestZoneNameOfThisMachineAloneIsNotKept(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Local"} {
		stamp := workflow.StampAt(stampNow, time.FixedZone(name, 3600))
		assert.Equal(t, "+01:00", stamp.Zone)
		assert.Equal(t, 3600, stamp.Shift)
	}
}

func TestTimeThatClocksJumpedOverIsRefused(t *testing.T) {
	t.Parallel()
	berlin := workflow.StampRef{Now: stampNow, Zone: stampZone(t, "Europe/Berlin")}
	morning := workflow.StampRef{Now: time.Date(2024, 3, 31, 10, 0, 0, 0, time.UTC), Zone: berlin.Zone}
	apia := workflow.StampRef{Now: stampNow, Zone: stampZone(t, "Pacific/Apia")}
	for _, c := range []struct {
		typed string
		ref   workflow.StampRef
	}{
		{"2024-03-31 02:30", berlin},
		{"2024-03-31 02:00", berlin},
		{"2024-03-31 02:??", berlin},
		{"2024-03-31 01:30 - 02:30", berlin},
		{"02:30", morning}, // and not yesterday's 02:30 in its place
		{"2011-12-30 12:00", apia},
		{"2011-12-30", apia},
	} {
		_, err := workflow.ParseStamp(c.typed, c.ref)
		var refusal *workflow.RuleError
		if assert.ErrorAs(t, err, &refusal, "%q", c.typed) {
			assert.Equal(t, "time.impossible", refusal.Code, "%q", c.typed)
			assert.Contains(t, refusal.Says, "did not exist", "%q", c.typed)
			assert.Contains(t, refusal.Says, "Add ", "%q", c.typed)
		}
	}
	for typed, want := range map[string]string{
		"2024-03-31 01:59:59":     "2024-03-31T00:59:59Z",
		"2024-03-31 03:00":        "2024-03-31T01:00:00Z",
		"2024-03-31 02:30 +01:00": "2024-03-31T01:30:00Z",
	} {
		stamp, err := workflow.ParseStamp(typed, berlin)
		if assert.NoError(t, err, "%q", typed) {
			assert.Equal(t, stampInstant(t, want), stamp.Time, "%q", typed)
		}
	}
}

func TestTimeThatCameTwiceIsRefusedUnlessOnlyOneHasPassed(t *testing.T) {
	t.Parallel()
	berlin := stampZone(t, "Europe/Berlin")
	after := time.Date(2024, 10, 27, 12, 0, 0, 0, time.UTC)
	for _, typed := range []string{"02:30", "2024-10-27 02:30", "2024-10-27 02:00", "2024-10-27 01:30 - 02:45", "2024-10-27 02:30 - 03:30"} {
		_, err := workflow.ParseStamp(typed, workflow.StampRef{Now: after, Zone: berlin})
		var refusal *workflow.RuleError
		if assert.ErrorAs(t, err, &refusal, "%q", typed) {
			assert.Equal(t, "time.ambiguous", refusal.Code, "%q", typed)
			assert.Contains(t, refusal.Says, "+02:00", "%q", typed)
			assert.Contains(t, refusal.Says, "+01:00", "%q", typed)
		}
	}
	between := time.Date(2024, 10, 27, 0, 45, 0, 0, time.UTC) // 02:45, the first time round
	for _, c := range []struct {
		typed, want string
		now         time.Time
	}{
		{"02:30", "2024-10-27T00:30:00Z", between},
		{"02:50", "2024-10-27T00:50:00Z", between},
		{"2024-10-27 02:30", "2024-10-27T00:30:00Z", between},
		{"2024-10-27 02:30 +02:00", "2024-10-27T00:30:00Z", after},
		{"2024-10-27 02:30 +01:00", "2024-10-27T01:30:00Z", after},
		{"2024-10-27 03:00", "2024-10-27T02:00:00Z", after},
		{"2024-10-27 02:??", "2024-10-27T00:00:00Z", after},
	} {
		stamp, err := workflow.ParseStamp(c.typed, workflow.StampRef{Now: c.now, Zone: berlin})
		if assert.NoError(t, err, "%q", c.typed) {
			assert.Equal(t, stampInstant(t, c.want), stamp.Time, "%q", c.typed)
		}
	}
	unknown, err := workflow.ParseStamp("2024-10-27 02:??", workflow.StampRef{Now: after, Zone: berlin})
	require.NoError(t, err)
	assert.Equal(t, stampInstant(t, "2024-10-27T01:59:59Z"), unknown.End, "the bounds hold both hours")
}

func TestSameTextReadsTheSameInEveryDisplayZoneOnceItsZoneIsTold(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe"} {
		ref := workflow.StampRef{Now: stampNow, Zone: stampZone(t, zone)}
		for typed, want := range map[string]string{
			"2:32pm PST":            "2024-11-24T22:32:00Z",
			"14:32Z":                "2024-11-25T14:32:00Z",
			"25 Nov 14:32 +01:00":   "2024-11-25T13:32:00Z",
			"yesterday 23:50 UTC":   "2024-11-24T23:50:00Z",
			"monday 06:00 PST":      "2024-11-25T14:00:00Z",
			"12:00-13:00 UTC":       "2024-11-25T12:00:00Z",
			"2024-11-25 14:32 CEST": "2024-11-25T12:32:00Z",
		} {
			stamp, err := workflow.ParseStamp(typed, ref)
			if assert.NoError(t, err, "%q in %s", typed, zone) {
				assert.Equal(t, stampInstant(t, want), stamp.Time, "%q in %s", typed, zone)
			}
		}
	}
}
