package cli

import (
	"context"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) gateCommand() *cobra.Command {
	var override bool
	var reason, by string
	cmd := &cobra.Command{
		Use: "gate [ID]", Short: "Show what must hold before a deploy, rollback or all-clear",
		Long: `Show the gates and what is missing. A closed gate can be overridden by a named
person with a reason; both go into the timeline and the post-mortem. Asked for
one gate, the exit code is 4 while it is closed.`,
		Example: `  firebreak gate
  firebreak gate deploy && ./deploy.sh
  firebreak gate deploy --override --by Ann --reason "The test runner is down as well"`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case override && len(args) == 1:
				return r.changeIn(cmd.Context(), burning, wanting(workflow.Override{Gate: args[0], By: by, Reason: reason}))
			case override:
				return wrongUsage("Name the gate to override: firebreak gate deploy --override --reason TEXT")
			case len(args) == 1:
				return r.oneGate(cmd.Context(), args[0])
			default:
				return r.allGates(cmd.Context())
			}
		},
	}
	f := cmd.Flags()
	f.BoolVar(&override, "override", false, "open the gate in spite of what is missing; needs --reason")
	f.StringVar(&reason, "reason", "", "why it is overridden")
	f.StringVar(&by, "by", "", "who takes it upon them (default: you)")
	return cmd
}

// gateJSON is a gate for a program.
type gateJSON struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	Open       bool          `json:"open"`
	Missing    []missingJSON `json:"missing"`
	Overridden *overrideJSON `json:"overridden,omitempty"`
}

type missingJSON struct {
	Fact workflow.Fact `json:"fact"`
	Says string        `json:"says"`
	Do   string        `json:"command,omitempty"`
}

type overrideJSON struct {
	By     string `json:"by"`
	Reason string `json:"reason"`
}

func gateOf(g workflow.Gate) gateJSON {
	out := gateJSON{ID: g.ID, Name: g.Name, Open: g.Open(), Missing: []missingJSON{}}
	for _, f := range g.Missing() {
		out.Missing = append(out.Missing, missingJSON{f.Fact, f.Missing, settles[f.Fact]})
	}
	if o := g.Overridden; o != nil {
		out.Overridden = &overrideJSON{o.By, o.Reason}
	}
	return out
}

func gatesOf(in workflow.Incident) []gateJSON {
	out := []gateJSON{}
	for _, g := range in.AllGates() {
		out = append(out, gateOf(g))
	}
	return out
}

func (r *run) allGates(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"id": in.ID, "gates": gatesOf(in)})
	}
	for _, g := range gatesOf(in) {
		r.printGate(g)
	}
	return nil
}

func (r *run) oneGate(ctx context.Context, id string) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	found := in.Gate(id)
	if len(found.Needs) == 0 {
		return nothing("gate.unknown", "The playbook has no gate %s. It has %s.", quoted(id), idsOf(in.Playbook.Gates, func(g workflow.GatePolicy) string { return g.ID }))
	}
	g := gateOf(found)
	if r.flags.json {
		if err := r.printJSON(g); err != nil {
			return err
		}
	} else {
		r.printGate(g)
	}
	if !g.Open {
		return &failure{exit: ExitRefused, code: "gate.closed", says: g.Name + ": the gate is closed."}
	}
	return nil
}

func (r *run) printGate(g gateJSON) {
	word := r.paint(amber, "closed")
	if g.Open {
		word = r.paint(green, "open")
	}
	r.line("%s%s: %s", pad(g.ID, column), oneLine(g.Name), word)
	if g.Overridden != nil {
		r.line("%s", wrapped("", column, "overridden by "+g.Overridden.By+": "+g.Overridden.Reason))
	}
	for _, m := range g.Missing {
		r.line("%s", wrapped(pad("", column)+"-", column+2, m.Says))
	}
}
