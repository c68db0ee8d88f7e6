package workflow_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// read is a line that a document has.
func read(line int, at workflow.Stamp, text string) workflow.ReadLine {
	at.Typed = at.Clock(time.UTC)
	return workflow.ReadLine{
		Line: line, At: at, Text: text, Kind: workflow.NoteEntry, Sure: workflow.SureLine,
		Day: workflow.Origin{From: workflow.FromHeading, Says: "line 3"}, Zone: workflow.Origin{From: workflow.FromStamp},
	}
}

func marks(line workflow.ReadLine, m workflow.Milestone) workflow.ReadLine {
	line.Milestone = m
	return line
}

// oldPaper is a post-mortem as it might lie in somebody's folder.
func oldPaper() workflow.Reading {
	deploy := read(12, when(-20), "Release 1.8.3 went out")
	deploy.Who, deploy.Links, deploy.Kind = "Bob", []string{"https://example.org/421"}, workflow.ActionEntry
	guess := read(14, about(3), "Somebody turned it off")
	guess.Sure, guess.Notes = workflow.LikelyLine, []string{"No zone is named: UTC is assumed."}
	return workflow.Reading{
		Source: "old.md", Form: workflow.MarkdownForm, Title: "Post-Mortem: SEV2 Payments were slow 2024-11-25", Severity: "sev-2",
		Lines: []workflow.ReadLine{
			deploy, marks(read(13, when(1), "Pager rang"), workflow.Detected), guess,
			marks(read(15, when(30), "Rolled back"), workflow.Mitigated), marks(read(16, when(40), "All good again"), workflow.AllClear),
		},
		Sections: []workflow.ReadSection{
			{Line: 5, Heading: "Summary", Section: workflow.SummarySection, Text: "Payments were slow."},
			{Line: 20, Heading: "What we learned", Section: workflow.LessonsSection, Text: "1. Watch the queue."},
			{Line: 24, Heading: "To do", Section: workflow.ActionsSection, Text: "- [ ] Alert on the queue\n- [x] Raise the limit\n  for good\n"},
			{Line: 30, Heading: "Background *story*", Text: "It began in spring."},
		},
		Rest: []workflow.Unread{{Line: 17, Text: "13:75 and so on", Why: "an hour has 60 minutes"}},
	}
}

func importing(r workflow.Reading) workflow.ImportReading { return r.Everything(workflow.ReadAs{}) }

func TestAnImportBringsEachEntryWithItsOwnTimeAndWhereItCameFrom(t *testing.T) {
	s := fire(t).at(120).do(importing(oldPaper()))
	deploy := s.entry("Release 1.8.3 went out")
	assert.Equal(t, when(-20).Time, deploy.At.Get().Time)
	assert.Equal(t, "14:12", deploy.At.Get().Typed, "the stamp as the document has it")
	assert.Equal(t, "Bob", deploy.Who)
	assert.Equal(t, workflow.ActionEntry, deploy.Kind.Get())
	assert.Equal(t, []string{"https://example.org/421"}, deploy.Links.Get())
	assert.Equal(t, workflow.Source{Document: "old.md", Line: 12, By: "Jane"}, deploy.Source)
	assert.Equal(t, "old.md, line 12", deploy.Source.Words())
	assert.Equal(t, alert.Add(2*time.Hour), deploy.First.Recorded)
	assert.True(t, deploy.InReport())
	assert.Empty(t, s.entry("Pager rang").Who, "the document names nobody, and whoever imports it was not there")
	assert.Equal(t, workflow.About, s.entry("Somebody turned it off").At.Get().Sure)
	assert.Equal(t, "14:12", s.in.Timeline.All()[0].At.Get().Clock(nil))
	assert.False(t, s.entry("Imported 5 entries, 3 sections and 2 action items from old.md").InReport())
}

func TestOneUndoTakesAWholeImportBackAndOneRedoBringsItAgain(t *testing.T) {
	s := fire(t).do(workflow.WriteSection{Section: workflow.LessonsSection, Text: "My own words."})
	before := s.in
	s.do(importing(oldPaper()))
	after := s.in
	what, ok := s.in.CanUndo(s.device)
	assert.True(t, ok)
	assert.Equal(t, "Imported 5 entries, 3 sections and 2 action items from old.md", what)
	s.do(workflow.Undo{})
	same(t, before, s.in)
	s.do(workflow.Redo{})
	same(t, after, s.in)
}

func TestTheLogSaysWhereEveryPartOfAnImportCameFrom(t *testing.T) {
	s := fire(t).as("Sue").do(importing(oldPaper()))
	var story []string
	for _, line := range s.audit() {
		if line.By == "Sue" {
			story = append(story, edits(line)...)
		}
	}
	all := strings.Join(story, "\n")
	for _, part := range []string{
		"document old.md, form:  → markdown", "imported from:  → old.md, line 12", "who:  → Bob", "understood:  → likely",
		"date from:  → heading: line 3", "zone from:  → stamp", "notes:  → No zone is named: UTC is assumed.",
		"section Lessons Learned, imported from:  → old.md, line 20", "its heading there:  → What we learned",
	} {
		assert.Contains(t, all, part)
	}
}

func TestSectionsGoIntoThePostMortemAndNeverOverWhatAPersonWrote(t *testing.T) {
	s := fire(t).do(workflow.WriteSection{Section: workflow.LessonsSection, Text: "My own words.\n"})
	plan := s.in.PlanImport(importing(oldPaper()))
	assert.Contains(t, plan.Says, "“What we learned” goes below what is written in Lessons Learned; what is there stays.")
	s.do(importing(oldPaper()))
	assert.Equal(t, "Payments were slow.", s.in.SectionText(workflow.SummarySection))
	assert.Equal(t, "My own words.\n\n**What we learned**\n\n1. Watch the queue.", s.in.SectionText(workflow.LessonsSection))
	assert.Equal(t, "**Background \\*story\\***\n\nIt began in spring.", s.in.SectionText(workflow.RelatedSection), "what maps nowhere is kept under its heading")
	var items []string
	for _, a := range s.in.Review.ActionItems() {
		items = append(items, a.Text.Get()+": "+string(a.State.Get()))
	}
	assert.Equal(t, []string{"Alert on the queue: open", "Raise the limit for good: done"}, items)
}

func TestSeveralSectionsOfADocumentShareOnePlace(t *testing.T) {
	s := fire(t).do(workflow.ImportReading{Source: "old.md", Sections: []workflow.ImportSection{
		{ReadSection: workflow.ReadSection{Heading: "Root cause", Section: workflow.RootCauseSection, Text: "A regex."}},
		{ReadSection: workflow.ReadSection{Heading: "Five whys", Section: workflow.RootCauseSection, Text: "Why? Because."}},
	}})
	assert.Equal(t, "A regex.\n\n**Five whys**\n\nWhy? Because.", s.in.SectionText(workflow.RootCauseSection))
}

func TestWhatCannotBeASectionIsKeptAsANoteBesideThePostMortem(t *testing.T) {
	section := workflow.ReadSection{Line: 9, Heading: "Timeline", Section: workflow.TimelineSection, Text: "It was a long night."}
	actions := workflow.ReadSection{Line: 20, Heading: "Actions", Section: workflow.ActionsSection, Text: "We should do better."}
	s := fire(t).do(workflow.ImportReading{Source: "old.md", Sections: []workflow.ImportSection{{ReadSection: section}, {ReadSection: actions}}})
	assert.Equal(t, "2 notes", s.in.PlanImport(workflow.ImportReading{Sections: []workflow.ImportSection{{ReadSection: workflow.ReadSection{Text: "x"}, Note: true}, {ReadSection: workflow.ReadSection{Text: "y"}, Note: true}}}).Words())
	e := s.entry("**Timeline**\n\nIt was a long night.")
	assert.False(t, e.At.Get().Known())
	assert.False(t, e.InReport())
	assert.Equal(t, 9, e.Source.Line)
	assert.Empty(t, s.in.Review.ActionItems())
	s.entry("**Actions**\n\nWe should do better.")
}

func TestAMilestoneIsTakenOverOnlyWhereNobodyMarkedIt(t *testing.T) {
	s := fire(t)
	plan := s.in.PlanImport(importing(oldPaper()))
	assert.Equal(t, []string{
		"Line 13: “Detected” is marked already, so this is an ordinary entry.",
		"Line 16: The all-clear has a gate of its own, so this is an ordinary entry. Declare the all-clear when the gate is open.",
	}, plan.Says)
	s.do(importing(oldPaper()))
	at, _ := s.in.MilestoneAt(workflow.Detected)
	assert.Equal(t, when(0).Time, at.Time)
	at, _ = s.in.MilestoneAt(workflow.Mitigated)
	assert.Equal(t, when(30).Time, at.Time)
	assert.True(t, s.in.Open())

	chosen := workflow.ImportReading{Source: "b.md", Lines: []workflow.ImportLine{
		{ReadLine: marks(read(2, when(-1), "The real first alert"), workflow.Detected), Chosen: true},
	}}
	s.do(chosen)
	at, _ = s.in.MilestoneAt(workflow.Detected)
	assert.Equal(t, when(-1).Time, at.Time, "a person said so")
}

func TestOfTwoLinesForOneMilestoneTheFirstHoldsUnlessAPersonChose(t *testing.T) {
	one, two := marks(read(2, when(1), "fix one"), workflow.Mitigated), marks(read(3, when(2), "fix two"), workflow.Mitigated)
	lines := []workflow.ImportLine{{ReadLine: one}, {ReadLine: two}}
	plan := fire(t).in.PlanImport(workflow.ImportReading{Lines: lines})
	assert.Equal(t, workflow.Mitigated, plan.Lines[0].Milestone)
	assert.Empty(t, plan.Lines[1].Milestone)
	assert.Equal(t, "Line 2 marks “Mitigated”, so this is an ordinary entry.", plan.Lines[1].Says)
	lines[1].Chosen = true
	plan = fire(t).in.PlanImport(workflow.ImportReading{Lines: lines})
	assert.Empty(t, plan.Lines[0].Milestone)
	assert.Equal(t, workflow.Mitigated, plan.Lines[1].Milestone)
}

func TestADocumentThatIsImportedTwiceComesInOnce(t *testing.T) {
	s := fire(t).do(importing(oldPaper()))
	same := s.refuses(importing(oldPaper()), "import.same")
	assert.Equal(t, "Everything that is chosen is in this incident already. Nothing was imported.", same.Says)

	s.do(workflow.Correct{Entry: s.entry("Pager rang").ID, Text: to("The pager rang"), At: to(when(2))})
	s.refuses(importing(oldPaper()), "import.same")

	more := oldPaper()
	more.Lines = append(more.Lines, read(18, when(50), "Went home"))
	plan := s.in.PlanImport(importing(more))
	assert.Equal(t, "1 entry", plan.Words())
	assert.Equal(t, 10, plan.There)
	assert.Contains(t, plan.Says, "10 parts are in the incident already and are left out.")
	entries := s.in.Timeline.Shown()
	s.do(importing(more))
	assert.Equal(t, entries+2, s.in.Timeline.Shown(), "the new line, and the line about the import")

	s.do(workflow.Undo{}, workflow.Undo{}, workflow.Undo{}, importing(oldPaper()))
	s.entry("Pager rang") // what was undone is not there
}

func TestADocumentThatSaysTheSameTwiceKeepsBoth(t *testing.T) {
	lines := []workflow.ImportLine{{ReadLine: read(2, when(1), "retry")}, {ReadLine: read(3, when(1), "retry ")}}
	s := fire(t).do(workflow.ImportReading{Source: "chat", Lines: lines})
	assert.Equal(t, 2, strings.Count(strings.Join(s.lines(), "\n"), "retry"))
	s.refuses(workflow.ImportReading{Source: "chat", Lines: lines}, "import.same")
}

func TestALineThatTellsOfTheDeclarationStaysInThePostMortem(t *testing.T) {
	want := past(t)
	line := marks(read(20, when(4), "Declared an incident on the status page"), workflow.IncidentDeclared)
	line.Kind = workflow.UpdateEntry
	want.Import.Lines = append(want.Import.Lines, workflow.ImportLine{ReadLine: line})
	s := nothing(t).do(want)
	e := s.entry("Declared an incident on the status page")
	assert.True(t, e.InReport(), "somebody wrote it; only the workflow's own line is left out")
	at, _ := s.in.MilestoneAt(workflow.IncidentDeclared)
	assert.Equal(t, when(4).Time, at.Time)
	assert.Empty(t, s.in.SentUpdates(), "nobody knows through which channel it went")
}

func TestWhereATimeComesFromIsSaidInWords(t *testing.T) {
	for from, want := range map[workflow.OriginKind]string{
		workflow.FromStamp: "in the stamp", workflow.FromHeading: "from above it (why)", workflow.FromPreamble: "from the text (why)",
		workflow.FromNeighbor: "as before it (why)", workflow.FromRoll: "the next one, past midnight (why)",
		workflow.FromChoice: "as you chose", workflow.FromNowhere: "assumed (why)", "": "assumed (why)", "elsewhere": "elsewhere (why)",
	} {
		assert.Equal(t, want, workflow.Origin{From: from, Says: "why"}.Words())
	}
	assert.Equal(t, "assumed", workflow.Origin{}.Words())
}

func TestTextThatWasNotUnderstoodCanBeTakenAsANote(t *testing.T) {
	line := oldPaper().Rest[0].AsLine()
	s := fire(t).do(workflow.ImportReading{Source: "old.md", Lines: []workflow.ImportLine{{ReadLine: line}}})
	e := s.entry("13:75 and so on")
	assert.Equal(t, workflow.Unknown, e.At.Get().Sure)
	assert.Equal(t, 17, e.Source.Line)
}

func TestAnImportIsRefusedInASentenceThatHelps(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.ImportReading{Source: "old.md"}, "import.nothing")
	huge := read(7, when(1), strings.Repeat("x", 5<<20))
	s.refuses(workflow.ImportReading{Lines: []workflow.ImportLine{{ReadLine: huge}}}, "note.too-long")
	s.refuses(workflow.ImportReading{Lines: make([]workflow.ImportLine, 25_001)}, "import.too-many")
	nothing(t).refuses(importing(oldPaper()), "incident.none")
	over := resolved(t).do(workflow.SetReview{State: workflow.Final})
	over.refuses(importing(oldPaper()), "review.final")
	lines := importing(oldPaper())
	lines.Sections = nil
	over.do(lines)
}

func past(t *testing.T) workflow.ImportIncident {
	return workflow.ImportIncident{Severity: "SEV2", Playbook: book(t), Import: importing(oldPaper())}
}

func TestAnOldPostMortemBecomesAnIncidentOfThePast(t *testing.T) {
	s := nothing(t)
	s.now = alert.AddDate(2, 0, 0)
	s.do(past(t))
	assert.Equal(t, "Payments were slow", s.in.Triage.Title.Get())
	assert.Equal(t, workflow.Resolved, s.in.Stage())
	assert.False(t, s.in.Open())
	summary := s.in.Summary()
	assert.Equal(t, when(1).Time, summary.Detected)
	assert.Equal(t, 39*time.Minute, summary.Took)
	assert.Equal(t, "SEV2", summary.Severity)
	assert.False(t, s.in.Reached(workflow.IncidentDeclared), "the document does not say when it was declared")
	assert.Empty(t, s.in.Holder(workflow.Commander).Person, "whoever imports it did not command it")
	assert.Empty(t, s.in.Nudges(s.now))
	assert.Equal(t, "Write the post-mortem: Root Cause", s.in.Next(s.now).Title, "nobody worked on a board")
	assert.Equal(t, "old.md", s.in.From)
	assert.Equal(t, "Post-Mortem: SEV2 Payments were slow 2024-11-25", s.in.ReportTitle())
	s.do(workflow.SetReview{State: workflow.Final})
	assert.Equal(t, workflow.Closed, s.in.Stage())
}

func TestAPastWithoutAnAllClearDoesNotBurnAndIsFinishedByOneMark(t *testing.T) {
	want := past(t)
	want.Import.Lines = want.Import.Lines[:4]
	s := nothing(t)
	s.now = alert.AddDate(2, 0, 0)
	s.do(want)
	assert.Equal(t, workflow.Resolved, s.in.Stage())
	assert.NotEqual(t, workflow.Recorded, s.in.Metric(workflow.TimeToResolve).State)
	s.do(workflow.Correct{Entry: s.entry("Rolled back").ID, Milestone: to(workflow.AllClear)})
	assert.Equal(t, 29*time.Minute, s.in.Metric(workflow.TimeToResolve).Value)
	s.do(workflow.Reopen{Reason: "it burns again"})
	assert.True(t, s.in.Open())
	s.refuses(workflow.Correct{Entry: s.entry("Pager rang").ID, Milestone: to(workflow.AllClear)}, "milestone.all-clear")
}

func TestWhereNoLineTellsOfADetectionTheFirstEntryIsTakenAndSaysSo(t *testing.T) {
	want := past(t)
	want.Import.Lines = want.Import.Lines[2:]
	plan := want.Plan()
	assert.Equal(t, workflow.Detected, plan.Lines[0].Milestone)
	assert.Contains(t, plan.Lines[0].Notes, "No line says when it was detected, so the first entry is taken for it. Correct it where that is wrong.")
	assert.Empty(t, want.Import.Lines[0].Milestone, "what was asked for stays as it was")
	s := nothing(t).do(want)
	at, _ := s.in.MilestoneAt(workflow.Detected)
	assert.Equal(t, when(3).Time, at.Time)
}

func TestTheImportOfAPastIsUndoneAndTheRestIsCancelled(t *testing.T) {
	s := nothing(t).do(past(t), workflow.Undo{})
	assert.True(t, s.in.Declared())
	assert.Equal(t, []string{"14:32 Taken from old.md: Payments were slow", "14:32 Severity set to SEV2"}, s.lines())
	s.refuses(workflow.Undo{}, "undo.nothing")
	s.do(workflow.Cancel{Reason: "the wrong file"})
	assert.Equal(t, workflow.Cancelled, s.in.Stage())
	s.refuses(workflow.Cancel{Reason: "again"}, "cancel.over")
}

func TestAnIncidentOfThePastNeedsATitleAndALine(t *testing.T) {
	want := past(t)
	want.Import.Title, want.Import.Source = "", "pasted text"
	nothing(t).refuses(want, "title.missing")
	want = past(t)
	want.Import = workflow.ImportReading{Title: "x"}
	nothing(t).refuses(want, "import.nothing")
	want = past(t)
	want.Severity = "SEV9"
	nothing(t).refuses(want, "severity.unknown")
	fire(t).refuses(past(t), "incident.declared")
}

func TestATitleIsTakenOutOfADocumentsTitle(t *testing.T) {
	for document, want := range map[string]string{
		"Post-Mortem: SEV1 Auth Outage 2024-11-25":     "Auth Outage",
		"January 23rd, 2019 Prow Outage":               "Prow Outage",
		"May 12 2025 - Disk was full":                  "Disk was full",
		"Incident on 2025-07-23 - Secrets leaked":      "Secrets leaked",
		"Incident report: payments down (2021-05-09)":  "payments down",
		"2019-01-23 Test infra went away":              "Test infra went away",
		"Postmortem for the crates.io outage":          "the crates.io outage",
		"Post-mortem":                                  "Post-mortem",
		"2024-11-25":                                   "2024-11-25",
		"  A\n title ":                                 "A title",
		"2017-11-30 4:23PM PST, Proxy out of memory":   "Proxy out of memory",
		"Sev-2: Login  is slow":                        "Login is slow",
		"":                                             "",
		"Incident Report – 2025-05-12 – Disk was full": "Disk was full",
	} {
		assert.Equal(t, want, workflow.TitleIn(document), document)
	}
	assert.Len(t, []rune(workflow.TitleIn(strings.Repeat("é", 500))), 200)
}

func TestADocumentWithoutATitleIsCalledAfterItsFile(t *testing.T) {
	for source, want := range map[string]string{
		"041-post-mortem-2021-05-09-negative-coin-values.md": "negative coin values",
		"2024-03-30_search_was_slow.txt":                     "search was slow",
		"pasted text":                                        "",
		"outage.md":                                          "outage",
		".md":                                                "",
	} {
		assert.Equal(t, want, workflow.Reading{Source: source}.IncidentTitle(), source)
	}
	assert.Equal(t, "Disk was full", workflow.Reading{Source: "x.md", Title: "Post-mortem: Disk was full"}.IncidentTitle())
}

func TestALevelIsFoundHoweverADocumentWritesIt(t *testing.T) {
	p := book(t)
	for named, want := range map[string]string{"sev-1": "SEV1", "SEV 2": "SEV2", "Sev3": "SEV3", "P1": "", "": "", "critical": ""} {
		assert.Equal(t, want, p.LevelIn(named), named)
	}
}

func TestWhateverIsImportedUndoLeavesNothing(t *testing.T) {
	for seed := range uint64(8) {
		dice := rand.New(rand.NewPCG(seed, 9))
		s := fire(t)
		for range 25 {
			tryRandom(s, dice)
		}
		before := s.in
		want := workflow.ImportReading{Source: "random.md"}
		for i := range dice.IntN(30) {
			line := read(i+1, pick(dice, when(float64(dice.IntN(100))), about(3), workflow.UnknownStamp("25:61"), workflow.Stamp{}), fmt.Sprint("line ", dice.IntN(9)))
			line.Kind = pick(dice, append(workflow.EntryKinds(), "")...)
			line.Milestone = pick(dice, append(workflow.KnownMilestones(), "", "", "", "made up")...)
			want.Lines = append(want.Lines, workflow.ImportLine{ReadLine: line, Chosen: dice.IntN(3) == 0})
		}
		for i := range dice.IntN(5) {
			want.Sections = append(want.Sections, workflow.ImportSection{Note: dice.IntN(4) == 0, ReadSection: workflow.ReadSection{
				Heading: fmt.Sprint("H", i), Section: pick(dice, append(workflow.KnownSections(), "")...), Text: pick(dice, "", "text", "- a\n- b", "more"),
			}})
		}
		events, err := workflow.Decide(s.in, want, s.env())
		if err != nil {
			continue
		}
		plan := s.in.PlanImport(want)
		s.in = s.in.With(events...)
		same(t, workflow.Fold(s.in.ID, s.in.Events()), s.in)
		imported := 0
		for _, e := range events {
			require.Equal(t, events[0].ID, e.Batch, "one batch")
			if _, is := e.Body.(workflow.EntryImported); is {
				imported++
			}
			data, err := workflow.Encode(e)
			require.NoError(t, err)
			back, err := workflow.Decode(data)
			require.NoError(t, err)
			require.Equal(t, e, back)
		}
		assert.Equal(t, plan.Entries+plan.Notes, imported, "the plan says what will happen")
		s.do(workflow.Undo{})
		same(t, before, s.in)
	}
}

const importLog = "testdata/import-v1.jsonl"

func TestTheFirstLogWithAnImportIsReadForEver(t *testing.T) {
	if _, err := os.Stat(importLog); err != nil && *update {
		s := nothing(t).do(past(t), workflow.Undo{}, workflow.Redo{})
		var log strings.Builder
		for _, e := range s.in.Events() {
			line, err := workflow.Encode(e)
			require.NoError(t, err)
			log.Write(append(line, '\n'))
		}
		require.NoError(t, os.WriteFile(filepath.FromSlash(importLog), []byte(log.String()), 0o644))
	}
	events, lines := readLog(t, importLog)
	for i, e := range events {
		_, unread := e.Body.(workflow.Raw)
		assert.False(t, unread, lines[i])
		again, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.Equal(t, lines[i], string(again), "a line is written as it was")
	}
	in := workflow.Fold(events[0].Incident, events)
	assert.Equal(t, workflow.Resolved, in.Stage())
	assert.Equal(t, 39*time.Minute, in.Metric(workflow.TimeToResolve).Value)
	assert.Equal(t, "Payments were slow.", in.SectionText(workflow.SummarySection))
	deploy := in.ReportLines()[0]
	assert.Equal(t, "Bob", deploy.Who)
	assert.Equal(t, "old.md, line 12", deploy.Source.Words())
}

// BenchmarkImport10k shows that an import costs in proportion to its lines.
func BenchmarkImport10k(b *testing.B) {
	s := fire(b)
	want := workflow.ImportReading{Source: "chat"}
	for i := range 10_000 {
		want.Lines = append(want.Lines, workflow.ImportLine{ReadLine: read(i, when(float64(i)), fmt.Sprint("line ", i))})
	}
	for b.Loop() {
		events, err := workflow.Decide(s.in, want, s.env())
		require.NoError(b, err)
		_ = s.in.With(events...)
	}
}
