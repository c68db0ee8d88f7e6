package cli

import (
	"context"
	"slices"
	"strings"

	"firebreak/app/session"
	"firebreak/workflow"
)

// outgoing is the incident as it may leave, for what is printed to be sent on.
func (r *run) outgoing(ctx context.Context, in workflow.Incident) (workflow.Incident, error) {
	if len(in.Judgements()) == 0 {
		return in, nil
	}
	censor, err := r.censor(ctx)
	if err != nil {
		return workflow.Incident{}, err
	}
	return censor.Outgoing(ctx, in)
}

// release is outgoing for an export: it is refused while a secret on which
// nobody has decided would leave with it, unless somebody gave a reason. The
// whole log, with every older version, leaves with the audit.
func (r *run) release(ctx context.Context, in workflow.Incident, allowed string, whole bool) (workflow.Incident, error) {
	held, err := r.held(ctx, in, whole)
	if err != nil {
		return workflow.Incident{}, err
	}
	if len(held) > 0 {
		if strings.TrimSpace(allowed) == "" {
			return workflow.Incident{}, heldBack(held)
		}
		if in, err = r.letThrough(ctx, in, held, allowed); err != nil {
			return workflow.Incident{}, err
		}
	}
	return r.outgoing(ctx, in)
}

// held are the findings that an export has to wait for. Personal data is pointed
// out, and holds nothing back.
func (r *run) held(ctx context.Context, in workflow.Incident, whole bool) ([]workflow.Leak, error) {
	leaks, err := r.leaks(ctx, in, session.LookFor{})
	if err != nil {
		return nil, err
	}
	personal := 0
	var held []workflow.Leak
	for _, l := range leaks {
		switch open := !l.Judgement.Verdict.Settled(); {
		case l.Holds(), whole && open && l.Kind == workflow.SecretLeak:
			held = append(held, l)
		case open && l.Kind == workflow.PersonalLeak && (whole || l.Leaves()):
			personal++
		}
	}
	if personal > 0 {
		r.warn(counted(personal, "finding of personal data leaves", "findings of personal data leave") + " with it. See: firebreak redact")
	}
	return held, nil
}

// heldBack refuses an export.
func heldBack(held []workflow.Leak) error {
	var names []string
	for _, l := range held {
		if name := string(l.Fingerprint) + " (" + l.Secret.Name + ")"; !slices.Contains(names, name) && len(names) < 5 {
			names = append(names, name)
		}
	}
	return &failure{exit: ExitRefused, code: "export.secrets", says: counted(len(held), "secret on which nobody has decided would leave", "secrets on which nobody has decided would leave") +
		": " + strings.Join(names, ", ") + ". Nothing was written. Look: firebreak redact. Decide: firebreak redact export, keep or blot. Or let them leave this once: --allow-secrets REASON"}
}

// letThrough puts on record that secrets leave, and on whose word.
func (r *run) letThrough(ctx context.Context, in workflow.Incident, held []workflow.Leak, why string) (workflow.Incident, error) {
	var want []workflow.Intent
	for _, l := range held {
		if l.Lost {
			return workflow.Incident{}, heldBack([]workflow.Leak{l})
		}
		want = append(want, workflow.Judge{Leak: l, Verdict: workflow.LetThrough, Why: why})
	}
	done, err := r.write(ctx, in.ID, wanting(want...))
	return done.After, err
}

// mayLeave answers what an export accepts besides changed files. What holds it
// back is an error; a dry run only says so at its end.
func (r *run) mayLeave(ctx context.Context, in workflow.Incident, x exporting) (held error, accept []string, err error) {
	if !x.dryRun {
		_, err = r.release(ctx, in, x.allowed, false)
	} else if leaks, failed := r.held(ctx, in, false); failed != nil {
		err = failed
	} else if len(leaks) > 0 && x.allowed == "" {
		held = heldBack(leaks)
	}
	accept = x.force
	if x.allowed != "" {
		accept = append(accept[:len(accept):len(accept)], session.LeaksAccepted)
	}
	return held, accept, err
}
