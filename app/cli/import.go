package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/workflow"
)

// importing is what the flags of import say.
type importing struct {
	dryRun, past, rest bool
	noSections         bool
	as                 workflow.ReadAs
	form, only         string
	dayFirst, monFirst bool
	title, severity    string
	service            string
	marks              []string
	path               string
}

const importLong = `Import a timeline out of a document: a post-mortem in markdown of any form, a
pasted chat, a Slack export, CSV, JSON lines, or what "git log" prints. A single
dash reads the standard input.

--dry-run prints what was understood, how surely, where each date and zone comes
from, and what was not understood; nothing is written. Without it, all that was
understood goes into the open incident as one change, which one undo takes back.
Nothing is repaired silently: a time that cannot be is kept as text and said to
be. What is in the incident already is left out. Sections go into the
post-mortem, below what a person wrote there, never over it.

--new makes an incident of the past out of the document instead. It is over: it
stands in the history, whether or not the document tells of an all-clear.`

func (r *run) importCommand() *cobra.Command {
	var x importing
	var sections bool
	cmd := &cobra.Command{
		Use: "import FILE|-", Short: "Take over a timeline from a post-mortem, a chat or a log",
		Long: importLong,
		Example: `  firebreak import postmortem.md --dry-run
  firebreak import chat.txt --zone CET --day 2024-11-25
  firebreak import old.md --new --severity SEV2
  git log --since yesterday | firebreak import - --only sure`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return wrongUsage("Name one document, or a single dash for the standard input. See: firebreak import --help")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if sections && x.noSections && cmd.Flags().Changed("sections") {
				return wrongUsage("Give --sections or --no-sections, not both. See: firebreak import --help")
			}
			x.path, x.noSections = args[0], x.noSections || !sections
			return r.importDocument(cmd.Context(), x)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&x.dryRun, "dry-run", false, "say what was understood, and write nothing")
	f.BoolVar(&x.past, "new", false, "as an incident of the past of its own")
	f.StringVar(&x.title, "title", "", "title of the new incident (default: the document's)")
	f.StringVar(&x.severity, "severity", "", "severity of the new incident (default: what the document names)")
	f.StringVar(&x.service, "service", "", "what was broken, for the new incident")
	f.StringVar(&x.as.Zone, "zone", "", "zone of times that name none: UTC, CET, Europe/Berlin, +01:00")
	f.StringVar(&x.as.Day, "day", "", "day of the first entry, where the document names none: 2024-11-25")
	f.BoolVar(&x.dayFirst, "day-first", false, "04/05/2024 is the fourth of May")
	f.BoolVar(&x.monFirst, "month-first", false, "04/05/2024 is the fifth of April")
	f.StringVar(&x.form, "form", "", "markdown, chat, slack, csv, json-lines or git-log (default: found out)")
	f.StringVar(&x.only, "only", "", "only the entries that were understood so surely, or more: sure or likely")
	f.BoolVar(&x.rest, "rest", false, "take what was not understood too, as notes at an unknown time")
	f.BoolVar(&sections, "sections", true, "take the document's sections into the post-mortem")
	f.BoolVar(&x.noSections, "no-sections", false, "take the entries alone")
	f.StringArrayVar(&x.marks, "mark", nil, "give the entry in this `LINE` of the document a milestone: 14=detected; may be given again")
	complete(cmd, "form", joinable(forms()))
	complete(cmd, "only", []string{string(workflow.SureLine), string(workflow.LikelyLine)})
	return cmd
}

// complete offers the words that a flag takes.
func complete(cmd *cobra.Command, flag string, words []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // it fails for an unknown flag alone
}

func forms() []workflow.ReadingForm {
	return []workflow.ReadingForm{
		workflow.MarkdownForm, workflow.ChatForm, workflow.SlackForm, workflow.CSVForm, workflow.JSONLinesForm, workflow.GitLogForm,
	}
}

func joinable[T ~string](names []T) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = string(name)
	}
	return out
}

// readAs is how the document is to be read, as the flags say it.
func (x importing) readAs() (workflow.ReadAs, error) {
	as := x.as
	switch {
	case x.dayFirst && x.monFirst:
		return as, wrongUsage("Give --day-first or --month-first, not both. See: firebreak import --help")
	case x.dayFirst:
		as.DayOrder = workflow.DayFirst
	case x.monFirst:
		as.DayOrder = workflow.MonthFirst
	}
	as.Form = workflow.ReadingForm(strings.ToLower(x.form))
	if x.form != "" && !slices.Contains(forms(), as.Form) {
		return as, wrongUsage("There is no form %s. Take %s.", quoted(x.form), joined(forms()))
	}
	if !slices.Contains([]string{"", string(workflow.SureLine), string(workflow.LikelyLine)}, x.only) {
		return as, wrongUsage("--only takes sure or likely, not %s.", quoted(x.only))
	}
	if !x.past && x.title+x.severity+x.service != "" {
		return as, wrongUsage("--title, --severity and --service are for a new incident. Give --new too, or leave them out.")
	}
	if err := session.CheckReadAs(as); err != nil {
		return as, wrongUsage("%s", err.Error())
	}
	return as, nil
}

func (r *run) importDocument(ctx context.Context, x importing) error {
	as, err := x.readAs()
	if err != nil {
		return err
	}
	paper, err := r.paper(x.path)
	if err != nil {
		return err
	}
	hands, err := r.hands(ctx)
	if err != nil {
		return err
	}
	reading, err := hands.Understand(ctx, paper, as, r.Now())
	if err != nil {
		return err
	}
	if paper.Note != "" {
		reading.Notes = append(reading.Notes, paper.Note)
	}
	want, err := x.wanted(reading, as)
	if err != nil {
		return err
	}
	target, err := r.importTarget(ctx, x, reading, want)
	if err != nil {
		return err
	}
	if x.dryRun {
		return r.sayReading(ctx, reading, target, x)
	}
	if len(reading.Lines)+len(reading.Sections) == 0 && len(want.Lines) == 0 {
		return nothing("import.nothing-found", "No entry and no section was understood in %s. Nothing was imported. See why: firebreak import %s --dry-run", reading.Source, x.path)
	}
	return r.takeOver(ctx, reading, target, x)
}

// paper reads the document that is named, or the standard input.
func (r *run) paper(path string) (session.Paper, error) {
	if path == "-" {
		return session.ReadPaper(session.Stream("standard input", r.In))
	}
	if !filepath.IsAbs(path) && !strings.HasPrefix(path, "~") {
		path = filepath.Join(r.Folder, path)
	}
	return session.ReadPaper(session.DocumentAt(path))
}

// wanted is what the flags leave of a reading.
func (x importing) wanted(reading workflow.Reading, as workflow.ReadAs) (workflow.ImportReading, error) {
	want := reading.Everything(as)
	want.Lines = slices.DeleteFunc(want.Lines, func(l workflow.ImportLine) bool { return !x.takes(l.Sure) })
	if x.noSections {
		want.Sections = nil
	}
	for _, rest := range reading.Rest {
		if x.rest {
			want.Lines = append(want.Lines, workflow.ImportLine{ReadLine: rest.AsLine()})
		}
	}
	for _, mark := range x.marks {
		if err := markLine(want.Lines, mark); err != nil {
			return want, err
		}
	}
	return want, nil
}

func (x importing) takes(sure workflow.Confidence) bool {
	switch x.only {
	case string(workflow.SureLine):
		return sure == workflow.SureLine
	case string(workflow.LikelyLine):
		return sure != workflow.DoubtfulLine
	default:
		return true
	}
}

// markLine gives the entry in a line its milestone: "14=detected".
func markLine(lines []workflow.ImportLine, mark string) error {
	number, name, _ := strings.Cut(mark, "=")
	line, err := strconv.Atoi(strings.TrimSpace(number))
	m := workflow.Milestone(strings.ToLower(strings.TrimSpace(name)))
	if err != nil || !slices.Contains(workflow.KnownMilestones(), m) {
		return wrongUsage("--mark takes a line of the document and a milestone, such as 14=detected. The milestones are %s.", joined(workflow.KnownMilestones()))
	}
	for i := range lines {
		if lines[i].Line == line {
			lines[i].Milestone, lines[i].Chosen = m, true
			return nil
		}
	}
	return wrongUsage("No entry that is imported stands in line %d of the document. See the lines with --dry-run.", line)
}
