// Package repo is the user's git working tree and SpecWeave project on disk:
// facts come out of it, files go into it. It never overwrites a file that
// somebody changed, and it never leaves half a file behind.
package repo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Place says where an incident's files belong. All folders are absolute, with
// symbolic links resolved.
type Place struct {
	Start     string // the folder that was asked about
	Root      string // the folder that files are written into: SpecWeave, or else Git
	Git       string // top of the nearest git working tree; empty if there is none
	GitDir    string // git's own folder; outside the tree for a worktree or submodule
	SpecWeave string // the SpecWeave project that owns increments; empty if there is none
	Umbrella  bool   // SpecWeave is an umbrella over several repositories
	Why       string // one or two sentences for the person: which folder, and why that one
	Warning   string // something in the way that does not stop the work; often empty
	Config    Config // what .specweave/config.json says; zero without one
}

// Find looks upwards from start for the nearest git working tree and for the
// SpecWeave project that owns increments there, by SpecWeave's own rules. It
// needs no git command. Without either it fails with a *Trouble that wraps
// fs.ErrNotExist.
func Find(start string) (Place, error) {
	folder, err := existingFolder(start)
	if err != nil {
		return Place{}, err
	}
	place := Place{Start: folder}
	place.Git, place.GitDir, place.Warning = gitTop(folder)
	nearest := nearestSpecWeave(folder)
	reason := ""
	if nearest != "" {
		place.SpecWeave, reason = owner(nearest)
		place.Umbrella = reason != ""
		config, warning := readConfig(place.SpecWeave)
		place.Config = config
		place.Warning = joinSentences(place.Warning, warning)
	}
	switch {
	case place.SpecWeave != "":
		place.Root = place.SpecWeave
	case place.Git != "":
		place.Root = place.Git
	default:
		return Place{}, trouble(fs.ErrNotExist, "%s is in neither a git repository nor a SpecWeave project. "+
			"Nothing was changed. Open a folder inside your repository, or run git init there first.", folder)
	}
	place.Why = place.explain(nearest, reason)
	return place, nil
}

// Project is the name to show and to write into increments: the configured
// one, or else the name of the root folder.
func (p Place) Project() string {
	if p.Config.Name != "" {
		return p.Config.Name
	}
	return filepath.Base(p.Root)
}

func (p Place) explain(nearest, umbrella string) string {
	switch {
	case p.SpecWeave == "":
		return fmt.Sprintf("Files go into %s, the git repository here. It is not a SpecWeave project yet "+
			"(no .specweave/config.json here or above), so no increment can be numbered.", p.Git)
	case umbrella != "" && nearest != p.SpecWeave:
		return fmt.Sprintf("Increments go into %s, because %s. SpecWeave ignores the increments of %s inside it.",
			p.SpecWeave, umbrella, nearest)
	case umbrella != "":
		return fmt.Sprintf("Increments go into %s, the nearest SpecWeave project and an umbrella, because %s.",
			p.SpecWeave, umbrella)
	case p.Git == "":
		return fmt.Sprintf("Increments go into %s, the nearest folder with .specweave/config.json. "+
			"It is not in a git repository.", p.SpecWeave)
	case p.Git != p.SpecWeave && within(p.SpecWeave, p.Git):
		return fmt.Sprintf("Increments go into %s, the nearest folder with .specweave/config.json. "+
			"It lies above the git repository %s, so they are not part of that repository.", p.SpecWeave, p.Git)
	default:
		return fmt.Sprintf("Increments go into %s, the nearest folder with .specweave/config.json.", p.SpecWeave)
	}
}

// existingFolder turns what a person gave into an absolute folder without
// links, or says why it cannot be used.
func existingFolder(start string) (string, error) {
	if strings.TrimSpace(start) == "" {
		return "", trouble(fs.ErrInvalid, "No folder was given. Nothing was changed. Choose the folder of your repository.")
	}
	absolute, err := filepath.Abs(start)
	if err != nil {
		return "", unreadable(start, err)
	}
	info, err := os.Stat(absolute)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", trouble(err, "The folder %s does not exist. Nothing was changed. "+
			"Check the spelling, or whether its disk is connected.", absolute)
	case errors.Is(err, fs.ErrPermission):
		return "", trouble(err, "The folder %s may not be opened by you. Nothing was changed. "+
			"Check its permissions, or choose another folder.", absolute)
	case err != nil:
		return "", unreadable(absolute, err)
	case !info.IsDir():
		return "", trouble(fs.ErrInvalid, "%s is a file, not a folder. Nothing was changed. "+
			"Choose the folder that it lies in: %s.", absolute, filepath.Dir(absolute))
	}
	real, err := filepath.EvalSymlinks(absolute)
	if err != nil {
		return "", unreadable(absolute, err)
	}
	opened, err := os.Open(real)
	if err != nil {
		return "", unreadable(real, err)
	}
	return real, opened.Close()
}

// gitTop finds the nearest working tree. A .git folder counts only if git
// would accept it (it has a HEAD); a .git file is a worktree or a submodule.
func gitTop(folder string) (top, gitDir, warning string) {
	for _, at := range upwards(folder) {
		mark := filepath.Join(at, ".git")
		info, err := os.Stat(mark)
		switch {
		case err != nil:
			continue
		case info.IsDir():
			if isFile(filepath.Join(mark, "HEAD")) {
				return at, mark, ""
			}
		case info.Mode().IsRegular():
			target, ok := gitFileTarget(mark)
			if !ok {
				return "", "", fmt.Sprintf("%s does not lead to a git folder, so git facts are missing. "+
					"If this is a worktree, run git worktree repair in the main repository.", mark)
			}
			return at, target, ""
		}
	}
	return "", "", ""
}

// gitFileTarget reads "gitdir: <path>" from a .git file.
func gitFileTarget(mark string) (string, bool) {
	content, err := readCapped(mark, 64<<10)
	if err != nil {
		return "", false
	}
	target, found := strings.CutPrefix(string(content), "gitdir: ")
	if !found {
		return "", false
	}
	target = strings.TrimRight(target, "\r\n")
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(mark), target)
	}
	return filepath.Clean(target), isFile(filepath.Join(target, "HEAD"))
}

// upwards lists folder and its ancestors, the nearest first.
func upwards(folder string) []string {
	var chain []string
	for {
		chain = append(chain, folder)
		parent := filepath.Dir(folder)
		if parent == folder {
			return chain
		}
		folder = parent
	}
}

// within says whether inner is outer or lies below it. Both are clean and absolute.
func within(outer, inner string) bool {
	relative, err := filepath.Rel(outer, inner)
	return err == nil && filepath.IsLocal(relative)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func joinSentences(a, b string) string {
	return strings.TrimSpace(a + " " + b)
}

// SameRepository says whether two folders lie in one repository, also as two of
// its working trees.
func SameRepository(a, b string) bool {
	one, err := Find(a)
	if err != nil || one.Git == "" {
		return false
	}
	other, err := Find(b)
	return err == nil && other.Git != "" && commonDir(one.GitDir) == commonDir(other.GitDir)
}
