package export_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export"
)

func TestTheAuditIsOneLineOfJSONPerChange(t *testing.T) {
	in := wholeSample(t).in
	lines := bytes.Split(bytes.TrimSuffix(export.AuditJSONL(in), []byte("\n")), []byte("\n"))
	require.Len(t, lines, len(in.Events()))
	for i, e := range in.Events() {
		var row export.AuditRow
		require.NoError(t, json.Unmarshal(lines[i], &row))
		assert.Equal(t, e.ID, row.Event)
		assert.Equal(t, e.Body.Kind(), row.Kind)
		assert.Equal(t, e.Actor, row.By)
		assert.Equal(t, in.ID, row.Incident)
		assert.NotEmpty(t, row.Subject.What)
		assert.NotEmpty(t, row.Edits, "%s", lines[i])
	}
}
