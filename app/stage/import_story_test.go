package stage_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/view"
	"firebreak/workflow"
)

// aChat is what somebody copies out of the channel after the first hour.
const aChat = `[14:20] Bob: release 1.8.3 is out
[14:33] Ann: pager says 31 % of logins fail
[14:41] Bob: rolling back
[14:47] Bob: rolled back, error rate is down
`

// anOldPaper is a post-mortem of another year.
const anOldPaper = `# Post-Mortem: SEV2 Search was slow 2023-03-30

All times are in CET.

## Timeline

- 17:42 - Release 2.7.0 starts to build the new index
- 17:55 - First alert: search takes longer than five seconds
- 18:20 - Index build stopped
- 13:55 PM - Asked the vendor
- 0:10 - All clear

## Root Cause

The build of an index pushes everything else out of the cache.

## Action Items

- [ ] Limit how fast an index is built
- [x] Alert on the hit rate of the cache
`

// cameIn are the entries that came out of a document, as they are told in UTC.
func (st *story) cameIn() (out []string) {
	for _, e := range st.in().Timeline.All() {
		if e.Source.Document != "" {
			out = append(out, e.At.Get().Clock(time.UTC)+" "+strings.TrimSpace(e.Who+" "+e.Text.Get()))
		}
	}
	return out
}

func TestAPastedChatGoesIntoTheFireAndOneUndoTakesItBack(t *testing.T) {
	st := begin(t)
	st.at(0).does("Jane", workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: st.s.Desk.State().Policy})
	before := st.picture()
	chat := st.file("channel.txt", []byte(aChat))

	st.at(60).presses("Ctrl+I")
	require.NoError(t, st.s.Type(chat))
	st.s.Key(fyne.KeyReturn)
	st.s.Pass(time.Second)
	assert.Equal(t, before, st.picture(), "nothing enters before somebody says so")
	st.pictured("import-chat")
	st.presses("Ctrl+Enter")
	want := []string{
		"14:20 Bob release 1.8.3 is out", "14:33 Ann pager says 31 % of logins fail",
		"14:41 Bob rolling back", "14:47 Bob rolled back, error rate is down",
	}
	assert.Equal(t, want, st.cameIn())
	assert.True(t, st.in().Open(), "what a chat says ends no fire")

	st.losesPower()
	assert.Equal(t, want, st.cameIn())
	st.presses("Ctrl+Z")
	assert.Equal(t, before, st.picture())
	st.presses("Ctrl+Shift+Z")
	assert.Equal(t, want, st.cameIn())
	assert.Contains(t, st.shell("log", "--history"), "imported from: – -> channel.txt, line 1")
}

func TestADroppedPostMortemOfAnotherYearEndsInTheHistory(t *testing.T) {
	st := begin(t)
	st.drops(onScreen, st.file("old.md", []byte(anOldPaper)))
	require.NotNil(t, st.s.Desk.State().Import, "no incident is open, so it is not attached to one")
	st.pictured("import-past").presses("Ctrl+Enter")

	in := st.in()
	assert.Equal(t, "Search was slow", in.Triage.Title.Get())
	assert.Equal(t, "SEV2", in.Triage.Severity.Get())
	assert.Equal(t, workflow.Resolved, in.Stage())
	assert.Equal(t, 6*time.Hour+15*time.Minute, in.Metric(workflow.TimeToResolve).Value, "from the alert to the all-clear, past midnight")
	assert.Equal(t, []string{
		"16:42 Release 2.7.0 starts to build the new index", "16:55 First alert: search takes longer than five seconds",
		"17:20 Index build stopped", "23:10 All clear", "??:?? Asked the vendor",
	}, st.cameIn())
	asked := in.Timeline.All()
	assert.Equal(t, "13:55 PM", asked[len(asked)-1].At.Get().Typed, "what cannot be a time is kept as it stands")
	assert.Contains(t, in.SectionText(workflow.RootCauseSection), "out of the cache")
	items := in.Review.ActionItems()
	require.Len(t, items, 2)
	assert.False(t, items[0].Done())
	assert.True(t, items[1].Done())

	st.losesPower()
	assert.False(t, st.in().Open(), "it burns no more")
	st.goes(view.HistoryScreen)
	history := st.s.Desk.State().History
	require.Len(t, history, 1)
	assert.Equal(t, workflow.Resolved, history[0].Stage)
	assert.Equal(t, time.Date(2023, 3, 30, 16, 55, 0, 0, time.UTC), history[0].Detected)

	st.presses("Ctrl+I")
	require.NoError(t, st.s.Type(st.file("old.md", []byte(anOldPaper))))
	st.s.Key(fyne.KeyReturn)
	st.s.Pass(time.Second)
	st.s.Desk.ImportInto(false, "", "")
	st.s.Pump()
	state := st.s.Desk.State()
	assert.Empty(t, state.ImportPlan(state.Import.Want()).Words(), "all of it is there already")
}
