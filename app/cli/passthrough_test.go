//go:build unix

package cli

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/assets"
	"firebreak/data/playbook"
)

func TestTheSuitesAreThoseOfTheShippedPlaybook(t *testing.T) {
	t.Parallel()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	var want []string
	for _, s := range p.Work.NotNow {
		want = append(want, s.Match...)
	}
	require.NotEmpty(t, want)
	got := shippedSuites()
	slices.Sort(want)
	slices.Sort(got)
	assert.Equal(t, want, got)
}
