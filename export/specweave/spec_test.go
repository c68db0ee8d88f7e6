package specweave_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/specweave"
)

const page = `---
increment: 0007-hotfix-basket
title: "Hotfix: empty basket" # from the alert
type: hotfix
status: active
created: 2026-02-03
labels:
  - shop
note: >-
  goes over
  two lines
external: {id: 1}
---

# Hotfix: empty basket

## Problem

The basket is empty
after login.

## Root Cause (Hypothesis)

Not written yet.

## Fix
## User Stories

### US-001: Restore it

#### Acceptance Criteria

- [ ] **AC-US1-01**: The change is named
- [x] **AC-US1-02** (P0): The basket is back
- [X] AC-US1-03: Without bold type
- [~] **AC-US2a-01 (P1)**: Half way
- [-] **AC-NFR1-01:** Not wanted \[later\]
  - [ ] AC-VSK-US1-01: deeper
- **AC-US1-09**: without a box
- AC-US1-01 is covered by the first task

` + "```\n- [ ] **AC-US1-01**: in code\n## No section\n```\n" + `
## Out of Scope

- nothing
`

func TestASpecIsRead(t *testing.T) {
	for end, file := range map[string]string{"LF": page, "CRLF": strings.ReplaceAll(page, "\n", "\r\n"), "BOM": "\ufeff" + page} {
		spec := specweave.ReadSpec([]byte(file))
		require.Empty(t, spec.Says+spec.FrontSays, end)
		assert.Equal(t, map[string]string{
			"increment": "0007-hotfix-basket", "title": "Hotfix: empty basket", "type": "hotfix", "status": "active",
			"created": "2026-02-03", "note": "goes over two lines",
		}, spec.Front)
		var names []string
		for _, s := range spec.Sections {
			names = append(names, s.Name)
		}
		assert.Equal(t, []string{"Problem", "Root Cause (Hypothesis)", "Fix", "User Stories", "Out of Scope"}, names)
		problem, ok := spec.Section("Problem")
		assert.True(t, ok)
		assert.Equal(t, "The basket is empty\nafter login.", problem.Text)
		_, ok = spec.Section("Root Cause")
		assert.False(t, ok)
		cause, ok := spec.Section("Root Cause (Hypothesis)")
		assert.True(t, ok)
		assert.Equal(t, "Not written yet.", cause.Text)
		assert.Equal(t, []specweave.Criterion{
			{ID: "AC-US1-01", Text: "The change is named", Line: 33},
			{ID: "AC-US1-02", Text: "The basket is back", Done: true, Line: 34},
			{ID: "AC-US1-03", Text: "Without bold type", Done: true, Line: 35},
			{ID: "AC-US2a-01", Text: "Half way", Line: 36},
			{ID: "AC-NFR1-01", Text: "Not wanted [later]", Line: 37},
			{ID: "AC-VSK-US1-01", Text: "deeper", Line: 38},
			{ID: "AC-US1-09", Text: "without a box", Line: 39, Fixed: "It has no box."},
		}, spec.Criteria, end)
	}
}

func TestCriteriaAreTicked(t *testing.T) {
	out, err := specweave.SetCriteria([]byte(page), map[string]bool{"AC-US1-01": true, "AC-US1-02": false, "AC-US1-03": true, "AC-US2a-01": true, "AC-NFR1-01": false})
	require.NoError(t, err)
	assert.Equal(t, []int{33, 34, 36}, differing(page, string(out)))
	assert.Contains(t, string(out), "- [x] **AC-US1-01**")
	assert.Contains(t, string(out), "- [ ] **AC-US1-02**")
	assert.Contains(t, string(out), "- [X] AC-US1-03")
	assert.Contains(t, string(out), "- [-] **AC-NFR1-01:**")

	same, err := specweave.SetCriteria([]byte(page), nil)
	require.NoError(t, err)
	assert.Equal(t, page, string(same))
	for _, id := range []string{"AC-US1-09", "AC-US9-99"} {
		_, err = specweave.SetCriteria([]byte(page), map[string]bool{id: true})
		assert.Error(t, err)
	}
	_, err = specweave.SetCriteria([]byte("- [ ] AC-US1-01: a\n- [ ] AC-US1-01: b\n"), map[string]bool{"AC-US1-01": true})
	assert.EqualError(t, err, "AC-US1-01 cannot be ticked. AC-US1-01 stands there twice, so it is not clear which one is meant. Nothing was written.")
}

func TestAValueOfTheFrontMatterIsChangedInItsLine(t *testing.T) {
	for _, one := range []struct {
		key, value, want string
		line             int
	}{
		{"status", "completed", "status: completed", 5},
		{"title", "Hotfix: it's back", "title: 'Hotfix: it''s back' # from the alert", 3},
		{"created", "2026-02-04", "created: '2026-02-04'", 6},
		{"type", "bug", "type: bug", 4},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			file := strings.ReplaceAll(page, "\n", end)
			out, err := specweave.SetFront([]byte(file), one.key, one.value)
			require.NoError(t, err, one.key)
			assert.Equal(t, []int{one.line}, differing(file, string(out)))
			assert.Equal(t, one.want, strings.TrimSuffix(strings.Split(string(out), "\n")[one.line-1], "\r"))
		}
	}
	for name, one := range map[string]struct{ file, want string }{
		"missing":        {"---\na: 1\n---\ntext\n", "---\na: 1\nstatus: active\n---\ntext\n"},
		"no front":       {"\ufeff# T\r\n", "\ufeff---\r\nstatus: active\r\n---\r\n# T\r\n"},
		"empty front":    {"---\n---\n# T\n", "---\nstatus: active\n---\n# T\n"},
		"no value":       {"---\nstatus:\n---\n", "---\nstatus: active\n---\n"},
		"a comment":      {"---\nstatus: # why\n---\n", "---\nstatus: active # why\n---\n"},
		"single quotes":  {"---\nstatus: 'it''s'   # why\n---\n", "---\nstatus: active   # why\n---\n"},
		"double quotes":  {"---\nstatus: \"a \\\" b\"\n---\n", "---\nstatus: active\n---\n"},
		"blanks":         {"---\nstatus:   planned  \n---\n", "---\nstatus:   active  \n---\n"},
		"hash, no blank": {"---\nstatus: a#b\n---\n", "---\nstatus: active\n---\n"},
		"the same":       {"---\nstatus: \"active\"\n---\n", "---\nstatus: \"active\"\n---\n"},
	} {
		out, err := specweave.SetFront([]byte(one.file), "status", "active")
		require.NoError(t, err, name)
		assert.Equal(t, one.want, string(out), name)
	}
	for name, file := range map[string]string{
		"folded": "---\nstatus: >-\n  a\n  b\n---\n", "literal": "---\nstatus: |\n  a\n---\n", "over two lines": "---\nstatus: a\n  b\n---\n",
		"quoted over two lines": "---\nstatus: \"a\n  b\"\n---\n", "a list": "---\nstatus: [a]\n---\n", "a block": "---\nstatus:\n  - a\n---\n", "a map": "---\nstatus:\n  a: b\n---\n",
		"an anchor": "---\nstatus: &x a\nother: *x\n---\n", "a tag": "---\nstatus: !!str a\n---\n", "braces": "---\n{status: a}\n---\n", "quoted key": "---\n\"status\": a\n---\n",
		"broken": "---\nstatus: [a\n---\n", "twice": "---\nstatus: a\nstatus: b\n---\n", "no mapping": "---\n- a\n---\n",
	} {
		out, err := specweave.SetFront([]byte(file), "status", "active")
		assert.Nil(t, out, name)
		require.Error(t, err, name)
		assert.IsType(t, specweave.Refusal{}, err, name)
	}
}

func TestBrokenFrontMatterLeavesTheBodyReadable(t *testing.T) {
	spec := specweave.ReadSpec([]byte("---\nstatus: [a\n---\n## Problem\n\ntext\n- [ ] AC-US1-01: a\n"))
	assert.Contains(t, spec.FrontSays, "The front matter cannot be read: ")
	assert.Empty(t, spec.Says)
	assert.Equal(t, []specweave.Section{{Name: "Problem", Text: "text\n- [ ] AC-US1-01: a"}}, spec.Sections)
	assert.Len(t, spec.Criteria, 1)
}

func TestASectionIsReplaced(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		file := strings.ReplaceAll(page, "\n", end)
		out, err := specweave.SetSection([]byte(file), "Problem", "\n\nOne.\n\nTwo.\r\n\n")
		require.NoError(t, err)
		old, fresh := strings.ReplaceAll("The basket is empty\nafter login.", "\n", end), strings.ReplaceAll("One.\n\nTwo.", "\n", end)
		assert.Equal(t, strings.Replace(file, old, fresh, 1), string(out))
		back, err := specweave.SetSection(out, "Problem", old)
		require.NoError(t, err)
		assert.Equal(t, file, string(back))

		out, err = specweave.SetSection([]byte(file), "Fix", "Mended.")
		require.NoError(t, err)
		assert.Equal(t, strings.Replace(file, "## Fix"+end, "## Fix"+end+end+"Mended."+end+end, 1), string(out))

		out, err = specweave.SetSection([]byte(file), "Root Cause (Hypothesis)", "")
		require.NoError(t, err)
		assert.Equal(t, strings.Replace(file, "Not written yet."+end+end, "", 1), string(out))

		same, err := specweave.SetSection([]byte(file), "Problem", old)
		require.NoError(t, err)
		assert.Equal(t, file, string(same))
	}
	for name, text := range map[string]string{
		"a heading": "a\n\n## B", "a title": "# B", "underlined": "a\n---", "a fence": "```\nopen", "a comment": "<!-- open", "a criterion that is there": "- [ ] AC-US1-01: again",
	} {
		_, err := specweave.SetSection([]byte(page), "Problem", text)
		assert.Error(t, err, name)
	}
	_, err := specweave.SetSection([]byte(page), "Nothing", "a")
	assert.Error(t, err)
	_, err = specweave.SetSection([]byte("## A\n\na\n\n## A\n\nb\n"), "A", "c")
	assert.Error(t, err)
}

func TestASectionIsRenamed(t *testing.T) {
	out, err := specweave.RenameSection([]byte(page), "Root Cause (Hypothesis)", "Root Cause")
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(page, "## Root Cause (Hypothesis)", "## Root Cause", 1), string(out))
	out, err = specweave.RenameSection([]byte("Old\n---\n\ntext\n"), "Old", "New [1] #")
	require.NoError(t, err)
	assert.Equal(t, "New [1] #", specweave.ReadSpec(out).Sections[0].Name)
	for _, name := range []string{"Fix", "", "a\nb", " a"} {
		_, err := specweave.RenameSection([]byte(page), "Problem", name)
		assert.Error(t, err, "%q", name)
	}
}

func TestASectionIsInserted(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		file := strings.ReplaceAll(page, "\n", end)
		out, err := specweave.InsertSection([]byte(file), "Problem", "Impact", "All.\nEverybody.")
		require.NoError(t, err)
		assert.Equal(t, strings.Replace(file, "after login."+end, "after login."+end+end+"## Impact"+end+end+"All."+end+"Everybody."+end, 1), string(out))
		out, err = specweave.InsertSection([]byte(file), "", "Last", "")
		require.NoError(t, err)
		assert.Equal(t, file+end+"## Last"+end, string(out))
	}
	out, err := specweave.InsertSection([]byte("# T"), "", "A", "x")
	require.NoError(t, err)
	assert.Equal(t, "# T\n\n## A\n\nx", string(out))
	_, err = specweave.InsertSection([]byte(page), "", "Problem", "x")
	assert.Error(t, err)
	_, err = specweave.InsertSection([]byte("text\n\n```\nopen\n"), "", "A", "x")
	assert.Error(t, err)
}

func TestAPlanReadsTheSameWay(t *testing.T) {
	for _, folder := range []string{"increment-open", "increment-completed", "increment-bug"} {
		for _, name := range []string{"plan.md", "spec.md"} {
			src, err := os.ReadFile(filepath.Join("..", "testdata", folder, name))
			require.NoError(t, err)
			spec := specweave.ReadSpec(src)
			require.Empty(t, spec.Says+spec.FrontSays)
			for _, s := range spec.Sections {
				out, err := specweave.SetSection(src, s.Name, "Another text.")
				require.NoError(t, err, s.Name)
				got, _ := specweave.ReadSpec(out).Section(s.Name)
				assert.Equal(t, "Another text.", got.Text)
				back, err := specweave.SetSection(out, s.Name, s.Text)
				require.NoError(t, err, s.Name)
				assert.Equal(t, string(src), string(back))
			}
		}
	}
}
