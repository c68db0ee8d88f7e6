package playbook_test

import (
	"encoding/json"
	"strings"
	"testing"

	"firebreak/data/playbook"
	"firebreak/workflow"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzRead holds the promise of Read for any bytes.
func FuzzRead(f *testing.F) {
	for _, src := range []string{
		"", "---\n...\n", "a: &a [*a]", "? {a: b}\n: c", "{", "\t", "levels: [{id: }]", "!!map {name: x}",
		"levels: [[[[]]]]", "version: 99999999999999999999", "shift: {long: 9e99h}", "name: |\n  x\n y", "\ufeffname: x",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(holdPromise)
}

// FuzzEdit holds it for a sound playbook with one stretch replaced, which goes
// deeper than bytes alone. The seeds are the faults that have a test.
func FuzzEdit(f *testing.F) {
	sound := team(f)
	for _, s := range spoilings {
		f.Add(uint(strings.Index(sound, s.old)), uint(len(s.old)), s.now)
	}
	f.Fuzz(func(t *testing.T, at, cut uint, now string) {
		at = min(at, uint(len(sound)))
		cut = min(cut, uint(len(sound))-at)
		holdPromise(t, []byte(sound[:at]+now+sound[at+cut:]))
	})
}

// holdPromise: any bytes give either faults, each with its remedy, or a
// playbook that the check accepts and that survives being stored.
func holdPromise(t *testing.T, src []byte) {
	got, err := playbook.Read("fuzz.yaml", src)
	if err != nil {
		assert.Zero(t, got)
		var all playbook.Faults
		require.ErrorAs(t, err, &all)
		require.NotEmpty(t, all)
		for _, one := range all {
			assert.NotEmpty(t, one.Says)
			assert.NotEmpty(t, one.Do)
			assert.NotContains(t, one.Error(), "\n")
			assert.LessOrEqual(t, one.Line, 1+len(src))
		}
		return
	}
	assert.Empty(t, got.Check())
	stored, err := json.Marshal(got)
	require.NoError(t, err)
	var back workflow.Playbook
	require.NoError(t, json.Unmarshal(stored, &back))
	assert.Equal(t, got, back)
}
