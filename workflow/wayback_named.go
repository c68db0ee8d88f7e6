package workflow

import (
	"slices"
	"strings"
)

// Mentions is what a text names of a repository's history. It says nothing
// about whether any of it exists.
type Mentions struct {
	Commits  []string // what looks like a commit's id
	Pulls    []string // numbers of pull requests: "423"
	Versions []string // what looks like a version: "v1.2.3"
}

// Mentioned reads the words that people wrote about the cause: the root cause
// first, because whoever wrote it knew most.
func (in Incident) Mentioned() Mentions {
	var m Mentions
	for _, text := range []string{in.Fix.RootCause.Get(), in.Assessment(Hypothesis), in.Fix.Problem.Get(), in.Assessment(Symptoms), in.Triage.Title.Get()} {
		m.read(text)
	}
	return m
}

// read looks at a text word by word.
func (m *Mentions) read(text string) {
	before := ""
	for _, word := range strings.FieldsFunc(text, partsWords) {
		plain := strings.Trim(word, ".:/-")
		switch {
		case looksLikePull(plain):
			addNew(&m.Pulls, plain[strings.LastIndexByte(plain, '#')+1:])
		case looksLikeCommit(plain, strings.EqualFold(before, "commit")):
			addNew(&m.Commits, strings.ToLower(plain))
		case looksLikeVersion(plain):
			addNew(&m.Versions, plain)
		}
		before = plain
	}
}

func addNew(to *[]string, word string) {
	const most = 8 // of each: a long text that lists releases is no hint
	if len(*to) < most && !slices.Contains(*to, word) {
		*to = append(*to, word)
	}
}

func partsWords(r rune) bool {
	return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("._-+#/", r))
}

// looksLikePull says whether a word is the number of a pull request: "#423".
func looksLikePull(word string) bool {
	at := strings.LastIndexByte(word, '#')
	return at >= 0 && len(word) > at+1 && len(word) <= at+8 && onlyDigits(word[at+1:])
}

// looksLikeCommit asks for a digit, so that "defaced" is a word; one that is
// called a commit may be shorter.
func looksLikeCommit(word string, called bool) bool {
	least := shortest
	if called {
		least = 6
	}
	return len(word) >= least && isCommitID(word) && strings.ContainsAny(word, "0123456789") &&
		(called || len(word) == 40 || strings.ContainsAny(strings.ToLower(word), "abcdef"))
}

// looksLikeVersion asks for a point between digits: "v1.2.3", "release-2.0".
func looksLikeVersion(word string) bool {
	if len(word) > 60 || strings.ContainsAny(word, "#") {
		return false
	}
	digits := false
	for i := 1; i+1 < len(word); i++ {
		digits = digits || word[i] == '.' && isDigit(rune(word[i-1])) && isDigit(rune(word[i+1]))
	}
	return digits
}

func onlyDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
