package workflow

import (
	"path"
	"slices"
	"strings"
)

// askUnrelated asks about a commit of several that touches only files that are
// near to none of another's, and whose message has no word in common with the others and
// with what the incident is about.
func (l *scopeLook) askUnrelated() {
	var own []CommitFact
	for _, c := range l.delta.Commits {
		if c.Parents < 2 {
			own = append(own, c)
		}
	}
	if len(own) < 2 || len(own) > 50 {
		return
	}
	for i, c := range own {
		if len(c.Paths) == 0 {
			continue
		}
		words, about := wordsOf(c.Subject), wordsOf(strings.Join(l.about, " "))
		first := i == len(own)-1 && len(about) == 0 // nothing tells what the fix is about but the commit it begins with
		related := first || len(words) == 0 || shares(words, about)
		for n, other := range own {
			if n != i && !related {
				related = len(other.Paths) == 0 || shares(words, wordsOf(other.Subject)) ||
					slices.ContainsFunc(c.Paths, func(p string) bool {
						return slices.ContainsFunc(other.Paths, func(q string) bool { return near(p, q) })
					})
			}
		}
		if !related {
			l.find(ScopeFinding{
				Rule: UnrelatedCommitRule, Says: "A commit that seems to be about something else", Commit: c.ID,
				Lines: []ScopeLine{{Line: " " + c.Subject}}, Why: "It touches no file of the others and none beside them, and has no word in common with them. Leave it out of the hotfix.",
			})
		}
	}
}

// near says whether two files belong together as far as their names tell: the same,
// in one folder, or of one name, as a file and its test are.
func near(a, b string) bool {
	in := path.Dir(a)
	return a == b || in != "." && in == path.Dir(b) || stem(a) == stem(b)
}

// stem is the name of a file without what makes it a test, and without its endings.
func stem(at string) string {
	name, _, _ := strings.Cut(path.Base(at), ".")
	name = strings.TrimPrefix(name, "test_")
	for _, end := range []string{"_test", "_spec", "Test", "Tests"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}

// wordsOf are the words of a text that say what it is about.
func wordsOf(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(plain(text), func(r rune) bool { return r < 0x80 && !isWord(byte(r)) || r == '_' }) {
		if len(w) > 3 && !common[w] {
			out[strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(w, "s"), "ing"), "ed")] = true
		}
	}
	return out
}

var common = map[string]bool{
	"fix": true, "fixed": true, "fixes": true, "hotfix": true, "test": true, "tests": true, "with": true, "that": true, "this": true, "from": true, "when": true,
	"into": true, "make": true, "only": true, "more": true, "than": true, "have": true, "does": true, "after": true, "before": true, "back": true,
	"change": true, "update": true, "remove": true, "adds": true, "code": true, "feat": true, "chore": true, "revert": true,
}

func shares(a, b map[string]bool) bool {
	for w := range a {
		if b[w] {
			return true
		}
	}
	return false
}
