package publish

import (
	"context"
	"slices"

	"firebreak/app/session"
	"firebreak/export/redact"
	"firebreak/workflow"
)

var _ session.Censor = (*Publisher)(nil)

// Leaks lists what an incident would give away; see session.Censor.
func (p *Publisher) Leaks(ctx context.Context, in workflow.Incident, also session.LookFor) ([]workflow.Leak, error) {
	return p.scanner.Leaks(ctx, in, redact.Choice(also))
}

// Outgoing is the incident as it may leave. Everything that this package writes
// is made from it.
func (p *Publisher) Outgoing(ctx context.Context, in workflow.Incident) (workflow.Incident, error) {
	return p.scanner.Outgoing(ctx, in)
}

// released is Outgoing for an export: it is held back while it would give a
// secret away on which nobody has decided, unless that was accepted.
func (p *Publisher) released(ctx context.Context, in workflow.Incident, accept []string) (workflow.Incident, error) {
	if !slices.Contains(accept, session.LeaksAccepted) {
		leaks, err := p.Leaks(ctx, in, session.LookFor{})
		if err != nil {
			return workflow.Incident{}, err
		}
		if held := workflow.Held(leaks); len(held) > 0 {
			return workflow.Incident{}, &session.HeldError{Leaks: held}
		}
	}
	return p.Outgoing(ctx, in)
}

// unredacted lets what only the files changed be asked of the incident as it is:
// it was compared with the one that may leave.
func unredacted(w session.Woven, whole, outgoing workflow.Incident) session.Woven {
	for i, t := range w.Takes {
		if a, is := t.Want.(workflow.Adopt); is && a.Was == outgoing.Says(a.Part) {
			a.Was = whole.Says(a.Part)
			w.Takes[i].Want = a
		}
	}
	return w
}

// WithoutSecrets is a text that a program printed, as it may be kept.
func WithoutSecrets(text string) string { return redact.Output(text) }
