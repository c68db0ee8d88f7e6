package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"firebreak/export/intake"
	"firebreak/workflow"
)

func BenchmarkReadTimeline(b *testing.B) {
	var text strings.Builder
	text.WriteString("# Outage of 2024-11-25\n\n## Timeline\n\nAll times are in UTC.\n\n")
	for i := 0; text.Len() < 1<<20; i++ {
		fmt.Fprintf(&text, "- %02d:%02d - the %d. thing that happened, with some words about it\n", i/60%24, i%60, i+1)
	}
	content := []byte(text.String())
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		intake.Read("incident.md", content, workflow.ReadAs{}, now)
	}
}
