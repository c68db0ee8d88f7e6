package view

import (
	"flag"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
)

var update = flag.Bool("update", false, "write the golden files and docs/KEYS.md anew")

func TestTheKeyListInTheDocsIsThatOfTheTable(t *testing.T) {
	const path = "../../docs/KEYS.md"
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(KeysMarkdown()), 0o644))
	}
	have, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, KeysMarkdown(), string(have), "run: go test ./app/view/ -run KeyList -update")
}

func TestNoTwoCommandsShareAKey(t *testing.T) {
	owner := map[string]string{}
	for _, c := range Commands() {
		for _, key := range strings.Split(c.Keys, ", ") {
			if key == "" {
				continue
			}
			assert.Empty(t, owner[key], "%s and %s both want %s", owner[key], c.ID, key)
			owner[key] = c.ID
		}
	}
}

func TestUndoAndRedoAreTheShortcutsThatAWindowReports(t *testing.T) {
	assert.Equal(t, (&fyne.ShortcutUndo{}).ShortcutName(), shortcut("Ctrl+Z").ShortcutName(), "a window never reports Ctrl+Z as a key")
	assert.Equal(t, (&fyne.ShortcutRedo{}).ShortcutName(), shortcutOf("Ctrl+Y").ShortcutName())
	assert.IsType(t, &desktop.CustomShortcut{}, shortcut("Ctrl+Shift+Z"), "that one it does")
}

func TestTheKeyListFindsByKeyAndByWhatItDoes(t *testing.T) {
	d := openDesk(t, 5)
	d.run("view.keys")
	d.write("hand-off")
	assert.True(t, d.sees("Hand-off sheet"))
	assert.True(t, d.sees("Ctrl+Shift+H"))
	assert.False(t, d.sees("Record an update"))

	filter := d.shell.layers.Top().Body
	for _, o := range within(filter) {
		if f, ok := o.(*kit.Field); ok {
			f.SetText("xyzzy")
		}
	}
	assert.True(t, d.sees("No key for “xyzzy”."))
}

func TestEveryCommandIsInTheKeyList(t *testing.T) {
	all := map[string]bool{}
	for _, row := range keyRows() {
		all[row.does] = true
	}
	for _, c := range Commands() {
		assert.True(t, all[c.Label], c.ID)
	}
}
