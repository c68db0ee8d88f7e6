package cli

import (
	"strconv"
	"strings"
)

// ordinal is the number that a person names a listed thing by.
func ordinal(i int) string { return strconv.Itoa(i+1) + "." }

// numbered finds a listed thing by its number in the list, or by its id or the
// beginning of one. Ids are long, so a few digits are always a number.
func numbered(ids []string, named, what, list string) (int, error) {
	named = strings.TrimSuffix(strings.TrimSpace(named), ".")
	if n, err := strconv.Atoi(named); err == nil && len(named) < shortest {
		if n >= 1 && n <= len(ids) {
			return n - 1, nil
		}
		return 0, nothing("number.unknown", "There is no %s with the number %d; there are %d. See them with: %s", what, n, len(ids), list)
	}
	found := -1
	for i, id := range ids {
		if id == named {
			return i, nil
		}
		if named != "" && strings.HasPrefix(id, named) {
			if found >= 0 {
				return 0, wrongUsage("%s begins several ids. Type more of it, or the number that %s shows.", quoted(named), list)
			}
			found = i
		}
	}
	if found < 0 {
		return 0, nothing("id.unknown", "There is no %s %s. See them with: %s", what, quoted(named), list)
	}
	return found, nil
}
