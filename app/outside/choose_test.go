package outside

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFilesAreChosenWithTheDialogThatIsThere(t *testing.T) {
	choose := func(system string, scripts map[string]string) ([]string, error) {
		return Chooser{System: system, Find: withTools(t, system, scripts).Find}.Files(t.Context())
	}
	for system, name := range map[string]string{"linux": "kdialog", "darwin": "osascript", "windows": "powershell.exe"} {
		paths, err := choose(system, map[string]string{name: `printf '/a b.png\r\n/c.txt\n\n'`})
		require.NoError(t, err, system)
		assert.Equal(t, []string{"/a b.png", "/c.txt"}, paths, system)
	}
	paths, err := choose("linux", map[string]string{"zenity": "exit 1"})
	require.NoError(t, err)
	assert.Empty(t, paths, "it was closed without a choice")
	_, err = choose("linux", nil)
	assert.ErrorContains(t, err, "Type the path of the file")
}
