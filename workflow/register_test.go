package workflow_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// apart is the same incident on two devices that do not hear of each other.
func apart(t *testing.T) (a, b *scene) {
	t.Helper()
	first := fire(t).do(workflow.Assess{Field: workflow.Impact, Text: "some"})
	a, b = &scene{}, &scene{}
	*a, *b = *first, *first
	a.actor, a.device = "Jane", "laptop-a"
	b.actor, b.device = "Sam", "laptop-b"
	return a, b
}

// meet lets both devices have everything.
func meet(t *testing.T, a, b *scene) {
	t.Helper()
	mine, theirs := a.in.Events(), b.in.Events()
	a.in, b.in = a.in.With(theirs...), b.in.With(mine...)
	same(t, a.in, b.in)
}

func TestConcurrentEditsAreShownUntilAWriteSawBoth(t *testing.T) {
	a, b := apart(t)
	a.at(5).do(workflow.Assess{Field: workflow.Impact, Text: "all users"})
	b.at(6).do(workflow.Assess{Field: workflow.Impact, Text: "only EU"})
	meet(t, a, b)

	r := a.in.AssessmentRegister(workflow.Impact)
	require.True(t, r.Clashes())
	assert.Equal(t, "only EU", r.Get(), "the newest is on top")
	heads := r.Heads()
	require.Len(t, heads, 2)
	assert.Equal(t, []string{"only EU", "all users"}, []string{heads[0].Value, heads[1].Value})
	assert.Equal(t, []string{"Sam", "Jane"}, []string{heads[0].By, heads[1].By})

	a.at(9).do(workflow.Assess{Field: workflow.Impact, Text: "all users in the EU"})
	assert.False(t, a.in.AssessmentRegister(workflow.Impact).Clashes())
	assert.ElementsMatch(t, []workflow.EventID{heads[0].Event, heads[1].Event}, a.in.Events()[len(a.in.Events())-1].Base, "its author saw both")
	meet(t, a, b)
	assert.False(t, b.in.AssessmentRegister(workflow.Impact).Clashes())
}

func TestAWriteThatSawOnlyOneLeavesTheOther(t *testing.T) {
	a, b := apart(t)
	a.at(5).do(workflow.Assess{Field: workflow.Impact, Text: "one"})
	b.at(6).do(workflow.Assess{Field: workflow.Impact, Text: "two"}).at(7).do(workflow.Assess{Field: workflow.Impact, Text: "three"})
	meet(t, a, b)
	r := a.in.AssessmentRegister(workflow.Impact)
	assert.True(t, r.Clashes())
	assert.Equal(t, "three", r.Get())
	assert.Len(t, r.Heads(), 2, "the device's own older value is overwritten")
}

func TestTheSameValueFromTwoDevicesIsNoClash(t *testing.T) {
	a, b := apart(t)
	a.do(workflow.SetSeverity{Level: "SEV2", Reason: "r"})
	b.do(workflow.SetSeverity{Level: "SEV2", Reason: "other words"})
	meet(t, a, b)
	assert.False(t, a.in.Triage.Severity.Clashes())
	assert.Len(t, a.in.Triage.Severity.Heads(), 2)
}

func TestAClashOfSeverityIsSettledByDecidingAgainEvenForTheSame(t *testing.T) {
	a, b := apart(t)
	a.do(workflow.SetSeverity{Level: "SEV2", Reason: "r"})
	b.do(workflow.SetSeverity{Level: "SEV3", Reason: "r"})
	meet(t, a, b)
	require.True(t, a.in.Triage.Severity.Clashes())
	a.do(workflow.SetSeverity{Level: a.in.Triage.Severity.Get()})
	assert.False(t, a.in.Triage.Severity.Clashes())
}

func TestATickAndASkipAtOnceAreShownOpenAndAreTheNextAction(t *testing.T) {
	a, b := apart(t)
	a.do(workflow.Tick{Item: "status-page-updated"})
	b.do(workflow.Skip{Item: "status-page-updated", Reason: "we have none"})
	a.do(workflow.Tick{Item: "stakeholders-notified"})
	meet(t, a, b)
	i := a.item("status-page-updated")
	assert.True(t, i.Clash)
	assert.Equal(t, workflow.ItemOpen, i.State)
	assert.Equal(t, workflow.StepClash, a.in.Next(a.now).Step)
	a.do(workflow.Tick{Item: "status-page-updated"})
	assert.False(t, a.item("status-page-updated").Clash)
}

func TestATextCorrectedOnTwoDevicesKeepsBothVersions(t *testing.T) {
	a, b := apart(t)
	a.do(workflow.Note{Text: "typo"})
	meet(t, a, b)
	id := a.last().ID
	a.at(1).do(workflow.Correct{Entry: id, Text: to("from a")})
	b.at(2).do(workflow.Correct{Entry: id, Text: to("from b"), Pinned: to(true)})
	meet(t, a, b)
	e, _ := a.in.Entry(id)
	assert.True(t, e.Text.Clashes())
	assert.False(t, e.Pinned.Clashes(), "nobody else touched the pin")
	assert.Len(t, e.Text.Heads(), 2)
}

func TestNotesAndTasksOfBothDevicesStay(t *testing.T) {
	a, b := apart(t)
	a.do(workflow.Note{Text: "from a"}, workflow.AddTask{Title: "task a"}, workflow.AddAction{Text: "act a"})
	b.do(workflow.Note{Text: "from b"}, workflow.AddTask{Title: "task b"}, workflow.AddAction{Text: "act b"})
	meet(t, a, b)
	a.entry("from a")
	a.entry("from b")
	assert.Equal(t, []string{"[ ] T-005: task a", "[ ] T-006: task b"}, tasks(a.in)[4:])
	assert.Len(t, a.in.Review.ActionItems(), 2)
}

func TestShuffledDeliveryConverges(t *testing.T) {
	for seed := range uint64(4) {
		dice := rand.New(rand.NewPCG(seed, 7))
		a, b := apart(t)
		for range 40 {
			for _, s := range []*scene{a, b} {
				tryRandom(s, dice)
			}
			if dice.IntN(9) == 0 {
				meet(t, a, b)
			}
		}
		all := append(a.in.Events(), b.in.Events()...)
		want := workflow.Fold(a.in.ID, all)
		for range 3 {
			dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			got := workflow.Fold(a.in.ID, nil)
			for rest := all; len(rest) > 0; {
				n := 1 + dice.IntN(min(len(rest), 9))
				got, rest = got.With(rest[:n]...), rest[n:]
			}
			same(t, want, got)
		}
	}
}

func TestADeviceWhoseClockIsWrongStillWritesAfterWhatItSaw(t *testing.T) {
	s := fire(t)
	s.now = alert.Add(24 * time.Hour)
	s.do(workflow.Note{Text: "from tomorrow"})
	s.device, s.now = "slow", alert.Add(-24*time.Hour)
	s.do(workflow.Assess{Field: workflow.Impact, Text: "all"})
	events := s.in.Events()
	assert.Greater(t, events[len(events)-1].Clock, events[len(events)-2].Clock)
	assert.Equal(t, workflow.Assessed{Field: workflow.Impact, Text: "all"}, events[len(events)-1].Body)
}
