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
		action := ImportAction{Text: item.text, Done: item.done}
		for _, have := range in.Review.actions {
			action.There = action.There || strings.EqualFold(have.Text.Get(), item.text)
		}
		for _, other := range out {
			action.There = action.There || strings.EqualFold(other.Text, item.text)
		}
		out = append(out, action)
	}
	return out
}

// actionLine is one item of a list.
type actionLine struct {
	text string
	done bool
}

// listItem is one line of a list: "- [ ] text", "* text", "1. text".
var listItem = regexp.MustCompile(`^(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[([ xX])\][ \t]+)?(\S.*)$`)

// actionLines are the items of a text that is a list and nothing else. A line
// that is indented goes on with the item above it.
func actionLines(text string) []actionLine {
	var items []actionLine
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		found := listItem.FindStringSubmatch(line)
		switch {
		case line == "":
		case found != nil:
			items = append(items, actionLine{text: found[2], done: strings.EqualFold(found[1], "x")})
		case len(items) > 0 && (line[0] == ' ' || line[0] == '\t'):
			items[len(items)-1].text += " " + strings.TrimSpace(line)
		default:
			return nil
		}
	}
	for i, item := range items {
		items[i].text = strings.Join(strings.Fields(item.text), " ")
	}
	return items
}
