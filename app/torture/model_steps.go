package main

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"firebreak/data"
	"firebreak/workflow"
)

// another is an incident of the story, mostly the one on the desk.
func (p *player) another(dice *rand.Rand) workflow.IncidentID {
	if id := p.in().ID; id != "" && dice.IntN(4) > 0 {
		return id
	}
	return pick(dice, slices.Sorted(maps.Keys(p.books)))
}

// theirs is a deed of the other process; the desk notices it at its next look.
func (p *player) theirs(dice *rand.Rand) error {
	id := p.another(dice)
	d := someDeed(dice, p.books[id].now(), p.name("words"))
	p.last = fmt.Sprintf("the other in %s: %+v", id, d)
	if err := p.agree(id, d, p.otherDoes(id, d)); err != nil {
		return err
	}
	p.desk.Look()
	p.pump()
	return nil
}

// otherDoes reads, decides and writes as a command in a terminal does.
func (p *player) otherDoes(id workflow.IncidentID, d deed) error {
	for {
		log, err := p.other.Load(p.ctx, id)
		if err != nil {
			return err
		}
		in := workflow.Fold(id, log.Events)
		events, err := workflow.Decide(in, d.asked(in, workflow.Playbook{}), workflow.Env{
			Now: p.clock.Now(), Actor: "Sam", Device: p.other.Device(), NewID: func() workflow.EventID { return p.id("other") },
		})
		if err != nil {
			return err
		}
		_, _, err = p.other.Append(p.ctx, data.Batch{Incident: id, After: log.Position, Events: events, Summary: in.With(events...).Summary()})
		if !errors.Is(err, workflow.ErrConflict) {
			return err
		}
	}
}

// clash lets the desk and the other process change the same incident at once.
// Whoever is later decides again; the log says who that was.
func (p *player) clash(dice *rand.Rand) error {
	id := p.in().ID
	before, err := p.other.Load(p.ctx, id)
	if err != nil {
		return err
	}
	mine, theirs := p.someDeed(dice), p.someDeed(dice)
	var myAnswer error
	p.asks(mine, &myAnswer)
	p.turn(dice.IntN(3))
	p.last += fmt.Sprintf(" the other: %+v", theirs)
	theirAnswer := p.otherDoes(id, theirs)
	p.pump()
	log, err := p.other.Since(p.ctx, id, before.Position)
	if err != nil {
		return err
	}
	p.desk.Look()
	p.pump()
	start := p.books[id].copied()
	for _, e := range log.Events {
		if e.ID != e.Batch {
			continue
		}
		who, answer := theirs, &theirAnswer
		if strings.HasPrefix(string(e.ID), "desk-") {
			who, answer = mine, &myAnswer
		}
		if err := p.agree(id, who, *answer); err != nil {
			return err
		}
		*answer = nil
	}
	return errors.Join(p.refusedRightly(id, start, mine, myAnswer), p.refusedRightly(id, start, theirs, theirAnswer))
}

// refusedRightly says whether a deed that was not written was refused, and is
// refused by the model too, before or after what else happened.
func (p *player) refusedRightly(id workflow.IncidentID, before *book, d deed, answer error) error {
	var refusal *workflow.RuleError
	switch {
	case answer == nil: // it was written, and the model has it
		return nil
	case !errors.As(answer, &refusal):
		return answer
	case refusal.Code == "undo.overtaken": // the newest change is another one now, and nobody has seen it
		return nil
	case before.copied().apply(d) && p.books[id].copied().apply(d):
		return fmt.Errorf("%+v was refused (%w), and the model takes it", d, answer)
	}
	return nil
}

// open puts another incident on the desk.
func (p *player) open(dice *rand.Rand) error {
	if len(p.books) == 0 {
		return nil
	}
	var answer error = errNobody
	id := pick(dice, slices.Sorted(maps.Keys(p.books)))
	p.last = string(id)
	p.desk.OpenIncident(id, func(err error) { answer = err })
	p.pump()
	if answer == nil && p.in().ID != id {
		answer = fmt.Errorf("%s was opened, and %s is on the desk", id, p.in().ID)
	}
	return answer
}

// restart ends the program as a person does.
func (p *player) restart() error {
	closed := false
	p.desk.Close(func() { closed = true })
	p.pump()
	if !closed {
		return errors.New("the desk does not close")
	}
	for _, fields := range p.drafts {
		for _, t := range fields {
			t.settle()
		}
	}
	p.vanish()
	return p.raise()
}

// killed ends the program from one moment to the next. What was typed in the
// last second may be as it was before.
func (p *player) killed() error {
	p.vanish()
	if err := p.raise(); err != nil {
		return err
	}
	for id, fields := range p.drafts {
		kept, err := p.other.Drafts(p.ctx, id)
		if err != nil {
			return err
		}
		for field, t := range fields {
			text := ""
			for _, d := range kept {
				if d.Key.Field == field {
					text = d.Text
				}
			}
			if !t.may(text, p.clock.running) {
				return fmt.Errorf("%q was typed into %s of %s, and %q is there", t.text, field, id, text)
			}
			fields[field] = &typing{text: text, safe: text}
		}
	}
	return nil
}

// killInTheMiddle ends the program while a change is under way.
func (p *player) killInTheMiddle(dice *rand.Rand) error {
	id, d := p.in().ID, p.someDeed(dice)
	before, err := p.other.Load(p.ctx, id)
	if err != nil {
		return err
	}
	var answer error
	p.asks(d, &answer)
	p.turn(dice.IntN(4))
	if err := p.killed(); err != nil {
		return err
	}
	log, err := p.other.Since(p.ctx, id, before.Position)
	switch {
	case err != nil:
		return err
	case answer == nil && len(log.Events) == 0:
		return fmt.Errorf("%+v was answered as saved and is lost", d)
	case len(log.Events) > 0 || answer != nil && !errors.Is(answer, errNobody):
		if errors.Is(answer, errNobody) {
			answer = nil // it was saved, and nobody heard of it
		}
		return p.agree(id, d, answer)
	}
	return nil
}

// bounce is the end of the other process and the start of another one.
func (p *player) bounce() error {
	path := p.other.Path()
	if err := p.other.Close(); err != nil {
		return err
	}
	var err error
	p.other, err = data.Open(p.ctx, path, data.Options{Clock: p.clock.Now})
	return err
}

// typing is what stands in a field, and what the disk may have of it.
type typing struct {
	text  string
	safe  string        // what the disk had for certain
	since []string      // what was typed since
	at    time.Duration // when it was typed
}

// promised is how soon what was typed is on the disk.
const promised = time.Second

func (t *typing) settle() { t.safe, t.since = t.text, nil }

// may says whether a text can be what the disk has.
func (t *typing) may(text string, now time.Duration) bool {
	if now-t.at >= promised {
		return text == t.text
	}
	return text == t.safe || slices.Contains(t.since, text)
}

// typed is the fields of an incident.
func (p *player) typed(id workflow.IncidentID) map[string]*typing {
	if p.drafts[id] == nil {
		p.drafts[id] = map[string]*typing{}
	}
	return p.drafts[id]
}

// types types into a field of the incident on the desk, or of none.
func (p *player) types(dice *rand.Rand) {
	field, text := pick(dice, []string{"composer", "edit", "app.title"}), p.name("half a sentence")
	if dice.IntN(6) == 0 {
		text = ""
	}
	id := p.in().ID
	if id == "" { // only fields of this kind are on the screen then
		field = "app.title"
	}
	if strings.HasPrefix(field, "app.") {
		id = ""
	}
	p.last = fmt.Sprintf("%q into %s of %s", text, field, id)
	t := p.typed(id)[field]
	if t == nil {
		t = &typing{}
		p.typed(id)[field] = t
	}
	if p.clock.running-t.at >= promised {
		t.settle()
	}
	t.text, t.at, t.since = text, p.clock.running, append(t.since, text)
	p.desk.Draft(field, text)
	p.turn(dice.IntN(3))
}

// send makes a note of what stands in the composer.
func (p *player) send(dice *rand.Rand) error {
	id := p.in().ID
	t := p.typed(id)["composer"]
	if t == nil || t.text == "" {
		return nil
	}
	d := deed{Does: notes, Text: t.text}
	var answer error
	p.asks(d, &answer, "composer")
	p.turn(dice.IntN(3))
	p.pump()
	if answer == nil {
		p.typed(id)["composer"] = &typing{}
	}
	return p.agree(id, d, answer)
}
