package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

// timed is a closed incident with the user's own times.
func timed(t *testing.T) *scene {
	t.Helper()
	return fire(t).assessed().at(3).do(workflow.Mark{Milestone: workflow.Acknowledged}).at(10).fixed("abc1234").
		at(20).proven().at(26).deployed().at(33).verified().at(47).do(workflow.GiveAllClear{})
}

func TestTheUsersTimesGiveTheUsersNumbers(t *testing.T) {
	s := timed(t)
	got := map[workflow.MetricID]string{}
	for _, m := range s.in.Metrics() {
		got[m.ID] = m.String()
		assert.NotEmpty(t, m.Formula, m.ID)
		assert.Equal(t, m, s.in.Metric(m.ID))
	}
	assert.Equal(t, map[workflow.MetricID]string{
		workflow.TimeToDetect: "not applicable", workflow.TimeToAcknowledge: "3 minutes", workflow.TimeToIdentify: "10 minutes",
		workflow.TimeToMitigate: "not applicable", workflow.TimeToDeploy: "26 minutes", workflow.TimeToVerify: "7 minutes",
		workflow.TimeToResolve: "47 minutes", workflow.LongestSilence: "47 minutes",
	}, got)
	assert.Equal(t, "All-clear minus Detected", s.in.Metric(workflow.TimeToResolve).Formula)
	assert.Equal(t, workflow.NotApplicable, s.in.Metric("time-to-lunch").State)
}

func TestAMetricHasOneOfFourStates(t *testing.T) {
	s := fire(t)
	m := s.in.Metric(workflow.TimeToAcknowledge)
	assert.Equal(t, workflow.Pending, m.State)
	assert.Equal(t, "Acknowledged is not recorded yet", m.Why)
	assert.Equal(t, workflow.Pending, s.in.Metric(workflow.TimeToDetect).State)

	s.do(workflow.Mark{Milestone: workflow.Acknowledged, At: workflow.UnknownStamp("14:??")})
	assert.Equal(t, workflow.NotApplicable, s.in.Metric(workflow.TimeToAcknowledge).State)

	s.do(workflow.Mark{Milestone: workflow.Acknowledged, At: when(3)})
	assert.Equal(t, workflow.Recorded, s.in.Metric(workflow.TimeToAcknowledge).State)

	s.do(workflow.Correct{Entry: s.last().ID, At: to(when(-7))})
	m = s.in.Metric(workflow.TimeToAcknowledge)
	assert.Equal(t, workflow.Invalid, m.State)
	assert.Equal(t, "Acknowledged (2024-11-25 14:25 UTC) is before Detected (2024-11-25 14:32 UTC)", m.Why, "both stamps are named")
	assert.Zero(t, m.Value)

	s.do(workflow.Cancel{Reason: "a drill"})
	m = s.in.Metric(workflow.TimeToResolve)
	assert.Equal(t, workflow.NotApplicable, m.State)
	assert.Equal(t, "All-clear was never recorded", m.Why)
	assert.Equal(t, workflow.NotApplicable, s.in.Metric(workflow.LongestSilence).State)
}

func TestAnApproximateStampMakesTheNumberApproximate(t *testing.T) {
	s := timed(t)
	s.do(workflow.Correct{Entry: s.entry("All-clear declared").ID, At: to(about(65))})
	assert.Equal(t, "≈1 hour 5 minutes", s.in.Metric(workflow.TimeToResolve).String())
	assert.Equal(t, "Login broken for all users for about 1 hour 5 minutes.", s.in.Draft(workflow.SummarySection))
	assert.Equal(t, "≈1 hour 5 minutes", s.in.Metric(workflow.LongestSilence).String())
	assert.False(t, s.in.Metric(workflow.TimeToDeploy).Approx)
}

func TestEveryCorrectionIsAtOnceInEveryNumber(t *testing.T) {
	s := timed(t).do(workflow.Mark{Milestone: workflow.ImpactStarted, At: when(-5)})
	assert.Equal(t, "5 minutes", s.in.Metric(workflow.TimeToDetect).String())
	s.do(workflow.Correct{Entry: s.entry("First alert triggered").ID, At: to(when(-3))})
	assert.Equal(t, "2 minutes", s.in.Metric(workflow.TimeToDetect).String())
	assert.Equal(t, "50 minutes", s.in.Metric(workflow.TimeToResolve).String())
	assert.Equal(t, 50*time.Minute, s.in.Summary().Took)
}

func phases(in workflow.Incident) (names []string, sum time.Duration) {
	for _, p := range in.PhaseTimes() {
		names = append(names, p.Name+": "+p.String())
		sum += p.Value
	}
	return names, sum
}

func TestThePhasesAddUpToTheTimeToResolve(t *testing.T) {
	names, sum := phases(timed(t).in)
	assert.Equal(t, []string{
		"Detected to Acknowledged: 3 minutes", "Acknowledged to Root cause identified: 7 minutes", "Root cause identified to Fix deployed: 16 minutes",
		"Fix deployed to Fix verified: 7 minutes", "Fix verified to All-clear: 14 minutes",
	}, names)
	assert.Equal(t, 47*time.Minute, sum)

	t.Run("when the cause is found after the rollback", func(t *testing.T) {
		s := timed(t)
		s.do(workflow.Correct{Entry: s.entry("Root cause identified").ID, At: to(when(40))})
		names, sum := phases(s.in)
		assert.Equal(t, []string{
			"Detected to Acknowledged: 3 minutes", "Acknowledged to Fix deployed: 23 minutes", "Fix deployed to Fix verified: 7 minutes",
			"Fix verified to Root cause identified: 7 minutes", "Root cause identified to All-clear: 7 minutes",
		}, names)
		assert.Equal(t, 47*time.Minute, sum)
	})
	t.Run("when the cause is found after the all-clear", func(t *testing.T) {
		s := timed(t)
		s.do(workflow.Correct{Entry: s.entry("Root cause identified").ID, At: to(when(90))})
		_, sum := phases(s.in)
		assert.Equal(t, 47*time.Minute, sum)
	})
	t.Run("when one stamp is before detection", func(t *testing.T) {
		s := timed(t)
		s.do(workflow.Correct{Entry: s.entry("On-call acknowledged").ID, At: to(when(-9))})
		_, sum := phases(s.in)
		assert.Equal(t, 47*time.Minute, sum)
	})
	t.Run("without a time of detection there are none", func(t *testing.T) {
		s := timed(t)
		s.do(workflow.Correct{Entry: s.entry("First alert triggered").ID, At: to(workflow.UnknownStamp("?"))})
		assert.Empty(t, s.in.PhaseTimes())
	})
}

func TestTheLongestSilenceIsThatOfTheStakeholders(t *testing.T) {
	s := fire(t).at(4).assessed().at(15).do(workflow.Tell{Channel: workflow.OnCallChannel})
	assert.Equal(t, workflow.Pending, s.in.Metric(workflow.LongestSilence).State)
	s.fixed("abc1234").proven().deployed().verified().at(24).do(workflow.Tell{Channel: workflow.StakeholderChannel}).
		at(30).do(workflow.GiveAllClear{})
	assert.Equal(t, "20 minutes", s.in.Metric(workflow.LongestSilence).String(), "the on-call heard something, they did not")

	s.do(workflow.Correct{Entry: s.entry("All-clear declared").ID, At: to(when(-1))})
	m := s.in.Metric(workflow.LongestSilence)
	assert.Equal(t, workflow.Invalid, m.State)
	assert.Contains(t, m.Why, "is before Detected")
}

func TestDurationsAreSaidAsPeopleSayThem(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "less than a minute", 59 * time.Second: "less than a minute", time.Minute: "1 minute", 47 * time.Minute: "47 minutes",
		59*time.Minute + 40*time.Second: "1 hour", 61 * time.Minute: "1 hour 1 minute", 25 * time.Hour: "1 day 1 hour",
		48*time.Hour + 20*time.Minute: "2 days", -time.Hour: "less than a minute",
	} {
		assert.Equal(t, want, workflow.Words(d), d)
	}
}
