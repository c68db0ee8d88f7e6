package intake

import (
	"strings"

	"firebreak/workflow"
)

// noTimes is why a line of git log --oneline is no entry.
const noTimes = "git log --oneline tells no times; use git log"

// isGitLog says whether a text is what git log, git tag or git for-each-ref
// prints.
func isGitLog(lines []string) bool {
	commits, refs, filled := 0, 0, 0
	for _, text := range lines {
		text = strings.TrimLeft(text, " *|/\\")
		if text == "" {
			continue
		}
		filled++
		first, _, _ := strings.Cut(text, " ")
		first, _, _ = strings.Cut(first, "\t")
		first, _, _ = strings.Cut(first, "|")
		switch {
		case strings.HasPrefix(text, "commit ") && isHash(strings.Fields(text)[1:]):
			commits++
		case isHash([]string{first}), strings.HasPrefix(first, "refs/"), isVersion(first):
			if _, _, ok := stampWithin(text, manner{}); ok || strings.Contains(text, "\trefs/") {
				refs++
			}
		}
	}
	return commits > 0 || refs > 0 && refs*2 > filled || isOneline(lines)
}

// isOneline says whether a text is what git log --oneline prints: the short
// names of commits and what they are about, and no times. A date in the words
// of some is not theirs.
func isOneline(lines []string) bool {
	commits, mixed, dated, filled := 0, 0, 0, 0
	for _, text := range lines {
		text = strings.TrimLeft(text, " *|/\\_")
		if text == "" {
			continue
		}
		filled++
		name, about, _ := strings.Cut(text, " ")
		if len(name) < 7 || len(name) > 40 || strings.Trim(name, "0123456789abcdef") != "" || about == "" {
			continue
		}
		if commits++; strings.ContainsAny(name, "abcdef") && strings.ContainsAny(name, "0123456789") {
			mixed++
		}
		if _, _, ok := stampWithin(about, manner{}); ok {
			dated++
		}
	}
	return mixed > 0 && mixed*2 > filled && commits*4 >= filled*3 && dated*2 <= commits
}

// isHash says whether the first of some words is the name of a commit.
func isHash(words []string) bool {
	if len(words) == 0 || len(words[0]) < 7 || len(words[0]) > 64 {
		return false
	}
	word, figures := words[0], false
	for i := 0; i < len(word); i++ {
		c := word[i]
		if !isDigit(c) && (c < 'a' || c > 'f') {
			return false
		}
		figures = figures || isDigit(c)
	}
	return figures || len(word) == 40
}

// isVersion knows tags by their look: v1.2.3, release-2024.11, 1.4.0-rc1.
func isVersion(word string) bool {
	figures := strings.TrimLeft(strings.TrimPrefix(word, "refs/tags/"), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_/")
	return figures != "" && isDigit(figures[0]) && strings.Contains(figures, ".") && !strings.Contains(word, ":") && len(word) < 60
}

// stampWithin finds the first stamp with a date in a line, at the beginning of
// one of its first words.
func stampWithin(text string, how manner) (h head, from int, ok bool) {
	how.dayAlone = true
	words := 0
	for i := 0; i < len(text) && i < 300 && words < 16; i++ {
		if i > 0 && strings.IndexByte(" \t|,;([<\"'", text[i-1]) < 0 {
			continue
		}
		words++
		if h, ok := readHead(text[i:], how); ok && (h.mark.day.kind == wholeDay || h.mark.day.kind == yearlessDay) && !h.said {
			return h, i, true
		}
	}
	return head{}, 0, false
}

// readGit reads what git prints about commits, tags and refs.
func (d *document) readGit(text string) {
	raws := splitLines(text)
	d.lines = plainLines(raws)
	d.git = true
	oneline := isOneline(raws)
	for i := 0; i < len(raws); i++ {
		body := strings.TrimLeft(raws[i], " *|/\\_")
		switch {
		case strings.TrimSpace(body) == "":
			d.frame(i)
		case oneline:
			d.leave(i, noTimes)
		case strings.HasPrefix(body, "commit ") && isHash(strings.Fields(body)[1:]):
			i = d.commit(i, raws)
		default:
			d.refLine(i, raws[i])
		}
	}
}

// commit reads one commit of git log in its longer forms, and gives its last
// line.
func (d *document) commit(i int, raws []string) int {
	e := &draft{line: i + 1, kind: workflow.ActionEntry}
	fields := strings.Fields(strings.TrimLeft(raws[i], " *|/\\_"))
	about := fields[1][:min(10, len(fields[1]))]
	if names := strings.Trim(strings.Join(fields[2:], " "), "()"); names != "" {
		about += "; " + names
	}
	d.spend(i)
	author, headers := "", true
	var written string
	for i++; i < len(raws); i++ {
		bare := strings.TrimLeft(raws[i], "*|/\\_ ")
		if strings.HasPrefix(bare, "commit ") && isHash(strings.Fields(bare)[1:]) && indentOf(raws[i]) < 4 {
			break
		}
		key, rest, found := strings.Cut(bare, ":")
		switch rest = strings.TrimSpace(rest); {
		case strings.TrimSpace(bare) == "":
			headers = headers && e.mark.typed == ""
			if !headers && len(e.lines) > 0 {
				e.lines = append(e.lines, "")
			}
		case headers && found && (key == "Author" || key == "Tagger"):
			author = rest
		case headers && found && key == "Commit" && author == "":
			author = rest
		case headers && found && (key == "Date" || key == "CommitDate" || key == "TaggerDate"):
			d.gitDate(e, rest, i+1)
		case headers && found && key == "AuthorDate":
			written = rest
			d.gitDate(e, rest, i+1)
		case headers && found && key == "Commit":
			if rest != author {
				about += "; committed by " + rest
			}
		case headers && found && key == "Merge":
			about += "; merge of " + rest
		case headers && found && key == "Reflog":
			about += "; " + rest
		case indentOf(raws[i]) >= 4 || headers:
			headers = false
			e.lines = append(e.lines, strings.TrimRight(bare, " \t"))
		default:
			d.leave(i, "is not part of a message")
		}
		d.spend(i)
	}
	if written != "" && e.mark.typed != written {
		e.notes = append(e.notes, "It was written at "+written+"; the time is that of the commit.")
	}
	d.gitDone(e, author, about)
	return i - 1
}

func indentOf(text string) int {
	return len(text) - len(strings.TrimLeft(text, " *|/\\_"))
}

// gitDate reads the date of a commit in any of git's forms.
func (d *document) gitDate(e *draft, text string, line int) {
	e.line = line
	fields := strings.Fields(text)
	if len(fields) > 0 {
		if t, ok := sinceEpoch(fields[0]); ok { // --date=raw
			e.at(t, fields[0])
			return
		}
	}
	h, ok := readHead(text, d.cellManner())
	if !ok || h.text != "" {
		e.mark = mark{typed: text, unknown: true}
		return
	}
	e.mark = h.mark
}

// gitDone puts a commit among the entries.
func (d *document) gitDone(e *draft, author, about string) {
	e.who, _, _ = strings.Cut(author, " <")
	for len(e.lines) > 0 && e.lines[len(e.lines)-1] == "" {
		e.lines = e.lines[:len(e.lines)-1]
	}
	if len(e.lines) == 0 {
		e.lines = []string{"commit"}
	}
	e.lines[0] += " (" + about + ")"
	if e.mark.typed == "" {
		e.mark = mark{unknown: true}
	}
	d.drafts = append(d.drafts, e)
}

// refLine reads one line of git log --oneline with a date, of git tag and of
// git for-each-ref.
func (d *document) refLine(i int, raw string) {
	text := strings.TrimLeft(raw, " *|/\\_")
	h, from, ok := stampWithin(text, manner{zones: d.zones})
	if !ok {
		why := "names no date"
		if fields := strings.Fields(text); len(fields) > 0 && isHash(fields) {
			why = noTimes
		}
		d.leave(i, why)
		return
	}
	d.spend(i)
	before := strings.Trim(text[:from], " \t|,;-<\"'")
	if strings.Count(before, "(") > strings.Count(before, ")") {
		before = strings.TrimRight(strings.TrimSuffix(before, "("), " ")
	}
	after := strings.Trim(strings.TrimLeft(h.wrap+h.text, ")]>\"'"), " \t|,;\"")
	e := &draft{line: i + 1, mark: h.mark, kind: workflow.ActionEntry}
	if e.mark.typed == "" {
		return
	}
	for _, sign := range []string{"|", "\t"} {
		if name, rest, found := strings.Cut(after, sign); found && isName(name) && startsUpper(name) && len(strings.Fields(name)) < 4 {
			e.who, after = strings.TrimSpace(name), strings.Trim(rest, " \t|")
			break
		}
	}
	first, rest, _ := strings.Cut(before, " ")
	switch {
	case !isHash([]string{first}) || before == "":
		e.lines = []string{strings.TrimSpace(before + " " + after)}
	default:
		about := first[:min(10, len(first))]
		if names, message, found := cutBrackets(strings.TrimSpace(rest)); found {
			about, rest = about+"; "+names, message
		}
		e.lines = []string{strings.TrimSpace(strings.TrimSpace(rest)+" "+after) + " (" + about + ")"}
	}
	d.drafts = append(d.drafts, e)
}

// cutBrackets takes "(HEAD -> main, tag: v1.2)" off the front of a text.
func cutBrackets(text string) (inner, rest string, found bool) {
	if !strings.HasPrefix(text, "(") {
		return "", text, false
	}
	inner, rest, found = strings.Cut(text[1:], ")")
	return inner, strings.TrimSpace(rest), found
}
