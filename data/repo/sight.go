package repo

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sight is what a watch looks at: the folders from the project down to one
// increment, with the lifecycle folders beside it, and git's own folder. Files
// are watched through their folders, because a watch on a file is dead after it
// was first replaced.
type sight struct {
	place  Place
	id     string
	gitDir string
}

func newSight(place Place, id string) sight {
	_, gitDir := place.tree()
	return sight{place, id, gitDir}
}

// gitNames are the names in git's folder that tell of its business. HEAD is one
// because a checkout of another branch ends with it.
var gitNames = [...]string{
	"HEAD", "MERGE_HEAD", "rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD", "REVERT_HEAD", "index.lock",
}

// folders visits what is there to be watched, from above downwards: what is
// created below a folder after the visit is told by the watch on it. A link that
// leads out of the project is not followed.
func (s sight) folders(visit func(string) error) error {
	if !isFolder(s.place.SpecWeave) { // gone as a whole: what is left above it tells when it is back
		if err := visit(nearestFolder(s.place.SpecWeave)); err != nil {
			return err
		}
	}
	if err := visit(s.place.SpecWeave); err != nil {
		return err
	}
	if s.gitDir != "" && isFolder(s.gitDir) {
		if err := visit(s.gitDir); err != nil {
			return err
		}
	}
	top, err := os.OpenRoot(s.place.SpecWeave)
	if err != nil {
		return nil // the project is away; nothing below it can be watched
	}
	defer top.Close()
	increments := shelf{rootedDisk{top}, incrementsPath}
	see := func(path string) error {
		if info, err := top.Stat(path); err != nil || !info.IsDir() {
			return nil
		}
		return visit(filepath.Join(s.place.SpecWeave, filepath.FromSlash(path)))
	}
	for _, path := range []string{".specweave", incrementsPath} {
		if err := see(path); err != nil {
			return err
		}
	}
	for _, group := range increments.groups() {
		for _, path := range []string{increments.within(group), increments.within(group, s.id)} {
			if err := see(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// concerns tells from a path alone whether what happened there can matter. Most
// of what happens in a project does not.
func (s sight) concerns(path string) bool {
	if path == s.gitDir || within(path, s.place.SpecWeave) {
		return true
	}
	if s.gitDir != "" && filepath.Dir(path) == s.gitDir {
		return slices.Contains(gitNames[:], filepath.Base(path))
	}
	relative, err := filepath.Rel(s.place.SpecWeave, path)
	if err != nil {
		return false
	}
	below, found := strings.CutPrefix(filepath.ToSlash(relative)+"/", incrementsPath+"/")
	if !found {
		return strings.HasPrefix(incrementsPath, filepath.ToSlash(relative)+"/") // .specweave
	}
	parts := strings.Split(below, "/") // the last one is empty
	if strings.HasPrefix(parts[0], "_") {
		parts = parts[1:]
	}
	switch len(parts) {
	case 1: // increments itself, or a lifecycle folder
		return true
	case 2:
		return parts[0] == s.id
	case 3:
		return parts[0] == s.id && slices.Contains(incrementFiles[:], parts[1])
	}
	return false
}

// read gives a sum of all that is watched.
func (s sight) read() [sha256.Size]byte {
	sum := sha256.New()
	tell := func(text string) {
		sum.Write([]byte(text))
		sum.Write([]byte{0})
	}
	tell(Busy(s.place))
	raw, err := ReadIncrement(s.place, s.id)
	if err != nil {
		tell(err.Error())
	}
	tell(raw.Folder)
	for _, name := range incrementFiles {
		file, found := raw.Files[name]
		if !found {
			continue
		}
		content := sha256.Sum256(file.Content)
		tell(name + file.Says)
		// A file that was read-only and is not any more can be written now.
		if info, err := os.Lstat(filepath.Join(s.place.Root, filepath.FromSlash(raw.Folder), name)); err == nil && info.Mode().Perm()&0o200 == 0 {
			tell("read-only")
		}
		sum.Write(content[:])
	}
	return [sha256.Size]byte(sum.Sum(nil))
}

// nearestFolder is the nearest one above a folder that is gone.
func nearestFolder(gone string) string {
	all := upwards(gone)
	for _, at := range all {
		if isFolder(at) {
			return at
		}
	}
	return all[len(all)-1]
}
