package workflow

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// judgeScope asks every rule about a change. About are the incident's own words,
// which tell a commit that belongs to it from one that does not.
func judgeScope(p Playbook, d Delta, declared DeclaredScope, about []string) ScopeJudgement {
	classes := newClasses(p.Scope, declared)
	d = withoutNotes(d, classes)
	l := &scopeLook{policy: p.Scope, delta: d, declared: declared, about: about, classes: classes}
	l.read()
	j := ScopeJudgement{Base: d.Base, Tip: d.Tip, Files: len(d.Files), Counted: l.counted}
	j.Added, j.Removed = d.Lines()
	for i := range l.files {
		f := &l.files[i]
		j.Loose = j.Loose || f.Loose // asked for is not found
		if f.tests() {
			j.Tests = append(j.Tests, f.Path)
		}
	}
	for _, c := range slices.Backward(d.Commits) {
		if c.Author != "" && c.Parents < 2 && !slices.Contains(j.Authors, c.Author) {
			j.Authors = append(j.Authors, c.Author)
		}
	}
	for i := range l.files {
		l.askFile(&l.files[i])
	}
	l.askDependencies()
	l.askMoved()
	l.askNames()
	l.askTests(j.Tests)
	l.askBudget()
	l.askCommits()
	l.askLoose()
	j.Findings = l.told()
	j.Unknown = l.notKnown()
	return j
}

// withoutNotes leaves out documents that are not committed: the increment and the
// post-mortem lie in the working tree while the fix is made, and do not go out.
func withoutNotes(d Delta, classes *classes) Delta {
	if d.Loose {
		d.Files = slices.DeleteFunc(slices.Clone(d.Files), func(f FileDelta) bool { return f.Loose && classes.of(f.Path) == documentFile })
	}
	return d
}

// scopeLook is one look at a change: its files taken apart, and what was found.
type scopeLook struct {
	policy   ScopePolicy
	delta    Delta
	declared DeclaredScope
	about    []string
	classes  *classes
	files    []scopeFile
	moved    []movedBlock
	counted  int // lines against the budget
	code     int // files against the budget
	found    []ScopeFinding
}

// scopeFile is a changed file with what is known of it.
type scopeFile struct {
	*FileDelta
	class    fileClass
	style    style
	groups   []changeGroup
	ownTests bool // tests stand beside the code in it
}

func (l *scopeLook) read() {
	l.files = make([]scopeFile, len(l.delta.Files))
	for i := range l.delta.Files {
		f := scopeFile{FileDelta: &l.delta.Files[i]}
		f.class, f.style = l.classes.of(f.Path), styleOf(f.Path)
		if !f.Binary && !f.Nested && f.class != generatedFile {
			f.groups = groupsOf(f.FileDelta)
			judgeGroups(f.style, f.groups)
			f.ownTests = strings.HasSuffix(f.Path, ".rs") && f.class == codeFile && f.adds("#[test]")
		}
		if l.against(&f) {
			l.code++
			l.counted += f.Added + f.Removed
		}
		l.files[i] = f
	}
	l.moved = findMoved(l.files)
	l.settleNames()
}

// tests says whether a file adds or changes a test: what it says, not only how it
// looks, and not only the data that a test compares with.
func (f *scopeFile) tests() bool {
	if f.class != testFile || f.Status == FileDeleted || f.Added == 0 || f.isTestData() {
		return f.ownTests
	}
	return f.Cut || len(f.groups) == 0 || slices.ContainsFunc(f.groups, func(g changeGroup) bool { return g.kind == realChange && len(g.added) > 0 })
}

// isTestData says whether a file of the tests is no test itself: no language that
// this program knows, and below a folder of data.
func (f *scopeFile) isTestData() bool {
	return f.class == testFile && !f.style.code && strings.Contains("/"+f.Path, "/testdata/")
}

// against says whether a file counts against the budget.
func (l *scopeLook) against(f *scopeFile) bool {
	switch f.class {
	case testFile, generatedFile, documentFile:
		return false
	case dependencyFile:
		return !isLock(f.Path)
	default:
		return true
	}
}

// adds says whether any added line holds a text.
func (f *scopeFile) adds(text string) bool {
	for i := range f.groups {
		for _, line := range f.groups[i].added {
			if strings.Contains(line.Text, text) {
				return true
			}
		}
	}
	return false
}

// lines are the changed lines of the groups that are of a kind; of all of them
// without any.
func (f *scopeFile) lines(kinds ...groupKind) []ScopeLine {
	var out []ScopeLine
	for i := range f.groups {
		if len(kinds) == 0 || slices.Contains(kinds, f.groups[i].kind) {
			out = append(out, f.groups[i].excerpt()...)
		}
	}
	return out
}

// find notes a finding. Its id is the print of the rule, the place and what is
// given here: the changed text, or the lines where nothing else is given.
func (l *scopeLook) find(f ScopeFinding, text ...string) {
	if slices.Contains(l.policy.Off, string(f.Rule)) {
		return
	}
	sum := addPrint(addPrint(printOf, string(f.Rule)), f.Path)
	for _, t := range text {
		sum = addPrint(sum, t)
	}
	if len(text) == 0 {
		for _, line := range f.Lines {
			sum = addPrint(sum, line.Line)
		}
	}
	f.ID = string(f.Rule) + "-" + printWord(sum)
	if n := len(f.Lines); n > keptLines {
		f.Lines, f.More = f.Lines[:keptLines:keptLines], f.More+n-keptLines
	}
	for i := range f.Lines {
		f.Lines[i].Line = shortLine(f.Lines[i].Line)
	}
	if !slices.ContainsFunc(l.found, func(have ScopeFinding) bool { return have.ID == f.ID }) {
		l.found = append(l.found, f)
	}
}

// mostOfRule is how many findings of one rule are told one by one.
const mostOfRule = 4

// told are the findings in the order of the rules, those of one rule by their
// place. Where many files are alike, the rest of them is one finding.
func (l *scopeLook) told() []ScopeFinding {
	var out []ScopeFinding
	for _, rule := range ScopeRules() {
		for _, mild := range []bool{false, true} {
			var of []ScopeFinding
			for _, f := range l.found {
				if f.Rule == rule && f.Mild == mild {
					of = append(of, f)
				}
			}
			if len(of) > mostOfRule+1 {
				of = append(of[:mostOfRule:mostOfRule], together(of[mostOfRule:]))
			}
			out = append(out, of...)
		}
	}
	slices.SortStableFunc(out, func(a, b ScopeFinding) int { // remarks come last
		switch {
		case a.Mild == b.Mild:
			return 0
		case a.Mild:
			return 1
		default:
			return -1
		}
	})
	return out
}

// together makes one finding of many.
func together(all []ScopeFinding) ScopeFinding {
	f := ScopeFinding{Rule: all[0].Rule, Why: all[0].Why, Mild: all[0].Mild, Says: fmt.Sprintf("The same in %d more places", len(all))}
	sum := printOf
	for i, one := range all {
		sum = addPrint(sum, one.ID)
		if i < keptLines {
			f.Lines = append(f.Lines, ScopeLine{Line: " " + ShownPath(one.Path) + ": " + one.Says})
		} else {
			f.More++
		}
	}
	f.ID = string(f.Rule) + "-" + printWord(sum)
	return f
}

// notKnown says in sentences what the guard cannot know.
func (l *scopeLook) notKnown() []string {
	var out []string
	if l.delta.Cut != "" {
		out = append(out, l.delta.Cut)
	}
	tell := func(say string, is func(*scopeFile) bool) {
		n, last := 0, ""
		for i := range l.files {
			if is(&l.files[i]) {
				n, last = n+1, ShownPath(l.files[i].Path)
			}
		}
		if n == 1 {
			out = append(out, fmt.Sprintf(say, last))
		} else if n > 1 {
			out = append(out, fmt.Sprintf(say, count(n, "file")))
		}
	}
	tell("What changed in %s was too long to be read to its end.", func(f *scopeFile) bool { return f.Cut && !f.Binary })
	tell("What a binary file holds: %s.", func(f *scopeFile) bool { return f.Binary })
	tell("What a program wrote is not read: %s.", func(f *scopeFile) bool { return f.class == generatedFile && !f.Binary })
	if len(l.declared.Paths) == 0 && len(l.files) > 0 {
		out = append(out, "Nobody has said which files the fix may touch, so none of them counts as outside.")
	}
	if len(l.policy.Tests) == 0 && len(l.files) > 0 {
		out = append(out, "The playbook does not say which files are tests, so a missing test is not seen.")
	}
	if len(l.files) > 0 {
		out = append(out, "What the changed lines do: the guard reads text, not the program.")
	}
	return out
}

// What is kept of a finding.
const (
	keptFindings = 60
	keptLines    = 12  // of each
	keptBytes    = 240 // of a line
)

// short is the judgement as it goes into the log: bounded, whoever made it.
func (j ScopeJudgement) short() ScopeJudgement {
	if n := len(j.Findings); n > keptFindings {
		j.Unknown = append(slices.Clip(j.Unknown), count(n-keptFindings, "more finding")+" could not be kept in the log.")
		j.Findings = j.Findings[:keptFindings]
	}
	j.Findings = append([]ScopeFinding(nil), j.Findings...)
	for i := range j.Findings {
		f := &j.Findings[i]
		if n := len(f.Lines); n > keptLines {
			f.Lines, f.More = f.Lines[:keptLines], f.More+n-keptLines
		}
		f.Lines = append([]ScopeLine(nil), f.Lines...)
		for n := range f.Lines {
			f.Lines[n].Line = shortLine(f.Lines[n].Line)
		}
	}
	return j
}

// shortLine is the beginning of a long line, in whole characters.
func shortLine(line string) string {
	const more = " …"
	line = strings.ToValidUTF8(line, "\uFFFD")
	if len(line) <= keptBytes {
		return line
	}
	end := keptBytes - len(more)
	for end > 0 && !utf8.RuneStart(line[end]) {
		end--
	}
	return line[:end] + more
}
