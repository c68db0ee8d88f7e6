package ahead

import (
	"os"
	"path/filepath"
	"strings"

	"firebreak/assets"
	"firebreak/workflow/words"
)

// ShippedSuite says whether the playbook that the program ships with counts a
// command as a suite that is not run now.
func ShippedSuite(command []string) bool {
	lower := make([]string, len(command))
	for i, word := range command {
		lower[i] = strings.ToLower(word)
	}
	_, is := words.Match(shippedSuites(), words.Plain(lower))
	return is
}

// shippedSuites are those of the playbook, read from its lines, because reading
// the whole takes as long as starting a command does. A test holds both equal.
func shippedSuites() []string {
	var out []string
	for line := range strings.Lines(string(assets.Playbook())) {
		list, is := strings.CutPrefix(strings.TrimSpace(line), "match: [")
		if !is {
			continue
		}
		for _, pattern := range strings.Split(strings.TrimSuffix(list, "]"), ",") {
			out = append(out, strings.Trim(strings.TrimSpace(pattern), `"`))
		}
	}
	return out
}

// playbookPath is where a repository keeps its playbook; a test holds it equal
// to what looks it up.
const playbookPath = ".firebreak/playbook.yaml"

// ownPlaybook says whether a folder or one above it may have a playbook of its
// own, which may name other suites. What cannot be looked at may be one.
func ownPlaybook(folder string) bool {
	if !filepath.IsAbs(folder) {
		return true
	}
	for at := filepath.Clean(folder); ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, filepath.FromSlash(playbookPath))); !os.IsNotExist(err) {
			return true
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}
