package playbook_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"firebreak/data/playbook"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// spoiling is one way to break a sound playbook: the first `old` becomes
// `now`. The fault must name the line on which `mark` then stands.
type spoiling struct{ name, old, now, mark string }

// longID is one letter more than an id may have.
var longID = strings.Repeat("a", 41)

var spoilings = []spoiling{
	// The shape of the file.
	{"a key that nobody knows", "response: At once", "respond: At once", "respond:"},
	{"a key far from any other", "response: At once", "response: At once\n    colour: red", "colour: red"},
	{"a key at the top that nobody knows", "version: 4", "version: 4\nescalation: none", "escalation:"},
	{"a key that stands twice", "response: At once", "response: At once\n    response: Later", "response: Later"},
	{"a part that is missing", "shift:\n  long: 2h\n  plan: 4h\n  late: 8h\n", "", ""},
	{"a list where a value belongs", "response: At once", "response: [At once]", "response: [At once]"},
	{"a value where a list belongs", "principles: [Change one part]", "principles: Change one part", "principles: Change"},
	{"a value where named values belong", "shift:\n  long: 2h\n  plan: 4h\n  late: 8h", "shift: 2h", "shift: 2h"},
	{"a key that is a list", "version: 4", "version: 4\n? [a]\n: b", "? [a]"},
	{"a time without a unit", "within: 10m", "within: 10", "within: 10"},
	{"a time in days", "due_after: 48h", "due_after: 2d", "due_after: 2d"},
	{"a number in words", "version: 4", "version: four", "version: four"},
	{"a yes", "skip_staging: true", "skip_staging: yes", "skip_staging: yes"},
	{"a text over two lines", "name: Harbour team", "name: |\n  Harbour\n  team", "name: |"},
	{"a long text", "name: Harbour team", "name: " + strings.Repeat("x", 401), "name: x"},
	{"a hidden sign", "name: Harbour team", "name: \"Harbour\\u202eteam\"", "name: "},
	{"a hidden sign in plain sight", "name: Harbour team", "name: Harbour\u202eteam", "name: "},
	{"an anchor", "name: Harbour team", "name: &x Harbour team", "name: &x"},
	{"an alias that nobody set", "name: Harbour team", "name: *x", "name: *x"},
	{"a merge", "version: 4", "version: 4\n<<: {name: other}", "<<:"},
	{"a type mark", "name: Harbour team", "name: !!binary aGFyYm91cg==", "name: !!"},
	{"a tab at the start of a line", "    response: At once", "\tresponse: At once", "\tresponse"},
	{"a tab after spaces", "    response: At once", "  \tresponse: At once", "\tresponse"},
	{"a colon in plain text", "response: At once", "response: At once: now", "At once: now"},
	{"a list that is not closed", "principles: [Change one part]", "principles: [Change one part", "principles: ["},
	{"a part that is not closed", "wrong: Lift without a look, better: Look and then lift }", "wrong: Lift", "name: Haste"},
	{"a quote that is not closed", "better: Look and then lift", "better: 'Look and then lift", "better: 'Look"},
	{"a backslash", "response: At once", `response: "At \once \q"`, `\q`},
	{"a sign of YAML's own", "response: At once", "response: @once", "@once"},
	{"a line that is indented too little", "    response: At once", "   response: At once", "   response"},
	{"a second document", "version: 4", "version: 4\n---\nname: other", "---"},

	// What the words mean.
	{"no name", "name: Harbour team\n", "name: ''\n", "name: ''"},
	{"version zero", "version: 4", "version: 0", "version: 0"},
	{"two levels of one id", "id: SEV2", "id: SEV1", "id: SEV1\n    description: One"},
	{"two levels that differ in capitals", "id: SEV2", "id: sev1", "id: sev1"},
	{"a level without an id", "  - id: SEV2\n    description", "  - description", "- description: One"},
	{"a level without a description", "    description: One pier closed\n", "", "id: SEV2"},
	{"an id with a space", "id: level-set", "id: level set", "id: level set"},
	{"an id that is too long", "id: level-set", "id: " + longID, longID},
	{"a negative time", "cadence: 15m", "cadence: -15m", "cadence: -15m"},
	{"a time shorter than a minute", "cadence: 15m", "cadence: 15s", "cadence: 15s"},
	{"a time longer than a year", "cadence: 15m", "cadence: 9999h", "cadence: 9999h"},
	{"a flow that nobody knows", "flow: hotfix", "flow: fast", "flow: fast"},
	{"a normal flow that skips staging", "skip_staging: false", "skip_staging: true", "skip_staging: true\n    diagnose_for: 0"},
	{"a priority that nobody knows", "priority: P2", "priority: high", "priority: high"},
	{"levels in the wrong order", "within: 8h", "within: 5m", "within: 5m"},
	{"an answer with an unknown level", "at_least: SEV2", "at_least: SEV9", "SEV9"},
	{"a floor with an unknown level", "at_least: SEV2", "floor: SEV9", "SEV9"},
	{"an answer with two effects", "at_least: SEV2", "at_least: SEV2, raise: true", "raise: true"},
	{"an answer without a reason", ", because: one ship is hit", "", "One ship"},
	{"an answer called unsure", "id: one,", "id: unsure,", "id: unsure"},
	{"a question with one answer", "      - { id: one, label: One ship, at_least: SEV2, because: one ship is hit }\n", "", "answers:"},
	{"two answers of one id", "id: one,", "id: all,", "id: all, label: One"},
	{"a role that the rules need", "  - { id: scribe, name: Log keeper, does: Writes. }\n", "", "roles:"},
	{"two roles of one id", "id: scribe", "id: fixer", "id: fixer, name: Engineer"},
	{"no phases", allPhases, "phases: []\n", "phases: []"},
	{"two phases of one id", "  - id: after", "  - id: before", "id: before\n    name: After"},
	{"an empty phase", "    items:\n      - { id: mended, text: Crane mended, how: Watch one lift., settled_by: fix-verified, asks: \"lifts per hour now\" }\n", "    items: []\n", "items: []"},
	{"a mode that nobody knows", "mode: read-do", "mode: in-order", "mode: in-order"},
	{"ten steps", "      - { id: ships-warned, text: Ships warned, how: Call them. }\n", steps(2, 11), "text: Step 10"},
	{"eleven words", "text: Ships warned", "text: All of the ships in the outer harbour have been warned", "All of the ships"},
	{"two steps of one id", "id: ships-warned", "id: level-set", "id: level-set, text: Ships"},
	{"a step in two phases", "id: mended", "id: level-set", "id: level-set, text: Crane"},
	{"a fact that nobody knows", "settled_by: severity-set", "settled_by: severity-known", "severity-known"},
	{"a gate that the rules need", "  - { id: rollback, name: Go back, needs: [rollback-chosen] }\n", "", "gates:"},
	{"a gate with an unknown need", "needs: [rollback-chosen]", "needs: [rollback-wanted]", "rollback-wanted"},
	{"a gate with a need twice", "needs: [rollback-chosen]", "needs: [rollback-chosen, rollback-chosen]", "rollback-chosen, "},
	{"two gates of one id", "id: rollback, name", "id: deploy, name", "id: deploy, name: Go"},
	{"a milestone that nobody knows", "id: declared", "id: proclaimed", "id: proclaimed"},
	{"two milestones of one id", "id: declared", "id: detected", "id: detected, name: Declared"},
	{"one criterion on both sides", "id: no-old-crane", "id: old-crane-works", "text: There is"},
	{"a single task", "    - { title: Change the part, criterion: The crane lifts again, does: Change it., given: a new part, when: it is fitted, then: the crane lifts, settled_by: fix-implemented }\n", "", "tasks:"},
	{"a task with its number", "title: Change the part", "title: \"T-002: Change the part\"", "T-002"},
	{"a task without its test", "then: the crane lifts", "then: ''", "then: ''"},
	{"a criterion like a template", "criterion: The crane lifts again", "criterion: '[text]'", "'[text]'"},
	{"a type of the normal flow that nobody knows", "normal_type: bug", "normal_type: hotfix", "normal_type: hotfix"},
	{"an empty command", "critical_run: [make lift]", "critical_run: ['']", "critical_run: ['']"},
	{"two suites of one id", "    - { id: full, name: Full inspection, why: takes a week }", "    - { id: full, name: Full inspection, why: takes a week }\n    - { id: full, name: Again, why: no time }", "name: Again"},
	{"records outside the repository", "records: log/incidents", "records: ../log", "records: ../log"},
	{"records at the root of the disk", "records: log/incidents", "records: /etc", "records: /etc"},
	{"records on another drive", "records: log/incidents", `records: C:\log`, `records: C:\log`},
	{"records in git's own folder", "records: log/incidents", "records: sub/.GIT/hooks", "records: sub"},
	{"no records", "records: log/incidents", "records:", "records:"},
	{"no time box", "time_box: 20m", "time_box: 0", "time_box: 0"},
	{"a section that must be there", "    - { id: impact, name: Damage, always: true, hint: In ships. }\n", "", "sections:"},
	{"a section that must always appear", "name: Damage, always: true", "name: Damage, always: false", "name: Damage"},
	{"a section that nobody knows", "id: lucky", "id: luck", "id: luck"},
	{"hours that go backwards", "plan: 4h", "plan: 9h", "shift:"},
	{"a mistake without its remedy", ", better: Look and then lift", "", "name: Haste"},
}

// allPhases is the whole checklist of the team's playbook.
const allPhases = `phases:
  - id: before
    name: Before
    mode: do-confirm
    pause: We know what is closed.
    items:
      - { id: level-set, text: Level set, how: Answer the questions., settled_by: severity-set }
      - { id: ships-warned, text: Ships warned, how: Call them. }
  - id: after
    name: After
    mode: read-do
    pause: The harbour is open.
    items:
      - { id: mended, text: Crane mended, how: Watch one lift., settled_by: fix-verified, asks: "lifts per hour now" }
`

func steps(from, before int) string {
	var b strings.Builder
	for i := from; i < before; i++ {
		fmt.Fprintf(&b, "      - { id: step-%d, text: Step %d, how: Do it. }\n", i, i)
	}
	return b.String()
}

func team(t testing.TB) string { return string(file(t, "testdata/team.yaml")) }

func (s spoiling) apply(t testing.TB) string {
	t.Helper()
	src := team(t)
	require.Contains(t, src, s.old, "the spoiling must find what it spoils")
	return strings.Replace(src, s.old, s.now, 1)
}

func TestTeamPlaybookIsSound(t *testing.T) {
	_, err := playbook.Read("team.yaml", []byte(team(t)))
	require.NoError(t, err)
}

func TestFaultNamesTheLine(t *testing.T) {
	for _, s := range spoilings {
		t.Run(s.name, func(t *testing.T) {
			src := s.apply(t)
			got, err := playbook.Read("team.yaml", []byte(src))
			assert.Zero(t, got)
			var first *playbook.Fault
			require.ErrorAs(t, err, &first)
			line := 0
			if s.mark != "" {
				before, _, found := strings.Cut(src, s.mark)
				require.True(t, found, "the mark must be in the spoilt text")
				line = 1 + strings.Count(before, "\n")
			}
			assert.Equal(t, line, first.Line, err.Error())
			assert.Equal(t, "team.yaml", first.File)
		})
	}
}

func TestFaultSentences(t *testing.T) {
	var b strings.Builder
	for _, s := range spoilings {
		_, err := playbook.Read("team.yaml", []byte(s.apply(t)))
		require.Error(t, err, s.name)
		fmt.Fprintf(&b, "%s\n  %s\n", s.name, strings.ReplaceAll(err.Error(), "\n", "\n  "))
	}
	golden(t, "testdata/faults.golden", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o600))
	}
	assert.Equal(t, string(file(t, name)), got)
}

func TestFaultReadsLikeASentence(t *testing.T) {
	f := &playbook.Fault{File: "playbook.yaml", Line: 12, Says: "two levels are called SEV1", Do: "Give each level its own id."}
	assert.Equal(t, "playbook.yaml line 12: two levels are called SEV1. Give each level its own id.", f.Error())
}

func TestAllFaultsAreReportedInTheOrderOfTheLines(t *testing.T) {
	src := strings.NewReplacer("priority: P2", "priority: high", "within: 10m", "within: soon", "late: 8h", "late: -8h").Replace(team(t))
	_, err := playbook.Read("team.yaml", []byte(src))
	var all playbook.Faults
	require.ErrorAs(t, err, &all)
	var says []string
	for i, f := range all {
		says = append(says, f.Says)
		if i > 0 {
			assert.GreaterOrEqual(t, f.Line, all[i-1].Line)
		}
	}
	assert.Equal(t, []string{`"soon" is not a time`, `there is no priority called "high"`, "the hours on duty go backwards: 2h, 4h, -8h", "the time -8h is negative"}, says)
}

func TestALongListOfFaultsIsCut(t *testing.T) {
	_, err := playbook.Read("team.yaml", []byte(strings.Repeat("- x\n", 3)))
	var few playbook.Faults
	require.ErrorAs(t, err, &few)
	assert.Len(t, few, 1)

	_, err = playbook.Read("team.yaml", []byte(team(t)+unknownKeys(100)))
	var many playbook.Faults
	require.ErrorAs(t, err, &many)
	require.Len(t, many, 21)
	assert.Equal(t, "80 more faults are not listed here", many[20].Says)
}

func unknownKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "unheard-of-%d: x\n", i)
	}
	return b.String()
}

func TestFilesThatAreNoPlaybook(t *testing.T) {
	for name, c := range map[string]struct{ src, says string }{
		"nothing":             {"", "it is empty"},
		"comments alone":      {"# later\n", "it is empty"},
		"a text":              {"hello", `the text "hello" stands where named values belong`},
		"a list":              {"- a\n- b\n", "a list stands where named values belong"},
		"too large":           {strings.Repeat("#", 1<<20+1), "it is larger than 1 MB"},
		"another encoding":    {"name: caf\xe9\n", "the text is not UTF-8"},
		"UTF-16":              {"\xff\xfen\x00", "the text is not UTF-8"},
		"a control sign":      {"name: a\x1b[2J\n", "there is a sign that cannot be seen, U+001B"},
		"deep brackets":       {"name: " + strings.Repeat("[", 20000), "the lists are nested too deep"},
		"deep hyphens":        {strings.Repeat("- ", 20000), "the lists are nested too deep"},
		"a bomb of aliases":   {"name: &a [x, x]\nversion: &b [*a, *a]\nlevels: &c [*b, *b]\n", "anchors (&) and aliases (*) are not read"},
		"an alias of itself":  {"levels: &a [*a]\n", "anchors (&) and aliases (*) are not read"},
		"another YAML":        {"%YAML 9.9\n---\nname: x\n", "it is not YAML: found incompatible YAML document"},
		"a flood of keys":     {unknownKeys(201), "more than 200 parts stand here"},
		"a flood of levels":   {"levels: [" + strings.Repeat("{},", 300_000) + "{}]", "more than 200 parts stand here"},
		"a flood of needs":    {"gates: [{needs: [" + strings.Repeat("x,", 300_000) + "x]}]", "more than 200 parts stand here"},
		"an answer from afar": {"<html><body>Not found</body></html>", `the text "<html><body>Not found</body></html>" stands where named values belong`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := playbook.Read("playbook.yaml", []byte(c.src))
			var all playbook.Faults
			require.ErrorAs(t, err, &all)
			var says []string
			for _, f := range all {
				says = append(says, f.Says)
				assert.NotEmpty(t, f.Do)
			}
			assert.Contains(t, says, c.says)
		})
	}
}

func TestWindowsLinesAndAMarkAtTheStartAreRead(t *testing.T) {
	want, err := playbook.Read("team.yaml", []byte(team(t)))
	require.NoError(t, err)
	got, err := playbook.Read("team.yaml", []byte("\ufeff"+strings.ReplaceAll(team(t), "\n", "\r\n")))
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

func TestFaultsAreFoundThroughWrapping(t *testing.T) {
	_, err := playbook.Read("playbook.yaml", nil)
	var f *playbook.Fault
	assert.True(t, errors.As(fmt.Errorf("reading the playbook: %w", err), &f))
}
