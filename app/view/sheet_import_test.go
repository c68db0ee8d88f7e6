package view

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// imports is the sheet's list.
func (d *shellDesk) imports() *kit.Rows {
	d.t.Helper()
	for _, o := range within(d.shell.layers.Top().Body) {
		if rows, ok := o.(*kit.Rows); ok {
			return rows
		}
	}
	require.Fail(d.t, "the sheet has no list")
	return nil
}

// imported are the entries that came from a document.
func (d *shellDesk) imported() (out []string) {
	for _, e := range d.incident().Timeline.All() {
		if e.Source.Document != "" {
			out = append(out, e.Text.Get())
		}
	}
	return out
}

func TestADocumentIsShownLineByLineBeforeAnythingIsTaken(t *testing.T) {
	d := importDesk(t, 12, 1280, 2400, nil).readsIn("x")
	for _, words := range []string{
		"pasted text, read as markdown: Post-Mortem: SEV2 Logins failed 2024-11-25", "All times are taken as CET, because line 15 says so.",
		"2024-11-25 14:12Z", "“15:12”", "Sure", "Likely", "Doubtful", "Time not known", "“13:55 PM”",
		"Line 17 · by Bob · action · 1 link · date from above it (“Timeline, 25 November 2024” in line 14) · zone CET from the text (“All times are in CET” in line 15)",
		"date the next one, past midnight", "13:55 is no time with PM, so it is kept as it stands.",
		"“Detected” is marked already, so this is an ordinary entry.", "2 milestones are not taken over; the rows say why.",
		"7 of 7 entries, 4 of 4 sections, 0 of 2 not understood",
	} {
		assert.True(t, d.sees(words), words)
	}
	d.press(fyne.KeyEnd)
	for _, words := range []string{
		"Goes into Lessons Learned.", "Becomes 2 action items.", "Goes into Related.", "An hour has 60 minutes",
		"Left out. Tick it to take it as a note at an unknown time.",
	} {
		assert.True(t, d.sees(words), words)
	}
	assert.Empty(t, d.imported())
	d.press(fyne.KeyEscape)
	assert.False(t, d.shell.layers.IsOpen(importLayer))
	assert.Empty(t, d.imported())
	d.run("data.import")
	assert.True(t, d.sees("7 of 7 entries"), "what was chosen is still there")
}

func TestAllOfItIsDoneByKeys(t *testing.T) {
	d := importDesk(t, 12, 1280, 800, nil).readsIn("x")
	require.Equal(t, d.imports(), d.window.Canvas().Focused(), "the hand is at the list")
	d.write("n")
	assert.True(t, d.sees("0 of 7 entries"))
	d.write("s")
	assert.True(t, d.sees("4 of 7 entries"))
	d.press(fyne.KeySpace)
	assert.True(t, d.sees("3 of 7 entries"))
	d.press(fyne.KeyEnd, fyne.KeySpace)
	assert.True(t, d.sees("1 of 2 not understood"))
	d.press(fyne.KeyUp, fyne.KeyUp, fyne.KeySpace)
	assert.True(t, d.sees("3 of 4 sections"))
	d.run("incident.main")
	assert.Equal(t, []string{"Pager rang: 31 % of logins fail", "Rolled back, error rate falls", "All good again, watched for half an hour", "25:61 somebody mistyped"}, d.imported())
	assert.False(t, d.shell.layers.IsOpen(importLayer))
	assert.Equal(t, "Imported 4 entries, 2 sections and 2 action items from pasted text. Undo takes it back.", d.shell.State().Strip.Says)
	d.run("edit.undo")
	assert.Empty(t, d.imported())
	d.run("edit.redo")
	assert.Len(t, d.imported(), 4)
}

func TestSingleLettersCanBeSwitchedOff(t *testing.T) {
	d := importDesk(t, 12, 1280, 800, nil)
	prefs := d.shell.State().Prefs
	prefs.SingleKeys = false
	d.shell.SetPrefs(prefs, "")
	d.readsIn("x").write("n")
	assert.True(t, d.sees("7 of 7 entries"))
}

func TestARowBecomesWhatAPersonSays(t *testing.T) {
	d := importDesk(t, 12, 1280, 800, nil).readsIn("x")
	d.press(fyne.KeyDown)
	assert.True(t, d.sees("The entry in line 18 marks"))
	sheet := d.shell.layers.Top().Body
	var choices []*kit.Choice
	for _, o := range within(sheet) {
		if c, ok := o.(*kit.Choice); ok {
			choices = append(choices, c)
		}
	}
	row := choices[len(choices)-1]
	row.OnChosen(string(workflow.Detected))
	d.pump()
	assert.Equal(t, session.LinePick{Take: true, Milestone: workflow.Detected, Chosen: true}, d.shell.State().Import.Lines[1])
	assert.True(t, d.sees("1 milestone is not taken over"))

	d.imports().Select(importRowID(importSection, 1))
	assert.True(t, d.sees("“Lessons” goes into"))
	row.OnChosen(string(workflow.WentWrongSection))
	d.pump()
	assert.Equal(t, workflow.WentWrongSection, d.shell.State().Import.Sections[1].To)
	row.OnChosen(asNote)
	d.pump()
	assert.True(t, d.shell.State().Import.Sections[1].Note)

	d.run("incident.main")
	at, _ := d.incident().MilestoneAt(workflow.Detected)
	assert.Equal(t, "15:33", at.Typed)
	_, written := d.incident().Written(workflow.WentWrongSection)
	assert.False(t, written)
	assert.Contains(t, d.imported(), "**Lessons**\n\n1. Test tokens with dashes.\n2. Roll back sooner.")
}

func TestAnotherZoneIsReadAtOnceAndOneThatIsNoneIsRefusedThere(t *testing.T) {
	d := importDesk(t, 12, 1280, 800, nil).readsIn("x")
	d.fill("Zone of bare times", "soon")
	d.press(fyne.KeyReturn)
	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "Zone of bare times:").Error(), "is no zone")
	d.run("incident.main")
	assert.Empty(t, d.imported(), "not with a zone that is none")
	assert.True(t, d.sees("2024-11-25 14:12Z"))
	named[*kit.Field](t, d.window.Content(), "Zone of bare times:").SetText("UTC")
	d.press(fyne.KeyReturn)
	assert.True(t, d.sees("2024-11-25 15:12Z"))
	assert.True(t, d.sees("zone UTC as you chose"))
	assert.Equal(t, "UTC", d.shell.State().Import.As.Zone)
	named[*kit.Field](t, d.window.Content(), "Zone of bare times:").SetText("CET")
	d.run("incident.main")
	assert.Empty(t, d.imported(), "nobody has seen the new times yet")
	assert.True(t, d.sees("Look at them, then import."))
	d.run("incident.main")
	assert.Len(t, d.imported(), 7)
}

func TestWithoutAFireADocumentBecomesAnIncidentOfThePast(t *testing.T) {
	d := importDesk(t, -1, 1280, 800, nil)
	assert.True(t, d.sees("Import an old post-mortem"), "the first page offers it")
	d.readsIn("x")
	assert.True(t, d.sees("Title of the incident: Logins failed"))
	named[*kit.Field](t, d.window.Content(), "Title of the incident:").SetText("The old outage")
	d.run("incident.main")
	in := d.incident()
	assert.Equal(t, "The old outage", in.Triage.Title.Get())
	assert.Equal(t, workflow.Resolved, in.Stage())
	assert.Equal(t, "SEV2", in.Triage.Severity.Get())
	assert.Equal(t, PostmortemScreen, d.shell.Screen())
	assert.Len(t, d.imported(), 7)
	assert.Empty(t, commandOff(d, "incident.cancel"), "one that was imported by mistake can be cancelled")
}

func commandOff(d *shellDesk, id string) string {
	for _, c := range Commands() {
		if c.ID == id {
			return c.Off(d.shell.State())
		}
	}
	return "no such command"
}

func TestWhatCannotBeReadSaysWhyWhereItWasAsked(t *testing.T) {
	d := importDesk(t, 12, 1280, 800, nil)
	d.run("data.import")
	path := func() *kit.Field { return named[*kit.Field](t, d.window.Content(), "File:") }
	d.push("Read it")
	assert.Contains(t, path().Error(), "Type the path of a file")
	d.push("Paste the clipboard")
	assert.Contains(t, path().Error(), "There is no text on the clipboard")
	d.write("post-mortem.md")
	d.run("incident.main")
	assert.Contains(t, path().Error(), "Type the whole path")
	path().SetText("/nowhere/at/all.md")
	d.press(fyne.KeyReturn)
	assert.Contains(t, path().Error(), "Not imported: /nowhere/at/all.md cannot be read")
	d.readsIn("%PDF-1.7")
	assert.Contains(t, path().Error(), "is a PDF")

	file := filepath.Join(t.TempDir(), "old.md")
	require.NoError(t, os.WriteFile(file, []byte("the text"), 0o600))
	d.readsIn("file://" + filepath.ToSlash(file))
	assert.True(t, d.sees("old.md, read as markdown"), "a file manager copies a file as its path")
	d.push("Another document")
	assert.Nil(t, d.shell.State().Import)
	assert.Equal(t, path().Target(), d.window.Canvas().Focused())
}

func TestAFileThatIsDroppedOnTheSheetIsRead(t *testing.T) {
	d := importDesk(t, 12, 1280, 800, nil)
	file := filepath.Join(t.TempDir(), "old.md")
	require.NoError(t, os.WriteFile(file, []byte("the text"), 0o600))
	d.run("data.import")
	d.shell.Drop(fyne.NewPos(600, 400), []string{file, file})
	d.pump()
	assert.True(t, d.sees("old.md, read as markdown"))
	assert.Contains(t, d.shell.State().Strip.Says, "One document is read at a time")

	none := importDesk(t, -1, 1280, 800, nil)
	none.shell.Drop(fyne.NewPos(600, 400), []string{file})
	none.pump()
	assert.True(t, none.sees("old.md, read as markdown"), "where no incident is, there is nothing to attach it to")
}

func TestWhatIsThereAlreadyIsShownAndLeftOut(t *testing.T) {
	d := importDesk(t, 12, 1280, 800, nil).readsIn("x")
	d.run("incident.main")
	d.readsIn("x")
	assert.True(t, d.sees("in the incident already"))
	d.run("incident.main")
	assert.True(t, d.sees("Everything that is ticked is in the incident already."))
	assert.Len(t, d.imported(), 7)
}

func TestALowWindowHasTheChoicesOnAPageOfTheirOwn(t *testing.T) {
	d := importDesk(t, 12, 800, 600, nil).readsIn("x")
	assert.False(t, d.sees("Zone of bare times"))
	d.push("Times and place…")
	assert.True(t, d.sees("Zone of bare times"))
	assert.False(t, d.sees("Only the sure ones"))
	d.push("Back to the list")
	require.Equal(t, d.imports(), d.window.Canvas().Focused())
	d.window.Resize(fyne.NewSize(1280, 800))
	d.shell.Desk.Show()
	d.pump()
	assert.True(t, d.sees("Zone of bare times"))
}

func TestALongChatIsDrawnOnlyWhereItIsSeen(t *testing.T) {
	d := importDesk(t, 12, 1280, 800, longChat(20_000)).readsIn("x")
	assert.True(t, d.sees("20000 of 20000 entries"))
	assert.Less(t, len(d.imports().Children()), 12)
	d.press(fyne.KeyEnd)
	assert.True(t, d.sees("message 19999"))
}

func BenchmarkATickAmong20k(b *testing.B) {
	d := importDesk(&testing.T{}, 12, 1280, 800, longChat(20_000)).readsIn("x")
	for b.Loop() {
		d.press(fyne.KeySpace)
	}
}
