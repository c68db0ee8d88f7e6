package workflow

import (
	"path"
	"strings"
)

// pathSet is a list of patterns, taken apart once for many paths. A pattern
// without * or ? names a file, or a folder with all that is in it.
type pathSet struct {
	parts [][]string
	names []string
}

func newPathSet(patterns []string) pathSet {
	var s pathSet
	for _, p := range patterns {
		p = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSpace(p), "/"), "./")
		if strings.ContainsAny(p, "*?") {
			s.parts = append(s.parts, strings.Split(p, "/"))
		} else if p != "" {
			s.names = append(s.names, p)
		}
	}
	return s
}

func (s pathSet) has(at string, parts []string) bool {
	for _, name := range s.names {
		if at == name || len(at) > len(name) && at[len(name)] == '/' && at[:len(name)] == name {
			return true
		}
	}
	for _, p := range s.parts {
		if matchParts(p, parts) {
			return true
		}
	}
	return false
}

// fileClass is what a file is, as far as its path tells.
type fileClass int

const (
	codeFile fileClass = iota
	testFile
	generatedFile
	dependencyFile
	documentFile
	migrationFile
	schemaFile
	configurationFile
	otherFile // nothing that this program knows to be code
)

// classes tells what files are by the playbook's patterns. A file can be several
// things; what it is asked as is the first that fits.
type classes struct {
	sets     [configurationFile + 1]pathSet
	declared pathSet
}

func newClasses(p ScopePolicy, declared DeclaredScope) *classes {
	c := &classes{declared: newPathSet(declared.Paths)}
	c.sets[testFile], c.sets[generatedFile], c.sets[dependencyFile] = newPathSet(p.Tests), newPathSet(p.Generated), newPathSet(p.Dependencies)
	c.sets[documentFile], c.sets[migrationFile] = newPathSet(p.Documents), newPathSet(p.Migrations)
	c.sets[schemaFile], c.sets[configurationFile] = newPathSet(p.Schema), newPathSet(p.Configuration)
	return c
}

func (c *classes) of(at string) fileClass {
	parts := strings.Split(at, "/")
	for class := testFile; class <= configurationFile; class++ {
		if c.sets[class].has(at, parts) {
			return class
		}
	}
	if styleOf(at).code {
		return codeFile
	}
	return otherFile
}

func (c *classes) within(at string) bool { return c.declared.has(at, strings.Split(at, "/")) }

// style is what can be told of a file's language by its name, without knowing
// the language.
type style struct {
	code     bool
	indented bool     // the blanks at a line's beginning mean something
	quotes   bool     // 'a' and "a" are the same
	comment  []string // how a line that is a comment begins
}

var (
	slashes = []string{"//", "/*", "*/", "* "}
	hashes  = []string{"#"}
)

var styles = everyStyle()

func everyStyle() map[string]style {
	styles := map[string]style{}
	for ext := range strings.FieldsSeq("go c h cc cpp cxx hpp hh m mm java kt kts scala swift rs cs dart groovy proto zig v sol") {
		styles["."+ext] = style{code: true, comment: slashes}
	}
	for ext := range strings.FieldsSeq("js jsx mjs cjs ts tsx mts cts vue svelte php") {
		styles["."+ext] = style{code: true, quotes: true, comment: slashes}
	}
	for ext := range strings.FieldsSeq("py pyi pyx") {
		styles["."+ext] = style{code: true, indented: true, quotes: true, comment: hashes}
	}
	for ext := range strings.FieldsSeq("rb ex exs pl pm r jl sh bash zsh ps1 nix cr") {
		styles["."+ext] = style{code: true, comment: hashes}
	}
	for ext := range strings.FieldsSeq("yaml yml haml slim coffee nim mk") {
		styles["."+ext] = style{indented: true, comment: hashes}
	}
	for ext := range strings.FieldsSeq("lua hs elm sql") {
		styles["."+ext] = style{code: ext != "sql", indented: ext == "hs" || ext == "elm", comment: []string{"--"}}
	}
	for ext := range strings.FieldsSeq("erl hrl clj cljs el lisp scm ml mli fs fsx") {
		styles["."+ext] = style{code: true, indented: strings.HasPrefix(ext, "fs"), comment: []string{";", "%", "(*", "//"}}
	}
	for ext := range strings.FieldsSeq("css scss less") {
		styles["."+ext] = style{quotes: true, comment: slashes}
	}
	for ext := range strings.FieldsSeq("html htm xml erb tmpl") {
		styles["."+ext] = style{comment: []string{"<!--", "-->"}}
	}
	return styles
}

func styleOf(at string) style {
	if base := path.Base(at); base == "Makefile" {
		return style{indented: true, comment: hashes}
	}
	return styles[strings.ToLower(path.Ext(at))]
}

// isComment says whether a line is nothing but a comment. Where the language is
// not known, no line is.
func (s style) isComment(line string) bool {
	line = strings.TrimLeft(line, " \t")
	for _, mark := range s.comment {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	return len(s.comment) > 0 && len(line) == 1 && line[0] == '*'
}
