package main

import (
	"context"
	"errors"
	"fmt"

	"firebreak/data"
	"firebreak/workflow"
)

// incidentsToldOf is how many incidents a tale has at most.
const incidentsToldOf = 3

// planChange is an intent that a person states on one of the two stores. It is
// decided on what that store has read; when the other one was faster, the
// refusal is answered by reading on and deciding again.
func (t *tale) planChange() *turn {
	before, h := t.world(), t.hand()
	c := &change{tale: t, hand: h, before: before, name: t.name("event")}
	if n := len(before.incidents); n == 0 || n < incidentsToldOf && t.dice.IntN(15) == 0 {
		c.id = workflow.IncidentID(fmt.Sprintf("incident-%d", n))
		c.does = deed{Does: declares, Text: t.words()}
	} else {
		c.id = t.someIncident()
		c.does = someDeed(t.dice, read(before.incidents[c.id]), t.words())
	}
	for _, key := range before.draftKeys() {
		if (key.Incident == c.id || key.Incident == "") && t.dice.IntN(4) == 0 {
			c.clears = append(c.clears, key)
		}
	}
	c.turn = &turn{says: c.does.Does, after: before}
	c.turn.try = c.try
	return c.turn
}

// change is an intent on its way into the log.
type change struct {
	tale   *tale
	turn   *turn
	hand   *teller
	id     workflow.IncidentID
	does   deed
	name   string
	before world
	clears []data.DraftKey
	batch  *data.Batch // once decided
}

// try decides, if that was not done yet, and appends. An intent that is refused
// changes nothing; that is an answer too.
func (c *change) try(ctx context.Context) error {
	for {
		if c.batch == nil {
			refused, err := c.decide()
			if refused || err != nil {
				return err
			}
		}
		position, _, err := c.hand.store.Append(ctx, *c.batch)
		if !errors.Is(err, workflow.ErrConflict) {
			if err == nil {
				c.hand.in[c.id], c.hand.at[c.id] = c.turn.after.incidents[c.id], position
			}
			return err
		}
		if err := c.catchUp(ctx); err != nil {
			return err
		}
	}
}

func (c *change) decide() (refused bool, err error) {
	in, known := c.hand.in[c.id]
	if !known {
		in = workflow.Fold(c.id, nil)
	}
	if !in.Declared() && c.does.Does != declares {
		in = c.before.incidents[c.id] // the hand has not read it at all: its batch will be refused
	}
	n := 0
	events, err := workflow.Decide(in, c.does.asked(in, c.tale.rules), workflow.Env{
		Now: c.tale.now, Actor: "Jane", Device: c.hand.store.Device(),
		NewID: func() workflow.EventID { n++; return workflow.EventID(fmt.Sprintf("%s-%d", c.name, n)) },
	})
	var rule *workflow.RuleError
	if errors.As(err, &rule) {
		c.turn.after = c.before
		return true, nil
	}
	if err != nil {
		return false, err
	}
	after := in.With(events...)
	c.batch = &data.Batch{Incident: c.id, After: c.hand.at[c.id], Events: events, Summary: after.Summary(), Clear: c.clears}
	c.turn.after = c.before.with(after, c.clears)
	c.turn.after.changes = c.before.changes + 1
	return false, nil
}

// catchUp reads what the other store wrote.
func (c *change) catchUp(ctx context.Context) error {
	log, err := c.hand.store.Since(ctx, c.id, c.hand.at[c.id])
	if err != nil {
		return err
	}
	in, known := c.hand.in[c.id]
	if !known {
		in = workflow.Fold(c.id, nil)
	}
	c.hand.in[c.id], c.hand.at[c.id] = in.With(unnumbered(log.Events)...), log.Position
	c.batch = nil
	return nil
}
