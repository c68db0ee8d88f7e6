package session_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/app/session"
	"firebreak/workflow"
)

func TestTheNewestOfAKeyWinsAndALateResultIsDropped(t *testing.T) {
	s := newStand(t)
	var log []string
	run := func(name string) {
		s.desk.Run("key", func(ctx context.Context) (func(), error) {
			if ctx.Err() != nil {
				log = append(log, name+" was cancelled")
			}
			return func() { log = append(log, name+" arrived") }, nil
		}, func(error) { log = append(log, name+" done") })
	}
	run("old")
	assert.True(t, s.desk.Running("key"))
	run("new")
	s.pump()
	assert.Equal(t, []string{"old was cancelled", "new arrived", "new done"}, log)
	assert.False(t, s.desk.Running("key"))

	log = nil
	run("third")
	s.step() // its work is done, its result waits
	run("fourth")
	s.pump()
	assert.Equal(t, []string{"fourth arrived", "fourth done"}, log)
}

func TestAJobThatFailsSaysSoAndOneThatBreaksIsOver(t *testing.T) {
	s := newStand(t)
	var got error
	s.desk.Run("key", func(context.Context) (func(), error) { return func() { t.Error("no result") }, errDisk }, func(err error) { got = err })
	s.pump()
	assert.ErrorIs(t, got, errDisk)
	s.desk.Run("key", func(context.Context) (func(), error) { panic("a fault") }, func(err error) { got = err })
	assert.Panics(t, s.pump)
	s.pump()
	assert.ErrorContains(t, got, "failed")
	assert.False(t, s.desk.Running("key"))
	s.desk.Run("key", func(context.Context) (func(), error) { return nil, context.Canceled }, func(error) { t.Error("a cancelled job says nothing") })
	s.pump()
}

func TestOnlyTheNewestSearchAnswers(t *testing.T) {
	s := newStand(t)
	var got []string
	for _, q := range []string{"l", "lo", "log"} {
		s.desk.Search(q, 5, func(hits []session.Hit, err error) { got = append(got, hits[0].Snippet) })
	}
	s.pump()
	assert.Equal(t, []string{"log"}, got)
}

func TestAnIncrementIsRecordedWhereItWasAskedForAndNeverTwice(t *testing.T) {
	s := newStand(t)
	first := s.declare("first")
	second := s.declare("second")
	var again error
	s.desk.CreateIncrement(func(err error) { assert.NoError(t, err) })
	s.desk.CreateIncrement(func(err error) { again = err })
	s.desk.OpenIncident(first, nil)
	s.pump()
	assert.ErrorContains(t, again, "being written already")
	assert.Equal(t, 1, s.hands.written)
	assert.Equal(t, first, s.state().Incident.ID)
	assert.False(t, s.state().Incident.Holds(workflow.IncrementWritten))
	assert.True(t, workflow.Fold(second, s.shelf.logs[second]).Holds(workflow.IncrementWritten))
	assert.Equal(t, "Increment written: 0015-hotfix", s.state().Strip.Says)

	s.hands.fail = errors.New("The folder is read-only.")
	s.desk.CreateIncrement(func(err error) { again = err })
	s.pump()
	assert.ErrorIs(t, again, s.hands.fail)
}

func TestAnExportIsRecordedOncePerDocumentAndWhatWasKeptIsNot(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.hands.plan = session.Plan{Root: "/srv/shop", Written: true, Steps: []session.PlanStep{
		{Document: session.PostmortemDocument, Path: "a.md", What: "create"},
		{Document: session.PostmortemDocument, Path: "b.md", What: "create"},
		{Document: session.IncrementDocument, Path: "spec.md", What: "changed", Kept: true},
	}}
	assert.Equal(t, []string{"spec.md"}, s.hands.plan.Conflicts())
	s.desk.PreviewExport(nil)
	s.pump()
	assert.Equal(t, "a.md", s.state().Plan.Steps[0].Path)
	s.desk.ClosePreview()
	assert.Nil(t, s.state().Plan)

	s.desk.Export(nil, nil)
	s.desk.Export(nil, func(err error) { assert.Error(t, err, "not twice at once") })
	s.pump()
	assert.True(t, s.state().Plan.Written)
	exports := workflow.Fold(id, s.shelf.logs[id]).Review.Exports
	assert.Len(t, exports, 1)
	assert.Equal(t, "a.md", exports[0].Path)
}

func TestAPlanIsShownOnlyBesideItsIncident(t *testing.T) {
	s := newStand(t)
	first := s.declare("first")
	s.declare("second")
	s.desk.PreviewExport(nil)
	s.desk.OpenIncident(first, nil)
	s.pump()
	assert.Nil(t, s.state().Plan)
}

func TestTheRepositoryIsLookedForWhenItIsChosen(t *testing.T) {
	s := newStand(t)
	prefs := s.state().Prefs
	prefs.Repository = "/srv/shop"
	s.desk.SetPrefs(prefs, "Documents go to shop")
	s.pump()
	assert.Equal(t, "shop", s.state().Repo.Name)
	s.hands.fail = errors.New("There is no such folder.")
	prefs.Repository = "/srv/gone"
	s.desk.SetPrefs(prefs, "")
	s.pump()
	assert.Equal(t, "There is no such folder.", s.state().RepoSays)
	s.hands.fail = nil
	prefs.Repository = "/srv/shop"
	s.desk.SetPrefs(prefs, "")
	prefs.Repository = ""
	s.desk.SetPrefs(prefs, "") // before the answer came
	s.pump()
	assert.Empty(t, s.state().Repo.Name)
	assert.Contains(t, s.state().RepoSays, "No repository is chosen")
}

func TestWhatAnotherProcessWroteIsThereWithinASecond(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.Start()
	s.pass(time.Second)
	s.other(id, workflow.Note{Text: "from the terminal"})
	s.pass(time.Second)
	events := s.state().Incident.Events()
	assert.Equal(t, "from the terminal", events[len(events)-1].Body.(workflow.Noted).Text)
	assert.Equal(t, s.state().Incident.Timeline.Shown(), s.state().History[0].Entries)

	s.other("elsewhere", workflow.Declare{Title: "declared in a shell", Playbook: s.state().Policy})
	s.pass(time.Second)
	assert.Equal(t, "declared in a shell", s.shown[len(s.shown)-1].History[0].Title)
	assert.Equal(t, id, s.state().Incident.ID, "what is on the desk stays there")
}

func TestTheWatchAsksASlowDiskOnceAtATime(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.pump()
	s.desk.Look()
	asked := len(s.queue)
	for range 5 {
		s.desk.Look() // it has not answered yet
	}
	assert.Len(t, s.queue, asked)
	s.other(id, workflow.Note{Text: "x"})
	s.pump()
	s.desk.Look()
	s.pump()
	assert.Len(t, s.state().Incident.Events(), len(s.shelf.logs[id]))
}

func TestALookThatIsOlderThanAWriteOfOursIsNotShown(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.other("elsewhere", workflow.Declare{Title: "x", Playbook: s.state().Policy})
	s.desk.Look()
	s.step() // it has read the history
	s.desk.Do(workflow.Retitle{Title: "Auth outage"}, nil)
	s.pump()
	for _, row := range s.state().History {
		assert.NotEqual(t, "Login is down", row.Title)
	}
	s.desk.Look()
	s.pump()
	assert.Len(t, s.state().History, 2)
}

func TestTheClocksOnTheScreenMoveAndALaptopThatSleptIsRightAtOnce(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.Start()
	s.pass(3 * time.Second)
	assert.Equal(t, s.hand.now.Unix(), s.shown[len(s.shown)-1].Now.Unix())
	s.hand.now = s.hand.now.Add(8 * time.Hour)
	s.pass(time.Second)
	assert.Equal(t, s.hand.now.Unix(), s.shown[len(s.shown)-1].Now.Unix())
}

func TestWhatLiesWhereIsMeasuredWhenSomethingWasWritten(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.places = []session.PlaceLine{{Name: "Database", Path: "/data/firebreak.db", Size: 4096}}
	s.desk.Look()
	s.pump()
	assert.Equal(t, s.places, s.state().Places)
}
