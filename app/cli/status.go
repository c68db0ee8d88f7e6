package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"firebreak/export"
	"firebreak/workflow"
)

func (r *run) statusCommand() *cobra.Command {
	var recent int
	cmd := &cobra.Command{
		Use: "status", Short: "Show where the incident stands, and what comes next", Args: cobra.NoArgs,
		Example: "  firebreak status\n  firebreak status --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			in, err := r.read(cmd.Context(), latest)
			if err != nil {
				return err
			}
			if r.flags.json {
				if in, err = r.outgoing(cmd.Context(), in); err != nil {
					return err
				}
				_, err = r.Out.Write(export.StatusJSON(in, r.Now()))
				return err
			}
			return r.status(cmd.Context(), in, recent)
		},
	}
	cmd.Flags().IntVar(&recent, "last", 5, "how many of the last lines of the timeline to show")
	return cmd
}

func lastOf[T any](all []T, n int) []T { return all[max(len(all)-max(n, 0), 0):] }

// printHead prints the line that the eye looks for: the severity word first.
func (r *run) printHead(in workflow.Incident) {
	word, colour := workflow.SeverityWord(in.Triage.Severity.Get()), bold
	if in.Playbook.Rank(in.Effective().ID) == 0 && in.Open() {
		colour = red
	}
	if in.Undecided() {
		word = "UNDECIDED"
	}
	stage := string(in.Stage())
	if in.Sample {
		stage += ", SAMPLE"
	}
	title := fit(oneLine(in.Triage.Title.Get()), width-len(word)-len(stage)-6)
	r.line("%s  %s  (%s)", r.paint(colour, word), r.paint(bold, title), stage)
}

func (r *run) status(ctx context.Context, in workflow.Incident, recent int) error {
	zone, err := r.zone(ctx)
	if err != nil {
		return err
	}
	now := r.Now()
	r.printHead(in)
	if in.Undecided() && in.Open() {
		r.line("%s", wrapped("", column, "Undecided counts as "+in.Effective().ID+" until somebody decides."))
	}
	r.printClocks(in, now, zone)
	r.line("%s", wrapped("Crew", column, crewWords(in)))
	for i, n := range in.Nudges(now) {
		r.line("%s", wrapped(firstOnly(i, "Note"), column, n.Says))
	}
	if next := nextOf(in, now); next != nil {
		r.printNext(*next)
	}
	r.line("%s", wrapped("Board", column, boardWords(in)))
	for i, g := range gatesOf(in) {
		if !in.Open() {
			break
		}
		r.line("%s%s", pad(firstOnly(i, "Gates"), column), fit(oneLine(gateWords(g)), width-column))
	}
	if in.Review.State() != workflow.Drafted || !in.Open() {
		r.line("%s", wrapped("Post-mortem", column, string(in.Review.State())))
	}
	r.printRecent(in, recent, zone)
	return nil
}

func (r *run) printClocks(in workflow.Incident, now time.Time, zone *time.Location) {
	detected, ok := in.MilestoneAt(workflow.Detected)
	if ok {
		since := "unknown since when"
		if detected.Known() {
			since = workflow.Words(in.Response(now).Since)
			if in.Open() {
				since += " ago"
			} else {
				since = "lasted " + since
			}
		}
		r.line("%s", wrapped("Detected", column, r.clock(detected, zone)+", "+since+", "+responseWords(in, now)))
	}
	if c := in.Cadence(now); c.Every > 0 {
		says := "the first is due " + dueWords(c.Due, now)
		if c.Told {
			says = fmt.Sprintf("last %s ago, the next is due %s", workflow.Words(now.Sub(c.Last)), dueWords(c.Due, now))
		}
		r.line("%s", pad("Update", column)+r.paintUrgency(c.Urgency, urgencyWord(c.Urgency)+says))
	}
}

func responseWords(in workflow.Incident, now time.Time) string {
	response := in.Response(now)
	switch {
	case response.Met:
		return "acknowledged"
	case !in.Open():
		return "never acknowledged"
	case response.Within == 0:
		return "not acknowledged"
	default:
		return urgencyWord(response.Urgency) + "not acknowledged, limit " + workflow.Words(response.Within)
	}
}

// urgencyWord says in front of a line how near something is; nothing while
// there is time.
func urgencyWord(u workflow.Urgency) string {
	if u == workflow.OnTime {
		return ""
	}
	return strings.ToUpper(string(u)) + ": "
}

func (r *run) paintUrgency(u workflow.Urgency, text string) string {
	switch u {
	case workflow.Late:
		return r.paint(red, text)
	case workflow.Soon:
		return r.paint(amber, text)
	default:
		return text
	}
}

func dueWords(due, now time.Time) string {
	if left := due.Sub(now); left > 0 {
		return "in " + workflow.Words(left)
	}
	return workflow.Words(now.Sub(due)) + " ago"
}

func crewWords(in workflow.Incident) string {
	var words []string
	for _, role := range rolesOf(in) {
		words = append(words, strings.ToLower(role.Name)+" "+orDash(role.Person))
	}
	return strings.Join(words, ", ")
}

func boardWords(in workflow.Incident) string {
	var words []string
	for _, p := range in.Checklist() {
		word := fmt.Sprintf("%s %d of %d", p.Name, p.Done, len(p.Items))
		if p.Confirmed {
			word += " confirmed"
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

func gateWords(g gateJSON) string {
	switch {
	case g.Overridden != nil && g.Open:
		return g.ID + ": open, overridden by " + g.Overridden.By
	case g.Open:
		return g.ID + ": open"
	default:
		return fmt.Sprintf("%s: closed, %d missing: %s", g.ID, len(g.Missing), g.Missing[0].Says)
	}
}

func (r *run) printRecent(in workflow.Incident, recent int, zone *time.Location) {
	var shown []workflow.Entry
	for _, e := range in.Timeline.All() {
		if !e.Hidden.Get() {
			shown = append(shown, e)
		}
	}
	for i, e := range lastOf(shown, recent) {
		text := e.Line()
		if e.Who != "" && !e.Machine {
			text = e.Who + ": " + text
		}
		r.line("%s", pad(firstOnly(i, "Last"), column)+pad(e.At.Get().Clock(zone)+zoneMark(e.At.Get(), zone), 8)+fit(oneLine(text), width-column-8))
	}
}

// firstOnly names a group of lines on its first line.
func firstOnly(i int, name string) string {
	if i == 0 {
		return name
	}
	return ""
}
