package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// site is the very files that a store has open. On Unix the engine goes on
// writing into a file that was deleted, renamed or replaced, and every commit
// succeeds: it would be gone with this process. So the store looks whether its
// own files still lie at their names, before and after each write and whenever
// somebody asks for changes. Looking opens nothing: see DESIGN.md on locks.
// Windows lets nobody take an open file away; there the look never finds
// anything.
type site struct {
	path  string
	files [len(siteSuffixes)]os.FileInfo
}

// siteSuffixes are the files of an open database. Without the log or its index
// another process would make new ones, and the two would not see each other.
var siteSuffixes = [...]string{"", "-wal", "-shm"}

// survey remembers the files as they are now, just opened.
func survey(path string) (site, error) {
	found := site{path: path}
	for i, suffix := range siteSuffixes {
		info, err := os.Stat(path + suffix)
		if err != nil {
			return site{}, err
		}
		os.SameFile(info, info) // Windows reads a file's identity only when it is asked for
		found.files[i] = info
	}
	return found, nil
}

// holds says whether the files that are open still lie at their names; if not,
// the error is a *Trouble.
func (s *site) holds(doing string) error {
	for i, suffix := range siteSuffixes {
		info, err := os.Stat(s.path + suffix)
		switch {
		case errors.Is(err, fs.ErrNotExist) || err == nil && suffix != "" && !os.SameFile(info, s.files[i]):
			return tell(kindVanished, doing, s.path, fmt.Errorf("%s%s is not the open file", s.path, suffix))
		case err == nil && !os.SameFile(info, s.files[i]):
			return tell(kindReplaced, doing, s.path, fmt.Errorf("%s is not the open file", s.path))
		case err != nil:
			return explain(doing, s.path, err)
		}
	}
	return nil
}

// foreign says whether something lies at the database's name that is not the
// file that is open here: another database, or a link that leads nowhere now.
func (s *site) foreign() bool {
	if _, err := os.Lstat(s.path); errors.Is(err, fs.ErrNotExist) {
		return false
	}
	info, err := os.Stat(s.path)
	return err != nil || !os.SameFile(info, s.files[0])
}

// Here says whether the store's own files are still where they belong. A
// *Trouble says what became of them; then nothing that is written now would
// last, although the engine says that it does.
func (s *Store) Here() error { return s.site.holds(looking) }

// looking begins the sentence when nobody was writing just then.
const looking = "Nothing can be saved now"

// lasting runs a write between two looks at the place: what the engine says is
// saved counts only when it lies where the next start will find it. A full disk
// is answered with the reserve, once: see room.go.
func (s *Store) lasting(write func() error) error {
	if err := s.site.holds(saving); err != nil {
		return err
	}
	err := write()
	if resultCode(err) != 0 && kindOf(err, s.dir()) == kindFull && s.giveRoom() {
		err = write()
	}
	if err != nil {
		return err
	}
	return s.site.holds(saving)
}
