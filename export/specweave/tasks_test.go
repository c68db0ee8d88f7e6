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

func lines(text ...string) string { return strings.Join(text, "\n") + "\n" }

// forms are the ways in which people, agents and SpecWeave write a task.
var forms = map[string]struct {
	file string
	want specweave.Task
}{
	"canonical": {
		lines("### T-001: Find it", "", "**User Story**: US-001", "**Satisfies ACs**: AC-US1-01, AC-US1-02", "**Status**: [x] completed"),
		specweave.Task{ID: "T-001", Title: "Find it", Done: true, Mark: "[x] completed", Satisfies: []string{"AC-US1-01", "AC-US1-02"}, Line: 1},
	},
	"pipes": {
		lines("### T-12: Find it", "**User Story**: US-002 | **Satisfies ACs**: AC-US2-01..03 | **Status**: [X] Done"),
		specweave.Task{ID: "T-12", Title: "Find it", Done: true, Mark: "[X] Done", Satisfies: []string{"AC-US2-01", "AC-US2-02", "AC-US2-03"}, Line: 1},
	},
	"level 2":             {lines("## T-001E: Out of a tracker", "**Status**: [~] in progress"), specweave.Task{ID: "T-001E", Title: "Out of a tracker", Mark: "[~] in progress", Line: 1}},
	"level 4":             {lines("### Phase", "#### T-001: Deep", "", "**Status**: [-] skipped"), specweave.Task{ID: "T-001", Title: "Deep", Mark: "[-] skipped", Line: 2}},
	"bold id":             {lines("### **T-001**: Bold", "**Status**: [ ] pending"), specweave.Task{ID: "T-001", Title: "Bold", Mark: "[ ] pending", Line: 1}},
	"bold title":          {lines("### **T-001: Bold**", "**Status:** [ ] Not Started"), specweave.Task{ID: "T-001", Title: "Bold", Mark: "[ ] Not Started", Line: 1}},
	"no colon":            {lines("### T-001 Title", "**Status**: [ ]"), specweave.Task{ID: "T-001", Title: "Title", Mark: "[ ]", Line: 1}},
	"list":                {lines("- [ ] T-001: Listed"), specweave.Task{ID: "T-001", Title: "Listed", Mark: "[ ]", Line: 1}},
	"list, done":          {lines("* [X] **T-001**: Listed"), specweave.Task{ID: "T-001", Title: "Listed", Done: true, Mark: "[X]", Line: 1}},
	"list, brackets":      {lines("- [x] [T001] [P] Listed"), specweave.Task{ID: "T001", Title: "[P] Listed", Done: true, Mark: "[x]", Line: 1}},
	"list, fields below":  {lines("- [ ] T-001: Listed", "  - **Satisfies ACs**: AC-NFR1-01"), specweave.Task{ID: "T-001", Title: "Listed", Mark: "[ ]", Satisfies: []string{"AC-NFR1-01"}, Line: 1}},
	"fields in a list":    {lines("### T-001: A", "- **Status**: [x] done", "- **Satisfies ACs**: AC-VSK-US1-01"), specweave.Task{ID: "T-001", Title: "A", Done: true, Mark: "[x] done", Satisfies: []string{"AC-VSK-US1-01"}, Line: 1}},
	"fields behind list":  {lines("### T-001: A", "- first do this", "**Status**: [x] completed"), specweave.Task{ID: "T-001", Title: "A", Done: true, Mark: "[x] completed", Line: 1}},
	"fields over a rule":  {lines("### T-001: A", "**User Story**: US-001", "**Status**: [x] completed", "---"), specweave.Task{ID: "T-001", Title: "A", Done: true, Mark: "[x] completed", Line: 1}},
	"box alone":           {lines("### T-001: A", "", "[x] completed"), specweave.Task{ID: "T-001", Title: "A", Done: true, Mark: "[x] completed", Line: 1}},
	"an empty box":        {lines("### T-001: A", "", "**Status**: [] pending"), specweave.Task{ID: "T-001", Title: "A", Mark: "[] pending", Line: 1}},
	"BOM and front":       {"\ufeff" + lines("---", "total_tasks: 1", "---", "### T-001: A", "**Status**: [ ] pending"), specweave.Task{ID: "T-001", Title: "A", Mark: "[ ] pending", Line: 4}},
	"escaped title":       {lines(`### T-001: a \[b\] <https://x.y>`, "**Status**: [ ] pending"), specweave.Task{ID: "T-001", Title: "a [b] https://x.y", Mark: "[ ] pending", Line: 1}},
	"state below details": {lines("### T-001: A", "#### Notes", "text", "", "**Status**: [ ] pending"), specweave.Task{ID: "T-001", Title: "A", Mark: "[ ] pending", Line: 1}},
}

func TestATaskIsReadInEveryForm(t *testing.T) {
	for name, one := range forms {
		for end, file := range map[string]string{"LF": one.file, "CRLF": strings.ReplaceAll(one.file, "\n", "\r\n"), "no last line end": strings.TrimSuffix(one.file, "\n")} {
			got := specweave.ReadTasks([]byte(file))
			assert.Empty(t, got.Says, name)
			assert.Equal(t, []specweave.Task{one.want}, got.List, "%s, %s", name, end)
		}
	}
}

func TestATaskIsTickedAndOpenedInEveryForm(t *testing.T) {
	for name, one := range forms {
		for _, file := range []string{one.file, strings.ReplaceAll(one.file, "\n", "\r\n"), strings.TrimSuffix(one.file, "\n")} {
			for _, done := range []bool{!one.want.Done, one.want.Done} {
				out, err := specweave.SetTask([]byte(file), one.want.ID, done)
				require.NoError(t, err, name)
				after, _ := specweave.ReadTasks(out).Find(one.want.ID)
				assert.Equal(t, done, after.Done, name)
				assert.LessOrEqual(t, len(differing(file, string(out))), 1, name)
			}
		}
	}
}

// differing are the numbers of the lines that are not the same in two texts of
// as many lines.
func differing(a, b string) []int {
	before, after := strings.Split(a, "\n"), strings.Split(b, "\n")
	if len(before) != len(after) {
		return []int{-1, -1}
	}
	var all []int
	for i := range before {
		if before[i] != after[i] {
			all = append(all, i+1)
		}
	}
	return all
}

func TestTheWordBehindTheBoxFollows(t *testing.T) {
	for given, want := range map[string]string{
		"[ ] pending":               "[x] completed",
		"[ ] Pending":               "[x] Completed",
		"[ ] PENDING (soon)":        "[x] COMPLETED (soon)",
		"[ ] Not Started":           "[x] Completed",
		"[ ] in_progress":           "[x] completed",
		"[~] in progress, half way": "[x] completed, half way",
		"[-] deferred":              "[x] completed",
		"[ ] offen":                 "[x] offen",
		"[ ] pendingly":             "[x] pendingly",
		"[ ]":                       "[x]",
		"[]":                        "[x]",
		"[ ]pending":                "[x]completed",
	} {
		out, err := specweave.SetTask([]byte("### T-001: A\n**Status**: "+given+"\n"), "T-001", true)
		require.NoError(t, err)
		assert.Equal(t, "### T-001: A\n**Status**: "+want+"\n", string(out))
	}
	for given, want := range map[string]string{
		"[x] completed": "[ ] pending", "[X] Done": "[ ] Pending", "[x] COMPLETE": "[ ] PENDING", "[x]": "[ ]", "[x] ✅ Completed 2025-10-31": "[ ] Pending 2025-10-31", "[x] ✅": "[ ] ✅", "[x] ünder done": "[ ] ünder done",
	} {
		out, err := specweave.SetTask([]byte("### T-001: A\n**Status**: "+given+"\n"), "T-001", false)
		require.NoError(t, err)
		assert.Equal(t, "### T-001: A\n**Status**: "+want+"\n", string(out))
	}
}

func TestTheCriteriaOfATaskAreWrittenOut(t *testing.T) {
	for given, want := range map[string]string{
		"AC-US1-01":                        "AC-US1-01",
		"AC-US1-01, AC-US1-02; AC-NFR1-01": "AC-US1-01 AC-US1-02 AC-NFR1-01",
		"AC-US2-09..11":                    "AC-US2-09 AC-US2-10 AC-US2-11",
		"AC-US2-01..AC-US2-03, AC-US3-01":  "AC-US2-01 AC-US2-02 AC-US2-03 AC-US3-01",
		"AC-US1-01..AC-US4-01":             "AC-US1-01 AC-US4-01",
		"AC-US1-03..01":                    "AC-US1-03",
		"AC-US1-01..":                      "AC-US1-01",
		"`AC-US2a-01` (partly)":            "AC-US2a-01",
		"AC-US1-01E, AC-VSK-US1-01":        "AC-US1-01E AC-VSK-US1-01",
		"none, AC-, AC-X, XAC-US1-01":      "",
	} {
		got, _ := specweave.ReadTasks([]byte("### T-001: A\n**Satisfies ACs**: " + given + "\n")).Find("T-001")
		assert.Equal(t, want, strings.Join(got.Satisfies, " "), given)
	}
	many, _ := specweave.ReadTasks([]byte("### T-001: A\n**Satisfies ACs**: AC-US1-01..999999\n")).Find("T-001")
	assert.Len(t, many.Satisfies, 201, "a slip must not fill the memory")
}

func TestOpeningATaskTakesItsOwnTimeAway(t *testing.T) {
	file := lines("### T-001: A", "**Completed**: 2026-01-01", "**Status**: [x] completed", "**Completed At**: 2026-01-01T00:00:00Z", "", "text",
		"### T-002: B", "**Status**: [x] completed", "**Completed At**: 2026-01-02T00:00:00Z")
	out, err := specweave.SetTask([]byte(file), "T-001", false)
	require.NoError(t, err)
	assert.Equal(t, lines("### T-001: A", "**Status**: [ ] pending", "", "text",
		"### T-002: B", "**Status**: [x] completed", "**Completed At**: 2026-01-02T00:00:00Z"), string(out))
}

func TestWhatOnlyLooksLikeATaskIsNone(t *testing.T) {
	for name, file := range map[string]string{
		"fence":              lines("```", "### T-001: A", "**Status**: [ ] pending", "- [ ] T-002: B", "```"),
		"unclosed fence":     lines("~~~", "### T-001: A"),
		"comment":            lines("<!--", "### T-001: A", "- [ ] T-002: B", "-->"),
		"comment in text":    lines("text <!--", "- x"),
		"indented code":      lines("text", "", "    ### T-001: A", "    - [ ] T-002: B"),
		"quote":              lines("> ### T-001: A", "> - [ ] T-002: B"),
		"escaped box":        lines(`- \[ ] T-001: A`, `\- [ ] T-002: B`),
		"tight box":          lines("- [ ]T-001: A"),
		"level 1 and 5":      lines("# T-001: A", "", "##### T-002: B"),
		"no number":          lines("### T-: A", "### T-x: A", "### TASK-1: A"),
		"in running text":    lines("T-001: A", "See T-001."),
		"no box in the list": lines("- T-001: A"),
		"underlined":         lines("T-001: A", "--------"),
	} {
		assert.Empty(t, specweave.ReadTasks([]byte(file)).List, name)
	}
	hidden := lines("### T-001: A", "```", "**Status**: [x] completed", "```", "> **Status**: [x] completed", "", "<!-- **Status**: [x] completed", "-->", "**Status**: [ ] pending")
	got, _ := specweave.ReadTasks([]byte(hidden)).Find("T-001")
	assert.Equal(t, "[ ] pending", got.Mark)
}

func TestATaskThatCannotBeTickedSaysWhy(t *testing.T) {
	for name, one := range map[string]struct {
		file, says string
		done       bool
	}{
		"words":          {lines("### T-001: A", "**Status**: Pending"), "It has no box: its state is written in words, which only a person can change.", false},
		"words, done":    {lines("### T-001: A", "**Status**: ✅ Completed"), "It has no box: its state is written in words, which only a person can change.", true},
		"words in bold":  {lines("### T-001: A", "**Status**: ✅ **Done**"), "It has no box: its state is written in words, which only a person can change.", true},
		"only a date":    {lines("### T-001: A", "**Completed**: 2026-01-01"), "It has no box: its state is written in words, which only a person can change.", true},
		"nothing":        {lines("### T-001: A"), "It has no box and says no state.", false},
		"twice":          {lines("### T-001: A", "**Status**: [x] completed", "### T-001: B", "**Status**: [ ] pending"), "T-001 stands there twice, so it is not clear which one is meant.", true},
		"listed as well": {lines("- [ ] T-001: A", "", "### T-001: A", "**Status**: [ ] pending"), "T-001 stands there twice, so it is not clear which one is meant.", false},
		"two states":     {lines("### T-001: A", "**Status**: [ ] pending", "**Status**: [x] completed"), "Its status stands there twice, so it is not clear which one counts.", false},
		"unknown mark":   {lines("### T-001: A", "**Status**: [?] perhaps"), `Its box holds "?", which has no known meaning.`, false},
	} {
		got, ok := specweave.ReadTasks([]byte(one.file)).Find("T-001")
		require.True(t, ok, name)
		assert.Equal(t, one.says, got.Fixed, name)
		assert.Equal(t, one.done, got.Done, name)
		out, err := specweave.SetTask([]byte(one.file), "T-001", !got.Done)
		assert.Nil(t, out, name)
		assert.Equal(t, specweave.Refusal{Says: one.says + " Nothing was written."}, err, name)
	}
}

func TestAFileThatMustNotBeWrittenIsRefused(t *testing.T) {
	task := "### T-001: A\n**Status**: [ ] pending\n"
	for name, file := range map[string]string{
		"conflict":  "<<<<<<< ours\n" + task + "=======\n" + task + ">>>>>>> theirs\n",
		"half of a": task + ">>>>>>> theirs\n",
		"Latin-1":   task + "caf\xe9\n",
		"NUL":       task + "\x00\n",
		"empty":     "",
		"blank":     "\ufeff \n",
		"large":     task + strings.Repeat("x\n", 2<<20+1),
		"nested":    task + strings.Repeat("- ", 500) + "x\n",
	} {
		assert.NotEmpty(t, specweave.ReadTasks([]byte(file)).Says, name)
		_, err := specweave.SetTask([]byte(file), "T-001", true)
		require.Error(t, err, name)
		assert.IsType(t, specweave.Refusal{}, err, name)
		assert.True(t, strings.HasSuffix(err.Error(), " Nothing was written."), err.Error())
		_, err = specweave.AppendTask([]byte(file), "### T-009: B\n\n**Status**: [ ] pending\n")
		require.Error(t, err, name)
	}
}

func TestATaskIsRenamed(t *testing.T) {
	for name, one := range forms {
		for _, title := range []string{"Another", "with `code` and *stars*", "C#", "ends with #", "a | b", "**bold**", "x — ü ✅", "see https://x.y/z", "<b>&amp;", `back\slash\`, "1. one", "- dash"} {
			out, err := specweave.RenameTask([]byte(one.file), one.want.ID, title)
			require.NoError(t, err, "%s: %q", name, title)
			after := specweave.ReadTasks(out).List
			require.Len(t, after, 1)
			want := one.want
			want.Title = title
			assert.Equal(t, want, after[0], name)
			assert.Len(t, differing(one.file, string(out)), 1, name)
		}
	}
	for _, title := range []string{"", " a", "a ", "a\nb", "a\r", "### T-009: b\n"} {
		_, err := specweave.RenameTask([]byte(forms["canonical"].file), "T-001", title)
		assert.Error(t, err, "%q", title)
	}
}

const block = "### T-009: New\n\n**User Story**: US-001\n**Status**: [ ] pending\n\n**Description**: x\n"

func TestATaskIsAppendedBehindTheLast(t *testing.T) {
	tasks := lines("# Tasks", "", "### T-001: A", "", "**Status**: [x] completed", "", "- step")
	for name, one := range map[string]struct{ file, want string }{
		"at the end":         {tasks, tasks + "\n" + block},
		"no last line end":   {strings.TrimSuffix(tasks, "\n"), tasks + "\n" + strings.TrimSuffix(block, "\n")},
		"empty lines":        {tasks + "\n\n", tasks + "\n" + block + "\n\n"},
		"another section":    {tasks + "\n---\n\n## Notes\n\ntext\n", tasks + "\n" + block + "\n---\n\n## Notes\n\ntext\n"},
		"a section, no line": {tasks + "## Notes\n", tasks + "\n" + block + "\n## Notes\n"},
		"no task":            {"# Tasks\n", "# Tasks\n\n" + block},
		"a list":             {"# Tasks\n\n- [x] T-001: A\n  more\n- [ ] T-002: B\n  - note\n\n## Notes\n", "# Tasks\n\n- [x] T-001: A\n  more\n- [ ] T-002: B\n  - note\n- [ ] T-009: New\n\n## Notes\n"},
		"a list at the end":  {"* [x] T-001: A", "* [x] T-001: A\n* [ ] T-009: New"},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			if !strings.Contains(one.file, "\n") && end != "\n" {
				continue
			}
			file, want := strings.ReplaceAll(one.file, "\n", end), strings.ReplaceAll(one.want, "\n", end)
			out, err := specweave.AppendTask([]byte(file), block)
			require.NoError(t, err, name)
			assert.Equal(t, want, string(out), name)
			back, err := specweave.RemoveTask(out, "T-009")
			if name == "no task" {
				require.NoError(t, err)
			}
			require.NoError(t, err, name)
			if name != "a section, no line" && name != "a list at the end" {
				assert.Equal(t, file, string(back), "%s, taken back", name)
			}
		}
	}
	for name, bad := range map[string]string{"nothing": "", "text": "text", "two": block + "\n" + strings.ReplaceAll(block, "T-009", "T-010"), "text before": "text\n\n" + block, "one that is there": strings.ReplaceAll(block, "T-009", "T-001"), "an open fence": block + "```\n"} {
		_, err := specweave.AppendTask([]byte(tasks+"\n## T-002: After\n"), bad)
		if name != "an open fence" {
			assert.Error(t, err, name)
		}
	}
}

func TestATaskIsRemovedWithItsGap(t *testing.T) {
	one, two, three := "### T-001: A\n**Status**: [ ] pending\n", "### T-002: B\n**Status**: [ ] pending\ntext\n", "### T-003: C\n**Status**: [ ] pending\n"
	for name, c := range map[string]struct{ file, id, want string }{
		"the middle":       {one + "\n" + two + "\n" + three, "T-002", one + "\n" + three},
		"the first":        {"# Tasks\n\n" + one + "\n" + two, "T-001", "# Tasks\n\n" + two},
		"the last":         {one + "\n" + two, "T-002", one},
		"between rules":    {one + "\n---\n\n" + two + "\n---\n\n" + three, "T-002", one + "\n---\n\n" + three},
		"behind the rule":  {one + "\n---\n\n" + two, "T-002", one + "\n---\n"},
		"before a section": {one + "\n" + two + "\n## Notes\n", "T-002", one + "\n## Notes\n"},
		"an item":          {"- [ ] T-001: A\n  note\n- [ ] T-002: B\n", "T-001", "- [ ] T-002: B\n"},
	} {
		out, err := specweave.RemoveTask([]byte(c.file), c.id)
		require.NoError(t, err, name)
		assert.Equal(t, c.want, string(out), name)
	}
	_, err := specweave.RemoveTask([]byte(one), "T-001")
	assert.Error(t, err, "nothing would be left")
}

func TestATaskIsGivenAsItStands(t *testing.T) {
	file := strings.ReplaceAll("# Tasks\n\n### T-001: A\n\n**Status**: [ ] pending\n\n- x\n\n---\n\n### T-002: B\n", "\n", "\r\n")
	got, ok := specweave.TaskBlock([]byte(file), "T-001")
	assert.True(t, ok)
	assert.Equal(t, "### T-001: A\n\n**Status**: [ ] pending\n\n- x\n", got)
	_, ok = specweave.TaskBlock([]byte(file), "T-003")
	assert.False(t, ok)
}

func TestWhatTheAppWritesIsReadAndTicked(t *testing.T) {
	for folder, done := range map[string]int{"increment-open": 0, "increment-completed": 4, "increment-bug": 0} {
		src, err := os.ReadFile(filepath.Join("..", "testdata", folder, "tasks.md"))
		require.NoError(t, err)
		tasks := specweave.ReadTasks(src)
		require.Empty(t, tasks.Says)
		have := 0
		for _, task := range tasks.List {
			assert.Empty(t, task.Fixed)
			assert.NotEmpty(t, task.Satisfies)
			if task.Done {
				have++
				continue
			}
			out, err := specweave.SetTask(src, task.ID, true)
			require.NoError(t, err)
			assert.Len(t, differing(string(src), string(out)), 1)
			back, err := specweave.SetTask(out, task.ID, false)
			require.NoError(t, err)
			assert.Equal(t, string(src), string(back))
		}
		assert.Len(t, tasks.List, 4, folder)
		assert.Equal(t, done, have, folder)
	}
}
