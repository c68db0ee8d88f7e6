package workflow

// Revision tells two states of an incident apart without reading its log: the
// log only ever grows, so the same length and the same newest clock of the same
// incident are the same log. What is costly to work out is worked out once for
// each revision, and not on every tick of a clock.
type Revision struct {
	Incident IncidentID
	Events   int
	Clock    Clock
	Soaking  string // what the probes show at this moment, in the words that the gates use
}

// Revision is which state of its log the incident shows.
func (in Incident) Revision() Revision {
	return Revision{Incident: in.ID, Events: len(in.trail.events), Clock: in.trail.clock, Soaking: in.soakingWords}
}
