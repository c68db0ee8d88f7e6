package repo

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
)

const (
	highestNumber   = 9999
	reserveAttempts = 10 // as many as SpecWeave's own create-increment makes
)

// strictName is what every reader of SpecWeave accepts behind the number.
var strictName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Next gives the number that a new increment would get now, four digits, and
// the folder with the highest number so far ("_archive/0014-search-filters";
// empty for the first). Gaps are never filled, as in SpecWeave. Another program
// may take the number at any moment: Reserve is what claims one.
func Next(place Place) (number, after string, err error) {
	increments, err := openShelf(place)
	if err != nil {
		return "", "", err
	}
	defer increments.Close()
	return next(increments)
}

func next(increments shelf) (number, after string, err error) {
	highest, after, err := increments.highest()
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
	increments, err := openShelf(place)
	if err != nil {
		return "", "", err
	}
	defer increments.Close()
	if err := errors.Join(increments.MkdirAll(increments.at), increments.SyncFolder(path.Dir(increments.at))); err != nil {
		return "", "", uncreated(increments.shown("."), err)
	}
	for range reserveAttempts {
		number, _, err := next(increments)
		if err != nil {
			return "", "", err
		}
		id = number + "-" + name
		taken, err := claim(increments, number, id)
		if err != nil {
			return "", "", uncreated(increments.shown(id), err)
		}
		if taken {
			return id, increments.shown(id), nil
		}
	}
	return "", "", trouble(nil, "No increment number could be reserved in %s: other programs took the number %d times in a row. "+
		"Nothing was created. Try again when they are done.", increments.shown("."), reserveAttempts)
}

// Release gives a reserved number back when its files could not be written,
// because SpecWeave reports an increment without files as damaged. It removes
// the folder only while it is empty.
func Release(place Place, id string) error {
	increments, err := openShelf(place)
	if err != nil {
		return nil // nothing can have been reserved there
	}
	defer increments.Close()
	group, err := increments.locate(id)
	if err != nil {
		return nil
	}
	if err := increments.Remove(increments.within(group, id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return trouble(err, "The folder %s was not removed (%s). Nothing was changed in it. "+
			"Look into it, and delete it yourself if it is not needed.", increments.shown(group, id), innermost(err))
	}
	return nil
}

// claim tries to make the folder id the only one with its number; false means
// that somebody else has the number now.
func claim(increments shelf, number, id string) (bool, error) {
	held, folder := increments.within(number+"-reserved"), increments.within(id)
	if err := increments.Mkdir(held, 0o755); errors.Is(err, fs.ErrExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	if alone, err := increments.onlyHolder(number); err != nil || !alone {
		return false, errors.Join(err, increments.Remove(held))
	}
	if err := increments.Rename(held, folder); err != nil {
		return false, errors.Join(err, increments.Remove(held))
	}
	if alone, err := increments.onlyHolder(number); err != nil || !alone {
		return false, errors.Join(err, increments.Remove(folder))
	}
	// Otherwise a power cut could take a new increment with all of its files,
	// however well those are synced.
	if err := increments.SyncFolder(increments.at); err != nil {
		return false, errors.Join(err, increments.Remove(folder))
	}
	return true, nil
}

// highest scans afresh each time: increments, and every folder in it that
// starts with an underscore.
func (s shelf) highest() (number int, folder string, err error) {
	err = s.each(func(group string, entry fs.DirEntry, its int) {
		if its > number {
			number, folder = its, path.Join(group, entry.Name())
		}
	})
	return number, folder, err
}

func (s shelf) onlyHolder(number string) (bool, error) {
	wanted, err := strconv.Atoi(number)
	if err != nil {
		return false, err
	}
	holders := 0
	err = s.each(func(_ string, _ fs.DirEntry, its int) {
		if its == wanted {
			holders++
		}
	})
	return holders == 1, err
}

func uncreated(folder string, cause error) error {
	return trouble(cause, "The folder %s could not be created: %s. Nothing was changed. %s",
		folder, reason(cause), remedy(cause))
}
