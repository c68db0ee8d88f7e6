package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"time"

	"firebreak/export/weave"
	"firebreak/workflow"
)

// agreement remembers what an incident and its increment's files said when the
// two were last alike. It holds sums, not words: nobody's text lies about
// outside of the log.
type agreement struct {
	Pairs map[workflow.Part][2]string `json:"pairs"`
	// Taking is what the incident was asked to take over from the files, until
	// both are known to agree. Where it says that by now and the files have moved
	// on, the word is theirs, and no change of its own.
	Taking map[workflow.Part]string `json:"taking,omitempty"`
	// Newest is when the newest event was written down that the incident had
	// then: one that does not know it yet has nothing to say to the files.
	Newest time.Time `json:"newest"`
}

// agreedKey names the agreement of an incident and an increment in a working
// tree. Two incidents that are linked to one increment have one each.
func agreedKey(root string, in workflow.Incident, increment string) string {
	return root + "\x00" + string(in.ID) + "\x00" + increment
}

// newest is when the newest event of an incident was written down.
func newest(in workflow.Incident) time.Time {
	var newest time.Time
	in.EachEvent(func(e *workflow.Event) bool {
		if e.Recorded.After(newest) {
			newest = e.Recorded
		}
		return true
	})
	return newest
}

// ahead says whether another window or terminal has brought the files in step
// with more than this incident knows.
func (a agreement) ahead(of workflow.Incident) bool { return newest(of).Before(a.Newest) }

// lastAgreed reads what was remembered. What cannot be read is no agreement:
// then more is asked than has to be, and nothing is overwritten.
func (p *Publisher) lastAgreed(ctx context.Context, root string, in workflow.Incident, increment string) (agreement, error) {
	raw, err := p.ledger.Agreed(ctx, agreedKey(root, in, increment))
	if err != nil {
		return agreement{}, err
	}
	var kept agreement
	if len(raw) > 0 && json.Unmarshal(raw, &kept) != nil {
		kept = agreement{}
	}
	return kept, nil
}

// tells is the agreement as the workflow asks it.
func (a agreement) tells(part workflow.Part, ours, theirs string) (oursSame, theirsSame, known bool) {
	pair, known := a.Pairs[part]
	if !known {
		return false, false, false
	}
	if taking, is := a.Taking[part]; is && taking == sumOf(ours) && taking != pair[0] {
		return true, false, true
	}
	return pair[0] == sumOf(ours), pair[1] == sumOf(theirs), true
}

// with is the agreement after more was agreed and some parts are over; changed
// says whether that is news.
func (a agreement) with(agreed map[workflow.Part][2]string, over func(workflow.Part) bool) (next agreement, changed bool) {
	next.Newest, next.Taking = a.Newest, maps.Clone(a.Taking)
	next.Pairs = make(map[workflow.Part][2]string, len(a.Pairs)+len(agreed))
	for part, pair := range a.Pairs {
		if over(part) {
			changed = true
			continue
		}
		next.Pairs[part] = pair
	}
	for part, said := range agreed {
		pair := [2]string{sumOf(said[0]), sumOf(said[1])}
		if next.Pairs[part] != pair {
			next.Pairs[part], changed = pair, true
		}
		if _, is := next.Taking[part]; is {
			delete(next.Taking, part)
			changed = true
		}
	}
	return next, changed
}

// keepAgreed remembers what was agreed and what is about to be taken over, on
// top of what another window or terminal has remembered meanwhile; if that has
// seen more, it is right.
func (p *Publisher) keepAgreed(ctx context.Context, w woven, in workflow.Incident, after *weave.Weaving) error {
	step := func(last agreement) (agreement, bool) {
		next, changed := last.with(w.sides.Agreed(after), after.Over)
		return next, next.take(w.sides.Differences()) || changed
	}
	if _, changed := step(w.last); !changed {
		return nil
	}
	last, err := p.lastAgreed(ctx, w.place.Root, in, w.raw.ID)
	if err != nil {
		return unremembered(err)
	}
	next, changed := step(last)
	if !changed || last.ahead(in) {
		return nil
	}
	next.Newest = newest(in)
	raw, err := json.Marshal(next)
	if err == nil {
		err = p.ledger.RecordAgreed(ctx, agreedKey(w.place.Root, in, w.raw.ID), raw)
	}
	return unremembered(err)
}

// take notes what is about to be taken over.
func (a *agreement) take(differs []workflow.Difference) (changed bool) {
	for _, d := range differs {
		if d.Verdict != workflow.TakeTheirs || a.Taking[d.Part] == sumOf(d.Theirs) {
			continue
		}
		if a.Taking == nil {
			a.Taking = map[workflow.Part]string{}
		}
		a.Taking[d.Part], changed = sumOf(d.Theirs), true
	}
	return changed
}

func unremembered(err error) error {
	if err == nil {
		return nil
	}
	return trouble(err, "The files are in step, but that could not be remembered: %v. Nothing is lost. "+
		"If both sides change meanwhile, the next look asks more than it needs to.", err)
}

// sumOf is a short sum of a text: it tells whether two are the same, and not
// what they say.
func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}
