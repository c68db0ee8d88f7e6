package repo

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"firebreak/workflow"
)

// CommandAt looks whether a command can be run in a folder: the program is on
// the PATH, and the script or target that it names is there. It only reads.
func CommandAt(folder, line string) workflow.CommandFact {
	fact := workflow.CommandFact{Line: strings.TrimSpace(line)}
	words := strings.Fields(fact.Line)
	for len(words) > 0 && isSetting(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 {
		return fact
	}
	name := strings.Trim(words[0], `"'`)
	if strings.ContainsAny(name, "/\\") {
		fact.State, fact.Says = fileThere(folder, name)
		return fact
	}
	if _, err := exec.LookPath(name); err != nil {
		fact.State, fact.Says = workflow.CommandMissing, name+" is not installed, or not on the PATH"
		return fact
	}
	fact.State, fact.Says = workflow.CommandFound, name+" is installed"
	if state, says := scriptThere(folder, name, words[1:]); says != "" {
		fact.State, fact.Says = state, says
	}
	return fact
}

// isSetting says whether a word sets a variable for the command: "NODE_ENV=production".
func isSetting(word string) bool {
	name, _, found := strings.Cut(word, "=")
	return found && name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

func fileThere(folder, name string) (workflow.CommandState, string) {
	at := filepath.FromSlash(name)
	if !filepath.IsAbs(at) {
		if folder == "" {
			return workflow.CommandUnknown, "Whether " + name + " is there is not known without a repository"
		}
		at = filepath.Join(folder, at)
	}
	info, err := os.Stat(at)
	switch {
	case err != nil:
		return workflow.CommandMissing, name + " is not there"
	case info.IsDir():
		return workflow.CommandMissing, name + " is a folder"
	case info.Mode().Perm()&0o111 == 0 && os.PathSeparator == '/':
		return workflow.CommandMissing, name + " is there, but it may not be run (chmod +x)"
	}
	return workflow.CommandFound, name + " is there"
}

// scriptThere looks for the script or target that a program is asked for; says
// is empty when the program names none that can be looked up.
func scriptThere(folder, program string, args []string) (workflow.CommandState, string) {
	switch program {
	case "npm", "pnpm", "yarn", "bun":
		if script := scriptOf(program, args); script != "" {
			return packageScript(folder, program, script)
		}
	case "make", "gmake":
		if target := firstPlain(args); target != "" {
			return makeTarget(folder, program, target)
		}
	case "sh", "bash", "zsh":
		if script := firstPlain(args); script != "" && !slices.Contains(args, "-c") {
			state, says := fileThere(folder, script)
			if strings.HasSuffix(says, "(chmod +x)") { // the shell reads it all the same
				state, says = workflow.CommandFound, script+" is there"
			}
			return state, says
		}
	}
	return "", ""
}

// scriptOf is the script of package.json that is asked for.
func scriptOf(program string, args []string) string {
	at := slices.IndexFunc(args, func(a string) bool { return a == "run" || a == "run-script" })
	if at >= 0 {
		return firstPlain(args[at+1:])
	}
	if program == "npm" {
		return ""
	}
	return firstPlain(args)
}

func firstPlain(args []string) string {
	for _, a := range args {
		if !strings.HasPrefix(a, "-") && !isSetting(a) {
			return a
		}
	}
	return ""
}

func packageScript(folder, program, script string) (workflow.CommandState, string) {
	text, err := readSome(folder, "package.json")
	if err != nil {
		return workflow.CommandMissing, "There is no package.json that could have the script " + script
	}
	var parsed struct {
		Scripts map[string]json.RawMessage `json:"scripts"`
	}
	if json.Unmarshal(text, &parsed) != nil {
		return workflow.CommandUnknown, "package.json cannot be read, so whether it has the script " + script + " is not known"
	}
	if _, found := parsed.Scripts[script]; !found {
		return workflow.CommandMissing, "package.json has no script " + script
	}
	return workflow.CommandFound, "package.json has the script " + script + ", and " + program + " is installed"
}

// makeTarget looks for a rule by name. Patterns, variables and included files
// are not worked out: then it is unknown.
func makeTarget(folder, program, target string) (workflow.CommandState, string) {
	for _, name := range []string{"GNUmakefile", "makefile", "Makefile"} {
		text, err := readSome(folder, name)
		if err != nil {
			continue
		}
		clear := true
		for line := range strings.Lines(string(text)) {
			if rule, _, found := strings.Cut(line, ":"); found && line[0] != '\t' && line[0] != '#' && slices.Contains(strings.Fields(rule), target) {
				return workflow.CommandFound, name + " has the target " + target + ", and " + program + " is installed"
			}
			clear = clear && !strings.HasPrefix(line, "include") && !strings.HasPrefix(line, "-include") && !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "$(")
		}
		if !clear {
			return workflow.CommandUnknown, name + " has no plain target " + target + "; it may come from elsewhere"
		}
		return workflow.CommandMissing, name + " has no target " + target
	}
	return workflow.CommandMissing, "There is no Makefile that could have the target " + target
}

// readSome reads the beginning of a file at the top of a folder.
func readSome(folder, name string) ([]byte, error) {
	if folder == "" {
		return nil, os.ErrNotExist
	}
	at := filepath.Join(folder, name)
	if info, err := os.Stat(at); err != nil || !info.Mode().IsRegular() { // opening a pipe would wait for ever
		return nil, os.ErrNotExist
	}
	file, err := os.Open(at)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, 1<<20))
}
