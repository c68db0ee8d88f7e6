package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// builtIn names the playbook that the program ships with.
const builtIn = "the built-in playbook"

// inForce is the playbook that the next incident is declared under.
type inForce struct {
	Playbook workflow.Playbook
	From     string // its file, or builtIn
	Fault    string // why the team's own is not in force; empty when nothing is wrong
}

// goodPlaybook is the team's playbook as it was read last without a fault.
type goodPlaybook struct {
	Path   string `json:"path"`
	Source string `json:"source"`
}

// goodKey is where the last good playbook is kept: a command ends, and must
// find it again at the next start.
const goodKey = "playbook.last-good"

// rules finds the playbook in force: the repository's own, or the built-in
// one. A faulty one leaves the last good one in force.
func (r *run) rules(ctx context.Context) (inForce, error) {
	folder, err := r.repository(ctx, "")
	if err != nil {
		return inForce{}, err
	}
	return r.rulesIn(ctx, folder)
}

// rulesIn is rules for a folder.
func (r *run) rulesIn(ctx context.Context, folder string) (inForce, error) {
	keeper, err := playbook.NewKeeper("playbook.yaml", assets.Playbook())
	if err != nil {
		return inForce{}, err
	}
	standard := inForce{Playbook: keeper.InForce(), From: builtIn}
	place, err := repo.Find(folder)
	if err != nil {
		return standard, nil // there is no repository, so there is no playbook in it
	}
	path, found := repo.PlaybookPath(place)
	if !found {
		return standard, nil
	}
	src, err := repo.ReadPlaybook(path)
	if err == nil {
		keeper, err = keeper.Load(path, src)
	}
	if err != nil {
		return r.lastGood(ctx, standard, path, err)
	}
	return inForce{Playbook: keeper.InForce(), From: path}, r.remember(ctx, goodPlaybook{path, string(src)})
}

// lastGood falls back to the playbook that this file held before the fault.
func (r *run) lastGood(ctx context.Context, standard inForce, path string, fault error) (inForce, error) {
	standard.Fault = fault.Error()
	at, err := r.openReal(ctx)
	if err != nil {
		return standard, err
	}
	var good goodPlaybook
	found, err := at.store.Setting(ctx, goodKey, &good)
	if err != nil || !found || good.Path != path {
		return standard, err
	}
	p, err := playbook.Read(path, []byte(good.Source))
	if err != nil {
		return standard, nil // it was good for another version of the program
	}
	says, _, _ := strings.Cut(standard.Fault, "\nNothing has changed")
	return inForce{Playbook: p, From: path, Fault: fmt.Sprintf("%s\nThe last good one stays in force: %q, version %d.", says, p.Name, p.Version)}, nil
}

func (r *run) remember(ctx context.Context, good goodPlaybook) error {
	at, err := r.openReal(ctx)
	if err != nil {
		return err
	}
	var old goodPlaybook
	if found, err := at.store.Setting(ctx, goodKey, &old); err == nil && found && old == good {
		return nil
	}
	return at.store.SetSetting(ctx, goodKey, good)
}

// policy is the playbook in force; why the team's own is not goes to the
// person at once.
func (r *run) policy(ctx context.Context) (workflow.Playbook, error) {
	in, err := r.rules(ctx)
	if in.Fault != "" {
		r.warn(in.Fault)
	}
	return in.Playbook, err
}

func (r *run) playbookCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "playbook", Short: "Show the playbook in force, or check one",
		Long: `The playbook is the team's policy: levels, checklist, gates, cadences. The
repository's .firebreak/playbook.yaml comes before the built-in one. An incident
keeps the playbook that it was declared under.`,
		Example: "  firebreak playbook\n  firebreak playbook show > .firebreak/playbook.yaml\n  firebreak playbook check .firebreak/playbook.yaml",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.namePlaybook(cmd.Context()) },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "show", Short: "Print the built-in playbook, to be copied and edited", Args: cobra.NoArgs,
			Example: "  firebreak playbook show > .firebreak/playbook.yaml",
			RunE: func(cmd *cobra.Command, _ []string) error {
				if r.flags.json {
					in, err := r.rules(cmd.Context())
					if err != nil {
						return err
					}
					return r.printJSON(in.Playbook)
				}
				_, err := r.Out.Write(assets.Playbook())
				return err
			},
		},
		&cobra.Command{
			Use: "check FILE", Short: "Check a playbook; faults are named with their lines", Args: cobra.ExactArgs(1),
			Example: "  firebreak playbook check .firebreak/playbook.yaml",
			RunE:    func(_ *cobra.Command, args []string) error { return r.checkPlaybook(args[0]) },
		},
		r.trustCommand(),
	)
	return cmd
}

func (r *run) namePlaybook(ctx context.Context) error {
	in, err := r.rules(ctx)
	if err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"name": in.Playbook.Name, "version": in.Playbook.Version, "from": in.From, "fault": in.Fault})
	}
	r.line("%q, version %d, from %s", in.Playbook.Name, in.Playbook.Version, in.From)
	if in.Fault != "" {
		r.warn(in.Fault)
	}
	return nil
}

func (r *run) checkPlaybook(file string) error {
	path := file
	if !filepath.IsAbs(path) {
		path = filepath.Join(r.Folder, path)
	}
	if _, err := os.Stat(path); err != nil {
		return nothing("playbook.missing", "There is no playbook %s that can be read: %v", quoted(file), err)
	}
	src, err := repo.ReadPlaybook(path)
	if err != nil {
		return err
	}
	p, err := playbook.Read(file, src)
	if err != nil {
		return &failure{exit: ExitRefused, code: "playbook.faults", says: err.Error()}
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"name": p.Name, "version": p.Version, "from": path})
	}
	r.line("%s is in order: %q, version %d.", oneLine(file), p.Name, p.Version)
	return nil
}
