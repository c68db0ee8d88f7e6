package main

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func tinyTearing(t *testing.T) *tearing {
	t.Helper()
	tear := newTearing(tiny(t, 2))
	tear.acts = 20
	require.NoError(t, tear.original(t.Context()))
	return tear
}

func TestAWoundIsSaidAndWhatABackupHasComesBack(t *testing.T) {
	tear := tinyTearing(t)
	all, err := tear.wounds()
	require.NoError(t, err)
	few := []wound{all[0], all[1], all[4]}
	few = append(few, tear.flips(database, 60_000, 1)...)

	require.NoError(t, tear.each(t.Context(), few))

	assert.Equal(t, len(few), tear.total.Rounds)
	assert.Positive(t, tear.harmless)
	assert.Positive(t, tear.whole)
	assert.Positive(t, tear.refused)
}

func TestALossThatNobodyNamesIsFound(t *testing.T) {
	tear := tinyTearing(t)
	quiet := wound{"an event taken out by hand", func(folder string) error {
		return inside(t.Context(), folder, "DROP TRIGGER event_no_delete; DELETE FROM event WHERE n=3")
	}}
	require.NoError(t, tear.each(t.Context(), []wound{quiet}), "a gap is named")

	tear.truth.events["never written"] = entry{position: 1 << 40}
	require.ErrorContains(t, tear.each(t.Context(), []wound{{"nothing", func(string) error { return nil }}}), "named nowhere")
}

func TestAnEventThatIsNotTheOneThatWasWrittenIsFound(t *testing.T) {
	tear := tinyTearing(t)
	for id, e := range tear.truth.events {
		e.payload += " "
		tear.truth.events[id] = e
		read, err := workflow.Decode([]byte(e.payload))
		require.NoError(t, err)
		read.Seq = e.seq
		assert.ErrorContains(t, tear.truth.holds(read), "was written as")
		return
	}
}

// inside changes a database as somebody with another tool can.
func inside(ctx context.Context, folder, statements string) error {
	db, err := sql.Open("sqlite", filepath.Join(folder, database))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statements)
	return errors.Join(err, db.Close())
}
