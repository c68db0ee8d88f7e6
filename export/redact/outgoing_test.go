package redact_test

import (
	"html"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/export"
	"firebreak/export/page"
	"firebreak/export/redact"
	"firebreak/workflow"
)

// everything is each document that can be made of an incident, by name.
func everything(in workflow.Incident) map[string]string {
	now := sample.Alert()
	files := export.Files{Folder: "attachments"}
	out := map[string]string{
		"post-mortem": string(export.PostmortemWith(in, files)), "body": export.PostmortemBody(in), "timeline.csv": string(export.TimelineCSV(in)),
		"timeline.jsonl": string(export.TimelineJSONL(in)), "audit": string(export.AuditJSONL(in)), "assessment": export.Assessment(in),
		"status": string(export.StatusJSON(in, now)), "hand-off": export.HandOff(in.HandOffSheet(now)), "increment page": export.Page(in),
		"html": string(page.Postmortem(in, page.Files{Files: files})),
	}
	for _, f := range export.Increment(in, export.Place{ID: "0015-hotfix"}) {
		out[f.Name] = string(f.Content)
	}
	for _, f := range export.AttachmentFiles(in, "attachments") {
		out["attachments"] += f.Path + "\n"
	}
	for _, s := range workflow.KnownSections() {
		out["section "+string(s)] = export.SectionMarkdown(in, s)
	}
	return out
}

// bare is a document without what its form adds to a text: escapes, entities,
// the spelling of links, line breaks. A secret that is in it is in the document.
func bare(document string) []string {
	plain := strings.NewReplacer(`\n`, "", `\`, "", "`", "").Replace(document)
	unspelled := plain
	if decoded, err := url.PathUnescape(strings.ReplaceAll(plain, "%", "%25")); err == nil {
		unspelled = decoded
	}
	for _, spelled := range []string{"%20", "%5F", "%3D", "%2F", "%2B", "%21"} {
		if decoded, err := url.PathUnescape(spelled); err == nil {
			unspelled = strings.ReplaceAll(unspelled, spelled, decoded)
		}
	}
	squeeze := func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}
	return []string{document, plain, html.UnescapeString(plain), strings.Map(squeeze, plain), strings.Map(squeeze, unspelled)}
}

func givesAway(document, secret string) bool {
	squeezed := strings.Join(strings.Fields(secret), "")
	for _, form := range bare(document) {
		if strings.Contains(form, secret) || strings.Contains(form, squeezed) {
			return true
		}
	}
	return false
}

// cut is a title that is not too long.
func cut(title string) string { return title[:min(len(title), 200)] }

// judged decides to redact every secret that is found.
func judged(t *testing.T, s *story) *story {
	t.Helper()
	return judgedBy(t, s, shared())
}

func judgedBy(t *testing.T, s *story, scanner *redact.Scanner) *story {
	t.Helper()
	for _, l := range s.leaksBy(scanner) {
		if l.Kind == workflow.SecretLeak {
			s.do(workflow.Judge{Leak: l, Verdict: workflow.RedactLeak})
		}
	}
	return s
}

func TestWhatIsRedactedIsInNoByteOfAnyDocumentWhereverItWasWritten(t *testing.T) {
	file := workflow.Attachment{SHA256: strings.Repeat("a", 64), Bytes: 7}
	for _, f := range fakes() {
		s := begin(t)
		file.Name = "dump " + strings.ReplaceAll(f.line, "\n", " ") + ".txt"
		s.do(
			workflow.Retitle{Title: cut("Login down: " + strings.ReplaceAll(f.line, "\n", " "))},
			workflow.Assess{Field: workflow.Impact, Text: f.line + "\n" + f.line},
			workflow.Assess{Field: workflow.Hypothesis, Text: "**" + f.line + "**"},
			workflow.Note{Text: "```\n" + f.line + "\n```", Links: []string{"https://wiki/x?q=" + f.secret}, Files: []workflow.Attachment{file}},
			workflow.Note{Text: "<b>" + f.line + "</b> _" + f.secret + "_", Pinned: true},
			workflow.Note{Text: "[see](https://x/" + f.secret + ")\n\n> " + f.line},
			workflow.AddAction{Text: "rotate " + f.line, Owner: "Bob"},
			workflow.Identify{Cause: f.line}, workflow.WriteText{Which: workflow.FixText, Text: f.line},
			workflow.WriteSection{Section: workflow.LessonsSection, Text: "1. never\n\n   " + f.line},
			workflow.WriteSection{Section: workflow.SummarySection, Text: "| a |\n|---|\n| " + strings.ReplaceAll(f.line, "\n", " ") + " |"},
			workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Suite: workflow.RegressionSuite, Passed: true, Output: f.line}},
		)
		before := everything(s.in)
		spilled := 0
		for _, document := range before {
			if givesAway(document, f.secret) {
				spilled++
			}
		}
		require.Greater(t, spilled, 5, "%s: or this test proves nothing", f.kind)
		out, err := shared().Outgoing(t.Context(), judged(t, s).in)
		require.NoError(t, err)
		for name, document := range everything(out) {
			assert.False(t, givesAway(document, f.secret), "%s gives the %s away", name, f.kind)
		}
	}
}

func TestASecretInAnyTextOfTheSampleLeavesWithNone(t *testing.T) {
	key := fakes()[2].secret
	clean := theSample(t)
	for i, e := range clean.Events() {
		events := clean.Events()
		spoiled, changed := e.Reworded(func(field, text string) string {
			if field == "type" || field == "suite" {
				return text
			}
			return text + " " + key
		})
		if !changed {
			continue
		}
		events[i] = spoiled
		s, scanner := begin(t), redact.New() // the same event has another text each time
		s.in, s.now = workflow.Fold(clean.ID, events), sample.Alert().Add(1e13)
		out, err := scanner.Outgoing(t.Context(), judgedBy(t, s, scanner).in)
		require.NoError(t, err)
		for name, document := range everything(out) {
			require.False(t, givesAway(document, key), "%s after %s", name, e.Body.Kind())
		}
	}
}

func TestTheRedactedPostMortemSaysWhatWasTakenOut(t *testing.T) {
	s := judged(t, begin(t).note("the token "+fakes()[2].secret+" leaked"))
	out, err := shared().Outgoing(t.Context(), s.in)
	require.NoError(t, err)
	document := export.PostmortemBody(out)
	assert.Contains(t, document, "## Redactions\n- GitHub access token, redacted here by Jane\n")
	assert.Contains(t, document, `\[redacted: GitHub access token]`)
	again, err := shared().Outgoing(t.Context(), s.in)
	require.NoError(t, err)
	assert.Equal(t, document, export.PostmortemBody(again), "same data, same bytes")
}

func TestASecretWithAByteOrderMarkInsideIsFoundAndRedacted(t *testing.T) {
	key := fakes()[2].secret
	s := judged(t, begin(t).note("the token "+key[:9]+"\uFEFF"+key[9:]+" leaked"))
	out, err := shared().Outgoing(t.Context(), s.in)
	require.NoError(t, err)
	for name, document := range everything(out) {
		assert.False(t, givesAway(document, key), name)
	}
	assert.Contains(t, export.PostmortemBody(out), "redacted: GitHub")
}
