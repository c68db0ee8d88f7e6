package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func onDay(day int) workflow.Stamp {
	return workflow.StampAt(time.Date(2024, 11, day, 10, 0, 0, 0, time.UTC), time.UTC)
}

// goodWay is the way back to a version that ran for twelve days.
func goodWay() *workflow.WayBack {
	return &workflow.WayBack{
		Good: workflow.Release{Name: "v1.2.2", Commit: "2222222222", At: onDay(12), Why: "the last tag before v1.2.3"},
		Runs: workflow.Release{Name: "v1.2.3", Commit: "3333333333", At: onDay(24)}, Count: 2, Changed: 14,
		Since:   []workflow.CommitFact{{ID: "3333333333", Subject: "Release"}, {ID: "abc1234567", Subject: "Tighten\nthe pattern"}},
		Command: workflow.CommandFact{Line: "npm run back", State: workflow.CommandFound, Says: "package.json has the script back"},
	}
}

func TestFactsAnswerOnlyWhatTheyCarry(t *testing.T) {
	p := book(t)
	with := func(change func(*workflow.DecisionFacts)) workflow.DecisionFacts {
		f := workflow.DecisionFacts{Way: goodWay(), Detected: when(0), Of: "incident-1"}
		change(&f)
		return f
	}
	row := func(day int) workflow.Summary {
		return workflow.Summary{ID: "old", Title: "Queue backlog", Stage: workflow.Closed, Detected: onDay(day).Time}
	}
	for name, c := range map[string]struct {
		facts  workflow.DecisionFacts
		id     string
		answer string
		says   string
	}{
		"nobody looked":      {workflow.DecisionFacts{}, "cannot-roll-back", "", "Nobody has looked at the repository yet"},
		"a problem":          {with(func(f *workflow.DecisionFacts) { f.Way = &workflow.WayBack{Problem: "No git"} }), "previous-worked", "", "No git"},
		"no good version":    {with(func(f *workflow.DecisionFacts) { f.Way = &workflow.WayBack{} }), "multiple-issues", "", "No good version was found in the repository. Name it"},
		"it ran":             {with(func(*workflow.DecisionFacts) {}), "previous-worked", workflow.Yes, "v1.2.2 of 2024-11-12 ran for 12 days, and no incident is on record from that time"},
		"it ran too shortly": {with(func(f *workflow.DecisionFacts) { f.Way.Runs.At = workflow.StampAt(onDay(12).Time.Add(time.Hour), nil) }), "previous-worked", "", "v1.2.2 of 2024-11-12 ran for 1 hour, which is too short to tell"},
		"it had an incident": {with(func(f *workflow.DecisionFacts) { f.History = []workflow.Summary{row(13)} }), "previous-worked", "", "v1.2.2 of 2024-11-12 ran for 12 days, and 1 incident is on record from that time: Queue backlog"},
		"so it has issues":   {with(func(f *workflow.DecisionFacts) { f.History = []workflow.Summary{row(13)} }), "previous-has-issues", workflow.Yes, "1 incident is on record between 2024-11-12 and 2024-11-24, when v1.2.2 ran: Queue backlog"},
		"another's incident": {with(func(f *workflow.DecisionFacts) { f.History = []workflow.Summary{row(11), row(24)} }), "previous-has-issues", "", "No incident is on record between 2024-11-12 and 2024-11-24, when v1.2.2 ran"},
		"the command is gone": {with(func(f *workflow.DecisionFacts) {
			f.Way.Command = workflow.CommandFact{Line: "x", State: workflow.CommandMissing, Says: "x is not there"}
		}), "rollback-faster", workflow.No, "x is not there"},
		"it is not ready":     {with(func(*workflow.DecisionFacts) {}), "rollback-faster", "", "package.json has the script back, but the rollback was not made ready. How long it takes is not known"},
		"it is ready":         {with(func(f *workflow.DecisionFacts) { f.Ready = true }), "rollback-faster", workflow.Yes, "The rollback is ready, and package.json has the script back. How long it takes is not known"},
		"many commits":        {with(func(*workflow.DecisionFacts) {}), "multiple-issues", "", "2 commits since v1.2.2, in 14 files. Whether more than one of them broke something is for you to say"},
		"no migration":        {with(func(*workflow.DecisionFacts) {}), "cannot-roll-back", workflow.No, "None of the 14 files that changed since v1.2.2 matches the playbook's patterns for migrations"},
		"a migration":         {with(func(f *workflow.DecisionFacts) { f.Way.Migrations = []string{"db/migrate/007.sql"} }), "cannot-roll-back", workflow.Yes, "1 migration since v1.2.2: db/migrate/007.sql"},
		"a list that was cut": {with(func(f *workflow.DecisionFacts) { f.Way.Cut = true }), "cannot-roll-back", "", "No migration was found since v1.2.2 among the first 14 files"},
		"no suspect":          {with(func(*workflow.DecisionFacts) {}), "fix-small-and-clear", "", "There is no fix yet, and no single commit is named as the cause"},
		"a clean revert": {with(func(f *workflow.DecisionFacts) {
			f.Way.Suspect, f.Way.Revert = "abc1234567", workflow.Trial{Tried: true, Clean: true, Files: 1, Lines: 2}
		}), "fix-small-and-clear", workflow.Yes, "The revert of abc12345 is clean and changes 2 lines in 1 file"},
		"a conflict": {with(func(f *workflow.DecisionFacts) {
			f.Way.Suspect, f.Way.Revert = "abc1234567", workflow.Trial{Tried: true, Conflicts: []string{"a\nb"}}
		}), "fix-small-and-clear", workflow.No, `The revert of abc12345 conflicts in a\nb`},
		"a fix": {with(func(f *workflow.DecisionFacts) {
			f.Fix = &workflow.Delta{Files: []workflow.FileDelta{{Path: "a.js", Added: 2, Removed: 1}, {Path: "a.test.js", Added: 900}}}
		}), "fix-small-and-clear", workflow.Yes, "The fix as it is changes 3 lines in 1 file, tests apart"},
		"a large fix": {with(func(f *workflow.DecisionFacts) {
			f.Fix = &workflow.Delta{Files: []workflow.FileDelta{{Path: "a.js", Added: 900}}}
		}), "fix-small-and-clear", workflow.No, "The fix as it is changes 900 lines in 1 file, tests apart: more than the playbook's budget for a hotfix"},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.Weigh(c.facts)[c.id]
			assert.Equal(t, workflow.Evidence{ID: c.id, Answer: c.answer, Says: c.says, Source: got.Source}, got.Evidence)
			assert.NotEmpty(t, got.Source)
		})
	}
}

func TestATeamsOwnCriteriaStayThePersons(t *testing.T) {
	p := book(t)
	p.Decision.Rollback = []workflow.Criterion{{ID: "moon", Text: "The moon is full"}}
	p.Decision.Hotfix = nil
	assert.Empty(t, p.Weigh(workflow.DecisionFacts{Way: goodWay()}))
}

func TestTheAdviceSpeaksInFactsAndThePersonsWordStands(t *testing.T) {
	s := fire(t)
	way := goodWay()
	way.Migrations = []string{"db/migrate/007.sql"}
	facts := s.in.Weigh(way, nil, nil)

	proposed := s.in.Playbook.Proposed(nil, facts)
	assert.Equal(t, map[string]string{"previous-worked": workflow.Yes, "cannot-roll-back": workflow.Yes}, proposed)
	a := s.in.Playbook.AdviseOn(proposed, facts)
	assert.Equal(t, []string{workflow.HotfixOption, "Can't rollback (data migration): db/migrate/007.sql", "a safe way back past db/migrate/007.sql"}, []string{a.Option, a.Reason, a.Change})

	mine := s.in.Playbook.Proposed(map[string]string{"cannot-roll-back": workflow.No}, facts)
	assert.Equal(t, workflow.No, mine["cannot-roll-back"], "a person's answer is never overwritten")
	a = s.in.Playbook.AdviseOn(mine, facts)
	assert.Equal(t, []string{workflow.RollbackOption, "Previous version worked: v1.2.2", "a data migration since the last good version"}, []string{a.Option, a.Reason, a.Change})

	s.do(workflow.Choose{Option: workflow.RollbackOption, Answers: mine, Facts: facts, BackTo: "v1.2.2", Suspect: " abc "})
	choice := s.in.Fix.Choice()
	assert.Equal(t, map[string]string{"cannot-roll-back": workflow.No}, choice.Own())
	assert.Equal(t, workflow.WayHints{Suspect: "abc"}, choice.Hints())
	assert.Len(t, choice.Evidence, 5, "that nobody knows is no evidence")
	assert.Contains(t, s.in.Draft(workflow.DecisionSection), `- Can't rollback (data migration): no. 1 migration since v1.2.2: db/migrate/007.sql (the facts said yes)`)
	assert.Contains(t, s.in.HandOffSheet(s.now).Evidence, "Previous version worked: yes. v1.2.2 of 2024-11-12 ran for 12 days, and no incident is on record from that time")
	assert.Empty(t, s.in.SinceDecided(facts), "what was known then is no news")
}

func TestFactsThatChangeAfterTheDecisionAreSaidCalmly(t *testing.T) {
	s := fire(t)
	facts := s.in.Weigh(goodWay(), nil, nil)
	s.do(workflow.Choose{Option: workflow.RollbackOption, Answers: s.in.Playbook.Proposed(nil, facts), Facts: facts})
	later := goodWay()
	later.Migrations = []string{"db/migrate/007.sql"}
	now := s.in.Weigh(later, nil, nil)
	assert.Equal(t, "Decided for rollback; since then: 1 migration since v1.2.2: db/migrate/007.sql", s.in.SinceWords(now))

	s.do(workflow.Choose{Option: workflow.RollbackOption, Answers: s.in.Playbook.Proposed(nil, now), Facts: now, Reason: "we take the column back by hand"})
	assert.Empty(t, s.in.SinceDecided(now), "the new decision knew it")

	s.do(workflow.RecordDeploy{Deploy: workflow.Deploy{Rollback: true}})
	assert.Empty(t, s.in.SinceDecided(s.in.Weigh(&workflow.WayBack{}, nil, nil)), "it is done")
}

func TestTheIncidentsWordsNameWhatBrokeIt(t *testing.T) {
	s := declared(t, "SEV1")
	s.do(
		workflow.Assess{Field: workflow.Symptoms, Text: "500 since the v1.2.3 deploy at 14:32, on 10.0.0.1? 2024-11-25."},
		workflow.Assess{Field: workflow.Hypothesis, Text: "commit abc123 (see org/shop#423, PR #7). Not defaced, 1234567890, effaced or #x"},
	)
	m := s.in.Mentioned()
	assert.Equal(t, []string{"abc123"}, m.Commits)
	assert.Equal(t, []string{"423", "7"}, m.Pulls)
	assert.Contains(t, m.Versions, "v1.2.3")

	s.do(workflow.Identify{Cause: "9F3A91C2d broke it"})
	assert.Equal(t, []string{"9f3a91c2d", "abc123"}, s.in.Mentioned().Commits, "the root cause comes first")
}

func TestTheWayBackIsToldInLines(t *testing.T) {
	way := goodWay()
	way.Migrations, way.Schema = []string{"db/migrate/007.sql"}, []string{"conf/a.ini"}
	way.Suspect, way.SuspectWhy, way.Named = "abc1234567", "it was named", way.Since[1:]
	way.Revert = workflow.Trial{Tried: true, Of: "the revert of abc12345 on main", Conflicts: []string{"a.js"}}
	way.Says = []string{"The history is cut off"}
	var lines []string
	for _, l := range way.Lines(when(0)) {
		lines = append(lines, string(l.Tone)+" "+l.About+": "+l.Says)
	}
	assert.Equal(t, []string{
		"plain Back to: v1.2.2 of 2024-11-12, 13 days before the first alert (the last tag before v1.2.3)",
		"plain Lost: 2 commits since, in 14 files: “Release”, “Tighten the pattern”",
		"warns Migrations: 1 migration came since, and a rollback does not take it back: db/migrate/007.sql",
		"warns Changed: schema or configuration: conf/a.ini",
		"plain Suspect: abc12345 “Tighten the pattern” (it was named)",
		"warns Revert: the revert of abc12345 on main conflicts in a.js",
		"fine Command: npm run back. package.json has the script back",
		"unknown Unknown: The history is cut off",
	}, lines)
	none := workflow.WayBack{Problem: "There is no repository here"}
	require.Len(t, none.Lines(when(0)), 2)
}

func TestAPatternMatchesNamesAndFolders(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"**/migrations/**", "db/migrations/007.sql", true},
		{"**/migrations/**", "migrations/a/b", true},
		{"**/migrations/**", "migrations", false},
		{"**/*.sql", "a.sql", true},
		{"**/*.sql", "x/y/a.sql", true},
		{"*.sql", "x/a.sql", false},
		{"docs/**", "docs/a/b.md", true},
		{"docs/**", "docs", false},
		{"**/test_*.py", "a/test_x.py", true},
		{"**/*.test.*", "a.test.js", true},
		{"a/**/b", "a/b", true},
		{"a/**/b", "a/x/y/b", true},
		{"a?c", "abc", true},
		{"", "a", false},
		{"**", "a/b", true},
		{"a*b*c", "aXbYbZc", true},
		{"a*b*c", "aXbYbZ", false},
	} {
		assert.Equal(t, c.want, workflow.MatchPath(c.pattern, c.path), "%s %s", c.pattern, c.path)
	}
}
