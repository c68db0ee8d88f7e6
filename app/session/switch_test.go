package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/app/session"
	"firebreak/workflow"
)

// sample is another log with one incident in it.
func (s *stand) sample() *memory {
	m := newMemory("laptop-sample")
	real := s.shelf
	s.shelf = m
	s.other("sample-1", workflow.Declare{Title: "Auth Outage", Playbook: s.state().Policy, Sample: true})
	s.shelf = real
	return m
}

func (s *stand) switchTo(to *memory, sample bool) {
	s.t.Helper()
	answered := false
	s.desk.Switch(to, sample, "/sample", func(err error) { answered = true; assert.NoError(s.t, err) })
	s.pump()
	assert.True(s.t, answered)
}

func TestTheSampleIsInItsOwnLogAndTheWayBackLeadsToWhereOneWas(t *testing.T) {
	s := newStand(t)
	first := s.declare("first")
	s.declare("second")
	s.openIncident(first)
	s.desk.Draft("composer", "half typed for real")
	s.desk.Draft("app.title", "a title")
	sample := s.sample()
	s.switchTo(sample, true)
	assert.True(t, s.state().Sample)
	assert.Equal(t, workflow.IncidentID("sample-1"), s.state().Incident.ID)
	assert.Equal(t, "/sample", s.state().Repo.Folder)
	assert.Empty(t, s.draft("composer"))
	assert.Empty(t, s.draft("app.title"))
	s.do(workflow.Note{Text: "played"})
	s.desk.Draft("composer", "typed into the sample")
	s.pass(time.Second)

	s.switchTo(s.shelf, false)
	assert.False(t, s.state().Sample)
	assert.Equal(t, first, s.state().Incident.ID)
	assert.Equal(t, "half typed for real", s.draft("composer"))
	assert.Equal(t, "a title", s.draft("app.title"))
	assert.Empty(t, s.shelf.texts(first))
	assert.Equal(t, []string{"played"}, sample.texts("sample-1"))
	for _, d := range s.shelf.drafts {
		assert.NotContains(t, d.Text, "sample", "nothing of the sample is in the real log")
	}
	for _, d := range sample.drafts {
		assert.NotContains(t, d.Text, "real")
	}
}

func TestAWriteInFlightDuringTheSwitchGoesToTheLogItWasMeantFor(t *testing.T) {
	s := newStand(t)
	id := s.declare("real")
	sample := s.sample()
	s.desk.Do(workflow.Note{Text: "real 1"}, nil)
	s.desk.Do(workflow.Note{Text: "real 2"}, nil)
	s.desk.Do(workflow.Declare{Title: "also real", Playbook: s.state().Policy}, nil)
	s.desk.Switch(sample, true, "/sample", nil)
	s.pump()
	assert.Equal(t, []string{"real 1", "real 2"}, s.shelf.texts(id))
	assert.Len(t, s.shelf.rows, 2)
	assert.Len(t, sample.rows, 1)
	assert.Equal(t, workflow.IncidentID("sample-1"), s.state().Incident.ID, "a declaration in the real log does not lay itself over the sample")
	assert.Len(t, s.state().History, 1)
	s.do(workflow.Note{Text: "sample"})
	assert.Equal(t, []string{"sample"}, sample.texts("sample-1"))
}

func TestTypedTextOfASampleThatIsGoneIsLetGo(t *testing.T) {
	s := newStand(t)
	s.declare("real")
	sample := s.sample()
	s.switchTo(sample, true)
	s.desk.Draft("composer", "x")
	sample.failSave = errDisk // its file is thrown away
	s.switchTo(s.shelf, false)
	s.pass(5 * time.Second)
	assert.Empty(t, s.state().Saved.Trouble)
}

func TestAnAnswerThatIsNotWantedAnyMoreIsDropped(t *testing.T) {
	s := newStand(t)
	first := s.declare("first")
	second := s.declare("second")
	s.desk.OpenIncident(first, nil)
	s.desk.PutAway()
	s.pump()
	assert.False(t, s.state().Incident.Declared(), "put away means put away")

	s.openIncident(second)
	s.desk.OpenIncident(first, nil)
	s.desk.Do(workflow.Declare{Title: "third", Playbook: s.state().Policy}, nil)
	s.pump()
	assert.Equal(t, "third", s.state().Incident.Triage.Title.Get(), "the fire that was just declared is on the desk")
}

func TestSettingsTakeEffectAtOnceAndEachHasItsUndo(t *testing.T) {
	s := newStand(t)
	prefs := s.state().Prefs
	prefs.Theme = "dark"
	s.desk.SetPrefs(prefs, "Dark theme")
	assert.Equal(t, "dark", s.state().Prefs.Theme)
	assert.Equal(t, "Dark theme", s.state().Strip.Says)
	back := s.state().Strip.Back
	prefs.Scale = 1.5
	s.desk.SetPrefs(prefs, "")
	back()
	s.pump()
	assert.Equal(t, "system", s.state().Prefs.Theme)
	assert.InDelta(t, 1.5, s.state().Prefs.Scale, 0, "what was changed since stays")
	assert.Equal(t, s.state().Prefs, s.prefs(), "the newest is on disk")
	assert.Equal(t, s.state().Prefs, s.restart().state().Prefs)
	shown := len(s.shown)
	s.desk.SetPrefs(s.state().Prefs, "again")
	assert.Len(t, s.shown, shown, "the same changes nothing")
}

func TestQuickChangesOfSettingsAreWrittenOneAfterTheOther(t *testing.T) {
	s := newStand(t)
	prefs := s.state().Prefs
	for _, theme := range []string{"dark", "light", "contrast"} {
		prefs.Theme = theme
		s.desk.SetPrefs(prefs, "")
	}
	assert.Len(t, s.queue, 1, "or an older one could be the last on disk")
	s.pump()
	assert.Equal(t, "contrast", s.prefs().Theme)

	s.shelf.failSet = errDisk
	prefs.Theme = "dark"
	s.desk.SetPrefs(prefs, "")
	s.pump()
	assert.Equal(t, errDisk.Error(), s.state().Strip.Says)
}

func TestSettingsOfAnotherVersionAreSafe(t *testing.T) {
	for _, kept := range []string{`{`, `"x"`, `{"scale":9,"name":""}`, `{"scale":0.1,"future":true}`} {
		m := newMemory("laptop")
		m.settings["prefs"] = []byte(kept)
		p := standOn(t, m, &hand{now: start}).state().Prefs
		assert.Equal(t, session.DefaultPrefs("Jane"), p, kept)
	}
}

func TestAStartOpensTheNewestThatBurns(t *testing.T) {
	s := newStand(t)
	assert.False(t, s.state().Incident.Declared())
	first := s.declare("first")
	s.declare("second")
	s.do(workflow.Cancel{Reason: "a drill"})
	again := s.restart()
	assert.Equal(t, first, again.state().Incident.ID)
	assert.Len(t, again.state().History, 2)
	assert.Empty(t, again.shown, "nothing is shown before the first call of Show")
}
