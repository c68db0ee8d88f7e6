package workflow_test

import (
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestPatternsOfPaths(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]struct{ yes, no string }{
		"**/*_test.go":         {"a_test.go auth/a_test.go a/b/c_test.go", "a_test.js a_test.go/b"},
		"db/migrate/**":        {"db/migrate/1.sql db/migrate/a/2.sql", "db/migrates/1.sql x/db/migrate/1.sql"},
		"src/*/token.js":       {"src/auth/token.js", "src/token.js src/a/b/token.js"},
		"**/test/**":           {"test/a a/test/b a/test/b/c", "a/tests/b"},
		"a/**/b/**/c":          {"a/b/c a/x/b/y/c a/b/b/c", "a/b a/c"},
		".github/**":           {".github/workflows/ci.yml", "x/.github/y"},
		"**":                   {"a a/b", ""},
		"?.go":                 {"a.go", "ab.go .go"},
		"./a":                  {"a", "b"},
		"*":                    {"a", "a/b"},
		"**/requirements*.txt": {"requirements.txt x/requirements-dev.txt", "requirements/x.txt"},
	} {
		for _, p := range strings.Fields(want.yes) {
			assert.True(t, workflow.MatchPath(pattern, p), "%s holds %s", pattern, p)
		}
		for _, p := range strings.Fields(want.no) {
			assert.False(t, workflow.MatchPath(pattern, p), "%s does not hold %s", pattern, p)
		}
	}
	long := strings.Repeat("a/", 20_000) + "b"
	assert.False(t, workflow.MatchPath(strings.Repeat("**/a/", 50)+"c", long), "no pattern takes for ever")
}

func FuzzAPatternOfOneNameIsThatOfTheStandardLibrary(f *testing.F) {
	f.Add("a*b?c", "aXbYc")
	f.Fuzz(func(t *testing.T, pattern, name string) {
		for _, s := range []string{pattern, name} {
			if s == "" || strings.ContainsAny(s, "[]\\/") || strings.Contains(s, "**") || strings.ContainsFunc(s, func(r rune) bool { return r > 0x7f }) {
				return
			}
		}
		if strings.HasPrefix(pattern, "./") {
			return
		}
		want, err := path.Match(pattern, name)
		if err == nil {
			assert.Equal(t, want, workflow.MatchPath(pattern, name))
		}
	})
}
