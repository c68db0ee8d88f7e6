package view

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

const conflicting = ".specweave/docs/internal/incidents/0015-hotfix-auth-outage.md"

// exportDesk records what was accepted, which the shared desk does not.
type exportDesk struct {
	*fakeAsker
	accepted []string
	docs     []session.Document
}

func (d *exportDesk) Export(accept []string, done func(error), docs ...session.Document) {
	d.accepted, d.docs = accept, docs
	d.fakeAsker.Export(accept, done, docs...)
}

func onPlan(t *testing.T, plan *session.Plan) (*exportDesk, *postmortem, fyne.Window) {
	t.Helper()
	d := &exportDesk{fakeAsker: newDesk(t, resolvedAt)}
	d.state.Plan = plan
	pane, w := stage(t, d.fakeAsker, func(Asker) Pane { return newPostmortem(d) }, 1110, 700)
	return d, pane.(*postmortem), w
}

func TestExportPreviewIsAskedForWithTheIncrementBeforeThePostmortem(t *testing.T) {
	d, p, _ := onPlan(t, nil)
	p.bar.preview.Press()
	p.bar.export.Press()
	assert.Equal(t, []string{"find leaks", "preview", "export"}, d.calls)
	assert.Equal(t, []session.Document{session.IncrementDocument, session.PostmortemDocument}, d.docs)
	assert.Empty(t, d.accepted)
}

func TestExportThatDoesNotWorkSaysSoInPlace(t *testing.T) {
	d, p, _ := onPlan(t, nil)
	d.refuse = errors.New("The folder is read-only. Nothing was written.")
	p.bar.export.Press()
	assert.Equal(t, "The folder is read-only. Nothing was written.", p.bar.says.Text())
	d.state.Plan = samplePlan()
	d.Show()
	d.refuse = errors.New("Git is in the middle of a merge.")
	require.True(t, p.Main())
	assert.Equal(t, "Git is in the middle of a merge.", p.plan.wrong.text.Text())
	assert.True(t, p.plan.wrong.box.Visible())
}

func TestExportPreviewStandsInPlaceAndNamesWhatIsEmpty(t *testing.T) {
	_, p, w := onPlan(t, samplePlan())
	assert.Nil(t, w.Canvas().Overlays().Top(), "no dialog")
	assert.False(t, p.writing.Visible())
	assert.Equal(t, "In /srv/shop: 1 file to write, 1 the same already, 1 changed by somebody else and kept. Nothing is written yet, and git is left alone.", p.plan.says.Text())
	assert.Contains(t, p.plan.empty.text.Text(), "Still empty: Lessons Learned.")
	assert.Equal(t, "Export 1 file", p.plan.write.Word())
	assert.Equal(t, conflicting, p.plan.file, "it begins at the file that asks for something")
}

func TestExportKeepsTheFileOfSomebodyElseUntilItIsGivenUp(t *testing.T) {
	d, p, _ := onPlan(t, samplePlan())
	p.plan.conflict.overwrite.Press()
	assert.Equal(t, "Export 2 files", p.plan.write.Word())
	p.plan.conflict.keep.Press()
	assert.Equal(t, "Export 1 file", p.plan.write.Word())
	require.True(t, p.Main())
	assert.Empty(t, d.accepted)

	p.plan.conflict.overwrite.Press()
	p.export() // Ctrl+Shift+X does what the button does
	assert.Equal(t, []string{conflicting}, d.accepted)
}

func TestExportSaysWhatWasWrittenAndLeadsToIt(t *testing.T) {
	plan := samplePlan()
	plan.Written, plan.Steps[2].Kept = true, true
	d, p, _ := onPlan(t, plan)
	assert.Equal(t, "Exported", p.plan.title.Text())
	assert.Equal(t, "In /srv/shop: 1 file written, 1 the same already, 1 changed by somebody else and kept.", p.plan.says.Text())
	assert.False(t, p.Main(), "there is nothing left to export")
	p.plan.copies.Press()
	p.plan.open.Press()
	p.plan.close.Press()
	assert.Equal(t, []string{"copy: /srv/shop/" + conflicting, "open /srv/shop/.specweave/docs/internal/incidents", "close preview"}, d.calls)

	p.plan.conflict.overwrite.Press()
	assert.Equal(t, []string{conflicting}, d.accepted, "the kept file can still be given up")
}

func TestExportPreviewIsLeftByEscapeAndSaysWhenItIsOld(t *testing.T) {
	d, p, w := onPlan(t, samplePlan())
	assert.False(t, p.plan.stale.box.Visible())
	d.as("Ann", d.state.Now, workflow.AddAction{Text: "One more"})
	d.Show()
	assert.True(t, p.plan.stale.box.Visible())
	p.plan.diff.rows.Focus()
	press(w, fyne.KeyEscape)
	assert.Equal(t, []string{"close preview"}, d.calls)
}

func TestExportPreviewOfEachFileShowsItsDifference(t *testing.T) {
	_, p, w := onPlan(t, samplePlan())
	p.plan.rows.Focus()
	press(w, fyne.KeyHome)
	assert.False(t, p.plan.conflict.panel.Visible())
	assert.Contains(t, p.plan.nothing.Text(), "not touched")
	press(w, fyne.KeyDown)
	assert.Equal(t, []diffBlock{
		{'@', []string{"Line 10"}},
		{' ', []string{" ## Tasks"}},
		{'-', []string{"-- [ ] T-004: Deploy to production"}},
		{'+', []string{"+- [x] T-004: Deploy to production"}},
	}, p.plan.diff.blocks)
	texts := strings.Join(kit.TextsIn(p.plan.diff.rows), "\n")
	assert.Contains(t, texts, "+- [x] T-004: Deploy to production")
}

func TestDiffOfAnySizeIsCutIntoSmallBlocks(t *testing.T) {
	var long strings.Builder
	long.WriteString("--- a/x\n+++ b/x\n@@ -0,0 +1,9999 @@\n")
	for range 9998 {
		long.WriteString("+a line\n")
	}
	long.WriteString("+" + strings.Repeat("ü", 1<<20) + "\n\\ No newline at end of file\n")
	blocks := diffBlocks(long.String())
	lines := 0
	for _, b := range blocks {
		lines += len(b.lines)
		require.LessOrEqual(t, len(b.lines), blockLines)
		for _, l := range b.lines {
			require.Less(t, len(l), 2*lineRunes)
		}
	}
	assert.Equal(t, 1+9999+1, lines)
	assert.Empty(t, diffBlocks(""))
}

func FuzzDiffBlocks(f *testing.F) {
	f.Add("@@ -1 +1 @@\n-a\n+b\n")
	f.Add("@@")
	f.Add("@@ +")
	f.Fuzz(func(t *testing.T, diff string) {
		for _, b := range diffBlocks(diff) {
			require.NotEmpty(t, b.lines)
		}
	})
}

func TestBlameIsHintedAtOnlyWhereAPersonIsNamed(t *testing.T) {
	people := []string{"Bob", "Ann"}
	for text, want := range map[string]string{
		"Fine.\n\nBob forgot to test it.":     "Hint, line 3: “Bob forgot” points at a person. Try “the step had no reminder”.",
		"It was a Human error again":          "Hint, line 1: “Human error” points at a person. Try “what made the error possible”.",
		"then ann should have known":          "Hint, line 1: “ann should have” points at a person. Try “what would have made it easy”.",
		"Somebody missed the alert":           "Hint, line 1: “Somebody missed” points at a person. Try “the signal was easy to miss”.",
		"The change broke the login":          "",
		"Bob restored the pattern":            "",
		"Bobby forgot, but he is not of them": "",
		"Canary deploy would have caught it":  "",
		"We could have seen it":               "",
		"":                                    "",
	} {
		b, found := blameIn(text, people)
		assert.Equal(t, want != "", found, text)
		if found {
			assert.Equal(t, want, b.String())
		}
	}
}

func FuzzBlame(f *testing.F) {
	f.Add("Bob forgot İt", "Bob")
	f.Add("\xff\xfe he missed", "")
	f.Fuzz(func(t *testing.T, text, who string) {
		b, found := blameIn(text, []string{who})
		if found {
			require.NotEmpty(t, b.words)
			require.Positive(t, b.line)
		}
	})
}
