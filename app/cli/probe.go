package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) probeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "probe", Short: "Add, list and drop the looks at production",
		Long: `A probe looks at production: a call with its expected answer, a metric that must
be low or fall, a command, or a person. The fix is verified when each stayed
green for as long as the playbook says. Without a command they are listed.`,
		Example: "  firebreak probe add --curl 'curl https://api.example.com/health'\n  firebreak probe\n  firebreak verify --watch",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.listProbes(cmd.Context()) },
	}
	cmd.AddCommand(r.addProbeCommand(), &cobra.Command{
		Use: "list", Short: "List the looks at production", Args: cobra.NoArgs, Example: "  firebreak probe list --json",
		RunE: func(cmd *cobra.Command, _ []string) error { return r.listProbes(cmd.Context()) },
	}, r.dropProbeCommand())
	return cmd
}

func (r *run) addProbeCommand() *cobra.Command {
	var p workflow.Probe
	var curl, person string
	cmd := &cobra.Command{
		Use: "add", Short: "Add a look at production", Args: cobra.NoArgs,
		Long: `Add a probe: paste your curl line, or say the address and what it must answer.
Tokens and passwords are not kept: a variable stands in their place, whose value
is taken from the environment whenever the probe looks.

A metric is read from a page in the text format of Prometheus. All series that
match are added up. A gauge is judged by its value, a counter by its increase
per second. Falling means: after the deploy it never rises between two looks and
stays below its first value then; zero is as low as it goes.`,
		Example: `  firebreak probe add --curl "curl -X POST https://api.example.com/login -d '{}'"
  firebreak probe add --url https://example.com/health --text ok --within 500ms
  firebreak probe add --url https://example.com/metrics --metric auth_errors --falling
  firebreak probe add --run "npm run smoke:production"
  firebreak probe add --person "Checkout with a real card"`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			one := p
			if err := r.probeOf(cmd, &one, curl, person); err != nil {
				return err
			}
			kept, held := one.WithoutSecrets()
			for _, s := range held {
				r.warn("The secret in " + s.Name + " was not kept. Set " + s.Variable + " in the environment before you watch: its value is taken from there.")
			}
			return r.changeIn(cmd.Context(), recent, wanting(workflow.AddProbe{Probe: kept}))
		},
	}
	f := cmd.Flags()
	f.StringVar(&curl, "curl", "", "your curl `line`, as you would type it")
	f.StringVar(&person, "person", "", "a person looks at this, and says how it is")
	f.StringVar(&p.Name, "name", "", "what it is called (default: what it looks at)")
	f.StringVar(&p.URL, "url", "", "the address that is called")
	f.StringVar(&p.Method, "method", "", "GET, POST … (default: GET, and POST with a body)")
	f.StringArrayVar(&p.Headers, "header", nil, "a `HEADER`; $NAME is taken from the environment when it looks")
	f.StringVar(&p.Body, "body", "", "what is sent")
	f.IntVar(&p.Status, "status", 0, "the status that is expected (default: any from 200 to 299)")
	f.StringVar(&p.Text, "text", "", "a text that the answer must hold")
	f.DurationVar(&p.Within, "within", 0, "slower than that counts as failed: 500ms")
	f.StringVar(&p.Metric, "metric", "", `a metric of that page: auth_errors{code="500"}`)
	f.StringVar(&p.Below, "below", "", "the number that the metric must be below")
	f.BoolVar(&p.Falling, "falling", false, "the metric must not rise, and be lower than at the deploy")
	f.StringVar(&p.Run, "run", "", "a command; well when it exits with 0")
	f.DurationVar(&p.Limit, "limit", 0, "the time of one look (default 10s)")
	return cmd
}

// probeOf makes a probe of the flags.
func (r *run) probeOf(cmd *cobra.Command, p *workflow.Probe, curl, person string) error {
	ways := 0
	for _, given := range []bool{curl != "", person != "", p.Run != "", p.URL != ""} {
		if given {
			ways++
		}
	}
	if ways != 1 {
		return wrongUsage("Say how it looks: give one of --curl, --url, --run or --person.")
	}
	switch {
	case curl != "":
		if r.Prober == nil {
			return wrongUsage("A curl line cannot be read here. Give --url and what belongs to it.")
		}
		read, leftOut, err := r.Prober.ReadCurl(curl)
		if err != nil {
			return wrongUsage("%s", err.Error())
		}
		for _, says := range leftOut {
			r.warn("Not taken over: " + says + ".")
		}
		read.Name, read.Status, read.Text, read.Within, read.Metric, read.Below, read.Falling = p.Name, p.Status, p.Text, p.Within, p.Metric, p.Below, p.Falling
		read.Headers = append(read.Headers, p.Headers...)
		for from, into := range map[*string]*string{&p.Method: &read.Method, &p.Body: &read.Body} {
			if *from != "" {
				*into = *from
			}
		}
		if p.Limit > 0 {
			read.Limit = p.Limit
		}
		*p = read
	case person != "":
		p.Kind, p.Name = workflow.PersonProbe, person
	case p.Run != "":
		p.Kind = workflow.CommandProbe
	default:
		p.Kind = workflow.HTTPProbe
	}
	if p.Metric != "" {
		p.Kind = workflow.MetricProbe
	}
	return nil
}

func (r *run) dropProbeCommand() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "drop NUMBER", Short: "Take a look at production out, with a reason", Args: cobra.ExactArgs(1),
		Example: `  firebreak probe drop 2 --reason "That service is not hit"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.changeIn(cmd.Context(), recent, func(in workflow.Incident) ([]workflow.Intent, error) {
				probes := in.Probes()
				ids := make([]string, len(probes))
				for i, p := range probes {
					ids[i] = p.ID
				}
				i, err := numbered(ids, args[0], "probe", "firebreak probe")
				if err != nil {
					return nil, err
				}
				return []workflow.Intent{workflow.DropProbe{ID: workflow.ProbeID(ids[i]), Reason: reason}}, nil
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why this is not looked at any more")
	return cmd
}

// probeJSON is a probe for a program.
type probeJSON struct {
	workflow.Probe
	Playbook bool `json:"playbook"` // it is the playbook's own
	Proven   bool `json:"proven"`
}

func (r *run) listProbes(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	probes := in.Probes()
	if r.flags.json {
		out := make([]probeJSON, len(probes))
		for i, p := range probes {
			id := workflow.ProbeID(p.ID)
			out[i] = probeJSON{p, in.FromPlaybook(id), in.Proven(id)}
		}
		return r.printJSON(map[string]any{"id": in.ID, "probes": out, "soak": in.Playbook.Work.SoakFor.String()})
	}
	if len(probes) == 0 {
		r.line("No probe yet. Add one, your curl line is enough: firebreak probe add --curl 'curl …'")
		return nil
	}
	for i, p := range probes {
		id := workflow.ProbeID(p.ID)
		word := ""
		if in.Proven(id) {
			word = "  " + r.paint(green, "proven")
		}
		r.line("%s%s%s", pad(ordinal(i), 4), oneLine(p.Name), word)
		for _, line := range strings.Split(probeWords(p, in.FromPlaybook(id)), "\n") {
			r.line("    %s", r.paint(faint, workflow.ShownCommand(line)))
		}
	}
	return nil
}

// probeWords says what a probe asks for, and what must come of it.
func probeWords(p workflow.Probe, playbook bool) string {
	words := p.Asks()
	if p.Kind == workflow.PersonProbe {
		words = "a person looks"
	}
	must := p.Must()
	if playbook {
		must += ", from the playbook"
	}
	return words + "\n" + must
}

// usualRound is the shortest time between two rounds of looks.
const usualRound = 200 * time.Millisecond
