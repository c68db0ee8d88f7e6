package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// commitJSON is what a commit holds, or would hold.
type commitJSON struct {
	ID      string   `json:"id,omitempty"` // empty: it was not made
	Branch  string   `json:"branch,omitempty"`
	Author  string   `json:"author,omitempty"`
	Message string   `json:"message"`
	Files   []string `json:"files"`
	Says    []string `json:"says,omitempty"`
	Diff    string   `json:"diff,omitempty"`
}

func commitOf(c session.Commit, x exporting) *commitJSON {
	out := &commitJSON{ID: c.ID, Branch: c.Branch, Author: c.Author, Message: c.Message, Files: []string{}, Says: c.Says}
	for _, f := range c.Files {
		out.Files = append(out.Files, f.Path)
	}
	if x.diff {
		out.Diff = c.Diff
	}
	return out
}

// commit commits what an export wrote, and records it. What is committed already
// is no failure.
func (r *run) commit(ctx context.Context, hands session.Hands, in workflow.Incident, plan session.Plan, x exporting) (*session.Commit, error) {
	committer, can := hands.(session.Committer)
	if !can {
		return nil, errors.New("this program cannot commit; the files are written, commit them with git")
	}
	if x.dryRun && slices.ContainsFunc(plan.Steps, func(s session.PlanStep) bool { return s.What != string(repo.Same) }) {
		return unwritten(plan, x), nil
	}
	shown, err := committer.PlanCommit(ctx, in, plan, x.message)
	if errors.Is(err, repo.ErrCommitted) {
		return &session.Commit{Says: []string{"Git has these files as they are already, so there was nothing to commit."}}, nil
	}
	if err != nil || x.dryRun {
		return &shown, err
	}
	made, err := committer.Commit(ctx, shown)
	if err != nil {
		return nil, err
	}
	made.Says = append(slices.Clone(shown.Says), made.Says...)
	if _, err := r.write(ctx, in.ID, wanting(session.RecordOf(made))); err != nil {
		return &made, err
	}
	return &made, nil
}

// unwritten is the commit of files that are not written yet: git cannot be asked
// about them.
func unwritten(plan session.Plan, x exporting) *session.Commit {
	c := &session.Commit{Message: x.message, Says: []string{"Git is asked about hooks, signing and what it ignores once the files are written."}}
	for _, s := range plan.Steps {
		c.Files = append(c.Files, session.CommitFile{Path: s.Path, New: s.What == string(repo.Create)})
	}
	return c
}

// sayCommit shows a commit under the files of the export.
func (r *run) sayCommit(c session.Commit, x exporting) {
	word := "Committed"
	if c.ID == "" {
		word = "To commit"
	}
	if len(c.Files) > 0 {
		var names []string
		for _, f := range c.Files {
			names = append(names, f.Path)
		}
		about := strings.Join(names, ", ")
		if c.Branch != "" {
			about += " on " + c.Branch
		}
		r.line("%s", wrapped(word, column, strings.TrimSpace(c.ID[:min(len(c.ID), 8)]+" "+about)))
	}
	if c.Message != "" {
		r.line("%s", wrapped("Message", column, c.Message))
	}
	if c.Author != "" {
		r.line("%s", wrapped("By", column, c.Author))
	}
	for i, says := range c.Says {
		first := ""
		if i == 0 && len(c.Files) == 0 {
			first = "Commit"
		}
		r.line("%s", wrapped(first, column, says))
	}
	if x.diff && c.Diff != "" {
		r.line("%s", strings.TrimRight(cleanText(c.Diff), "\n"))
	}
}
