package session

import (
	"slices"
	"strings"

	"firebreak/workflow"
)

// mended says whether a sentence about a file was told and does not hold any
// more.
func (d *Desk) mended(says string) bool {
	return slices.Contains(d.weave.told, says) && !slices.Contains(d.state.Increment.Says, says)
}

// askedWords say what is in question. A task that was taken out of the file has
// no other text there.
func askedWords(q workflow.Difference, increment string) string {
	if _, what, task := q.Part.Task(); task && what == "" {
		return q.Part.Word() + " was taken out of " + increment + ". It is kept here, and nothing is overwritten."
	}
	return "The " + q.Part.Word() + " was changed here and in " + increment + ". Both texts are kept, and nothing is overwritten."
}

// settledWords say what was decided.
func settledWords(part workflow.Part, keep workflow.Keep) string {
	word := part.Word()
	word = strings.ToUpper(word[:1]) + word[1:]
	switch keep {
	case workflow.KeepTheirs:
		return word + ": the file's is kept."
	case workflow.KeepBoth:
		return word + ": both are kept."
	default:
		return word + ": ours is kept."
	}
}
