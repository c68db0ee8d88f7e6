package intake_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/intake"
	"firebreak/workflow"
)

var update = flag.Bool("update", false, "write the readings as they are now")

// TestEveryFixtureReadsAsWritten holds the reading of each fixture against its
// golden file. What is in one was read by eye.
func TestEveryFixtureReadsAsWritten(t *testing.T) {
	for _, name := range fixtures(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			content, err := os.ReadFile(name)
			require.NoError(t, err)
			got := show(intake.Read(filepath.Base(name), content, workflow.ReadAs{}, now))
			golden := filepath.Join("testdata", "golden", filepath.Base(name)+".txt")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(golden), 0o755))
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}
