package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// askTests asks for a test of what was changed, and after tests that are gone or
// switched off.
func (l *scopeLook) askTests(tests []string) {
	l.askTestsOff()
	if len(l.policy.Tests) == 0 || len(tests) > 0 {
		return
	}
	var code []string
	var lines []ScopeLine
	for i := range l.files {
		f := &l.files[i]
		if f.class == codeFile && !f.Binary && (f.Cut || slices.ContainsFunc(f.groups, func(g changeGroup) bool { return g.kind == realChange })) {
			if code = append(code, f.Path); len(code) == 1 {
				lines = f.lines(realChange)
			}
		}
	}
	if len(code) == 0 {
		return
	}
	f := ScopeFinding{
		Rule: NoTestRule, Path: code[0], Says: "No test is added or changed", Lines: lines,
		Why: "Without a test that fails before the fix and passes with it, the same bug comes back unseen. Add one.",
	}
	if slices.ContainsFunc(l.files, func(f scopeFile) bool { return f.isTestData() && f.Status != FileDeleted }) {
		f.Mild, f.Says = true, "No test is added or changed, only what tests compare with"
		f.Why = "Data that follows the code proves nothing by itself. Make sure that a test fails without the fix."
	}
	if n := len(code) - 1; n > 0 {
		f.Says += ", for this and " + count(n, "other file")
	}
	if l.isRevert() {
		f.Mild = true
		f.Why = "It is a revert, so it brings back what ran before. Add the test that would have caught the bug when the fire is out."
	}
	l.find(f, code...)
}

// isRevert says whether the change only takes earlier commits back.
func (l *scopeLook) isRevert() bool {
	n := 0
	for _, c := range l.delta.Commits {
		if c.Parents > 1 {
			continue
		}
		if !strings.HasPrefix(c.Subject, `Revert "`) && !strings.Contains(c.Body, "This reverts commit ") {
			return false
		}
		n++
	}
	return n > 0 && !l.delta.Loose
}

// switchedOff are the ways to switch a test off, in the languages that have them.
var switchedOff = []string{
	"t.Skip(", "t.Skipf(", "t.SkipNow(", "b.Skip(", ".skip(", ".only(", "xit(", "xdescribe(", "xtest(", "fit(", "fdescribe(", "@Ignore", "@Disabled",
	"mark.skip", "pytest.skip(", "unittest.skip", "#[ignore", "[Ignore", "Skip =", "skip:", "pending(",
}

// askTestsOff asks about tests that are not asked any more.
func (l *scopeLook) askTestsOff() {
	added := map[string]bool{} // names of tests, wherever they stand now
	l.eachGroup(func(f *scopeFile, g *changeGroup) {
		for _, line := range g.added {
			if name := testName(line.Text); name != "" && f.class == testFile {
				added[name] = true
			}
		}
	})
	for i := range l.files {
		f := &l.files[i]
		if f.class != testFile || f.Status == FileAdded {
			continue
		}
		var off, gone []ScopeLine
		here := 0
		for g := range f.groups {
			group := &f.groups[g]
			off = append(off, group.switchesOff()...)
			for n, line := range group.removed {
				if name := testName(line.Text); name != "" && !added[name] {
					gone = append(gone, ScopeLine{Line: "-" + line.Text, Old: group.old + n})
				}
			}
			for _, line := range group.added {
				if testName(line.Text) != "" {
					here++
				}
			}
		}
		if off != nil {
			l.find(ScopeFinding{
				Rule: TestOffRule, Path: f.Path, Says: "A test is switched off", Lines: off,
				Why: "It says no more whether the fix breaks something else. Switch it on again, or say why it may be off.",
			})
		}
		if len(gone) > here { // as many new ones as old ones have other names
			l.find(ScopeFinding{
				Rule: TestOffRule, Path: f.Path, Says: fmt.Sprintf("%s gone", count(len(gone)-here, "test")), Lines: gone,
				Why: "What it guarded is guarded no more. Keep it, or say why it is not needed.",
			})
		}
	}
}

// switchesOff are the added lines that switch a test off which was there before.
func (g *changeGroup) switchesOff() []ScopeLine {
	var out []ScopeLine
	fresh := false
	for n, line := range g.added {
		if testName(line.Text) != "" {
			fresh = true
		}
		for _, mark := range switchedOff {
			at := strings.Index(line.Text, mark)
			if at < 0 || at > 0 && isWord(mark[0]) && isWord(line.Text[at-1]) || fresh && mark != ".only(" && !strings.HasPrefix(mark, "f") {
				continue
			}
			if !slices.ContainsFunc(g.removed, func(was DiffLine) bool { return strings.Contains(was.Text, mark) }) {
				out = append(out, ScopeLine{Line: "+" + line.Text, New: g.new + n})
				break
			}
		}
	}
	return out
}

// testName is the name of the test that begins on a line; "" where none does.
func testName(line string) string {
	line = strings.TrimSpace(line)
	for _, begin := range []string{"func Test", "func Fuzz", "func Example", "def test_", "async def test_", "fn test_"} {
		if strings.HasPrefix(line, begin) {
			end := strings.IndexByte(line, '(')
			if end < 0 {
				end = len(line)
			}
			return line[strings.LastIndexByte(line[:len(begin)], ' ')+1 : end]
		}
	}
	for _, begin := range []string{"it(", "test(", "describe(", "specify(", "it ", "test "} {
		if rest, ok := strings.CutPrefix(line, begin); ok && rest != "" && strings.ContainsRune("\"'`", rune(rest[0])) {
			return rest[:quotedEnd(rest, 0)]
		}
	}
	return ""
}
