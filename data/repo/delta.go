package repo

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"firebreak/workflow"
)

// deltaPatience is how long git may take to compare two commits.
const deltaPatience = 20 * time.Second

// DeltaOf reads what a hotfix changes: from its base to the newest commit of its
// branch. Where that is checked out and loose is true, what lies in the working
// tree is read in its place, with files that git does not know yet. Nothing is
// changed, and nothing that the repository names is started to show a diff.
//
// What is too much is counted and left out, and Cut says so. On an error, a
// *Trouble, nothing is known.
func DeltaOf(ctx context.Context, survey workflow.Survey, loose bool) (workflow.Delta, error) {
	if survey.Base == "" || survey.FixTip == "" {
		return workflow.Delta{Tip: survey.FixTip}, trouble(nil, "It is not known where the hotfix began, so there is nothing to compare it with. Nothing was changed. "+
			"Say which commit, tag or branch it began at: firebreak scope declare --base NAME")
	}
	d := workflow.Delta{Base: survey.Base, Tip: survey.FixTip, Loose: loose && survey.Head == survey.FixTip}
	log := startLog(ctx, survey.Root, survey.Base, survey.FixTip) // beside the diff: both take their time
	p, err := diffOf(ctx, survey.Root, d)
	commits := <-log
	if err != nil && (p == nil || len(p.files) == 0 || !errors.Is(err, context.DeadlineExceeded)) {
		return workflow.Delta{}, uncompared(survey.Root, err)
	}
	if commits.err != nil {
		return workflow.Delta{}, uncompared(survey.Root, commits.err)
	}
	d.Files, d.Commits = p.files, commits.all
	d.Cut = joinSentences(p.cutWords(err), commits.cut)
	if d.Loose {
		says := addLoose(ctx, survey.Root, &d)
		d.Cut = joinSentences(d.Cut, says)
		d.Loose = says != "" || slices.ContainsFunc(d.Files, func(f workflow.FileDelta) bool { return f.Loose })
	}
	return d, nil
}

// diffOf has git compare. A person's settings of how a diff looks have no say.
func diffOf(ctx context.Context, folder string, d workflow.Delta) (p *patchReader, err error) {
	args := []string{
		"-c", "core.quotePath=false", "-c", "diff.suppressBlankEmpty=false", "-c", "diff.renameLimit=1000",
		"diff", "--raw", "--patch", "-z", "--no-abbrev", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative",
		"--unified=3", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/", "--submodule=short", "--ignore-submodules=dirty", d.Base,
	}
	if !d.Loose {
		args = append(args, d.Tip)
	}
	err = streamGit(ctx, streamed(deltaPatience, folder), func(in *bufio.Reader) (err error) {
		p, err = readPatch(in)
		return err
	}, append(args, "--")...)
	return p, err
}

// cutWords say what is left out of a diff.
func (p *patchReader) cutWords(err error) string {
	says := ""
	if errors.Is(err, context.DeadlineExceeded) {
		says = fmt.Sprintf("Git had not compared everything after %s: every file is listed, and the lines of some are not counted.", deltaPatience)
	}
	if p.more > 0 {
		says = joinSentences(says, fmt.Sprintf("%d files are left out: only the first %d are read.", p.more, mostFiles))
	}
	if p.lines >= mostLines || p.bytes >= mostBytes {
		says = joinSentences(says, "The lines of the last files are counted, and not shown: there are too many.")
	}
	return says
}

// uncompared explains why there is no delta.
func uncompared(folder string, err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return trouble(err, "The change was not read to its end. Nothing was changed.")
	case errors.Is(err, context.DeadlineExceeded):
		return trouble(err, "Git took longer than %s to compare the hotfix with its base. Nothing was changed. Run git diff --stat in %s to see what holds it up.", deltaPatience, folder)
	default:
		return trouble(err, "Git could not compare the hotfix with its base (%s). Nothing was changed. Run git status in %s to see why.", firstLine(err.Error()), folder)
	}
}
