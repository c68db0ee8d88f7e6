package repo

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// mostRefFolders bounds how many folders of branches and tags are watched.
const mostRefFolders = 500

// WatchGit calls changed, from a goroutine of its own, whenever what is checked
// out, the branches and tags, the index, or git's business in the working tree
// is other than at the last call, and has been at rest for a moment. Files that
// nobody has given to git are not watched. It does not poll; a failure is a
// *Trouble, and stop ends it, as with Watch.
func WatchGit(place Place, changed func()) (stop func(), err error) {
	if place.Git == "" {
		return nil, trouble(fs.ErrNotExist, "This folder is not in a git repository, so there are no branches to watch. Nothing was changed.")
	}
	watch, err := startWatching(gitSight{place.GitDir, commonDir(place.GitDir)}, place.GitDir, changed)
	if err != nil {
		return nil, err
	}
	return sync.OnceFunc(watch.stop), nil
}

// gitSight is git's own folder, and the one that all working trees share, which
// holds the branches.
type gitSight struct{ own, common string }

func (g gitSight) folders(visit func(string) error) error {
	for _, folder := range []string{g.own, g.common, filepath.Join(g.common, "reftable")} {
		if isFolder(folder) {
			if err := visit(folder); err != nil {
				return err
			}
		}
	}
	seen := 0
	return filepath.WalkDir(filepath.Join(g.common, "refs"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return nil // what is gone since needs no watch
		}
		if seen++; seen > mostRefFolders {
			return filepath.SkipAll
		}
		return visit(path)
	})
}

func (g gitSight) concerns(path string) bool {
	name := filepath.Base(path)
	if strings.HasSuffix(name, ".lock") && name != "index.lock" {
		return false
	}
	switch filepath.Dir(path) {
	case g.own, g.common:
		return name == "index" || name == "packed-refs" || name == "refs" || strings.HasPrefix(name, "rebase-") || strings.HasSuffix(name, "HEAD") || name == "index.lock"
	}
	return path == g.own || path == g.common || within(filepath.Join(g.common, "refs"), path) || within(filepath.Join(g.common, "reftable"), path)
}

// read gives a sum of what is checked out, of every branch and tag, and of the
// index as the system dates it.
func (g gitSight) read() [sha256.Size]byte {
	sum := sha256.New()
	tell := func(path string) {
		if content, err := readCapped(path, 4<<10); err == nil {
			fmt.Fprintf(sum, "%s\x00%s\x00", path, content)
		}
	}
	dated := func(path string) {
		if info, err := os.Stat(path); err == nil {
			fmt.Fprintf(sum, "%s\x00%d\x00%d\x00", path, info.Size(), info.ModTime().UnixNano())
		}
	}
	tell(filepath.Join(g.own, "HEAD"))
	dated(filepath.Join(g.own, "index"))
	dated(filepath.Join(g.common, "packed-refs"))
	dated(filepath.Join(g.common, "reftable", "tables.list"))
	fmt.Fprintf(sum, "%s\x00", underWay(g.own))
	seen := 0
	_ = filepath.WalkDir(filepath.Join(g.common, "refs"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if seen++; seen > 20*mostRefFolders {
			return filepath.SkipAll
		}
		if entry.Type().IsRegular() && !strings.HasSuffix(path, ".lock") {
			tell(path)
		}
		return nil
	})
	return [sha256.Size]byte(sum.Sum(nil))
}
