package export_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"firebreak/export"
)

func samplePlace() export.Place {
	return export.Place{
		ID: sampleID, Project: "shop-api",
		RecordPath: ".specweave/docs/internal/operations/incidents/" + sampleID + ".md",
	}
}

func TestTheSamplesIncrementIsAsItWas(t *testing.T) {
	t.Parallel()
	for folder, p := range map[string]*player{"increment-open": midIncident(t), "increment-completed": wholeSample(t)} {
		files := export.Increment(p.in, samplePlace())
		require.Len(t, files, 4)
		for _, f := range files {
			golden(t, folder+"/"+f.Name, string(f.Content))
		}
		golden(t, folder+"/page.md", export.Page(p.in))
	}
}
