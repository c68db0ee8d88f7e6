package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/workflow"
)

// exporting is what the flags of export say.
type exporting struct {
	repo, format string
	dryRun, diff bool
	force        []string
	allowed      string // why secrets may leave on which nobody has decided
}

func (r *run) exportCommand() *cobra.Command {
	var x exporting
	cmd := &cobra.Command{
		Use: "export [postmortem|increment|timeline|audit]", Short: "Write the documents into the repository",
		Long: `Write the post-mortem into the repository, and bring the increment up to date
with it. A file that somebody changed since it was written is kept, and the exit
code is 6; --force PATH writes over that one file. The timeline is printed
instead, as markdown, JSON or CSV, and the audit of every change as JSON lines.

While a secret on which nobody has decided would leave, nothing is written and
the exit code is 4: see firebreak redact. --allow-secrets REASON lets it leave
this once; that stays on record.`,
		Example: `  firebreak export --dry-run
  firebreak export postmortem --repo ~/src/shop
  firebreak export postmortem --force docs/postmortems/2024-11-25-auth-outage.md
  firebreak export timeline --format csv > timeline.csv
  firebreak export audit > audit.jsonl`,
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: []string{"postmortem", "increment", "timeline", "audit"},
		RunE: func(cmd *cobra.Command, args []string) error {
			what := "postmortem"
			if len(args) == 1 {
				what = args[0]
			}
			switch what {
			case "timeline":
				return r.exportTimeline(cmd.Context(), x)
			case "audit":
				return r.exportAudit(cmd.Context(), x)
			case "increment":
				return r.export(cmd.Context(), x, session.IncrementDocument)
			case "postmortem", string(session.PostmortemDocument):
				return r.export(cmd.Context(), x, session.PostmortemDocument)
			default:
				return wrongUsage("There is no document %s. Take postmortem, increment, timeline or audit.", quoted(what))
			}
		},
	}
	f := cmd.Flags()
	f.StringVar(&x.repo, "repo", "", repoFlagHelp)
	f.BoolVar(&x.dryRun, "dry-run", false, "say what would be written, and write nothing")
	f.BoolVar(&x.diff, "diff", false, "show what changes in each file")
	f.StringArrayVar(&x.force, "force", nil, "write over this path although somebody changed it; may be given again")
	f.StringVar(&x.allowed, "allow-secrets", "", "let secrets leave on which nobody has decided; give the reason, which stays on record")
	f.StringVar(&x.format, "format", "", "of the timeline: md, json, jsonl or csv (default: md)")
	return cmd
}

func (r *run) export(ctx context.Context, x exporting, doc session.Document) error {
	if x.format != "" && x.format != "md" {
		return wrongUsage("Documents are written as markdown. Only the timeline has other formats: firebreak export timeline --format %s", x.format)
	}
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	folder, err := r.repository(ctx, x.repo)
	if err != nil {
		return err
	}
	hands, err := r.hands(ctx)
	if err != nil {
		return err
	}
	if !x.dryRun && in.Fix.Increment.Get().Root != "" {
		// What the increment's files say belongs into the documents. Where they
		// cannot be looked at, the export itself says why.
		if step, err := r.weave(ctx, in); err == nil {
			in = step.taken.After
		}
	}
	held, accept, err := r.mayLeave(ctx, in, x)
	if err != nil {
		return err
	}
	// What is forced over must first have been looked at, by the same hands.
	plan, err := hands.Preview(ctx, folder, in, doc)
	if err != nil {
		return err
	}
	if err := known(plan, x.force); err != nil {
		return err
	}
	if !x.dryRun {
		if plan, err = hands.Write(ctx, folder, in, accept, doc); err != nil {
			return err
		}
		if err := r.recordExports(ctx, in.ID, plan); err != nil {
			return err
		}
	}
	if err := r.sayPlan(plan, x); err != nil {
		return err
	}
	return cmp.Or(conflictIn(plan, x), held)
}

// known refuses to force a path that is not part of the export: a typing error
// must not look like an agreement.
func known(plan session.Plan, force []string) error {
	for _, path := range force {
		if !slices.ContainsFunc(plan.Steps, func(s session.PlanStep) bool { return s.Path == path }) {
			return wrongUsage("%s is not a file of this export. See them with: firebreak export --dry-run", quoted(path))
		}
	}
	return nil
}

// recordExports puts one line per document into the log, as the window does.
func (r *run) recordExports(ctx context.Context, id workflow.IncidentID, plan session.Plan) error {
	var want []workflow.Intent
	seen := map[session.Document]bool{}
	for _, s := range plan.Steps {
		if s.Kept || s.Binary || s.What == "same" || seen[s.Document] {
			continue
		}
		seen[s.Document] = true
		want = append(want, workflow.RecordExport{Export: workflow.Export{Document: string(s.Document), Root: plan.Root, Path: s.Path}})
	}
	if len(want) == 0 {
		return nil
	}
	_, err := r.write(ctx, id, wanting(want...))
	return err
}

// planJSON is what an export wrote, or would write.
type planJSON struct {
	Root    string     `json:"root"`
	Written bool       `json:"written"`
	Files   []fileJSON `json:"files"`
	Empty   []string   `json:"empty"`          // sections that should say something and do not yet
	Says    []string   `json:"says,omitempty"` // what stands between the incident and its increment
	Lost    []string   `json:"lost,omitempty"` // attachments that are missing or damaged, and were not written
}

type fileJSON struct {
	Document session.Document `json:"document"`
	Path     string           `json:"path"`
	What     string           `json:"what"` // create, update, same, changed
	Kept     bool             `json:"kept"` // somebody changed it, and it was left alone
	Diff     string           `json:"diff,omitempty"`
	Bytes    int64            `json:"bytes,omitempty"` // of an attachment
}

func (r *run) sayPlan(plan session.Plan, x exporting) error {
	out := planJSON{Root: plan.Root, Written: plan.Written, Files: []fileJSON{}, Empty: slices.Concat([]string{}, plan.Empty), Lost: plan.Lost, Says: plan.Says}
	for _, s := range plan.Steps {
		file := fileJSON{Document: s.Document, Path: s.Path, What: s.What, Kept: s.Kept, Bytes: s.Bytes}
		if x.diff {
			file.Diff = s.Diff
		}
		out.Files = append(out.Files, file)
	}
	if r.flags.json {
		return r.printJSON(out)
	}
	r.line("%s%s", pad("In", column), oneLine(out.Root))
	for _, f := range out.Files {
		r.line("%s%s", pad(fileWord(f, x.dryRun), column), oneLine(f.Path)+sizeOf(f))
		if f.Diff != "" {
			r.line("%s", strings.TrimRight(cleanText(f.Diff), "\n"))
		}
	}
	for _, says := range out.Says {
		r.warn(says)
	}
	if len(out.Lost) > 0 {
		r.line("%s", wrapped("Not there", column, strings.Join(out.Lost, ", ")+" (missing or damaged; the post-mortem says so. See: firebreak doctor)"))
	}
	if len(out.Empty) > 0 {
		r.line("%s", wrapped("Still empty", column, strings.Join(out.Empty, ", ")))
	}
	if x.dryRun {
		r.line("Nothing was written.")
	}
	return nil
}

// sizeOf is how large an attachment is; a document's lines are counted by others.
func sizeOf(f fileJSON) string {
	if f.Bytes == 0 {
		return ""
	}
	return ", " + workflow.SizeWords(f.Bytes)
}

func fileWord(f fileJSON, dryRun bool) string {
	switch {
	case f.Kept || dryRun && f.What == "changed":
		return "kept"
	case dryRun:
		return f.What
	case f.What == "create":
		return "written"
	case f.What == "changed":
		return "replaced"
	case f.What == "same":
		return "unchanged"
	default:
		return "updated"
	}
}

// conflictIn is the error of an export that met somebody's changes.
func conflictIn(plan session.Plan, x exporting) error {
	var kept []string
	for _, s := range plan.Steps {
		if s.Kept || x.dryRun && s.What == "changed" && !slices.Contains(x.force, s.Path) {
			kept = append(kept, s.Path)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return &failure{exit: ExitConflict, code: "export.changed", says: fmt.Sprintf(
		"Somebody changed %s since it was written, so it was kept. Look with --dry-run --diff; --force PATH writes over it.", strings.Join(kept, ", "))}
}
