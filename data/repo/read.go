package repo

import (
	"io/fs"
	"path/filepath"
)

const (
	playbookPath = ".firebreak/playbook.yaml"
	// largestPlaybook stops a wrong file from being parsed; a playbook has
	// some hundred lines.
	largestPlaybook = 1 << 20
)

// Read gives the content of a file below root, by its slash-separated relative
// path. A missing file is a *Trouble that wraps fs.ErrNotExist.
func Read(root, path string) ([]byte, error) {
	if err := checkPath(path); err != nil {
		return nil, err
	}
	folder, err := openFolder(root)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	content, found, err := current(folder, path)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, unreadable(path, fs.ErrNotExist)
	}
	return content, nil
}

// PlaybookPath finds the team's own playbook: .firebreak/playbook.yaml in the
// git repository, or else in the SpecWeave project above it. found is false if
// there is none and the built-in playbook holds.
func PlaybookPath(place Place) (path string, found bool) {
	for _, root := range []string{place.Git, place.Root} {
		if root == "" {
			continue
		}
		if path := filepath.Join(root, filepath.FromSlash(playbookPath)); exists(path) {
			return path, true
		}
	}
	return "", false
}

// ReadPlaybook gives the bytes of the playbook at path, at most 1 MB.
func ReadPlaybook(path string) ([]byte, error) {
	content, err := readCapped(path, largestPlaybook)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return content, nil
}
