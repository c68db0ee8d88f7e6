package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) declareCommand() *cobra.Command {
	var d workflow.Declare
	var at string
	cmd := &cobra.Command{
		Use: "declare TITLE", Short: "Declare an incident: a title is enough",
		Long: `Declare an incident. Only the title is needed; everything else can be said
later. An undecided severity counts as the most severe one. Nobody is told
anything: declaring writes into this computer's log and nowhere else.`,
		Example: `  firebreak declare "Checkout fails for EU cards"
  firebreak declare "Auth outage" --severity SEV1 --at 14:32 --impact "Nobody can log in"`,
		Args: atLeast(1, "An incident needs a title: a few words for what is broken."),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.declare(cmd.Context(), d, args, at)
		},
	}
	f := cmd.Flags()
	f.StringVar(&d.Severity, "severity", "", "the level, when it is known: SEV1")
	f.StringVar(&at, "at", "", "when it was detected: 14:32, -5m, ~13:30 (default: now)")
	f.StringVar(&d.Impact, "impact", "", "who is hit, and what they cannot do")
	f.StringVar(&d.Service, "service", "", "what is broken: auth")
	f.StringVar(&d.Commander, "commander", "", "who commands (default: you)")
	f.StringVar(&d.Scribe, "scribe", "", "who writes things down")
	return cmd
}

func (r *run) declare(ctx context.Context, d workflow.Declare, words []string, at string) error {
	title, err := r.text(words)
	if err != nil {
		return err
	}
	if d.Detected, err = r.stamp(ctx, at); err != nil {
		return err
	}
	if d.Playbook, err = r.policy(ctx); err != nil {
		return err
	}
	d.Title, d.Sample, d.Severity = title, r.flags.sample, levelNamed(d.Playbook, d.Severity)
	done, err := r.write(ctx, workflow.IncidentID(r.NewID()), wanting(d))
	if err != nil || r.flags.json {
		return r.sayUnless(ctx, done, err)
	}
	in := done.After
	word := workflow.SeverityWord(in.Triage.Severity.Get())
	if in.Undecided() {
		word += ", counts as " + in.Effective().ID
	}
	r.line("Declared: %s (%s)", r.paint(bold, oneLine(in.Triage.Title.Get())), word)
	r.line("%s%s", pad("Id", column), in.ID)
	r.sayNext(in)
	return nil
}

func (r *run) sayUnless(ctx context.Context, done change, err error) error {
	if err != nil {
		return err
	}
	return r.say(ctx, done)
}

// undecidedWord takes a decision about the severity back.
const undecidedWord = "undecided"

// levelNamed finds a level however its name is written.
func levelNamed(p workflow.Playbook, typed string) string {
	typed = strings.TrimSpace(typed)
	if strings.EqualFold(typed, undecidedWord) {
		return ""
	}
	for _, l := range p.Levels {
		if strings.EqualFold(l.ID, typed) {
			return l.ID
		}
	}
	return typed
}
