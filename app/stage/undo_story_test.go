package stage_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
	"firebreak/app/keep"
	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/workflow"
)

// shell runs a command on the data of an open window.
func (st *story) shell(args ...string) string {
	st.t.Helper()
	var out, errs bytes.Buffer
	exit := cli.Main(st.t.Context(), cli.World{
		Hands: func(ledger *keep.Shelf) session.Hands { return publish.New(ledger) },

		Args: append([]string{"--data-dir", st.folder}, args...), In: strings.NewReader(""), Out: &out, Err: &errs,
		Now: st.s.Clock.Now, Zone: time.UTC, Env: func(string) string { return "" }, Login: "jane", Folder: st.folder,
		NewID: func() workflow.EventID {
			st.ids++
			return workflow.EventID(fmt.Sprintf("01935b7f-0000-7000-8000-%012d", st.ids))
		},
	})
	require.Zero(st.t, exit, "firebreak %v: %s", args, errs.String())
	st.s.Pass(time.Second) // the window looks at what others wrote
	return out.String()
}

// picture is what the incident says: its lines in their order.
func (st *story) picture() string {
	var out []string
	for _, e := range st.in().Timeline.All() {
		out = append(out, e.Text.Get())
	}
	return strings.Join(append(out, st.in().Triage.Severity.Get(), st.in().Assessment(workflow.Impact)), "\n")
}

func TestAHundredAndTwentyStepsBackAndForthFromWindowAndTerminalAcrossRestarts(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and on one queue")
	}
	st := begin(t)
	st.at(0).does("Jane", workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: st.s.Desk.State().Policy})
	pictures := []string{st.picture()}
	for i := range 120 {
		switch {
		case i%20 == 5:
			st.shell("log", fmt.Sprint("from the terminal ", i))
		case i%20 == 11:
			st.does("Jane", workflow.SetSeverity{Level: []string{"SEV2", "SEV1"}[i/20%2], Reason: "r"})
		case i%20 == 17:
			st.does("Jane", workflow.Assess{Field: workflow.Impact, Text: fmt.Sprint("impact ", i)})
		default:
			st.does("Jane", workflow.Note{Text: fmt.Sprint("note ", i)})
		}
		pictures = append(pictures, st.picture())
	}
	step := func(i int, window, terminal string) {
		switch {
		case i%15 == 3:
			st.losesPower()
			fallthrough
		case i%2 == 0:
			require.NoError(t, st.s.Press("Ctrl+3"))
			require.NoError(t, st.s.Press(window))
		default:
			st.shell(terminal)
		}
	}
	for i := 119; i >= 0; i-- {
		step(i, "Ctrl+Z", "undo")
		require.Equal(t, pictures[i], st.picture(), "back to step %d", i)
	}
	for i := 1; i <= 120; i++ {
		step(i, "Ctrl+Shift+Z", "redo")
		require.Equal(t, pictures[i], st.picture(), "on to step %d", i)
	}
	lines := strings.Split(strings.TrimSpace(st.shell("export", "audit")), "\n")
	assert.Len(t, lines, len(st.in().Events()))
	assert.Equal(t, 240, strings.Count(strings.Join(lines, "\n"), `"kind":"undone@1"`), "every step is on record")
}
