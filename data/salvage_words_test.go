package data

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A flipped bit in front of a row can say that its seal is longer than it is:
// then the row cannot be read, and its words still can.
func TestTheWordsOfARowWhoseSealCannotBeReadAreKept(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	path := threeNotes(t)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	words := load(t, openAt(t, path), "inc").Events[1]
	text := bytes.Index(whole, []byte(`{"id":"`+string(words.ID)))
	require.Positive(t, text)
	cases := 0
	for bit := (text - 120) * 8; bit < text*8 && cases < 3; bit++ {
		hurt := bytes.Clone(whole)
		hurt[bit/8] ^= 1 << (bit % 8)
		at := t.TempDir() + "/firebreak.db"
		require.NoError(t, os.WriteFile(at, hurt, 0o600))
		db, err := connectStill(at)
		require.NoError(t, err)
		var payload string
		var seal []byte
		alone := db.QueryRow("SELECT payload FROM event WHERE n=2").Scan(&payload)
		together := db.QueryRow("SELECT sum FROM event WHERE n=2").Scan(&seal)
		require.NoError(t, db.Close())
		if alone != nil || together == nil || !bytes.Contains(whole, []byte(payload)) {
			continue
		}
		done, err := Repair(t.Context(), RepairWish{Path: at, Clock: options().Clock})

		require.NoError(t, err)
		if done.Events == 3 {
			continue // a search of the page found all of it
		}
		cases++
		assert.Equal(t, 2, done.Events)
		require.Len(t, done.Damaged, 1)
		assert.Equal(t, payload, done.Damaged[0].Payload)
		assert.Empty(t, done.Missing, "it is kept, so it is not missing")
	}
	require.Positive(t, cases, "else this test proves nothing")
}
