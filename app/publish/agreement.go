package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"firebreak/workflow"
)

// agreement remembers what an incident and its increment's files said when the
// two were last alike. It holds sums, not words: nobody's text lies about
// outside of the log.
type agreement struct {
	pairs map[workflow.Part][2]string
}

// agreedKey names the agreement of an increment in a working tree.
func agreedKey(root, increment string) string { return root + "\x00" + increment }

// lastAgreed reads what was remembered. What cannot be read is no agreement:
// then more is asked than has to be, and nothing is overwritten.
func (p *Publisher) lastAgreed(ctx context.Context, root, increment string) (agreement, error) {
	raw, err := p.ledger.Agreed(ctx, agreedKey(root, increment))
	if err != nil {
		return agreement{}, err
	}
	var kept agreement
	if len(raw) > 0 && json.Unmarshal(raw, &kept.pairs) != nil {
		kept.pairs = nil
	}
	return kept, nil
}

// tells is the agreement as the workflow asks it.
func (a agreement) tells(part workflow.Part, ours, theirs string) (oursSame, theirsSame, known bool) {
	pair, known := a.pairs[part]
	if !known {
		return false, false, false
	}
	return pair[0] == sumOf(ours), pair[1] == sumOf(theirs), true
}

// with is the agreement after more was agreed and some parts are over; changed
// says whether that is news.
func (a agreement) with(agreed map[workflow.Part][2]string, over func(workflow.Part) bool) (next agreement, changed bool) {
	next.pairs = make(map[workflow.Part][2]string, len(a.pairs)+len(agreed))
	for part, pair := range a.pairs {
		if over(part) {
			changed = true
			continue
		}
		next.pairs[part] = pair
	}
	for part, said := range agreed {
		pair := [2]string{sumOf(said[0]), sumOf(said[1])}
		if next.pairs[part] != pair {
			next.pairs[part], changed = pair, true
		}
	}
	return next, changed
}

func (p *Publisher) keepAgreed(ctx context.Context, root, increment string, a agreement) error {
	raw, err := json.Marshal(a.pairs)
	if err != nil {
		return err
	}
	if err := p.ledger.RecordAgreed(ctx, agreedKey(root, increment), raw); err != nil {
		return trouble(err, "The files are in step, but that could not be remembered: %v. Nothing is lost. "+
			"If both sides change meanwhile, the next look asks more than it needs to.", err)
	}
	return nil
}

// sumOf is a short sum of a text: it tells whether two are the same, and not
// what they say.
func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}
