package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"firebreak/workflow"
)

// order lets several devices write to one incident without hearing of each
// other for a while, and then delivers all of it in many orders, with doubles:
// every device, and everybody who starts from nothing, must reach the same
// state.
func order(ctx context.Context, s scale) (result, error) {
	var total result
	deliveries := 0
	for round := range s.rounds(40, 1000) {
		if ctx.Err() != nil {
			return total, ctx.Err()
		}
		written, delivered, err := meeting(rand.New(rand.NewPCG(s.seed, uint64(round))))
		if err != nil {
			return total, fmt.Errorf("round %d: %w", round, err)
		}
		total.Rounds++
		total.Acknowledged += written
		deliveries += delivered
	}
	total.Says = fmt.Sprintf("%d deliveries in other orders and with doubles, all the same state", deliveries)
	return total, nil
}

// far is a device that writes on what it has heard so far.
type far struct {
	id    workflow.DeviceID
	skew  time.Duration
	in    workflow.Incident
	own   []workflow.Event
	heard map[workflow.DeviceID]int // how many of the others' events
	ids   int
}

func meeting(dice *rand.Rand) (written, delivered int, err error) {
	devices, err := apart(dice)
	if err != nil {
		return 0, 0, err
	}
	now := alert()
	for range 30 + dice.IntN(60) {
		now = now.Add(time.Duration(dice.IntN(90)) * time.Second)
		d := pick(dice, devices)
		if dice.IntN(4) == 0 {
			d.hear(pick(dice, devices), 1+dice.IntN(12))
		}
		d.does(dice, now)
	}
	var all []workflow.Event
	for _, d := range devices {
		all = append(all, d.own...)
	}
	want, err := stateHash(workflow.Fold("incident", all))
	if err != nil {
		return 0, 0, err
	}
	for _, d := range devices {
		for _, other := range devices {
			d.hear(other, len(other.own))
		}
		if err := reached(want, d.in, "device "+string(d.id)); err != nil {
			return 0, 0, err
		}
	}
	const orders = 4
	for range orders {
		if err := reached(want, inAnyOrder(dice, all), "somebody who starts from nothing"); err != nil {
			return 0, 0, err
		}
	}
	return len(all), orders + len(devices), nil
}

// apart are devices whose clocks go wrong by minutes; the first has declared
// the incident, and the others have heard of that.
func apart(dice *rand.Rand) ([]*far, error) {
	book, err := rules()
	if err != nil {
		return nil, err
	}
	devices := make([]*far, 2+dice.IntN(3))
	for i := range devices {
		devices[i] = &far{
			id: workflow.DeviceID(fmt.Sprintf("device-%d", i)), skew: time.Duration(dice.IntN(600)-300) * time.Second,
			in: workflow.Fold("incident", nil), heard: map[workflow.DeviceID]int{},
		}
	}
	first := devices[0]
	if !first.asks(deed{Does: declares, Text: "Login is down"}.asked(first.in, book), alert()) {
		return nil, fmt.Errorf("the incident could not be declared")
	}
	for _, d := range devices[1:] {
		d.hear(first, len(first.own))
	}
	return devices, nil
}

// hear takes in what another device wrote next. A device is always heard in
// its own order; which devices are heard, and how far, is left to chance.
func (d *far) hear(other *far, most int) {
	if d == other {
		return
	}
	from := d.heard[other.id]
	until := min(from+most, len(other.own))
	d.heard[other.id] = until
	d.in = d.in.With(other.own[from:until]...)
}

func (d *far) does(dice *rand.Rand, now time.Time) {
	name := fmt.Sprintf("%s says %d", d.id, d.ids)
	want := someDeed(dice, read(d.in), name).asked(d.in, workflow.Playbook{})
	if dice.IntN(3) == 0 {
		want = wild(dice, name)
	}
	d.asks(want, now)
}

// asks writes what an intent leads to; false means that it was refused.
func (d *far) asks(want workflow.Intent, now time.Time) bool {
	events, err := workflow.Decide(d.in, want, workflow.Env{
		Now: now.Add(d.skew), Actor: string(d.id), Device: d.id, NewID: func() workflow.EventID {
			d.ids++
			return workflow.EventID(fmt.Sprintf("%s-%04d", d.id, d.ids))
		},
	})
	if err != nil {
		return false
	}
	d.in, d.own = d.in.With(events...), append(d.own, events...)
	return true
}

// wild is what the deeds leave out: everything that moves facts and gates.
func wild(dice *rand.Rand, name string) workflow.Intent {
	return pick(dice, []workflow.Intent{
		workflow.Tell{Channel: pick(dice, workflow.Channels()), Text: name},
		workflow.Mark{Milestone: pick(dice, workflow.KnownMilestones())},
		workflow.Choose{Option: workflow.HotfixOption, Reason: name},
		workflow.Identify{Cause: name},
		workflow.RecordFix{Commit: pick(dice, []string{"abc1234", "fff9999"}), Summary: name},
		workflow.RecordIncrement{ID: name},
		workflow.MarkTask{ID: pick(dice, []string{"T-001", "T-002"}), Done: dice.IntN(2) == 0},
		workflow.AddTask{Title: name},
		workflow.RecordTest{Run: workflow.TestRun{Command: name, Suite: workflow.RegressionSuite, Passed: dice.IntN(3) > 0}},
		workflow.RecordScope{ByHand: name},
		workflow.ReadyRollback{Version: name},
		workflow.Approve{Person: pick(dice, people)},
		workflow.RecordDeploy{Deploy: workflow.Deploy{Version: name}},
		workflow.RecordCheck{Check: workflow.Check{What: name, Outcome: workflow.CheckPassed}},
		workflow.GiveAllClear{},
		workflow.AddItem{Phase: "before", Text: name},
		workflow.ConfirmPhase{Phase: pick(dice, []string{"before", "during", "after"}), Reason: name},
		workflow.Override{Gate: workflow.DeployGate, Reason: name},
		workflow.WriteSection{Section: workflow.LessonsSection, Text: name},
		workflow.SetReview{State: pick(dice, []workflow.ReviewState{workflow.Drafted, workflow.Final}), Reason: name},
		workflow.AddAction{Text: name, Owner: pick(dice, people)},
	})
}

// inAnyOrder folds events that come in parts, in any order, some of them twice.
func inAnyOrder(dice *rand.Rand, all []workflow.Event) workflow.Incident {
	mixed := slices.Clone(all)
	for range len(all) / 3 {
		mixed = append(mixed, pick(dice, all))
	}
	dice.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	in := workflow.Fold("incident", nil)
	for len(mixed) > 0 {
		part := 1 + dice.IntN(len(mixed))
		in, mixed = in.With(mixed[:part]...), mixed[part:]
	}
	return in
}

func reached(want string, in workflow.Incident, who string) error {
	got, err := stateHash(in)
	if err == nil && got != want {
		err = fmt.Errorf("%s reached the state %s, and all events in their order lead to %s", who, got, want)
	}
	return err
}
