package weave_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// tracked is an increment that others wrote and that trackers know.
func tracked(t testing.TB) map[string]string {
	t.Helper()
	disk := map[string]string{}
	for _, name := range []string{"metadata.json", "spec.md", "tasks.md", "plan.md"} {
		content, err := os.ReadFile(filepath.Join("testdata", "tracked", name))
		require.NoError(t, err)
		disk[name] = string(content)
	}
	return disk
}

func tracking(t testing.TB, disk map[string]string) *loom {
	l := linkedLoom(t, disk, workflow.LinkedTask{ID: "T-001", Title: "Find the bad release", Done: true}, workflow.LinkedTask{ID: "T-002", Title: "Put the pattern back"})
	l.place.External = true
	return l
}

func TestLinkingWritesOnlyTheTieAndWhatTheIncrementLacks(t *testing.T) {
	t.Parallel()
	disk := tracked(t)
	l := tracking(t, disk)
	assert.Equal(t, []workflow.Part{workflow.FixPart}, l.asks(), "both have a fix")
	for _, d := range l.weaving().Differences() {
		if d.Part == workflow.FixPart {
			assert.Equal(t, "Put the pattern back.\n\n<!-- synced with the tracker -->", d.Theirs, "the story below it is no part of it")
		}
	}
	assert.Equal(t, disk["tasks.md"], l.disk["tasks.md"])
	assert.Equal(t, disk["plan.md"], l.disk["plan.md"])
	for _, line := range changed(disk["metadata.json"], l.disk["metadata.json"]) {
		assert.NotContains(t, line, "12345678901234567890")
		assert.Regexp(t, `hotfixWorkflow|schema|incidentId|severity|detectedAt|record|lastActivity|^[+-]  }$|^[+-]  },$|^[+-]    "nul`, line)
	}
	assert.Contains(t, l.disk["metadata.json"], `"big": 12345678901234567890,`)
	assert.Contains(t, l.disk["spec.md"], "## Root Cause (Hypothesis)\n\nRecent deploy broke it\n")
	assert.Contains(t, l.disk["spec.md"], "# a comment of the team\n", "the front matter keeps its comments")
	assert.Equal(t, "Users of the shop cannot log in.", problemOf(l.disk["spec.md"]), "theirs, until somebody decides")
}

// asks looks and lists the questions but the one about the problem.
func (l *loom) asks() []workflow.Part {
	l.look()
	var out []workflow.Part
	for _, p := range l.questions() {
		if p != workflow.ProblemPart {
			out = append(out, p)
		}
	}
	return out
}

func problemOf(spec string) string {
	_, rest, _ := strings.Cut(spec, "## Problem\n\n")
	text, _, _ := strings.Cut(rest, "\n\n## ")
	return strings.TrimSpace(text)
}

func TestEveryEditOfATrackedIncrementTouchesTheIntendedLinesAlone(t *testing.T) {
	t.Parallel()
	for _, ends := range []string{"\n", "\r\n"} {
		disk := tracked(t)
		for name := range disk {
			disk[name] = strings.ReplaceAll(disk[name], "\n", ends)
		}
		l := tracking(t, disk)
		l.look()
		l.answer(workflow.KeepTheirs)
		l.look()
		before := maps.Clone(l.disk)

		l.do(workflow.MarkTask{ID: "T-002", Done: true})
		l.look()
		assert.Equal(t, []string{"-**Status**: [ ] pending", "+**Status**: [x] completed", "+**Completed At**: 2024-11-25T14:41:00Z"}, changed(before["tasks.md"], l.disk["tasks.md"]))
		assert.Equal(t, []string{"-- [ ] **AC-US1-02**: Tokens with a dash are accepted", "+- [x] **AC-US1-02**: Tokens with a dash are accepted"}, changed(before["spec.md"], l.disk["spec.md"]))
		assert.Len(t, changed(before["metadata.json"], l.disk["metadata.json"]), 2, "when it was last worked on")

		before = maps.Clone(l.disk)
		l.do(workflow.MoveIncrement{To: workflow.Paused, Reason: "waits"})
		l.look()
		assert.Equal(t, []string{"-status: active # as of today", "+status: paused # as of today"}, changed(before["spec.md"], l.disk["spec.md"]))
		for _, line := range changed(before["metadata.json"], l.disk["metadata.json"]) {
			assert.Regexp(t, `"status"|"lastActivity"|"pausedReason"|"pausedAt"|^[+-]  },?$`, line)
		}
		for name, content := range l.disk {
			assert.Equal(t, strings.Count(content, "\n"), strings.Count(content, ends), "%s keeps its line ends", name)
		}
		assert.Contains(t, l.disk["metadata.json"], `"f": 1.0,`)
		assert.Contains(t, l.disk["metadata.json"], `"html": "<b>&</b>"`)
	}
}

func TestAStoryBelowASectionStaysWhenTheSectionIsWritten(t *testing.T) {
	t.Parallel()
	disk := tracked(t)
	l := tracking(t, disk)
	l.look()
	l.answer(workflow.KeepOurs)
	l.look()
	assert.Contains(t, l.disk["spec.md"], "## Fix\n\nRevert token validation.\n\n### US-001: Log in again\n**Project**: shop-api\n\n#### Acceptance Criteria\n\n- [x] **AC-US1-01**: The release is found\n")
	l.do(workflow.MarkTask{ID: "T-002", Done: true})
	l.look()
	assert.Empty(t, l.questions(), "a tick of a criterion is no change of the fix")
	assert.Contains(t, l.disk["spec.md"], "- [x] **AC-US1-02**")
}

func TestFilesThatNobodyShouldWriteIntoAreLeftAndSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, content string
		says          string
	}{
		"a merge":          {"tasks.md", "# Tasks\n<<<<<<< HEAD\n### T-002: a\n=======\n### T-002: b\n>>>>>>> x\n", "merge conflict"},
		"no text":          {"tasks.md", "# Tasks\n\n### T-002: Gr\xfc\xdfe\n\n**Status**: [ ] pending\n", "UTF-8"},
		"empty":            {"tasks.md", "", "empty"},
		"large":            {"spec.md", strings.Repeat("x\n", 3<<20), "4 MB"},
		"a trailing comma": {"metadata.json", "{\n  \"id\": \"0015-hotfix-auth-outage\",\n  \"status\": \"active\",\n}", "metadata.json"},
		"half of it":       {"metadata.json", `{"id": "0015-hot`, "metadata.json"},
	} {
		l := newLoom(t)
		l.disk[c.file] = c.content
		l.do(workflow.MarkTask{ID: "T-002", Done: true}, workflow.WriteText{Which: workflow.FixText, Text: "Other."}, workflow.MoveIncrement{To: workflow.Paused, Reason: "r"})
		l.look()
		assert.Equal(t, c.content, l.disk[c.file], name)
		assert.Contains(t, strings.Join(l.says, "\n"), c.says, name)
		assert.Len(t, done(l.in), 4, "%s: no task is lost", name)
	}

	l := newLoom(t)
	delete(l.disk, "tasks.md")
	delete(l.disk, "plan.md")
	l.do(workflow.MarkTask{ID: "T-002", Done: true})
	l.look()
	assert.NotContains(t, l.disk, "tasks.md")
	assert.Contains(t, strings.Join(l.says, "\n"), "tasks.md is not there")
	assert.Empty(t, l.questions(), "a file that is gone takes no task with it")
}

func TestAFenceThatIsNotClosedDoesNotSwallowTheRest(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("spec.md", "Revert token validation.", "Theirs ```text\nfence\n```")
	theirs := l.disk["spec.md"]
	l.do(workflow.WriteText{Which: workflow.FixText, Text: "Ours."}, workflow.MarkTask{ID: "T-002", Done: true})
	l.look()
	assert.Equal(t, theirs, l.disk["spec.md"])
	assert.Contains(t, strings.Join(l.says, "\n"), "never ends")
	assert.Equal(t, "Ours.", l.in.Fix.Plan.Get())
	assert.Contains(t, l.disk["tasks.md"], "[x] completed")

	l.edit("spec.md", "Theirs ```text\nfence\n```", "Theirs\n\n```text\nfence\n```")
	l.look()
	assert.Equal(t, []workflow.Part{workflow.FixPart}, l.questions(), "mended, it is the question that it is")
	assert.Contains(t, l.disk["spec.md"], "- [x] **AC-US1-02**", "and what followed from the tick is made good")
}

func TestATaskThatStandsTwiceIsNotTouchedAndSaid(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.disk["tasks.md"] += "\n### T-002: Once more\n\n**Status**: [ ] pending\n"
	before := l.disk["tasks.md"]
	l.do(workflow.MarkTask{ID: "T-002", Done: true}, workflow.RenameTask{ID: "T-002", Title: "Which?"})
	l.look()
	assert.Equal(t, before, l.disk["tasks.md"])
	assert.Contains(t, strings.Join(l.says, "\n"), "T-002 stands in tasks.md twice")
	assert.Empty(t, l.questions())
}

func TestATaskWithoutABoxIsReadAndLeftAsItIs(t *testing.T) {
	t.Parallel()
	disk := map[string]string{
		"metadata.json": `{"id": "` + sampleID + `", "status": "active", "type": "hotfix"}`,
		"spec.md":       "# X\n\n## Problem\n\nUsers receiving 500 error on login.\n",
		"tasks.md":      "# Tasks\n\n### T-001: Look\n\n**Status**: Completed\n\n### T-002: Act\n\n**Status**: Pending\n",
	}
	l := linkedLoom(t, disk, workflow.LinkedTask{ID: "T-001", Title: "Look", Done: true}, workflow.LinkedTask{ID: "T-002", Title: "Act"})
	l.do(workflow.MarkTask{ID: "T-002", Done: true})
	l.look()
	assert.Equal(t, disk["tasks.md"], l.disk["tasks.md"])
	assert.Contains(t, strings.Join(l.says, "\n"), "T-002")
	assert.Contains(t, strings.Join(l.says, "\n"), "box")
}
