package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain lets the test binary be the writers that are killed.
func TestMain(m *testing.M) {
	if code, is := beWriter(); is {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

func tinyKilling(t *testing.T) *killing {
	t.Helper()
	k := newKilling(tiny(t, 3))
	require.NoError(t, k.fresh(t.Context()))
	return k
}

func TestWritersAreKilledAndNothingIsLost(t *testing.T) {
	k := tinyKilling(t)
	for round := range 4 {
		require.NoError(t, k.round(t.Context(), round))
	}
	assert.Positive(t, k.total.Kills)
	assert.Positive(t, k.total.Acknowledged)
}

// lived is a store that one writer has worked on to its own end.
func lived(t *testing.T) (*killing, *life) {
	t.Helper()
	k := tinyKilling(t)
	one, err := start(t.Context(), job{Path: k.path, Seed: 5, Name: "only", Most: 70}, aim{})
	require.NoError(t, err)
	<-one.ended
	require.NoError(t, one.fault())
	return k, one
}

func TestTheAutopsyFindsWhatIsGone(t *testing.T) {
	wounds := map[string]string{
		"an event":         "DROP TRIGGER event_no_delete; DELETE FROM event WHERE n=(SELECT max(n) FROM event)",
		"a changed letter": "DROP TRIGGER event_no_update; UPDATE event SET payload=replace(payload, 'only', 'onlx') WHERE n=(SELECT max(n) FROM event)",
		"a draft":          "DELETE FROM draft WHERE field LIKE 'only%'",
		"a setting":        "UPDATE setting SET value='\"x\"' WHERE name LIKE 'only%'",
		"an export":        "DELETE FROM exported WHERE path LIKE 'only%'",
	}
	for name, wound := range wounds {
		t.Run(name, func(t *testing.T) {
			k, one := lived(t)
			db, err := sql.Open("sqlite", k.path)
			require.NoError(t, err)
			_, err = db.ExecContext(t.Context(), wound)
			require.NoError(t, errors.Join(err, db.Close()))

			require.Error(t, k.examine(t.Context(), []*life{one}))
		})
	}
}

func TestTheAutopsyOfAWholeStoreIsGood(t *testing.T) {
	k, one := lived(t)
	require.NoError(t, k.examine(t.Context(), []*life{one}))
	assert.Zero(t, k.total.Kills)
}

func TestAWriterThatFailsIsAFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	require.NoError(t, os.WriteFile(path, []byte(fmt.Sprintf("%2000s", "not a database")), 0o600))
	one, err := start(context.Background(), job{Path: path, Name: "only"}, aim{})
	require.NoError(t, err)
	<-one.ended
	assert.ErrorContains(t, one.fault(), "only")
}
