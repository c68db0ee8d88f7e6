package intake_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/intake"
	"firebreak/workflow"
)

// allForms are the forms that a document can be read as, and "found out".
var allForms = []workflow.ReadingForm{
	"", workflow.MarkdownForm, workflow.ChatForm, workflow.SlackForm, workflow.CSVForm, workflow.JSONLinesForm, workflow.GitLogForm,
}

// checkWhole holds a reading against its source: every line has its place,
// every word of it is found again, every stamp stands in its line as it was
// typed, and the same bytes read the same.
func checkWhole(t *testing.T, name string, content []byte, as workflow.ReadAs) workflow.Reading {
	t.Helper()
	reading, lines := intake.ReadLines(name, content, as, now)
	again := intake.Read(name, content, as, now)
	require.True(t, reflect.DeepEqual(reading, again), "the same bytes read differently")
	source := intake.SourceLines(content)
	for _, l := range reading.Lines {
		require.GreaterOrEqual(t, l.Line, 1)
		require.LessOrEqual(t, l.Line, max(1, len(source)))
		if utf8.ValidString(source[l.Line-1]) {
			require.Contains(t, source[l.Line-1], l.At.Typed, "the stamp is not as the document has it")
		}
		require.True(t, utf8.ValidString(l.Text))
		require.Contains(t, []workflow.Confidence{workflow.SureLine, workflow.LikelyLine, workflow.DoubtfulLine}, l.Sure)
		if l.Sure != workflow.SureLine && l.Zone.From != workflow.FromNowhere { // that is said of the whole
			require.NotEmpty(t, l.Notes, "a line that is not sure does not say why")
		}
	}
	if reading.Form == workflow.MarkdownForm || reading.Form == workflow.ChatForm || reading.Form == workflow.GitLogForm {
		checkLines(t, reading, lines)
	}
	return reading
}

func checkLines(t *testing.T, reading workflow.Reading, lines []intake.SourceLine) {
	t.Helper()
	all := said(reading)
	for _, l := range lines {
		if l.Blank || l.Frame {
			continue
		}
		require.True(t, l.Spent, "line %d has no place: %q", l.No, l.Text)
		if reading.Form == workflow.GitLogForm {
			continue // hashes are shortened and mail addresses left out
		}
		for _, word := range words(l.Text) {
			if !strings.Contains(all, word) && !strings.Contains(" APP br BR b strong code ", " "+word+" ") {
				require.Fail(t, "a word is lost", "form %s, line %d, %q of %q in\n%s", reading.Form, l.No, word, l.Text, source(lines))
			}
		}
	}
}

// source is a small document for a message.
func source(lines []intake.SourceLine) string {
	var out strings.Builder
	for _, l := range lines[:min(len(lines), 30)] {
		out.WriteString(l.Text + "\n")
	}
	return out.String()
}

// said is everything that a reading says.
func said(r workflow.Reading) string {
	var out strings.Builder
	say := func(texts ...string) {
		for _, text := range texts {
			out.WriteString(text)
			out.WriteByte('\n')
		}
	}
	say(r.Title, r.Severity)
	say(r.Notes...)
	for _, l := range r.Lines {
		say(l.At.Typed, l.Text, l.Who, l.Day.Says, l.Zone.Says)
		say(l.Notes...)
		say(l.Links...)
	}
	for _, s := range r.Sections {
		say(s.Heading, s.Text)
	}
	for _, u := range r.Rest {
		say(u.Text)
	}
	return out.String()
}

// words are the runs of letters and figures of a line.
func words(text string) []string {
	if !utf8.ValidString(text) {
		return nil
	}
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) || r >= 0x80 && unicode.IsControl(r)
	})
}

func TestNoLineOfTheCorpusIsLost(t *testing.T) {
	folder := os.Getenv("FIREBREAK_CORPUS")
	if folder == "" {
		t.Skip("FIREBREAK_CORPUS names no folder")
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.md"))
	require.NoError(t, err)
	for _, name := range names {
		content, err := os.ReadFile(name)
		require.NoError(t, err)
		checkWhole(t, filepath.Base(name), content, workflow.ReadAs{})
	}
}

func TestNoLineOfAFixtureIsLost(t *testing.T) {
	for _, name := range fixtures(t) {
		content, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, form := range allForms {
			checkWhole(t, filepath.Base(name), content, workflow.ReadAs{Form: form})
		}
	}
}

func fixtures(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"testdata/*.md", "testdata/*.txt", "testdata/*.json", "testdata/*.jsonl", "testdata/*.csv", "testdata/*.tsv", "testdata/*.erb"} {
		names, err := filepath.Glob(pattern)
		require.NoError(t, err)
		out = append(out, names...)
	}
	assert.NotEmpty(t, out)
	return out
}

func FuzzReadLosesNothing(f *testing.F) {
	for _, name := range fixtures(f) {
		content, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(content, uint8(0))
	}
	for _, text := range []string{
		"14:32 - x\n| a | b |\n|-|-|\n", "## Timeline\n- 14:32 a\n  - b\n\n```\n14:33 c\n", "# T\n## Timeline\n| Time | x |\n|---|---|\n| 14:?? | y |\n| HH:mm | z |",
		"[2:32 PM] a: b\n2:33\nc", "> ## Timeline\n> 14:32 x\n14:33 y", "---\ntitle: x\n---\n14:32 a", "**Timeline**\n\n24/07/25\n\n13:55 PM – x",
		"Timeline:\n\n- May 12\n  - 23:58 a\n  - 00:10 (next day) b\n", "14:20-2:00 x\n14:32 (9:32 EST) y", "commit abcdef1234567\nDate: now\n\n    x\n",
	} {
		f.Add([]byte(text), uint8(0))
	}
	f.Fuzz(func(t *testing.T, content []byte, form uint8) {
		if len(content) > 64<<10 {
			return
		}
		checkWhole(t, "fuzz", content, workflow.ReadAs{Form: allForms[int(form)%len(allForms)]})
	})
}
