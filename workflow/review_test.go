package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestThePostMortemIsDraftedFromTheLog(t *testing.T) {
	s := resolved(t).do(workflow.HandOff{To: "Sue", ReadBack: true})
	s.do(workflow.Choose{Option: workflow.HotfixOption, Reason: "small", WouldChange: "a second bug"})
	assert.Equal(t, "Post-Mortem: SEV1 Login is down 2024-11-25", s.in.ReportTitle())
	for section, want := range map[workflow.Section]string{
		workflow.SummarySection:   "Login broken for all users for 47 minutes.",
		workflow.ImpactSection:    "- Login broken for all users",
		workflow.RootCauseSection: "The regex lost its dash",
		workflow.DetectionSection: "First alert triggered at 2024-11-25 14:32 UTC.",
		workflow.ResponseSection:  "- Incident commander: Sue\n- Fixer: Bob\n- 2024-11-25 15:19 UTC: Jane handed over to Sue",
		workflow.DecisionSection:  "- Hotfix chosen by Jane at 2024-11-25 15:19 UTC: small\n- Would have changed it: a second bug",
		workflow.ResolutionSection: "- Fix: Put the dash back (commit abc1234)\n- Scope looked at by Jane: read the diff, one line\n- Tests passed: npm test -- token (on abc1234)\n- Tests passed: npm test -- auth (on abc1234)\n" +
			"- Approved by Ann\n- Way back: npm run deploy:rollback (to v1.2.2)\n- Deployed v1.2.4 at 2024-11-25 14:58 UTC",
		workflow.VerificationSection:  "- login answers 200: passed",
		workflow.CommunicationSection: "- 2024-11-25 14:34 UTC: posted in the incident channel (Login is down)\n- 2024-11-25 14:34 UTC: status page updated",
		workflow.RelatedSection:       "- Increment: 0015-hotfix-login",
		workflow.LessonsSection:       "",
		workflow.LuckySection:         "",
	} {
		assert.Equal(t, want, s.in.Draft(section), section)
		assert.Equal(t, want, s.in.SectionText(section), section)
	}
	var lines []string
	for _, e := range s.in.ReportLines() {
		lines = append(lines, e.At.Get().Clock(nil)+" - "+e.Text.Get())
	}
	assert.Equal(t, []string{
		"14:32 - First alert triggered", "14:42 - Root cause identified", "14:58 - Fix deployed",
		"15:05 - Verified fix in production", "15:19 - All-clear declared",
	}, lines)
}

func TestADraftSaysOnlyWhatIsKnown(t *testing.T) {
	s := declared(t, "")
	assert.Equal(t, "Post-Mortem: Login is down 2024-11-25", s.in.ReportTitle())
	assert.Equal(t, "Login is down. Not over yet.", s.in.Draft(workflow.SummarySection))
	for _, section := range workflow.KnownSections() {
		assert.NotContains(t, s.in.Draft(section), "%!", section)
	}
	s.do(workflow.Assess{Field: workflow.Impact, Text: "- one\n- two"}, workflow.Mark{Milestone: workflow.ImpactStarted, At: when(-9)})
	assert.Equal(t, "- one\n- two", s.in.Draft(workflow.ImpactSection), "a list stays a list")
	assert.Contains(t, s.in.Draft(workflow.DetectionSection), "That was 9 minutes after the impact started.")
}

func TestWhatAPersonWroteIsNeverDraftedOver(t *testing.T) {
	s := resolved(t)
	s.refuses(workflow.WriteSection{Section: workflow.SummarySection, Text: s.in.Draft(workflow.SummarySection)}, "section.same")
	s.do(workflow.WriteSection{Section: workflow.SummarySection, Text: "It burned."})
	s.do(workflow.Assess{Field: workflow.Impact, Text: "something else"})
	assert.Equal(t, "It burned.", s.in.SectionText(workflow.SummarySection))
	s.do(workflow.WriteSection{Section: workflow.SummarySection})
	assert.Empty(t, s.in.SectionText(workflow.SummarySection), "emptied on purpose stays empty")
	_, written := s.in.Written(workflow.SummarySection)
	assert.True(t, written)

	s.refuses(workflow.WriteSection{Section: "poem", Text: "x"}, "section.unknown")
	for _, g := range []workflow.Section{workflow.TimelineSection, workflow.ActionsSection, workflow.MetricsSection} {
		s.refuses(workflow.WriteSection{Section: g, Text: "x"}, "section.generated")
	}
}

func TestEmptySectionsAreNamedAndBlockNothing(t *testing.T) {
	s := resolved(t)
	var names []string
	for _, e := range s.in.EmptySections() {
		names = append(names, e.Name)
	}
	assert.Equal(t, []string{"Lessons Learned", "Action Items"}, names)
	s.do(workflow.SetReview{State: workflow.InReview}, workflow.SetReview{State: workflow.Final})
}

func TestThePostMortemGoesFromDraftOverReviewToFinal(t *testing.T) {
	s := fire(t)
	assert.Equal(t, workflow.Drafted, s.in.Review.State())
	s.do(workflow.SetReview{State: workflow.InReview})
	s.refuses(workflow.SetReview{State: workflow.Final}, "review.fire")
	s.refuses(workflow.SetReview{State: workflow.InReview}, "review.same")
	s.refuses(workflow.SetReview{State: "printed"}, "review.state")

	s = resolved(t).do(workflow.SetReview{State: workflow.Final})
	assert.Equal(t, workflow.Closed, s.in.Stage())
	s.refuses(workflow.WriteSection{Section: workflow.LessonsSection, Text: "x"}, "review.final")
	s.refuses(workflow.SetReview{State: workflow.Drafted}, "review.reason-missing")
	s.do(workflow.SetReview{State: workflow.Drafted, Reason: "a number was wrong"})
	assert.Equal(t, "Post-mortem is draft: a number was wrong", s.last().Text.Get())
	assert.Equal(t, workflow.Resolved, s.in.Stage())
}

func TestThePostMortemIsScheduledForTomorrow(t *testing.T) {
	s := resolved(t)
	s.refuses(workflow.Schedule{When: workflow.UnknownStamp("soon")}, "schedule.when")
	s.do(workflow.Schedule{})
	m, ok := s.in.Review.Scheduled()
	assert.True(t, ok)
	assert.Equal(t, when(47+24*60), m.When, "the playbook's time after now")
	assert.Equal(t, "Jane", m.Owner)
	s.do(workflow.Schedule{When: when(3000), Owner: " Sue "})
	m, _ = s.in.Review.Scheduled()
	assert.Equal(t, workflow.Meeting{When: when(3000), Owner: "Sue"}, m)
	assert.True(t, s.in.Holds(workflow.PostmortemScheduled))

	plain := under(t, func(p *workflow.Playbook) { p.Review.DueAfter = 0 }).do(workflow.Schedule{})
	m, _ = plain.in.Review.Scheduled()
	assert.Equal(t, when(24*60), m.When)
}

func TestExportsAreOnRecord(t *testing.T) {
	s := resolved(t)
	s.refuses(workflow.RecordExport{}, "export.path")
	x := workflow.Export{Document: "post-mortem", Root: "/srv/shop", Path: "docs/x.md"}
	s.do(workflow.RecordExport{Export: x})
	x.At = when(47)
	assert.Equal(t, []workflow.Export{x}, s.in.Review.Exports)
	assert.Equal(t, "Exported the post-mortem: docs/x.md", s.last().Text.Get())
}

func TestCommitsAreOnRecordAndNotInTheReport(t *testing.T) {
	s := resolved(t)
	lines := len(s.in.ReportLines())
	s.refuses(workflow.RecordCommit{}, "commit.empty")
	s.refuses(workflow.RecordCommit{Commit: workflow.Commit{ID: "0123456789abcdef"}}, "commit.empty")
	s.do(workflow.RecordCommit{Commit: workflow.Commit{ID: "0123456789abcdef", Root: "/srv/shop", Branch: "main", Message: "Add post-mortem\n\nmore", Paths: []string{"a.md", "a.html"}}})
	assert.Equal(t, "Committed 2 files to main: 01234567 Add post-mortem …", s.last().Text.Get())
	s.do(workflow.RecordCommit{Commit: workflow.Commit{ID: "0123", Message: "Add", Paths: []string{"a.md"}}})
	assert.Equal(t, "Committed 1 file: 0123 Add", s.last().Text.Get())
	assert.Len(t, s.in.ReportLines(), lines, "the document does not change by being committed")
}
