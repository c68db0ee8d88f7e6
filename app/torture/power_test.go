package main

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/torture/disk"
)

// The trial itself is tried: on a short story it finds nothing, and finds
// something as soon as the syncs are gone.
func TestAPowerCutIsFoundHarmlessOnlyWithTheSyncs(t *testing.T) {
	d, err := disk.Insert()
	require.NoError(t, err)
	defer func() { assert.NoError(t, d.Remove()) }()
	d.CheckpointEvery(pagesBetweenCheckpoints)
	s := scale{seed: 1, folder: t.TempDir()}
	dice := rand.New(rand.NewPCG(s.seed, 0))
	told, record, err := tellOnto(t.Context(), d, s, 0, dice)
	require.NoError(t, err)
	j := &judge{tale: told, disk: d, memory: newMemory(), folder: s.folder}

	unsynced, bad := disk.Unsynced(record), 0
	for range 12 {
		found, err := j.image(t.Context(), record, dice.IntN(len(record)+1), disk.AnyLuck(dice), dice, true)
		require.NoError(t, err)
		assert.Empty(t, found.says)
		found, err = j.image(t.Context(), unsynced, dice.IntN(len(unsynced)+1), disk.AnyLuck(dice), dice, false)
		require.NoError(t, err)
		if found.says != "" {
			bad++
		}
	}
	assert.Positive(t, bad)
}

func TestAFileIsTheOldOneOrTheNewOneOrItIsBroken(t *testing.T) {
	before, after := map[string][]byte{"a": []byte("old")}, map[string][]byte{"a": []byte("new!"), "b": []byte("b")}
	for says, one := range map[string]struct {
		found map[string][]byte
		whole bool
	}{
		"the old one":            {map[string][]byte{"a": []byte("old")}, true},
		"the new one":            {map[string][]byte{"a": []byte("new!"), "b": []byte("b")}, true},
		"half of the new one":    {map[string][]byte{"a": []byte("ne")}, false},
		"half of a further one":  {map[string][]byte{"a": []byte("old"), "b": {}}, false},
		"none":                   {map[string][]byte{}, false},
		"something that is left": {map[string][]byte{"a": []byte("old"), "a.tmp": []byte("new!")}, false},
	} {
		assert.Equal(t, one.whole, oldOrNew(before, after, one.found) == nil, says)
	}
}
