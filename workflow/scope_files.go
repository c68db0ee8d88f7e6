package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// askFile asks the rules that look at one file alone.
func (l *scopeLook) askFile(f *scopeFile) {
	l.askPlace(f)
	l.askKind(f)
	l.askForm(f)
	l.askRemains(f)
}

// askPlace asks where the file lies, and what it is called.
func (l *scopeLook) askPlace(f *scopeFile) {
	if f.Status == FileUnmerged {
		l.find(ScopeFinding{Rule: UnmergedRule, Path: f.Path, Says: "Holds a conflict that is not settled", Why: "It cannot be built like this. Settle the conflict and commit."})
	}
	outside := len(l.declared.Paths) > 0 && !l.classes.within(f.Path) && f.class != testFile && f.class != documentFile
	if outside {
		l.find(ScopeFinding{
			Rule: OutsideScope, Path: f.Path, Says: "Outside the declared scope", Lines: f.lines(),
			Why: "The fix was declared to touch only " + listed(l.declared.Paths, "and") + ". Take it out, or say why it belongs in.",
		})
	}
	if f.Status != FileRenamed || f.class == generatedFile {
		return
	}
	says := "Renamed from " + ShownPath(f.From)
	if f.Added+f.Removed > 0 {
		says += fmt.Sprintf(", with %s changed", count(f.Added+f.Removed, "line"))
	}
	l.find(ScopeFinding{
		Rule: RenameRule, Path: f.Path, Says: says, Mild: f.class == testFile || f.class == documentFile,
		Lines: []ScopeLine{{Line: "-" + ShownPath(f.From)}, {Line: "+" + ShownPath(f.Path)}},
		Why:   "A file under another name hides what was changed in it, and is hard to take back. Leave it for later.",
	})
}

// askKind asks what the file is.
func (l *scopeLook) askKind(f *scopeFile) {
	switch f.class {
	case migrationFile:
		l.find(ScopeFinding{
			Rule: MigrationRule, Path: f.Path, Says: "A data migration", Lines: f.lines(),
			Why: "Once it has run, the version before may not work with the data: there is no simple way back. Be sure that it can be taken back.",
		})
	case schemaFile:
		l.find(ScopeFinding{
			Rule: SchemaRule, Path: f.Path, Says: "A schema changes", Lines: f.lines(),
			Why: "Others read by this schema. Make sure that both versions work with it while the fix goes out.",
		})
	case configurationFile:
		l.find(ScopeFinding{
			Rule: ConfigurationRule, Path: f.Path, Says: "Configuration changes", Lines: f.lines(),
			Why: "It works everywhere at once and is seldom tested. Make sure that it belongs to this fix.",
		})
	case generatedFile:
		if f.Status != FileDeleted {
			l.find(ScopeFinding{
				Rule: GeneratedRule, Path: f.Path, Says: "Written by a program", Mild: true,
				Why: "Look at what it was made from, and make it again from that alone.",
			}, f.print()...)
		}
	}
	switch {
	case f.Nested:
		l.find(ScopeFinding{
			Rule: SubmoduleRule, Path: f.Path, Says: "Another commit of a submodule", Lines: plainLines(f.FileDelta),
			Why: "Everything between its two commits comes with it. Look at that as well.",
		})
	case f.Status == FileRetyped:
		l.find(ScopeFinding{Rule: ModeRule, Path: f.Path, Says: "Became something else: a file, a link or a submodule", Why: "That is seldom meant. Look at it once more."}, f.OldMode, f.NewMode)
	case f.Binary && f.class != generatedFile && f.Status != FileDeleted:
		l.find(ScopeFinding{
			Rule: BinaryRule, Path: f.Path, Says: "A binary file", Mild: f.class == testFile || f.class == documentFile,
			Why: "Nobody can read what changed in it. Make sure that the fix needs it.",
		}, f.print()...)
	case f.OldMode != f.NewMode && (f.Status == FileModified || f.Status == FileRenamed):
		l.find(ScopeFinding{
			Rule: ModeRule, Path: f.Path, Says: fmt.Sprintf("The mode changes from %s to %s", f.OldMode, f.NewMode), Mild: f.class == testFile || f.class == documentFile,
			Why: "Who may run a file is no part of most fixes, and some editors change it unasked.",
		}, f.OldMode, f.NewMode)
	}
}

// print tells apart two versions of a file of which the lines are not read.
func (f *scopeFile) print() []string {
	return []string{string(f.Status), fmt.Sprint(f.Added, f.Removed)}
}

// plainLines are the changed lines of a file whose hunks are not taken apart.
func plainLines(f *FileDelta) []ScopeLine {
	var out []ScopeLine
	for _, h := range f.Hunks {
		for _, line := range h.Lines {
			if line.Change != LineKept {
				out = append(out, ScopeLine{Line: string(rune(line.Change)) + line.Text})
			}
		}
	}
	return out
}

// fewLines is up to how many lines of changed blanks beside real changes are a remark.
const fewLines = 3

// askForm asks for changes that change nothing but how it looks.
func (l *scopeLook) askForm(f *scopeFile) {
	if f.class == documentFile {
		return
	}
	var lines [movedChange + 1]int
	for i := range f.groups {
		g := &f.groups[i]
		lines[g.kind] += len(g.removed) + len(g.added)
	}
	genuine := lines[realChange]+lines[movedChange] > 0
	spaces := []groupKind{spaceChange, blankChange}
	if !genuine { // beside a change, what is lined up anew follows from it
		lines[spaceChange] += lines[alignChange]
		spaces = append(spaces, alignChange)
	}
	if n := lines[lineEndChange]; n > 0 {
		l.find(ScopeFinding{
			Rule: WhitespaceRule, Path: f.Path, Says: fmt.Sprintf("Only the line ends of %s changed", count(n/2, "line")), Lines: f.lines(lineEndChange),
			Why: "An editor did that. It hides the fix among lines that did not change; take it back.",
		})
	}
	if n := lines[spaceChange]; n > 0 || lines[blankChange] > fewLines {
		n += lines[blankChange]
		l.find(ScopeFinding{
			Rule: WhitespaceRule, Path: f.Path, Says: "Only blanks changed in " + count(n, "line"), Mild: n <= fewLines && genuine || f.class == testFile, Lines: f.lines(spaces...),
			Why: "Whoever reads the fix has to look for it among them. Take them back.",
		})
	}
	if n := lines[formChange]; n > 0 {
		l.find(ScopeFinding{
			Rule: ReformattingRule, Path: f.Path, Says: "The same code, written otherwise, in " + count(n, "line"), Mild: n <= fewLines && genuine || f.class == testFile, Lines: f.lines(formChange),
			Why: "Reformatting hides the fix and makes it hard to take back. Leave it for later.",
		})
	}
	if n := lines[orderChange]; n > 0 {
		l.find(ScopeFinding{
			Rule: ReformattingRule, Path: f.Path, Says: "Imports in another order", Mild: genuine, Lines: f.lines(orderChange),
			Why: "The order changes nothing that is broken. Take it back.",
		})
	}
}

// askMoved asks about blocks that only stand elsewhere now.
func (l *scopeLook) askMoved() {
	type way struct{ from, to string }
	lines := map[way][]ScopeLine{}
	size := map[way]int{}
	var order []way
	for _, m := range l.moved {
		if m.from.class == documentFile || m.to.class == documentFile {
			continue
		}
		w := way{m.from.Path, m.to.Path}
		if size[w] == 0 {
			order = append(order, w)
		}
		size[w] += len(m.removed)
		for i, line := range m.removed {
			lines[w] = append(lines[w], ScopeLine{Line: "-" + line.Text, Old: m.old + i})
		}
	}
	for _, w := range order {
		says := fmt.Sprintf("%s moved to another place", count(size[w], "line"))
		if w.from != w.to {
			says = fmt.Sprintf("%s moved to %s", count(size[w], "line"), ShownPath(w.to))
		}
		l.find(ScopeFinding{
			Rule: MovedRule, Path: w.from, Says: says, Lines: lines[w], Mild: l.classes.of(w.from) == testFile,
			Why: "What only moves is no fix, and whoever reads it has to compare both places. Leave it where it was.",
		})
	}
}

func (l *scopeLook) eachGroup(visit func(*scopeFile, *changeGroup)) {
	for i := range l.files {
		for g := range l.files[i].groups {
			visit(&l.files[i], &l.files[i].groups[g])
		}
	}
}

// remains are what people write only to look, by what the line holds.
var remains = []struct{ text, only string }{
	{"console.log(", ""},
	{"console.debug(", ""},
	{"debugger;", ""},
	{"binding.pry", ".rb"},
	{"byebug", ".rb"},
	{"var_dump(", ".php"},
	{"dbg!(", ".rs"},
	{"breakpoint()", ".py"},
	{"pdb.set_trace(", ".py"},
	{"spew.Dump(", ".go"},
	{`Println("here`, ""},
	{`Printf("here`, ""},
	{`Println("DEBUG`, ""},
	{`print("here`, ""},
	{`print("DEBUG`, ""},
}

// askRemains asks about what was only for looking, and what was put off.
func (l *scopeLook) askRemains(f *scopeFile) {
	if f.class != codeFile {
		return
	}
	var seen []ScopeLine
	for i := range f.groups {
		g := &f.groups[i]
		if g.kind != realChange {
			continue
		}
		for n, line := range g.added {
			if remain := f.remainIn(line.Text); remain != "" && !slices.ContainsFunc(g.removed, func(was DiffLine) bool { return strings.Contains(was.Text, remain) }) {
				seen = append(seen, ScopeLine{Line: "+" + line.Text, New: g.new + n})
			}
		}
	}
	if seen != nil {
		l.find(ScopeFinding{
			Rule: DebugRule, Path: f.Path, Says: "Something that was only for looking, or is put off", Lines: seen, Mild: true,
			Why: "Take it out before the fix goes out, or make a ticket of it.",
		})
	}
}

// remainIn is what a line has that was only for looking, or in a comment what is
// put off. A new file may be made to print.
func (f *scopeFile) remainIn(line string) string {
	for _, mark := range []string{"TODO", "FIXME", "XXX"} {
		if !strings.Contains(line, mark) {
			continue
		}
		said := f.style.commentIn(line)
		if i := strings.Index(said, mark); i > 0 && !isWord(said[i-1]) && (i+len(mark) == len(said) || !isWord(said[i+len(mark)])) {
			return mark
		}
	}
	if f.Status == FileAdded || !strings.ContainsAny(line, "(;.y") {
		return ""
	}
	for _, r := range remains {
		if strings.Contains(line, r.text) && (r.only == "" || strings.HasSuffix(f.Path, r.only)) {
			return r.text
		}
	}
	return ""
}

// listed are words in a sentence: "a, b and c".
func listed(words []string, last string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
	}
	return strings.Join(words, "")
}
