package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/workflow"
)

// redacting is what the flags of redact say.
type redacting struct {
	also session.LookFor
	yes  bool
	why  string
}

const redactLong = `List what the incident would give away: secrets (keys, tokens, passwords) and
personal data (mail addresses, card numbers; with --ips and --phones also IP
addresses and telephone numbers). Each finding has a fingerprint, every place
that holds it, and the words around it; the secret itself is never shown.

  export      a marker stands in its place in everything that leaves: documents,
              the increment, timeline, audit, hand-off sheet and clipboard
  keep        it is none, or may leave; it is not asked about again
  blot        a marker takes its place in the log, in search and in half-typed
              text, for good; the words around it stay

A decision goes into the log by its fingerprint, so that it holds on every
device, and can be undone; to blot out cannot. A secret on which nobody has
decided holds an export back; personal data is only pointed out. Not looked
into are the contents of attached files. Backups that were made before, and
files that were exported already, still hold what is blotted out.`

func (r *run) redactCommand() *cobra.Command {
	var x redacting
	cmd := &cobra.Command{
		Use: "redact", Short: "List secrets and personal data, and keep them from leaving",
		Long: redactLong, Args: cobra.NoArgs,
		Example: "  firebreak redact\n  firebreak redact export k7f3-9qxm\n  firebreak redact keep 2m8s-77qa --why \"an example, long revoked\"\n  firebreak redact blot k7f3-9qxm --why \"pasted by mistake\" --yes",
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.listLeaks(cmd.Context(), x.also) },
	}
	f := cmd.PersistentFlags()
	f.BoolVar(&x.also.Addresses, "ips", false, "look for IP addresses as well")
	f.BoolVar(&x.also.Phones, "phones", false, "look for telephone numbers as well")
	judging := func(use, short string, verdict workflow.LeakVerdict) *cobra.Command {
		sub := &cobra.Command{
			Use: use + " FINGERPRINT…", Short: short, Args: atLeast(1, "Name the finding by its fingerprint. See them with: firebreak redact"),
			Example: "  firebreak redact " + use + " k7f3-9qxm",
			RunE:    func(cmd *cobra.Command, args []string) error { return r.judge(cmd.Context(), x, verdict, args) },
		}
		sub.Flags().StringVar(&x.why, "why", "", "the reason, which stays on record")
		return sub
	}
	blot := &cobra.Command{
		Use: "blot FINGERPRINT…", Short: "Take findings out of the log for good", Args: atLeast(1, "Name the finding by its fingerprint. See them with: firebreak redact"),
		Example: "  firebreak redact blot k7f3-9qxm --why \"pasted by mistake\" --yes",
		RunE:    func(cmd *cobra.Command, args []string) error { return r.blotLeaks(cmd.Context(), x, args) },
	}
	blot.Flags().StringVar(&x.why, "why", "", "the reason, which stays on record")
	blot.Flags().BoolVar(&x.yes, "yes", false, "do it; it cannot be undone")
	cmd.AddCommand(judging("export", "Put a marker in the place of findings in all that leaves", workflow.RedactLeak),
		judging("keep", "Let findings leave, and do not ask again", workflow.KeepLeak), blot)
	return cmd
}

// leakJSON is a finding for a program. The secret itself is not in it.
type leakJSON struct {
	Fingerprint workflow.Fingerprint `json:"fingerprint"`
	Rule        string               `json:"rule"`
	What        string               `json:"what"`
	Kind        workflow.LeakKind    `json:"kind"`
	Masked      string               `json:"masked"`
	Verdict     workflow.LeakVerdict `json:"verdict,omitempty"`
	By          string               `json:"by,omitempty"`
	Why         string               `json:"why,omitempty"`
	Holds       bool                 `json:"holds"` // an export waits for a decision
	Lost        bool                 `json:"lost,omitempty"`
	Places      []leakPlaceJSON      `json:"places"`
}

type leakPlaceJSON struct {
	Event  workflow.EventID `json:"event"`
	Where  string           `json:"where"`
	Line   int              `json:"line"`
	Before string           `json:"before"`
	After  string           `json:"after"`
	Leaves bool             `json:"leaves"` // it is in what leaves now; else only in the log
}

func leaksJSON(leaks []workflow.Leak) []leakJSON {
	out := []leakJSON{}
	for _, l := range leaks {
		one := leakJSON{
			Fingerprint: l.Fingerprint, Rule: l.Rule, What: l.Secret.Name, Kind: l.Kind, Masked: l.Secret.Mask(),
			Verdict: l.Judgement.Verdict, By: l.By, Why: l.Judgement.Why, Holds: l.Holds(), Lost: l.Lost, Places: []leakPlaceJSON{},
		}
		for _, p := range l.Places {
			one.Places = append(one.Places, leakPlaceJSON{p.Event, p.Where, p.Line, p.Before, p.After, p.Stands})
		}
		out = append(out, one)
	}
	return out
}

// censor is who finds leaks and takes them out.
func (r *run) censor(ctx context.Context) (session.Censor, error) {
	hands, err := r.hands(ctx)
	if err != nil {
		return nil, err
	}
	censor, can := hands.(session.Censor)
	if !can {
		return nil, errors.New("this program cannot look for secrets. Nothing was exported")
	}
	return censor, nil
}

// leaks looks at the incident that the command is about.
func (r *run) leaks(ctx context.Context, in workflow.Incident, also session.LookFor) ([]workflow.Leak, error) {
	censor, err := r.censor(ctx)
	if err != nil {
		return nil, err
	}
	prefs, err := r.settings(ctx)
	if err != nil {
		return nil, err
	}
	also.Addresses = also.Addresses || prefs.LookFor.Addresses
	also.Phones = also.Phones || prefs.LookFor.Phones
	return censor.Leaks(ctx, in, also)
}

func (r *run) listLeaks(ctx context.Context, also session.LookFor) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	leaks, err := r.leaks(ctx, in, also)
	if err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(leaksJSON(leaks))
	}
	r.line("%s", r.paint(bold, in.Triage.Title.Get()))
	for _, l := range leaks {
		r.printLeak(l)
	}
	held := len(workflow.Held(leaks))
	switch {
	case len(leaks) == 0:
		r.line("Nothing was found that should not leave. The contents of attached files are not looked into.")
	case held > 0:
		r.line("\n%s an export back until somebody decides: firebreak redact export, keep or blot.", counted(held, "finding holds", "findings hold"))
	default:
		r.line("\nNothing holds an export back.")
	}
	return nil
}

func (r *run) printLeak(l workflow.Leak) {
	verdict := "not decided"
	switch {
	case l.Lost:
		verdict = "to be redacted, and not recognised any more"
	case l.Judgement.Verdict == workflow.RedactLeak:
		verdict = "redacted in exports by " + l.By
	case l.Judgement.Verdict == workflow.KeepLeak:
		verdict = "kept by " + l.By
	case l.Judgement.Verdict == workflow.LetThrough:
		verdict = "not decided; left once, on the word of " + l.By
	case l.Kind == workflow.SecretLeak && !l.Leaves():
		verdict = "only in the log: it does not leave"
	}
	if l.Judgement.Why != "" {
		verdict += " (" + l.Judgement.Why + ")"
	}
	colour := amber
	if l.Holds() {
		colour = red
	}
	r.line("\n%s  %s  %s", r.paint(bold, string(l.Fingerprint)), r.paint(colour, oneLine(l.Secret.Name)), oneLine(l.Secret.Mask()))
	r.line("%s", wrapped("  Decided", column, verdict))
	for _, p := range l.Places {
		where := fmt.Sprintf("%s, line %d", p.Where, p.Line)
		if !p.Stands {
			where += " (does not leave)"
		}
		r.line("%s", wrapped("  In", column, where+": "+strings.TrimSpace(p.Before+l.Secret.Mask()+p.After)))
	}
}

// named finds findings by their fingerprints, or by the beginning of one; "all"
// is every one on which nobody has decided.
func named(leaks []workflow.Leak, names []string) ([]workflow.Leak, error) {
	var out []workflow.Leak
	for _, name := range names {
		at := slices.IndexFunc(leaks, func(l workflow.Leak) bool {
			return strings.HasPrefix(string(l.Fingerprint), strings.ToLower(name))
		})
		switch {
		case name == "all":
			for _, l := range leaks {
				if !l.Judgement.Verdict.Settled() {
					out = append(out, l)
				}
			}
		case at < 0 || len(name) < 4:
			return nil, nothing("leak.none", "There is no finding %s. See them with: firebreak redact", quoted(name))
		default:
			out = append(out, leaks[at])
		}
	}
	return out, nil
}

// chosenLeaks are the findings of the incident that are named; it fails when there
// is none.
func (r *run) chosenLeaks(ctx context.Context, x redacting, names []string) (workflow.Incident, []workflow.Leak, error) {
	in, err := r.read(ctx, latest)
	if err != nil {
		return in, nil, err
	}
	leaks, err := r.leaks(ctx, in, x.also)
	if err != nil {
		return in, nil, err
	}
	chosen, err := named(leaks, names)
	if err == nil && len(chosen) == 0 {
		err = nothing("leak.none", "There is nothing left to decide.")
	}
	return in, chosen, err
}

func (r *run) judge(ctx context.Context, x redacting, verdict workflow.LeakVerdict, names []string) error {
	in, chosen, err := r.chosenLeaks(ctx, x, names)
	if err != nil {
		return err
	}
	var want []workflow.Intent
	for _, l := range chosen {
		want = append(want, workflow.Judge{Leak: l, Verdict: verdict, Why: x.why})
	}
	done, err := r.write(ctx, in.ID, wanting(want...))
	if err != nil {
		return err
	}
	return r.say(ctx, done)
}
