package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/assets"
	"firebreak/data"
	"firebreak/data/playbook"
	"firebreak/workflow"
)

// here is a run in a folder of its own; ids differ in their last digits.
func here(t *testing.T) *run {
	made, now := 0, time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)
	r := &run{World: World{
		In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Zone: time.UTC, Login: "jane",
		Now: func() time.Time { return now }, Env: func(string) string { return "" },
		NewID: func() workflow.EventID {
			made++
			return workflow.EventID(time.Unix(int64(made), 0).UTC().Format("150405"))
		},
	}}
	r.flags.dataDir = t.TempDir()
	t.Cleanup(func() { assert.NoError(t, r.close()) })
	return r
}

func standard(t *testing.T) workflow.Playbook {
	t.Helper()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	return p
}

func TestEveryCommandSaysWhatItDoesAndShowsHow(t *testing.T) {
	root := here(t).command()
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, child := range cmd.Commands() {
			name := child.CommandPath()
			if child.Name() == "completion" {
				continue // cobra's own, in its own words
			}
			assert.NotEmpty(t, child.Short, name)
			assert.NotContains(t, child.Short, "\n", name)
			assert.LessOrEqual(t, len(child.Short), 65, name)
			assert.Contains(t, child.Example, name, "%s shows how it is used", name)
			for _, line := range strings.Split(child.Long, "\n") {
				assert.LessOrEqual(t, len([]rune(line)), width, name)
			}
			walk(child)
		}
	}
	walk(root)
}

func TestEveryFactHasACommandThatThereIs(t *testing.T) {
	root := here(t).command()
	for _, fact := range workflow.KnownFacts() {
		line, known := settles[fact]
		if !assert.True(t, known, "%s has no command", fact) {
			continue
		}
		found, _, err := root.Find(strings.Fields(line)[1:])
		require.NoError(t, err, line)
		assert.NotEqual(t, root, found, line)
	}
}

func TestEveryStepThatCanBeNextHasACommandThatThereIs(t *testing.T) {
	root := here(t).command()
	for _, step := range []workflow.Step{
		workflow.StepSeverity, workflow.StepAssign, workflow.StepUpdate, workflow.StepRole, workflow.StepItem, workflow.StepConfirm,
		workflow.StepClash, workflow.StepReview, workflow.StepExport, workflow.StepFinalize, workflow.StepActionDue,
	} {
		line := commandFor(workflow.Next{Step: step, Target: "x"})
		require.NotEmpty(t, line, step)
		found, _, err := root.Find(strings.Fields(line)[1:])
		require.NoError(t, err, line)
		assert.NotEqual(t, root, found, line)
	}
}

func TestAWriterWhoWasOvertakenDecidesAgain(t *testing.T) {
	r := here(t)
	done, err := r.write(t.Context(), "one", wanting(workflow.Declare{Title: "Checkout fails", Playbook: standard(t)}))
	require.NoError(t, err)

	other, err := data.Open(t.Context(), r.real.store.Path(), data.Options{Clock: r.Now})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, other.Close()) })
	asked := 0
	done, err = r.write(t.Context(), done.After.ID, func(in workflow.Incident) ([]workflow.Intent, error) {
		asked++
		if asked == 1 { // somebody writes between the reading and the append
			env := workflow.Env{Now: r.Now(), Actor: "Sam", Device: other.Device(), NewID: r.NewID}
			events, err := workflow.Decide(in, workflow.SetSeverity{Level: "SEV2"}, env)
			require.NoError(t, err)
			log, err := other.Load(t.Context(), in.ID)
			require.NoError(t, err)
			_, _, err = other.Append(t.Context(), data.Batch{Incident: in.ID, After: log.Position, Events: events, Summary: in.With(events...).Summary()})
			require.NoError(t, err)
		}
		return []workflow.Intent{workflow.Note{Text: "severity was " + in.Triage.Severity.Get()}}, nil
	})
	require.NoError(t, err)
	assert.Equal(t, 2, asked)
	assert.Equal(t, "SEV2", done.After.Triage.Severity.Get())
	entry, found := done.After.Entry(done.Events[0].ID)
	require.True(t, found)
	assert.Equal(t, "severity was SEV2", entry.Text.Get())
}

func TestAPlanThatIsRefusedHalfwayWritesNothing(t *testing.T) {
	r := here(t)
	_, err := r.write(t.Context(), "one", wanting(workflow.Declare{Title: "Checkout fails", Playbook: standard(t)}))
	require.NoError(t, err)
	before, err := r.load(t.Context(), "one")
	require.NoError(t, err)
	_, err = r.write(t.Context(), "one", wanting(workflow.Note{Text: "a"}, workflow.Note{Text: ""}))
	assert.Equal(t, ExitRefused, exitOf(err))
	after, err := r.load(t.Context(), "one")
	require.NoError(t, err)
	assert.Len(t, after.Events(), len(before.Events()))
}

func TestShortIDsTellIncidentsOfOneDayApart(t *testing.T) {
	assert.Empty(t, shortIDs(nil))
	assert.Equal(t, []string{"01936000"}, shortIDs([]string{"01936000-aaaa"}))
	assert.Equal(t, []string{"01936000-a", "01936000-b"}, shortIDs([]string{"01936000-aaaa", "01936000-bbbb"}))
	assert.Equal(t, []string{"abc", "abc"}, shortIDs([]string{"abc", "abc"}), "twins end the search too")
}

func TestAColumnIsFilledAndWrapped(t *testing.T) {
	assert.Equal(t, "Next        a b", wrapped("Next", 12, " a\n b "))
	assert.Equal(t, "Next", wrapped("Next", 12, ""))
	long := wrapped("Next", 12, strings.Repeat("word ", 30))
	for _, line := range strings.Split(long, "\n") {
		assert.LessOrEqual(t, len(line), width)
	}
	assert.Equal(t, "añ…", fit("añejo", 3))
}
