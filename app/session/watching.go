package session

import (
	"context"
	"errors"
	"maps"
	"time"

	"firebreak/workflow"
)

// Prober looks at production for the desk. What it answers is a fact; what it
// means is the workflow's to say.
type Prober interface {
	// Look makes one look. It always answers, within the probe's time limit.
	Look(ctx context.Context, order workflow.LookOrder) workflow.Sample
	// ReadCurl makes a probe of a curl line that a person has. What a probe
	// cannot do is named in sentences.
	ReadCurl(line string) (p workflow.Probe, leftOut []string, err error)
}

// Watching is how the looks at production of the incident on the desk stand.
type Watching struct {
	On     bool
	Since  time.Time // it is on since then
	Probes []ProbeState
}

// ProbeState is how one probe stands.
type ProbeState struct {
	Probe   workflow.Probe
	Series  workflow.Series // its looks here, newest last
	Looking bool            // a look is under way
	Proven  bool            // it is on record that it stayed green for long enough
	Held    string          // why it is not looked at; empty when it can be
	Ask     bool            // it is held because its call was not accepted yet
	Before  string          // the value before the deploy; empty when nobody saw one
	Now     string          // the newest value
	Outcome workflow.Outcome
	Says    string        // of a look that failed or that says nothing: why
	Soaked  time.Duration // how long it stayed green
	Left    time.Duration // how long it still has to
}

// Person says whether only a person can tell.
func (p ProbeState) Person() bool { return p.Probe.Kind == workflow.PersonProbe }

// probing is the desk's part of the looks: what is kept in memory only.
type probing struct {
	on     bool
	since  time.Time
	home   home // of the incident that is watched
	series map[workflow.ProbeID]workflow.Series
	due    map[workflow.ProbeID]time.Duration // of the next look, on the steady clock
	word   map[workflow.ProbeID]bool          // a word of it is on its way to the disk
	values map[string]string                  // secrets that a person typed in this run
}

// byProbe says that no person asked for a change but a look of a probe did: it
// is nobody's step to undo.
const byProbe = "probe"

const (
	errNoProber = sentence("Nothing can be looked at from here. Look at production yourself and record what you saw.")
	errNoProbes = sentence("There is nothing to look at yet. Add a probe: paste the curl line that you would try.")
	errOver     = sentence("The incident is over, so production is not watched any more. Reopen it to look again.")
)

// Watch begins or ends to look at production, each probe every few seconds. It
// ends by itself with the incident.
func (d *Desk) Watch(on bool, done func(error)) {
	if done == nil {
		done = d.complain
	}
	if !on {
		d.stopWatching()
		d.show()
		done(nil)
		return
	}
	if err := d.cannotWatch(); err != nil {
		done(err)
		return
	}
	d.settleHome()
	d.probing.on, d.probing.since = true, d.clock.Now()
	clear(d.probing.due)
	d.watchProbes()
	d.show()
	done(nil)
}

// LookOnce makes one look of each probe now.
func (d *Desk) LookOnce(done func(error)) {
	if done == nil {
		done = d.complain
	}
	if err := d.cannotWatch(); err != nil {
		done(err)
		return
	}
	d.settleHome()
	for _, p := range d.state.Incident.Probes() {
		d.lookOf(p)
	}
	d.show()
	done(nil)
}

func (d *Desk) cannotWatch() error {
	in := d.state.Incident
	switch {
	case d.prober == nil:
		return errNoProber
	case !in.Declared() || !in.Open():
		return errOver
	case len(in.Probes()) == 0:
		return errNoProbes
	}
	return nil
}

// ReadCurl makes a probe of a curl line.
func (d *Desk) ReadCurl(line string) (workflow.Probe, []string, error) {
	if d.prober == nil {
		return workflow.Probe{}, nil, errNoProber
	}
	return d.prober.ReadCurl(line)
}

// KeepValue remembers a secret that a person typed into a probe, until the
// program ends. Nothing of it is written anywhere.
func (d *Desk) KeepValue(variable, value string) {
	if d.probing.values == nil {
		d.probing.values = map[string]string{}
	}
	d.probing.values[variable] = value
}

// settleHome forgets the looks of another incident.
func (d *Desk) settleHome() {
	p := &d.probing
	if p.home == d.here() && p.series != nil {
		return
	}
	d.stopWatching()
	p.home = d.here()
	p.series, p.due, p.word = map[workflow.ProbeID]workflow.Series{}, map[workflow.ProbeID]time.Duration{}, map[workflow.ProbeID]bool{}
}

func probeKey(id workflow.ProbeID) string { return "probe " + string(id) }

// stopWatching ends the looks; those that are under way are given up.
func (d *Desk) stopWatching() {
	d.probing.on = false
	for id := range d.probing.series {
		d.drop(probeKey(id))
	}
	d.state.Incident = d.state.Incident.Watched(nil)
}

// watchProbes makes the looks that are due. It is called twice a second.
func (d *Desk) watchProbes() {
	if !d.probing.on {
		return
	}
	in := d.state.Incident
	if d.probing.home != d.here() || !in.Open() || d.end.asked || d.backups.still.asked {
		d.stopWatching()
		return
	}
	now := d.clock.Steady()
	for _, p := range in.Probes() {
		id := workflow.ProbeID(p.ID)
		if now < d.probing.due[id] || d.Running(probeKey(id)) {
			continue
		}
		d.probing.due[id] = now + in.LookEvery()
		d.lookOf(p)
	}
}

// lookOf looks at one probe, unless a look of it is under way.
func (d *Desk) lookOf(p workflow.Probe) {
	id := workflow.ProbeID(p.ID)
	if held, _ := d.heldBack(p); held != "" || p.Kind == workflow.PersonProbe || d.Running(probeKey(id)) {
		return
	}
	if _, known := d.probing.series[id]; !known {
		d.probing.series[id] = d.state.Incident.SeriesFor(p)
	}
	order := workflow.LookOrder{
		Probe: p, Folder: d.state.Repo.Root, Shell: d.state.Incident.Playbook.Work.Shell, Values: maps.Clone(d.probing.values),
	}
	at, prober := d.here(), d.prober
	d.Run(probeKey(id), func(ctx context.Context) (func(), error) {
		sample := prober.Look(ctx, order)
		return func() { d.saw(at, p, sample) }, nil
	}, nil)
}

// heldBack says why a probe may not look, and whether accepting its call would
// let it.
func (d *Desk) heldBack(p workflow.Probe) (why string, ask bool) {
	in, id := d.state.Incident, workflow.ProbeID(p.ID)
	switch {
	case p.Kind == workflow.PersonProbe:
		return "", false
	case in.FromPlaybook(id):
		if !d.Trusted(in.ProbeCommand(p)) {
			return "The playbook asks for this, and nobody has accepted it on this machine yet. Nothing is called before that.", true
		}
	case in.ProbeDevice(id) != d.shelf.Device():
		return "This probe was added on another computer. Save it here once to have it looked at from here.", false
	}
	return "", false
}

// saw takes a look into its series, and puts on record what belongs there. The
// screen follows with the next move of its clocks.
func (d *Desk) saw(at home, p workflow.Probe, sample workflow.Sample) {
	if at != d.here() || at != d.probing.home {
		return
	}
	id := workflow.ProbeID(p.ID)
	if now, there := d.state.Incident.Probe(id); !there || now.Name == "" {
		return
	}
	series := d.probing.series[id].For(d.state.Incident, p).With(sample)
	d.probing.series[id] = series
	d.tellSoaks()
	d.tellWord(at, series)
}

// tellWord puts a probe's word on record, if it is a new one.
func (d *Desk) tellWord(at home, series workflow.Series) {
	id := workflow.ProbeID(series.Probe().ID)
	check, worth := d.state.Incident.WordOf(series)
	if !worth || d.probing.word[id] {
		return
	}
	last, _ := series.Last()
	d.probing.word[id] = true
	word := d.probing.word
	d.ask(task{
		want:  workflow.RecordCheck{Check: check, At: workflow.StampAt(last.At, d.zoneOf())},
		actor: d.state.Actor(), via: byProbe, home: at,
		done: func(err error) {
			delete(word, id)
			var rule *workflow.RuleError
			if err != nil && !errors.As(err, &rule) { // a rule: somebody else wrote it, or the probe is gone
				d.complain(err)
			}
		},
	})
}

// zoneOf is the zone of what is recorded here.
func (d *Desk) zoneOf() *time.Location {
	if d.state.Zone != nil {
		return d.state.Zone
	}
	return time.UTC
}

// tellSoaks lets the incident say how much is still missing.
func (d *Desk) tellSoaks() {
	if !d.probing.on {
		return
	}
	now := map[workflow.ProbeID]workflow.Soaking{}
	for id, s := range d.probing.series {
		if last, some := s.Last(); some && !s.Deployed().IsZero() {
			now[id] = workflow.Soaking{Outcome: last.Verdict, Green: s.Soaked(), Says: last.Why}
		}
	}
	d.state.Incident = d.state.Incident.Watched(now)
}

// watchingNow is what the screen shows of the looks.
func (d *Desk) watchingNow() Watching {
	in := d.state.Incident
	probes := in.Probes()
	if len(probes) == 0 {
		return Watching{}
	}
	mine := d.probing.home == d.here()
	w := Watching{On: d.probing.on && mine, Since: d.probing.since, Probes: make([]ProbeState, len(probes))}
	for i, p := range probes {
		id := workflow.ProbeID(p.ID)
		s, known := d.probing.series[id]
		if !known || !mine {
			s = in.SeriesFor(p)
		} else if s = s.For(in, p); mine {
			d.probing.series[id] = s
		}
		state := ProbeState{
			Probe: p, Series: s, Looking: mine && d.Running(probeKey(id)), Proven: in.Proven(id),
			Before: in.BeforeOf(s), Now: s.Now(), Soaked: s.Soaked(), Left: s.Left(),
		}
		state.Held, state.Ask = d.heldBack(p)
		if last, some := s.Last(); some {
			state.Outcome, state.Says = last.Verdict, last.Why
		}
		w.Probes[i] = state
	}
	return w
}
