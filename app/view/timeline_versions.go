package view

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// versionsShown bounds how many versions are drawn; the log keeps all.
const versionsShown = 10

// entryVersions is the history of one entry: when it happened and when it was
// written down, and every version with a way back to it.
type entryVersions struct {
	ask     Asker
	content *fyne.Container
	drawn   versionsDrawn
}

// versionsDrawn says what is on the screen, so that it is drawn again only when
// something else would be there.
type versionsDrawn struct {
	entry workflow.EventID
	edits int
	zone  *time.Location
	at    workflow.Revision // an undo changes the versions, but not their number
}

func newEntryVersions(ask Asker) *entryVersions {
	return &entryVersions{ask: ask, content: kit.Column(look.Space2)}
}

// Show lists the versions of an entry; a new one has none.
func (v *entryVersions) Show(id workflow.EventID, st session.State) {
	e, found := st.Incident.Entry(id)
	want := versionsDrawn{entry: id, edits: e.Edits, zone: st.Shown(), at: st.Incident.Revision()}
	if want == v.drawn {
		return
	}
	v.drawn = want
	v.content.Objects = nil
	if found {
		v.content.Objects = v.lines(e, st)
	}
	v.content.Refresh()
}

func (v *entryVersions) lines(e workflow.Entry, st session.State) []fyne.CanvasObject {
	lines := []fyne.CanvasObject{
		kit.NewRule(),
		kit.NewText("History of this entry").Bold(),
		kit.NewCaption(recordedWords(e, st)).Wrapped(),
	}
	versions := st.Incident.History(e.ID)
	if len(versions) < 2 {
		return append(lines, kit.NewCaption("Nobody has changed it.").Wrapped())
	}
	first := max(0, len(versions)-versionsShown)
	for i := len(versions) - 1; i >= first; i-- {
		lines = append(lines, v.line(e, versions[i], i == len(versions)-1, st))
	}
	if first > 0 {
		lines = append(lines, kit.NewCaption(fmt.Sprintf("%d older versions are in the log.", first)).Wrapped())
	}
	return lines
}

// line is one version: who wrote it when, what it said, and the way back.
func (v *entryVersions) line(e workflow.Entry, version workflow.Version, newest bool, st session.State) fyne.CanvasObject {
	head := fmt.Sprintf("%s %s", clockSeconds(workflow.StampAt(version.Event.Recorded, time.UTC), st.Shown()), version.Event.Actor)
	if version.At != e.At.Get() {
		head += ", time " + clockSeconds(version.At, st.Shown())
	}
	line := []fyne.CanvasObject{kit.Grow(kit.Column(2,
		kit.NewCaption(head).Wrapped(),
		kit.NewText(beginning(version.Text, rowLine)).Wrapped()))}
	if newest {
		line = append(line, kit.NewCaption("now"))
	} else if back, any := restoring(e, version); any {
		says := "Entry restored to what " + version.Event.Actor + " wrote."
		line = append(line, kit.NewButton("Restore", func() { v.ask.DoAndOffer(back, says, nil) }).Small())
	}
	return kit.TopRow(look.Space2, line...)
}

// restoring is the correction that brings a version back; none when the entry
// says the same already.
func restoring(e workflow.Entry, version workflow.Version) (workflow.Correct, bool) {
	back := workflow.Correct{Entry: e.ID}
	if version.Text != e.Text.Get() {
		back.Text = &version.Text
	}
	if version.At != e.At.Get() {
		back.At = &version.At
	}
	return back, back.Text != nil || back.At != nil
}

// recordedWords says when something happened and when it was written down.
func recordedWords(e workflow.Entry, st session.State) string {
	at, recorded := e.At.Get(), e.First.Recorded
	words := "Happened " + clockSeconds(at, st.Shown())
	if at.Time.IsZero() {
		words = "Nobody knows when it happened"
	}
	if at.Typed != "" {
		words += fmt.Sprintf(" (typed “%s”)", at.Typed)
	}
	words += ", recorded " + clockSeconds(workflow.StampAt(recorded, time.UTC), st.Shown())
	if late := recorded.Sub(at.Time); at.Known() && late >= time.Minute {
		words += ", " + short(late) + " later"
	}
	if e.Source.Document != "" {
		return words + ", imported from " + e.Source.Words() + " by " + e.Source.By + "."
	}
	return words + ", by " + e.Who + "."
}
