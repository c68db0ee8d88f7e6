package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"firebreak/export/intake"
	"firebreak/workflow"
)

// TestShowWhatIsRead prints what is read from the file that FIREBREAK_READ
// names, for the eye.
func TestShowWhatIsRead(t *testing.T) {
	names := filepath.SplitList(os.Getenv("FIREBREAK_READ"))
	if len(names) == 0 {
		t.Skip("FIREBREAK_READ names no file")
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Print(show(intake.Read(filepath.Base(name), content, workflow.ReadAs{Zone: os.Getenv("FIREBREAK_READ_ZONE")}, now)))
	}
}
