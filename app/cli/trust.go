package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

func (r *run) trustCommand() *cobra.Command {
	var sum, repository string
	var forget bool
	cmd := &cobra.Command{
		Use: "trust", Short: "Show the commands of the playbook, and accept them",
		Long: `A playbook can name commands: tests, deploys, the way back, probes. None of them
runs on this machine before somebody has seen it in full and accepted it for
this repository, and whatever changes is asked again. Without a flag they are
shown, with a fingerprint of those that wait; --accept takes the fingerprint, so
that nothing is accepted but what was shown.`,
		Example: "  firebreak playbook trust\n  firebreak playbook trust --accept 5f2c91d07a3e\n  firebreak playbook trust --forget",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if forget && cmd.Flags().Changed("accept") {
				return wrongUsage("Give --accept or --forget, not both.")
			}
			at, err := r.trustAt(cmd.Context(), repository)
			switch {
			case err != nil:
				return err
			case forget:
				return r.forgetTrust(cmd.Context(), at)
			case cmd.Flags().Changed("accept"):
				return r.acceptCommands(cmd.Context(), at, sum)
			default:
				return r.showTrust(at)
			}
		},
	}
	f := cmd.Flags()
	f.StringVar(&sum, "accept", "", "accept what was shown under this `fingerprint`")
	f.BoolVar(&forget, "forget", false, "take back everything that was accepted for this repository")
	f.StringVar(&repository, "repo", "", repoFlagHelp)
	return cmd
}

// trustAt is a playbook beside what was accepted for the repository.
type trustAt struct {
	trust    workflow.Trust
	playbook workflow.Playbook
	from     string // in words
	view     workflow.TrustView
}

// trustAt looks at the playbook whose commands would run: that of the open
// incident, else the one in force.
func (r *run) trustAt(ctx context.Context, named string) (trustAt, error) {
	at, folder, err := r.playbookToRun(ctx)
	if err != nil {
		return at, err
	}
	if named == "" {
		named = folder
	}
	at.trust, err = r.trust(ctx, named)
	at.view = at.trust.Look(at.playbook)
	return at, err
}

// playbookToRun is the playbook that commands come from, where it comes from in
// words, and the folder of the open incident; "" without one.
func (r *run) playbookToRun(ctx context.Context) (trustAt, string, error) {
	id, err := r.pick(ctx, burning)
	switch {
	case err == nil:
		in, err := r.load(ctx, id)
		if err != nil {
			return trustAt{}, "", err
		}
		folder, err := r.repositoryOf(ctx, id)
		return trustAt{playbook: in.Playbook, from: "as the open incident was declared under it"}, folder, err
	case r.flags.incident != "":
		return trustAt{}, "", err
	}
	rules, err := r.rules(ctx)
	if rules.Fault != "" {
		r.warn(rules.Fault)
	}
	return trustAt{playbook: rules.Playbook, from: "from " + rules.From}, "", err
}

// trust is what was accepted for a repository on this machine.
func (r *run) trust(ctx context.Context, named string) (workflow.Trust, error) {
	folder, err := r.repository(ctx, named)
	if err != nil {
		return workflow.Trust{}, err
	}
	place, err := repo.Find(folder)
	if err != nil {
		return workflow.Trust{}, nothing("trust.no-repository", "%v Commands are accepted for a repository, so nothing was accepted.", err)
	}
	at, err := r.openReal(ctx)
	if err != nil {
		return workflow.Trust{}, err
	}
	return session.ReadTrust(ctx, at.shelf, place.Root)
}

// trusts refuses a command of a playbook that nobody has accepted here. What a
// person typed is theirs, and does not come this way.
func (r *run) trusts(ctx context.Context, named string, c workflow.PlaybookCommand) error {
	trust, err := r.trust(ctx, named)
	if err != nil || trust.Allows(c) {
		return err
	}
	return &failure{exit: ExitRefused, code: "trust.not-accepted", says: fmt.Sprintf(
		"Nobody has accepted this command of the playbook on this machine: %s\nNothing was run. Read it, and accept it with: firebreak playbook trust", workflow.ShownCommand(c.Run))}
}

func (r *run) acceptCommands(ctx context.Context, at trustAt, sum string) error {
	switch now := at.view.Sum(); {
	case now == "":
		return nothing("trust.nothing", "There is nothing to accept: %s", at.view.Words())
	case now != sum:
		return &failure{exit: ExitRefused, code: "trust.changed", says: "That fingerprint does not stand for what waits to be accepted now. Nothing was accepted. Look at the commands again with: firebreak playbook trust"}
	}
	name, err := r.name(ctx)
	if err != nil {
		return err
	}
	accepted := at.view.Commands()
	if err := r.keepTrust(ctx, at.trust.Accepting(name, r.Now(), accepted...)); err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"root": at.trust.Root, "accepted": accepted})
	}
	r.line("Accepted for %s on this machine:", oneLine(at.trust.Root))
	for _, c := range accepted {
		r.printCommand(c, nil, "")
	}
	return nil
}

func (r *run) forgetTrust(ctx context.Context, at trustAt) error {
	if len(at.trust.Commands) == 0 {
		return nothing("trust.nothing", "Nothing was accepted for %s, so nothing was taken back.", at.trust.Root)
	}
	if err := r.keepTrust(ctx, workflow.Trust{Root: at.trust.Root}); err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"root": at.trust.Root, "forgotten": at.trust.Commands})
	}
	r.line("No command of a playbook runs in %s any more. What was accepted is asked again.", oneLine(at.trust.Root))
	return nil
}

func (r *run) keepTrust(ctx context.Context, trust workflow.Trust) error {
	at, err := r.openReal(ctx)
	if err != nil {
		return err
	}
	return session.WriteTrust(ctx, at.shelf, trust)
}

func (r *run) showTrust(at trustAt) error {
	if r.flags.json {
		return r.printJSON(map[string]any{
			"root": at.trust.Root, "playbook": at.playbook.Name, "version": at.playbook.Version,
			"asked": orEmpty(at.view.Asked), "accepted": orEmpty(at.view.Accepted), "fingerprint": at.view.Sum(),
		})
	}
	r.line("%q, version %d, %s", at.playbook.Name, at.playbook.Version, oneLine(at.from))
	r.line("Its commands would run in %s", oneLine(at.trust.Root))
	for _, a := range at.view.Accepted {
		r.printCommand(a.PlaybookCommand, nil, r.paint(green, "accepted")+" by "+oneLine(a.By))
	}
	for _, a := range at.view.Asked {
		word := "new"
		if a.Was != nil {
			word = "changed"
		}
		r.printCommand(a.PlaybookCommand, a.Was, r.paint(amber, word))
	}
	r.line("\n%s", at.view.Words())
	if sum := at.view.Sum(); sum != "" {
		r.line("When you have read them, accept them with: firebreak playbook trust --accept %s", sum)
	}
	return nil
}

// printCommand prints a command whole, however long it is.
func (r *run) printCommand(c workflow.PlaybookCommand, was *workflow.PlaybookCommand, word string) {
	use := string(c.Use)
	if c.Shell {
		use += ", by a shell"
	}
	if word != "" {
		use += ": " + word
	}
	r.line("\n  %s", use)
	r.line("    %s", r.paint(bold, workflow.ShownCommand(c.Run)))
	if was == nil {
		return
	}
	if was.Run != c.Run {
		r.line("    was %s", workflow.ShownCommand(was.Run))
	}
	if was.Shell != c.Shell {
		r.line("    was run %s", map[bool]string{true: "by a shell", false: "without a shell"}[was.Shell])
	}
}

// orEmpty keeps a list a list for a program, also without anything in it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
