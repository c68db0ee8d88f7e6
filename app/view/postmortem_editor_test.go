package view

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/workflow"
)

// pasteboard is a clipboard that holds a text.
type pasteboard string

func (p pasteboard) Content() string   { return string(p) }
func (p pasteboard) SetContent(string) {}

// megabyteOf is a text of a megabyte.
func megabyteOf(paragraph string) string {
	return strings.Repeat(paragraph+"\n\n", (1<<20)/(len(paragraph)+2))
}

func TestAMegabyteIsEditedInASection(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	long := megabyteOf("A long account of it.")
	f.as("Jane", f.state.Now, workflow.WriteSection{Section: workflow.LessonsSection, Text: long})
	f.Show()
	p.choose(workflow.LessonsSection)
	assert.Equal(t, long, p.parts.text.field.Text())
	p.parts.text.field.Focus()
	write(w, "More. ")
	assert.Equal(t, "M"+long, f.state.Drafts["postmortem.lessons"].Text, "the first key is a draft at once")
	assert.Equal(t, "Not saved", p.parts.text.source.Word())
	require.Len(t, f.later, 1, "the next ones are asked for when the draft is saved")

	f.state.Now = f.state.Now.Add(1)
	f.Show()
	assert.Equal(t, "More. "+long, p.parts.text.field.Text(), "a state that does not know of them yet takes nothing back")
	f.settle()
	assert.Equal(t, "More. "+long, f.state.Drafts["postmortem.lessons"].Text)
	f.Show()
	assert.Equal(t, "More. "+long, p.parts.text.field.Text())

	write(w, "Even more. ")
	require.True(t, p.Main())
	assert.Equal(t, workflow.WriteSection{Section: workflow.LessonsSection, Text: "More. Even more. " + long}, f.last())
	assert.Equal(t, "Written", p.parts.text.source.Word())
	assert.False(t, p.Main())
}

func TestALongTextIsADraftBeforeItsSectionIsLeft(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.LessonsSection)
	retype(p, megabyteOf("Mine."))
	p.parts.text.field.Focus()
	write(w, "xyz")
	p.choose(workflow.ImpactSection)
	assert.True(t, strings.HasSuffix(f.state.Drafts["postmortem.lessons"].Text, "xyz"))
	f.settle()
	assert.True(t, strings.HasSuffix(f.state.Drafts["postmortem.lessons"].Text, "xyz"), "what is asked for later is its own text, not the one in the field")
	assert.NotContains(t, f.state.Drafts, "postmortem.impact")
}

func TestASectionComesBackWithItsCaretAndItsHistory(t *testing.T) {
	_, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.ImpactSection)
	retype(p, "one two three")
	p.parts.text.field.Select(3, 3)
	p.choose(workflow.LessonsSection)
	p.choose(workflow.ImpactSection)
	assert.Equal(t, 3, p.parts.text.field.Caret())
	p.parts.text.field.Focus()
	undone, _ := w.Canvas().Focused().(kit.TextUndoer)
	require.NotNil(t, undone)
	require.True(t, undone.UndoText())
	assert.Contains(t, p.parts.text.field.Text(), "users affected", "undo reaches back behind the switch")
}

func TestTheBlameHintLeadsToItsLine(t *testing.T) {
	_, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.RootCauseSection)
	retype(p, "A regex.\n\nIn the end Bob forgot to test it.")
	require.True(t, p.parts.text.advice.Visible())
	assert.Equal(t, "Hint, line 3: “Bob forgot” points at a person. Try “the step had no reminder”.", p.parts.text.blame.Text())
	p.parts.text.showBlame()
	assert.Equal(t, "Bob forgot", p.parts.text.field.Selected())
	assert.True(t, p.parts.text.field.Focused())
	retype(p, "A regex.")
	assert.False(t, p.parts.text.advice.Visible())
}

func TestTheEditorSaysWhatALiveBlockSays(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	p.choose(workflow.SummarySection)
	e := p.parts.text
	assert.Equal(t, "47 minutes", e.note("It took {{metric time-to-resolve}}."))
	assert.Equal(t, "47 minutes; a metric that does not exist", e.note("{{metric time-to-resolve}} {{metric x}}"))
	assert.Equal(t, "attachment:aaaaaaaaaaaa is no file of this incident", e.note("![x](attachment:aaaaaaaaaaaa)"))
	assert.Empty(t, e.note("Nothing of it."))

	entry := f.state.Incident.ReportLines()[1]
	live := f.state.Incident.LiveEntry(entry.ID)
	assert.Contains(t, e.note(live), entry.Text.Get())
	corrected := "Rewritten"
	f.as("Ann", f.state.Now, workflow.Correct{Entry: entry.ID, Text: &corrected})
	f.Show()
	assert.Contains(t, e.note(live), "Rewritten", "a correction is at once in the block")
	retype(p, live)
	assert.Contains(t, previewText(p), "Rewritten", "and in the preview")
}

func TestAnEntryOrAMetricIsInsertedByKeysAlone(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.ImpactSection)
	retype(p, "It took .")
	p.parts.text.field.Select(8, 8)
	require.True(t, p.openInsert())
	sheet := f.layers[len(f.layers)-1]
	assert.Equal(t, "Insert into Impact", sheet.Title)
	layers := w.Content().(*kit.Layers)
	layer := &kit.Layer{ID: sheet.ID, Title: sheet.Title, Body: sheet.Body, First: sheet.First, Actions: sheet.Actions, Default: sheet.Default}
	layers.Open(layer)
	write(w, "resolve")
	press(w, fyne.KeyReturn)
	layers.Close(layer)
	assert.Equal(t, "It took {{metric time-to-resolve}}.", p.parts.text.field.Text())
	assert.Equal(t, "It took {{metric time-to-resolve}}.", f.state.Drafts["postmortem.impact"].Text)

	p.choose(workflow.TimelineSection)
	assert.False(t, p.openInsert(), "nobody writes the timeline")
}

func TestTheInsertListHoldsWhatTheIncidentHas(t *testing.T) {
	f, _, _ := onPostmortem(t, resolvedAt)
	picture := workflow.Attachment{Name: "graph.png", Media: "image/png", SHA256: strings.Repeat("a", 64), Bytes: 10}
	f.as("Jane", f.state.Now, workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{picture}})
	hidden := f.state.Incident.Timeline.All()[2]
	yes := true
	f.as("Jane", f.state.Now, workflow.Correct{Entry: hidden.ID, Hidden: &yes})
	all := insertable(f.state.Incident)
	texts := map[string]bool{}
	for _, one := range all {
		texts[one.text] = true
	}
	assert.True(t, texts["{{metric time-to-resolve}}"])
	assert.True(t, texts["![graph.png](attachment:aaaaaaaaaaaa)"])
	assert.True(t, texts[f.state.Incident.LiveEntry(f.state.Incident.ReportLines()[0].ID)])
	assert.False(t, texts[f.state.Incident.LiveEntry(hidden.ID)], "what was hidden is not offered")

	s := newInsertSheet(all, func(inserted) {})
	s.find.SetText("no such thing")
	assert.Equal(t, 0, s.list.Len())
	assert.NotEmpty(t, s.ok.Off())
}

func TestFilesGoIntoTheSectionThatTheyWereDroppedOn(t *testing.T) {
	f, p, _ := onPostmortem(t, resolvedAt)
	picture := workflow.Attachment{Name: "graph.png", Media: "image/png", SHA256: strings.Repeat("a", 64), Bytes: 10}
	p.choose(workflow.ImpactSection)
	assert.Equal(t, workflow.ImpactSection, p.writes().ID)
	retype(p, "Look:")
	p.shows(workflow.ImpactSection, []workflow.Attachment{picture})
	assert.Equal(t, "Look:\n![graph.png](attachment:aaaaaaaaaaaa)\n", p.parts.text.field.Text())

	p.shows(workflow.LessonsSection, []workflow.Attachment{picture})
	lessons := f.state.Incident.SectionText(workflow.LessonsSection)
	assert.Equal(t, strings.TrimRight(lessons, "\n")+"\n\n![graph.png](attachment:aaaaaaaaaaaa)\n", f.state.Drafts["postmortem.lessons"].Text, "also where another section is open by then")

	p.parts.text.pasted("")
	assert.Equal(t, []string{"incident.paste"}, f.ran, "a paste without text may be an image")
	p.choose(workflow.ImpactSection)
	retype(p, "Look: ")
	p.parts.text.field.TypedShortcut(&fyne.ShortcutPaste{Clipboard: pasteboard("/srv/graph.png")})
	assert.Equal(t, "Look: /srv/graph.png", p.parts.text.field.Text(), "the path is pasted as it is")
	assert.Equal(t, "offer files: /srv/graph.png", f.calls[len(f.calls)-1], "and the file is offered")
	p.parts.text.field.Insert(" is it")
	f.take()
	assert.Equal(t, "Look:  is it", p.parts.text.field.Text(), "who takes the file has no use for its path")
}

func TestAFinalPostMortemIsReadOnlyUntilItIsOpenedAgain(t *testing.T) {
	f, p, w := onPostmortem(t, resolvedAt)
	f.as("Jane", f.state.Now, workflow.SetReview{State: workflow.InReview}, workflow.SetReview{State: workflow.Final})
	f.Show()
	p.choose(workflow.ImpactSection)
	before := p.parts.text.field.Text()
	p.parts.text.field.Focus()
	write(w, "x")
	press(w, fyne.KeyReturn)
	assert.Equal(t, before, p.parts.text.field.Text())
	assert.False(t, p.parts.text.insert.Visible())
	assert.False(t, p.openInsert())
	assert.Empty(t, p.writes().ID, "files go to the note then")
	f.as("Jane", f.state.Now, workflow.SetReview{State: workflow.InReview, Reason: "a number was wrong"})
	f.Show()
	write(w, "x")
	assert.NotEqual(t, before, p.parts.text.field.Text())
}

func TestTheEditorTellsWhatChangedWhere(t *testing.T) {
	_, p, w := onPostmortem(t, resolvedAt)
	p.choose(workflow.ImpactSection)
	retype(p, "one two")
	follower := p.parts.text.field.Text()
	p.parts.text.edited = func(at, removed int, inserted string) {
		follower = follower[:at] + inserted + follower[at+removed:]
	}
	p.parts.text.field.Focus()
	p.parts.text.field.Select(4, 7)
	write(w, "three")
	press(w, fyne.KeyReturn, fyne.KeyBackspace, fyne.KeyBackspace)
	p.parts.text.field.UndoText()
	assert.Equal(t, p.parts.text.field.Text(), follower)
}
