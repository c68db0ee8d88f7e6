package cli

import (
	"strings"

	"firebreak/assets"
)

// shippedSuites are the commands that the playbook which the program ships with
// counts as suites that are not run now: read from its lines, because reading
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
