package data

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// aged is a backup that is so old.
func aged(old time.Duration, why Reason, verdict Verdict) Backup {
	at := morning.Add(-old)
	return Backup{Path: nameOf("firebreak", at, why, verdict), Database: "firebreak", At: at, Why: why, Verdict: verdict}
}

// rhythm is a backup every so often, the newest first.
func rhythm(from, to, every time.Duration, verdict Verdict) (out []Backup) {
	for old := from; old <= to; old += every {
		out = append(out, aged(old, Timed, verdict))
	}
	return out
}

// kept is how old those are that stay.
func kept(list []Backup, keep int) (out []time.Duration) {
	gone := map[string]bool{}
	for _, b := range superfluous(list, morning, keep) {
		gone[b.Path] = true
	}
	for _, b := range list {
		if !gone[b.Path] {
			out = append(out, morning.Sub(b.At))
		}
	}
	return out
}

func TestBackupsGrowSparseWithAge(t *testing.T) {
	const quarter, day = 15 * time.Minute, 24 * time.Hour
	for name, test := range map[string]struct {
		list []Backup
		keep int
		want func(t *testing.T, left []time.Duration)
	}{
		"a few stay as they are": {rhythm(0, time.Hour, quarter, VerdictSound), 48, func(t *testing.T, left []time.Duration) {
			assert.Len(t, left, 5)
		}},
		"a long incident": {rhythm(0, 2*day, quarter, VerdictSound), 48, func(t *testing.T, left []time.Duration) {
			assert.LessOrEqual(t, len(left), 48)
			assert.Equal(t, []time.Duration{0, quarter, 2 * quarter}, left[:3])
			assert.Equal(t, 13, within(left, 0, 3*time.Hour), "each of the last three hours")
			assert.InDelta(t, 21, within(left, 3*time.Hour+1, day), 1, "one an hour")
			assert.InDelta(t, 2, within(left, day+1, 3*day), 1, "one a day")
		}},
		"a year of work": {rhythm(0, 365*day, 7*time.Hour, VerdictSound), 48, func(t *testing.T, left []time.Duration) {
			assert.Len(t, left, 48)
			assert.InDelta(t, 6, within(left, day+1, 7*day), 1, "one a day for a week")
			assert.Greater(t, left[47], 180*day, "and one a week as far as they reach")
		}},
		"many in one minute": {rhythm(0, time.Hour, time.Minute, VerdictSound), 10, func(t *testing.T, left []time.Duration) {
			assert.Len(t, left, 10)
			assert.Equal(t, 9*time.Minute, left[9], "the newest stay")
		}},
		"the newest sound one stays although it is old": {
			append(rhythm(0, day, quarter, VerdictCompared), aged(300*day, Timed, VerdictSound)), 5, func(t *testing.T, left []time.Duration) {
				assert.Len(t, left, 5)
				assert.Contains(t, left, 300*day)
			},
		},
		"damaged ones push nothing out": {
			append(rhythm(0, 3*time.Hour, quarter, VerdictDamaged), rhythm(4*time.Hour, 30*time.Hour, time.Hour, VerdictSound)...), 48,
			func(t *testing.T, left []time.Duration) {
				assert.Equal(t, 3, within(left, 0, 3*time.Hour))
				assert.GreaterOrEqual(t, within(left, 4*time.Hour, 30*time.Hour), 22)
			},
		},
		"those before a large step stay a month": {
			[]Backup{
				aged(0, Timed, VerdictSound), aged(time.Hour, BeforeRestore, VerdictSound), aged(day, "before-v3", VerdictSound),
				aged(29*day, "before-v2", VerdictSound), aged(31*day, BeforeRestore, VerdictSound),
			}, 1, func(t *testing.T, left []time.Duration) {
				assert.Equal(t, []time.Duration{0, time.Hour, day, 29 * day}, left)
			},
		},
		"those of a clock that was ahead do not push out what is made now": {
			append(rhythm(-400*day, -370*day, day, VerdictCompared), rhythm(0, 2*time.Hour, quarter, VerdictCompared)...), 12,
			func(t *testing.T, left []time.Duration) {
				assert.Equal(t, 9, within(left, 0, 2*time.Hour))
				assert.Len(t, left, 12)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			left := kept(test.list, test.keep)
			test.want(t, left)
			again := keptOf(test.list, left)
			assert.Equal(t, left, kept(again, test.keep), "a second time changes nothing")
		})
	}
}

func within(left []time.Duration, from, to time.Duration) (n int) {
	for _, old := range left {
		if old >= from && old <= to {
			n++
		}
	}
	return n
}

func keptOf(list []Backup, left []time.Duration) (out []Backup) {
	for _, b := range list {
		for _, old := range left {
			if morning.Sub(b.At) == old {
				out = append(out, b)
				break
			}
		}
	}
	return out
}

func TestThinningAsTimeGoesOnKeepsARhythmAtEveryMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	var list []Backup
	now := morning
	for range 60 * 24 * 4 { // sixty days of quarters of an hour
		now = now.Add(15 * time.Minute)
		list = append([]Backup{{Path: now.String(), At: now, Why: Timed, Verdict: VerdictSound}}, list...)
		gone := map[string]bool{}
		for _, b := range superfluous(list, now, KeepBackups) {
			gone[b.Path] = true
		}
		var left []Backup
		for _, b := range list {
			if !gone[b.Path] {
				left = append(left, b)
			}
		}
		list = left
		require.LessOrEqual(t, len(list), KeepBackups)
	}
	var last time.Duration
	for _, b := range list {
		old := now.Sub(b.At)
		limit := map[bool]time.Duration{true: 16 * time.Minute, false: 2 * time.Hour}[old <= 3*time.Hour]
		if old > 25*time.Hour {
			limit = 49 * time.Hour
		}
		if old > 8*24*time.Hour {
			limit = 15 * 24 * time.Hour
		}
		assert.LessOrEqual(t, old-last, limit, "a hole before %v", old)
		last = old
	}
	assert.Greater(t, last, 30*24*time.Hour)
}

func TestThinRemovesFilesOfThisDatabaseOnly(t *testing.T) {
	dir := t.TempDir()
	touch := func(name string, old time.Duration) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		at := morning.Add(-old)
		require.NoError(t, os.Chtimes(path, at, at))
		return path
	}
	for i := range 5 {
		touch(nameOf("firebreak", morning.Add(-time.Duration(i)*time.Minute), Timed, VerdictSound), 0)
		touch(nameOf("sample", morning.Add(-time.Duration(i)*time.Minute), Timed, VerdictSound), 0)
	}
	mine := touch("my own copy.db", 0)
	fresh := touch(nameOf("firebreak", morning, Asked, VerdictCompared)+partialSuffix, time.Minute)
	stale := touch(nameOf("firebreak", morning.Add(-time.Hour), Asked, VerdictCompared)+partialSuffix, 3*time.Hour)

	removed, err := Thin(dir, "/data/firebreak.db", morning, 2)

	require.NoError(t, err)
	assert.Len(t, removed, 3)
	assert.Len(t, named(dir, "firebreak"), 2)
	assert.Len(t, named(dir, "sample"), 5)
	assert.FileExists(t, mine)
	assert.FileExists(t, fresh, "somebody may be writing it")
	assert.NoFileExists(t, stale)
}

func TestABackupsNameIsReadAsItIsWritten(t *testing.T) {
	for _, why := range []Reason{Timed, Asked, OnQuit, BeforeRestore, beforeVersion(12)} {
		for _, verdict := range []Verdict{VerdictCompared, VerdictSound, VerdictDamaged} {
			name := nameOf("my-db", morning, why, verdict)
			got, ok := readName(name)
			require.True(t, ok, name)
			assert.Equal(t, Backup{Path: name, Database: "my-db", At: morning, Why: why, Verdict: verdict}, got)
		}
	}
	for _, name := range []string{"firebreak.db", "x.db", "firebreak-20260203T143200.000Z-timed.db.partial", "firebreak-20269903T143200.000Z-timed.db", fmt.Sprintf("%s.txt", nameOf("a", morning, Timed, ""))} {
		_, ok := readName(name)
		assert.False(t, ok, name)
	}
}
