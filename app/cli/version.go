package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// versionJSON is what this program is made of.
type versionJSON struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Changed  bool   `json:"changed,omitempty"` // built with changes on top of the commit
	Go       string `json:"go"`
	Fyne     string `json:"fyne,omitempty"` // empty: built without a window
	Platform string `json:"platform"`
}

func (r *run) versionOf() versionJSON {
	v := versionJSON{Version: r.Version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if v.Version == "" {
		v.Version = "unknown"
	}
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	for _, s := range built.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			v.Changed = s.Value == "true"
		}
	}
	for _, dep := range built.Deps {
		if dep.Path == "fyne.io/fyne/v2" {
			v.Fyne = dep.Version
		}
	}
	return v
}

func (r *run) versionLine() string {
	v := r.versionOf()
	parts := []string{v.Go, "without a window", v.Platform}
	if v.Fyne != "" {
		parts[1] = "Fyne " + v.Fyne
	}
	if v.Commit != "" {
		commit := "commit " + v.Commit
		if v.Changed {
			commit += " with changes"
		}
		parts = append([]string{commit}, parts...)
	}
	return fmt.Sprintf("firebreak %s (%s)", v.Version, strings.Join(parts, ", "))
}

func (r *run) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Show the version, and what the program is made of", Args: cobra.NoArgs, Example: "  firebreak version --json",
		RunE: func(*cobra.Command, []string) error {
			if r.flags.json {
				return r.printJSON(r.versionOf())
			}
			r.line("%s", r.versionLine())
			return nil
		},
	}
}
