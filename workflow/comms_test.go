package workflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestTheNextUpdateIsSoonAt80PercentAndLateAt100(t *testing.T) {
	for _, c := range []struct {
		level   string
		minutes float64 // since the alert
		due     float64 // minutes after the alert; 0: none
		urgency workflow.Urgency
	}{
		{"SEV1", 0, 5, workflow.OnTime},
		{"SEV1", 3.99, 5, workflow.OnTime},
		{"SEV1", 4, 5, workflow.Soon},
		{"SEV1", 4.99, 5, workflow.Soon},
		{"SEV1", 5, 5, workflow.Late},
		{"", 5, 5, workflow.Late}, // undecided behaves as SEV1
		{"SEV2", 11.9, 15, workflow.OnTime},
		{"SEV2", 12, 15, workflow.Soon},
		{"SEV3", 60, 60, workflow.Late},
		{"SEV4", 600, 0, workflow.OnTime},
	} {
		s := declared(t, c.level)
		got := s.in.Cadence(s.at(c.minutes).now)
		assert.Equal(t, c.urgency, got.Urgency, "%s at %v", c.level, c.minutes)
		if c.due == 0 {
			assert.Zero(t, got.Due)
			assert.Zero(t, got.Every)
		} else {
			assert.Equal(t, when(c.due).Time, got.Due)
		}
		assert.False(t, got.Told)
	}
}

func TestAnUpdateStartsTheCadenceAnew(t *testing.T) {
	s := fire(t).at(4).do(workflow.Tell{Channel: workflow.OnCallChannel})
	assert.Equal(t, when(5).Time, s.in.Cadence(s.now).Due, "the on-call is no stakeholder")

	s.do(workflow.Tell{Channel: workflow.StakeholderChannel, Text: " We look into it. "})
	c := s.in.Cadence(s.now)
	assert.True(t, c.Told)
	assert.Equal(t, 20*time.Minute, c.Every)
	assert.Equal(t, when(24).Time, c.Due)
	assert.Equal(t, "Posted in the incident channel: We look into it.", s.last().Text.Get())

	s.at(30).do(workflow.Tell{Channel: workflow.StatusPageChannel, At: when(10)})
	assert.Equal(t, when(30).Time, s.in.Cadence(s.now).Due, "it counts from when it was said, not from when it was written down")
	assert.Equal(t, workflow.Late, s.in.Cadence(s.now).Urgency)

	s.do(workflow.Correct{Entry: s.last().ID, At: to(when(29))})
	assert.Equal(t, when(49).Time, s.in.Cadence(s.now).Due, "a corrected time counts at once")
	s.do(workflow.Correct{Entry: s.last().ID, Hidden: to(true)})
	assert.Equal(t, when(24).Time, s.in.Cadence(s.now).Due, "a hidden update was none")
}

func TestANoteOfTheKindUpdateCountsAndStopsCountingWhenItIsCorrected(t *testing.T) {
	s := fire(t).at(3).do(workflow.Note{Kind: workflow.UpdateEntry, Text: "told the boss"})
	note := s.last().ID
	assert.Len(t, s.in.SentUpdates(), 1)
	assert.True(t, s.in.Holds(workflow.StakeholdersNotified))

	s.do(workflow.Correct{Entry: note, Text: to("told the boss and sales")})
	assert.Equal(t, "told the boss and sales", s.in.SentUpdates()[0].Text)
	s.do(workflow.Correct{Entry: note, Kind: to(workflow.NoteEntry)})
	assert.Empty(t, s.in.SentUpdates())

	s.do(workflow.Note{Text: "posted in #incidents"})
	s.do(workflow.Correct{Entry: s.last().ID, Kind: to(workflow.UpdateEntry)})
	assert.Equal(t, "posted in #incidents", s.in.SentUpdates()[0].Text, "a note that turned out to be an update is one")
	s.do(workflow.Correct{Entry: note, Kind: to(workflow.UpdateEntry)})
	assert.Len(t, s.in.SentUpdates(), 2)
}

func TestTellingRefuses(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.Tell{Channel: "pigeon"}, "update.channel")
	s.refuses(workflow.Tell{Channel: workflow.OnCallChannel, Text: strings.Repeat("x", workflow.EditLimit+1)}, "note.too-long")
	for _, c := range workflow.Channels() {
		s.do(workflow.Tell{Channel: c})
	}
}

func TestNoUpdateIsDueAfterTheAllClear(t *testing.T) {
	s := resolved(t)
	assert.Zero(t, s.in.Cadence(s.now.Add(time.Hour)).Due)
}

func TestTheResponseClockRunsUntilSomebodyAcknowledges(t *testing.T) {
	s := fire(t)
	for minutes, want := range map[float64]workflow.Urgency{11.9: workflow.OnTime, 12: workflow.Soon, 14.9: workflow.Soon, 15: workflow.Late} {
		r := s.in.Response(s.at(minutes).now)
		assert.Equal(t, want, r.Urgency, "at %v", minutes)
		assert.Equal(t, s.now.Sub(alert), r.Since)
		assert.Equal(t, 15*time.Minute, r.Within)
		assert.False(t, r.Met)
	}
	s.do(workflow.Mark{Milestone: workflow.Acknowledged, At: when(3)})
	r := s.in.Response(s.at(120).now)
	assert.True(t, r.Met)
	assert.Equal(t, workflow.OnTime, r.Urgency)
	assert.Equal(t, 2*time.Hour, r.Since)

	unknown := fire(t).do(workflow.Mark{Milestone: workflow.Acknowledged, At: workflow.UnknownStamp("14:??")})
	assert.True(t, unknown.in.Response(unknown.at(60).now).Met, "acknowledged, though nobody knows when")

	over := resolved(t)
	assert.Equal(t, 47*time.Minute, over.in.Response(over.at(600).now).Since, "it stops with the all-clear")

	none := declared(t, "SEV4")
	assert.Equal(t, workflow.OnTime, none.in.Response(none.at(9999).now).Urgency)
}

func TestAnUnknownTimeOfDetectionStartsNoClock(t *testing.T) {
	s := nothing(t).do(workflow.Declare{Title: "x", Severity: "SEV1", Detected: workflow.UnknownStamp("14:??"), Playbook: book(t)})
	assert.Zero(t, s.in.Cadence(s.at(60).now).Due)
	assert.Equal(t, workflow.OnTime, s.in.Response(s.now).Urgency)
	assert.Zero(t, s.in.Response(s.now).Since)
}
