package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
)

func TestASectionShowsAFileAndNamesTheLogFromATerminal(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.does("log", "restarted the pods")
	s.file("graph.png", "\x89PNG\r\n\x1a\npicture")
	link := strings.TrimSpace(s.does("postmortem", "attach", "impact", "graph.png"))
	assert.Regexp(t, `^!\[graph\.png\]\(attachment:[0-9a-f]{12}\)$`, link)
	assert.Equal(t, link, strings.TrimSpace(s.does("postmortem", "attach", "impact", "graph.png")), "once more is only named once more")
	s.fails(cli.ExitRefused, "postmortem", "attach", "poem", "graph.png")
	s.fails(cli.ExitRefused, "postmortem", "attach", "timeline", "graph.png")

	var names []struct{ Name, Says string }
	require.NoError(t, json.Unmarshal([]byte(s.runs("postmortem", "names", "--json").out), &names))
	live := ""
	for _, one := range names {
		if strings.HasSuffix(one.Says, "restarted the pods") {
			live = one.Name
		}
	}
	require.NotEmpty(t, live)
	assert.Contains(t, s.does("postmortem", "names"), live)

	text := link + "\n\n" + live
	s.does("postmortem", "write", "impact", text)
	assert.Contains(t, s.does("postmortem", "write", "impact"), "- restarted the pods")
	var section struct{ Text string }
	require.NoError(t, json.Unmarshal([]byte(s.runs("postmortem", "write", "impact", "--json").out), &section))
	assert.Equal(t, text, section.Text, "a program reads the text as it was written")

	shop := s.repository()
	s.does("export", "postmortem")
	var found []string
	err := filepath.WalkDir(shop, func(path string, _ os.DirEntry, err error) error {
		if filepath.Base(path) == "graph.png" {
			found = append(found, path)
		}
		return err
	})
	require.NoError(t, err)
	require.Len(t, found, 2, "the original, and the one beside the document")
	content, err := os.ReadFile(found[0])
	require.NoError(t, err)
	assert.Equal(t, "\x89PNG\r\n\x1a\npicture", string(content))
}
