package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Where a child finds the data, and where it puts the documents.
const (
	childData = "FIREBREAK_TEST_DATA"
	childOut  = "FIREBREAK_TEST_OUT"
	childNow  = "FIREBREAK_TEST_NOW"
)

// TestChildExportsEveryDocument is what TestTwoMachinesExportTheSameBytes starts
// under other settings. By itself it does nothing.
func TestChildExportsEveryDocument(t *testing.T) {
	data, out := os.Getenv(childData), os.Getenv(childOut)
	if data == "" {
		t.Skip("a part of another test")
	}
	s := newShell(t)
	s.data, s.folder, s.made = data, out, 1_000_000 // ids that nobody has
	now, err := time.Parse(time.RFC3339, os.Getenv(childNow))
	require.NoError(t, err)
	s.now = now
	s.repository()
	s.does("export", "postmortem", "--out", "record.md")
	s.does("export", "html", "--out", "page.html")
	for _, format := range []string{"md", "csv", "jsonl", "json"} {
		s.does("export", "timeline", "--format", format, "--out", "timeline."+format)
	}
	s.does("export", "postmortem", "html") // the last, because it goes on record
}

// documentsIn are the files of a folder by their paths, but for git's and
// SpecWeave's own.
func documentsIn(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == ".git":
			return filepath.SkipDir
		case entry.IsDir() || entry.Name() == "config.json":
			return nil
		}
		content, err := os.ReadFile(path)
		relative, _ := filepath.Rel(root, path)
		out[filepath.ToSlash(relative)] = string(content)
		return err
	}))
	return out
}

func TestTwoMachinesExportTheSameBytes(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Login fails “everywhere”", "--severity", "SEV1", "--service", "auth", "--impact", "~2,000 users")
	for i, args := range [][]string{
		{"acknowledge"},
		{"log", "שלום, rolled back `v1.2.3`", "--pin"},
		{"log", "about then", "--at", "~13:30"},
		{"log", "between", "--at", "14:??"},
		{"log", "far away", "--at", "2024-11-26 01:10 +09:00"},
		{"attach", "last", s.file("graph.png", "\x89PNG\r\n\x1a\nnot really")},
		{"cause", "A regular expression"},
		{"postmortem", "write", "lessons", "1. test it\n2. <b>again</b>"},
		{"action", "add", "Alert on it", "--due", "2024-12-05"},
	} {
		s.now = s.now.Add(time.Duration(i+1) * time.Minute)
		if ran := s.runs(args...); ran.exit != 0 && args[0] != "attach" {
			t.Fatalf("%v: %s", args, ran.err)
		}
	}
	var first map[string]string
	for _, setting := range [][]string{
		{"UTC", "C", "2024-11-25T15:30:00Z"}, {"Asia/Kathmandu", "ar_EG.UTF-8", "2031-07-01T23:59:59Z"}, {"America/Los_Angeles", "tr_TR.UTF-8", "2024-12-31T23:30:00-08:00"},
	} {
		data, out := filepath.Join(t.TempDir(), "data"), t.TempDir()
		require.NoError(t, os.CopyFS(data, os.DirFS(s.data)))
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChildExportsEveryDocument$", "-test.count=1")
		child.Env = append(os.Environ(), "TZ="+setting[0], "LANG="+setting[1], "LC_ALL="+setting[1], "LANGUAGE="+setting[1],
			childNow+"="+setting[2], childData+"="+data, childOut+"="+out)
		said, err := child.CombinedOutput()
		require.NoError(t, err, "%s", said)
		documents := documentsIn(t, out)
		if first == nil {
			first = documents
			assert.Len(t, first, 8)
		}
		for at, content := range first {
			if documents[at] != content {
				t.Errorf("%v: %s differs", setting, at)
			}
		}
		assert.Len(t, documents, len(first))
	}
}
