package stage_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/app/view"
	"firebreak/workflow"
)

// reads is every text that the window shows.
func (st *story) reads() string {
	return strings.Join(kit.TextsIn(st.s.Win.Content()), "\n")
}

// restarts quits properly and starts again a moment later.
func (st *story) restarts() *story {
	st.t.Helper()
	now := st.s.Clock.Now()
	st.s.Close()
	st.start(now.Add(time.Minute))
	return st
}

func (st *story) goes(screen view.Screen) *story {
	st.s.Shell.Go(screen)
	st.s.Pump()
	return st
}

func TestARestartGoesOnWhereThePersonWas(t *testing.T) {
	st := begin(t)
	policy := st.s.Desk.State().Policy
	st.goes(view.HistoryScreen).restarts()
	assert.Equal(t, view.HistoryScreen, st.s.Shell.Screen(), "with nothing on the desk")

	st.at(1).does("Jane", workflow.Declare{Title: "first", Severity: "SEV2", Playbook: policy}, workflow.Note{Text: "older"}, workflow.Note{Text: "newer"})
	first := st.in().ID
	st.goes(view.TimelineScreen)
	var older workflow.EventID
	for _, e := range st.in().Timeline.All() {
		if e.Text.Get() == "older" {
			older = e.ID
		}
	}
	st.s.Shell.ShowEntry(older)
	require.NoError(t, st.s.Press("Ctrl+L"))
	require.NoError(t, st.s.Type("half typed"))
	st.restarts()
	assert.Equal(t, view.TimelineScreen, st.s.Shell.Screen())
	assert.Equal(t, "half typed", st.s.Desk.State().Drafts["composer"].Text)
	st.s.Key("Delete") // the focus is in the list, on the row that was selected
	entry, _ := st.in().Entry(older)
	assert.True(t, entry.Hidden.Get(), "the entry that was selected is selected")
	st.waits(st.s.Desk.Undo)

	// One that is over is opened again, unless something burns.
	st.does("Jane", workflow.Cancel{Reason: "a drill"}).goes(view.PostmortemScreen).restarts()
	assert.Equal(t, first, st.in().ID)
	assert.Equal(t, view.PostmortemScreen, st.s.Shell.Screen())
	st.does("Sam", workflow.Declare{Title: "second", Severity: "SEV1", Playbook: policy})
	second := st.in().ID
	st.waits(func(done func(error)) { st.s.Desk.OpenIncident(first, done) })
	st.restarts()
	assert.Equal(t, second, st.in().ID, "what burns comes before what is over")
	assert.Equal(t, view.BoardScreen, st.s.Shell.Screen())

	// Power that goes leaves the screen that was entered last.
	st.goes(view.TriageScreen).losesPower()
	assert.Equal(t, view.TriageScreen, st.s.Shell.Screen())
	st.s.Desk.PutAway()
	st.goes(view.SettingsScreen).restarts()
	assert.Equal(t, second, st.in().ID)
	assert.Equal(t, view.BoardScreen, st.s.Shell.Screen())
}

func TestHalfANoteIsWrittenOnAfterTheProgramWasKilled(t *testing.T) {
	st := begin(t)
	st.at(0).does("Jane", sample.Declaration(st.s.Desk.State().Policy))
	require.NoError(t, st.s.Press("Ctrl+L"))
	require.NoError(t, st.s.Type("restarted the"))
	st.s.Pass(time.Second)
	st.losesPower()
	require.NoError(t, st.s.Press("Ctrl+L"))
	require.NoError(t, st.s.Type(" database"))
	st.s.Key(fyne.KeyReturn)
	all := st.in().Timeline.All()
	assert.Equal(t, "restarted the database", all[len(all)-1].Text.Get())
	assert.Equal(t, "14:32:00", all[len(all)-1].At.Get().ClockSeconds(time.UTC), "it happened when its first key was pressed")
}

func TestAClockThatIsSetBackAnHourInTheMiddleOfAnIncident(t *testing.T) {
	st := begin(t)
	st.at(0).does("Jane", sample.Declaration(st.s.Desk.State().Policy))
	st.at(30).does("Jane", workflow.Note{Text: "before"})
	st.s.Clock.Set(-time.Hour)
	st.s.Pass(time.Second)
	assert.Contains(t, st.reads(), "The computer's clock was set back by 1 h 0 min")
	assert.Contains(t, st.reads(), "clock jumped")
	assert.Contains(t, st.reads(), "T+00:00:00", "an elapsed time is never negative")
	st.does("Jane", workflow.Note{Text: "after"})

	var order []string
	for _, e := range st.in().Events() {
		if n, is := e.Body.(workflow.Noted); is {
			order = append(order, n.Text)
		}
	}
	assert.Equal(t, []string{"before", "after"}, order, "the log's order")
	for _, screen := range view.Screens() {
		st.goes(screen)
		assert.NotRegexp(t, `-\d+ (min|h)\b|\d-\d\d:`, st.reads(), screen)
	}
	st.restarts()
	events := st.in().Events()
	assert.Equal(t, "after", events[len(events)-1].Body.(workflow.Noted).Text, "also after a restart")
	st.waits(st.s.Desk.Undo)
	for _, e := range st.in().Timeline.All() {
		assert.Equal(t, e.Text.Get() == "after", e.Hidden.Get(), e.Text.Get())
	}

	// The entry's time is corrected, and the old one stays on record.
	st.waits(st.s.Desk.Redo)
	var after workflow.Entry
	for _, e := range st.in().Timeline.All() {
		if e.Text.Get() == "after" {
			after = e
		}
	}
	told := workflow.StampAt(sample.Alert().Add(31*time.Minute), time.UTC)
	st.does("Jane", workflow.Correct{Entry: after.ID, At: &told})
	all := st.in().Timeline.All()
	assert.Equal(t, "after", all[len(all)-1].Text.Get())
}

func TestAClockThatIsSetForwardAndBackAgain(t *testing.T) {
	st := begin(t)
	st.at(0).does("Jane", sample.Declaration(st.s.Desk.State().Policy))
	st.at(5)
	st.s.Clock.Set(24 * time.Hour)
	st.s.Pass(time.Second)
	assert.Contains(t, st.reads(), "set forward by 24 h 0 min")
	st.does("Jane", workflow.Note{Text: "tomorrow"})
	st.s.Clock.Set(-24 * time.Hour)
	st.s.Pass(time.Second)
	assert.Contains(t, st.reads(), "set back by 24 h 0 min")
	assert.Contains(t, st.reads(), "T+00:05:0")
	st.does("Jane", workflow.Note{Text: "today"})
	assert.Equal(t, 5, int(st.in().Response(st.s.Clock.Now()).Since.Minutes()))
}

func TestTwoHoursOfSleepAreRightAtOnce(t *testing.T) {
	st := begin(t)
	st.at(0).does("Jane", sample.Declaration(st.s.Desk.State().Policy))
	st.at(4).does("Sam", workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down."})
	st.s.Desk.Draft("composer", "typed before the lid was closed")
	st.at(6 + 120) // no timer ran meanwhile
	for _, part := range []string{"T+02:06:00", "Update late by", "on duty 2 h 06", "UTC 16:38:00"} {
		assert.Contains(t, st.reads(), part)
	}
	assert.NotContains(t, st.reads(), "clock")
	assert.NotEmpty(t, st.in().Nudges(st.s.Clock.Now()))
	st.s.Pass(time.Second)
	st.losesPower()
	assert.Equal(t, "typed before the lid was closed", st.s.Desk.State().Drafts["composer"].Text)
	st.does("Jane", workflow.Note{Text: "awake"})
	all := st.in().Timeline.All()
	assert.Equal(t, "16:38", all[len(all)-1].At.Get().Clock(time.UTC))
}

func TestATimeZoneThatChangesUnderTheOpenWindow(t *testing.T) {
	st := begin(t)
	st.at(0).does("Jane", sample.Declaration(st.s.Desk.State().Policy))
	prefs := st.s.Desk.State().Prefs
	prefs.Zones = "local"
	st.s.Desk.SetPrefs(prefs, "")
	st.at(1).does("Jane", workflow.Note{Text: "in UTC"})
	assert.Contains(t, st.reads(), "Local 14:33:00")

	st.s.Zone = time.FixedZone("CET", 3600)
	st.s.Pass(15 * time.Second)
	assert.Contains(t, st.reads(), "time zone is now CET")
	assert.Contains(t, st.reads(), "Local 15:33:15")
	st.does("Jane", workflow.Note{Text: "in CET"})
	all := st.in().Timeline.All()
	written := all[len(all)-1].At.Get()
	assert.Equal(t, sample.Alert().Add(time.Minute+15*time.Second), written.Time, "the instant is what it is")
	assert.Equal(t, "CET", written.Zone)
	assert.Equal(t, "UTC", all[len(all)-2].At.Get().Zone, "what is on record keeps its own")
}
