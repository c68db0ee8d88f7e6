package data

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// unguarded is what somebody with another tool can do to the closed file.
var unguarded = []string{"DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete"}

// threeNotes is a closed database with the notes one, two and three.
func threeNotes(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	position := uint64(0)
	for _, text := range []string{"one", "two", "three"} {
		position = write(t, s, "inc", position, text)
	}
	require.NoError(t, s.Close())
	return path
}

func TestDamageIsNamedAndNeverFoldedIn(t *testing.T) {
	tests := map[string]struct {
		damage string
		says   string
		gaps   int
	}{
		"a changed word":       {"UPDATE event SET payload=replace(payload, 'two', 'twx') WHERE n=2", "not the one that was written", 0},
		"not an event":         {"UPDATE event SET payload='[]' WHERE n=2", "not the one that was written", 0},
		"another sum":          {"UPDATE event SET sum=randomblob(16) WHERE n=2", "not the one that was written", 1},
		"another incident":     {"UPDATE event SET id='x' WHERE n=2", "does not belong to it", 0},
		"a redaction of air":   {"UPDATE event SET kind='redacted@1', payload='[]', salt=zeroblob(16) WHERE n=2", "cannot be read", 0},
		"a redaction of facts": {"UPDATE event SET kind='redacted@1', salt=zeroblob(16) WHERE n=2", "does not belong to it", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := threeNotes(t)
			run(t, path, append(unguarded, test.damage)...)

			s := openAt(t, path)
			log := load(t, s, "inc")
			report, err := s.Check(t.Context())
			require.NoError(t, err)

			assert.Equal(t, []string{"one", "three"}, texts(log))
			assert.Equal(t, uint64(3), log.Position)
			require.Len(t, log.Damaged, 1)
			assert.Equal(t, uint64(2), log.Damaged[0].Position)
			assert.Contains(t, log.Damaged[0].Says, test.says)
			require.Len(t, report.Damaged, 1)
			assert.Equal(t, s.Device(), report.Damaged[0].Device)
			report.Damaged[0].Device = ""
			assert.Equal(t, log.Damaged, report.Damaged)
			assert.Len(t, report.Gaps, test.gaps)
			assert.False(t, report.Sound())
		})
	}
}

func TestAMissingEventIsAGap(t *testing.T) {
	path := threeNotes(t)
	run(t, path, append(unguarded, "DELETE FROM event WHERE n=2")...)
	s := openAt(t, path)

	report, err := s.Check(t.Context())

	require.NoError(t, err)
	assert.Equal(t, []Gap{{Device: s.Device(), From: 2, To: 2}}, report.Gaps)
	assert.Empty(t, report.Damaged)
}

func TestEventsInAnotherOrderDoNotFollow(t *testing.T) {
	path := threeNotes(t)
	run(t, path, append(unguarded,
		"UPDATE event SET seq=9 WHERE n=2", "UPDATE event SET seq=2 WHERE n=3", "UPDATE event SET seq=3 WHERE n=2")...)
	s := openAt(t, path)

	report, err := s.Check(t.Context())

	require.NoError(t, err)
	assert.Len(t, report.Gaps, 2)
	assert.Len(t, report.Damaged, 2, "the number is under the seal")
}

func TestARedactedEventIsReadAndSound(t *testing.T) {
	path := threeNotes(t)
	s := openAt(t, path)
	e := load(t, s, "inc").Events[1]
	e.Body = workflow.Redacted{Was: e.Body.Kind(), By: "Jane", Why: "a password"}
	payload, err := workflow.Encode(e)
	require.NoError(t, err)

	blot := "UPDATE event SET kind='redacted@1', payload=?, salt=zeroblob(16) WHERE n=2"
	_, err = s.write.Exec(blot, string(payload))
	require.NoError(t, err)
	_, err = s.write.Exec(blot, string(payload))
	require.Error(t, err, "only once")

	report, err := s.Check(t.Context())
	require.NoError(t, err)
	assert.True(t, report.Sound(), "%+v", report)
	assert.Equal(t, e, load(t, s, "inc").Events[1])
}

func TestALostEndIsNoticedBeforeAnythingIsWritten(t *testing.T) {
	path := threeNotes(t)
	run(t, path, append(unguarded, "DELETE FROM event WHERE n>1")...)

	for range 2 {
		_, err := Open(t.Context(), path, options())
		var damaged *Damaged
		require.ErrorAs(t, err, &damaged, "also the second time")
		require.Len(t, damaged.Findings, 1)
		assert.Equal(t, EndLost, damaged.Findings[0].Fault)
		assert.Contains(t, damaged.Says, "2 saved changes up to number 3")
	}
}

func TestALogThatWasReplacedIsNoticed(t *testing.T) {
	path, other := threeNotes(t), threeNotes(t)
	require.NoError(t, os.Rename(other, path))

	_, err := Open(t.Context(), path, options())

	var damaged *Damaged
	require.ErrorAs(t, err, &damaged)
	assert.Equal(t, LogReplaced, damaged.Findings[0].Fault)
}

func TestAWitnessThatLagsOrIsTornRaisesNoAlarm(t *testing.T) {
	for name, says := range map[string]string{"behind": `{"n":0,"sum":""}`, "torn": `{"n":99,`, "empty": ``} {
		path := threeNotes(t)
		require.NoError(t, os.WriteFile(path+".witness", []byte(says), 0o600))
		s := openAt(t, path)
		report, err := s.Check(t.Context())
		require.NoError(t, err)
		assert.True(t, report.Sound(), "%s: %+v", name, report)
	}
}

func TestAGarbledPageIsReported(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	many := make([]string, 400)
	for i := range many {
		many[i] = numbered(i)
	}
	writeAll(t, s, "inc", 0, many...)
	root := leafOf(t, s.write)
	require.NoError(t, s.Close())
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	require.NoError(t, err)
	_, err = f.WriteAt(make([]byte, 4096), int64(root-1)*4096)
	require.NoError(t, err)
	require.NoError(t, f.Close())

	s = openAt(t, path)
	report, err := s.Check(t.Context())

	require.NoError(t, err)
	assert.NotEmpty(t, report.Engine)
	_, err = s.Load(t.Context(), "inc")
	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Says, "damaged")
}

// leafOf is a page in the middle of the events.
func leafOf(t *testing.T, db *sql.DB) (page int) {
	t.Helper()
	require.NoError(t, db.QueryRow(
		"SELECT pageno FROM dbstat WHERE name='event' AND pagetype='leaf' ORDER BY path LIMIT 1 OFFSET 5").Scan(&page))
	return page
}
