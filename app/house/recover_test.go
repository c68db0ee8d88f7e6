package house_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/house"
	"firebreak/app/sample"
	"firebreak/data"
	"firebreak/workflow"
)

// left is a folder with an incident in it, as a program that was closed left it.
func left(t *testing.T) (folder, database string) {
	t.Helper()
	folder = t.TempDir()
	h := moveIn(t, folder)
	h.do(workflow.Declare{Title: "Checkout fails", Severity: "SEV2", Playbook: h.state().Policy})
	h.do(workflow.Note{Text: "rolled back the canary"})
	h.house.Close()
	return folder, filepath.Join(folder, "firebreak.db")
}

func TestADamagedDatabaseIsRepairedAndThePersonIsTold(t *testing.T) {
	folder, database := left(t)
	raw, err := os.ReadFile(database)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(database, bytes.Replace(raw, []byte("SQLite format 3"), []byte("SQLite farmat 3"), 1), 0o600))

	h := moveIn(t, folder)

	assert.Equal(t, "Checkout fails", h.state().Incident.Triage.Title.Get())
	strip := h.state().Strip
	require.NotNil(t, strip)
	assert.Contains(t, strip.Says, "Firebreak repaired it")
	assert.Contains(t, strip.Says, "Nothing is missing.")
	assert.True(t, strip.Health, "the sheet tells more")
	assert.NotEmpty(t, h.state().Health.Done)
	kept, err := filepath.Glob(filepath.Join(folder, "damaged", "*", "firebreak.db"))
	require.NoError(t, err)
	assert.Len(t, kept, 1)
	h.do(workflow.Note{Text: "it goes on"})
}

func TestAMissingDatabaseIsForAPersonToDecide(t *testing.T) {
	folder, database := left(t)
	require.NoError(t, os.Remove(database))
	places, err := data.FindPlaces(folder)
	require.NoError(t, err)
	named := house.Named{Places: places, Clock: &clock{now: sample.Alert()}}

	_, err = house.Build(t.Context(), named)
	var missing *data.Missing
	require.ErrorAs(t, err, &missing)
	assert.NoFileExists(t, database)

	named.StartEmpty = true
	built, err := house.Build(t.Context(), named)
	require.NoError(t, err)
	built.Close()
	assert.FileExists(t, database)
}

func TestADamagedDatabaseThatSomebodyElseHasOpenIsLeftAlone(t *testing.T) {
	folder, database := left(t)
	other, err := data.Open(t.Context(), database, data.Options{Clock: sample.Alert})
	require.NoError(t, err)
	defer other.Close()
	require.NoError(t, other.AskForRepair("a page cannot be read."))
	places, err := data.FindPlaces(folder)
	require.NoError(t, err)

	built, err := house.Build(t.Context(), house.Named{Places: places, Clock: &clock{now: sample.Alert()}})
	require.NoError(t, err, "what somebody works on was looked at when they opened it")
	built.Close()

	_, err = data.Repair(t.Context(), data.RepairWish{Path: database, Clock: sample.Alert})
	require.ErrorContains(t, err, "in use")
	assert.NoDirExists(t, filepath.Join(folder, "damaged"))
}

func TestAnIncidentThatCannotBeReadIsRepairedBeforeTheDeskOpens(t *testing.T) {
	folder, database := left(t)
	raw, err := os.ReadFile(database)
	require.NoError(t, err)
	const page = 4096
	at := bytes.Index(raw, []byte(`"rolled back the canary"`)) / page * page
	require.Positive(t, at)
	for i := range page {
		raw[at+i] ^= 0x55
	}
	require.NoError(t, os.WriteFile(database, raw, 0o600))
	keepsBackup(t, folder)

	h := moveIn(t, folder)

	require.NotNil(t, h.state().Strip)
	assert.Contains(t, h.state().Strip.Says, "Firebreak repaired it")
	assert.Equal(t, "Checkout fails", h.state().Incident.Triage.Title.Get(), "the backup had it")
}

// keepsBackup puts a backup of another, whole copy into the folder.
func keepsBackup(t *testing.T, folder string) {
	t.Helper()
	other, database := left(t)
	raw, err := os.ReadFile(database)
	require.NoError(t, err)
	require.NotEqual(t, folder, other)
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "backups"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "backups", "firebreak-20260203T143200.000Z-asked.db"), raw, 0o600))
}
