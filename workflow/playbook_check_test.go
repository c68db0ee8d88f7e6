package workflow

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// soundPlaybook is a playbook without a fault, as small as one can be.
func soundPlaybook() Playbook {
	task := TaskPolicy{Title: "Mend", Criterion: "It works", Does: "Mend it.", Given: "a part", When: "it is mended", Then: "it works", SettledBy: FixImplemented}
	p := Playbook{
		Name: "Small", Version: 1,
		Levels: []Level{
			{ID: "SEV1", Description: "Down", Response: "Minutes", Within: 15 * time.Minute, Flow: HotfixFlow, Priority: "P0", SkipStaging: true},
			{ID: "SEV2", Description: "Broken", Response: "Hours", Within: 4 * time.Hour, Flow: NormalFlow, Priority: "P1"},
		},
		Questions: []Question{{ID: "who", Ask: "Who is hit?", Answers: []Answer{
			{ID: "all", Label: "All", AtLeast: "SEV1", Because: "all are hit"},
			{ID: "none", Label: "None"},
		}}},
		Flow:   []FlowRow{{Aspect: "Review", Normal: "Two", Hotfix: "One"}},
		Phases: []Phase{{ID: "before", Name: "Before", Mode: DoConfirm, Items: []ItemPolicy{{ID: "level", Text: "Level set", SettledBy: SeverityDecided}}}},
		Decision: Criteria{
			Rollback: []Criterion{{ID: "worked", Text: "It worked"}},
			Hotfix:   []Criterion{{ID: "small", Text: "It is small"}},
		},
		Work: WorkPolicy{
			Tasks: []TaskPolicy{task, task}, NormalType: "bug", NotNow: []SuitePolicy{{ID: "full", Name: "Full", Why: "takes long"}},
			Records: "records", PlainRecord: "docs/plain", TimeBox: 15 * time.Minute,
		},
		Review:   ReviewPolicy{DueAfter: 24 * time.Hour},
		Shift:    ShiftPolicy{Long: 2 * time.Hour, Plan: 4 * time.Hour, Late: 8 * time.Hour},
		Mistakes: []Mistake{{Name: "Haste", Wrong: "Now", Better: "Soon"}},
	}
	for _, id := range []string{Commander, Scribe, Fixer, Approver} {
		p.Roles = append(p.Roles, RolePolicy{ID: id, Name: id})
	}
	for _, id := range []string{DeployGate, RollbackGate, AllClearGate} {
		p.Gates = append(p.Gates, GatePolicy{ID: id, Name: id, Needs: []Fact{SeverityDecided}})
	}
	for _, id := range KnownMilestones() {
		p.Milestones = append(p.Milestones, Moment{ID: id, Name: string(id), Line: string(id)})
	}
	for _, id := range []Section{SummarySection, TimelineSection, RootCauseSection, ImpactSection, LessonsSection, ActionsSection} {
		p.Review.Sections = append(p.Review.Sections, SectionPolicy{ID: id, Name: string(id), Always: true})
	}
	return p
}

func TestPlaybookCheckAcceptsASoundPlaybook(t *testing.T) {
	assert.Empty(t, soundPlaybook().Check())
}

func TestPlaybookCheckNamesThePlace(t *testing.T) {
	for name, c := range map[string]struct {
		path, says string
		spoil      func(*Playbook)
	}{
		"two levels of one id":       {"levels[1].id", "two levels are called SEV1", func(p *Playbook) { p.Levels[1].ID = "SEV1" }},
		"no levels":                  {"levels", "there are no severity levels", func(p *Playbook) { p.Levels, p.Questions = nil, nil }},
		"levels in the wrong order":  {"levels[1].within", "SEV2 must be answered sooner than SEV1, which stands above it", func(p *Playbook) { p.Levels[1].Within = time.Minute }},
		"a negative time":            {"levels[0].cadence", "the time -1m is negative", func(p *Playbook) { p.Levels[0].Cadence = -time.Minute }},
		"a normal flow past staging": {"levels[1].skip_staging", "SEV2 may skip staging, but goes the normal flow, which requires it", func(p *Playbook) { p.Levels[1].SkipStaging = true }},
		"an unknown level":           {"questions[0].answers[0].at_least", `there is no level called "SEV9"`, func(p *Playbook) { p.Questions[0].Answers[0].AtLeast = "SEV9" }},
		"two questions of one id":    {"questions[1].id", "two questions are called who", func(p *Playbook) { p.Questions = append(p.Questions, p.Questions[0]) }},
		"an answer in two ways":      {"questions[0].answers[0]", "the answer all does several things to the level", func(p *Playbook) { p.Questions[0].Answers[0].Lower = true }},
		"a role that is needed":      {"roles", "there is no role with the id approver, which the program needs", func(p *Playbook) { p.Roles = p.Roles[:3] }},
		"no checklist":               {"phases", "there is no checklist", func(p *Playbook) { p.Phases = nil }},
		"an empty phase":             {"phases[0].items", "the phase before has no steps", func(p *Playbook) { p.Phases[0].Items = nil }},
		"an unknown mode":            {"phases[0].mode", `there is no mode called ""`, func(p *Playbook) { p.Phases[0].Mode = "" }},
		"eleven words":               {"phases[0].items[0].text", "this step has 11 words, and 10 is the most that is read under stress", func(p *Playbook) { p.Phases[0].Items[0].Text = strings.Repeat("word ", 11) }},
		"an unknown fact":            {"phases[0].items[0].settled_by", `there is no fact called "guessed"`, func(p *Playbook) { p.Phases[0].Items[0].SettledBy = "guessed" }},
		"an unknown need":            {"gates[0].needs[0]", `there is no fact called "guessed"`, func(p *Playbook) { p.Gates[0].Needs = []Fact{"guessed"} }},
		"a gate that is needed":      {"gates", "there is no gate with the id all-clear, which the program needs", func(p *Playbook) { p.Gates = p.Gates[:2] }},
		"an unknown milestone":       {"milestones[0].id", `there is no milestone called "begun"`, func(p *Playbook) { p.Milestones[0].ID = "begun" }},
		"a milestone that is needed": {"milestones", "there is no milestone with the id all-clear, which the program needs", func(p *Playbook) { p.Milestones = p.Milestones[:8] }},
		"a criterion on both sides":  {"decision.hotfix[0].id", "a criterion for the rollback is called worked too", func(p *Playbook) { p.Decision.Hotfix[0].ID = "worked" }},
		"one task":                   {"work.tasks", "SpecWeave reads no increment with fewer than two criteria, and there are 1", func(p *Playbook) { p.Work.Tasks = p.Work.Tasks[:1] }},
		"a folder that leads out":    {"work.records", `"../x" is not a folder inside the repository`, func(p *Playbook) { p.Work.Records = "../x" }},
		"git's own folder":           {"work.plain_records", `".git. /hooks" is git's own folder`, func(p *Playbook) { p.Work.PlainRecord = ".git. /hooks" }},
		"a section that is missing":  {"review.sections", "the section actions is missing, which every post-mortem has", func(p *Playbook) { p.Review.Sections = p.Review.Sections[:5] }},
		"a section that may go":      {"review.sections[2].always", "the section root-cause is one of the six that every post-mortem has", func(p *Playbook) { p.Review.Sections[2].Always = false }},
		"no due time":                {"review.due_after", "there is no time until the post-mortem is due", func(p *Playbook) { p.Review.DueAfter = 0 }},
		"hours that go backwards":    {"shift", "the hours on duty go backwards: 2h, 9h30m, 8h", func(p *Playbook) { p.Shift.Plan = 9*time.Hour + 30*time.Minute }},
		"a mistake left unnamed":     {"mistakes[0].name", "this mistake has no name", func(p *Playbook) { p.Mistakes[0].Name = " " }},
	} {
		t.Run(name, func(t *testing.T) {
			p := soundPlaybook()
			c.spoil(&p)
			faults := p.Check()
			require.Len(t, faults, 1)
			assert.Equal(t, c.path, faults[0].Path)
			assert.Equal(t, c.says, faults[0].Says)
			assert.NotEmpty(t, faults[0].Do)
		})
	}
}

func TestPlaybookCheckAllowsNineStepsOfTenWords(t *testing.T) {
	p := soundPlaybook()
	p.Phases[0].Items = nil
	for i := range 9 {
		p.Phases[0].Items = append(p.Phases[0].Items, ItemPolicy{ID: "step-" + string(rune('a'+i)), Text: strings.Repeat("word ", 10)})
	}
	assert.Empty(t, p.Check())
	p.Phases[0].Items = append(p.Phases[0].Items, ItemPolicy{ID: "step-j", Text: "One more"})
	faults := p.Check()
	require.Len(t, faults, 1)
	assert.Equal(t, "phases[0].items[9]", faults[0].Path)
}

func TestPlaybookCheckReportsEverythingOfAnEmptyPlaybook(t *testing.T) {
	var paths []string
	for _, f := range (Playbook{}).Check() {
		paths = append(paths, f.Path)
	}
	for _, path := range []string{"name", "version", "levels", "roles", "phases", "gates", "milestones", "work.tasks", "work.records", "work.time_box", "review.sections", "shift.late"} {
		assert.Contains(t, paths, path)
	}
}

func TestPlaybookCheckChangesNothing(t *testing.T) {
	p := soundPlaybook()
	p.Levels[1].ID = p.Levels[0].ID
	before, err := json.Marshal(p)
	require.NoError(t, err)
	p.Check()
	after, err := json.Marshal(p)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
}
