package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/app/session"
	"firebreak/workflow"
)

// sets sets the clock by hand: timers go on.
func (s *stand) sets(by time.Duration) {
	s.hand.now, s.hand.set = s.hand.now.Add(by), s.hand.set+by
	for _, a := range s.hand.timers {
		a.due = a.due.Add(by)
	}
}

func TestAClockThatIsSetIsToldOnceWithWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		by   time.Duration
		says string
	}{
		"back an hour":  {-time.Hour, "set back by 1 h 0 min; it is 13:32:01 now."},
		"two minutes":   {2 * time.Minute, "set forward by 2 min; it is 14:34:01 now."},
		"a day forward": {24 * time.Hour, "set forward by 24 h 0 min"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t)
			s.desk.Start()
			s.pass(time.Second)
			assert.Nil(t, s.state().Strip)
			s.sets(c.by)
			s.pass(time.Second)
			assert.Contains(t, s.state().Strip.Says, c.says)
			assert.Contains(t, s.state().Strip.Says, "The order of the log stays right.")
			assert.Contains(t, s.state().Strip.Says, "correct them in the timeline")
			assert.Equal(t, c.by, s.state().Jump.By)
			s.desk.ForgetJump()
			s.desk.Dismiss()
			s.pass(time.Minute)
			assert.Nil(t, s.state().Strip, "told once")
			assert.Zero(t, s.state().Jump)
		})
	}
}

func TestSleepAndSmallCorrectionsOfTheClockAreNoJump(t *testing.T) {
	s := newStand(t)
	s.desk.Start()
	s.hand.now = s.hand.now.Add(2 * time.Hour) // slept: the steady clock went on
	s.pass(time.Second)
	s.sets(30 * time.Second)
	s.pass(time.Second)
	s.sets(-40 * time.Second)
	s.pass(time.Second)
	assert.Zero(t, s.state().Jump)
	assert.Nil(t, s.state().Strip)

	s.sets(40 * time.Second)
	s.pass(time.Second)
	s.sets(31 * time.Second)
	s.pass(time.Second)
	assert.Equal(t, 61*time.Second, s.state().Jump.By, "small steps add up")
}

func TestAMessageLastsAsLongAsItShouldWhateverTheClockDoes(t *testing.T) {
	for _, by := range []time.Duration{-time.Hour, time.Hour} {
		s := newStand(t)
		s.desk.Start()
		s.desk.Say(session.Strip{Says: "brief"})
		s.sets(by)
		s.pass(time.Second)
		s.desk.Say(session.Strip{Says: "brief"})
		s.pass(15 * time.Second)
		assert.Equal(t, "brief", s.state().Strip.Says)
		s.pass(10 * time.Second)
		assert.NotEqual(t, "brief", s.state().Strip.Says)
	}
}

func TestTheOrderOfTheLogHoldsWhenTheClockIsSetBack(t *testing.T) {
	s := newStand(t)
	s.desk.Start()
	id := s.declare("down")
	s.do(workflow.Note{Text: "before"})
	s.sets(-time.Hour)
	s.pass(time.Second)
	s.do(workflow.Note{Text: "after"})
	assert.Equal(t, []string{"before", "after"}, s.shelf.texts(id))
	s.desk.Undo(func(err error) { assert.NoError(t, err) })
	s.pump()
	for _, e := range s.state().Incident.Timeline.All() {
		assert.Equal(t, e.Text.Get() == "after", e.Hidden.Get(), "undo takes back what was written last: %s", e.Text.Get())
	}
}

func TestAChangedTimeZoneIsShownFromThenOn(t *testing.T) {
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &outside{}}
	zone := time.UTC
	s.zone = func() *time.Location { return zone }
	s.open()
	s.desk.Start()
	s.pass(time.Minute)
	assert.Nil(t, s.state().Strip)
	assert.Equal(t, time.UTC, s.state().Zone)

	zone = time.FixedZone("CET", 3600)
	s.pass(15 * time.Second)
	assert.Equal(t, zone, s.state().Zone)
	assert.Contains(t, s.state().Strip.Says, "time zone is now CET")

	s.desk.Dismiss()
	zone = time.FixedZone("Africa/Lagos", 3600)
	s.pass(15 * time.Second)
	assert.Equal(t, zone, s.state().Zone)
	assert.Nil(t, s.state().Strip, "the hour of the day is the same")
}

func TestAWarningIsNotLostUnderWhatIsSaidAfterIt(t *testing.T) {
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &outside{}, warnings: []string{"first", "second"}}
	s.open()
	s.desk.Start()
	assert.Equal(t, "first", s.state().Strip.Says)
	assert.Equal(t, s.warnings, s.state().Warnings)
	s.desk.Say(session.Strip{Says: "brief"})
	assert.Equal(t, "brief", s.state().Strip.Says)
	s.pass(time.Minute)
	assert.Equal(t, "first", s.state().Strip.Says, "back after the brief one")
	s.switchTo(s.sample(), true)
	assert.Equal(t, "first", s.state().Strip.Says, "the sample does not take it away")
	s.desk.Dismiss()
	assert.Equal(t, "second", s.state().Strip.Says)
	s.desk.Dismiss()
	assert.Nil(t, s.state().Strip)
}

func TestWhatIsHalfTypedCanBeRescuedWhenTheDeskHasBrokenDown(t *testing.T) {
	s := newStand(t)
	id := s.declare("down")
	s.desk.Draft("composer", "half")
	s.desk.Draft("app.title", "other")
	s.desk.Rescue()
	assert.Equal(t, "half", s.shelf.drafts[draftAt(id, "composer")].Text)
	assert.Equal(t, "other", s.shelf.drafts[draftAt(id, "app.title")].Text)

	s.desk.Draft("composer", "said")
	s.pass(time.Second)
	s.desk.Do(workflow.Note{Text: "said"}, nil, "composer")
	delete(s.shelf.drafts, draftAt(id, "composer")) // the append is through, its answer is not here yet
	s.desk.Draft("app.title", "newer")
	s.desk.Rescue()
	assert.NotContains(t, s.shelf.drafts, draftAt(id, "composer"), "it does not come back beside its event")
	assert.Equal(t, "newer", s.shelf.drafts[draftAt(id, "app.title")].Text)
}
