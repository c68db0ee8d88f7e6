package redact

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"firebreak/workflow"
)

// Choice is what is looked for besides secrets and mail addresses, on top of
// what the playbook asks for.
type Choice struct {
	Addresses bool // IP addresses
	Phones    bool // telephone numbers
}

// Scanner finds leaks. It remembers what it has looked at, so that a second look
// at a log costs only what is new in it. It may be used by several goroutines.
type Scanner struct {
	rules func() ([]*rule, error)

	mu     sync.Mutex
	seen   map[workflow.EventID]look
	prints map[print]workflow.Fingerprint
}

// look is what was found in an event. Events never change, but words can be
// blotted out of them.
type look struct {
	blots int
	finds []find
}

// find is a secret in an event before it is put together with its like.
type find struct {
	rule   *rule
	secret string
}

// print is a secret of an incident whose fingerprint is known.
type print struct {
	incident workflow.IncidentID
	secret   string
}

// New makes a scanner. Nothing is read or compiled before its first look.
func New() *Scanner {
	return &Scanner{
		rules: sync.OnceValues(func() ([]*rule, error) {
			kept, err := wellKept()
			return slices.Concat(kept, own(), personal()), err
		}),
		seen: map[workflow.EventID]look{}, prints: map[print]workflow.Fingerprint{},
	}
}

// Leaks lists what an incident's log would give away, secrets first: with every
// place, and with what somebody has decided about it. A finding that was to be
// redacted and is not recognised any more is in the list as well, and holds an
// export back. Cancelling the context ends the look between two rules.
func (s *Scanner) Leaks(ctx context.Context, in workflow.Incident, also Choice) ([]workflow.Leak, error) {
	all, err := s.all(ctx, in)
	if err != nil {
		return nil, err
	}
	policy := in.Playbook.Review.Redaction
	asked := map[choice]bool{always: true, addresses: policy.Addresses || also.Addresses, phones: policy.Phones || also.Phones}
	shown := slices.DeleteFunc(slices.Clone(all.leaks), func(l workflow.Leak) bool {
		return !l.Judgement.Verdict.Settled() && (!asked[all.choice[l.Fingerprint]] || isKnown(policy.Known, l.Secret.Reveal()))
	})
	all.locate(in, shown)
	return append(shown, lost(in, all.leaks)...), nil
}

// Outgoing is the incident as it may leave: what was to be redacted is markers.
// It fails rather than let something through: also when a finding that was to be
// redacted is not recognised any more.
func (s *Scanner) Outgoing(ctx context.Context, in workflow.Incident) (workflow.Incident, error) {
	if len(in.Judgements()) == 0 {
		return in, nil
	}
	all, err := s.all(ctx, in)
	if err != nil {
		return workflow.Incident{}, err
	}
	if gone := lost(in, all.leaks); len(gone) > 0 {
		return workflow.Incident{}, LostError{gone[0]}
	}
	var secrets []workflow.Secret
	for _, l := range all.leaks {
		if l.Judgement.Verdict == workflow.RedactLeak {
			secrets = append(secrets, l.Secret)
		}
	}
	return in.Redacted(secrets...), nil
}

// LostError says that something was to be redacted and cannot be found any more.
type LostError struct{ Leak workflow.Leak }

// Error is what the person reads.
func (l LostError) Error() string {
	return "Finding " + string(l.Leak.Fingerprint) + " (" + l.Leak.Secret.Name + ") was to be redacted, and the rules of this version do not recognise it any more. " +
		"Nothing leaves until somebody decides: blot out the entry that holds it, or keep the finding, in the list of findings."
}

// lost are decisions to redact what is not found any more: the rules have
// changed since.
func lost(in workflow.Incident, found []workflow.Leak) []workflow.Leak {
	var out []workflow.Leak
	for _, f := range in.Judgements() {
		j := in.Judged(f)
		if j.Verdict != workflow.RedactLeak || slices.ContainsFunc(found, func(l workflow.Leak) bool { return l.Fingerprint == f }) {
			continue
		}
		out = append(out, workflow.Leak{
			Fingerprint: f, Rule: j.Rule, Kind: j.Leak, Secret: workflow.NewSecret(j.Name, ""), Judgement: j, By: in.JudgedBy(f), Lost: true,
		})
	}
	return out
}

// isKnown says whether a team has said that a text may always leave.
func isKnown(known []string, text string) bool {
	return slices.ContainsFunc(known, func(k string) bool {
		return strings.EqualFold(k, text) || strings.HasPrefix(k, "@") && strings.HasSuffix(strings.ToLower(text), strings.ToLower(k))
	})
}

// all finds every leak of a log, whatever was asked for.
func (s *Scanner) all(ctx context.Context, in workflow.Incident) (gathered, error) {
	rules, err := s.rules()
	if err != nil {
		return gathered{}, err
	}
	policy := in.Playbook.Review.Redaction
	ours := teams(policy.Patterns)
	out := gathered{choice: map[workflow.Fingerprint]choice{}}
	known := map[string]bool{}
	for _, e := range in.Events() {
		finds, err := s.event(ctx, rules, e)
		if err != nil {
			return gathered{}, err
		}
		own, err := findIn(ctx, ours, e)
		if err != nil {
			return gathered{}, err
		}
		for _, f := range slices.Concat(own, finds) {
			if known[f.secret] || slices.Contains(policy.Off, f.rule.id) {
				continue
			}
			known[f.secret] = true
			secret := workflow.NewSecret(f.rule.name, f.secret)
			print := s.fingerprint(in.ID, secret)
			out.choice[print] = f.rule.choice
			out.leaks = append(out.leaks, workflow.Leak{
				Fingerprint: print, Rule: f.rule.id, Kind: f.rule.kind, Secret: secret, Judgement: in.Judged(print), By: in.JudgedBy(print),
			})
		}
	}
	slices.SortStableFunc(out.leaks, func(a, b workflow.Leak) int {
		return cmp.Compare(rank(a.Kind), rank(b.Kind))
	})
	return out, nil
}

func rank(kind workflow.LeakKind) int {
	if kind == workflow.SecretLeak {
		return 0
	}
	return 1
}

// event looks at an event, or remembers what it saw.
func (s *Scanner) event(ctx context.Context, rules []*rule, e workflow.Event) ([]find, error) {
	if _, gone := e.Body.(workflow.Redacted); gone {
		return nil, ctx.Err()
	}
	s.mu.Lock()
	last, known := s.seen[e.ID]
	s.mu.Unlock()
	if known && last.blots == len(e.Blots) {
		return last.finds, nil
	}
	finds, err := findIn(ctx, rules, e)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.seen[e.ID] = look{blots: len(e.Blots), finds: finds}
	s.mu.Unlock()
	return finds, nil
}

// fingerprint remembers what is slow to work out.
func (s *Scanner) fingerprint(of workflow.IncidentID, secret workflow.Secret) workflow.Fingerprint {
	key := print{of, secret.Reveal()}
	s.mu.Lock()
	known, is := s.prints[key]
	s.mu.Unlock()
	if is {
		return known
	}
	made := secret.Fingerprint(of)
	s.mu.Lock()
	s.prints[key] = made
	s.mu.Unlock()
	return made
}

// teams are the patterns of a playbook. One that cannot be read was refused when
// the playbook was; an old log may still hold it.
func teams(patterns []workflow.PatternPolicy) []*rule {
	var rules []*rule
	for _, p := range patterns {
		expr, err := regexp.Compile(p.Pattern)
		if err != nil || p.Pattern == "" {
			continue
		}
		kind := workflow.SecretLeak
		if p.Personal {
			kind = workflow.PersonalLeak
		}
		rules = append(rules, &rule{id: p.ID, name: p.Name, kind: kind, expr: expr})
	}
	return rules
}

// findIn looks at every text of an event.
func findIn(ctx context.Context, rules []*rule, e workflow.Event) (finds []find, err error) {
	if len(rules) == 0 {
		return nil, ctx.Err()
	}
	e.EachText(func(_, text string) {
		if err != nil {
			return
		}
		text = workflow.Unmarked(text)
		var spans []span
		spans, err = spansIn(ctx, rules, text)
		for _, at := range spans {
			finds = append(finds, find{rule: at.rule, secret: text[at.from:at.to]})
		}
	})
	return finds, err
}
