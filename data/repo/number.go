package repo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

const (
	highestNumber   = 9999
	reserveAttempts = 10 // as many as SpecWeave's own create-increment makes
)

var (
	// incrementFolder is wider than any one version of SpecWeave, so that a
	// number is never given twice: three digits occur in old projects, and a
	// letter marks an import from a tracker (G, J, A, E).
	incrementFolder = regexp.MustCompile(`^(\d{3,4})[A-Za-z]?-`)
	// strictName is what every reader of SpecWeave accepts behind the number.
	strictName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// Next gives the number that a new increment would get now, four digits, and
// the folder with the highest number so far ("_archive/0014-search-filters";
// empty for the first). Gaps are never filled, as in SpecWeave. Another program
// may take the number at any moment: Reserve is what claims one.
func Next(place Place) (number, after string, err error) {
	increments, err := incrementsFolder(place)
	if err != nil {
		return "", "", err
	}
	highest, after, err := highestIncrement(increments)
	if err != nil {
		return "", "", err
	}
	if highest >= highestNumber {
		return "", "", trouble(nil, "Increment numbers end at %d, and %s has it. Nothing was created. "+
			"Rename that folder to a lower number, then try again.", highestNumber, after)
	}
	return fmt.Sprintf("%04d", highest+1), after, nil
}

// Reserve takes the next number by creating the increment's empty folder, and
// gives its id ("0015-hotfix-auth-token") and absolute path. The name comes
// from Slug or HotfixSlug.
//
// Creating NNNN-name alone would let two programs with different names take
// one number. So the number is claimed first under a name that all of us share,
// then looked at again, and only then renamed to the real one. SpecWeave itself
// does not take part in that, but if it took the number in between we give
// way, because our folder is still empty.
func Reserve(place Place, name string) (id, folder string, err error) {
	if !strictName.MatchString(name) {
		return "", "", trouble(fs.ErrInvalid, "%q cannot name an increment's folder: only a-z, 0-9 and single hyphens can. "+
			"Nothing was created. Choose another short name.", name)
	}
	increments, err := incrementsFolder(place)
	if err != nil {
		return "", "", err
	}
	if err := errors.Join(os.MkdirAll(increments, 0o755), syncNames(filepath.Dir(increments))); err != nil {
		return "", "", uncreated(increments, err)
	}
	for range reserveAttempts {
		number, _, err := Next(place)
		if err != nil {
			return "", "", err
		}
		id = number + "-" + name
		folder = filepath.Join(increments, id)
		taken, err := claim(increments, number, folder)
		if err != nil {
			return "", "", uncreated(folder, err)
		}
		if taken {
			return id, folder, nil
		}
	}
	return "", "", trouble(nil, "No increment number could be reserved in %s: other programs took the number %d times in a row. "+
		"Nothing was created. Try again when they are done.", increments, reserveAttempts)
}

// Release gives a reserved number back when its files could not be written,
// because SpecWeave reports an increment without files as damaged. It removes
// the folder only while it is empty.
func Release(place Place, id string) error {
	folder, found := Locate(place, id)
	if !found {
		return nil
	}
	full := filepath.Join(place.SpecWeave, filepath.FromSlash(folder))
	if err := os.Remove(full); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return trouble(err, "The folder %s was not removed (%s). Nothing was changed in it. "+
			"Look into it, and delete it yourself if it is not needed.", full, innermost(err))
	}
	return nil
}

// claim tries to make folder the only one with its number; false means that
// somebody else has the number now.
func claim(increments, number, folder string) (bool, error) {
	held := filepath.Join(increments, number+"-reserved")
	if err := os.Mkdir(held, 0o755); errors.Is(err, fs.ErrExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	if alone, err := onlyHolder(increments, number); err != nil || !alone {
		return false, errors.Join(err, os.Remove(held))
	}
	if err := os.Rename(held, folder); err != nil {
		return false, errors.Join(err, os.Remove(held))
	}
	if alone, err := onlyHolder(increments, number); err != nil || !alone {
		return false, errors.Join(err, os.Remove(folder))
	}
	if err := syncNames(increments); err != nil {
		return false, errors.Join(err, os.Remove(folder))
	}
	return true, nil
}

// syncNames makes the names in a folder survive a power cut. Otherwise a new
// increment could be gone with all of its files, however well those are synced.
func syncNames(folder string) error {
	opened, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer opened.Close()
	return rootedDisk{opened}.SyncFolder(".")
}

// Locate finds an increment by its id, also after it was archived or paused
// into a lifecycle folder. Writing to the old path would create a second
// increment with the same number, which SpecWeave rejects. The path is relative
// to place.Root, with slashes.
func Locate(place Place, id string) (folder string, found bool) {
	increments, err := incrementsFolder(place)
	if err != nil || !incrementFolder.MatchString(id) || strings.ContainsAny(id, `/\`) {
		return "", false
	}
	for _, group := range lifecycleFolders(increments) {
		if isFolder(filepath.Join(increments, group, id)) {
			return filepath.ToSlash(filepath.Join(incrementsPath, group, id)), true
		}
	}
	return "", false
}

// incrementsPath is where a SpecWeave project keeps its increments.
const incrementsPath = ".specweave/increments"

func incrementsFolder(place Place) (string, error) {
	if place.SpecWeave == "" {
		return "", trouble(fs.ErrNotExist, "%s is not a SpecWeave project, so there are no increments. "+
			"Nothing was created. Set SpecWeave up here first, or go on without an increment.", place.Root)
	}
	return filepath.Join(place.SpecWeave, filepath.FromSlash(incrementsPath)), nil
}

// highestIncrement scans afresh each time: increments, and every folder in it
// that starts with an underscore.
func highestIncrement(increments string) (highest int, folder string, err error) {
	err = eachIncrement(increments, func(group, name string, number int) {
		if number > highest {
			highest, folder = number, filepath.ToSlash(filepath.Join(group, name))
		}
	})
	return highest, folder, err
}

func onlyHolder(increments, number string) (bool, error) {
	wanted, err := strconv.Atoi(number)
	if err != nil {
		return false, err
	}
	holders := 0
	err = eachIncrement(increments, func(_, _ string, number int) {
		if number == wanted {
			holders++
		}
	})
	return holders == 1, err
}

func eachIncrement(increments string, visit func(group, name string, number int)) error {
	for _, group := range lifecycleFolders(increments) {
		entries, err := os.ReadDir(filepath.Join(increments, group))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			// A folder that cannot be read may hold the highest number.
			return unreadable(filepath.Join(increments, group), err)
		}
		for _, entry := range entries {
			match := incrementFolder.FindStringSubmatch(entry.Name())
			if match == nil || entry.Type().IsRegular() {
				continue
			}
			if number, err := strconv.Atoi(match[1]); err == nil {
				visit(group, entry.Name(), number)
			}
		}
	}
	return nil
}

// lifecycleFolders lists "." for increments itself, then _archive and its like.
func lifecycleFolders(increments string) []string {
	groups := []string{"."}
	entries, err := os.ReadDir(increments)
	if err != nil {
		return groups
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), "_") && isFolder(filepath.Join(increments, entry.Name())) {
			groups = append(groups, entry.Name())
		}
	}
	return groups
}

func uncreated(folder string, cause error) error {
	return trouble(cause, "The folder %s could not be created: %s. Nothing was changed. %s",
		folder, reason(cause), remedy(cause))
}
