package markdown_test

import (
	"math/rand"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/markdown"
)

// misread is what SpecWeave's readers search the raw bytes of its files for.
var misread = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\[[ x]\]`),
	regexp.MustCompile(`\[[~-]\]`),
	regexp.MustCompile(`(?m)^- \[`),
	regexp.MustCompile(`(?m)^\s*##`),
	regexp.MustCompile(`### T-\d+:`),
	regexp.MustCompile(`(?i)\*\*(?:Status|Completed|Acceptance Criteria|Project|User Story|Satisfies ACs)\*\*:`),
	regexp.MustCompile(`\{\{[^}]*\}\}`),
	regexp.MustCompile(`AC-US\d+E?-\d{2}`),
	regexp.MustCompile(`(?m)^---\s*$`),
	regexp.MustCompile(`(?m)^\[`),
	regexp.MustCompile(`\[(?:Story Title|user type|goal|benefit)\]`),
}

var taskID = regexp.MustCompile(`T-\d+`)

var specFragments = []string{
	"- [ ]", "[x]", "[X]", "[ ]", "[~]", "### T-001: x", "\n## H", "\n### US-001: x", "**Status**: [x] completed",
	"**Completed**: 2026", "\n**Acceptance Criteria**:", "{{X}}", "{{{Y}}}", "T-001", "T-12", "PORT-80", "AC-US1-01",
	"**AC-US1-01**", "\n---\n", "\n[Story Title]", "[user type]", "\n- [ ] **AC-US1-02**: x", "`[x]`", "`T-001`",
	"```\n[x]\n```", "https://x.y/#T-001", "https://x.y/##", "https://x.y/AC-US1-01", "[a](b)", "**bold**", "a", " ",
	"\n\n", "[x](https://x.y/T-001)", "- a\n- b", "x\n---", "_", "*", "\\", "![x](y)", "[x]: /u", "<!-- [x] -->",
}

func specNasty(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.Intn(6) {
		if r.Intn(3) > 0 {
			b.WriteString(specFragments[r.Intn(len(specFragments))])
		} else {
			b.WriteString(nasty(r, 2))
		}
	}
	return b.String()
}

func TestSpecWeaveFindsNothingOfItsOwnInUserText(t *testing.T) {
	for seed := range int64(4000) {
		r := rand.New(rand.NewSource(seed))
		given := specNasty(r)
		for _, dialect := range []markdown.Dialect{markdown.TasksFile, markdown.SpecFile} {
			d := markdown.New().For(dialect)
			d.Text(given)
			d.Lines(markdown.Line{markdown.Lit(given)}, markdown.Line{markdown.Code(given), markdown.Lit(given)})
			d.Bullets(markdown.Line{markdown.Strong(given), markdown.Lit("x")}, markdown.Line{markdown.Link(given, given)})
			d.Numbered(markdown.Line{markdown.Lit(given)})
			d.Table([]string{given}, [][]markdown.Line{markdown.Lits(given)})
			d.Fence("go", given)
			d.Markdown(given, 3)
			d.Raw(dialect.Text(given))
			d.Raw(dialect.Line(given))
			for _, reader := range misread {
				require.NotRegexp(t, reader, d.String(), "seed %d: %q", seed, given)
			}
			if dialect == markdown.SpecFile {
				require.NotRegexp(t, taskID, d.String(), "seed %d: %q", seed, given)
			}
			require.Equal(t, markdown.OneLine(given), strings.Join(textsOf(dialect.Line(given)), ""), "seed %d", seed)
		}
	}
}

func textsOf(source string) []string {
	var texts []string
	for _, b := range readBack(source) {
		texts = append(texts, b.Text)
	}
	return texts
}

func TestOrdinaryTextStaysReadableInSpecWeavesFiles(t *testing.T) {
	for _, dialect := range []markdown.Dialect{markdown.TasksFile, markdown.SpecFile} {
		for _, text := range []string{
			"Users receive a 500 error on login after the v1.2.3 deploy.", "Revert snake_case_id in /api/auth/login",
			"~2,000 users, $5,000, PR #423, @lead, #incidents", "dash-containing tokens: a-b (SEV1)", "{a: 1}",
		} {
			assert.Equal(t, text, dialect.Line(text))
		}
	}
	assert.Equal(t, "after T-001", markdown.TasksFile.Line("after T-001"))
	assert.Equal(t, `after T\-001`, markdown.SpecFile.Line("after T-001"))
	assert.Equal(t, `AC\-US1-01 \[x\] #\#\# {\{X}}`, markdown.TasksFile.Line("AC-US1-01 [x] ### {{X}}"))
	assert.Equal(t, "\\*\\*Status\\*\\*: \\[ \\]\nb\n\nc", markdown.TasksFile.Text("**Status**: [ ]\nb\n\n\nc\n"))
}

func TestMarkdownThatSpecWeaveCanReadKeepsItsFormatting(t *testing.T) {
	d := markdown.New().For(markdown.SpecFile)
	d.Markdown("Only **this** line:\n\n- a\n- b", 3)
	d.Markdown("- [ ] sneaky", 3)
	d.Fence("go", "x := 1")
	d.Fence("go", "x[ ]")
	assert.Equal(t, "Only **this** line:\n\n- a\n- b\n\n\\- \\[ \\] sneaky\n\n```go\nx := 1\n```\n\nx\\[ \\]\n", d.String())
}
