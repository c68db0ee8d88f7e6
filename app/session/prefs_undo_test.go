package session_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
)

func (s *stand) wears(says string, change func(*session.Prefs)) {
	s.t.Helper()
	prefs := s.state().Prefs
	change(&prefs)
	s.desk.SetPrefs(prefs, says)
	s.pump()
}

func (s *stand) undoesSettings() {
	s.desk.UndoSettings()
	s.pump()
}

func (s *stand) redoesSettings() {
	s.desk.RedoSettings()
	s.pump()
}

func TestAChangeOfTheSettingsIsTakenBackAlsoAfterARestart(t *testing.T) {
	s := newStand(t)
	s.wears("Theme: Dark.", func(p *session.Prefs) { p.Theme = "dark" })
	s.wears("You are Sue from now on.", func(p *session.Prefs) { p.Name = "Sue" })
	assert.Equal(t, session.Steps{Back: "You are Sue from now on."}, s.state().Settings)

	s = s.restart()
	s.undoesSettings()
	assert.Equal(t, "Jane", s.state().Prefs.Name)
	assert.Equal(t, "dark", s.state().Prefs.Theme)
	assert.Equal(t, "Undone: You are Sue from now on.", s.state().Strip.Says)
	assert.Equal(t, session.Steps{Back: "Theme: Dark.", Again: "You are Sue from now on."}, s.state().Settings)

	s = s.restart()
	s.undoesSettings()
	assert.Equal(t, "system", s.state().Prefs.Theme)
	s.undoesSettings()
	assert.Equal(t, "No change of the settings is left to undo.", s.state().Strip.Says)

	s = s.restart()
	s.redoesSettings()
	s.redoesSettings()
	assert.Equal(t, "Sue", s.state().Prefs.Name)
	assert.Equal(t, "dark", s.state().Prefs.Theme)
	s.redoesSettings()
	assert.Equal(t, "No change of the settings is left to redo.", s.state().Strip.Says)
	assert.Equal(t, s.state().Prefs, s.prefs(), "and that is on the disk")
}

func TestANewChangeOfTheSettingsEndsTheRedo(t *testing.T) {
	s := newStand(t)
	s.wears("Theme: Dark.", func(p *session.Prefs) { p.Theme = "dark" })
	s.undoesSettings()
	s.wears("Text size: 150 %.", func(p *session.Prefs) { p.Scale = 1.5 })
	assert.Empty(t, s.state().Settings.Again)
	s.redoesSettings()
	assert.Equal(t, "system", s.state().Prefs.Theme)
}

func TestWhatTheProgramSetsItselfIsNoStep(t *testing.T) {
	s := newStand(t)
	s.wears("", func(p *session.Prefs) { p.Repository = "/srv/shop" })
	assert.Empty(t, s.state().Settings.Back)
}

func TestTwoHundredChangesOfTheSettingsBackAndForthWithRestarts(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 1))
	s := newStand(t)
	var states []session.Prefs
	for i := range 210 {
		states = append(states, s.state().Prefs)
		s.wears(fmt.Sprint("change ", i), func(p *session.Prefs) {
			switch dice.IntN(4) {
			case 0:
				p.Theme = fmt.Sprint("theme ", i)
			case 1:
				p.Name = fmt.Sprint("Jane ", i)
			case 2:
				p.SingleKeys, p.OnlyPeople, p.Name = !p.SingleKeys, !p.OnlyPeople, fmt.Sprint("Jane ", i)
			case 3:
				p.Zones, p.Theme = session.Zones(fmt.Sprint("zone ", i)), fmt.Sprint("theme ", i)
			}
		})
	}
	last := s.state().Prefs
	for i := 209; i >= 10; i-- {
		if dice.IntN(20) == 0 {
			s = s.restart()
		}
		s.undoesSettings()
		require.Equal(t, states[i], s.state().Prefs, "step %d", i)
	}
	s.undoesSettings()
	assert.Equal(t, "No change of the settings is left to undo.", s.state().Strip.Says, "200 are kept")
	for range 200 {
		s.redoesSettings()
	}
	assert.Equal(t, last, s.state().Prefs)
}

func TestAnOlderStripTakesBackOnlyItsOwnChange(t *testing.T) {
	s := newStand(t)
	s.wears("Theme: Dark.", func(p *session.Prefs) { p.Theme = "dark" })
	strip := s.state().Strip
	s.wears("Text size: 150 %.", func(p *session.Prefs) { p.Scale = 1.5 })
	strip.Back()
	s.pump()
	assert.Equal(t, "system", s.state().Prefs.Theme)
	assert.InDelta(t, 1.5, s.state().Prefs.Scale, 0)
	s.undoesSettings()
	assert.Equal(t, "dark", s.state().Prefs.Theme, "that was a change of its own")
}

func TestSettingsOfAnotherVersionAreReadWithoutTheirSteps(t *testing.T) {
	for _, kept := range []string{`{"name":"Sue","theme":"dark"}`, `{"name":"Sue","theme":"dark","past":[{"says":"x","was":{"theme":7},"now":{}}]}`} {
		s := newStand(t)
		require.NoError(t, s.shelf.SetSetting(t.Context(), "prefs", []byte(kept)))
		s = s.restart()
		assert.Equal(t, "Sue", s.state().Prefs.Name)
		s.undoesSettings()
		assert.Equal(t, "dark", s.state().Prefs.Theme, "better nothing than half of a step")
	}
}
