package cli

import (
	"context"
	"path/filepath"
	"slices"

	"firebreak/app/keep"
	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export"
	"firebreak/export/page"
	"firebreak/workflow"
)

// exportTo writes one document into a file that the person names, or prints it.
// A file that holds something else than was written there from here is kept,
// unless it is forced over.
func (r *run) exportTo(ctx context.Context, doc session.Document, x exporting) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if in, err = r.leaving(ctx, in, x); err != nil {
		return err
	}
	content, err := r.contentOf(ctx, in, doc, x.format)
	if err != nil {
		return err
	}
	if x.out == "-" {
		_, err := r.Out.Write(content)
		return err
	}
	at, err := r.openReal(ctx)
	if err != nil {
		return err
	}
	full := x.out
	if !filepath.IsAbs(full) {
		full = filepath.Join(r.Folder, full)
	}
	target := outFile{folder: filepath.Dir(full), name: filepath.Base(full), ledger: keep.On(at.store)}
	if err := target.look(ctx, content); err != nil {
		return err
	}
	if x.check {
		return r.checkFile(target, doc, x)
	}
	return r.writeFile(ctx, target, doc, x)
}

// leaving is the incident as it may leave: for a file that is only looked at, no
// decision is waited for.
func (r *run) leaving(ctx context.Context, in workflow.Incident, x exporting) (workflow.Incident, error) {
	if x.check || x.dryRun {
		return r.outgoing(ctx, in)
	}
	return r.release(ctx, in, x.allowed, false)
}

// outFile is a file outside of the repository's order.
type outFile struct {
	folder, name string
	ledger       *keep.Shelf
	known        repo.Ledger
	step         repo.Step
}

// look plans the file against what was written there last.
func (o *outFile) look(ctx context.Context, content []byte) error {
	sha, ours, err := o.ledger.Exported(ctx, o.folder, o.name)
	if err != nil {
		return err
	}
	o.known = repo.Ledger{}
	if ours {
		o.known[o.name] = sha
	}
	steps, err := repo.Plan(o.folder, []repo.File{{Path: o.name, Content: content}}, o.known)
	if err != nil {
		return err
	}
	o.step = steps[0]
	return nil
}

func (o *outFile) diff() string { return repo.UnifiedDiff(o.step.Before, o.step.After, o.name) }

func (r *run) checkFile(o outFile, doc session.Document, x exporting) error {
	out := checkJSON{Root: o.folder, Same: o.step.What == repo.Same, Files: []fileJSON{{Document: doc, Path: o.name, What: string(o.step.What)}}}
	if x.diff {
		out.Files[0].Diff = o.diff()
	}
	if out.Same {
		return r.sayChecked(out, nil)
	}
	out.Mend = "firebreak export " + wordOf(doc) + formatFlag(x.format) + " --out " + x.out
	return r.sayChecked(out, []string{x.out})
}

func (r *run) writeFile(ctx context.Context, o outFile, doc session.Document, x exporting) error {
	if slices.Contains(x.force, x.out) {
		o.known = o.known.Accept(o.name, o.step.Before)
	}
	plan := session.Plan{Root: o.folder, Written: !x.dryRun}
	step := session.PlanStep{Document: doc, Path: o.name, What: string(o.step.What), Diff: o.diff()}
	if !x.dryRun {
		report, err := repo.Write(o.folder, []repo.File{{Path: o.name, Content: o.step.After}}, o.known)
		if err != nil {
			return err
		}
		if step.Kept = len(report.Kept) > 0; !step.Kept {
			if err := o.ledger.RecordExported(ctx, o.folder, o.name, report.Known[o.name]); err != nil {
				return err
			}
		}
	}
	plan.Steps = []session.PlanStep{step}
	if err := r.sayPlan(plan, nil, x); err != nil {
		return err
	}
	if step.Kept || x.dryRun && o.step.What == repo.Changed && !slices.Contains(x.force, x.out) {
		return &failure{exit: ExitConflict, code: "export.changed", says: x.out + " holds something that was not written from here, so it is kept. Look with --dry-run --diff; --force " + x.out + " writes over it."}
	}
	return nil
}

func wordOf(doc session.Document) string {
	switch doc {
	case session.PostmortemDocument:
		return "postmortem"
	case session.HTMLDocument:
		return "html"
	default:
		return string(doc)
	}
}

func formatFlag(format string) string {
	if format == "" {
		return ""
	}
	return " --format " + format
}

// contentOf is one document by itself. Pictures are a part of the page; the
// markdown only names its attachments, because there is no folder beside it.
func (r *run) contentOf(ctx context.Context, in workflow.Incident, doc session.Document, format string) ([]byte, error) {
	switch doc {
	case session.PostmortemDocument:
		return export.Postmortem(in), nil
	case session.HTMLDocument:
		files, err := r.attachments()
		if err != nil {
			return nil, err
		}
		read := func(sha string) ([]byte, error) { return files.Read(ctx, sha) }
		return page.Postmortem(in, page.Files{Files: export.Files{Folder: "attachments"}, Alone: true, Read: read}), nil
	}
	return r.timelineContent(in, format)
}
