package data

import (
	"fmt"
	"strings"
)

// Words say what a repair found and did, a sentence each: what was wrong, what
// is whole, what came from where, what is lost, and where the old files lie.
func (r Repaired) Words() []string {
	if len(r.Found) == 0 {
		return []string{"Nothing was damaged."}
	}
	var says []string
	for _, f := range r.Found[:min(len(r.Found), 3)] {
		says = append(says, capital(f.Says))
	}
	if more := len(r.Found) - 3; more > 0 {
		says = append(says, fmt.Sprintf("And %s of the kind.", plural(more, "more finding", "more findings")))
	}
	says = append(says, plural(r.Events, "change is", "changes are")+" in the log and whole.")
	if r.Carved > 0 {
		says = append(says, plural(r.Carved, "of them was", "of them were")+" found by searching every page.")
	}
	for _, f := range r.Fetched {
		says = append(says, fmt.Sprintf("%s from the backup of %s.", plural(f.Events, "change was fetched", "changes were fetched"), f.Copy.At.Format("2006-01-02 15:04 MST")))
	}
	says = append(says, r.lossWords()...)
	if r.Kept != "" {
		says = append(says, "The files as they were found are in "+r.Kept+"; nothing was deleted.")
	}
	return says
}

func (r Repaired) lossWords() []string {
	if !r.Lost() {
		return []string{"Nothing is missing."}
	}
	var says []string
	if n := len(r.Damaged); n > 0 {
		says = append(says, plural(n, "change is damaged; it is", "changes are damaged; they are")+" left out of the incident, and what is left of the words is kept.")
	}
	lost := uint64(0)
	for _, g := range r.Missing {
		lost += g.To - g.From + 1
	}
	if lost > 0 {
		says = append(says, plural(int(lost), "change is missing", "changes are missing")+": no backup has more.")
	}
	return says
}

// capital begins a sentence with a capital letter, unless it begins with a path.
func capital(text string) string {
	if text == "" || strings.HasPrefix(text, "/") {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
