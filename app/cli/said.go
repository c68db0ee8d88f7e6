package cli

import (
	"context"
	"fmt"
	"time"

	"firebreak/workflow"
)

// changeJSON is what a command that writes prints for a program.
type changeJSON struct {
	ID       workflow.IncidentID `json:"id"`
	Title    string              `json:"title"`
	Severity string              `json:"severity"` // "" while undecided
	Stage    workflow.Stage      `json:"stage"`
	Written  []writtenJSON       `json:"written"`
	Next     *nextJSON           `json:"next,omitempty"`
}

// writtenJSON is one event as it was written.
type writtenJSON struct {
	ID   workflow.EventID `json:"id"`
	Kind workflow.Kind    `json:"kind"`
	At   workflow.Stamp   `json:"at"`
	By   string           `json:"by"`
	Says string           `json:"says"`
}

// nextJSON is the next best action.
type nextJSON struct {
	Step    workflow.Step `json:"step"`
	Target  string        `json:"target,omitempty"`
	Title   string        `json:"title"`
	Reason  string        `json:"reason"`
	Late    bool          `json:"late,omitempty"`
	Due     time.Time     `json:"due,omitzero"`
	Place   string        `json:"place,omitempty"`
	Command string        `json:"command,omitempty"`
}

func nextOf(in workflow.Incident, now time.Time) *nextJSON {
	next := in.Next(now)
	if next.Step == workflow.StepNone {
		return nil
	}
	return &nextJSON{
		Step: next.Step, Target: next.Target, Title: next.Title, Reason: next.Reason, Late: next.Late, Due: next.Due,
		Place: next.Place, Command: commandIn(in, next),
	}
}

// changeIn writes into the incident that the command is about, and says what
// was written.
func (r *run) changeIn(ctx context.Context, by which, want plan) error {
	id, err := r.pick(ctx, by)
	if err != nil {
		return err
	}
	done, err := r.write(ctx, id, want)
	if err != nil {
		return err
	}
	r.weaveAfter(ctx, done)
	return r.say(ctx, done)
}

// say prints what was written.
func (r *run) say(ctx context.Context, done change) error {
	if r.flags.json {
		return r.printJSON(r.changeJSON(done))
	}
	zone, err := r.zone(ctx)
	if err != nil {
		return err
	}
	for _, e := range done.Events {
		r.line("%s", wrapped(r.clock(e.At, zone), column, eventWords(done.Before, done.After, e)))
	}
	r.sayNext(done.After)
	return nil
}

func (r *run) sayNext(in workflow.Incident) {
	if next := nextOf(in, r.Now()); next != nil {
		r.line("%s", r.paint(faint, pad("Next", column)+fit(oneLine(next.Title+": "+next.Reason), width-column)))
	}
}

func (r *run) changeJSON(done change) changeJSON {
	in := done.After
	out := changeJSON{
		ID: in.ID, Title: in.Triage.Title.Get(), Severity: in.Triage.Severity.Get(), Stage: in.Stage(),
		Written: []writtenJSON{}, Next: nextOf(in, r.Now()),
	}
	for _, e := range done.Events {
		out.Written = append(out.Written, writtenJSON{ID: e.ID, Kind: e.Body.Kind(), At: e.At, By: e.Actor, Says: eventWords(done.Before, done.After, e)})
	}
	return out
}

// eventWords says what an event did to the incident: its line in the timeline,
// or a name for it where it leaves none.
func eventWords(before, after workflow.Incident, e workflow.Event) string {
	if entry, found := after.Entry(e.ID); found {
		return entry.Line()
	}
	if u, undo := e.Body.(workflow.Undone); undo {
		return undoneWords(before, u)
	}
	return workflow.Describe(e, after.Playbook)
}

// undoneWords says what an undo took back, or what a redo brought back.
func undoneWords(before workflow.Incident, u workflow.Undone) string {
	for _, e := range before.Events() {
		if e.ID != u.Batch {
			continue
		}
		if undo, again := e.Body.(workflow.Undone); again {
			return "Done again: " + batchWords(before, undo.Batch)
		}
		return "Undone: " + batchWords(before, u.Batch)
	}
	return "Undone"
}

func batchWords(in workflow.Incident, batch workflow.EventID) string {
	for _, e := range in.Events() {
		if e.ID == batch {
			return workflow.Describe(e, in.Playbook)
		}
	}
	return "the last change"
}

// clock shows a stamp: the time, with the date when it is not today's.
func (r *run) clock(at workflow.Stamp, zone *time.Location) string {
	clock := at.Clock(zone)
	day := at.Date(zone)
	if day == "" || day == r.Now().In(zone).Format(time.DateOnly) {
		return clock + zoneMark(at, zone)
	}
	return fmt.Sprintf("%s %s%s", day, clock, zoneMark(at, zone))
}

// zoneMark says which zone a time is shown in: Z for UTC, the offset otherwise.
func zoneMark(at workflow.Stamp, zone *time.Location) string {
	if at.Time.IsZero() {
		return ""
	}
	if zone == time.UTC {
		return "Z"
	}
	return at.Time.In(zone).Format("-07:00")
}
