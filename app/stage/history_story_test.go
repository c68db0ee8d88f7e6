package stage_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/app/stage"
	"firebreak/workflow"
)

func TestALongHistoryIsWholeHalfASecondAfterTheFirstFrame(t *testing.T) {
	const incidents = 60
	set := stage.Set{Folder: t.TempDir(), Start: sample.Alert(), Name: "Jane", Size: fyne.NewSize(800, 600)}
	s, err := stage.Open(set)
	require.NoError(t, err)
	for i := range incidents {
		s.Desk.Do(workflow.Declare{Title: fmt.Sprintf("Outage %d", i), Playbook: s.Desk.State().Policy}, nil)
		s.Desk.Do(workflow.Cancel{Reason: "over"}, nil)
		s.Pump()
		s.Desk.PutAway()
	}
	s.Close()

	s, err = stage.Open(set)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	assert.Less(t, len(s.Desk.State().History), incidents, "the first frame waits for no long list")
	s.Pass(time.Second)
	assert.Len(t, s.Desk.State().History, incidents)
}
