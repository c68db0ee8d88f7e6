package repo

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// incrementsPath is where a SpecWeave project keeps its increments.
const incrementsPath = ".specweave/increments"

// incrementFolder is wider than any one version of SpecWeave, so that a number
// is never given twice: three digits occur in old projects, and a letter marks
// an import from a tracker (G, J, A, E).
var incrementFolder = regexp.MustCompile(`^(\d{3,4})[A-Za-z]?-`)

// shelf is the folder of all increments, held by the root of the project: no
// link leads out of it.
type shelf struct {
	rootedDisk
	at string // the folder, relative to the root, with slashes
}

func openShelf(place Place) (shelf, error) {
	if place.SpecWeave == "" {
		return shelf{}, trouble(fs.ErrNotExist, "%s is not a SpecWeave project, so there are no increments. "+
			"Nothing was created. Set SpecWeave up here first, or go on without an increment.", place.Root)
	}
	opened, err := openFolder(place.SpecWeave)
	if err != nil {
		return shelf{}, err
	}
	return shelf{opened, incrementsPath}, nil
}

// within is the path below the root, shown the absolute one for sentences.
func (s shelf) within(parts ...string) string {
	return path.Join(s.at, path.Join(parts...))
}

func (s shelf) shown(parts ...string) string {
	return filepath.Join(s.Name(), filepath.FromSlash(s.within(parts...)))
}

// Locate finds an increment by its id, also after it was archived or paused
// into a lifecycle folder. Writing to the old path would create a second
// increment with the same number, which SpecWeave rejects. The path is relative
// to place.Root, with slashes.
func Locate(place Place, id string) (folder string, found bool) {
	increments, err := openShelf(place)
	if err != nil {
		return "", false
	}
	defer increments.Close()
	group, err := increments.locate(id)
	if err != nil {
		return "", false
	}
	return increments.within(group, id), true
}

// locate gives the group that holds the increment, "." for increments itself.
// A missing one is fs.ErrNotExist; another error says that its folder is there
// and cannot be entered.
func (s shelf) locate(id string) (group string, err error) {
	if !incrementFolder.MatchString(id) || strings.ContainsAny(id, `/\`) {
		return "", fs.ErrNotExist
	}
	missed := fs.ErrNotExist
	for _, group := range s.groups() {
		info, err := s.Stat(s.within(group, id))
		if err == nil && info.IsDir() {
			return group, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) && errors.Is(missed, fs.ErrNotExist) {
			missed = err
		}
	}
	return "", missed
}

// groups lists "." for increments itself, then _archive and its like. A group
// that cannot be looked at is listed, because it may hold increments.
func (s shelf) groups() []string {
	groups := []string{"."}
	entries, err := s.ReadDir(s.at)
	if err != nil {
		return groups
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), "_") {
			continue
		}
		info, err := s.Stat(s.within(entry.Name()))
		if err == nil && info.IsDir() || err != nil && !errors.Is(err, fs.ErrNotExist) {
			groups = append(groups, entry.Name())
		}
	}
	return groups
}

// each visits what has an increment's name, group by group. A group that cannot
// be read is an error, because it may hold the highest number; the others are
// visited all the same.
func (s shelf) each(visit func(group string, entry fs.DirEntry, number int)) error {
	var failed error
	for _, group := range s.groups() {
		entries, err := s.ReadDir(s.within(group))
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) && failed == nil {
				failed = unreadable(s.shown(group), err)
			}
			continue
		}
		for _, entry := range entries {
			match := incrementFolder.FindStringSubmatch(entry.Name())
			if match == nil || entry.Type().IsRegular() {
				continue
			}
			if number, err := strconv.Atoi(match[1]); err == nil {
				visit(group, entry, number)
			}
		}
	}
	return failed
}
