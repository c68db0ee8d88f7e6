package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

// checking is what the flags of check say.
type checking struct {
	evidence, value, reason, confirm, add, phase, at string
	skip, open                                       bool
}

func (r *run) checkCommand() *cobra.Command {
	var c checking
	cmd := &cobra.Command{
		Use: "check [ITEM]", Short: "Tick a step of the board, or list the board",
		Long: `Tick a step of the board, skip it with a reason, or open it again. A step is
named by its id, or by the beginning of one. Without a step the board is listed.
Steps that facts settle tick themselves: record the fact instead.`,
		Example: `  firebreak check
  firebreak check impact-understood --evidence "https://grafana/d/42"
  firebreak check status-page --skip --reason "We have no status page"
  firebreak check --confirm before`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && c.confirm == "" && c.add == "" {
				return r.listBoard(cmd.Context())
			}
			item := ""
			if len(args) == 1 {
				item = args[0]
			}
			return r.check(cmd.Context(), item, c)
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.evidence, "evidence", "", "what shows it: text, a link, a command's output; - reads the standard input")
	f.StringVar(&c.value, "value", "", "the answer to what the step asks")
	f.BoolVar(&c.skip, "skip", false, "leave the step out; needs --reason")
	f.BoolVar(&c.open, "open", false, "open the step again; against a fact it needs --reason")
	f.StringVar(&c.reason, "reason", "", "why")
	f.StringVar(&c.confirm, "confirm", "", "pass the pause at the end of a phase: before, during, after")
	f.StringVar(&c.add, "add", "", "add a step for this incident; needs --phase")
	f.StringVar(&c.phase, "phase", "", "the phase that --add belongs to")
	atFlag(cmd, &c.at)
	return cmd
}

func (r *run) check(ctx context.Context, item string, c checking) error {
	evidence, err := r.text([]string{c.evidence})
	if err != nil {
		return err
	}
	stamp, err := r.stamp(ctx, c.at)
	if err != nil {
		return err
	}
	return r.changeIn(ctx, recent, func(in workflow.Incident) ([]workflow.Intent, error) {
		var want []workflow.Intent
		if item != "" {
			id, err := itemNamed(in, item)
			if err != nil {
				return nil, err
			}
			switch {
			case c.skip && c.open:
				return nil, wrongUsage("A step is skipped or opened again: give --skip or --open, not both.")
			case c.skip:
				want = append(want, workflow.Skip{Item: id, Reason: c.reason})
			case c.open:
				want = append(want, workflow.Untick{Item: id, Reason: c.reason})
			default:
				want = append(want, workflow.Tick{Item: id, Evidence: evidence, Value: c.value, At: stamp})
			}
		}
		if c.add != "" {
			want = append(want, workflow.AddItem{Phase: c.phase, Text: c.add})
		}
		if c.confirm != "" {
			want = append(want, workflow.ConfirmPhase{Phase: c.confirm, Reason: c.reason})
		}
		return want, nil
	})
}

// itemNamed finds a step by its id or the beginning of it. What is not found
// goes on as it is: the workflow refuses it, and lists what there is.
func itemNamed(in workflow.Incident, named string) (string, error) {
	var found []string
	for _, p := range in.Checklist() {
		for _, item := range p.Items {
			if item.ID == named {
				return named, nil
			}
			if strings.HasPrefix(item.ID, strings.ToLower(named)) {
				found = append(found, item.ID)
			}
		}
	}
	switch len(found) {
	case 0:
		return named, nil
	case 1:
		return found[0], nil
	default:
		return "", wrongUsage("%s could be %s. Type more of it.", quoted(named), strings.Join(found, ", "))
	}
}

// phaseJSON is a phase of the board for a program.
type phaseJSON struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Mode      string     `json:"mode"`
	Confirmed bool       `json:"confirmed"`
	Done      int        `json:"done"`
	Items     []itemJSON `json:"items"`
}

type itemJSON struct {
	ID       string             `json:"id"`
	Text     string             `json:"text"`
	State    workflow.ItemState `json:"state"`
	Fact     string             `json:"fact,omitempty"` // the fact that settled it
	Reason   string             `json:"reason,omitempty"`
	Evidence string             `json:"evidence,omitempty"`
	Value    string             `json:"value,omitempty"`
	By       string             `json:"by,omitempty"`
	Current  bool               `json:"current,omitempty"`
	Clash    bool               `json:"clash,omitempty"`
}

func boardOf(in workflow.Incident) []phaseJSON {
	var out []phaseJSON
	for _, p := range in.Checklist() {
		phase := phaseJSON{ID: p.ID, Name: p.Name, Mode: string(p.Mode), Confirmed: p.Confirmed, Done: p.Done}
		for _, i := range p.Items {
			phase.Items = append(phase.Items, itemJSON{i.ID, i.Text, i.State, i.Fact, i.Reason, i.Evidence, i.Value, i.By, i.Current, i.Clash})
		}
		out = append(out, phase)
	}
	return out
}

func (r *run) listBoard(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"id": in.ID, "board": boardOf(in)})
	}
	short := shortItems(in)
	for i, p := range in.Checklist() {
		if i > 0 {
			r.line("")
		}
		state := fmt.Sprintf("%d of %d", p.Done, len(p.Items))
		if p.Confirmed {
			state += ", confirmed by " + oneLine(p.By)
		}
		r.line("%s  %s  (%s, %s)", r.paint(bold, p.Name), state, p.ID, p.Mode)
		for _, item := range p.Items {
			r.printItem(short[item.ID], item)
		}
	}
	return nil
}

// shortItems is what each step is called on a page: an added one has a long id,
// and the beginning of it is enough.
func shortItems(in workflow.Incident) map[string]string {
	short := map[string]string{}
	var added []string
	for _, p := range in.Checklist() {
		for _, item := range p.Items {
			short[item.ID] = item.ID
			if item.Added {
				added = append(added, item.ID)
			}
		}
	}
	for i, name := range shortIDs(added) {
		short[added[i]] = name
	}
	return short
}

func (r *run) printItem(name string, item workflow.Item) {
	mark, why := "[ ]", ""
	switch {
	case item.Clash:
		mark, why = "[!]", "two devices say different things: check it again"
	case item.State == workflow.ItemDone && item.Fact != "":
		mark, why = "[x]", item.Fact
	case item.State == workflow.ItemDone:
		mark, why = "[x]", told("by "+item.By, item.Value, item.Evidence)
	case item.State == workflow.ItemSkipped && item.Fact != "":
		mark, why = "[-]", item.Fact
	case item.State == workflow.ItemSkipped:
		mark, why = "[-]", "skipped by "+item.By+": "+item.Reason
	case item.Current:
		mark = "[>]"
	}
	line := fmt.Sprintf("  %s %s", mark, pad(name, 26))
	r.line("%s", strings.TrimRight(line+fit(oneLine(item.Text), width-34), " "))
	if why != "" {
		r.line("%s", r.paint(faint, pad("", 32)+fit(oneLine(why), width-32)))
	}
}

// told joins what there is to say.
func told(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), ", ")
}
