package workflow_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestASummaryNeverSaysMoreThanTheNumbers(t *testing.T) {
	unknown := workflow.UnknownStamp("some time")
	for name, tc := range map[string]struct {
		play func(*scene)
		want string
	}{
		"while it burns":            {func(s *scene) {}, "Login is down. Not over yet."},
		"with the impact of a list": {func(s *scene) { s.do(workflow.Assess{Field: workflow.Impact, Text: "- Nobody can log in!\n- Nor out"}) }, "Nobody can log in. Not over yet."},
		"when it was none": {
			func(s *scene) { s.do(workflow.Cancel{Reason: "a drill"}) },
			"Login is down. Cancelled as no incident: a drill.",
		},
		"when it is over": {func(s *scene) { s.over(47) }, "Login is down for 47 minutes."},
		"after days":      {func(s *scene) { s.over(2*24*60 + 3*60 + 5) }, "Login is down for 2 days 3 hours."},
		"about": {func(s *scene) {
			s.over(47).do(workflow.Correct{Entry: s.entry("First alert triggered").ID, At: to(about(0))})
		}, "Login is down for about 47 minutes."},
		"with a detection that nobody knows": {
			func(s *scene) {
				s.over(47).do(workflow.Correct{Entry: s.entry("First alert triggered").ID, At: to(unknown)})
			},
			"Login is down. How long it took is not known.",
		},
		"with times that contradict each other": {
			func(s *scene) {
				s.over(47).do(workflow.Correct{Entry: s.entry("First alert triggered").ID, At: to(when(90))})
			},
			"Login is down. How long it took cannot be said: All-clear (2024-11-25 15:19 UTC) is before Detected (2024-11-25 16:02 UTC).",
		},
		"when it is open again": {func(s *scene) { s.over(47).do(workflow.Reopen{Reason: "it is back"}) }, "Login is down. Not over yet."},
	} {
		t.Run(name, func(t *testing.T) {
			s := fire(t)
			tc.play(s)
			assert.Equal(t, tc.want, s.in.Draft(workflow.SummarySection))
		})
	}
}

// over gives the all-clear so many minutes after the alert, past the gates.
func (s *scene) over(minutes float64) *scene {
	s.t.Helper()
	s.at(minutes)
	for _, gate := range []string{workflow.DeployGate, workflow.AllClearGate} {
		if !s.in.Gate(gate).Open() {
			s.do(workflow.Override{Gate: gate, By: "Ann", Reason: "it burns"})
		}
	}
	return s.do(workflow.GiveAllClear{})
}

func TestWhatAnExpertLooksForIsInTheDraft(t *testing.T) {
	s := declared(t, "SEV2").at(20)
	s.do(
		workflow.SetSeverity{Level: "SEV1", Reason: "payments fail too"},
		workflow.Skip{Item: "status-page-updated", Reason: "internal service"},
		workflow.Choose{Option: workflow.HotfixOption, Reason: "no way back", Answers: map[string]string{"previous-worked": workflow.Yes}},
		workflow.Assess{Field: workflow.Hypothesis, Text: "the new pool\nof connections"},
		workflow.Assign{Text: "Read the logs", Owner: "Bob"},
		workflow.HandOff{To: "Sue", State: "half is back", Questions: "Is the cache warm?", ReadBack: true},
		workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true}},
		workflow.Mark{Milestone: workflow.Mitigated, Text: "Traffic moved to the old pool", At: when(25)},
	).at(30).do(workflow.Override{Gate: workflow.DeployGate, By: "Ann", Reason: "the site burns"}).
		do(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v2"}}).at(40).
		do(workflow.Choose{Option: workflow.RollbackOption, Reason: "v2 made it worse"}, workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1", Rollback: true}}).
		at(45).do(checked("login", workflow.CheckUnknown), checked("login", workflow.CheckFailed), checked("login", workflow.CheckPassed)).
		at(50).do(workflow.GiveAllClear{}).at(60).do(workflow.Correct{Entry: s.entry("All-clear declared").ID, At: to(when(55))})

	for section, want := range map[workflow.Section]string{
		workflow.DecisionSection: `- Severity changed from SEV2 to SEV1 by Jane at 2024-11-25 14:52 UTC: payments fail too
- Skipped by Jane: Status page updated (internal service)
- Hotfix chosen by Jane at 2024-11-25 14:52 UTC: no way back
- Gate overridden by Ann (Deploy to production): the site burns. Missing at 2024-11-25 15:02 UTC: increment written, fix implemented, scope settled, rollback ready, approved.
- Rollback chosen by Jane at 2024-11-25 15:12 UTC: v2 made it worse`,
		workflow.ResponseSection: "- Incident commander: Sue\n- 2024-11-25 14:52 UTC: Jane handed over to Sue: half is back",
		workflow.ResolutionSection: `- Mitigated at 2024-11-25 14:57 UTC: Traffic moved to the old pool
- Tests passed: npm test -- auth
- Deployed v2 at 2024-11-25 15:02 UTC
- Rolled back to v1 at 2024-11-25 15:12 UTC`,
		workflow.VerificationSection: "- login: passed (try 3)",
		workflow.WentWellSection:     "",
		workflow.WentWrongSection: `- The longest silence towards stakeholders was 55 minutes; SEV1 asks for an update every 20 minutes
- Nobody took the role of scribe
- Nobody took the role of fixer
- Nobody took the role of approver`,
		workflow.QuestionsSection: `- The root cause is not confirmed. Suspected: the new pool of connections
- Open at the hand-off to Sue: Is the cache warm?
- Not finished by Bob: Read the logs
- When did the impact start?`,
		workflow.LuckySection:        "",
		workflow.ContributingSection: "",
		workflow.TriggerSection:      "",
	} {
		assert.Equal(t, want, s.in.Draft(section), section)
	}
}

func TestWhatWentWellAndWrongIsHeldAgainstThePlaybookOnceTheFireIsOut(t *testing.T) {
	s := fire(t).at(16).do(workflow.Mark{Milestone: workflow.Acknowledged}, workflow.Tell{Channel: workflow.StakeholderChannel, At: about(4)})
	assert.Empty(t, s.in.Draft(workflow.WentWellSection)+s.in.Draft(workflow.WentWrongSection), "not while it burns")
	s.over(30)
	assert.Equal(t, "- Stakeholders first heard about 4 minutes after detection (SEV1 asks for 5 minutes)", s.in.Draft(workflow.WentWellSection))
	assert.Contains(t, s.in.Draft(workflow.WentWrongSection), "- Acknowledged 16 minutes after detection; SEV1 asks for 15 minutes\n")
}

func TestADetectionOfWhichTheTimeIsNotKnownSaysSo(t *testing.T) {
	s := nothing(t)
	s.do(workflow.Declare{Title: "Login is down", Severity: "SEV1", FirstLine: "1. a customer\n## called", Playbook: book(t)})
	s.do(workflow.Correct{Entry: s.in.ReportLines()[0].ID, At: to(workflow.UnknownStamp("some time"))})
	assert.Equal(t, `1\. a customer ## called. At what time is not known.`, s.in.Draft(workflow.DetectionSection))
}

func TestNamesAndCommandsStandInADraftAsTheyAre(t *testing.T) {
	s := fire(t).do(workflow.Claim{Role: workflow.Fixer, Person: "*Bob*\n- Ann"}, workflow.ReadyRollback{Command: "rm *.lock && echo <ok> &lt; a_b _c_", Version: "[v1](x)"})
	assert.Contains(t, s.in.Draft(workflow.ResponseSection), `- Fixer: \*Bob\* - Ann`)
	assert.Equal(t, `- Way back: rm \*.lock && echo \<ok> \&lt; a_b \_c\_ (to \[v1\](x))`, s.in.Draft(workflow.ResolutionSection))
}

func TestWhatAPersonWroteStaysWhateverElseIsRecorded(t *testing.T) {
	for seed := range uint64(6) {
		dice := rand.New(rand.NewPCG(seed, 6))
		s := fire(t)
		for range 40 {
			tryRandom(s, dice)
		}
		if s.in.Review.State() == workflow.Final {
			s.do(workflow.SetReview{State: workflow.Drafted, Reason: "more to say"})
		}
		written := map[workflow.Section]string{}
		for _, section := range workflow.KnownSections() {
			if !section.Generated() {
				written[section] = "written by hand: " + string(section)
				s.do(workflow.WriteSection{Section: section, Text: written[section]})
			}
		}
		for range 80 {
			switch want := someIntent(dice, s.in).(type) {
			case workflow.WriteSection, workflow.ImportReading, workflow.Undo, workflow.Redo: // an import adds to what is there
			default:
				if events, err := workflow.Decide(s.in, want, s.env()); err == nil {
					s.in = s.in.With(events...)
				}
			}
			for section, text := range written {
				assert.Equal(t, text, s.in.SectionText(section))
			}
		}
	}
}

func TestNoDraftEverBeginsABlockThatNobodyMeant(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 7))
	s := fire(t)
	for range 400 {
		tryRandom(s, dice)
		for _, section := range workflow.KnownSections() {
			draft := s.in.Draft(section)
			assert.NotContains(t, draft, "%!", section)
			assert.NotContains(t, draft, "unknown to", section)
			if section == workflow.ImpactSection || section == workflow.RootCauseSection || section == workflow.SummarySection || section == workflow.DetectionSection || draft == "" {
				continue
			}
			for line := range strings.SplitSeq(draft, "\n") {
				assert.True(t, strings.HasPrefix(line, "- "), "%s: %q", section, draft)
			}
		}
	}
}
