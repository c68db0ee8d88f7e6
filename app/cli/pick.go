package cli

import (
	"context"
	"fmt"
	"strings"

	"firebreak/data"
	"firebreak/workflow"
)

// which says what stands in for an incident that is not named.
type which int

const (
	burning which = iota // the one that is open
	recent               // that one, or else the newest whose post-mortem is still open
	latest               // that one, or else the newest of all
)

// pick finds the incident that a command is about.
func (r *run) pick(ctx context.Context, by which) (workflow.IncidentID, error) {
	at, err := r.open(ctx)
	if err != nil {
		return "", err
	}
	if r.flags.incident == "" { // the usual case reads one row, however long the history is
		open, err := at.store.List(ctx, data.ListQuery{Open: true})
		switch {
		case err != nil:
			return "", err
		case len(open) == 1:
			return open[0].ID, nil
		case len(open) > 1:
			return "", severalOpen(open)
		}
	}
	all, err := at.store.List(ctx, data.ListQuery{})
	if err != nil {
		return "", err
	}
	if r.flags.incident != "" {
		return byPrefix(all, r.flags.incident)
	}
	for _, s := range all {
		if by == latest || by == recent && s.Stage == workflow.Resolved {
			return s.ID, nil
		}
	}
	return "", r.noneOpen(len(all))
}

// byPrefix finds an incident by its id or the beginning of it.
func byPrefix(all []workflow.Summary, named string) (workflow.IncidentID, error) {
	var found []workflow.Summary
	for _, s := range all {
		if strings.EqualFold(string(s.ID), named) {
			return s.ID, nil
		}
		if strings.HasPrefix(strings.ToLower(string(s.ID)), strings.ToLower(named)) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 0:
		return "", nothing("incident.unknown", "No incident's id begins with %s. See them with: firebreak list", quoted(named))
	case 1:
		return found[0].ID, nil
	default:
		return "", wrongUsage("%s could be %s. Type more of its id.", quoted(named), titles(found))
	}
}

func severalOpen(open []workflow.Summary) error {
	return &failure{exit: ExitUsage, code: "incident.several", says: fmt.Sprintf(
		"%d incidents are open: %s. Say which with --incident and the beginning of its id.", len(open), titles(open))}
}

// titles names incidents by as much of their ids as tells them apart.
func titles(all []workflow.Summary) string {
	ids := make([]string, len(all))
	for i, s := range all {
		ids[i] = string(s.ID)
	}
	short := shortIDs(ids)
	named := make([]string, len(all))
	for i, s := range all {
		named[i] = fmt.Sprintf("%s (%s)", short[i], oneLine(s.Title))
	}
	return strings.Join(named, ", ")
}

func (r *run) noneOpen(known int) error {
	switch {
	case known > 0:
		return nothing("incident.none", "No incident is open. Name one with --incident, or declare one: firebreak declare TITLE")
	case r.flags.sample:
		return nothing("incident.none", "The sample incident is not on this computer yet. It is made when the window opens it first; here, declare one: firebreak --sample declare TITLE")
	default:
		return nothing("incident.none", "There is no incident yet. Declare one, a title is enough: firebreak declare TITLE")
	}
}

// shortest is the fewest characters of an id that are shown.
const shortest = 8

// shortIDs cuts ids to the length at which they still differ. Ids begin with
// the time, so those of one day have much in common.
func shortIDs(ids []string) []string {
	for length := shortest; ; length++ {
		seen, whole := map[string]bool{}, true
		short := make([]string, len(ids))
		for i, id := range ids {
			short[i] = id[:min(length, len(id))]
			seen[short[i]] = true
			whole = whole && length >= len(id)
		}
		if whole || len(seen) == len(ids) {
			return short
		}
	}
}

// read loads the incident that a command is about.
func (r *run) read(ctx context.Context, by which) (workflow.Incident, error) {
	id, err := r.pick(ctx, by)
	if err != nil {
		return workflow.Incident{}, err
	}
	return r.load(ctx, id)
}

func (r *run) load(ctx context.Context, id workflow.IncidentID) (workflow.Incident, error) {
	at, err := r.open(ctx)
	if err != nil {
		return workflow.Incident{}, err
	}
	read, err := at.shelf.Load(ctx, id)
	if err != nil {
		return workflow.Incident{}, err
	}
	for _, damaged := range read.Damaged {
		r.warn(damaged)
	}
	return workflow.Fold(id, read.Events), nil
}
