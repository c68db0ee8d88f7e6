package workflow_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// deltaOf reads a unified diff as a test writes it down: files begin with
// "file PATH [status] [from PATH]", hunks with "@@ -1 +1 @@", lines with their sign.
func deltaOf(t testing.TB, diff string, commits ...workflow.CommitFact) workflow.Delta {
	t.Helper()
	d := workflow.Delta{Base: strings.Repeat("a", 40), Tip: strings.Repeat("b", 40), Commits: commits}
	for line := range strings.SplitSeq(strings.Trim(diff, "\n"), "\n") {
		if head, is := strings.CutPrefix(line, "file "); is {
			words := strings.Fields(head)
			f := workflow.FileDelta{Path: words[0], Status: workflow.FileModified, OldMode: "100644", NewMode: "100644"}
			for i := 1; i < len(words); i++ {
				switch words[i] {
				case "from":
					i++
					f.Status, f.From = workflow.FileRenamed, words[i]
				case "binary":
					f.Binary = true
				case "nested":
					f.Nested = true
				case "loose":
					f.Loose, d.Loose = true, true
				case "executable":
					f.NewMode = "100755"
				case "cut":
					f.Cut = true
				default:
					f.Status = workflow.FileStatus(words[i])
				}
			}
			d.Files = append(d.Files, f)
			continue
		}
		require.NotEmpty(t, d.Files, "a line before the first file: %q", line)
		f := &d.Files[len(d.Files)-1]
		if rest, is := strings.CutPrefix(line, "@@ -"); is || len(f.Hunks) == 0 {
			h := workflow.Hunk{OldFrom: 1, NewFrom: 1}
			if is {
				old, now, _ := strings.Cut(strings.TrimSuffix(rest, " @@"), " +")
				h.OldFrom, _ = strconv.Atoi(old)
				h.NewFrom, _ = strconv.Atoi(now)
			}
			f.Hunks = append(f.Hunks, h)
			if is {
				continue
			}
		}
		h := &f.Hunks[len(f.Hunks)-1]
		if line == "" {
			line = " "
		}
		one := workflow.DiffLine{Change: workflow.LineChange(line[0]), Text: strings.ReplaceAll(line[1:], "␍", "\r")}
		require.Contains(t, " +-", line[:1], "%q", line)
		switch one.Change {
		case workflow.LineAdded:
			f.Added++
			h.NewLines++
		case workflow.LineRemoved:
			f.Removed++
			h.OldLines++
		default:
			h.OldLines, h.NewLines = h.OldLines+1, h.NewLines+1
		}
		h.Lines = append(h.Lines, one)
	}
	return d
}

// commit is a commit with a message.
func commit(message string, paths ...string) workflow.CommitFact {
	subject, body, _ := strings.Cut(message, "\n")
	return workflow.CommitFact{ID: strings.Repeat("c", 40-len(paths)) + strings.Repeat("d", len(paths)), Author: "Bob", Subject: subject, Body: strings.TrimSpace(body), Parents: 1, Paths: paths}
}

// found are the findings as "rule path: what", remarks with a ~ in front.
func found(j workflow.ScopeJudgement) []string {
	out := []string{}
	for _, f := range j.Findings {
		line := string(f.Rule)
		if f.Path != "" {
			line += " " + f.Path
		}
		if f.Mild {
			line = "~" + line
		}
		out = append(out, line+": "+f.Says)
	}
	return out
}
