package data

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// The test binary is its own second process: with these variables set it
// writes notes into a database, and prints each one that is acknowledged.
const (
	childPath  = "FIREBREAK_TEST_CHILD_PATH"
	childNotes = "FIREBREAK_TEST_CHILD_NOTES"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(childAttachments); folder != "" {
		os.Exit(putAttachments(folder))
	}
	if path := os.Getenv(childPath); path != "" {
		notes, _ := strconv.Atoi(os.Getenv(childNotes))
		if err := writeNotes(path, notes); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if path := os.Getenv(halfPath); path != "" {
		behind, _ := strconv.Atoi(os.Getenv(halfSteps))
		fmt.Fprintln(os.Stderr, migrateAndHalt(path, behind))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func writeNotes(path string, notes int) error {
	s, err := Open(context.Background(), path, options())
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for i := range notes {
		text := fmt.Sprintf("child %d %d", os.Getpid(), i)
		if err := insist(context.Background(), s, "inc", text); err != nil {
			return err
		}
		fmt.Println(text)
	}
	return s.Close()
}

// insist does what the session does: on a conflict it reads what is new and
// decides again.
func insist(ctx context.Context, s *Store, incident workflow.IncidentID, text string) error {
	for position := uint64(0); ; {
		_, _, err := s.Append(ctx, Batch{
			Incident: incident, After: position, Events: []workflow.Event{note(incident, s.Device(), 0, text)}, Summary: summary(incident),
		})
		if !errors.Is(err, workflow.ErrConflict) {
			return err
		}
		log, err := s.Since(ctx, incident, position)
		if err != nil {
			return err
		}
		position = log.Position
	}
}

func child(t *testing.T, path string, notes int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childPath+"="+path, childNotes+"="+strconv.Itoa(notes))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "the child starts")
	require.Equal(t, "ready", lines.Text())
	return cmd, lines
}

func TestTwoStoresInOneProcessLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	const each = 150
	var hands sync.WaitGroup
	for hand := range 2 {
		s := openAt(t, path)
		hands.Go(func() {
			for i := range each {
				assert.NoError(t, insist(context.Background(), s, "inc", fmt.Sprintf("hand %d %d", hand, i)))
			}
		})
	}
	hands.Wait()

	assertSound(t, openAt(t, path), 2*each)
}

func TestTwoProcessesLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	const each = 300
	cmd, lines := child(t, path, each)
	s := openAt(t, path)

	for i := range each {
		require.NoError(t, insist(t.Context(), s, "inc", numbered(i)))
	}
	acknowledged := 0
	for lines.Scan() {
		acknowledged++
	}
	require.NoError(t, cmd.Wait())

	assert.Equal(t, each, acknowledged)
	assertSound(t, s, 2*each)
}

func TestTwoProcessesMayMakeTheSameDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	var opening sync.WaitGroup
	for range 4 {
		opening.Go(func() {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), childPath+"="+path, childNotes+"=1")
			out, err := cmd.CombinedOutput()
			assert.NoError(t, err, "%s", out)
		})
	}
	opening.Wait()
	assertSound(t, openAt(t, path), 4)
}

func TestEveryAcknowledgedNoteSurvivesAKill(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	path := filepath.Join(t.TempDir(), "firebreak.db")
	acknowledged := map[string]bool{}
	for range 20 {
		cmd, lines := child(t, path, 1_000_000)
		for left := rand.IntN(20); lines.Scan(); left-- {
			acknowledged[lines.Text()] = true
			if left == 0 {
				time.AfterFunc(time.Duration(rand.IntN(2000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
			}
		}
		require.Error(t, cmd.Wait(), "the child was killed")
	}

	s := openAt(t, path)
	found := map[string]bool{}
	for _, text := range texts(load(t, s, "inc")) {
		found[text] = true
	}
	for text := range acknowledged {
		assert.True(t, found[text], "%q was acknowledged and is lost", text)
	}
	assertSound(t, s, len(found))
	t.Logf("20 kills, %d acknowledged, %d found", len(acknowledged), len(found))
}

// assertSound checks the whole store, and that an incident "inc" has so many
// notes.
func assertSound(t *testing.T, s *Store, notes int) {
	t.Helper()
	report, err := s.Check(t.Context())
	require.NoError(t, err)
	assert.True(t, report.Sound(), "%+v", report)
	assert.Equal(t, notes, report.Events)
	assert.Len(t, load(t, s, "inc").Events, notes)
}

func TestAWriterWaitsAsLongAsItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	window, terminal := openAt(t, path), openAt(t, path)
	tx, err := window.write.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { assert.NoError(t, tx.Rollback()) }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()

	_, _, err = terminal.Append(ctx, Batch{
		Incident: "inc", Events: []workflow.Event{note("inc", terminal.Device(), 0, "a")}, Summary: summary("inc"),
	})

	require.ErrorIs(t, err, context.DeadlineExceeded)
}
