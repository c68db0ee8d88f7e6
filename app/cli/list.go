package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"firebreak/data"
	"firebreak/export"
	"firebreak/workflow"
)

func (r *run) listCommand() *cobra.Command {
	var open bool
	var limit int
	cmd := &cobra.Command{
		Use: "list", Short: "List incidents, the newest first", Args: cobra.NoArgs,
		Example: "  firebreak list\n  firebreak list --open --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			at, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			all, err := at.store.List(cmd.Context(), data.ListQuery{Open: open, Limit: limit})
			if err != nil {
				return err
			}
			if r.flags.json {
				return r.printJSON(map[string]any{"incidents": append([]workflow.Summary{}, all...)})
			}
			return r.printList(cmd.Context(), all)
		},
	}
	cmd.Flags().BoolVar(&open, "open", false, "only those that still burn")
	cmd.Flags().IntVar(&limit, "limit", 50, "at most so many; 0 is all")
	return cmd
}

func (r *run) printList(ctx context.Context, all []workflow.Summary) error {
	if len(all) == 0 {
		r.line("No incident yet. Declare one: firebreak declare TITLE")
		return nil
	}
	zone, err := r.zone(ctx)
	if err != nil {
		return err
	}
	ids := make([]string, len(all))
	for i, s := range all {
		ids[i] = string(s.ID)
	}
	short := shortIDs(ids)
	rows := [][]string{{"ID", "DETECTED", "SEVERITY", "STAGE", "TOOK", "TITLE"}}
	for i, s := range all {
		detected := "–"
		if !s.Detected.IsZero() {
			detected = s.Detected.In(zone).Format("2006-01-02 15:04")
		}
		took := "–"
		if s.Took > 0 {
			took = s.Took.Round(time.Minute).String()
			took = strings.TrimSuffix(took, "0s")
		}
		rows = append(rows, []string{short[i], detected, workflow.SeverityWord(s.Severity), string(s.Stage), took, s.Title})
	}
	r.table(rows)
	return nil
}

func (r *run) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show [ID]", Short: "Show an incident with its whole timeline", Args: cobra.MaximumNArgs(1),
		Long:    "Show an incident and its timeline, numbered: correct takes these numbers.",
		Example: "  firebreak show\n  firebreak show 019360c1 --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				r.flags.incident = args[0]
			}
			in, err := r.read(cmd.Context(), latest)
			if err != nil {
				return err
			}
			if r.flags.json {
				return r.printJSON(shownJSON{export.StatusOf(in, r.Now()), export.TimelineRows(in)})
			}
			return r.show(cmd.Context(), in)
		},
	}
}

// shownJSON is an incident with its whole timeline.
type shownJSON struct {
	Status   export.Status        `json:"status"`
	Timeline []export.TimelineRow `json:"timeline"`
}

func (r *run) show(ctx context.Context, in workflow.Incident) error {
	zone, err := r.zone(ctx)
	if err != nil {
		return err
	}
	r.printHead(in)
	r.line("%s%s", pad("Id", column), in.ID)
	r.line("")
	day := ""
	for i, e := range in.Timeline.All() {
		if e.Hidden.Get() {
			continue
		}
		if d := e.At.Get().Date(zone); d != day && d != "" {
			day = d
			r.line("%s", r.paint(bold, day))
		}
		r.printEntry(ordinal(i), e, zone)
	}
	return nil
}

// printEntry prints a line of the timeline under its number.
func (r *run) printEntry(number string, e workflow.Entry, zone *time.Location) {
	first := pad(number, 5) + pad(e.At.Get().Clock(zone), 7) + pad(string(e.Kind.Get()), 9)
	text := e.Line()
	if m := e.Milestone.Get(); m != "" {
		text += " [" + string(m) + "]"
	}
	r.line("%s", wrapped(first, 21, text))
	for _, f := range e.Files() {
		r.line("%s", r.paint(faint, fit(pad("", 21)+"+ "+oneLine(f.Shown())+", "+workflow.SizeWords(f.Bytes), width)))
	}
}

func (r *run) searchCommand() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "search WORDS", Short: "Search every incident for words", Args: atLeast(1, "Say what to look for."),
		Example: "  firebreak search canary rollback",
		RunE: func(cmd *cobra.Command, args []string) error {
			at, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			hits, stale := at.store.Search(cmd.Context(), strings.Join(args, " "), limit)
			if stale != nil && len(hits) == 0 {
				return stale
			}
			if stale != nil {
				r.warn(stale.Error())
			}
			if len(hits) == 0 && !r.flags.json {
				return nothing("search.nothing", "Nothing holds all of these words: %s", quoted(strings.Join(args, " ")))
			}
			return r.printHits(hits)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 20, "at most so many")
	return cmd
}

type hitJSON struct {
	Incident workflow.IncidentID `json:"incident"`
	Title    string              `json:"title"`
	Event    workflow.EventID    `json:"event"`
	Text     string              `json:"text"` // the words around the first match
}

func (r *run) printHits(hits []data.Hit) error {
	out := []hitJSON{}
	for _, h := range hits {
		out = append(out, hitJSON{h.Incident, h.Title, h.Event, h.Before + h.Match + h.After})
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"hits": out})
	}
	for _, h := range hits {
		r.line("%s  %s", r.paint(bold, fit(oneLine(h.Title), width-40)), r.paint(faint, string(h.Incident)))
		r.line("%s", wrapped("", 2, lastOfText(h.Before)+h.Match+fit(h.After, around)))
	}
	return nil
}

// around is how many characters are shown on either side of a match: a snippet
// is counted in words, and a word can be a page long.
const around = 120

func lastOfText(before string) string {
	runes := []rune(before)
	if len(runes) <= around {
		return before
	}
	return "…" + string(runes[len(runes)-around:])
}
