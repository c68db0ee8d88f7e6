package cli

import (
	"context"
	"strings"

	"firebreak/app/keep"
	"firebreak/app/session"
	"firebreak/workflow"
)

// blottedJSON is what was blotted out, or would be.
type blottedJSON struct {
	Blotted  bool       `json:"blotted"` // false: it was only counted
	Findings []leakJSON `json:"findings"`
	Events   int        `json:"events"`
	Drafts   int        `json:"drafts"`
	Backups  int        `json:"backups"` // that still hold the words
}

func (r *run) blotLeaks(ctx context.Context, x redacting, names []string) error {
	in, chosen, err := r.chosenLeaks(ctx, x, names)
	if err != nil {
		return err
	}
	if !x.yes {
		return wrongUsage("This takes %s out of the log for good, in %s; the words around stay. Nothing was changed. Say --yes to do it.",
			counted(len(chosen), "finding", "findings"), counted(places(chosen), "place", "places"))
	}
	wish := session.Blotting{Incident: in.ID, Why: strings.TrimSpace(x.why)}
	if wish.By, err = r.name(ctx); err != nil {
		return err
	}
	for _, l := range chosen {
		if l.Lost {
			return nothing("leak.lost", "Finding %s is not recognised any more, so its words cannot be found. Hide the entry that holds them and purge it: firebreak purge hidden", quoted(string(l.Fingerprint)))
		}
		wish.Secrets = append(wish.Secrets, l.Secret)
		wish.Whole = append(wish.Whole, in.JudgementEvents(l.Fingerprint)...)
	}
	at, err := r.open(ctx)
	if err != nil {
		return err
	}
	done, err := keep.On(at.store).Blot(ctx, wish)
	if err != nil {
		return err
	}
	if done.Events > 0 { // an open window reads the incident again when it sees this
		if _, err := r.write(ctx, in.ID, wanting(done.Record(chosen, wish.Why))); err != nil {
			return err
		}
	}
	if r.flags.json {
		return r.printJSON(blottedJSON{true, leaksJSON(chosen), done.Events, done.Drafts, done.Backups})
	}
	r.line("%s", done.Words(chosen))
	if done.Backups > 0 {
		r.line("%s made before: delete those that need not be kept. See them with: firebreak backup list", counted(done.Backups, "backup was", "backups were"))
	}
	return nil
}

func places(leaks []workflow.Leak) int {
	n := 0
	for _, l := range leaks {
		n += len(l.Places)
	}
	return n
}
