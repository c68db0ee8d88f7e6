package repo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Commit commits the files of a plan as they were planned, and no other path:
// what else is staged stays staged, what is not stays as it is. The
// repository's hooks and the person's signing do their part, and nothing is
// pushed. Git may ask nobody anything, and has two minutes.
//
// On an error, a *Trouble, nothing is committed and the index is as it was.
func Commit(ctx context.Context, plan CommitPlan) (Committed, error) {
	if err := plan.unchanged(); err != nil {
		return Committed{}, err
	}
	_, gitDir, _ := gitTop(plan.Top)
	if busy := underWay(gitDir); busy != "" {
		return Committed{}, trouble(nil, "Git is in the middle of %s in %s. Nothing was committed, and nothing was changed. Finish or abort it, then commit.", busy, plan.Top)
	}
	before := plan.head(ctx)
	// Git commits only paths that its index knows. A new file is made known
	// without its content, which leaves the least behind if we are killed here.
	fresh := plan.paths(isNew)
	if len(fresh) > 0 {
		if _, err := plan.run(ctx, append([]string{"add", "--intent-to-add", "--"}, fresh...)...); err != nil {
			plan.forget(fresh)
			return Committed{}, refusedByGit(err)
		}
	}
	_, err := plan.run(ctx, append([]string{"commit", "--only", "--quiet", "--cleanup=whitespace", "--message=" + plan.Message, "--"}, plan.paths(every)...)...)
	after := plan.head(context.WithoutCancel(ctx))
	if after == "" || after == before || err != nil && !plan.made(before, after) {
		plan.forget(fresh)
		if err == nil {
			err = errors.New("it made no commit and did not say why")
		}
		return Committed{}, refusedByGit(err)
	}
	return plan.confirm(context.WithoutCancel(ctx), before, after, err), nil
}

// unchanged refuses when somebody wrote into a file after the person saw it.
func (p *CommitPlan) unchanged() error {
	for _, f := range p.Files {
		content, err := os.ReadFile(filepath.Join(p.Root, filepath.FromSlash(f.Path)))
		if err != nil {
			return unreadable(f.Path, err)
		}
		if Hash(content) != f.Sum {
			return trouble(nil, "%s was changed since you looked at it. Nothing was committed, and nothing was changed. Look again, then commit.", f.Path)
		}
	}
	return nil
}

// head is the commit that HEAD names; empty before the first.
func (p *CommitPlan) head(ctx context.Context) string {
	out, err := p.ask(ctx, "rev-parse", "--verify", "--quiet", "HEAD")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// run is a git command that changes something.
func (p *CommitPlan) run(ctx context.Context, args ...string) ([]byte, error) {
	return askGitFor(ctx, question{
		patience: commitPatience, folder: p.Top, limit: gitOutputCap, alone: true,
		// Nobody is there to answer: editors end at once, passphrases are not asked for.
		environment: []string{
			"GIT_EDITOR=:", "GIT_ASKPASS=", "SSH_ASKPASS=", "SSH_ASKPASS_REQUIRE=never", "GPG_TTY=", "GIT_OPTIONAL_LOCKS=1",
			"LC_ALL=" + os.Getenv("LC_ALL"), "LANGUAGE=" + os.Getenv("LANGUAGE"), // hooks are the person's own
		},
	}, append([]string{"--literal-pathspecs", "-c", "gc.auto=0", "-c", "maintenance.auto=false"}, args...)...)
}

// forget takes paths out of the index that only we put there.
func (p *CommitPlan) forget(paths []string) {
	if len(paths) == 0 {
		return
	}
	// Best effort: what stays behind is an empty mark that the next git add fills.
	_, _ = p.run(context.Background(), append([]string{"rm", "--cached", "--quiet", "--force", "--ignore-unmatch", "--"}, paths...)...)
}

func refusedByGit(err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return trouble(err, "Git took longer than %s to commit, so it was stopped: a hook that hangs, or a key that waits for its passphrase. "+
			"The files are written; nothing was committed, and nothing was changed. Commit them in a terminal, where it can ask.", commitPatience)
	case errors.Is(err, context.Canceled):
		return trouble(err, "The commit was cancelled. The files are written; nothing was committed, and nothing was changed.")
	}
	return trouble(err, "Git did not commit: %s. The files are written; nothing was committed, and nothing was changed. "+
		"Mend what it names, or commit in a terminal.", strings.TrimRight(tail(err.Error()), "."))
}

// tail is the last lines of what a command complained of: a hook says at the end
// what is wrong.
func tail(complaint string) string {
	lines := strings.Split(strings.TrimSpace(complaint), "\n")
	return strings.Join(lines[max(0, len(lines)-6):], " / ")
}

// made says whether a commit is ours although git failed in the end: a hook that
// runs afterwards hung.
func (p *CommitPlan) made(before, after string) bool {
	parent, err := p.ask(context.Background(), "rev-parse", "--verify", "--quiet", after+"^")
	if err != nil {
		parent = nil // the first commit has none
	}
	held, err := p.holds(context.Background(), before, after)
	return err == nil && strings.TrimSpace(string(parent)) == before && !slices.ContainsFunc(p.paths(every), func(name string) bool {
		return !slices.Contains(held, name)
	})
}

// holds asks git which paths a commit changed.
func (p *CommitPlan) holds(ctx context.Context, before, after string) ([]string, error) {
	args := []string{"diff-tree", "--root", "--no-commit-id", "--name-only", "--no-renames", "-r", "-z", after}
	if before != "" {
		args = []string{"diff-tree", "--name-only", "--no-renames", "-r", "-z", before, after}
	}
	out, err := p.ask(ctx, args...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Split(string(out), "\x00"), func(name string) bool { return name == "" }), nil
}

// confirm asks git itself what the commit holds.
func (p *CommitPlan) confirm(ctx context.Context, before, after string, complaint error) Committed {
	done := Committed{ID: after, Branch: p.Branch}
	if complaint != nil {
		done.Says = append(done.Says, "Git made the commit and complained all the same: "+tail(complaint.Error()))
	}
	held, err := p.holds(ctx, before, after)
	if err != nil {
		done.Says = append(done.Says, "The commit is made, but git would not say what it holds. Look with: git show --stat "+after[:min(8, len(after))])
		return done
	}
	done.Paths = held
	asked := p.paths(every)
	others := slices.DeleteFunc(slices.Clone(held), func(name string) bool { return slices.Contains(asked, name) })
	if len(others) > 0 {
		done.Says = append(done.Says, "A hook of the repository put more into the commit: "+strings.Join(others, ", ")+".")
	}
	if _, err := p.ask(ctx, append([]string{"diff", "--quiet", "--no-ext-diff", "--no-textconv", after, "--"}, asked...)...); err != nil {
		done.Says = append(done.Says, "A hook of the repository changed what was committed: the files differ from the commit now.")
	}
	return done
}
