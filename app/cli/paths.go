package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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
	found := []pathJSON{
		{What: "Incidents", Path: places.Database()},
		{What: "Sample incident", Path: places.SampleDatabase()},
		{What: "Sample repository", Path: places.SampleRepository()},
		{What: "Backups", Path: places.Backups()},
		{What: "Logs", Path: places.Logs},
		{What: "Lock", Path: places.Lock()},
	}
	for i := range found {
		found[i].Bytes, found[i].Exists = sizeOf(found[i].Path)
	}
	return found, nil
}

// sizeOf adds up what lies at a path. What cannot be read counts nothing.
func sizeOf(path string) (bytes int64, exists bool) {
	if _, err := os.Lstat(path); err != nil {
		return 0, false
	}
	_ = filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			bytes += info.Size()
		}
		return nil
	})
	return bytes, true
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
