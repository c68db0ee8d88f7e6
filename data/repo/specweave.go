package repo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// configPath is what makes a folder a SpecWeave project; the bare .specweave
// folder is not enough.
const configPath = ".specweave/config.json"

// Config is what we need to know from .specweave/config.json.
type Config struct {
	Name         string // workspace.name, or else project.name
	ExternalSync bool   // closing an increment also closes issues or syncs docs elsewhere
	SyncBecause  string // the setting that says so: "sync.github"; empty without sync
}

// nearestSpecWeave walks up to the first folder with .specweave/config.json.
// Like SpecWeave it never takes the root of the file system.
func nearestSpecWeave(folder string) string {
	for _, at := range upwards(folder) {
		if at != filepath.Dir(at) && isFolder(filepath.Join(at, ".specweave")) && exists(filepath.Join(at, configPath)) {
			return at
		}
	}
	return ""
}

// owner decides which SpecWeave project keeps the increments of nearest: the
// first umbrella from nearest upwards, or nearest itself. A mere folder named
// repositories/ beside .specweave makes an umbrella, which surprises people,
// so the reason is returned for them to read; it is empty without an umbrella.
func owner(nearest string) (root, umbrella string) {
	for _, at := range upwards(nearest) {
		if at == filepath.Dir(at) || !exists(filepath.Join(at, configPath)) {
			continue
		}
		content, _ := readConfigFile(at)
		switch {
		case truthy(content, "umbrella", "enabled"):
			return at, "its .specweave/config.json has umbrella.enabled"
		case truthy(content, "repository", "umbrellaRepo"):
			return at, "its .specweave/config.json has repository.umbrellaRepo"
		case isFolder(filepath.Join(at, "repositories")):
			return at, "a folder named repositories/ beside .specweave makes it an umbrella for SpecWeave"
		}
	}
	return nearest, ""
}

// readConfig reads what we need; a broken file gives a zero Config and a
// sentence, because SpecWeave itself carries on without it.
func readConfig(root string) (Config, string) {
	content, err := readConfigFile(root)
	if err != nil {
		return Config{}, fmt.Sprintf("%s could not be understood (%s), so its settings are ignored. "+
			"Correct the file; nothing was changed in it.", filepath.Join(root, configPath), innermost(err))
	}
	config := Config{Name: text(content, "workspace", "name")}
	if config.Name == "" {
		config.Name = text(content, "project", "name")
	}
	config.SyncBecause = syncSetting(content)
	config.ExternalSync = config.SyncBecause != ""
	return config, ""
}

// syncSetting names the first setting that ties an increment to something
// outside the repository. A sync section that is present but switched off, with
// no tracker in it, is SpecWeave's own default and does not count.
func syncSetting(content any) string {
	if truthy(content, "sync", "enabled") {
		return "sync.enabled"
	}
	for _, section := range []string{"github", "jira", "ado", "profiles"} {
		if filled(dig(content, "sync", section)) {
			return "sync." + section
		}
	}
	done, _ := dig(content, "hooks", "post_increment_done").(map[string]any)
	flags := make([]string, 0, len(done))
	for flag := range done {
		flags = append(flags, flag)
	}
	sort.Strings(flags)
	for _, flag := range flags {
		if truthy(done, flag) {
			return "hooks.post_increment_done." + flag
		}
	}
	for _, list := range [][]string{{"workspace", "repos"}, {"umbrella", "childRepos"}} {
		repos, _ := dig(content, list...).([]any)
		for _, each := range repos {
			if filled(dig(each, "sync")) {
				return strings.Join(list, ".") + "[].sync"
			}
		}
	}
	return ""
}

func readConfigFile(root string) (any, error) {
	raw, err := readCapped(filepath.Join(root, configPath), 4<<20)
	if err != nil {
		return nil, err
	}
	// JavaScript reads any number, 1e999 included, and Go's float64 does not.
	reader := json.NewDecoder(bytes.NewReader(raw))
	reader.UseNumber()
	var content any
	if err := reader.Decode(&content); err != nil {
		return nil, err
	}
	if _, err := reader.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the last brace")
	}
	return content, nil
}

// dig walks into nested objects; anything missing on the way gives nil.
func dig(content any, keys ...string) any {
	for _, key := range keys {
		object, ok := content.(map[string]any)
		if !ok {
			return nil
		}
		content = object[key]
	}
	return content
}

// truthy follows JavaScript, because SpecWeave asks if (config.umbrella.enabled).
func truthy(content any, keys ...string) bool {
	switch value := dig(content, keys...).(type) {
	case nil:
		return false
	case bool:
		return value
	case string:
		return value != ""
	case json.Number:
		number, _ := strconv.ParseFloat(value.String(), 64) // beyond its range it is infinite, which counts
		return number != 0
	default:
		return true
	}
}

// filled is true for an object or list with something in it, and not for {},
// which SpecWeave writes as the default of each repository.
func filled(value any) bool {
	switch value := value.(type) {
	case map[string]any:
		enabled, present := value["enabled"].(bool)
		return len(value) > 0 && (!present || enabled)
	case []any:
		return len(value) > 0
	default:
		return truthy(value)
	}
}

func text(content any, keys ...string) string {
	value, _ := dig(content, keys...).(string)
	return strings.TrimSpace(value)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readCapped reads a regular file of at most limit bytes, so that a device, a
// pipe or a huge file cannot hang or flood the program.
func readCapped(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("it is not an ordinary file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("it is larger than %d KB", limit>>10)
	}
	return content, nil
}
