package assets

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
)

//go:embed icons/*.svg
var icons embed.FS

// AppIcon is the name of the icon of the app itself; it keeps its own colours.
const AppIcon = "firebreak"

// Icon gives the SVG of an icon by its name without ending, such as "search".
// All but AppIcon are drawn in one colour on 24 by 24, to be themed. A name that
// nobody drew gives false.
func Icon(name string) ([]byte, bool) {
	svg, err := icons.ReadFile("icons/" + name + ".svg")
	return svg, err == nil
}

// IconNames lists the names that Icon knows, sorted.
func IconNames() []string {
	var names []string
	entries, err := fs.ReadDir(icons, "icons")
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		names = append(names, strings.TrimSuffix(entry.Name(), ".svg"))
	}
	slices.Sort(names)
	return names
}
