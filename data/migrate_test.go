package data

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// A released schema's fixture is never written again: -update is for the one
// that is still in the making.
var update = flag.Bool("update", false, "write the fixture of the newest schema anew")

func fixture(version int) string {
	return filepath.Join("testdata", fmt.Sprintf("schema-%d.sql", version))
}

// fill makes the rows that every fixture has.
func fill(t *testing.T, s *Store) {
	t.Helper()
	position := writeAll(t, s, "inc", 0, "Checkout fails", "Rolled back checkout to 1.8.2")
	_, _, err := s.Append(t.Context(), Batch{
		Incident: "inc", After: position, Events: []workflow.Event{note("inc", "laptop", 3, "from the laptop")}, Summary: summary("inc"),
	})
	require.NoError(t, err)
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"inc", "composer"}, Text: "half-typed", Started: morning}))
	require.NoError(t, s.SetSetting(t.Context(), "theme", "dark"))
	require.NoError(t, s.RecordExported(t.Context(), "/repo", "docs/a.md", "sha"))
	_, err = s.Index(t.Context(), 0)
	require.NoError(t, err)
}

func TestEveryReleasedSchemaIsBroughtUpToDate(t *testing.T) {
	newest := len(migrations())
	if *update {
		s := openNew(t)
		fill(t, s)
		require.NoError(t, os.WriteFile(fixture(newest), []byte(dump(t, s.read)), 0o600))
	}
	for version := 1; version <= newest; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			statements, err := os.ReadFile(fixture(version))
			require.NoError(t, err)
			path := filepath.Join(t.TempDir(), "firebreak.db")
			run(t, path, string(statements))

			s := openAt(t, path)

			assertSound(t, s, 3)
			assert.Equal(t, []string{"Checkout fails", "Rolled back checkout to 1.8.2", "from the laptop"}, texts(load(t, s, "inc")))
			list, err := s.List(t.Context(), ListQuery{})
			require.NoError(t, err)
			assert.Equal(t, []workflow.Summary{summary("inc")}, list)
			drafts, err := s.Drafts(t.Context(), "inc")
			require.NoError(t, err)
			assert.Equal(t, []Draft{{Key: DraftKey{"inc", "composer"}, Text: "half-typed", Started: morning}}, drafts)
			var theme string
			_, err = s.Setting(t.Context(), "theme", &theme)
			require.NoError(t, err)
			assert.Equal(t, "dark", theme)
			_, exported, err := s.Exported(t.Context(), "/repo", "docs/a.md")
			require.NoError(t, err)
			assert.True(t, exported)
			assert.Len(t, search(t, s, "checkout"), 2)
			write(t, s, "inc", load(t, s, "inc").Position, "and it can be written")
		})
	}
}

// dump writes a database as SQL, without the index's own tables.
func dump(t *testing.T, db *sql.DB) string {
	t.Helper()
	var out strings.Builder
	tables := []string{"migration", "device", "event", "summary", "draft", "setting", "exported", "mark", "wording", "damaged", "missing"}
	for _, schema := range column(t, db, `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type='table' AND name NOT LIKE 'wording\_fts\_%' ESCAPE '\'`) {
		fmt.Fprintf(&out, "%s;\n", schema)
	}
	for _, table := range tables {
		names := column(t, db, "SELECT name FROM pragma_table_info('"+table+"') ORDER BY cid")
		values := "quote(" + strings.Join(names, ")||','||quote(") + ")"
		for _, row := range column(t, db, "SELECT "+values+" FROM "+table) {
			fmt.Fprintf(&out, "INSERT INTO %s(%s) VALUES(%s);\n", table, strings.Join(names, ", "), row)
		}
	}
	for _, schema := range column(t, db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type<>'table'") {
		fmt.Fprintf(&out, "%s;\n", schema)
	}
	var version int
	require.NoError(t, db.QueryRow("PRAGMA user_version").Scan(&version))
	fmt.Fprintf(&out, "INSERT INTO wording_fts(wording_fts) VALUES('rebuild');\nPRAGMA application_id=%d;\nPRAGMA user_version=%d;\n", applicationID, version)
	return out.String()
}

func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	require.NoError(t, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var value string
		require.NoError(t, rows.Scan(&value))
		out = append(out, value)
	}
	require.NoError(t, rows.Err())
	return out
}

// withNext is today's schema and a step that is not there yet.
func withNext(statement string) []migration {
	return append(migrations(), migration{version: len(migrations()) + 1, says: "a test", sql: statement})
}

func migrateTo(t *testing.T, path string, steps []migration) error {
	t.Helper()
	db, err := connect(path, readWrite, 1)
	require.NoError(t, err)
	defer db.Close()
	return migrate(t.Context(), db, path, morning, steps)
}

func TestAMigrationFirstKeepsAVerifiedBackup(t *testing.T) {
	path := threeNotes(t)

	require.NoError(t, migrateTo(t, path, withNext("ALTER TABLE summary ADD COLUMN cause TEXT")))

	backup := filepath.Join(filepath.Dir(path), "backups", "firebreak-20260203T143200.000Z-before-v4-sound.db")
	info, err := os.Stat(backup)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	s := openAt(t, backup)
	assertSound(t, s, 3)
	_, err = Open(t.Context(), path, options())
	require.ErrorContains(t, err, "a newer Firebreak")
}

func TestTwoThatMigrateInTheSameMomentKeepABackupEach(t *testing.T) {
	s := openAt(t, threeNotes(t))

	for range 3 {
		require.NoError(t, backupBefore(t.Context(), s.path, 2, morning))
	}

	backups, err := filepath.Glob(filepath.Join(filepath.Dir(s.path), "backups", "*.db"))
	require.NoError(t, err)
	require.Len(t, backups, 3)
	for _, path := range backups {
		assertSound(t, openAt(t, path), 3)
	}
}

func TestAMigrationThatFailsLeavesTheDatabaseAsItWas(t *testing.T) {
	path := threeNotes(t)

	err := migrateTo(t, path, withNext("CREATE TABLE cause(text TEXT) STRICT; INSERT INTO cause VALUES('a'); SELECT nonsense"))

	require.Error(t, err)
	s := openAt(t, path)
	assertSound(t, s, 3)
	assert.Empty(t, column(t, s.read, "SELECT name FROM sqlite_schema WHERE name='cause'"))
}

func TestNothingIsMigratedWithoutABackup(t *testing.T) {
	path := threeNotes(t)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(path), "backups"), nil, 0o600))

	err := migrateTo(t, path, withNext("ALTER TABLE summary ADD COLUMN cause TEXT"))

	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Says, "the backup before that failed")
	assertSound(t, openAt(t, path), 3)
}

func TestAnOlderIndexIsMadeAnewSoThatLongNotesAreFoundByTheirLastWord(t *testing.T) {
	statements, err := os.ReadFile(fixture(1))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "firebreak.db")
	run(t, path, string(statements)+"\nUPDATE wording SET text='only its beginning'; INSERT INTO wording_fts(wording_fts) VALUES('rebuild');")
	s := openAt(t, path)
	assert.NotEmpty(t, search(t, s, "laptop"), "read from the log, not from the older index")
	assert.Empty(t, search(t, s, "beginning"))
}
