package repo

import (
	"context"
	"path/filepath"
	"strings"
)

// Busy says what git is in the middle of in the working tree that the files of
// place lie in ("a merge"), from its marks alone; empty when nothing is.
func Busy(place Place) string {
	_, gitDir := place.tree()
	if gitDir == "" {
		return ""
	}
	return underWay(gitDir)
}

// tree is the working tree that place.Root lies in, and git's own folder for it.
// In an umbrella it is another one than place.Git, which the person works in,
// and there may be none.
func (p Place) tree() (top, gitDir string) {
	if p.Git != "" && (p.Root == "" || within(p.Git, p.Root)) {
		return p.Git, p.GitDir
	}
	if p.Root == "" {
		return "", ""
	}
	top, gitDir, _ = gitTop(p.Root)
	return top, gitDir
}

// Author answers who wrote the version of a file that is checked out, by name,
// and in which commit, by its short id. path is relative to place.Root, with
// slashes. ok is false for a file with changes that are not committed, without
// git, and when git has not answered after 2 seconds.
func Author(ctx context.Context, place Place, path string) (name, commit string, ok bool) {
	top, _ := place.tree()
	if top == "" || checkPath(path) != nil {
		return "", "", false
	}
	ctx, cancel := context.WithTimeout(ctx, factsPatience)
	defer cancel()
	file := ":(top,literal)" + filepath.ToSlash(relativeTo(top, place.Root, path))
	logged, err := askGit(ctx, factsPatience, top, "log", "-1", "--no-show-signature", "--no-notes", "--no-color",
		"--encoding=UTF-8", "--format=%h%x00%an", "--no-patch", "--", file)
	if err != nil {
		return "", "", false
	}
	// Asked afterwards, so that a change in between is not given to the author.
	status, err := askGit(ctx, factsPatience, top, "status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--", file)
	if err != nil || len(status) > 0 {
		return "", "", false
	}
	commit, name, _ = strings.Cut(strings.TrimSpace(string(logged)), "\x00")
	return name, commit, name != "" && commit != ""
}

func relativeTo(top, root, path string) string {
	full := filepath.Join(root, filepath.FromSlash(path))
	if relative, err := filepath.Rel(top, full); err == nil {
		return relative
	}
	return path
}
