package repo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"
)

// EnableSpecWeave makes root a SpecWeave project by writing a minimal
// .specweave/config.json, after the person agreed. An existing one is never
// touched: that is a *Trouble that wraps fs.ErrExist. An empty name becomes the
// folder's name.
func EnableSpecWeave(root, name string) error {
	folder, err := existingFolder(root)
	if err != nil {
		return err
	}
	if exists(filepath.Join(folder, configPath)) {
		return trouble(fs.ErrExist, "%s is a SpecWeave project already. Nothing was changed. Go on with it.", folder)
	}
	config, err := minimalConfig(projectName(name, folder))
	if err != nil {
		return err
	}
	report, err := Write(folder, []File{{Path: configPath, Content: config}}, nil)
	if err != nil {
		return err
	}
	if len(report.Kept) > 0 { // written by somebody else since we looked
		return trouble(fs.ErrExist, "%s became a SpecWeave project just now. Nothing was changed. Go on with it.", folder)
	}
	return nil
}

// Init makes dir (created if missing) a place for a demonstration: a git
// repository, if there is a git command, and a SpecWeave project. A folder with
// other things in it is refused, so that no real project is turned into one; a
// folder that is set up already is simply found again.
func Init(dir string) (Place, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Place{}, uncreated(dir, err)
	}
	folder, err := existingFolder(dir)
	if err != nil {
		return Place{}, err
	}
	if !exists(filepath.Join(folder, configPath)) {
		if err := free(folder); err != nil {
			return Place{}, err
		}
		if err := initGit(folder); err != nil {
			return Place{}, err
		}
		if err := EnableSpecWeave(folder, ""); err != nil {
			return Place{}, err
		}
	}
	return Find(folder)
}

// free refuses a folder that holds anything but a .git folder, which an
// attempt that was broken off may have left, and one inside a real umbrella
// project, where the demonstration's increments would land.
func free(folder string) error {
	if above, _ := owner(folder); above != folder {
		return trouble(fs.ErrInvalid, "%s lies inside the SpecWeave umbrella %s, which would receive the demonstration. "+
			"Nothing was changed. Choose a folder outside of it.", folder, above)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return unreadable(folder, err)
	}
	for _, entry := range entries {
		if entry.Name() != ".git" {
			return trouble(fs.ErrExist, "%s is not empty (it holds %s). Nothing was changed. "+
				"Choose a new folder for the demonstration.", folder, entry.Name())
		}
	}
	return nil
}

// initGit does without a repository if there is no git command.
func initGit(folder string) error {
	_, err := askGit(context.Background(), initPatience, folder, "init", "--quiet")
	if err == nil || errors.Is(err, exec.ErrNotFound) {
		return nil
	}
	return trouble(err, "Git could not create a repository in %s (%s). Nothing else was changed. "+
		"Choose another folder, or run git init there yourself.", folder, firstLine(err.Error()))
}

// projectName folds a name into one line and falls back to the folder's.
func projectName(name, folder string) string {
	name = strings.Join(strings.FieldsFunc(name, func(letter rune) bool {
		return unicode.IsSpace(letter) || unicode.IsControl(letter)
	}), " ")
	if name == "" {
		return filepath.Base(folder)
	}
	return name
}

// minimalConfig has the keys, in the order, that SpecWeave's own set-up writes
// first. No hooks and no sync: those are the team's decision.
func minimalConfig(name string) ([]byte, error) {
	type project struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	type adapters struct {
		Default string `json:"default"`
	}
	type repository struct {
		Provider string `json:"provider"`
	}
	type testing struct {
		Mode     string `json:"defaultTestMode"`
		Coverage int    `json:"defaultCoverageTarget"`
	}
	type workspace struct {
		Name  string   `json:"name"`
		Repos []string `json:"repos"`
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(struct {
		Version    string     `json:"version"`
		Project    project    `json:"project"`
		Adapters   adapters   `json:"adapters"`
		Repository repository `json:"repository"`
		Testing    testing    `json:"testing"`
		Workspace  workspace  `json:"workspace"`
	}{
		"2.0",
		project{name, "0.1.0"},
		adapters{"generic"},
		repository{"local"},
		testing{"test-after", 80},
		workspace{name, []string{}},
	})
	return out.Bytes(), err
}
