// Package words judges the words of a command: which pattern of a suite they
// are. It stands apart from the law because it is asked before anything else is
// made ready, while somebody waits for the command; it needs nothing but strings.
package words

import (
	"path"
	"slices"
	"strings"
)

// Match says which of the patterns a command is, whatever its letters' case. The
// command is one that Plain has made.
func Match(patterns, command []string) (pattern string, is bool) {
	line := strings.ToLower(strings.Join(command, " "))
	for _, pattern := range patterns {
		if Like(strings.ToLower(strings.Join(strings.Fields(pattern), " ")), line, false) {
			return pattern, true
		}
	}
	return "", false
}

// Words of a command that change nothing about which tests it runs.
var (
	runBefore = []string{"env", "time", "nice", "nohup", "command", "exec", "npx", "bunx", "poetry run", "pipenv run", "uv run", "pnpm exec", "yarn exec"}
	allTheRun = []string{
		"-v", "-vv", "--verbose", "-q", "--quiet", "--silent", "-s", "-json", "--json", "-race", "-short", "-failfast", "-cover", "--coverage", "--cov",
		"-x", "--bail", "--ci", "--color", "--colors", "--no-color", "--runInBand", "-i", "--no-cache", "--offline", "-B", "--batch-mode", "-k!", "--all", "--if-present",
		"-count", "-timeout", "-p", "-parallel", "-cpu", "-coverprofile", "-vet", "-j", "--jobs", "--maxfail", "--reporter", "--watch", "--watchAll", "--timeout", "--tb",
	}
)

// Plain is a command without what does not decide which tests it runs: what
// stands before the program, its folder, and switches for how it prints.
func Plain(words []string) []string {
	for len(words) > 1 {
		if name, _, assigns := strings.Cut(words[0], "="); assigns && IsVariable(name) || slices.Contains(runBefore, words[0]) {
			words = words[1:]
			continue
		}
		if len(words) > 2 && slices.Contains(runBefore, words[0]+" "+words[1]) {
			words = words[2:]
			continue
		}
		break
	}
	if len(words) == 0 {
		return nil
	}
	program := words[0]
	if path.IsAbs(program) || strings.Contains(program, "/bin/") || strings.Contains(program, "/.bin/") {
		program = path.Base(program)
	}
	out := []string{program}
	for _, w := range words[1:] {
		name, _, _ := strings.Cut(w, "=")
		if name == w && takesValue(name) || !slices.Contains(allTheRun, name) {
			out = append(out, w)
		}
	}
	if out[len(out)-1] == "--" {
		out = out[:len(out)-1]
	}
	return out
}

// takesValue says whether the next word may belong to a switch: then both stay,
// and a command that names something is never taken for the whole suite.
func takesValue(name string) bool {
	return slices.Contains([]string{"-p", "-s", "-i", "-k", "-j", "-count", "-timeout", "--timeout", "--reporter"}, name)
}

// IsVariable says whether a first word is the name of a variable, as in
// CI=1 npm test.
func IsVariable(word string) bool {
	for i, r := range word {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return word != ""
}

// Like compares a text with a pattern in which * is any text, and ? one
// sign where that is asked for.
func Like(pattern, text string, single bool) bool {
	at, again, from := 0, -1, 0
	for i := 0; i < len(text); {
		switch {
		case at < len(pattern) && pattern[at] == '*':
			again, from = at, i
			at++
		case at < len(pattern) && (pattern[at] == text[i] || single && pattern[at] == '?'):
			at, i = at+1, i+1
		case again >= 0:
			from++
			at, i = again+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[at:], "*") == ""
}
