package export_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"firebreak/export"
	"firebreak/workflow"
)

func sumOf(digit byte) string { return strings.Repeat(string(digit), 64) }

// hostileFiles are a picture, a text and a second picture under one name.
func hostileFiles(name string) []workflow.Attachment {
	return []workflow.Attachment{
		{Name: name, Media: "image/png", SHA256: sumOf('a'), Bytes: 120 << 10},
		{Name: name, SHA256: sumOf('b'), Bytes: 812},
		{Name: "](x) " + name, Media: "image/png", SHA256: sumOf('c'), Bytes: 1},
	}
}

// leads lists where the links and pictures of a document lead.
func leads(t *testing.T, document []byte) (paths []string) {
	t.Helper()
	root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(document))
	require.NoError(t, ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		var to []byte
		switch n := n.(type) {
		case *ast.Link:
			to = n.Destination
		case *ast.Image:
			to = n.Destination
		}
		if path, is := strings.CutPrefix(string(to), "outage-files/"); entering && is {
			name, err := url.PathUnescape(path)
			require.NoError(t, err)
			paths = append(paths, "outage-files/"+name)
		}
		return ast.WalkContinue, nil
	}))
	return paths
}

func TestThePostMortemLeadsToItsFilesBesideIt(t *testing.T) {
	p := newPlayer(t)
	p.do("Jane", workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: standard(t)})
	p.do("Jane",
		workflow.Note{Text: "error rate", Files: []workflow.Attachment{
			{Name: "error rate 100%.png", Media: "image/png", SHA256: sumOf('a'), Bytes: 120 << 10},
			{Name: "trace.txt", SHA256: sumOf('b'), Bytes: 812},
			{Name: "TRACE.TXT", SHA256: sumOf('c'), Bytes: 3 << 20},
		}},
		workflow.Note{Text: "```\ncode", Files: []workflow.Attachment{{Name: "trace.txt", SHA256: sumOf('b'), Bytes: 812}}},
		workflow.Note{Text: "secret", Files: []workflow.Attachment{{Name: "secret.txt", SHA256: sumOf('d'), Bytes: 1}}},
	)
	entries := p.in.Timeline.All()
	hidden := true
	p.do("Jane", workflow.Correct{Entry: entries[len(entries)-1].ID, Hidden: &hidden})

	document := string(export.PostmortemWith(p.in, export.Files{Folder: "outage-files"}))

	assert.Contains(t, document, strings.Join([]string{
		"- 14:32 - error rate", "",
		"  ![error rate 100%.png](outage-files/error%20rate%20100%25.png)", "",
		"  Attached: [trace.txt](outage-files/trace.txt) (812 bytes), [TRACE.TXT](outage-files/TRACE-2.TXT) (3 MB)", "",
	}, "\n"))
	var paths []string
	for _, f := range export.AttachmentFiles(p.in, "outage-files") {
		paths = append(paths, f.Path)
	}
	assert.Equal(t, []string{"outage-files/error rate 100%.png", "outage-files/trace.txt", "outage-files/TRACE-2.TXT"}, paths, "and nothing of the hidden entry")
	assert.NotContains(t, document, "secret")
	assert.Equal(t, document, string(export.PostmortemWith(p.in, export.Files{Folder: "outage-files"})))

	lost := string(export.PostmortemWith(p.in, export.Files{Folder: "outage-files", Lost: map[string]bool{sumOf('a'): true}}))
	assert.Contains(t, lost, "error rate 100%.png (120 KB): not there any more, or damaged")
	assert.NotContains(t, lost, "](outage-files/error")
	plain := string(export.Postmortem(p.in))
	assert.Contains(t, plain, "  Attached: error rate 100%.png (120 KB), trace.txt (812 bytes), TRACE.TXT (3 MB)")
	assert.NotContains(t, plain, "](")
}

func TestHostileNamesOfFilesBreakNothing(t *testing.T) {
	t.Parallel()
	for name, said := range hostileTexts() {
		in := hostile(t, said).in
		document := export.PostmortemWith(in, export.Files{Folder: "outage-files"})
		want := outline(string(export.PostmortemWith(in, export.Files{})))
		assert.Equal(t, want, outline(string(document)), name)
		var paths []string
		for _, f := range export.AttachmentFiles(in, "outage-files") {
			paths = append(paths, f.Path)
		}
		got := leads(t, document)
		slices.Sort(got)
		got = slices.Compact(got)
		slices.Sort(paths)
		assert.Equal(t, paths, got, "%s: every link leads to its file, and every file has a link", name)
		for _, row := range strings.Split(strings.TrimSpace(string(export.TimelineJSONL(in))), "\n") {
			assert.NotContains(t, row, "\r")
		}
	}
}

func TestTheTimelineAsDataNamesFiles(t *testing.T) {
	p := newPlayer(t)
	p.do("Jane", workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: standard(t)})
	p.do("Jane", workflow.Note{Text: "x", Files: []workflow.Attachment{{Name: "=a\nb.png", Media: "image/png", SHA256: sumOf('a'), Bytes: 7}}})
	assert.Contains(t, string(export.TimelineJSONL(p.in)), `"attachments":[{"name":"=a\nb.png","media":"image/png","sha256":"`+sumOf('a')+`","bytes":7}]`)
	assert.Contains(t, string(export.TimelineCSV(p.in)), `'=a b.png sha256:`+sumOf('a'))
}
