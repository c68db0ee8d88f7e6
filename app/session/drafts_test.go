package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func (s *stand) draft(field string) string { return s.state().Drafts[field].Text }

func (m *memory) draft(id workflow.IncidentID, field string) string {
	return m.drafts[string(id)+"/"+field].Text
}

func TestHalfTypedTextIsOnDiskWithinASecondAndBackAfterACrash(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	for i, text := range []string{"e", "er", "err", "error rate"} {
		s.desk.Draft("composer", text)
		s.pass(time.Duration(i) * 50 * time.Millisecond)
	}
	s.pass(time.Second)
	assert.Equal(t, "error rate", s.shelf.draft(id, "composer"))

	crashed := s.restart()
	assert.Equal(t, "error rate", crashed.draft("composer"))
	assert.Equal(t, start, crashed.state().Drafts["composer"].Started, "a note happened when its first key was pressed")

	crashed.desk.Draft("composer", "")
	crashed.pass(time.Second)
	assert.Empty(t, s.restart().draft("composer"), "an emptied field stays empty")
}

func TestTextThatBelongsToNoIncidentIsKeptThroughAll(t *testing.T) {
	s := newStand(t)
	s.desk.Draft("app.title", "Login")
	s.pass(time.Second)
	id := s.declare("another")
	assert.Equal(t, "Login", s.draft("app.title"))
	s.openIncident(id)
	s.desk.PutAway()
	s.pump()
	assert.Equal(t, "Login", s.draft("app.title"))
	assert.Equal(t, "Login", s.restart().draft("app.title"))
	s.do(workflow.Declare{Title: "Login", Playbook: s.state().Policy}, "app.title")
	assert.Empty(t, s.draft("app.title"))
	assert.Empty(t, s.restart().draft("app.title"))
}

func TestAStateThatWasShownIsNeverChanged(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.Draft("composer", "one")
	s.desk.Show()
	shown := s.shown[len(s.shown)-1]
	s.desk.Draft("composer", "two")
	assert.Equal(t, "one", shown.Drafts["composer"].Text)
}

func TestADraftIsClearedWithItsEventOnly(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.Draft("composer", "lost?")
	s.desk.Draft("impact", "all")
	s.pass(time.Second)
	s.shelf.fail = errDisk
	s.desk.Do(workflow.Note{Text: "lost?"}, func(err error) { assert.ErrorIs(t, err, errDisk) }, "composer")
	s.pump()
	assert.Equal(t, "lost?", s.draft("composer"), "a failed write leaves the words in their field")
	assert.Equal(t, "lost?", s.shelf.draft(id, "composer"))
	s.desk.Do(workflow.GiveAllClear{}, func(err error) { assert.Error(t, err) }, "composer")
	s.pump()
	assert.Equal(t, "lost?", s.draft("composer"), "and so does a refusal")

	s.do(workflow.Note{Text: "lost?"}, "composer")
	assert.Empty(t, s.draft("composer"))
	assert.Empty(t, s.shelf.draft(id, "composer"))
	assert.Equal(t, "all", s.draft("impact"), "the other fields keep theirs")
	s.pass(5 * time.Second)
	assert.Empty(t, s.restart().draft("composer"), "it does not come back")
}

func TestADraftThatIsSavedDuringItsWriteDoesNotComeBack(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")

	s.desk.Draft("composer", "typed, then Enter at once")
	s.desk.Do(workflow.Note{Text: "x"}, nil, "composer")
	s.desk.SaveDrafts(nil) // the timer comes while the write is in flight
	s.pump()
	s.pass(5 * time.Second)
	assert.Empty(t, s.shelf.draft(id, "composer"))

	s.desk.Draft("composer", "the save came first")
	s.desk.SaveDrafts(nil)
	s.desk.Do(workflow.Note{Text: "y"}, nil, "composer")
	save := s.queue[0]
	s.queue = s.queue[1:]
	s.pump() // a slow save: everything else that can run, runs
	assert.Len(t, s.shelf.texts(id), 1, "the write waits for the save of its words")
	save()
	s.pump()
	s.pass(5 * time.Second)
	assert.Equal(t, []string{"x", "y"}, s.shelf.texts(id))
	assert.Empty(t, s.shelf.draft(id, "composer"))
}

func TestWhatIsTypedOnDuringTheWriteIsKept(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.Draft("composer", "first")
	s.desk.Do(workflow.Note{Text: "first"}, nil, "composer")
	s.desk.Draft("composer", "first and second")
	s.pump()
	assert.Equal(t, "first and second", s.draft("composer"))
	s.pass(time.Second)
	assert.Equal(t, "first and second", s.shelf.draft(id, "composer"))
}

func TestAWriteClearsOnlyTheFieldsOfItsOwnIncident(t *testing.T) {
	s := newStand(t)
	first := s.declare("first")
	s.desk.Draft("composer", "half of the first")
	s.pass(time.Second)
	second := s.declare("second")
	assert.Empty(t, s.draft("composer"), "a new incident begins with empty fields")
	s.desk.Draft("composer", "done for the second")
	s.desk.Do(workflow.Note{Text: "done for the second"}, nil, "composer")
	s.desk.OpenIncident(first, nil)
	s.pump()
	assert.Equal(t, "half of the first", s.draft("composer"))
	s.pass(5 * time.Second)
	assert.Equal(t, "half of the first", s.shelf.draft(first, "composer"))
	assert.Empty(t, s.shelf.draft(second, "composer"))
}

func TestAQuickRoundTripBetweenIncidentsKeepsWhatIsNotOnDiskYet(t *testing.T) {
	s := newStand(t)
	first, second := s.declare("first"), s.declare("second")
	s.desk.Draft("composer", "fresh")
	s.desk.OpenIncident(first, nil)
	s.pump()
	s.openIncident(second)
	assert.Equal(t, "fresh", s.draft("composer"))
	s.shelf.failSave = errDisk
	s.desk.Draft("composer", "fresher")
	s.openIncident(first)
	assert.Empty(t, s.draft("composer"))
	s.openIncident(second)
	assert.Equal(t, "fresher", s.draft("composer"), "not even a full disk loses it")
}

func TestADraftThatCannotBeSavedIsTriedAgainAndSaysSo(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.shelf.failSave = errDisk
	s.desk.Draft("composer", "x")
	s.pass(time.Second)
	assert.Equal(t, errDisk.Error(), s.state().Saved.Trouble)
	assert.Equal(t, "x", s.draft("composer"))
	s.desk.Draft("composer", "xy")
	s.shelf.failSave = nil
	s.pass(time.Second)
	assert.Empty(t, s.state().Saved.Trouble)
	assert.Equal(t, "xy", s.shelf.draft(id, "composer"), "the newest typing wins")
}

func TestClosingFinishesTheWritesAndSavesWhatIsHalfTyped(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.Do(workflow.Note{Text: "one"}, nil)
	s.desk.Do(workflow.Note{Text: "two"}, nil)
	s.desk.Draft("composer", "half")
	closed := 0
	s.desk.Close(func() { closed++ })
	s.desk.Do(workflow.Note{Text: "too late"}, func(err error) { assert.ErrorContains(t, err, "closing") })
	assert.Zero(t, closed)
	s.pump()
	assert.Equal(t, 1, closed)
	assert.Equal(t, []string{"one", "two"}, s.shelf.texts(id))
	assert.Equal(t, "half", s.shelf.draft(id, "composer"))
	shown := len(s.shown)
	s.desk.Close(func() { closed++ })
	s.pass(5 * time.Second)
	assert.Equal(t, 2, closed, "asked again it answers at once")
	assert.Len(t, s.shown, shown, "nothing is shown any more")
}

func TestClosingDuringASaveEndsWhenAllOfItIsOnDisk(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.Draft("composer", "on its way")
	s.desk.SaveDrafts(nil)
	s.desk.Draft("composer", "on its way, and more")
	closed := false
	s.desk.Close(func() { closed = true })
	s.pump()
	assert.True(t, closed)
	assert.Equal(t, "on its way, and more", s.shelf.draft(id, "composer"))
}

func TestClosingWithAFullDiskStillCloses(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.shelf.failSave, s.shelf.fail = errDisk, errDisk
	s.desk.Draft("composer", "x")
	s.desk.Do(workflow.Note{Text: "y"}, func(err error) { assert.Error(t, err) })
	closed := false
	s.desk.Close(func() { closed = true })
	s.pump()
	assert.True(t, closed)
	s.pass(5 * time.Second)
}

func TestClosingWaitsForSettingsAndForWhatIsWrittenOutside(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.CreateIncrement(func(err error) { assert.NoError(t, err) })
	s.desk.Remember("size", 7)
	prefs := s.state().Prefs
	prefs.Theme = "dark"
	s.desk.SetPrefs(prefs, "")
	closed := false
	s.desk.Close(func() { closed = true })
	assert.False(t, closed)
	s.pump()
	assert.True(t, closed)
	assert.Equal(t, "dark", s.prefs().Theme)
	assert.Equal(t, []byte("7"), s.shelf.settings["window.size"])
	in := workflow.Fold(id, s.shelf.logs[id])
	assert.Equal(t, "0015-hotfix", in.Fix.Increment.Get().ID, "what lies in the repository is on record")
	var size int
	assert.True(t, s.restart().desk.Recall("size", &size))
	assert.Equal(t, 7, size)
}

// TestALongTextIsAskedForWhenItIsSaved: a megabyte is not put together with
// every key, and is as safe as a word.
func TestALongTextIsAskedForWhenItIsSaved(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	asked, long := 0, "first"
	read := func() string { asked++; return long }
	for range 50 {
		s.desk.DraftLater("postmortem.impact", read)
	}
	long = "last"
	assert.Zero(t, asked)
	s.pass(time.Second)
	assert.Equal(t, 1, asked, "once for fifty keys")
	assert.Equal(t, "last", s.shelf.draft(id, "postmortem.impact"))
	assert.Equal(t, "last", s.restart().draft("postmortem.impact"))

	long = "on another desk"
	s.desk.DraftLater("postmortem.impact", read)
	other := s.declare("Another")
	s.pass(time.Second)
	assert.Equal(t, "on another desk", s.shelf.draft(id, "postmortem.impact"), "it stays its incident's")
	assert.Empty(t, s.shelf.draft(other, "postmortem.impact"))
}

func TestALongTextThatBecameAnEventIsNoDraftAnyMore(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.DraftLater("postmortem.impact", func() string { return "all of them" })
	s.do(workflow.WriteSection{Section: workflow.ImpactSection, Text: "all of them"}, "postmortem.impact")
	s.pass(time.Second)
	assert.Empty(t, s.draft("postmortem.impact"))
	assert.Empty(t, s.restart().draft("postmortem.impact"))

	s.desk.DraftLater("postmortem.impact", func() string { return "typed before the breakdown" })
	s.desk.DraftLater("postmortem.lessons", func() string { panic("this text is what broke down") })
	s.desk.Rescue()
	assert.Equal(t, "typed before the breakdown", s.restart().draft("postmortem.impact"))
}
