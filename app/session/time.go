package session

import (
	"context"
	"fmt"
	"time"
)

// Jump is a change of the computer's clock by hand or from outside.
type Jump struct {
	By time.Duration // negative: set back; zero: there was none
	At time.Time     // by the new time
}

// jumpFrom is the smallest change of the clock that is told.
const jumpFrom = time.Minute

// zoneEvery is how often the machine is asked for its time zone.
const zoneEvery = 10 * time.Second

// keptTime is what the desk knows of the clock and the zone.
type keptTime struct {
	wall   time.Time     // at a moment,
	steady time.Duration // and what the steady clock said then
	zone   func() *time.Location
	asked  time.Duration // for the zone last, on the steady clock
}

// watchTime notices a clock that was set and a zone that was changed.
func (d *Desk) watchTime() {
	now, steady := d.clock.Now(), d.clock.Steady()
	if by := now.Sub(d.time.wall) - (steady - d.time.steady); by.Abs() >= jumpFrom {
		d.time.wall, d.time.steady = now, steady
		d.jumped(Jump{By: by.Round(time.Second), At: now})
	}
	d.watchZone(steady)
}

// jumped tells that the clock was set. What is measured from a moment before is
// moved along, so that it lasts as long as it should.
func (d *Desk) jumped(j Jump) {
	if s := d.state.Strip; s != nil {
		moved := *s
		moved.Since = s.Since.Add(j.By)
		d.state.Strip = &moved
	}
	if !d.state.Saved.Since.IsZero() {
		d.state.Saved.Since = d.state.Saved.Since.Add(j.By)
	}
	d.state.Jump = j
	d.ShowJump()
}

// ShowJump says what the clock did, until somebody says that all times are
// right.
func (d *Desk) ShowJump() {
	if d.state.Jump.By == 0 {
		return
	}
	d.say(Strip{Says: d.state.Jump.says(d.state.Shown()), Undo: "Times are right", Back: d.ForgetJump, Warning: true, Kept: true})
	d.show()
}

// says tells what happened, what holds, and what to do.
func (j Jump) says(zone *time.Location) string {
	how := "forward"
	if j.By < 0 {
		how = "back"
	}
	return fmt.Sprintf("The computer's clock was set %s by %s; it is %s now. The order of the log stays right. "+
		"Times written by the clock that was wrong are off by as much: correct them in the timeline.",
		how, lengthWords(j.By.Abs()), j.At.In(zone).Format("15:04:05"))
}

// ForgetJump takes the mark of a jump away, once somebody has read it.
func (d *Desk) ForgetJump() {
	d.state.Jump = Jump{}
	d.show()
}

// lengthWords is a length of time in hours and minutes.
func lengthWords(length time.Duration) string {
	minutes := int(length.Round(time.Minute) / time.Minute)
	if minutes < 60 {
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
}

func (d *Desk) watchZone(steady time.Duration) {
	if d.time.zone == nil || steady-d.time.asked < zoneEvery || d.Running("zone") {
		return
	}
	d.time.asked = steady
	ask := d.time.zone
	d.Run("zone", func(context.Context) (func(), error) {
		zone := ask()
		return func() { d.moveTo(zone) }, nil
	}, nil)
}

// moveTo shows local times in another zone from now on. What is on record keeps
// the one that it was written in.
func (d *Desk) moveTo(zone *time.Location) {
	was := d.state.Zone
	if zone == nil || was == nil || zone == was {
		return
	}
	now := d.clock.Now()
	_, before := now.In(was).Zone()
	name, after := now.In(zone).Zone()
	d.state.Zone = zone
	if before == after {
		return // the same hour of the day by another name
	}
	d.say(Strip{Says: fmt.Sprintf(
		"The computer's time zone is now %s: local times are shown in it, and typed ones read in it. What is on record keeps its own.", name), Warning: true})
	d.show()
}
