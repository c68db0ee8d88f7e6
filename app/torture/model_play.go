package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"firebreak/app/house"
	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

// player is the program without a screen, and somebody who keeps everything on
// paper beside it.
type player struct {
	ctx    context.Context
	folder string
	clock  *handClock
	queue  []func()
	house  *house.House
	desk   *session.Desk
	other  *data.Store // the other process
	ids    int
	names  int

	books  map[workflow.IncidentID]*book
	drafts map[workflow.IncidentID]map[string]*typing
	prefs  session.Prefs

	done    int
	written int
	counts  map[string]int
	last    string // what the last step was, for the story of a failure
}

func newPlayer(ctx context.Context, folder string) *player {
	return &player{
		ctx: ctx, folder: folder, clock: &handClock{}, counts: map[string]int{},
		books: map[workflow.IncidentID]*book{}, drafts: map[workflow.IncidentID]map[string]*typing{}, prefs: session.DefaultPrefs("Jane"),
	}
}

// raise starts the program.
func (p *player) raise() (err error) {
	places, err := data.FindPlaces(p.folder)
	if err != nil {
		return err
	}
	p.house, err = house.Build(p.ctx, house.Named{Places: places, Clock: p.clock, NewID: func() workflow.EventID { return p.id("desk") }})
	if err != nil {
		return err
	}
	add := func(call func()) { p.queue = append(p.queue, call) }
	p.desk, err = p.house.Desk(p.ctx, session.Threads{UI: add, Work: add}, "Jane", func() *time.Location { return time.UTC }, func(session.State) {})
	if err != nil {
		return err
	}
	p.desk.Show()
	p.desk.Start()
	p.pump()
	if p.other == nil {
		p.other, err = data.Open(p.ctx, places.Database(), data.Options{Clock: p.clock.Now})
	}
	return err
}

// lower ends everything, however far it had come.
func (p *player) lower() {
	p.vanish()
	if p.other != nil {
		_ = p.other.Close()
		p.other = nil
	}
}

// vanish is the end of the program without a last moment: nothing that waits is
// done any more.
func (p *player) vanish() {
	p.queue, p.clock.alarms = nil, nil
	if p.house != nil {
		p.house.Close()
		p.house = nil
	}
}

func (p *player) id(who string) workflow.EventID {
	p.ids++
	return workflow.EventID(fmt.Sprintf("%s-%06d", who, p.ids))
}

// pump runs everything that waits.
func (p *player) pump() {
	for len(p.queue) > 0 {
		p.turn(1)
	}
}

// turn runs so many of the things that wait.
func (p *player) turn(most int) {
	for ; most > 0 && len(p.queue) > 0; most-- {
		first := p.queue[0]
		p.queue = p.queue[1:]
		first()
	}
}

func (p *player) in() workflow.Incident { return p.desk.State().Incident }

func (p *player) name(what string) string {
	p.names++
	return fmt.Sprintf("%s %d", what, p.names)
}

// step plays one step and compares.
func (p *player) step(s step) error {
	dice := rand.New(rand.NewPCG(s.Dice, 0))
	p.last = ""
	if err := p.act(s.Kind, dice); err != nil {
		return err
	}
	p.pump()
	return p.compare()
}

func (p *player) act(kind string, dice *rand.Rand) error {
	on := p.in().Declared()
	switch {
	case kind == stepDeclare:
		return p.declare()
	case kind == stepMine && on:
		return p.mine(p.someDeed(dice))
	case kind == stepBack && on:
		return p.back(dice)
	case kind == stepTheirs && on:
		return p.theirs(dice)
	case kind == stepClash && on:
		return p.clash(dice)
	case kind == stepMid && on:
		return p.killInTheMiddle(dice)
	case kind == stepSend && on:
		return p.send(dice)
	default:
		return p.actAround(kind, dice)
	}
}

// actAround is what needs no incident on the desk.
func (p *player) actAround(kind string, dice *rand.Rand) error {
	switch kind {
	case stepType:
		p.types(dice)
	case stepWait:
		p.clock.pass(time.Duration(dice.IntN(3000))*time.Millisecond, p.pump)
	case stepClock:
		if by := time.Duration(dice.IntN(120)-60) * time.Minute; dice.IntN(2) == 0 {
			p.clock.set += by
		} else {
			p.clock.slept += by.Abs()
		}
	case stepOpen:
		return p.open(dice)
	case stepPrefs:
		p.prefs.Name, p.prefs.SingleKeys = pick(dice, people), dice.IntN(2) == 0
		p.desk.SetPrefs(p.prefs, "")
	case stepRestart:
		return p.restart()
	case stepKill:
		return p.killed()
	case stepBounce:
		return p.bounce()
	}
	return nil
}

func (p *player) someDeed(dice *rand.Rand) deed {
	return someDeed(dice, p.books[p.in().ID].now(), p.name("words"))
}

// declare opens another incident, which is then on the desk.
func (p *player) declare() error {
	title := p.name("incident")
	policy := p.desk.State().Policy
	var answer error
	p.desk.Do(deed{Does: declares, Text: title}.asked(p.in(), policy), func(err error) { answer = err })
	p.pump()
	if answer != nil {
		return answer
	}
	if got := p.in().Triage.Title.Get(); got != title {
		return fmt.Errorf("%q was declared, and %q is on the desk", title, got)
	}
	p.books[p.in().ID] = opened(freshPage(title))
	p.written++
	return nil
}

// asks asks the desk for a deed; the answer is there once the queue was pumped.
func (p *player) asks(d deed, answer *error, fields ...string) {
	p.last += fmt.Sprintf(" the desk: %+v;", d)
	*answer = errNobody
	hear := func(err error) { *answer = err }
	switch d.Does {
	case undoes:
		p.desk.Undo(hear)
	case redoes:
		p.desk.Redo(hear)
	default:
		p.desk.Do(d.asked(p.in(), workflow.Playbook{}), hear, fields...)
	}
}

// errNobody stands for an answer that never came.
var errNobody = errors.New("nobody answered")

// mine is a deed on the desk.
func (p *player) mine(d deed) error {
	var answer error
	p.asks(d, &answer)
	p.pump()
	return p.agree(p.in().ID, d, answer)
}

// back undoes many changes in a row and does some of them again.
func (p *player) back(dice *rand.Rand) error {
	undone := dice.IntN(60)
	for i := range undone + dice.IntN(undone+1) {
		does := undoes
		if i >= undone {
			does = redoes
		}
		if err := p.mine(deed{Does: does}); err != nil {
			return err
		}
	}
	return nil
}

// agree holds the program's answer against the model's.
func (p *player) agree(id workflow.IncidentID, d deed, answer error) error {
	ok := p.books[id].apply(d)
	var refusal *workflow.RuleError
	switch {
	case answer == nil && ok:
		p.written++
		return nil
	case errors.As(answer, &refusal) && !ok:
		return nil
	case answer == nil:
		return fmt.Errorf("%+v was done, and the model refuses it", d)
	default:
		return fmt.Errorf("%+v is sound for the model (%v), and the answer was: %w", d, ok, answer)
	}
}
