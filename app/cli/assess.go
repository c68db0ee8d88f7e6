package cli

import (
	"context"

	"github.com/spf13/cobra"

	"firebreak/export"
	"firebreak/workflow"
)

func (r *run) assessCommand() *cobra.Command {
	var impact, symptoms, hypothesis, service string
	cmd := &cobra.Command{
		Use: "assess", Short: "Write the assessment, or print it as markdown",
		Long: `Write the impact, the symptoms and the hypothesis: before anybody writes code.
A single dash takes one of them from the standard input. Without a flag the
assessment is printed as markdown, to be pasted where people ask.`,
		Example: `  firebreak assess --impact "Nobody can log in" --symptoms "500 on /api/auth/login"
  firebreak assess`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var want []workflow.Intent
			for _, f := range []struct {
				flag, text string
				field      workflow.AssessmentField
			}{{"impact", impact, workflow.Impact}, {"symptoms", symptoms, workflow.Symptoms}, {"hypothesis", hypothesis, workflow.Hypothesis}} {
				if !cmd.Flags().Changed(f.flag) {
					continue
				}
				text, err := r.text([]string{f.text})
				if err != nil {
					return err
				}
				want = append(want, workflow.Assess{Field: f.field, Text: text})
			}
			if cmd.Flags().Changed("service") {
				want = append(want, workflow.SetService{Service: service})
			}
			if len(want) == 0 {
				return r.printAssessment(cmd.Context())
			}
			return r.changeIn(cmd.Context(), recent, wanting(want...))
		},
	}
	f := cmd.Flags()
	f.StringVar(&impact, "impact", "", "who is hit, and what they cannot do")
	f.StringVar(&symptoms, "symptoms", "", "what people see: 500 error on /api/auth/login")
	f.StringVar(&hypothesis, "hypothesis", "", "the first guess at the cause")
	f.StringVar(&service, "service", "", "what is broken: auth")
	return cmd
}

func (r *run) printAssessment(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if in, err = r.outgoing(ctx, in); err != nil {
		return err
	}
	text := export.Assessment(in)
	if r.flags.json {
		return r.printJSON(map[string]string{"id": string(in.ID), "markdown": text})
	}
	r.line("%s", cleanText(text))
	return nil
}
