package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

// listedJSON is an increment of the repository for a program.
type listedJSON struct {
	ID       string              `json:"id"`
	Title    string              `json:"title"`
	Type     string              `json:"type"`
	State    string              `json:"state"`
	Archived string              `json:"group,omitempty"`
	Tasks    int                 `json:"tasks"`
	Done     int                 `json:"done"`
	Incident workflow.IncidentID `json:"incident,omitempty"`
	Says     []string            `json:"says,omitempty"`
}

func (r *run) listIncrementsCommand() *cobra.Command {
	folder, all := "", false
	cmd := &cobra.Command{
		Use: "list", Short: "List the increments of the repository", Args: cobra.NoArgs,
		Example: "  firebreak increment list\n  firebreak increment list --all --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			hands, at, err := r.loom(ctx, folder)
			if err != nil {
				return err
			}
			list, err := hands.Increments(ctx, at)
			if err != nil {
				return err
			}
			out := []listedJSON{}
			var rows [][]string
			for _, i := range list {
				if i.Group != "" && !all {
					continue
				}
				out = append(out, listedJSON{i.ID, i.Title, i.Type, i.State, i.Group, i.Tasks, i.Done, i.Incident, i.Says})
				state := i.State
				if i.Group != "" {
					state += " " + i.Group
				}
				rows = append(rows, []string{i.ID, i.Type, strings.TrimSpace(state), fmt.Sprintf("%d/%d", i.Done, i.Tasks), i.Title})
			}
			if r.flags.json {
				return r.printJSON(out)
			}
			r.table(rows)
			if len(rows) == 0 {
				r.line("There are no increments in %s yet.", oneLine(at))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&folder, "repo", "", repoFlagHelp)
	cmd.Flags().BoolVar(&all, "all", false, "those in _archive and the other lifecycle folders, too")
	return cmd
}

func (r *run) linkIncrementCommand() *cobra.Command {
	folder := ""
	cmd := &cobra.Command{
		Use: "link ID", Short: "Tie the incident to an increment that is there already", Args: cobra.ExactArgs(1),
		Example: "  firebreak increment link 0015-hotfix-auth-token",
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			in, err := r.read(ctx, recent)
			if err != nil {
				return err
			}
			hands, at, err := r.loom(ctx, folder)
			if err != nil {
				return err
			}
			link, err := hands.Link(ctx, at, in, args[0])
			if err != nil {
				return err
			}
			done, err := r.write(ctx, in.ID, wanting(link))
			if err == nil {
				r.weaveAfter(ctx, done)
			}
			return r.sayUnless(ctx, done, err)
		},
	}
	cmd.Flags().StringVar(&folder, "repo", "", repoFlagHelp)
	return cmd
}
