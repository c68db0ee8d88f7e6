package view

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
)

func writtenPlan() *session.Plan {
	plan := samplePlan()
	plan.Written, plan.Steps[2].Kept = true, true
	plan.Steps = append(plan.Steps, samplePage())
	return plan
}

func TestThePrintablePageIsExportedOnceItIsChosen(t *testing.T) {
	d, p, _ := onPlan(t, samplePlan())
	assert.False(t, p.plan.page.On())
	p.plan.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	assert.True(t, d.state.Prefs.Page)
	assert.Equal(t, "The export writes a printable page too.", d.says[len(d.says)-1])
	assert.Equal(t, []string{"find leaks", "preview"}, d.calls, "the plan shows at once what that means")
	p.plan.write.Press()
	assert.Contains(t, d.docs, session.HTMLDocument)
	p.plan.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	p.plan.write.Press()
	assert.NotContains(t, d.docs, session.HTMLDocument)
}

func TestTheWrittenPageIsOpenedFromThePlan(t *testing.T) {
	d, p, _ := onPlan(t, writtenPlan())
	require.True(t, p.plan.look.Visible())
	p.plan.look.Press()
	assert.Equal(t, []string{"open /srv/shop/.specweave/docs/internal/incidents/0015-hotfix-auth-outage.html"}, d.calls)
	d, p, _ = onPlan(t, samplePlan())
	assert.False(t, p.plan.look.Visible(), "nothing is written yet")
	assert.False(t, p.plan.commits.Visible())
	assert.Empty(t, d.calls)
}

func TestACommitIsShownInFullBeforeItIsMade(t *testing.T) {
	d, p, _ := onPlan(t, writtenPlan())
	p.plan.commits.Press()
	assert.Equal(t, []string{"preview commit "}, d.calls)

	d.state.Commit = sampleCommit()
	d.Show()
	v := p.plan.commit
	assert.True(t, v.place.Visible())
	assert.False(t, p.plan.paper.Visible())
	assert.Equal(t, "2 files on branch main, by Jane Doe <jane@example.org>. What else is changed or staged stays as it is, and nothing is pushed.", v.says.Text())
	assert.Equal(t, "Add Post-Mortem: SEV1 Auth Outage 2024-11-25", v.message.Text())
	assert.Equal(t, "Hooks of this repository will run: pre-commit.", v.notes.text.Text())
	var shown []string
	for _, b := range v.diff.blocks {
		shown = append(shown, b.lines...)
	}
	text := strings.Join(shown, "\n")
	for _, line := range []string{"tasks.md", "- - [ ] T-004", "0015-hotfix-auth-outage.html", "+<!DOCTYPE html>"} {
		assert.Contains(t, strings.ReplaceAll(text, "-- [ ]", "- - [ ]"), line)
	}

	v.message.SetText("Post-mortem of the auth outage")
	assert.Equal(t, "Post-mortem of the auth outage", d.state.Drafts[commitDraft].Text, "a message half typed is not lost")
	require.True(t, p.Main())
	assert.Equal(t, "commit Post-mortem of the auth outage", d.calls[len(d.calls)-1])
}

func TestACommitThatGitRefusesIsSaidInPlaceAndKeepsTheMessage(t *testing.T) {
	d, p, _ := onPlan(t, writtenPlan())
	d.refuse = errors.New("Git is in the middle of a merge.")
	p.plan.commits.Press()
	assert.Equal(t, "Git is in the middle of a merge.", p.plan.wrong.text.Text())

	d.state.Commit = sampleCommit()
	d.Show()
	p.plan.commit.message.SetText("mine")
	d.refuse = errors.New("Git did not commit: the linter found 3 faults.")
	p.plan.commit.commit.Press()
	assert.Equal(t, "Git did not commit: the linter found 3 faults.", p.plan.commit.wrong.text.Text())
	assert.Equal(t, "mine", p.plan.commit.message.Text())
	p.plan.commit.back.Press()
	assert.Equal(t, "close commit", d.calls[len(d.calls)-1])
}

func TestACommitThatIsMadeSaysSo(t *testing.T) {
	d, p, _ := onPlan(t, writtenPlan())
	made := sampleCommit()
	made.ID, made.Branch, made.Says = "f3a91c27d0aa", "", nil
	d.state.Commit = made
	d.Show()
	v := p.plan.commit
	assert.Equal(t, "Committed", v.title.Text())
	assert.Equal(t, "2 files on no branch as f3a91c27, by Jane Doe <jane@example.org>. Nothing was pushed.", v.says.Text())
	assert.False(t, v.commit.Visible())
	assert.False(t, p.Main())
}

func TestBothTextsOfAFileInConflictCanBeRead(t *testing.T) {
	_, p, _ := onPlan(t, samplePlan())
	require.Equal(t, conflicting, p.plan.file)
	for chosen, line := range map[string]string{showTheirs: "theirs", showOurs: "ours"} {
		p.plan.conflict.texts.Choose(chosen)
		p.plan.conflict.texts.OnChosen(chosen)
		assert.Equal(t, []string{"# Post-Mortem", "", line}, p.plan.diff.blocks[0].lines)
	}
	p.plan.conflict.texts.Choose(showDifference)
	p.plan.conflict.texts.OnChosen(showDifference)
	assert.Equal(t, byte('@'), p.plan.diff.blocks[0].kind)
}
