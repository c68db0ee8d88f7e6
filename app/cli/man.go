package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manCommand writes the manual pages, for those who package the program. The
// pages bear no date of their making, so the same program writes the same bytes.
func (r *run) manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man DIR", Short: "Write the manual pages into a folder", Hidden: true, Args: cobra.ExactArgs(1),
		Example: "  firebreak man /usr/local/share/man/man1",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("the folder %s cannot be made: %w. Nothing was written", args[0], err)
			}
			return r.manPages(cmd.Root(), args[0])
		},
	}
}

func (r *run) manPages(cmd *cobra.Command, dir string) error {
	for _, child := range cmd.Commands() {
		if child.IsAvailableCommand() && child.Name() != "help" {
			if err := r.manPages(child, dir); err != nil {
				return err
			}
		}
	}
	cmd.InitDefaultHelpFlag()
	cmd.DisableAutoGenTag = true
	day := r.releaseDay()
	header := &doc.GenManHeader{Section: "1", Date: &day, Source: "Firebreak " + r.Version, Manual: "Firebreak"}
	path := filepath.Join(dir, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("the page %s cannot be written: %w", path, err)
	}
	err = doc.GenMan(cmd, header, file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("the page %s cannot be written: %w", path, err)
	}
	return nil
}

// pageDay is the day of a page of a program that was built from no commit.
var pageDay = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// releaseDay is the day of the commit that the program was built from.
func (r *run) releaseDay() time.Time {
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return pageDay
	}
	for _, s := range built.Settings {
		if day, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
			return day.UTC()
		}
	}
	return pageDay
}
