package stage_test

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit/editor"
	"firebreak/app/session"
	"firebreak/app/view"
	"firebreak/workflow"
)

// board is a clipboard that holds a text.
type board string

func (b board) Content() string   { return string(b) }
func (b board) SetContent(string) {}

// editor is the editor that has the focus.
func (st *story) editor() *editor.Editor {
	st.t.Helper()
	e, ok := st.s.Win.Canvas().Focused().(*editor.Editor)
	require.True(st.t, ok, "the text of a section has the focus, not %T", st.s.Win.Canvas().Focused())
	return e
}

// pastes puts a text where the caret is.
func (st *story) pastes(text string) *story {
	st.t.Helper()
	st.editor().TypedShortcut(&fyne.ShortcutPaste{Clipboard: board(text)})
	st.s.Pump()
	return st
}

func over(t *testing.T) *story {
	t.Helper()
	st := begin(t)
	st.at(0).does("Jane", workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Playbook: st.s.Desk.State().Policy})
	st.at(9).does("Jane", workflow.Note{Text: "Restarted the pods"})
	return st.goes(view.PostmortemScreen)
}

func TestAPastedMegabyteIsThereAfterAPowerCut(t *testing.T) {
	st := over(t)
	log := strings.Repeat("14:32:07 auth-7 token refused: \"dash\" is no letter\r\n\r\n\tat validate\n", 16_000)
	require.Greater(t, len(log), 1<<20)
	st.editor().TypedShortcut(&fyne.ShortcutSelectAll{})
	st.pastes(log)
	require.NoError(t, st.s.Type("The end."))
	st.s.Pass(time.Second)
	section := "postmortem." + string(workflow.SummarySection)
	for field := range st.s.Desk.State().Drafts {
		if strings.HasPrefix(field, "postmortem.") {
			section = field
		}
	}

	st.losesPower().goes(view.PostmortemScreen)
	require.Equal(t, log+"The end.", st.s.Desk.State().Drafts[section].Text, "to the byte: the line ends of Windows, the tabs")
	require.Equal(t, log+"The end.", st.editor().Text())
	st.pictured("editor-megabyte")

	require.NoError(t, st.s.Press("Ctrl+Enter"))
	text, written := st.in().Written(workflow.Section(strings.TrimPrefix(section, "postmortem.")))
	require.True(t, written)
	require.Equal(t, log+"The end.", text)
	st.restarts().goes(view.PostmortemScreen)
	assert.Equal(t, log+"The end.", st.s.Desk.State().Incident.SectionText(workflow.Section(strings.TrimPrefix(section, "postmortem."))))
}

func TestWhatWasTypedIntoALongTextIsOnTheDiskWhenTheScreenIsLeft(t *testing.T) {
	st := over(t)
	st.pastes(strings.Repeat("A paragraph.\n\n", 20_000))
	require.NoError(t, st.s.Type("and one word"))
	whole := st.editor().Text()
	st.goes(view.BoardScreen)
	st.s.Pass(time.Second)
	st.losesPower().goes(view.PostmortemScreen)
	assert.Equal(t, whole, st.editor().Text())
}

func TestAPictureThatIsDroppedOnASectionLiesBesideTheDocument(t *testing.T) {
	st := over(t)
	e := st.editor()
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	require.NoError(t, st.s.Type("Look: "))
	st.drops(onScreen, st.file("error rate.png", graph(t)))
	require.Regexp(t, `^Look: \n!\[error rate\.png\]\(attachment:[0-9a-f]{12}\)\n$`, e.Text())
	assert.Empty(t, st.s.Desk.State().NoteFiles(), "it is the section's, not the note's")

	st.s.Image = graph(t)
	st.pastes("")
	require.Regexp(t, `\n!\[error rate\.png\]\(.*\)\n!\[pasted 2024-11-25 14\.41\.00\.png\]\(attachment:[0-9a-f]{12}\)\n$`, e.Text(), "an image on the clipboard comes in the same way")
	st.pictured("editor-picture")

	require.NoError(t, st.s.Press("Ctrl+J"))
	require.NoError(t, st.s.Type("restarted"))
	st.pictured("editor-insert")
	st.s.Key(fyne.KeyReturn)
	require.Contains(t, e.Text(), "{{timeline ")
	require.NoError(t, st.s.Press("Ctrl+Enter"))

	st.waits(func(done func(error)) { st.s.Desk.Export(nil, done, session.PostmortemDocument) })
	record := st.s.Desk.State().Plan.Steps[0].Path
	document := st.inShop(record)
	assert.Contains(t, document, "14:41 - Restarted the pods")
	assert.NotContains(t, document, "attachment:")
	_, link, found := strings.Cut(document, "![error rate.png](")
	require.True(t, found, document)
	link, _, _ = strings.Cut(link, ")")
	path, err := url.PathUnescape(link)
	require.NoError(t, err)
	assert.Equal(t, string(graph(t)), st.inShop(filepath.Join(filepath.Dir(record), path)), "the link leads to the picture")
}

func TestAFinalPostMortemIsOpenedAgainOnRecord(t *testing.T) {
	st := begin(t)
	require.NoError(t, st.s.PlaySample(75*time.Minute))
	for _, state := range []workflow.ReviewState{workflow.InReview, workflow.Final} {
		if st.in().Review.State() != workflow.Final && st.in().Review.State() != state {
			st.does("Jane", workflow.SetReview{State: state})
		}
	}
	st.goes(view.PostmortemScreen)
	before := st.in().SectionText(workflow.ImpactSection)
	st.isRefused("Jane", workflow.WriteSection{Section: workflow.ImpactSection, Text: "other"}, "The post-mortem is final.")
	st.isRefused("Jane", workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{{Name: "x"}}}, "The post-mortem is final.")
	assert.Equal(t, before, st.in().SectionText(workflow.ImpactSection))
	st.isRefused("Jane", workflow.SetReview{State: workflow.InReview}, "Say why the final post-mortem is opened again.")

	st.does("Ann", workflow.SetReview{State: workflow.InReview, Reason: "the number of users was wrong"})
	st.does("Ann", workflow.WriteSection{Section: workflow.ImpactSection, Text: "~3,000 users affected"})
	st.restarts()
	assert.Equal(t, workflow.InReview, st.in().Review.State())
	found := false
	for _, e := range st.in().Timeline.All() {
		if e.Text.Get() == "Post-mortem is in review: the number of users was wrong" {
			found = true
			assert.Equal(t, "Ann", e.Who)
		}
	}
	assert.True(t, found, "who opened it, and why, is in the timeline for good")
}
