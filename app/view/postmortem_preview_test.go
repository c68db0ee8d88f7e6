package view

import (
	"image"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit/preview"
	"firebreak/workflow"
)

// previewed is a preview on its own, with the sample's incident.
func previewed(t *testing.T) (*fakeAsker, *postmortem, *documentPreview) {
	t.Helper()
	f, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.ImpactSection)
	return f, p, p.preview
}

func TestAKeyIsFollowedWhateverTheLength(t *testing.T) {
	f, p, page := previewed(t)
	text := strings.Repeat("A paragraph of the impact.\n\n", 40_000)
	section := p.section()
	page.Show(f.state.Incident, section, text, true)
	require.Equal(t, len(text), page.view.Documents()[0].Len())
	page.Edited(len(text), 0, "# The end")
	blocks := page.view.Documents()[0].Blocks()
	last := blocks[len(blocks)-1]
	assert.Equal(t, "The end", last.Spans[0].Text, "there is no length from which on it would wait")
	assert.Equal(t, 3, last.Level)

	page.Show(f.state.Incident, section, text+"# The end", true)
	assert.Equal(t, text+"# The end", page.view.Documents()[0].Text(), "and the editor's own text is the same")
}

func TestASectionThatIsTypedCannotBreakTheWholeDocument(t *testing.T) {
	_, p, page := previewed(t)
	page.toggle.Press()
	before := len(previewBlocks(p))
	retype(p, "---\ntitle: x\n---\n\n```\nnever closed")
	assert.Contains(t, previewText(p), "Root Cause", "the sections around it stay")
	assert.Contains(t, previewText(p), "Lessons Learned")
	assert.InDelta(t, before, len(previewBlocks(p)), 6)
	for _, b := range previewBlocks(p) {
		assert.NotEqual(t, preview.Front, b.Kind, "front matter is of a document, not of a section")
	}
}

func TestAnEmptiedSectionSaysSoAndIsBackWithTheFirstKey(t *testing.T) {
	_, p, page := previewed(t)
	retype(p, "")
	assert.Equal(t, "Nothing written yet.\n", previewText(p))
	retype(p, "a")
	assert.Equal(t, "a\n", previewText(p))

	retype(p, "")
	assert.Equal(t, "Nothing written yet.\n", previewText(p))
	assert.Equal(t, -1, page.at, "the words of the preview itself are not edited")
	page.Edited(0, 0, "b")
	assert.Equal(t, "Nothing written yet.\n", previewText(p), "the owner is asked for the whole text")
}

func TestPicturesAndFilesOfTheIncidentAreFoundByTheirHash(t *testing.T) {
	f, p, page := previewed(t)
	const graph, log = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"
	f.pictures = map[string]image.Image{graph: image.NewRGBA(image.Rect(0, 0, 40, 20))}
	f.Do(workflow.Attach{Entry: f.state.Incident.Timeline.All()[0].ID, Files: []workflow.Attachment{
		{Name: "graph.png", Media: "image/png", SHA256: graph, Bytes: 10}, {Name: "app.log", Media: "text/plain", SHA256: log, Bytes: 10},
	}}, nil)
	retype(p, "![errors](attachment:0123456789ab) [log](attachment:fedcba987654) ![x](attachment:ffffffffffff)")
	assert.NotNil(t, page.picture("attachment:0123456789ab"))
	assert.Nil(t, page.picture("attachment:fedcba987654"), "a log is no picture")
	assert.Nil(t, page.picture("attachment:ffffffffffff"))

	const shot = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	f.pictures[shot] = image.NewRGBA(image.Rect(0, 0, 40, 20))
	f.Do(workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{{Name: "shot.png", Media: "image/png", SHA256: shot, Bytes: 10}}}, nil)
	p.Show(f.state)
	assert.NotNil(t, page.picture("attachment:aaaaaaaaaaaa"), "what belongs to the section alone is shown too")

	page.follow("attachment:fedcba987654")
	assert.Contains(t, f.calls, "open attachment app.log")
	assert.Empty(t, f.layers)
	page.follow("https://x.example/")
	require.Len(t, f.layers, 1)
	assert.Equal(t, addressSheet, f.layers[0].ID)
	page.view.OnCopy("ls -l", "code")
	assert.Contains(t, f.calls, "copy: ls -l")
}

func TestALongTextIsFollowedByItsEditsAlone(t *testing.T) {
	_, p, page := previewed(t)
	retype(p, strings.Repeat("One of many paragraphs.\n\n", 4000)+"The end.")
	require.True(t, p.parts.text.Long())
	field := p.parts.text.field
	field.Select(0, 0)
	field.Insert("Hello. ")
	field.Select(field.Len(), field.Len())
	field.Insert(" Over.")
	written := page.view.Documents()[page.at]
	assert.Equal(t, field.Len(), written.Len())
	assert.True(t, strings.HasPrefix(previewText(p), "Hello. One of many paragraphs."))
	assert.True(t, strings.HasSuffix(previewText(p), "The end. Over.\n"))
}
