package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// askBudget asks whether the change is small.
func (l *scopeLook) askBudget() {
	const apart = "Tests, documents, lock files and what a program wrote are not counted."
	if most := l.policy.Files; most > 0 && l.code > most {
		l.find(ScopeFinding{
			Rule: FilesBudget, Says: fmt.Sprintf("%s changed; a minimal fix has at most %d", count(l.code, "file"), most),
			Why: "The more files, the more can break that nobody looks at. Split it: only what ends the incident goes out now. " + apart,
		}, fmt.Sprint(step(l.code, most)))
	}
	if most := l.policy.Lines; most > 0 && l.counted > most {
		l.find(ScopeFinding{
			Rule: LinesBudget, Says: fmt.Sprintf("%s changed; a minimal fix has at most %d", count(l.counted, "line"), most),
			Why: "Under pressure nobody reads so much with care. Take out what can wait. " + apart,
		}, fmt.Sprint(step(l.counted, most)))
	}
}

// step counts halves of a budget, rounded up: who accepted a size is asked again
// when it has grown by half a budget, not with each line.
func step(n, most int) int { return (2*n + most - 1) / most }

// askCommits asks what the messages say, and what came in besides.
func (l *scopeLook) askCommits() {
	var merges []ScopeLine
	for _, c := range l.delta.Commits {
		if c.Parents > 1 {
			merges = append(merges, ScopeLine{Line: " " + ShortCommit(c.ID) + " " + c.Subject})
			continue
		}
		if said, line := l.creep(c); said != "" {
			l.find(ScopeFinding{
				Rule: WordsRule, Says: fmt.Sprintf("The message of a commit says “%s”", said), Commit: c.ID, Lines: []ScopeLine{{Line: " " + line}},
				Why: "That is how a hotfix grows. Fix only the issue, and make a ticket of the rest.",
			}, line)
		}
	}
	if merges != nil {
		l.find(ScopeFinding{
			Rule: MergeRule, Says: fmt.Sprintf("%s in the fix", count(len(merges), "merge")), Lines: merges,
			Why: "Another branch goes out with the fix. Put the fix alone on what runs in production.",
		})
	}
	l.askComments()
	l.askUnrelated()
}

// creep is the word of the playbook's list that a message has, with its line.
// Short ones count where a clause begins: "rename x", "fix y, also tidy z". In
// the middle of a sentence they are often about something else.
func (l *scopeLook) creep(c CommitFact) (said, line string) {
	if strings.HasPrefix(c.Subject, `Revert "`) {
		return "", ""
	}
	lines := append([]string{c.Subject}, strings.Split(c.Body, "\n")...)
	for _, line := range lines {
		text := unquotedText(plain(line))
		for _, phrase := range l.policy.Words {
			phrase = strings.TrimSpace(plain(phrase))
			if phrase != "" && saysPhrase(text, phrase, len(strings.Fields(phrase)) < 3 && !strings.Contains(phrase, "-")) {
				return phrase, strings.TrimSpace(line)
			}
		}
	}
	return "", ""
}

// plain is a text in small letters with plain apostrophes.
func plain(text string) string {
	return strings.ToLower(strings.ReplaceAll(text, "’", "'"))
}

// unquotedText is a text without what stands in quotes in it: those words are
// somebody else's, or names. An apostrophe inside a word is no quote.
func unquotedText(text string) string {
	pairs := strings.NewReplacer("“", `"`, "”", `"`, "‘", "`", "`", "`")
	text = pairs.Replace(text)
	for _, mark := range []string{`"`, "`"} {
		parts := strings.Split(text, mark)
		if len(parts) < 3 {
			continue
		}
		kept := parts[:0:0]
		for i, part := range parts {
			if i%2 == 0 || i == len(parts)-1 {
				kept = append(kept, part)
			}
		}
		text = strings.Join(kept, " x ")
	}
	return text
}

// saysPhrase finds a phrase between word borders. A verb may be bent: renamed,
// renaming. One that is denied does not count: "no refactoring".
func saysPhrase(text, phrase string, clause bool) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], phrase)
		if at < 0 {
			stem, bent := strings.CutSuffix(phrase, "e")
			return bent && clause && strings.Contains(text, stem+"ing") && saysPhrase(text, stem+"ing", clause)
		}
		at += from
		end := at + len(phrase)
		for end < len(text) && isWord(text[end]) {
			end++
		}
		bent := text[at+len(phrase) : end]
		ends := bent == "" || slices.Contains([]string{"s", "d", "ed", "ing", "es", "ted", "ting"}, bent)
		if clause && inList(bent, text[:at], text[end:]) {
			ends = false
		}
		if ends && (at == 0 || !isWord(text[at-1])) && !denied(text[:at]) && (!clause || beginsClause(text[:at])) && !(phrase == "also" && goesOn(text[end:])) {
			return true
		}
		from = at + 1
	}
}

// inList says whether a bent verb is one of several things that are listed:
// "other names, reformatting, moved blocks".
func inList(bent, before, after string) bool {
	return strings.HasSuffix(bent, "ing") && strings.HasSuffix(strings.TrimRight(before, " "), ",") && strings.HasPrefix(after, ",")
}

// beginsClause says whether a word behind this text begins a clause.
func beginsClause(before string) bool {
	before = strings.TrimRight(before, " \t")
	if before == "" || strings.ContainsRune(",;:.+&*-(/", rune(before[len(before)-1])) {
		return true
	}
	word := before[strings.LastIndexAny(before, " \t")+1:]
	return slices.Contains([]string{"and", "also", "then", "plus", "some", "small", "minor", "little", "light", "more", "other", "let's", "i", "we"}, word)
}

// goesOn says whether "also" is followed by what only adds to the sentence before
// it: "reads messages, also at times that no clock shows".
func goesOn(after string) bool {
	next, _, _ := strings.Cut(strings.TrimLeft(after, " ,"), " ")
	return next == "" || slices.Contains([]string{
		"at", "in", "on", "for", "when", "where", "with", "if", "as", "of", "to", "by", "from", "after", "before", "because", "while", "without", "under", "over",
		"during", "through", "the", "a", "an", "those", "that", "what", "its", "their", "not", "known", "called", "one",
	}, next)
}

// denied says whether the last words before a phrase take it back, or put it off.
func denied(before string) bool {
	words := strings.FieldsFunc(before, func(r rune) bool { return r == ' ' || r == ',' || r == ':' || r == '(' })
	for _, w := range words[max(0, len(words)-3):] {
		switch w {
		case "no", "not", "without", "never", "don't", "doesn't", "avoid", "avoids", "instead", "ticket", "later", "nor":
			return true
		}
	}
	return false
}

// askComments looks for the long phrases in comments that were added: nobody
// writes "while we're here" by chance.
func (l *scopeLook) askComments() {
	var phrases []string
	for _, phrase := range l.policy.Words {
		if phrase = strings.TrimSpace(plain(phrase)); len(strings.Fields(phrase)) > 1 && strings.Contains(phrase, "while") {
			phrases = append(phrases, phrase)
		}
	}
	if phrases == nil {
		return
	}
	l.eachGroup(func(f *scopeFile, g *changeGroup) {
		if f.class != codeFile && f.class != testFile {
			return
		}
		for n, line := range g.added {
			if !strings.Contains(line.Text, "hile ") {
				continue
			}
			text := unquotedText(plain(f.style.commentIn(line.Text)))
			for _, phrase := range phrases {
				if saysPhrase(text, phrase, false) {
					l.find(ScopeFinding{
						Rule: WordsRule, Path: f.Path, Says: fmt.Sprintf("A comment says “%s”", phrase), Lines: []ScopeLine{{Line: "+" + line.Text, New: g.new + n}},
						Why: "That is how a hotfix grows. Fix only the issue, and make a ticket of the rest.",
					})
					break
				}
			}
		}
	})
}

// commentIn is the comment on a line, with the sign that it begins with; "" where
// there is none. What stands in quotes is none. An apostrophe begins no quotes here:
// one in a comment ends nowhere.
func (s style) commentIn(line string) string {
	for i := 0; i < len(line); i++ {
		for _, mark := range s.comment {
			if strings.HasPrefix(line[i:], mark) {
				return line[i:]
			}
		}
		if c := line[i]; c == '"' || c == '`' {
			i = quotedEnd(line, i) - 1
		}
	}
	return ""
}

// askLoose asks about changes that are not committed: what goes out is a commit.
func (l *scopeLook) askLoose() {
	var lines []ScopeLine
	for i := range l.files {
		if l.files[i].Loose {
			lines = append(lines, ScopeLine{Line: " " + ShownPath(l.files[i].Path)})
		}
	}
	if lines == nil {
		return
	}
	l.find(ScopeFinding{
		Rule: LooseRule, Says: count(len(lines), "file") + " with changes that are not committed", Lines: lines,
		Why: "What goes out is a commit, so these changes would stay behind, or were tested without being in it. Commit them, or put them aside.",
	})
}
