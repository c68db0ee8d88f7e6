package publish_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/workflow"
)

func TestADocumentIsUnderstoodWithoutARepository(t *testing.T) {
	now := time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)
	paper := session.Paper{Name: "old.md", Text: []byte("# Outage\n\n- 2024-11-25 14:32 UTC - First alert\n")}
	reading, err := publish.New(nil).Understand(t.Context(), paper, workflow.ReadAs{}, now)
	require.NoError(t, err)
	assert.Equal(t, "old.md", reading.Source)
	assert.NotZero(t, len(reading.Lines)+len(reading.Sections)+len(reading.Rest), "nothing of it is lost")

	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = publish.New(nil).Understand(gone, paper, workflow.ReadAs{}, now)
	assert.ErrorIs(t, err, context.Canceled, "nobody waits for it any more")
}
