package repo

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// lookAtDiff gathers what the commit would change, whatever is staged.
func lookAtDiff(ctx context.Context, p *CommitPlan, _ []string) error {
	var shown strings.Builder
	whole := every // before the first commit there is nothing to compare with
	if p.head(ctx) != "" {
		whole = isNew
	}
	if known := p.paths(func(f CommitFile) bool { return !whole(f) }); len(known) > 0 {
		out, err := askGitFor(ctx, question{patience: askPatience, folder: p.Top, limit: diffCap}, append([]string{
			"--literal-pathspecs", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "HEAD", "--",
		}, known...)...)
		if err != nil {
			return uncommittable(p.Top, err)
		}
		shown.Write(out)
	}
	for _, f := range p.Files {
		if !whole(f) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(p.Root, filepath.FromSlash(f.Path)))
		if err != nil {
			return unreadable(f.Path, err)
		}
		if strings.ContainsRune(string(content[:min(len(content), 8000)]), 0) {
			shown.WriteString("New file with no lines to show: " + p.nameFromTop(f.Path) + "\n")
			continue
		}
		shown.WriteString(UnifiedDiff(nil, content, p.nameFromTop(f.Path)))
	}
	p.Diff = shown.String()
	return nil
}

// lookAtHabits says what else will happen: the person's own hooks and signing.
func lookAtHabits(ctx context.Context, p *CommitPlan, _ []string) error {
	out, err := p.ask(ctx, "rev-parse", "--git-path", "hooks")
	if err != nil {
		return uncommittable(p.Top, err)
	}
	folder := strings.TrimSpace(string(out))
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(p.Top, folder)
	}
	var hooks []string
	for _, name := range []string{"pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err == nil && info.Mode().IsRegular() && runnable(info.Mode()) {
			hooks = append(hooks, name)
		}
	}
	if len(hooks) > 0 {
		p.Says = append(p.Says, "Hooks of this repository will run: "+strings.Join(hooks, ", ")+".")
	}
	if out, err := p.ask(ctx, "config", "--type=bool", "--get", "commit.gpgSign"); err == nil && strings.TrimSpace(string(out)) == "true" {
		p.Says = append(p.Says, "It will be signed, as your git is set up to. A key that asks for its passphrase must be unlocked before.")
	}
	return nil
}
