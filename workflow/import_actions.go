package workflow

import (
	"regexp"
	"strings"
)

// newActions reads a section as a list of action items. Text that is more than
// a list gives none: it is kept as text instead.
func (in Incident) newActions(text string) []ImportAction {
	var out []ImportAction
	for _, item := range actionLines(text) {
		action := ImportAction{Text: item}
		for _, have := range in.Review.actions {
			action.There = action.There || strings.EqualFold(have.Text.Get(), item)
		}
		for _, other := range out {
			action.There = action.There || strings.EqualFold(other.Text, item)
		}
		out = append(out, action)
	}
	return out
}

// listItem is one line of a list: "- [ ] text", "* text", "1. text".
var listItem = regexp.MustCompile(`^(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$`)

// actionLines are the items of a text that is a list and nothing else. A line
// that is indented goes on with the item above it.
func actionLines(text string) []string {
	var items []string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		found := listItem.FindStringSubmatch(line)
		switch {
		case line == "":
		case found != nil:
			items = append(items, found[1])
		case len(items) > 0 && (line[0] == ' ' || line[0] == '\t'):
			items[len(items)-1] += " " + strings.TrimSpace(line)
		default:
			return nil
		}
	}
	for i, item := range items {
		items[i] = strings.Join(strings.Fields(item), " ")
	}
	return items
}
