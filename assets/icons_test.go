package assets_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/assets"
)

func TestEveryIconIsOneColourOnTheSameGrid(t *testing.T) {
	t.Parallel()
	colour := regexp.MustCompile(`#[0-9a-fA-F]{6}`)
	require.NotEmpty(t, assets.IconNames())
	for _, name := range assets.IconNames() {
		svg, ok := assets.Icon(name)
		require.True(t, ok, name)
		assertDrawable(t, name, string(svg))
		if name == assets.AppIcon {
			continue
		}
		assert.Contains(t, string(svg), `viewBox="0 0 24 24"`, name)
		for _, found := range colour.FindAllString(string(svg), -1) {
			assert.Equal(t, "#000000", found, "%s: icons are coloured by replacing black", name)
		}
	}
}

// assertDrawable reads the SVG as XML and allows only what Fyne draws.
func assertDrawable(t *testing.T, name, svg string) {
	t.Helper()
	known := map[string]bool{"svg": true, "path": true, "rect": true, "circle": true}
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err, name)
		if element, ok := token.(xml.StartElement); ok {
			assert.True(t, known[element.Name.Local], "%s: %s", name, element.Name.Local)
		}
	}
}

func TestAnIconThatNobodyDrewIsToldApart(t *testing.T) {
	t.Parallel()
	_, ok := assets.Icon("../playbook")
	assert.False(t, ok)
	_, ok = assets.Icon("")
	assert.False(t, ok)
}
