package page

import (
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// someLabels are up to nine moments, often close together or at one time, with
// words of any width that is allowed.
func someLabels(lots *rand.Rand) []label {
	labels := make([]label, 1+lots.Intn(9))
	for i := range labels {
		labels[i] = label{x: edge + lots.Float64()*(pictureWide-2*edge), wide: 20 + lots.Float64()*(labelWide-20)}
		if i > 0 && lots.Intn(3) == 0 {
			labels[i].x = min(labels[i-1].x+float64(lots.Intn(5)), pictureWide-edge)
		}
	}
	slices.SortStableFunc(labels, func(a, b label) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		default:
			return 0
		}
	})
	return labels
}

func TestNoWordsOfThePictureOverlapAndNoLineRunsThroughThem(t *testing.T) {
	t.Parallel()
	short := 0
	for seed := range 50000 {
		labels := someLabels(rand.New(rand.NewSource(int64(seed))))
		rows, ok := placeLabels(labels, pictureWide)
		if !ok { // what layOut does then: a shorter bar
			shorter := 1.0
			for _, l := range labels {
				shorter = min(shorter, (pictureWide-l.wide-1)/l.x)
			}
			for i, l := range labels {
				labels[i] = label{x: l.x * shorter, wide: l.wide}
			}
			short++
			if rows, ok = placeLabels(labels, pictureWide); !ok {
				t.Fatalf("seed %d: there is room for all: %+v", seed, labels)
			}
		}
		for i, a := range labels {
			from, to := a.span()
			if from < 0 || to > pictureWide || a.row >= rows {
				t.Fatalf("seed %d: words %d stand outside: %+v", seed, i, labels)
			}
			for k, b := range labels {
				if i != k && a.row == b.row && overlap(a, b) {
					t.Fatalf("seed %d: words %d and %d overlap: %+v", seed, i, k, labels)
				}
				// b's line runs from its row down to the bar, through the rows below.
				if i != k && b.row > a.row && b.x > from+5 && b.x < to-5 {
					t.Fatalf("seed %d: the line of %d runs through %d: %+v", seed, k, i, labels)
				}
			}
		}
	}
	assert.Positive(t, short, "both ways are tried")
	assert.Less(t, short, 50000)
}

func TestWordsThatAreTooWideAreCutAtALetter(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "14:32 Detected", shortened("14:32 Detected", 12, 230))
	for _, long := range []string{strings.Repeat("Mitigated ", 20), strings.Repeat("障害", 60), strings.Repeat("z̶̧", 400) + "end of it all and a good deal more"} {
		cut := shortened(long, 12, 230)
		assert.True(t, strings.HasSuffix(cut, "…"), cut)
		assert.LessOrEqual(t, wideOf(cut, 12), 230.0)
		assert.True(t, strings.HasPrefix(long, strings.TrimSuffix(cut, "…")))
	}
}

func TestTheMarksUnderTheBarAreRoundTimesWithRoomBetween(t *testing.T) {
	t.Parallel()
	began := time.Date(2024, 11, 25, 14, 32, 7, 0, time.UTC)
	for _, long := range []time.Duration{
		2 * time.Second, time.Minute, 47 * time.Minute, 5 * time.Hour, 25 * time.Hour, 3 * 24 * time.Hour, 40 * 24 * time.Hour, 250 * 365 * 24 * time.Hour,
	} {
		at, apart := marks(began, began.Add(long))
		assert.NotEmpty(t, at, long)
		assert.LessOrEqual(t, len(at), mostMarks+1, long)
		for _, mark := range at {
			assert.Zero(t, mod(mark.Unix(), apart), "%s: %s", long, mark)
			assert.False(t, mark.Before(began.Truncate(time.Second)) || mark.After(began.Add(long)), "%s: %s", long, mark)
		}
	}
	at, _ := marks(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC))
	assert.LessOrEqual(t, len(at), mostMarks+1)
}
