// Firebreak is the hotfix workflow on one laptop: fix production issues fast,
// but not recklessly.
package main

import (
	"os"

	"firebreak/app"
	"firebreak/app/ahead/early"
)

// version is set by the build.
var version = "0.1.0"

func main() { os.Exit(app.Main(version, early.Begun())) }
