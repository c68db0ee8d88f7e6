package specweave_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/export/specweave"
)

func TestAFenceThatSwallowsTheRestOfAFileIsSaidAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"a fence":            "## Fix\n\n```go\nx\n\n## Out of Scope\n\n- a\n",
		"tildes":             "## Fix\n\n~~~\n- [ ] **AC-US1-01**: a\n",
		"opened by its end":  "## Fix\n\ntext ```go\nx\n```\n\n## Out of Scope\n\n- a\n",
		"a comment":          "## Fix\n\n<!-- later\n\n## Out of Scope\n",
		"a shorter end":      "## Fix\n\n````\n```\n## Out of Scope\n",
		"after a closed one": "## Fix\n\n```\na\n```\n\n```\n### T-001: b\n",
	} {
		spec := specweave.ReadSpec([]byte(body))
		assert.Contains(t, spec.Says, "never ends", name)
		_, err := specweave.SetSection([]byte(body), "Fix", "other")
		assert.Error(t, err, name)
	}
	for name, body := range map[string]string{
		"closed":           "## Fix\n\n```go\n## no heading\n```\n",
		"closed by tildes": "## Fix\n\n~~~\n## no heading\n~~~\n\n## Out of Scope\n",
		"nothing behind":   "## Fix\n\n```go\njust code\n",
		"in a list item":   "## Fix\n\n- a\n\n  ```\n  x\n\n## Out of Scope\n",
		"a closed comment": "## Fix\n\n<!-- ## no heading -->\n<!-- and\n## another\n-->\n",
	} {
		assert.Empty(t, specweave.ReadSpec([]byte(body)).Says, name)
	}
	tasks := specweave.ReadTasks([]byte("### T-001: a\n\n**Status**: [ ] pending\n\n```\nx\n\n### T-002: b\n"))
	assert.Contains(t, tasks.Says, "line 5")
	assert.Len(t, tasks.List, 1, "what stands before it is read")
	_, err := specweave.SetTask([]byte("### T-001: a\n\n**Status**: [ ] pending\n\n```\nx\n\n### T-002: b\n"), "T-001", true)
	assert.Error(t, err)
}
