package export_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/export"
	"firebreak/workflow"
)

func stamp(t *testing.T, typed string) workflow.Stamp {
	t.Helper()
	s, err := workflow.ParseStamp(typed, workflow.StampRef{Now: sample.Alert().Add(48 * time.Hour), Zone: time.UTC})
	require.NoError(t, err)
	return s
}

// noted is an incident whose timeline holds these notes besides its first line.
func noted(t *testing.T, notes ...workflow.Note) workflow.Incident {
	p := newPlayer(t)
	p.do("Jane", workflow.Declare{Title: "Auth Outage", Playbook: standard(t)})
	for _, n := range notes {
		p.do("Sam", n)
	}
	return p.in
}

func TestATimelineLineSaysWhatIsKnownOfItsTime(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"2024-11-25 14:40":                      "- 14:40 - x",
		"2024-11-25 14:40 +02:00":               "- 12:40 - x",
		"2024-11-25 ~14:40":                     "- ≈14:40 - x",
		"2024-11-25 14:??":                      "- 14:?? - x",
		"2024-11-25 17:00-18:00":                "- 17:00–18:00 - x",
		"2024-11-25 23:50 – 2024-11-26 00:10 Z": "- 23:50–00:10 (2024-11-26) - x",
	} {
		got := export.SectionMarkdown(noted(t, workflow.Note{Text: "x", At: stamp(t, typed)}), workflow.TimelineSection)
		assert.Contains(t, strings.Split(got, "\n"), want, "%s", typed)
	}
}

func TestATimelineOfSeveralDaysHasALineForEachDate(t *testing.T) {
	t.Parallel()
	in := noted(t,
		workflow.Note{Text: "first sign", At: stamp(t, "2024-11-24 23:50")},
		workflow.Note{Text: "still there", At: stamp(t, "2024-11-26 00:10")},
		workflow.Note{Text: "somebody called", At: workflow.UnknownStamp("at some point")},
	)
	assert.Equal(t, `### 2024-11-24
- 23:50 - first sign

### 2024-11-25
- 14:32 - First alert triggered

### 2024-11-26
- 00:10 - still there

### Time unknown
- ??:?? - somebody called
`, export.SectionMarkdown(in, workflow.TimelineSection))
}

func TestAnEntrysBlocksStandBelowItsTime(t *testing.T) {
	t.Parallel()
	in := noted(t,
		workflow.Note{Text: "**500** on `/login`", Links: []string{"https://example.org/graph"}},
		workflow.Note{Text: "seen in the log:\n\n```text\n- 14:00 - not an entry\n```", Links: []string{"https://example.org/log"}},
		workflow.Note{Text: "- one\n- two"},
	)
	assert.Equal(t, "- 14:32 - First alert triggered\n"+
		"- 14:32 - **500** on `/login` [https\\://example.org/graph](https://example.org/graph)\n"+
		"- 14:32 - seen in the log:\n\n  ```text\n  - 14:00 - not an entry\n  ```\n\n  [https\\://example.org/log](https://example.org/log)\n\n"+
		"- 14:32\n\n  - one\n  - two\n", export.SectionMarkdown(in, workflow.TimelineSection))
}

func TestTheAssessmentSaysWhatIsNotYetDone(t *testing.T) {
	t.Parallel()
	p := newPlayer(t)
	p.do("Jane", workflow.Declare{Title: "Auth Outage", Detected: stamp(t, "2024-11-24 23:50"), Playbook: standard(t)})
	p.do("Sam", workflow.Tell{Channel: workflow.OnCallChannel})
	assert.Equal(t, `## Incident Assessment

**Time Detected**: 2024-11-24 23:50 UTC
**Severity**: undecided
**Impact**: not known yet
**Symptoms**: not known yet
**Hypothesis**: not known yet

**Communication**:
- Not yet posted in the incident channel
- Not yet status page updated
- On-call notified
`, export.Assessment(p.in))
}

func TestAnActionItemIsStillATaskWithAllThatIsKnownOfIt(t *testing.T) {
	t.Parallel()
	p := wholeSample(t)
	p.do("Jane", workflow.AddAction{Text: "Write a runbook", Owner: "Kim", Due: "2024-12-05", Kind: "process"})
	p.do("Jane", workflow.AddAction{Text: "Rewrite it all"})
	items := p.in.Review.ActionItems()
	done, dropped := workflow.ActionDone, workflow.ActionDropped
	p.do("Jane", workflow.ChangeAction{ID: items[0].ID, State: &done}, workflow.ChangeAction{ID: items[4].ID, State: &dropped})
	assert.Equal(t, `- [x] Add regression test for dash-containing tokens
- [ ] Add auth-specific test coverage requirements
- [ ] Implement canary deployment for auth changes
- [ ] Write a runbook (process, Kim, due 2024-12-05)
- [x] Rewrite it all (dropped)
`, export.SectionMarkdown(p.in, workflow.ActionsSection))
}

func TestWhatPeopleWroteIsNotWrittenOver(t *testing.T) {
	t.Parallel()
	p := wholeSample(t)
	p.do("Jane", workflow.WriteSection{Section: workflow.SummarySection, Text: "Nobody could log in.\n\n# Loud"})
	assert.Contains(t, export.PostmortemBody(p.in), "## Summary\nNobody could log in.\n\n### Loud\n\n## Timeline\n")
	p.do("Jane", workflow.WriteSection{Section: workflow.DetectionSection, Text: "  "})
	assert.NotContains(t, export.PostmortemBody(p.in), "## Detection", "an optional section that was emptied is left out")
}

func everything(in workflow.Incident) string {
	now := sample.Alert().Add(20 * time.Minute)
	var all strings.Builder
	all.Write(export.Postmortem(in))
	all.WriteString(export.Assessment(in) + export.Page(in) + export.HandOff(in.HandOffSheet(now)))
	all.Write(export.StatusJSON(in, now))
	all.Write(export.TimelineCSV(in))
	all.Write(export.TimelineJSONL(in))
	for _, f := range export.Increment(in, samplePlace()) {
		all.Write(f.Content)
	}
	return all.String()
}

// Not parallel: it sets the machine's zone.
func TestTheSameIncidentGivesTheSameBytesInEveryZone(t *testing.T) {
	in := wholeSample(t).in
	want := everything(in)
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("far", 14*3600), time.FixedZone("off", -12*3600-1800)} {
		time.Local = zone
		assert.Equal(t, want, everything(workflow.Fold(in.ID, in.Events())), zone)
	}
}

func TestTheSameEventsInAnyOrderGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	in := hostile(t, "## Root Cause\n- [ ] T-001").in
	want := everything(in)
	for seed := range int64(20) {
		events := in.Events()
		rand.New(rand.NewSource(seed)).Shuffle(len(events), func(a, b int) { events[a], events[b] = events[b], events[a] })
		assert.Equal(t, want, everything(workflow.Fold(in.ID, events)), "seed %d", seed)
	}
}

func TestThatADocumentWasWrittenChangesNoDocument(t *testing.T) {
	t.Parallel()
	p := wholeSample(t)
	before := string(export.Postmortem(p.in)) + fmt.Sprint(export.Increment(p.in, samplePlace()))
	p.now = p.now.Add(time.Hour)
	p.do("Jane", workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Root: "/srv/shop", Path: "a.md"}})
	assert.Equal(t, before, string(export.Postmortem(p.in))+fmt.Sprint(export.Increment(p.in, samplePlace())))
}

func TestWhoseAPostMortemIsComesBackFromItsFrontMatter(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]workflow.IncidentID{
		"---\nincident: \"a-1\"\n---\n":             "a-1",
		"---\r\nincident: \"a-1\"\r\n---\r\n":       "a-1",
		"---\nseverity: \"SEV1\"\n---\nincident: x": "",
		"# A hand-written one\n":                    "",
		"":                                          "",
	} {
		assert.Equal(t, want, export.IncidentOf([]byte(document)), "%q", document)
	}
}
