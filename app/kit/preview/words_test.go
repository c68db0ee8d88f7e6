package preview

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNamesInATextReadAsTheWordsThatTheyStandFor(t *testing.T) {
	view := page600(t)
	minutes := "47 minutes"
	view.Words = func(text string) string { return strings.ReplaceAll(text, "{{metric x}}", minutes) }
	view.SetMarkdown("It took **{{metric x}}**, not `{{metric x}}`.\n\n| a |\n|---|\n| {{metric x}} |\n")
	shown := strings.Join(reads(view), " ")
	assert.Equal(t, 2, strings.Count(shown, "47 minutes"), shown)
	assert.Contains(t, shown, "{{metric x}}", "code is code")

	minutes = "an hour"
	view.RedrawWords()
	shown = strings.Join(reads(view), " ")
	assert.Equal(t, 2, strings.Count(shown, "an hour"), "the words follow the log")
	assert.Contains(t, view.Documents()[0].Text(), "**{{metric x}}**", "the text stays what was typed")
}
