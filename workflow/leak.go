package workflow

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// LeakKind says what would be given away.
type LeakKind string

// The two kinds of leak. A secret opens something; personal data is somebody's.
const (
	SecretLeak   LeakKind = "secret"
	PersonalLeak LeakKind = "personal"
)

// Leak is a text that should not leave unseen, with every place that holds it.
type Leak struct {
	Fingerprint Fingerprint
	Rule        string // what found it: "aws-access-token"
	Kind        LeakKind
	Secret      Secret
	Places      []LeakPlace
	Judgement   Judgement // what somebody decided; zero: nobody has yet
	By          string    // who decided it
	Lost        bool      // it was to be redacted, and no rule recognises it any more
}

// LeakPlace is one place in the log that holds a leak.
type LeakPlace struct {
	Event  EventID
	Where  string // in words: "Timeline, 14:32"
	Line   int    // of the text, from 1
	Before string // the words around it,
	After  string // in which every leak is masked
	Stands bool   // it is in what leaves now; else only in the log: an older version, hidden, or undone
}

// Leaves says whether the leak is in what leaves now.
func (l Leak) Leaves() bool {
	return slices.ContainsFunc(l.Places, func(p LeakPlace) bool { return p.Stands })
}

// Holds says whether an export has to wait for somebody's decision: a secret on
// which nobody has decided would leave with it.
func (l Leak) Holds() bool {
	return l.Lost || l.Kind == SecretLeak && !l.Judgement.Verdict.Settled() && l.Leaves()
}

// Held are the leaks that an export has to wait for.
func Held(leaks []Leak) []Leak {
	var out []Leak
	for _, l := range leaks {
		if l.Holds() {
			out = append(out, l)
		}
	}
	return out
}

// LeakVerdict is what somebody decided about a leak.
type LeakVerdict string

// The verdicts. Letting through is for one export, and settles nothing.
const (
	RedactLeak LeakVerdict = "redact"      // a marker stands in its place in everything that leaves
	KeepLeak   LeakVerdict = "keep"        // it is none, or may leave
	LetThrough LeakVerdict = "let through" // it left once, before anybody had decided
)

// Settled says whether the leak needs no decision any more.
func (v LeakVerdict) Settled() bool { return v == RedactLeak || v == KeepLeak }

// Judgement is a decision about a leak. It names the leak by its fingerprint:
// the log never says the secret a second time.
type Judgement struct {
	Rule    string      `json:"rule,omitempty"`
	Name    string      `json:"name"` // what it is: "AWS access key"
	Leak    LeakKind    `json:"leak,omitempty"`
	Verdict LeakVerdict `json:"verdict"`
	Why     string      `json:"why,omitempty"`
	Places  int         `json:"places,omitempty"` // how many places held it then
}

// Judge decides about a leak: redact it in everything that leaves, or keep it.
type Judge struct {
	Leak    Leak
	Verdict LeakVerdict
	Why     string
}

func (j Judge) decide(in Incident, _ Env) ([]Body, error) {
	if j.Leak.Fingerprint == "" || j.Leak.Secret.Name == "" {
		return nil, refuse("leak.unknown", "There is no such finding. Look at the list again; it may have been corrected or blotted out meanwhile.")
	}
	if !j.Verdict.Settled() && j.Verdict != LetThrough {
		return nil, refuseField("leak.verdict", "verdict", "A finding is redacted or kept, not %q.", string(j.Verdict))
	}
	now := in.Judged(j.Leak.Fingerprint)
	if now.Verdict == j.Verdict && j.Verdict.Settled() {
		return nil, refuse("leak.same", "Nothing was changed: this %s is %s already.", j.Leak.Secret.Name, j.Verdict.past())
	}
	return []Body{LeakJudged{Fingerprint: j.Leak.Fingerprint, Judgement: Judgement{
		Rule: j.Leak.Rule, Name: j.Leak.Secret.Name, Leak: j.Leak.Kind, Verdict: j.Verdict, Why: strings.TrimSpace(j.Why), Places: len(j.Leak.Places),
	}}}, nil
}

func (v LeakVerdict) past() string {
	switch v {
	case RedactLeak:
		return "redacted in exports"
	case KeepLeak:
		return "kept"
	case LetThrough:
		return "let through once"
	default:
		return string(v)
	}
}

// LeakJudged is a decision about a leak on record.
type LeakJudged struct {
	Fingerprint Fingerprint `json:"fingerprint"`
	Judgement
}

// Kind is "leak.judged@1".
func (LeakJudged) Kind() Kind { return "leak.judged@1" }

func (j LeakJudged) apply(in *Incident, e Event) {
	if in.leaks == nil {
		in.leaks = map[Fingerprint]Register[Judgement]{}
	}
	r := in.leaks[j.Fingerprint]
	r.set(in, e, j.Judgement)
	in.leaks[j.Fingerprint] = r
	in.record(e, SystemEntry, j.words())
}

func (j LeakJudged) words() string {
	text := j.Name + " is " + j.Verdict.past()
	if j.Why != "" {
		text += ": " + firstLine(j.Why)
	}
	return text
}

func (j LeakJudged) tell(t *tale) {
	t.on("finding", string(j.Fingerprint), j.Name).field("verdict", string(j.Verdict)).field("reason", j.Why).
		field("found by", j.Rule).field("what it is", j.Name).field("kind", string(j.Leak)).field("places", fmt.Sprint(j.Places))
}

// Judged is what was decided about a leak; zero when nothing was. Where two
// devices decided differently without knowing of each other, the safe one
// holds: redacted before kept.
func (in Incident) Judged(f Fingerprint) Judgement {
	r := in.leaks[f]
	for _, h := range r.heads {
		if h.Value.Verdict == RedactLeak {
			return h.Value
		}
	}
	return r.Get()
}

// JudgedBy is who decided about a leak, as they call themselves.
func (in Incident) JudgedBy(f Fingerprint) string {
	r, verdict := in.leaks[f], in.Judged(f).Verdict
	for _, h := range r.heads {
		if h.Value.Verdict == verdict {
			return h.By
		}
	}
	return ""
}

// Judgements lists the fingerprints on which somebody has decided, in the order
// of the alphabet.
func (in Incident) Judgements() []Fingerprint { return slices.Sorted(maps.Keys(in.leaks)) }

// JudgementEvents are the events that speak of a leak: what is blotted out is
// blotted out of them as well, or a short secret could be guessed from its
// fingerprint.
func (in Incident) JudgementEvents(f Fingerprint) []EventID {
	var out []EventID
	in.EachEvent(func(e *Event) bool {
		if j, is := e.Body.(LeakJudged); is && j.Fingerprint == f {
			out = append(out, e.ID)
		}
		return true
	})
	return out
}

// draftRedactions lists what was taken out: what kind, how often, by whom, and
// never the text.
func (in Incident) draftRedactions() string {
	count := map[string]int{}
	for _, f := range in.Judgements() {
		if j := in.Judged(f); j.Verdict == RedactLeak {
			count[j.Name+", redacted here by "+in.JudgedBy(f)]++
		}
	}
	in.EachEvent(func(e *Event) bool {
		for _, b := range e.Blots {
			for _, what := range b.What {
				count[what+", blotted out of the log by "+b.By+" on "+b.On.UTC().Format(time.DateOnly)+because(b.Why)]++
			}
		}
		if r, is := e.Body.(Redacted); is && r.Was != (LeakJudged{}).Kind() {
			count["A whole entry, blotted out of the log by "+r.By+" on "+r.On.UTC().Format(time.DateOnly)+because(r.Why)]++
		}
		return true
	})
	lines := make([]string, 0, len(count))
	for _, what := range slices.SortedFunc(maps.Keys(count), cmp.Compare) {
		line := "- " + what
		if n := count[what]; n > 1 {
			line += fmt.Sprintf(" (%d)", n)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return " (" + firstLine(why) + ")"
}
