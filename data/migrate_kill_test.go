package data

import (
	"bufio"
	"context"
	"database/sql/driver"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"modernc.org/sqlite"
)

// With these variables set, the test binary is a process that migrates a
// database and stops dead at a statement, to be killed there.
const (
	halfPath  = "FIREBREAK_TEST_MIGRATE_PATH"
	halfSteps = "FIREBREAK_TEST_MIGRATE_STEP"
)

// migrateAndHalt runs the migrations, and stops for good behind a number of
// statements of those that are still to be run.
func migrateAndHalt(path string, behind int) error {
	err := sqlite.RegisterScalarFunction("halt", 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
		halt()
		return nil, nil
	})
	if err != nil {
		return err
	}
	if err := createFile(path); err != nil {
		return err
	}
	ctx := context.Background()
	db, err := connect(path, readWrite, 1)
	if err != nil {
		return err
	}
	found, err := identify(ctx, db, path, len(migrations()))
	if err != nil {
		return err
	}
	steps := migrations()
	for i := range steps {
		if steps[i].version <= found {
			continue
		}
		statements := statementsIn(steps[i].sql)
		if behind <= len(statements) {
			steps[i].sql = strings.Join(append(statements[:behind:behind], "SELECT halt();"), "\n")
			break
		}
		behind -= len(statements) + 1
	}
	if err := migrate(ctx, db, path, morning, steps); err != nil {
		return err
	}
	halt()
	return nil
}

// halt says where the process is, and waits there for its end.
func halt() {
	fmt.Println("halted")
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// statementsIn takes a schema apart. A trigger ends with its own END.
func statementsIn(sql string) []string {
	var all []string
	var one strings.Builder
	inTrigger := false
	for line := range strings.Lines(sql) {
		code, _, _ := strings.Cut(line, "--")
		one.WriteString(code + "\n")
		inTrigger = inTrigger || strings.HasPrefix(strings.TrimSpace(code), "CREATE TRIGGER")
		ends := strings.HasSuffix(strings.TrimSpace(code), ";")
		if inTrigger {
			ends = strings.HasSuffix(strings.TrimSpace(code), "END;")
		}
		if ends {
			all = append(all, one.String())
			one.Reset()
			inTrigger = false
		}
	}
	return all
}

// killedAt migrates a database in another process and kills it.
func killedAt(t *testing.T, path string, behind int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), halfPath+"="+path, halfSteps+"="+strconv.Itoa(behind))
	cmd.Stderr = os.Stderr
	_, err := cmd.StdinPipe() // stays open, so that it waits
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	assert.NoError(t, err)
	assert.Equal(t, "halted\n", line)
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait() // it was killed
}

func TestAMigrationKilledAtAnyStatementIsDoneByTheNextStart(t *testing.T) {
	old, err := os.ReadFile(fixture(1))
	require.NoError(t, err)
	statements := len(statementsIn(schema2)) + 1 + len(statementsIn(schema3))
	require.Greater(t, statements, 2, "else the schema is not taken apart as it should be")
	for behind := range statements + 2 {
		t.Run(fmt.Sprint(behind), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "firebreak.db")
			run(t, path, string(old))
			killedAt(t, path, behind)
			for range 2 {
				s, err := Open(t.Context(), path, options())
				require.NoError(t, err)
				assertSound(t, s, 3)
				assert.Equal(t, []string{"1", "2", "3"}, column(t, s.read, "SELECT version FROM migration ORDER BY version"))
				require.NoError(t, s.Close())
			}
			backups, err := filepath.Glob(filepath.Join(filepath.Dir(path), "backups", "*.db"))
			require.NoError(t, err)
			assert.NotEmpty(t, backups)
		})
	}
}

func TestAFirstStartKilledAtAnyStatementIsDoneByTheNext(t *testing.T) {
	all := len(statementsIn(schema1)) + 1 + len(statementsIn(schema2)) + 1 + len(statementsIn(schema3)) + 1
	require.Greater(t, all, 18)
	for behind := 0; behind <= all; behind += 2 {
		t.Run(fmt.Sprint(behind), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "firebreak.db")
			killedAt(t, path, behind)
			for range 2 {
				s, err := Open(t.Context(), path, options())
				require.NoError(t, err)
				write(t, s, "inc", load(t, s, "inc").Position, "it goes on")
				require.NoError(t, s.Close())
			}
			assertSound(t, openAt(t, path), 2)
		})
	}
}
