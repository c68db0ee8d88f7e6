package workflow

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// isLock says whether a file pins versions that a manifest asks for.
func isLock(at string) bool {
	base := strings.ToLower(path.Base(at))
	return strings.HasSuffix(base, ".sum") || strings.Contains(base, "lock") || base == "npm-shrinkwrap.json"
}

// askDependencies asks about the manifests, and about lock files where nothing
// was asked of a manifest: else they only follow it.
func (l *scopeLook) askDependencies() {
	asked, bumped, manifests := false, false, 0
	for i := range l.files {
		if f := &l.files[i]; f.class == dependencyFile && !isLock(f.Path) {
			manifests++
			found, own := l.askManifest(f)
			asked, bumped = asked || found, bumped || own
		}
	}
	for i := range l.files {
		f := &l.files[i]
		if f.class != dependencyFile || !isLock(f.Path) || asked || bumped && f.Added+f.Removed <= 4 {
			continue
		}
		says := "Only the lock file changed"
		if manifests > 0 {
			says = "The lock file changed, and no version that is asked for did"
		}
		l.find(ScopeFinding{
			Rule: DependencyRule, Path: f.Path, Says: says, Lines: plainLines(f.FileDelta),
			Why: "Other versions may be installed, though nobody asked for them. Take it back, or say which one the fix needs.",
		})
	}
}

// askManifest says which libraries came, went or have another version. Own says
// that only the project's own version changed, as a release does.
func (l *scopeLook) askManifest(f *scopeFile) (found, own bool) {
	read := manifestReader(path.Base(f.Path))
	was, now := map[string]string{}, map[string]string{}
	var names []string
	other := false
	for i := range f.groups {
		for _, side := range []struct {
			lines []DiffLine
			into  map[string]string
		}{{f.groups[i].removed, was}, {f.groups[i].added, now}} {
			for _, line := range side.lines {
				name, version, is := read(line.Text)
				switch {
				case is == ownVersion:
					own = true
				case is == aLibrary:
					side.into[name] = version
					names = append(names, name)
				case is == something && !emptyLine(line.Text):
					other = true
				}
			}
		}
	}
	says := librariesSaid(names, was, now)
	switch {
	case len(says) > 0:
		l.find(ScopeFinding{
			Rule: DependencyRule, Path: f.Path, Says: strings.Join(says, "; "), Lines: f.lines(),
			Why: "Another library, or another version of one, brings code that nobody has read. Only a fix that needs it has it.",
		})
	case other:
		l.find(ScopeFinding{
			Rule: DependencyRule, Path: f.Path, Says: "What the project is built from changes", Lines: f.lines(),
			Why: "It decides what is built and with what. Make sure that the fix needs it.",
		})
	}
	return len(says) > 0 || other, own
}

// mostNamed is how many libraries are named in a finding.
const mostNamed = 4

func librariesSaid(names []string, was, now map[string]string) []string {
	var out []string
	slices.Sort(names)
	names = slices.Compact(names)
	for _, name := range names {
		before, had := was[name]
		after, has := now[name]
		switch {
		case had && has && before == after:
		case had && has:
			out = append(out, fmt.Sprintf("%s from %s to %s", name, before, after))
		case has:
			out = append(out, strings.TrimSpace(fmt.Sprintf("New: %s %s", name, after)))
		default:
			out = append(out, "Gone: "+name)
		}
	}
	if n := len(out); n > mostNamed {
		out = append(out[:mostNamed-1], fmt.Sprintf("%d more", n-mostNamed+1))
	}
	return out
}

func capitalised(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// lineMeans is what a line of a manifest is about.
type lineMeans int

const (
	nothing lineMeans = iota
	something
	aLibrary
	ownVersion
)

// manifestReader reads a line of a manifest of which this program knows the form.
func manifestReader(base string) func(string) (name, version string, is lineMeans) {
	switch {
	case base == "go.mod" || base == "go.work":
		return goModLine
	case base == "package.json" || base == "composer.json":
		return packageLine
	case strings.HasPrefix(base, "requirements"):
		return requirementLine
	case base == "Cargo.toml" || base == "pyproject.toml" || base == "Pipfile":
		return tomlLine
	case base == "Gemfile":
		return gemLine
	default:
		return func(line string) (string, string, lineMeans) { return "", "", something }
	}
}

func goModLine(line string) (name, version string, is lineMeans) {
	line, _, _ = strings.Cut(line, "//")
	words := strings.Fields(line)
	if len(words) > 0 && words[0] == "require" {
		words = words[1:]
	}
	switch {
	case len(words) == 0 || words[0] == "(" || words[0] == ")":
		return "", "", nothing
	case len(words) == 2 && (words[0] == "go" || words[0] == "toolchain"):
		return capitalised(words[0]), words[1], aLibrary
	case len(words) == 2 && strings.HasPrefix(words[1], "v"):
		return words[0], words[1], aLibrary
	case slices.Contains(words, "=>"):
		return words[slices.Index(words, "=>")-min(1, slices.Index(words, "=>"))] + " (replaced)", words[len(words)-1], aLibrary
	default:
		return "", "", something
	}
}

func packageLine(line string) (name, version string, is lineMeans) {
	name, version, pair := strings.Cut(strings.Trim(line, " \t\r,"), ":")
	name, version = strings.TrimSpace(name), strings.TrimSpace(version)
	if !pair || !isQuoted(name) || !isQuoted(version) {
		if strings.Trim(line, " \t\r,{}[]") == "" || pair && strings.HasSuffix(version, "{") {
			return "", "", nothing
		}
		return "", "", something
	}
	name, version = name[1:len(name)-1], version[1:len(version)-1]
	switch {
	case name == "version":
		return "", "", ownVersion
	case version != "" && (strings.ContainsRune("^~<>=*0123456789", rune(version[0])) || version == "latest" || strings.Contains(version, "://")) || hasAnyPrefix(version, "workspace:", "npm:", "file:", "link:", "git", "v"):
		return name, version, aLibrary
	default:
		return "", "", something
	}
}

func isQuoted(s string) bool { return len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' }

func hasAnyPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

func requirementLine(line string) (name, version string, is lineMeans) {
	line, _, _ = strings.Cut(line, "#")
	line, _, _ = strings.Cut(line, ";")
	line = strings.TrimSpace(line)
	end := strings.IndexAny(line, "=<>~!@ [")
	switch {
	case line == "":
		return "", "", nothing
	case line[0] == '-':
		return "", "", something
	case end < 0:
		return line, "", aLibrary
	default:
		return line[:end], strings.TrimSpace(line[end:]), aLibrary
	}
}

func tomlLine(line string) (name, version string, is lineMeans) {
	line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
	name, version, pair := strings.Cut(line, "=")
	name, version = strings.Trim(name, " \t\""), strings.TrimSpace(version)
	switch {
	case line == "" || line[0] == '[' || line == "]":
		return "", "", nothing
	case pair && name == "version":
		return "", "", ownVersion
	case pair && strings.HasPrefix(version, `"`):
		return name, strings.Trim(version, `",`), aLibrary
	case pair && strings.HasPrefix(version, "{"):
		return name, version, aLibrary
	case isQuoted(strings.TrimSuffix(line, ",")):
		return requirementLine(strings.Trim(line, `",`))
	default:
		return "", "", something
	}
}

func gemLine(line string) (name, version string, is lineMeans) {
	line = strings.TrimSpace(line)
	rest, gem := strings.CutPrefix(line, "gem ")
	switch {
	case line == "" || line[0] == '#' || line == "end":
		return "", "", nothing
	case !gem:
		return "", "", something
	}
	name, version, _ = strings.Cut(rest, ",")
	return strings.Trim(name, ` '"`), strings.Trim(version, ` '"`), aLibrary
}
