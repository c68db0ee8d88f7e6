package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// pathJSON is a place on this computer that the program uses.
type pathJSON struct {
	What   string `json:"what"`
	Path   string `json:"path"`
	Exists bool   `json:"exists"`
	Bytes  int64  `json:"bytes"`
}

func (r *run) pathsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "paths", Short: "Show where everything lies, and how large it is", Args: cobra.NoArgs,
		Example: "  firebreak paths\n  firebreak paths --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			found, err := r.findPaths(cmd.Context())
			if err != nil {
				return err
			}
			if r.flags.json {
				return r.printJSON(map[string]any{"paths": found})
			}
			for _, p := range found {
				size := "not there yet"
				if p.Exists {
					size = sizeWords(p.Bytes)
				}
				r.line("%s%s%s", pad(p.What, 20), pad(size, 15), p.Path)
			}
			return nil
		},
	}
}

func (r *run) findPaths(context.Context) ([]pathJSON, error) {
	places, err := r.places()
	if err != nil {
		return nil, err
	}
	measured := places.Measure()
	found := make([]pathJSON, len(measured))
	for i, m := range measured {
		found[i] = pathJSON{What: m.Name, Path: m.Path, Exists: m.Exists, Bytes: m.Bytes}
	}
	return found, nil
}

func sizeWords(bytes int64) string {
	switch {
	case bytes < 1<<10:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1<<20:
		return fmt.Sprintf("%.1f KB", float64(bytes)/(1<<10))
	case bytes < 1<<30:
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	default:
		return fmt.Sprintf("%.1f GB", float64(bytes)/(1<<30))
	}
}
