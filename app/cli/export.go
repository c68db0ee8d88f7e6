package cli

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/workflow"
)

// exporting is what the flags of export say.
type exporting struct {
	repo, format, out string
	message           string
	dryRun, diff      bool
	check, commit     bool
	force             []string
	allowed           string // why secrets may leave on which nobody has decided
}

const exportLong = `Write the post-mortem into the repository, and bring the increment up to date
with it. A file that somebody changed since it was written is kept, and the exit
code is 6; --force PATH writes over that one file.

  postmortem  as markdown
  html        as one page that prints, beside the markdown; several may be named
  increment   the increment alone
  timeline    printed, as markdown, JSON or CSV
  audit       every change, printed as JSON lines

--check writes nothing: the exit code is 1 where a file is not what would be
written now, for the CI of your repository. --commit commits the files of the
export and no other path, with your hooks and your signing; it never pushes.
--out FILE writes one document elsewhere instead, and --out - prints it.

While a secret on which nobody has decided would leave, nothing is written and
the exit code is 4: see firebreak redact. --allow-secrets REASON lets it leave
this once; that stays on record.`

func (r *run) exportCommand() *cobra.Command {
	var x exporting
	cmd := &cobra.Command{
		Use: "export [postmortem|html|increment|timeline|audit]", Short: "Write the documents into the repository",
		Long: exportLong,
		Example: `  firebreak export --dry-run
  firebreak export postmortem html --commit --message "Add post-mortem: auth outage"
  firebreak export postmortem --force docs/postmortems/2024-11-25-auth-outage.md
  firebreak export postmortem --check
  firebreak export html --out auth-outage.html
  firebreak export timeline --format csv --out timeline.csv
  firebreak export audit > audit.jsonl`,
		ValidArgs: []string{"postmortem", "html", "increment", "timeline", "audit"},
		RunE:      func(cmd *cobra.Command, args []string) error { return r.exportWhat(cmd.Context(), args, x) },
	}
	f := cmd.Flags()
	f.StringVar(&x.repo, "repo", "", repoFlagHelp)
	f.BoolVar(&x.dryRun, "dry-run", false, "say what would be written, and write nothing")
	f.BoolVar(&x.diff, "diff", false, "show what changes in each file")
	f.BoolVar(&x.check, "check", false, "write nothing; exit with 1 where a file is not what would be written")
	f.BoolVar(&x.commit, "commit", false, "commit the written files, and no other path")
	f.StringVar(&x.message, "message", "", "of the commit (default: one that names the incident)")
	f.StringVarP(&x.out, "out", "o", "", "write one document to this file instead; - prints it")
	f.StringArrayVar(&x.force, "force", nil, "write over this `PATH` although somebody changed it; may be given again")
	f.StringVar(&x.allowed, "allow-secrets", "", "let secrets leave on which nobody has decided; give the reason, which stays on record")
	f.StringVar(&x.format, "format", "", "of the timeline: md, json, jsonl or csv (default: md)")
	return cmd
}

// exportWhat sorts out which documents are meant, and what is to become of them.
func (r *run) exportWhat(ctx context.Context, args []string, x exporting) error {
	if len(args) == 0 {
		args = []string{"postmortem"}
	}
	var docs []session.Document
	for _, what := range args {
		doc, known := documents()[what]
		if !known {
			return wrongUsage("There is no document %s. Take postmortem, html, increment, timeline or audit.", quoted(what))
		}
		docs = append(docs, doc)
	}
	if err := x.makesSense(docs); err != nil {
		return err
	}
	switch {
	case x.out != "":
		return r.exportTo(ctx, docs[0], x)
	case docs[0] == timelineDocument:
		return r.exportTimeline(ctx, x)
	case docs[0] == auditDocument:
		return r.exportAudit(ctx, x)
	}
	return r.export(ctx, x, docs...)
}

// Documents that have no place in the repository.
const (
	timelineDocument session.Document = "timeline"
	auditDocument    session.Document = "audit"
)

// documents are the words for documents on the command line.
func documents() map[string]session.Document {
	return map[string]session.Document{
		"postmortem": session.PostmortemDocument, string(session.PostmortemDocument): session.PostmortemDocument,
		"html": session.HTMLDocument, string(session.HTMLDocument): session.HTMLDocument,
		"increment": session.IncrementDocument, "timeline": timelineDocument, "audit": auditDocument,
	}
}

// makesSense refuses flags that contradict each other.
func (x exporting) makesSense(docs []session.Document) error {
	printed := slices.Contains(docs, timelineDocument) || slices.Contains(docs, auditDocument)
	switch {
	case printed && len(docs) > 1:
		return wrongUsage("The timeline and the audit are exported alone. Run the command once for each document.")
	case x.out != "" && (len(docs) > 1 || docs[0] == session.IncrementDocument || docs[0] == auditDocument):
		return wrongUsage("--out takes one document: postmortem, html or timeline.")
	case x.format != "" && x.format != "md" && !printed:
		return wrongUsage("Documents are written as markdown or as a page. Only the timeline has other formats: firebreak export timeline --format %s", x.format)
	case x.message != "" && !x.commit:
		return wrongUsage("--message is the message of a commit. Say --commit too.")
	case x.commit && (printed || x.out != "" || x.check):
		return wrongUsage("--commit is for documents that are written into the repository: postmortem, html or increment, without --out and --check.")
	case x.check && (x.dryRun || len(x.force) > 0):
		return wrongUsage("--check writes nothing, so --dry-run and --force have no meaning beside it.")
	case x.check && x.out == "" && printed:
		return wrongUsage("It has no place of its own in the repository. Name the file to check: firebreak export timeline --check --out FILE")
	case x.check && x.out == "-":
		return wrongUsage("There is nothing to check on the screen. Name the file: --out FILE")
	}
	return nil
}

func (r *run) export(ctx context.Context, x exporting, docs ...session.Document) error {
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
	writes := !x.dryRun && !x.check
	if writes && in.Fix.Increment.Get().Root != "" {
		// What the increment's files say belongs into the documents. Where they
		// cannot be looked at, the export itself says why.
		if step, err := r.weave(ctx, in); err == nil {
			in = step.taken.After
		}
	}
	if x.check {
		return r.checkFiles(ctx, hands, folder, in, x, docs...)
	}
	held, accept, err := r.mayLeave(ctx, in, x)
	if err != nil {
		return err
	}
	// What is forced over must first have been looked at, by the same hands.
	plan, err := hands.Preview(ctx, folder, in, docs...)
	if err != nil {
		return err
	}
	if err := known(plan, x.force); err != nil {
		return err
	}
	if writes {
		if plan, err = hands.Write(ctx, folder, in, accept, docs...); err != nil {
			return err
		}
		if err := r.recordExports(ctx, in.ID, plan); err != nil {
			return err
		}
	}
	conflict := conflictIn(plan, x)
	var commit *session.Commit
	var failed error
	if x.commit && conflict == nil {
		commit, failed = r.commit(ctx, hands, in, plan, x)
	}
	if err := r.sayPlan(plan, commit, x); err != nil {
		return err
	}
	return errors.Join(conflict, failed, held)
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
