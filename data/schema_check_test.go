package data

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAFlippedBitInADefinitionIsFoundAndMended(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	tests := map[string]struct{ text, flipped string }{
		"a condition that keeps every writer out": {"CHECK(length(prev)=16)", "CHECK(length(ppev)=16)"},
		"a guard that is switched off":            {"BEFORE DELETE ON event", "BEFORE DELETE ON evenu"},
		"the words of a refusal":                  {"'an event is never deleted'", "'an event is never deletee'"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := threeNotes(t)
			whole, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Contains(t, string(whole), test.text)
			require.NoError(t, os.WriteFile(path, bytes.ReplaceAll(whole, []byte(test.text), []byte(test.flipped)), 0o600))

			found, err := Examine(t.Context(), ExamineWish{Path: path})
			require.NoError(t, err)
			assert.False(t, found.Healthy())
			done, err := Repair(t.Context(), RepairWish{Path: path, Clock: options().Clock})
			require.NoError(t, err)
			assert.Equal(t, 3, done.Events)
			assertSound(t, openAt(t, path), 3)
		})
	}
}

func TestTheDefinitionsOfAnUpgradedDatabaseAreThoseOfANewOne(t *testing.T) {
	for version := 1; version <= len(migrations()); version++ {
		statements, err := os.ReadFile(fixture(version))
		require.NoError(t, err)
		path := t.TempDir() + "/firebreak.db"
		run(t, path, string(statements))

		report, err := openAt(t, path).Check(t.Context())

		require.NoError(t, err)
		assert.Empty(t, report.Altered, "schema %d", version)
	}
}
