package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/app/session"
)

// sets sets the clock by hand, and lets the desk look at it.
func (d *shellDesk) sets(by time.Duration) {
	d.now, d.set = d.now.Add(by), d.set+by
	d.shell.Look()
	d.pump()
}

func TestAClockThatJumpedIsMarkedUntilSomebodySaysThatItIsRight(t *testing.T) {
	d := newShellDesk(t, 20*time.Minute, 1280, 800)
	assert.NotContains(t, d.shell.status.clock.Words(), "jumped")
	d.run("help.clock")
	assert.Equal(t, "The clock did not jump.", d.shell.strip.Text())

	d.sets(-time.Hour)
	assert.Contains(t, d.shell.strip.Text(), "set back by 1 h 0 min")
	d.shell.Dismiss()
	assert.Contains(t, d.shell.status.clock.Words(), "clock jumped")

	d.shell.tapClock()
	d.pump()
	assert.Equal(t, TimelineScreen, d.shell.Screen(), "where times are corrected")
	assert.Contains(t, d.shell.strip.Text(), "correct them in the timeline")
	d.shell.strip.Action().Press()
	d.pump()
	assert.Empty(t, d.shell.strip.Text())
	assert.NotContains(t, d.shell.status.clock.Words(), "jumped")
	d.shell.tapClock()
	d.pump()
	assert.Contains(t, d.shell.strip.Text(), "Times are shown", "it changes how times are shown again")
}

func TestElapsedTimesStaySaneWhenTheClockIsSetBack(t *testing.T) {
	d := newShellDesk(t, 20*time.Minute, 1280, 800)
	for _, by := range []time.Duration{-time.Hour, -24 * time.Hour, 50 * time.Hour} {
		d.sets(by)
		for _, screen := range Screens() {
			d.shell.Go(screen)
			d.pump()
		}
		assert.NotRegexp(t, `T\+.*-`, d.shell.header.clock.Text())
	}
}

func TestDiagnosticsAreCopiedAndTheLogsAreShown(t *testing.T) {
	d := newShellDesk(t, -1, 1280, 800)
	d.shell.About.Version = "0.1.0"
	d.run("help.diagnostics")
	assert.Equal(t, "Firebreak 0.1.0", d.copied)
	d.run("help.logs")
	assert.Empty(t, d.opened)

	d.shell.About.Logs, d.shell.About.Diagnostics = "/state/logs", func() string { return "Firebreak 0.1.0, linux" }
	d.run("help.diagnostics")
	assert.Equal(t, "Firebreak 0.1.0, linux", d.copied)
	d.run("help.logs")
	assert.Equal(t, []string{"/state/logs"}, d.opened)
}

func TestAnOfferOfAMessageLeavesTheMessageThere(t *testing.T) {
	d := newShellDesk(t, -1, 800, 600)
	shown := 0
	d.shell.Say(session.Strip{Says: "It ended at 14:47.", Warning: true, More: []session.Offer{
		{Word: "Show file", Run: func() { shown++ }},
	}})
	more := d.shell.strip.More()
	assert.Equal(t, "Show file", more[0].Word())
	assert.False(t, more[1].Visible())
	more[0].Press()
	assert.Equal(t, 1, shown)
	assert.Equal(t, "It ended at 14:47.", d.shell.strip.Text())
}
