package export_test

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"firebreak/app/sample"
	"firebreak/export"
	"firebreak/workflow"
)

// hostileTexts are what people paste at 3 a.m., and what nobody should.
func hostileTexts() map[string]string {
	return map[string]string{
		"a heading":         "## Root Cause\n# Post-Mortem: forged\nSetext\n===\nSetext\n---",
		"front matter":      "---\nincident: forged\n---\n\n---",
		"a task":            "- [ ] T-001: forged\n- [x] done\n### T-009: forged\n**Status**: [ ] pending\n**Completed**: 2024-11-25",
		"a criterion":       "- [ ] **AC-US1-09**: forged\n### US-002: forged\n**Project**: forged\n## Acceptance Criteria",
		"a template":        "{{X}} {{FEATURE_NAME}} [Story Title] [user type] [goal]",
		"an open fence":     "```go\nfunc main() {",
		"an open comment":   "<!-- never closed\n<script>alert(1)</script>\n<details>",
		"a table":           "a | b\n--- | ---\n1 | 2",
		"control signs":     "null \x00 bell \x07 escape \x1b[31mred\x1b[0m c1 \u0085 sep \u2028 \u2029",
		"line ends":         "one\r\ntwo\rthree\n\n\nfour\v\f",
		"right to left":     "\u202eevil\u202c \u2067isolated\u2069 שלום مرحبا",
		"not UTF-8":         "a\xff\xfeb\xc3(",
		"only blanks":       " \t\u00a0 ",
		"a definition":      "[T]: https://example.org \"x\"\n[T]",
		"a quote":           "> > > deep\n* * *\n+ plus\n1) one",
		"a formula":         "=HYPERLINK(\"http://evil\")",
		"emphasis":          "*a **b ~~c `d* **",
		"status by a colon": "status: completed\nstatus: abandoned",
	}
}

// hostile plays an incident that has the same text in every field.
func hostile(t *testing.T, said string) *player {
	t.Helper()
	line := strings.Join(strings.Fields(said), " ")
	if line == "" {
		line = "x"
	}
	title := string([]rune(line)[:min(150, len([]rune(line)))])
	p := newPlayer(t)
	p.do("Jane\n# forged", workflow.Declare{
		Title: title, Severity: "SEV1", Service: said, Commander: line, Scribe: line, Impact: said, FirstLine: said, Playbook: standard(t),
	})
	p.try(
		workflow.Assess{Field: workflow.Symptoms, Text: said},
		workflow.Assess{Field: workflow.Hypothesis, Text: said},
		workflow.Note{Text: said, Links: []string{said, "https://example.org/a?b=1", "javascript:alert(1)"}},
		workflow.Note{Text: "before " + said + " after"},
		workflow.Note{Text: said, Files: hostileFiles(said)},
		workflow.Note{Files: hostileFiles(said + ".png")},
		workflow.Tell{Channel: workflow.StatusPageChannel, Text: said},
		workflow.WriteText{Which: workflow.ProblemText, Text: said},
		workflow.WriteText{Which: workflow.FixText, Text: said},
		workflow.WriteText{Which: workflow.RollbackText, Text: said},
		workflow.RenameTask{ID: "T-002", Title: line},
		workflow.AddTask{Title: line},
		workflow.RecordIncrement{ID: sampleID, Root: "/srv/shop", Path: ".specweave/increments/" + sampleID, Type: "hotfix"},
		workflow.Identify{Cause: said},
		workflow.Choose{Option: workflow.HotfixOption, Reason: said, WouldChange: said},
		workflow.Assign{Text: line, Owner: "Bob " + line},
		workflow.RecordFix{Commit: line, Summary: said},
		workflow.ReadyRollback{Command: said, Version: line},
		workflow.Override{Gate: workflow.DeployGate, By: line, Reason: said},
		workflow.RecordDeploy{Deploy: workflow.Deploy{Version: said}},
		workflow.RecordCheck{Check: workflow.Check{What: line, Outcome: workflow.CheckPassed, Before: said, After: said}},
		workflow.AddAction{Text: line, Owner: line, Due: line, Kind: line},
		workflow.HandOff{To: "Kim " + line, State: said, Tried: said, Next: said, Questions: said, ReadBack: true},
	)
	for _, section := range []workflow.Section{workflow.LessonsSection, workflow.WentWellSection, workflow.QuestionsSection} {
		p.try(workflow.WriteSection{Section: section, Text: said})
	}
	return p
}

// try plays what the workflow lets through; refusing blanks is its own matter.
func (p *player) try(wants ...workflow.Intent) {
	p.t.Helper()
	for _, want := range wants {
		events, err := workflow.Decide(p.in, want, workflow.Env{
			Now: p.now, Actor: "Jane", Device: "device-1", NewID: p.newID,
		})
		if err == nil {
			p.in = p.in.With(events...)
		}
	}
}

// outline is the headings of a document that stand in no list and no quote.
func outline(document string) (headings []string) {
	source := []byte(document)
	root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, is := n.(*ast.Heading); is && h.Level <= 2 {
			headings = append(headings, strings.Repeat("#", h.Level)+" "+string(h.Lines().Value(source)))
		}
	}
	return headings
}

func TestNothingThatPeopleTypeAddsASectionToThePostMortem(t *testing.T) {
	t.Parallel()
	for name, said := range hostileTexts() {
		in := hostile(t, said).in
		body := export.PostmortemBody(in)
		var want []string
		for _, s := range in.Playbook.Review.Sections {
			if s.Always || export.SectionMarkdown(in, s.ID) != "" {
				want = append(want, "## "+s.Name)
			}
		}
		got := outline(body)
		require.NotEmpty(t, got, name)
		assert.Equal(t, want, got[1:], name)
		assert.True(t, strings.HasPrefix(got[0], "# Post-Mortem: "), name)
		whole := string(export.Postmortem(in))
		assert.Equal(t, workflow.IncidentID("incident-1"), export.IncidentOf([]byte(whole)), name)
		assert.Equal(t, body, strings.SplitN(whole, "\n---\n\n", 2)[1], "%s: front matter ends where it should", name)
		assert.NotContains(t, whole, "\x00", name)
		assert.NotContains(t, whole, "\x1b", name)
		assert.NotContains(t, whole, "\r", name)
	}
}

func TestEveryTimelineEntryIsOneItemWhateverItsTextIs(t *testing.T) {
	t.Parallel()
	for name, said := range hostileTexts() {
		in := hostile(t, said).in
		source := []byte(export.SectionMarkdown(in, workflow.TimelineSection))
		root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
		require.Equal(t, 1, root.ChildCount(), "%s: one list and nothing else:\n%s", name, source)
		list, is := root.FirstChild().(*ast.List)
		require.True(t, is, name)
		assert.Equal(t, len(in.ReportLines()), list.ChildCount(), "%s:\n%s", name, source)
	}
}

// What SpecWeave searches the files for. A hit must be one of ours.
var (
	taskHeading = regexp.MustCompile(`(?m)^##+ T-\d+`)
	anyTaskID   = regexp.MustCompile(`T-\d{3,}`)
	openBox     = regexp.MustCompile(`\[ \]`)
	doneBox     = regexp.MustCompile(`\[x\]`)
	statusLine  = regexp.MustCompile(`(?m)^\*\*Status\*\*: \[([x ])\] (completed|pending)$`)
	anyStatus   = regexp.MustCompile(`\*\*Status\*\*:`)
	completed   = regexp.MustCompile(`(?i)\*\*Completed\*\*:\s*\S`)
	storyLine   = regexp.MustCompile(`(?m)^###+ US-\d+:`)
	acLine      = regexp.MustCompile(`(?m)^- \[[x ]\] \*\*AC-US1-\d{2}\*\*: \S`)
	anyAC       = regexp.MustCompile(`(?m)^\s*[-*]\s+\[[x ]\]`)
	placeholder = regexp.MustCompile(`\{\{[A-Z_]+\}\}|\[Story Title\]|\[user type\]|\[goal\]`)
	projectLine = regexp.MustCompile(`(?m)^\*\*Project\*\*:`)
	frontStatus = regexp.MustCompile(`(?m)^status: `)
)

func TestSpecWeavesExpressionsFindOnlyWhatIsOurs(t *testing.T) {
	t.Parallel()
	for name, said := range hostileTexts() {
		in := hostile(t, said).in
		files := map[string]string{}
		for _, f := range export.Increment(in, samplePlace()) {
			files[f.Name] = string(f.Content)
		}
		n := len(in.Tasks())
		spec, tasks, plan := files["spec.md"], files["tasks.md"], files["plan.md"]
		count := func(expression *regexp.Regexp, in string) int { return len(expression.FindAllString(in, -1)) }

		assert.Equal(t, n, count(taskHeading, tasks), "%s: tasks", name)
		assert.Equal(t, n, count(statusLine, tasks), "%s: states", name)
		assert.Equal(t, n, count(anyStatus, tasks), "%s: states anywhere", name)
		assert.Equal(t, n, count(openBox, tasks)+count(doneBox, tasks), "%s: boxes", name)
		assert.Zero(t, count(completed, tasks), "%s: tasks counted twice", name)
		assert.NotContains(t, tasks, "**Acceptance Criteria**:", name)

		assert.Zero(t, count(anyTaskID, spec), "%s: task ids in the spec:\n%s", name, spec)
		assert.Equal(t, 1, count(storyLine, spec), "%s: stories", name)
		assert.Equal(t, n, count(acLine, spec), "%s: criteria", name)
		assert.Equal(t, n, count(anyAC, spec), "%s: boxes in the spec", name)
		assert.Equal(t, 1, count(projectLine, spec), "%s: projects", name)
		assert.Equal(t, 1, count(frontStatus, strings.SplitN(spec, "\n---\n", 2)[0]), "%s: state", name)
		assert.Contains(t, spec, "\n#### Acceptance Criteria\n", name)

		assert.Zero(t, count(anyAC, plan), "%s: boxes in the plan", name)
		assert.NotContains(t, plan, "## Acceptance Criteria", name)
		for _, content := range files {
			assert.Zero(t, count(placeholder, content), "%s: gaps of a template", name)
			assert.NotContains(t, content, "\r", name)
			assert.NotContains(t, content, "\x00", name)
		}
		assert.True(t, json.Valid([]byte(files["metadata.json"])), name)
		assert.False(t, strings.HasSuffix(files["metadata.json"], "\n"), name)
		assert.True(t, strings.HasSuffix(spec, "\n") && !strings.HasSuffix(spec, "\n\n"), name)
	}
}

func TestTheDocumentsForPastingKeepTheirForm(t *testing.T) {
	t.Parallel()
	now := sample.Alert().Add(time.Hour)
	for name, said := range hostileTexts() {
		in := hostile(t, said).in
		assert.Equal(t, []string{"## Incident Assessment"}, outline(export.Assessment(in)), name)
		assert.Len(t, strings.Split(strings.TrimRight(export.Assessment(in), "\n"), "\n"), 12, name)
		page := outline(export.Page(in))
		assert.Equal(t, []string{"# Increment: " + sampleID, "## Problem"}, page[:2], name)
		assert.Equal(t, []string{"## Fix", "## Tasks"}, page[len(page)-2:], name)
		assert.Len(t, page, 5, name)
		sheet := outline(export.HandOff(in.HandOffSheet(now)))
		assert.Equal(t, []string{"## Last decisions", "## Open tasks", "## Checklist", "## Roles", "## Last hand-off"}, sheet[1:], name)
		assert.True(t, json.Valid(export.StatusJSON(in, now)), name)
	}
}

func TestTheTimelineAsDataHasOneRecordPerEntry(t *testing.T) {
	t.Parallel()
	for name, said := range hostileTexts() {
		in := hostile(t, said).in
		rows, err := csv.NewReader(strings.NewReader(string(export.TimelineCSV(in)))).ReadAll()
		require.NoError(t, err, name)
		assert.Len(t, rows, in.Timeline.Shown()+1, name)
		for _, row := range rows[1:] {
			for _, field := range row {
				assert.False(t, strings.HasPrefix(field, "=") || strings.HasPrefix(field, "@"), "%s: a spreadsheet would run %q", name, field)
			}
		}
		lines := strings.Split(strings.TrimRight(string(export.TimelineJSONL(in)), "\n"), "\n")
		assert.Len(t, lines, in.Timeline.Shown(), name)
		assert.False(t, slices.ContainsFunc(lines, func(l string) bool { return !json.Valid([]byte(l)) }), name)
	}
}

func TestAMegabyteInASectionStaysInItsSection(t *testing.T) {
	t.Parallel()
	p := midIncident(t)
	for _, piece := range []string{"## Root Cause\n\n- [ ] T-001\n", "`", "> - ", "[a](b", "| a | b |\n|---|---|\n"} {
		big := strings.Repeat(piece, 1<<20/len(piece))
		p.try(workflow.WriteSection{Section: workflow.LessonsSection, Text: big})
		began := time.Now()
		body := export.PostmortemBody(p.in)
		assert.Less(t, time.Since(began), 20*time.Second, "%q", piece)
		assert.Greater(t, len(body), 1<<20, "%q", piece)
		assert.Contains(t, body, "\n\n## Action Items\n", "%q", piece)
	}
}
