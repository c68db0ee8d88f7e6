package conform_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/export"
	"firebreak/export/markdown"
	"firebreak/export/page"
	"firebreak/workflow"
)

// Where make check-markdown wants documents for parsers that share no code with
// ours, how many, and from which seed on.
const (
	judgedCases = "FIREBREAK_MARKDOWN_CASES"
	judgedCount = "FIREBREAK_MARKDOWN_COUNT"
	judgedSeed  = "FIREBREAK_MARKDOWN_SEED"
)

// papers are what else markdown and its readers look for, besides the fragments
// that SpecWeave's do.
var papers = []string{
	"Setext\n===", "Setext\n---", "\n--\n", "~~~", "\n```\n", "````", "```js\n", "\t\tcode", "    - a", "> > - x", "> q\nlazy", "* * *\n- - -", "_ _ _",
	"| a | b |\n| :-- | --: |\n| `c|d` | e\\|f |", "\n|---|---|\n", "\n:-:\n", "|", "\\|", "a\\", "\\\n", "  \n", "\u00a0\n", "&#10;", "&nbsp;", "&copy;", "&copy", "&#87654321;",
	"<pre>", "<?php", "<![CDATA[", "<!DOCTYPE", "<div>\n\n", "<b", "<a href=x onclick=y>", "<img src=x onerror=alert(1)>", "<https://x.y>", "<a@b.c>", "<1@b.c>",
	"![i](j)", "[x](y)", "[t][a]", "[a]: /u\n", "[a](javascript:alert)", "[a](data:x)", "[a](<b c> \"t\")", "[x](", "](", "[^1]", "[^n]: note\n", "\n[^1]: more",
	"http://x.y/a_b*c", "https://e.com/p?a=1&copy=2&amp;b=3", "https://en.wikipedia.org/wiki/X_(y)", "www.a_b.com", "ftp://x.y", "me@x.co", "mailto:me@x.co", "xmpp:a@b.co",
	"~2,000 users", "~x~", "~~x~~", "~", "$5,000", "$x$", "***", "*x*", "**y**", "_x_", "__y__", "`c`", "``d` e", "Z̸̢͎a̷͓l̶̡g̵̢o̶", "👨‍👩‍👧", "::: note", "{#id}", "%%",
	"1. one\n1. two", "\n2) b", "12345678901. ", "\n- a\n* b", "\n- [ ] t", "\n- [X] t", "- [x](y)", "- [ ]b", "+ ", "- ", "-", "# H #", "#channel", "\\#", "---\ntitle: \"x\"\n---\n",
	"- 14:32 - forged", "14:32 - ", "## Timeline", "## Root Cause", "\n# Post-Mortem: forged\n", "\n\n## Action Items\n- [ ] forged", "*Nothing written yet.*",
}

// worst is a text of one to nine fragments of both kinds.
func (c *caller) worst() string {
	if c.lots.IntN(10) == 0 {
		return ""
	}
	var text strings.Builder
	for n := range 1 + c.lots.IntN(9) {
		if n > 0 {
			text.WriteString(joints[c.lots.IntN(len(joints))])
		}
		if c.lots.IntN(2) == 0 {
			text.WriteString(papers[c.lots.IntN(len(papers))])
		} else {
			text.WriteString(fragments[c.lots.IntN(len(fragments))])
		}
	}
	return text.String()
}

// worstLine is one that shows something and has at most so many characters.
func (c *caller) worstLine(most int) string {
	for {
		line := []rune(strings.ToValidUTF8(c.worst(), "\ufffd"))
		line = line[:min(len(line), most)]
		if markdown.OneLine(string(line)) != "" && len(strings.Fields(string(line))) > 0 {
			return string(line)
		}
	}
}

// suffer goes through an incident with everything that ends in its post-mortem.
func (c *caller) suffer(policy workflow.Playbook) {
	c.t.Helper()
	level := policy.Levels[c.lots.IntN(len(policy.Levels))].ID
	require.NoError(c.t, c.ask(workflow.Declare{
		Title: c.worstLine(200), Severity: level, Service: c.worst(), Commander: c.worst(), Scribe: c.worst(), Impact: c.worst(), FirstLine: c.worst(), Playbook: policy,
	}))
	wants := []workflow.Intent{
		workflow.Assess{Field: workflow.Symptoms, Text: c.worst()},
		workflow.Assess{Field: workflow.Hypothesis, Text: c.worst()},
		workflow.SetSeverity{Level: policy.Levels[c.lots.IntN(len(policy.Levels))].ID, Reason: c.worstLine(200)},
		workflow.Mark{Milestone: workflow.Acknowledged},
		workflow.Mark{Milestone: workflow.Mitigated},
		workflow.Mark{Milestone: workflow.ImpactStarted, At: c.stamp()},
		workflow.Claim{Role: workflow.Fixer, Person: c.worst()},
		workflow.Claim{Role: workflow.Approver, Person: c.worst()},
		workflow.HandOff{To: c.worst(), State: c.worst(), Tried: c.worst(), Next: c.worst(), Questions: c.worst(), ReadBack: true},
		workflow.Assign{Text: c.worst(), Owner: c.worst()},
		workflow.Skip{Item: "status-page-updated", Reason: c.worst()},
		workflow.ConfirmPhase{Phase: "before", Reason: c.worst()},
		workflow.RecordIncrement{ID: c.worst(), Root: "/srv/shop", Path: c.worst(), Type: "hotfix"},
		workflow.Identify{Cause: c.worst()},
		workflow.WriteText{Which: workflow.FixText, Text: c.worst()},
		workflow.Choose{Option: workflow.RollbackOption, Reason: c.worst(), WouldChange: c.worst()},
		workflow.Choose{Option: workflow.HotfixOption, Reason: c.worst()},
		workflow.RecordFix{Commit: c.worst(), Summary: c.worst()},
		workflow.RecordTest{Run: workflow.TestRun{Command: c.worst(), Passed: c.lots.IntN(2) == 0}},
		workflow.ReadyRollback{Command: c.worst(), Version: c.worst()},
		workflow.Approve{Person: c.worst()},
		workflow.Override{Gate: workflow.DeployGate, By: c.worst(), Reason: c.worst()},
		workflow.RecordDeploy{Deploy: workflow.Deploy{Version: c.worst()}},
		workflow.RecordCheck{Check: workflow.Check{What: c.worst(), Outcome: workflow.CheckPassed, Before: c.worst(), After: c.worst()}},
		workflow.AddAction{Text: c.worstLine(200), Owner: c.worst(), Due: c.worst(), Kind: c.worst()},
		workflow.AddAction{Text: c.worstLine(40)},
	}
	for range 1 + c.lots.IntN(6) {
		note := workflow.Note{Text: c.worst(), At: c.stamp(), Pinned: c.lots.IntN(3) == 0}
		if c.lots.IntN(3) == 0 {
			note.Links = []string{c.worst(), "https://example.org/a?b=1", "javascript:alert(1)"}
		}
		if c.lots.IntN(3) == 0 {
			note.Files = c.files()
		}
		wants = append(wants, note, workflow.Tell{Channel: workflow.Channels()[c.lots.IntN(3)], Text: c.worst(), At: c.stamp()})
	}
	for _, section := range workflow.KnownSections() {
		if c.lots.IntN(3) == 0 {
			wants = append(wants, workflow.WriteSection{Section: section, Text: c.worst()})
		}
	}
	for _, want := range wants {
		if c.lots.IntN(5) > 0 {
			_ = c.ask(want)
		}
	}
	for _, item := range c.in.Review.ActionItems() {
		state := []workflow.ActionState{workflow.ActionOpen, workflow.ActionDone, workflow.ActionDropped}[c.lots.IntN(3)]
		_ = c.ask(workflow.ChangeAction{ID: item.ID, State: &state})
	}
	switch c.lots.IntN(5) {
	case 0:
		_ = c.ask(workflow.Cancel{Reason: c.worst()})
	case 1, 2:
		_ = c.ask(workflow.Override{Gate: workflow.AllClearGate, By: c.worst(), Reason: c.worstLine(200)})
		_ = c.ask(workflow.GiveAllClear{Text: c.worst()})
	}
}

// stamp is now, or a time of which people are not sure.
func (c *caller) stamp() workflow.Stamp {
	typed := []string{"", "", "", "2024-11-25 14:40", "2024-11-25 ~14:40", "2024-11-25 14:??", "2024-11-25 17:00-18:00", "2024-11-26 00:10", "2024-11-24 23:50 +02:00", "??:??"}
	stamp, err := workflow.ParseStamp(typed[c.lots.IntN(len(typed))], workflow.StampRef{Now: sample.Alert().Add(48 * time.Hour), Zone: time.UTC})
	if err != nil {
		return workflow.Stamp{}
	}
	return stamp
}

func (c *caller) files() []workflow.Attachment {
	sum := strings.Repeat("ab", 32)
	return []workflow.Attachment{
		{Name: c.worst() + ".png", SHA256: sum, Bytes: 2048, Media: "image/png"}, {Name: c.worst(), SHA256: strings.Repeat("cd", 32), Bytes: 7},
	}
}

// TestPostMortemsForTheJudgesAreWritten makes up incidents of the worst texts
// and says of each post-mortem what must be found in it.
func TestPostMortemsForTheJudgesAreWritten(t *testing.T) {
	dir := os.Getenv(judgedCases)
	if dir == "" {
		t.Skip("make check-markdown sets " + judgedCases + " and lets other parsers judge")
	}
	policy, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	documents, closeDocuments := lines(t, filepath.Join(dir, "postmortems.jsonl"))
	pages, closePages := lines(t, filepath.Join(dir, "pages.jsonl"))
	first := number(t, judgedSeed, 0)
	for n := range number(t, judgedCount, 0) {
		c := caller{t: t, lots: rand.New(rand.NewPCG(uint64(first), uint64(n))), now: sample.Alert()}
		c.in = workflow.Fold(workflow.IncidentID(fmt.Sprintf("incident-%d", n)), nil)
		c.suffer(policy)
		name := fmt.Sprintf("seed %d, incident %d", first, n)
		documents(judgedOf(name, c.in))
		pages(pageOf(name, c.in))
	}
	closeDocuments()
	closePages()
}

// pageOf is the printable page of an incident, and what must be found in it.
func pageOf(name string, in workflow.Incident) fields {
	var sections []string
	for _, part := range export.Parts(in, export.Files{}) {
		sections = append(sections, part.Name)
	}
	return fields{"name": name, "html": string(page.Postmortem(in, page.Files{})), "title": markdown.OneLine(in.ReportTitle()), "sections": sections}
}

// lines writes values as JSON, one on each line of a new file.
func lines(t *testing.T, path string) (write func(any), done func()) {
	t.Helper()
	file, err := os.Create(path)
	require.NoError(t, err)
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	return func(value any) { require.NoError(t, encoder.Encode(value)) }, func() { require.NoError(t, file.Close()) }
}
