package publish

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export"
	"firebreak/workflow"
)

// attachments are the files beside a post-mortem. They can be large, so their
// bytes are read one file at a time and never kept.
type attachments struct {
	files   export.Files
	planned []attachment
	lost    []string // names, for the person
}

// attachment is one file beside a post-mortem, and what a write would do to it.
type attachment struct {
	workflow.Attachment
	at     string // below the root
	what   repo.What
	before string // checksum of what is there, for an agreement to write over it
}

// attachments plans the files beside a post-mortem, in a folder that is called
// after it. One that is missing or damaged stops nothing: the document says so
// in its place.
func (p *Publisher) attachments(ctx context.Context, root string, in workflow.Incident, record string) (attachments, error) {
	folder := strings.TrimSuffix(path.Base(record), ".md") + "-files"
	out := attachments{files: export.Files{Folder: folder, Lost: map[string]bool{}}}
	for _, file := range export.AttachmentFiles(in, folder) {
		content, err := p.read(ctx, file.SHA256)
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if err != nil {
			out.files.Lost[file.SHA256] = true
			out.lost = append(out.lost, file.Shown())
			continue
		}
		one := attachment{Attachment: file.Attachment, at: path.Join(path.Dir(record), file.Path)}
		step, err := p.plan(ctx, root, one.at, content)
		if err != nil {
			return out, err
		}
		one.what, one.before = step.What, repo.Hash(step.Before)
		out.planned = append(out.planned, one)
	}
	return out, nil
}

// read takes an attachment from the first store that has it whole.
func (p *Publisher) read(ctx context.Context, sha string) ([]byte, error) {
	failed := errors.New("no place for attachments")
	for _, store := range p.stores {
		if store == nil {
			continue
		}
		content, err := store.Read(ctx, sha)
		if err == nil {
			return content, nil
		}
		failed = err
	}
	return nil, failed
}

func (p *Publisher) plan(ctx context.Context, root, at string, content []byte) (repo.Step, error) {
	files := []repo.File{{Path: at, Content: content, Binary: true}}
	known, err := p.known(ctx, root, files)
	if err != nil {
		return repo.Step{}, err
	}
	steps, err := repo.Plan(root, files, known)
	if err != nil {
		return repo.Step{}, err
	}
	return steps[0], nil
}

// steps are what a write would do, without the bytes.
func (a attachments) steps() []repo.Step {
	steps := make([]repo.Step, len(a.planned))
	for i, one := range a.planned {
		steps[i] = repo.Step{Path: one.at, What: one.what}
	}
	return steps
}

// addTo shows the files in a plan, behind the documents.
func (a attachments) addTo(plan *session.Plan) {
	for _, one := range a.planned {
		plan.Steps = append(plan.Steps, session.PlanStep{
			Document: session.PostmortemDocument, Path: one.at, What: string(one.what), Binary: true, Bytes: one.Bytes,
		})
	}
	plan.Lost = slices.Clone(a.lost)
}

// writeAttachments writes the files, one after the other. One that somebody
// changed is kept, unless its path is accepted and it is still what the last
// preview showed.
func (p *Publisher) writeAttachments(ctx context.Context, files set, accept []string, plan *session.Plan) error {
	root := files.place.Root
	for _, one := range files.attached.planned {
		if one.what == repo.Same {
			continue
		}
		content, err := p.read(ctx, one.SHA256)
		if err != nil {
			return trouble(err, "%s could not be read again: %v. The post-mortem was not written; the files before it were. Export once more.", one.Shown(), err)
		}
		file := repo.File{Path: one.at, Content: content, Binary: true}
		known, err := p.known(ctx, root, []repo.File{file})
		if err != nil {
			return err
		}
		if one.what == repo.Changed {
			step, err := p.plan(ctx, root, one.at, content)
			if err != nil {
				return err
			}
			known = p.accepted(root, []repo.Step{step}, known, accept)
		}
		report, err := repo.Write(root, []repo.File{file}, known)
		if keeping := p.keep(ctx, root, report); err == nil {
			err = keeping
		}
		if err != nil {
			return trouble(err, "%v The post-mortem itself was not written.", err)
		}
		hold(plan, []repo.File{file}, report.Kept)
	}
	return nil
}
