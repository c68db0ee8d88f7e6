package data

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A checkpoint copies pages from the write-ahead log into the database. When the
// power goes in the middle of it, the database alone makes no sense, and the
// write-ahead log has everything: taking it for a foreign one would be a loss.
func TestACheckpointThatWasCutOffIsNoDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	live := filepath.Join(t.TempDir(), "firebreak.db")
	s := openAt(t, live)
	position := uint64(0)
	const notes = 90
	note := func(i int) string { return fmt.Sprintf("%d %s", i, strings.Repeat("fire ", i*7%300)) }
	for i := range notes / 2 {
		position = write(t, s, "inc", position, note(i))
	}
	_, err := s.write.ExecContext(t.Context(), "PRAGMA wal_checkpoint(RESTART)")
	require.NoError(t, err)
	for i := notes / 2; i < notes; i++ {
		position = write(t, s, "inc", position, note(i))
	}
	before, err := os.ReadFile(live)
	require.NoError(t, err)
	wal, err := os.ReadFile(live + "-wal")
	require.NoError(t, err)
	_, err = s.write.ExecContext(t.Context(), "PRAGMA wal_checkpoint(PASSIVE)")
	require.NoError(t, err)
	after, err := os.ReadFile(live)
	require.NoError(t, err)
	require.NotEqual(t, before, after, "else this test proves nothing")

	dice := rand.New(rand.NewPCG(1, 1))
	for round := range 60 {
		half := append([]byte(nil), before...)
		half = append(half, make([]byte, len(after)-len(half))...)
		const sector = 512 // a disk writes no page whole, only its sectors
		for at := 0; at < len(after); at += sector {
			if dice.IntN(2) == 0 {
				copy(half[at:at+sector], after[at:])
			}
		}
		path := filepath.Join(t.TempDir(), "firebreak.db")
		require.NoError(t, os.WriteFile(path, half, 0o600))
		require.NoError(t, os.WriteFile(path+"-wal", wal, 0o600))

		diagnosis, err := Examine(t.Context(), ExamineWish{Path: path})
		require.NoError(t, err)
		assert.Empty(t, diagnosis.Harm(), "round %d", round)
		again, err := Open(t.Context(), path, options())
		require.NoError(t, err, "round %d", round)
		assertSound(t, again, notes)
		require.NoError(t, again.Close())
	}
}
