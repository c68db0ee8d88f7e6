package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
	"firebreak/data"
)

// ill is a shell on data that was written, closed, and then damaged.
func ill(t *testing.T) (s *shell, database string) {
	t.Helper()
	s = newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	for _, note := range []string{"rolled back the canary", "errors went down", "told the team"} {
		s.does("log", note)
	}
	return s, filepath.Join(s.data, "firebreak.db")
}

// keepsBackup puts a backup of the database as it is beside it.
func keepsBackup(t *testing.T, database string, at time.Time) {
	t.Helper()
	raw, err := os.ReadFile(database)
	require.NoError(t, err)
	dir := filepath.Join(filepath.Dir(database), "backups")
	require.NoError(t, os.MkdirAll(dir, 0o700))
	name := filepath.Join(dir, "firebreak-"+at.Format("20060102T150405.000Z")+"-asked.db")
	require.NoError(t, os.WriteFile(name, raw, 0o600))
	require.NoError(t, os.Chtimes(name, at, at))
}

func change(t *testing.T, path, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(raw), from)
	require.NoError(t, os.WriteFile(path, bytes.ReplaceAll(raw, []byte(from), []byte(to)), 0o600))
}

var (
	aUUID  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	spaces = regexp.MustCompile(`[ \n]+`)
)

// plain is what was printed without what differs from run to run.
func (s *shell) plain(text string) string {
	text = aUUID.ReplaceAllString(strings.ReplaceAll(text, s.data, "DATA"), "UUID")
	return spaces.ReplaceAllString(text, " ")
}

func TestTheDoctorNamesEveryDamageAndRepairsIt(t *testing.T) {
	const flipped = `{"type":"note","text":"errors went down"}`
	for name, one := range map[string]struct {
		harm   func(t *testing.T, database string)
		says   string
		loss   int  // the exit code of a repair without a backup
		cannot bool // nothing can be saved without one
	}{
		"a flipped bit": {
			harm: func(t *testing.T, database string) {
				change(t, database, flipped, strings.Replace(flipped, "down", "dowm", 1))
			},
			says: "DAMAGE The change at place", loss: cli.ExitLoss,
		},
		"a text file": {
			harm: func(t *testing.T, database string) {
				require.NoError(t, os.WriteFile(database, bytes.Repeat([]byte("hello "), 2000), 0o600))
			},
			says: "is not a database", cannot: true,
		},
		"a missing database": {
			harm: func(t *testing.T, database string) { require.NoError(t, os.Remove(database)) },
			says: "There is no database, but there was one", cannot: true,
		},
		"an empty file": {
			harm: func(t *testing.T, database string) { require.NoError(t, os.Truncate(database, 0)) },
			says: "There is no database, but there was one", cannot: true,
		},
		"a cut file": {
			harm: func(t *testing.T, database string) { require.NoError(t, os.Truncate(database, 12288)) },
			says: "was cut short", cannot: true,
		},
		"a destroyed head": {
			harm: func(t *testing.T, database string) { change(t, database, "SQLite format 3", "SQLite farmat 3") },
			says: "its beginning is destroyed", loss: cli.ExitRepaired,
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, backed := range []bool{true, false} {
				s, database := ill(t)
				if backed {
					keepsBackup(t, database, s.now)
				}
				one.harm(t, database)

				got := s.runs("doctor")
				assert.Equal(t, cli.ExitDamaged, got.exit, got.out+got.err)
				assert.Contains(t, s.plain(got.out), one.says)

				got = s.runs("doctor", "--repair")
				switch {
				case backed:
					assert.Equal(t, cli.ExitRepaired, got.exit, got.out+got.err)
				case one.cannot:
					assert.Equal(t, cli.ExitDamaged, got.exit, got.out+got.err)
					assert.Contains(t, got.err, "firebreak doctor --start-empty")
					continue
				default:
					assert.Equal(t, one.loss, got.exit, got.out+got.err)
				}
				assert.Equal(t, 0, s.runs("doctor").exit, s.runs("doctor").out)
				assert.Contains(t, s.does("status"), "Checkout fails")
				s.does("log", "and it goes on")
			}
		})
	}
}

func TestTheDoctorSpeaksPlainly(t *testing.T) {
	s, database := ill(t)
	golden(t, "doctor-well.txt", s.tidy(s.does("doctor")))
	keepsBackup(t, database, s.now)
	change(t, database, "errors went down", "errors went dowm")
	golden(t, "doctor-damaged.txt", s.tidy(s.runs("doctor").out))
	golden(t, "doctor-repaired.txt", s.tidy(s.runs("doctor", "--repair").out))
	assert.Contains(t, s.does("show"), "errors went down", "the backup had it")
}

// tidy keeps the lines, for a golden file.
func (s *shell) tidy(text string) string {
	text = aUUID.ReplaceAllString(strings.ReplaceAll(text, s.data, "DATA"), "UUID")
	return regexp.MustCompile(`damaged/\S+?;`).ReplaceAllString(text, "damaged/TIME;")
}

func TestTheDoctorAnswersPrograms(t *testing.T) {
	s, database := ill(t)
	change(t, database, "errors went down", "errors went dowm")
	got := s.runs("doctor", "--json")
	assert.Equal(t, cli.ExitDamaged, got.exit)
	var asked struct {
		Healthy  bool
		Findings []struct{ Fault, Gravity string }
		Damaged  []struct{ Raw string }
	}
	require.NoError(t, json.Unmarshal([]byte(got.out), &asked))
	assert.False(t, asked.Healthy)
	assert.Equal(t, string(data.EventDamaged), asked.Findings[0].Fault)
	require.Len(t, asked.Damaged, 1)
	assert.Contains(t, asked.Damaged[0].Raw, "errors went dowm")
}

func TestTheDoctorLooksWithoutMakingAnything(t *testing.T) {
	s := newShell(t)
	s.fails(cli.ExitNothing, "doctor")
	assert.NoDirExists(t, s.data)
}

func TestTheDoctorMendsWhatIsInUse(t *testing.T) {
	s, database := ill(t)
	keepsBackup(t, database, s.now)
	change(t, database, "errors went down", "errors went dowm")
	store, err := data.Open(t.Context(), database, data.Options{Clock: func() time.Time { return s.now }})
	require.NoError(t, err)
	defer store.Close()

	got := s.runs("doctor", "--repair")

	assert.Equal(t, cli.ExitRepaired, got.exit, got.out+got.err)
	assert.Contains(t, s.does("show"), "errors went down")
}

func TestAMissingDatabaseIsNeverBegunEmptyWithoutAWord(t *testing.T) {
	s, database := ill(t)
	require.NoError(t, os.Remove(database))

	says := s.fails(cli.ExitDamaged, "log", "where is everything?")
	assert.Contains(t, says, "firebreak restore latest")
	assert.Contains(t, says, "firebreak doctor --start-empty")
	assert.NoFileExists(t, database)

	assert.Contains(t, s.does("doctor", "--start-empty"), "An empty database begins")
	s.does("declare", "Search is slow")
	s.fails(cli.ExitNothing, "doctor", "--start-empty")
}

func TestACommandRepairsWhatItCannotOpen(t *testing.T) {
	s, database := ill(t)
	change(t, database, "SQLite format 3", "SQLite farmat 3")

	got := s.runs("log", "it goes on")

	require.Zero(t, got.exit, got.err)
	assert.Contains(t, got.err, "it was repaired")
	assert.Contains(t, got.err, "Nothing is missing.")
	assert.Contains(t, s.does("show"), "rolled back the canary")
}
