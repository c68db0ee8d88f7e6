package export_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export"
	"firebreak/workflow"
)

func TestALiveBlockIsWrittenAsWhatTheLogSays(t *testing.T) {
	p := newPlayer(t)
	p.do("Jane", workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: standard(t)})
	p.do("Jane", workflow.Note{Text: "Pods <restarted>\n## Impact\n| a | b |"})
	entries := p.in.Timeline.All()
	id := entries[len(entries)-1].ID
	p.do("Jane", workflow.WriteSection{Section: workflow.RootCauseSection, Text: "It began so:\n\n" + p.in.LiveEntry(id) + "\n\nThe end. {{metric nonsense}}"})
	document := string(export.Postmortem(p.in))
	assert.Contains(t, document, `14:32 - Pods \<restarted> ## Impact | a | b |`, "what the log says breaks no document")
	assert.Contains(t, document, "nonsense", "what means nothing stays as it was typed")
	assert.Equal(t, 1, strings.Count(document, "\n## Impact\n"))

	fixed := "The pods were restarted"
	p.do("Jane", workflow.Correct{Entry: id, Text: &fixed})
	assert.Contains(t, string(export.Postmortem(p.in)), " - The pods were restarted\n", "a correction changes the document")
	assert.Contains(t, export.SectionMarkdown(p.in, workflow.RootCauseSection), " - The pods were restarted\n", "and the preview")
}

func TestTheFilesOfASectionLieBesideTheDocument(t *testing.T) {
	graph := workflow.Attachment{Name: "error rate (31%).png", Media: "image/png", SHA256: sumOf('a'), Bytes: 120 << 10}
	unused := workflow.Attachment{Name: "unused.txt", SHA256: sumOf('b'), Bytes: 1}
	lost := workflow.Attachment{Name: "lost.log", SHA256: sumOf('c'), Bytes: 2 << 10}
	p := newPlayer(t)
	p.do("Jane", workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: standard(t)})
	p.do("Jane", workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{graph, unused, lost}})
	text := "Look: " + graph.Link() + " and " + lost.Link() + " and [gone](attachment:dddddddddddd).\n\n```\n" + graph.Link() + "\n```\n"
	p.do("Jane", workflow.WriteSection{Section: workflow.ImpactSection, Text: text})

	files := export.AttachmentFiles(p.in, "outage-files")
	require.Len(t, files, 2, "a file that no text names is not written")
	assert.Equal(t, "outage-files/error rate (31%).png", files[0].Path)

	document := export.PostmortemWith(p.in, export.Files{Folder: "outage-files", Lost: map[string]bool{lost.SHA256: true}})
	assert.Equal(t, []string{"outage-files/error rate (31%).png"}, leads(t, document))
	assert.Contains(t, string(document), "lost.log (lost.log: not there any more, or damaged)")
	assert.Contains(t, string(document), "gone (attachment:dddddddddddd: no such attachment)")
	assert.Contains(t, string(document), "```text\n![error rate (31%).png](attachment:aaaaaaaaaaaa)\n```", "code is code")

	assert.Contains(t, string(export.Postmortem(p.in)), "(error rate (31%).png, 120 KB)", "without a place files are only named")
	assert.Contains(t, export.SectionMarkdown(p.in, workflow.ImpactSection), "(attachment:aaaaaaaaaaaa)", "the preview finds the picture by its address")
}
