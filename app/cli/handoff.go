package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) handoffCommand() *cobra.Command {
	var h workflow.HandOff
	cmd := &cobra.Command{
		Use: "handoff", Short: "Hand command over, or print the hand-off sheet",
		Long: `Hand a role over, command when no other is named. It counts once the receiver
has read the sheet back. Without --to the one-page sheet is printed.`,
		Example: `  firebreak handoff
  firebreak handoff --to Ann --state "Fix is out, watching" --read-back`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("to") {
				return r.printSheet(cmd.Context())
			}
			return r.changeIn(cmd.Context(), burning, wanting(h))
		},
	}
	f := cmd.Flags()
	f.StringVar(&h.To, "to", "", "who takes over")
	f.StringVar(&h.Role, "role", "", "the role (default: commander)")
	f.StringVar(&h.State, "state", "", "where things stand")
	f.StringVar(&h.Tried, "tried", "", "what was tried")
	f.StringVar(&h.Next, "next", "", "what comes next")
	f.StringVar(&h.Questions, "questions", "", "what is still open")
	f.BoolVar(&h.ReadBack, "read-back", false, "the receiver has read the sheet back")
	return cmd
}

func (r *run) printSheet(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(r.statusOf(in))
	}
	zone, err := r.zone(ctx)
	if err != nil {
		return err
	}
	s := in.HandOffSheet(r.Now())
	r.line("%s", r.paint(bold, "HAND-OFF SHEET"))
	r.line("%s", wrapped("Incident", column, s.Severity+"  "+s.Title+"  ("+string(s.Stage)+")"))
	r.line("%s", wrapped("Detected", column, fmt.Sprintf("%s, %s ago", r.clock(s.Detected, zone), workflow.Words(s.Since))))
	r.line("%s", wrapped("Commander", column, orDash(s.Commander)+onDuty(s)))
	for _, h := range s.Roles {
		if h.Role.ID != workflow.Commander {
			r.line("%s", wrapped(h.Role.Name, column, orDash(h.Holder.Person)))
		}
	}
	r.line("%s", wrapped("Impact", column, orDash(s.Impact)))
	r.line("%s", wrapped("Cause", column, orDash(s.Cause)))
	r.line("%s", wrapped("Rollback", column, orDash(strings.TrimSpace(s.Rollback.Command+" "+s.Rollback.Version))))
	if s.IfFails != "" {
		r.line("%s", wrapped("Would change", column+1, s.IfFails))
	}
	for _, p := range s.Board {
		r.line("%s", wrapped(p.Name, column, fmt.Sprintf("%d of %d%s", p.Done, len(p.Items), openWords(p))))
	}
	for i, a := range assignmentsOf(in, r.Now()) {
		r.line("%s", wrapped(firstOnly(i, "Tasks"), column, a.Owner+": "+a.Text+" ("+a.due(r.Now())+")"))
	}
	for i, d := range s.Decisions {
		r.line("%s", wrapped(firstOnly(i, "Decisions"), column, r.clock(d.At.Get(), zone)+" "+d.Text.Get()))
	}
	if next := nextOf(in, r.Now()); next != nil {
		r.line("%s", wrapped("Next", column, next.Title+": "+next.Reason))
	}
	r.line("\nThe receiver reads this back. Then: firebreak handoff --to NAME --read-back")
	return nil
}

func onDuty(s workflow.Sheet) string {
	if s.OnDuty == 0 {
		return ""
	}
	return ", in command for " + workflow.Words(s.OnDuty)
}

func openWords(p workflow.PhaseView) string {
	var open []string
	for _, item := range p.OpenItems() {
		open = append(open, item.Text)
	}
	if len(open) == 0 {
		return ""
	}
	return "; open: " + strings.Join(open, ", ")
}

// firstOnly names a group of lines on its first line.
func firstOnly(i int, name string) string {
	if i == 0 {
		return name
	}
	return ""
}
