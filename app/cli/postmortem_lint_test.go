package cli_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/assets"
)

func TestTheRulesForALinterArePrintedWithoutAnIncident(t *testing.T) {
	printed := newShell(t).does("postmortem", "markdownlint")
	assert.Equal(t, string(assets.Markdownlint()), printed)
	assert.Contains(t, printed, `"MD022": false`)
}
