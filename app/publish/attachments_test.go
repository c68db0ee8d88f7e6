package publish_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/workflow"
)

// store is attachments in memory.
type store map[string]string

func (s store) Read(_ context.Context, sha string) ([]byte, error) {
	content, ok := s[sha]
	if !ok {
		return nil, errors.New("damaged")
	}
	return []byte(content), nil
}

func (s store) add(name, content string) workflow.Attachment {
	sum := sha256.Sum256([]byte(content))
	a := workflow.Attachment{Name: name, Media: "image/png", SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(content))}
	s[a.SHA256] = content
	return a
}

// attachedStage is a stage with a post-mortem that has two files.
func attachedStage(t *testing.T) (*stage, store) {
	t.Helper()
	s, files := newStage(t), store{}
	s.hands = publish.New(s.ledger, store{}, nil, files)
	s.do(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: standard(t)})
	s.do(workflow.Note{Text: "error rate", Files: []workflow.Attachment{files.add("graph 1.png", "png\r\n\x00"), files.add("../trace.png", "trace")}})
	return s, files
}

func (s *stage) exportRecord(accept ...string) session.Plan {
	s.t.Helper()
	plan, err := s.hands.Write(s.t.Context(), s.root, s.in, accept, session.PostmortemDocument)
	require.NoError(s.t, err)
	return plan
}

func TestAttachmentsAreWrittenBesideThePostMortem(t *testing.T) {
	t.Parallel()
	s, _ := attachedStage(t)
	shown := s.preview(session.PostmortemDocument)
	assert.Equal(t, map[string]string{"checkout-fails.md": "create", "graph 1.png": "create", "trace.png": "create"}, withoutDate(what(shown)))
	assert.Equal(t, []bool{false, true, true}, []bool{shown.Steps[0].Binary, shown.Steps[1].Binary, shown.Steps[2].Binary})
	assert.Equal(t, int64(6), shown.Steps[1].Bytes)
	assert.Empty(t, shown.Steps[1].Diff)

	plan := s.exportRecord()

	record := plan.Steps[0].Path
	folder := strings.TrimSuffix(record, ".md") + "-files"
	assert.Equal(t, folder+"/graph 1.png", plan.Steps[1].Path)
	assert.Equal(t, "png\r\n\x00", s.read(folder+"/graph 1.png"))
	assert.Equal(t, "trace", s.read(folder+"/trace.png"))
	assert.Contains(t, s.read(record), "![graph 1.png]("+filepath.Base(folder)+"/graph%201.png)")
	assert.Equal(t, map[string]string{"checkout-fails.md": "same", "graph 1.png": "same", "trace.png": "same"}, withoutDate(what(s.exportRecord())))
	found, err := filepath.Glob(filepath.Join(s.root, filepath.FromSlash(folder), "*"))
	require.NoError(t, err)
	assert.Len(t, found, 2, "and nothing else")
}

// withoutDate takes the day off the name of the document.
func withoutDate(steps map[string]string) map[string]string {
	out := map[string]string{}
	for name, what := range steps {
		if cut := strings.Index(name, "checkout-fails"); cut > 0 {
			name = name[cut:]
		}
		out[name] = what
	}
	return out
}

func TestAnAttachmentThatSomebodyChangedIsKeptUntilTheySaySo(t *testing.T) {
	t.Parallel()
	s, _ := attachedStage(t)
	graph := s.exportRecord().Steps[1].Path
	s.write(graph, "cropped")
	kept := s.exportRecord()
	assert.Equal(t, "changed, kept", what(kept)["graph 1.png"])
	assert.Equal(t, []string{graph}, kept.Conflicts())
	assert.Equal(t, "cropped", s.read(graph))

	s.preview(session.PostmortemDocument)
	s.write(graph, "cropped again") // after the person has looked
	s.exportRecord(graph)
	assert.Equal(t, "cropped again", s.read(graph))
	s.preview(session.PostmortemDocument)
	s.exportRecord(graph)
	assert.Equal(t, "png\r\n\x00", s.read(graph))
	s.write(graph, "png\n\x00")
	assert.NotEqual(t, "same", what(s.preview(session.PostmortemDocument))["graph 1.png"], "line ends in a picture are bytes like any other")
}

func TestAMissingAttachmentStopsNothingAndIsSaid(t *testing.T) {
	t.Parallel()
	s, files := attachedStage(t)
	for sha, content := range files {
		if content == "trace" {
			delete(files, sha)
		}
	}
	plan := s.exportRecord()
	assert.Equal(t, []string{"../trace.png"}, plan.Lost)
	assert.Len(t, plan.Steps, 2)
	assert.Contains(t, s.read(plan.Steps[0].Path), "/trace.png (5 bytes): not there any more, or damaged")
	assert.NotContains(t, s.read(plan.Steps[0].Path), "trace.png)")
}
