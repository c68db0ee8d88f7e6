package workflow

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// judgeScope asks every rule about a change. About are the incident's own words,
// which tell a commit that belongs to it from one that does not.
func judgeScope(p Playbook, d Delta, declared DeclaredScope, about []string) ScopeJudgement {
	j := ScopeJudgement{Base: d.Base, Tip: d.Tip, Files: len(d.Files), Loose: d.Loose}
	j.Added, j.Removed = d.Lines()
	for _, c := range slices.Backward(d.Commits) {
		if c.Author != "" && !slices.Contains(j.Authors, c.Author) {
			j.Authors = append(j.Authors, c.Author)
		}
	}
	return j
}

// What is kept of a finding on record.
const (
	keptFindings = 60
	keptLines    = 12  // of each
	keptBytes    = 240 // of a line
)

// short is the judgement as it goes into the log: long excerpts are cut.
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
	line = strings.ToValidUTF8(line, "\uFFFD")
	if len(line) <= keptBytes {
		return line
	}
	end := keptBytes
	for end > 0 && !utf8.RuneStart(line[end]) {
		end--
	}
	return line[:end] + " …"
}
