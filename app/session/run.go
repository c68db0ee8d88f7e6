package session

import (
	"context"
	"slices"
	"sync"
	"time"

	"firebreak/workflow"
)

// Running is a command that runs for an incident, or that has ended and is
// still looked at.
type Running struct {
	Key        string
	Incident   workflow.IncidentID
	Use        workflow.CommandUse
	Line       string      // as it was typed
	Wanted     TestsWanted // of tests: what was asked for, so that it can be asked for again
	Folder     string
	Since      time.Time
	Limit      time.Duration
	Printed    int64  // bytes, up to now
	Text       string // the end of what it printed, as it came: not redacted, and never kept
	Cancelling bool   // somebody asked for its end
	Ended      *workflow.Ran
	Says       string // what came of it in the log
	Unkept     bool   // it could not be put on record, and Says why
}

// Took is how long it has run, or did.
func (r Running) Took(now time.Time) time.Duration {
	if r.Ended != nil {
		return r.Ended.Took
	}
	return max(0, now.Sub(r.Since))
}

// cuts says whether ending it half-way may leave something half done: what
// changes servers is not cut off by closing the window.
func (r Running) cuts() bool {
	return r.Use == workflow.DeployUse || r.Use == workflow.StageUse || r.Use == workflow.RollbackUse
}

// Running finds the command of the open incident under a key, running or ended.
func (s State) Running(key string) (Running, bool) {
	for _, r := range s.Runs {
		if r.Key == key && r.Incident == s.Incident.ID {
			return r, true
		}
	}
	return Running{}, false
}

// What a screen is told of a command's output: so much of its end, and so often.
const (
	liveSize  = 128 << 10
	liveEvery = 100 * time.Millisecond
)

// live is the output of a command that runs, on its way to the screen. The
// command's own thread writes it.
type live struct {
	mu      sync.Mutex
	text    []byte
	printed int64
}

func (l *live) take(data []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.printed += int64(len(data))
	if len(data) > liveSize {
		data = data[len(data)-liveSize:]
	}
	if len(l.text)+len(data) > 2*liveSize {
		l.text = append(l.text[:0], l.text[len(l.text)-liveSize:]...)
	}
	l.text = append(l.text, data...)
}

// since answers what there is now, if it is more than was there.
func (l *live) since(printed int64) (string, int64, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.printed == printed {
		return "", printed, false
	}
	return string(l.text[max(0, len(l.text)-liveSize):]), l.printed, true
}

// runJob is the key of the job that a command runs in.
func runJob(id workflow.IncidentID, key string) string { return "run:" + string(id) + ":" + key }

// Why a command is not run.
const (
	errNoOutside   = sentence("This program cannot run commands. Run it in a terminal, and record how it ended.")
	errRunsAlready = sentence("It runs already. Wait for it to end, or cancel it; nothing was started twice.")
)

// StartRun runs a command beside the desk and shows what it prints in the
// state's Runs. A key has one command at a time, for each incident. done hears
// whether it could be begun; then hears how it ended, also when another incident
// lies on the desk by then.
func (d *Desk) StartRun(key string, order workflow.RunOrder, then func(workflow.Ran), done func(error)) {
	d.startRun(key, order, func(_ context.Context, run func() workflow.Ran) workflow.Ran { return run() }, then, done)
}

// around does what belongs to a command beside the desk: before it, and after.
type around func(ctx context.Context, run func() workflow.Ran) workflow.Ran

func (d *Desk) startRun(key string, order workflow.RunOrder, around around, then func(workflow.Ran), done func(error)) {
	in := d.state.Incident.ID
	switch {
	case d.outside == nil:
		d.answer(done, errNoOutside)
		return
	case d.end.asked:
		d.answer(done, errClosing)
		return
	case d.Running(runJob(in, key)):
		d.answer(done, errRunsAlready)
		return
	}
	run := Running{Key: key, Incident: in, Use: order.Use, Line: order.Line, Folder: order.Folder, Since: d.clock.Now(), Limit: order.Limit}
	d.putRun(run)
	out := &live{}
	ran := workflow.Ran{Ending: workflow.RunNotStarted, Exit: -1, Says: string(errBroke)}
	d.start(runJob(in, key), &job{keeps: true}, func(ctx context.Context) (func(), error) {
		ran = around(ctx, func() workflow.Ran { return d.outside.Run(ctx, order, out.take) })
		return nil, nil
	}, func(error) {
		d.tellRun(in, key, out)
		d.changeRun(in, key, func(r *Running) { r.Ended, r.Cancelling = &ran, false })
		if then != nil {
			then(ran)
		}
		d.show()
	})
	d.followRun(in, key, out)
	d.show()
	d.answer(done, nil)
}

// CancelRun asks for the end of a command of the open incident. What it started
// ends with it, at the latest after a few seconds.
func (d *Desk) CancelRun(key string) {
	in := d.state.Incident.ID
	if j := d.jobs[runJob(in, key)]; j != nil {
		d.changeRun(in, key, func(r *Running) { r.Cancelling = true })
		j.cancel()
		d.show()
	}
}

// ForgetRun takes a command that has ended off the screen.
func (d *Desk) ForgetRun(key string) {
	in := d.state.Incident.ID
	d.state.Runs = slices.DeleteFunc(slices.Clone(d.state.Runs), func(r Running) bool {
		return r.Key == key && r.Incident == in && r.Ended != nil
	})
	d.show()
}

// followRun shows what a command prints, not more often than it can be read.
func (d *Desk) followRun(in workflow.IncidentID, key string, out *live) {
	mine := d.jobs[runJob(in, key)]
	d.clock.After(liveEvery, func() {
		d.threads.UI(func() {
			if mine == nil || d.jobs[runJob(in, key)] != mine || d.end.closed {
				return
			}
			if d.tellRun(in, key, out) {
				d.show()
			}
			d.followRun(in, key, out)
		})
	})
}

func (d *Desk) tellRun(in workflow.IncidentID, key string, out *live) bool {
	told := false
	d.changeRun(in, key, func(r *Running) {
		var text string
		if text, r.Printed, told = out.since(r.Printed); told {
			r.Text = text
		}
	})
	return told && in == d.state.Incident.ID
}

// putRun begins a row; the one before it under the same key is gone.
func (d *Desk) putRun(run Running) {
	d.state.Runs = append(slices.DeleteFunc(slices.Clone(d.state.Runs), func(r Running) bool {
		return r.Key == run.Key && r.Incident == run.Incident
	}), run)
}

// changeRun changes a row in a copy: a screen may still hold the old ones.
func (d *Desk) changeRun(in workflow.IncidentID, key string, change func(*Running)) {
	runs := slices.Clone(d.state.Runs)
	for i := range runs {
		if runs[i].Key == key && runs[i].Incident == in {
			change(&runs[i])
		}
	}
	d.state.Runs = runs
}

// endRuns is what closing does about commands: a test is ended, and what
// changes servers is waited for.
func (d *Desk) endRuns() {
	for _, r := range d.state.Runs {
		if j := d.jobs[runJob(r.Incident, r.Key)]; j != nil && !r.cuts() {
			j.cancel()
		}
	}
}

// uncut is a command that must not be cut off by leaving; "" when there is none.
func (d *Desk) uncut() string {
	for _, r := range d.state.Runs {
		if r.Ended == nil && r.cuts() {
			return "The " + string(r.Use) + " still runs (" + r.Line + ")."
		}
	}
	return ""
}
