package view

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/kit/preview"
	"firebreak/app/session"
	"firebreak/workflow"
)

const resolvedAt = 75 * time.Minute

func onPostmortem(t *testing.T, after time.Duration) (*fakeAsker, *postmortem, fyne.Window) {
	t.Helper()
	f := newDesk(t, after)
	pane, w := stage(t, f, newPostmortem, 1110, 700)
	return f, pane.(*postmortem), w
}

func shownItems(l *sectionList) string {
	var ids []string
	for _, i := range l.shown {
		ids = append(ids, i.ID)
	}
	return strings.Join(ids, " ")
}

func TestPostmortemStartsFilledAndAsksOnlyForWhatNobodyCanKnow(t *testing.T) {
	_, p, _ := onPostmortem(t, 60*time.Minute)
	assert.Equal(t, workflow.LessonsSection, p.section().ID, "the first section that a person has to write")
	assert.Equal(t, "Still empty: Lessons Learned, Action Items. Scheduled for 2024-11-26 10:00 UTC with Jane.", p.head.says.Text())
	p.choose(workflow.SummarySection)
	assert.Equal(t, "Login broken for all users for 47 minutes.", p.parts.text.field.Text())
	assert.Equal(t, "Drafted from the log", p.parts.text.source.Word())
}

func TestPostmortemAlwaysShowsTheSixSectionsAndFoldsTheRest(t *testing.T) {
	_, p, _ := onPostmortem(t, resolvedAt)
	six := "summary timeline root-cause impact lessons actions"
	assert.Equal(t, six, shownItems(p.list))
	p.list.more.Press()
	assert.Equal(t, six+" detection response decision trigger contributing resolution verification metrics went-well went-wrong lucky open-questions communications related redactions", shownItems(p.list))
	assert.False(t, p.list.after.Visible())
}

func TestPostmortemKeepsWhatIsForAfterTheFireFoldedWhileItBurns(t *testing.T) {
	f, p, _ := onPostmortem(t, 12*time.Minute)
	require.True(t, f.state.Incident.Open())
	assert.Contains(t, p.head.says.Text(), "The fire still burns.")
	p.list.more.Press()
	assert.NotContains(t, shownItems(p.list), "went-well")
	require.True(t, p.list.after.Visible())
	p.list.after.Press()
	assert.Contains(t, shownItems(p.list), "went-well")
}

func TestPostmortemTextIsADraftUntilItIsSaved(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.RootCauseSection)
	retype(p, "")
	p.parts.text.field.Focus()
	write(w, "A regex.")
	assert.Equal(t, "A regex.", f.state.Drafts["postmortem.root-cause"].Text)
	assert.Empty(t, f.wants)
	f.Show()
	assert.Equal(t, "Not saved", p.parts.text.source.Word())
	assert.Contains(t, p.bar.says.Text(), "Not saved yet: Root Cause.")

	require.True(t, p.Main(), "Ctrl+Enter saves")
	assert.Equal(t, workflow.WriteSection{Section: workflow.RootCauseSection, Text: "A regex."}, f.last())
	assert.Equal(t, []string{"Root Cause saved."}, f.says)
	assert.NotContains(t, f.state.Drafts, "postmortem.root-cause")
	assert.Equal(t, "Written", p.parts.text.source.Word())
	assert.False(t, p.Main(), "nothing is left to save")
}

func TestPostmortemKeepsATextThatWasEmptied(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.ImpactSection)
	retype(p, "")
	w.Canvas().Unfocus()
	f.Show()
	assert.Empty(t, p.parts.text.field.Text(), "the old text does not come back over the empty one")
	require.True(t, p.Main())
	assert.Equal(t, workflow.WriteSection{Section: workflow.ImpactSection}, f.last())
}

func TestPostmortemNeverWritesOverWhatIsTyped(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.LessonsSection)
	p.parts.text.field.Focus()
	write(w, "Mine. ")
	typed := p.parts.text.field.Text()
	f.as("Ann", f.state.Now, workflow.WriteSection{Section: workflow.LessonsSection, Text: "Ann's text"})
	f.Show()
	assert.Equal(t, typed, p.parts.text.field.Text())
	assert.True(t, p.parts.text.field.Focused())
}

func TestPostmortemShowsWhatAnotherWroteWhereNothingIsTyped(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.LessonsSection)
	f.as("Ann", f.state.Now, workflow.WriteSection{Section: workflow.LessonsSection, Text: "Ann's text"})
	f.Show()
	assert.Equal(t, "Ann's text", p.parts.text.field.Text())
}

func TestPostmortemKeepsWhatIsTypedWhileASaveIsUnderWay(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.LessonsSection)
	retype(p, "first")
	p.parts.text.saved(p.section(), "fir", nil)
	assert.Equal(t, "first", f.state.Drafts["postmortem.lessons"].Text)
}

func TestPostmortemGoesBackToTheDraftAndForthAgain(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.SummarySection)
	assert.False(t, p.parts.text.back.Visible(), "the draft stands")
	retype(p, "My own words.")
	require.True(t, p.parts.text.back.Visible())

	p.parts.text.back.Press()
	assert.Equal(t, "Login broken for all users for 47 minutes.", p.parts.text.field.Text())
	assert.Empty(t, f.wants, "nothing was written, so nothing has to be undone")
	assert.Equal(t, "Bring my text back", p.parts.text.back.Word())
	p.parts.text.back.Press()
	assert.Equal(t, "My own words.", p.parts.text.field.Text())

	require.True(t, p.Main())
	p.parts.text.back.Press()
	assert.Equal(t, workflow.WriteSection{Section: workflow.SummarySection, Text: "Login broken for all users for 47 minutes."}, f.last())
	assert.Equal(t, "Summary is back at the draft.", f.says[len(f.says)-1], "and the strip offers Undo")
}

func TestPostmortemRefusalsStandUnderTheText(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.ImpactSection)
	retype(p, "More.")
	f.refuse = errors.New("The disk is full. Your text is still here.")
	p.Main()
	assert.Equal(t, "The disk is full. Your text is still here.", p.parts.text.field.Error())
	assert.Equal(t, "More.", p.parts.text.field.Text())
}

func TestPostmortemPreviewFollowsTheKeys(t *testing.T) {
	_, p, w := onPostmortem(t, resolvedAt)
	require.True(t, p.body.IsWide())
	p.choose(workflow.ImpactSection)
	retype(p, "")
	p.parts.text.field.Focus()
	write(w, "# Twice the size")
	blocks := previewBlocks(p)
	require.Len(t, blocks, 1)
	assert.Equal(t, "Twice the size", blocks[0].Spans[0].Text)
	assert.Equal(t, 3, blocks[0].Level, "what is typed stays below its section")

	p.preview.toggle.Press()
	assert.Equal(t, "Post-Mortem: SEV1 Auth Outage 2024-11-25", previewBlocks(p)[0].Spans[0].Text)
	assert.Contains(t, previewText(p), "Twice the size", "the half-typed text is in the whole document too")
}

func TestPostmortemTurnsToThePreviewInANarrowWindow(t *testing.T) {
	f := newDesk(t, resolvedAt)
	pane, w := stage(t, f, newPostmortem, 620, 380)
	p := pane.(*postmortem)
	p.choose(workflow.ImpactSection)
	require.False(t, p.body.IsWide())
	assert.Empty(t, previewBlocks(p), "what is not in sight is not worked out")
	retype(p, "Nobody could log in.")
	p.turn.Press()
	assert.Equal(t, "Write", p.turn.Word())
	assert.Contains(t, previewText(p), "Nobody could log in.")
	w.Resize(fyne.NewSize(1110, 700))
	assert.True(t, p.body.IsWide())
	assert.True(t, p.parts.text.field.Visible(), "a wide window shows both")
	assert.Equal(t, "Nobody could log in.", p.parts.text.field.Text())
	w.Resize(fyne.NewSize(620, 380))
	p.turn.Press()
	assert.Equal(t, "Preview", p.turn.Word())
}

// previewBlocks are all blocks that the preview would show.
func previewBlocks(p *postmortem) []preview.Block {
	var out []preview.Block
	for _, doc := range p.preview.view.Documents() {
		out = append(out, doc.Blocks()...)
	}
	return out
}

func previewText(p *postmortem) string {
	var out strings.Builder
	for _, b := range previewBlocks(p) {
		for _, s := range b.Spans {
			out.WriteString(p.preview.view.Words(s.Text) + "\n")
		}
	}
	return out.String()
}

func TestPostmortemActionItemsAreAddedDoneDroppedAndOpenedAgain(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.ActionsSection)
	assert.False(t, p.Main(), "generated sections have nothing to save")
	a := p.parts.actions
	a.add.Press()
	write(w, "Watch the canary")
	a.form.fields["owner"].SetText("Ann")
	a.form.fields["due"].SetText("2024-12-05")
	press(w, fyne.KeyReturn)
	assert.Equal(t, workflow.AddAction{Text: "Watch the canary", Owner: "Ann", Due: "2024-12-05"}, f.last())
	assert.Equal(t, 4, a.rows.Len())

	a.rows.Focus()
	write(w, "d")
	assert.Equal(t, workflow.ActionDone, *f.last().(workflow.ChangeAction).State)
	press(w, fyne.KeyDown)
	write(w, "x")
	assert.Equal(t, workflow.ActionDropped, *f.last().(workflow.ChangeAction).State)
	press(w, fyne.KeyReturn)
	assert.Equal(t, workflow.ActionOpen, *f.last().(workflow.ChangeAction).State)
	assert.Equal(t, "4", markOf(f.state, p.facts, workflow.ActionsSection).tail)
}

func TestPostmortemListTakesNoLettersWhereSingleKeysAreOff(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	f.state.Prefs.SingleKeys = false
	f.Show()
	p.choose(workflow.ActionsSection)
	p.parts.actions.rows.Focus()
	write(w, "d")
	assert.Empty(t, f.wants)
}

func TestPostmortemRefusesAnActionTwiceUnderItsField(t *testing.T) {
	_, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.ActionsSection)
	p.parts.actions.add.Press()
	write(w, "Implement canary deployment for auth changes")
	press(w, fyne.KeyReturn)
	assert.Equal(t, "That action item is there already.", p.parts.actions.form.fields["text"].Error())
}

func TestPostmortemGeneratedSectionsLeadToWhatTheyAreMadeFrom(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.TimelineSection)
	assert.Equal(t, 6, p.parts.lines.rows.Len())
	p.parts.lines.rows.OnActivate("any")
	p.choose(workflow.MetricsSection)
	assert.Equal(t, []string{"go.timeline"}, f.ran)
	texts := strings.Join(kit.TextsIn(p.parts.metrics.content), "\n")
	assert.Contains(t, texts, "Time to acknowledge\n3 minutes\nRecorded\nAcknowledged ")
	assert.Contains(t, texts, "Nobody has said when the impact started")
}

func TestPostmortemGoesFromDraftToReviewToFinalAndOpensAgainWithAReason(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	p.head.onward.Press()
	assert.Equal(t, workflow.SetReview{State: workflow.InReview}, f.last())
	p.head.onward.Press()
	assert.Equal(t, workflow.SetReview{State: workflow.Final}, f.last())
	p.choose(workflow.ImpactSection)
	assert.Contains(t, p.parts.text.hint.Text(), "The post-mortem is final.")

	p.head.onward.Press()
	require.True(t, p.head.asking.Visible())
	press(w, fyne.KeyReturn)
	assert.Equal(t, "Say why the final post-mortem is opened again.", p.head.reopen.fields["reason"].Error())
	write(w, "The number of users was wrong")
	press(w, fyne.KeyReturn)
	assert.Equal(t, workflow.SetReview{State: workflow.InReview, Reason: "The number of users was wrong"}, f.last())
	assert.False(t, p.head.asking.Visible())
}

func TestPostmortemIsNotFinalWhileTheFireBurns(t *testing.T) {
	f, p, _ := onPostmortem(t, 12*time.Minute)
	assert.False(t, p.head.onward.Visible(), "a draft stays a draft")
	f.as("Ann", f.state.Now, workflow.SetReview{State: workflow.InReview})
	f.Show()
	wants := len(f.wants)
	p.head.onward.Press()
	assert.Len(t, f.wants, wants)
	assert.Contains(t, p.head.onward.Off(), "The fire still burns")
}

func TestPostmortemIsScheduledInPlace(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	p.head.meet.Press()
	write(w, "2024-11-27 09:00Z")
	press(w, fyne.KeyReturn)
	want := f.last().(workflow.Schedule)
	assert.Equal(t, "2024-11-27 09:00 UTC", want.When.Full(time.UTC))
	assert.Equal(t, "Jane", want.Owner)
	assert.Contains(t, p.head.says.Text(), "Scheduled for 2024-11-27 09:00 UTC with Jane.")
}

func TestPostmortemSavesEveryHalfTypedText(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.ImpactSection)
	retype(p, "one")
	p.choose(workflow.LessonsSection)
	retype(p, "two")
	f.Show()
	require.True(t, p.bar.unsaved.Visible())
	p.bar.unsaved.Press()
	impact, _ := f.state.Incident.Written(workflow.ImpactSection)
	lessons, _ := f.state.Incident.Written(workflow.LessonsSection)
	assert.Equal(t, "one two", impact+" "+lessons)
}

func TestPostmortemWithoutAnIncidentSaysWhatBelongsHere(t *testing.T) {
	f := newFakeAsker(t, quietState(t))
	pane, _ := stage(t, f, newPostmortem, 1110, 700)
	assert.Contains(t, strings.Join(kit.TextsIn(pane.Content()), " "), "No incident is open.")
	assert.False(t, pane.Main())
	pane.Enter()
}

func TestPostmortemFitsASmallWindowAndScrollsALargeText(t *testing.T) {
	for _, after := range []time.Duration{12 * time.Minute, resolvedAt} {
		f := newDesk(t, after)
		pane, _ := stage(t, f, newPostmortem, 600, 330)
		least := pane.Content().MinSize()
		assert.LessOrEqual(t, least.Width, float32(640))
		assert.LessOrEqual(t, least.Height, float32(340))
		f.state.Plan = samplePlan()
		f.Show()
		least = pane.Content().MinSize()
		assert.LessOrEqual(t, least.Height, float32(340), "the export preview too")
	}
}

func TestPostmortemIsWalkedByTab(t *testing.T) {
	_, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.ImpactSection)
	seen := map[fyne.Focusable]bool{}
	w.Canvas().Unfocus()
	for range 60 {
		w.Canvas().FocusNext()
		seen[w.Canvas().Focused()] = true
	}
	for name, target := range map[string]fyne.Focusable{
		"sections": p.list.rows, "more": p.list.more, "text": p.parts.text.field, "save": p.parts.text.save,
		"review": p.head.onward, "date": p.head.meet, "preview": p.bar.preview, "export": p.bar.export, "whole": p.preview.toggle, "page": p.preview.view,
	} {
		assert.True(t, seen[target], name)
	}
}

func TestPostmortemBarSaysWhereDocumentsGo(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	assert.Equal(t, "shop, branch main", p.bar.place.Text())
	f.state.Repo = session.Repo{Folder: "/gone"}
	f.state.RepoSays = "/gone is not there any more."
	f.Show()
	assert.Equal(t, "/gone is not there any more.", p.bar.says.Text())
	assert.NotEmpty(t, p.bar.export.Off())
	p.bar.choose.Press()
	assert.Equal(t, []string{"go.settings"}, f.ran)
}

// retype types another text in the place of what stands in the field.
func retype(p *postmortem, text string) {
	f := p.parts.text.field
	f.Select(0, f.Len())
	f.Insert(text)
}
