package view

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/workflow"
)

// historian is hands on a repository with a history.
type historian struct {
	*fakeRepository
	way   workflow.WayBack
	hints []workflow.WayHints
}

func (h *historian) WayBack(_ context.Context, _ string, look session.LookBack) (workflow.WayBack, error) {
	h.hints = append(h.hints, look.Hints)
	return h.way, nil
}

// factsDesk has the decision open beside a repository with a migration.
func factsDesk(t *testing.T) (*shellDesk, *historian) {
	t.Helper()
	days := func(n int) workflow.Stamp { return workflow.StampAt(sample.Alert().AddDate(0, 0, -n), time.UTC) }
	h := &historian{fakeRepository: &fakeRepository{}, way: workflow.WayBack{
		Good: workflow.Release{Name: "v1.2.2", Commit: "2222222222", At: days(13), Why: "the last tag before v1.2.3"},
		Runs: workflow.Release{Name: "v1.2.3", Commit: "3333333333", At: days(1)}, Count: 2, Changed: 3, Migrations: []string{"db/migrate/007.sql"},
		Command: workflow.CommandFact{Line: "npm run deploy:rollback", State: workflow.CommandFound, Says: "package.json has the script deploy:rollback"},
	}}
	h.repo = session.Repo{Folder: "/srv/shop", Root: "/srv/shop", Name: "shop", SpecWeave: true, Branch: "main"}
	d := newShellDesk(t, 11*time.Minute, 1280, 800)
	d.hands = h
	d.open(1280, 800)
	prefs := d.shell.State().Prefs
	prefs.Repository = "/srv/shop"
	d.shell.SetPrefs(prefs, "")
	d.pump()
	d.run("incident.decision")
	return d, h
}

func TestFactsProposeAnswersThatThePersonChanges(t *testing.T) {
	d, _ := factsDesk(t)
	assert.True(t, d.sees("Migrations: 1 migration came since, and a rollback does not take it back: db/migrate/007.sql."))
	assert.True(t, d.sees("From git: 1 migration since v1.2.2: db/migrate/007.sql."))
	assert.True(t, d.sees("Proposed by the facts"))
	assert.True(t, d.sees("Advice: hotfix"))
	assert.True(t, d.sees("Would change it: a safe way back past db/migrate/007.sql"))
	answers := segmentsWith(d, "Yes")
	require.Len(t, answers, 6)
	assert.Equal(t, []string{workflow.Yes, workflow.Yes}, []string{answers[0].Chosen(), answers[3].Chosen()})

	answers[3].OnChosen(workflow.No)
	d.pump()
	assert.True(t, d.sees("Advice: rollback"), "the person knows that the migration can be taken back")
	assert.Equal(t, workflow.No, answers[3].Chosen())
	d.push("Take it")
	d.run("incident.main")

	choice := d.incident().Fix.Choice()
	assert.Equal(t, []string{"rollback", "v1.2.2", ""}, []string{choice.Option, choice.BackTo, choice.Good})
	assert.Equal(t, map[string]string{"previous-worked": workflow.Yes, "cannot-roll-back": workflow.No}, choice.Answers)
	assert.Equal(t, map[string]string{"cannot-roll-back": workflow.No}, choice.Own())
	assert.Empty(t, d.shell.State().Drafts)

	d.run("incident.decision")
	assert.True(t, d.sees("A new decision keeps that on record."))
	assert.Equal(t, workflow.No, segmentsWith(d, "Yes")[3].Chosen(), "what the person said is there again")
}

func TestAPersonNamesWhatGitCannotKnow(t *testing.T) {
	d, h := factsDesk(t)
	d.fill("Commit that broke it", "abc1234")
	h.way.Problem = "Git took too long"
	d.push("Look again")

	assert.Equal(t, workflow.WayHints{Suspect: "abc1234"}, h.hints[len(h.hints)-1])
	assert.True(t, d.sees("Git took too long."))
	assert.Equal(t, "abc1234", named[*kit.Field](t, d.window.Content(), "Commit that broke it:").Text())
	assert.False(t, d.sees("Proposed by the facts"), "nothing is known any more, so nothing is proposed")
}
