package publish_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"firebreak/app/publish"
	"firebreak/app/sample"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// memory is a ledger that forgets with the test.
type memory struct {
	mu     sync.Mutex
	sums   map[string]string
	agreed map[string][]byte
	fail   error
}

func (m *memory) Exported(_ context.Context, root, path string) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	sha, ok := m.sums[root+path]
	return sha, ok, m.fail
}

func (m *memory) Agreed(_ context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.agreed[key], m.fail
}

func (m *memory) RecordAgreed(_ context.Context, key string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.agreed[key] = value
	return m.fail
}

func (m *memory) RecordExported(_ context.Context, root, path, sha string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sums[root+path] = sha
	return m.fail
}

// stage is an incident that is played beside a repository.
type stage struct {
	t      testing.TB
	in     workflow.Incident
	root   string
	ledger *memory
	hands  *publish.Publisher
	now    time.Time
	ids    int
}

// newStage has a SpecWeave project with the increments that the sample's number
// follows from.
func newStage(t testing.TB) *stage {
	t.Helper()
	s := bareStage(t)
	require.NoError(t, repo.EnableSpecWeave(s.root, "shop-api"))
	s.write(".specweave/increments/_archive/0014-search-filters/metadata.json", `{
  "id": "0014-search-filters",
  "status": "completed",
  "type": "feature",
  "priority": "P2",
  "created": "2024-11-01T09:00:00.000Z",
  "lastActivity": "2024-11-04T09:00:00.000Z",
  "testMode": "none",
  "coverageTarget": 0,
  "externalLinks": {},
  "completed": "2024-11-04T09:00:00.000Z"
}`)
	return s
}

// bareStage has a git repository and nothing else.
func bareStage(t testing.TB) *stage {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(root, ".git"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, ".git", "HEAD"), []byte("ref: refs/heads/main\n"), 0o644))
	ledger := &memory{sums: map[string]string{}, agreed: map[string][]byte{}}
	return &stage{
		t: t, in: workflow.Fold("incident-1", nil), root: root,
		ledger: ledger, hands: publish.New(ledger), now: sample.Alert(),
	}
}

func (s *stage) do(wants ...workflow.Intent) {
	s.t.Helper()
	for _, want := range wants {
		events, err := workflow.Decide(s.in, want, workflow.Env{
			Now: s.now, Actor: "Jane", Device: "device-1",
			NewID: s.newID,
		})
		require.NoError(s.t, err, "%T", want)
		s.in = s.in.With(events...)
	}
}

func (s *stage) newID() workflow.EventID {
	s.ids++
	return workflow.EventID(fmt.Sprintf("event-%04d", s.ids))
}

func (s *stage) create() workflow.RecordIncrement {
	s.t.Helper()
	record, err := s.hands.CreateIncrement(s.t.Context(), s.root, s.in)
	require.NoError(s.t, err)
	return record
}

// play plays the sample up to a moment of its script; its increment is really
// written.
func (s *stage) play(until time.Duration) {
	s.t.Helper()
	for _, step := range sample.Script(standard(s.t), sample.Alert()) {
		if step.After > until {
			return
		}
		s.now = sample.Alert().Add(step.After)
		if step.Increment {
			s.do(s.create())
		} else {
			s.do(step.Want(s.in))
		}
	}
}

// The moments that the tests stop the sample at.
const (
	untilIncrement = 9 * time.Minute
	untilDeploy    = 30 * time.Minute
	untilTheEnd    = 24 * time.Hour
)

func standard(t testing.TB) workflow.Playbook {
	t.Helper()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	return p
}

func (s *stage) read(path string) string {
	s.t.Helper()
	content, err := os.ReadFile(filepath.Join(s.root, filepath.FromSlash(path)))
	require.NoError(s.t, err)
	return string(content)
}

func (s *stage) write(path, content string) {
	s.t.Helper()
	full := filepath.Join(s.root, filepath.FromSlash(path))
	require.NoError(s.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(s.t, os.WriteFile(full, []byte(content), 0o644))
}
