package preview

import (
	"image"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
	view.AskAgain()
	shown = strings.Join(reads(view), " ")
	assert.Equal(t, 2, strings.Count(shown, "an hour"), "the words follow the log")
	assert.Contains(t, view.Documents()[0].Text(), "**{{metric x}}**", "the text stays what was typed")
}

func TestAPictureThatIsAttachedLaterIsShownWhenItIsAskedForAgain(t *testing.T) {
	view := page600(t)
	var there image.Image
	view.Images = func(string) image.Image { return there }
	view.SetMarkdown("![errors](attachment:0123456789ab)")
	require.Empty(t, drawnImages(view))
	there = image.NewRGBA(image.Rect(0, 0, 40, 20))
	view.AskAgain()
	assert.Len(t, drawnImages(view), 1)
}
