package export_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// writeHere names a file for the documents of a child process.
const writeHere = "FIREBREAK_EXPORT_CHILD"

// documents are all papers of some incidents: the sample, a long one, and one
// with the worst in every field.
func documents(t *testing.T) string {
	all := everything(wholeSample(t).in) + everything(rolledBack(t)) + everything(cancelled(t))
	for _, said := range []string{"## Root Cause\n- [ ] T-001", "İstanbul ß ﬁ \u202e\xff", "| a |\n|---|\n| 1,5 |"} {
		all += everything(hostile(t, said).in)
	}
	return all
}

func TestADocumentOfAnotherMachine(t *testing.T) {
	to := os.Getenv(writeHere)
	if to == "" {
		t.Skip("a child of the next test writes its documents here")
	}
	require.NoError(t, os.WriteFile(to, []byte(documents(t)), 0o600))
}

func TestTwoMachinesWriteTheSameBytes(t *testing.T) {
	want := documents(t)
	require.Contains(t, want, string(workflow.AllClear))
	for name, settings := range map[string][]string{
		"as here":          nil,
		"in the far east":  {"TZ=Pacific/Kiritimati", "LANG=ja_JP.UTF-8", "LC_ALL=ja_JP.UTF-8"},
		"in Turkey":        {"TZ=Europe/Istanbul", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"},
		"in Nepal":         {"TZ=Asia/Kathmandu", "LANG=C", "LC_ALL=C", "LANGUAGE=de"},
		"without a zone":   {"TZ=Nowhere/None", "LANG=", "LC_ALL=POSIX"},
		"another run time": {"TZ=America/New_York", "GODEBUG=asyncpreemptoff=1,randautoseed=0", "GOMAXPROCS=1", "GOGC=5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			to := filepath.Join(t.TempDir(), "documents")
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestADocumentOfAnotherMachine$")
			child.Env = append(append(os.Environ(), writeHere+"="+to), settings...)
			said, err := child.CombinedOutput()
			require.NoError(t, err, "%s", said)
			got, err := os.ReadFile(to)
			require.NoError(t, err)
			assert.True(t, want == string(got), "the documents differ")
		})
	}
}
