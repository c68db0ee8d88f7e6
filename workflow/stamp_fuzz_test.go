package workflow_test

import (
	"errors"
	"math/rand"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

var stampZoneNames = []string{
	"UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe",
	"Pacific/Apia", "Africa/Monrovia", "America/St_Johns", "Europe/London",
}

func TestWhatIsShownInFullReadsBackToTheSameTime(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewSource(1))
	for range 20_000 {
		zone := stampZone(t, stampZoneNames[random.Intn(len(stampZoneNames))])
		at := time.Unix(random.Int63n(4_000_000_000)+100_000, 0)
		if random.Intn(2) == 0 {
			at = at.Truncate(time.Minute)
		}
		stamp := workflow.StampAt(at, zone)
		switch random.Intn(4) {
		case 0:
			stamp.Time = stamp.Time.Add(time.Duration(random.Intn(1e9)))
		case 1:
			stamp.End = stamp.Time.Add(time.Duration(random.Intn(200_000)+1) * time.Second)
			stamp.Sure = []workflow.Certainty{workflow.Exact, workflow.About, workflow.Unknown}[random.Intn(3)]
		case 2:
			stamp.Sure = workflow.About
		}
		if !requireFullReadsBack(t, stamp, zone) {
			return
		}
	}
}

func requireFullReadsBack(t *testing.T, stamp workflow.Stamp, zone *time.Location) bool {
	t.Helper()
	full := stamp.Full(zone)
	back, err := workflow.ParseStamp(full, workflow.StampRef{Now: stampNow, Zone: time.UTC})
	return assert.NoError(t, err, full) &&
		assert.Equal(t, stamp.Time, back.Time, full) &&
		assert.Equal(t, stamp.End, back.End, full) &&
		assert.Equal(t, stamp.Sure, back.Sure, full) &&
		assert.Equal(t, full, back.Full(zone), "and shows the same")
}

func FuzzParseStamp(f *testing.F) {
	for _, seed := range []string{
		"", "now", "14:32", "1432", "14h32", "14:32:05.25", "2:32 PM", "2:32pm PST", "14:32Z", "14:32 +01:00",
		"-5m", "-1h30m", "an hour ago", "yesterday 23:50", "last mon 14:30", "2024-11-25 14:32", "20241125T143200Z",
		"2024-11-25T14:32:00.5+01:00", "25 Nov 14:32", "Nov 25th, 2024 at 2pm", "Mon Nov 25 02:32:05 PM UTC 2024",
		"25/Nov/2024:14:32:05 +0000", "@1732545120", "25.11.2024 1?:??", "11/25/2024", "17:00-18:00", "23:50 – 00:10",
		"between 14:10 and 14:25", "14:10…14:25", "~13:30", "13:30ish", "14:??", "??:??", "?", "25:99", "13:55 PM",
		"24:00", "31 Feb", "14:32 BST", "02:30", "14:32-08:00", "14:32 UTC-8", "9999-12-31 23:59", "1970-01-01 00:00 +14:00",
		"\xff", "\x00", "１４：３２", "14:32:04…14:32", "1969-12-31 16:00 -08:00", "مرحبا 14:32", "😀",
	} {
		f.Add(seed, int64(1732545617), uint8(1), int32(0))
		f.Add(seed, int64(1729986300), uint8(1), int32(-86400))
	}
	f.Fuzz(func(t *testing.T, typed string, now int64, zone uint8, day int32) {
		ref := workflow.StampRef{
			Now:  time.Unix(now%4_000_000_000, 0),
			Zone: stampZone(t, stampZoneNames[int(zone)%len(stampZoneNames)]),
		}
		if day != 0 {
			ref.Day = ref.Now.Add(time.Duration(day) * time.Second)
		}
		stamp, err := workflow.ParseStamp(typed, ref)
		if err != nil {
			var refusal *workflow.RuleError
			require.True(t, errors.As(err, &refusal), "a refusal is a rule: %v", err)
			assert.NotEmpty(t, refusal.Says)
			assert.Equal(t, "at", refusal.Field)
			assert.Zero(t, stamp)
			assertStampSurvivesJSON(t, workflow.UnknownStamp(typed))
			return
		}
		assert.Equal(t, typed, stamp.Typed)
		assert.Equal(t, stamp.Sure == workflow.Unknown, !stamp.Known())
		assert.True(t, stamp.End.IsZero() || stamp.End.After(stamp.Time), "an end comes after its start")
		assertStampSurvivesJSON(t, stamp)
		for _, shown := range []*time.Location{nil, time.UTC, ref.Zone} {
			assert.NotEmpty(t, stamp.Clock(shown))
			if !stamp.Time.IsZero() {
				requireFullReadsBack(t, stamp, shown)
			}
		}
	})
}
