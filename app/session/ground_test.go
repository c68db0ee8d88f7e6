package session_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

var _ session.Ground = (*memory)(nil)

// refuses is why nothing can be written now.
func (m *memory) refuses() error {
	if m.away != nil {
		return m.away
	}
	return m.full
}

func (m *memory) Tend(context.Context) string {
	m.tended++
	return m.warning
}

func (m *memory) PutBack(context.Context) error {
	if m.away != nil && !m.away.PutBack {
		return errors.New("another file lies there")
	}
	m.away = nil
	return nil
}

func (m *memory) SaveTo(_ context.Context, folder string, unsaved []session.Draft) (string, error) {
	if m.saved == nil {
		m.saved = map[string][]session.Draft{}
	}
	m.saved[folder] = unsaved
	return filepath.Join(folder, "firebreak.db"), nil
}

func vanished(putBack bool) *session.Away {
	return &session.Away{Says: "Not saved: the folder was removed. All of it is still held open. Put it back.", PutBack: putBack}
}

func TestAFileThatIsTakenAwayIsNoticedAtTheNextLookAndPutBack(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.Start()
	s.pass(time.Second)
	s.shelf.away = vanished(true)

	s.pass(500 * time.Millisecond)
	require.NotNil(t, s.state().Away)
	assert.NotEmpty(t, s.state().Saved.Trouble)
	assert.Equal(t, "Put it back", s.state().Strip.Undo)
	s.desk.Draft("composer", "typed meanwhile")
	s.pass(5 * time.Second)
	assert.Equal(t, "typed meanwhile", s.draft("composer"))

	s.state().Strip.Back()
	s.pass(2 * time.Second)
	assert.Nil(t, s.state().Away)
	assert.Empty(t, s.state().Saved.Trouble)
	assert.Equal(t, "typed meanwhile", s.shelf.draft(id, "composer"))
}

func TestAFileThatComesBackByItselfEndsTheAlarm(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.Start()
	s.shelf.away = vanished(true)
	s.pass(time.Second)
	require.NotNil(t, s.state().Away)
	s.shelf.away = nil
	s.pass(2 * time.Second)
	assert.Nil(t, s.state().Away)
	assert.Empty(t, s.state().Saved.Trouble)
}

func TestWhatIsHeldOpenIsSavedElsewhereWithHalfTypedText(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.Start()
	s.shelf.away = vanished(false)
	s.pass(time.Second)
	assert.Empty(t, s.state().Strip.Undo, "nothing is put over another file")
	s.desk.Draft("composer", "typed meanwhile")
	s.pass(time.Second)

	var failed error = errDisk
	s.desk.SaveTo("/safe", func(err error) { failed = err })
	s.pump()
	require.NoError(t, failed)
	require.Len(t, s.shelf.saved["/safe"], 1)
	assert.Equal(t, "typed meanwhile", s.shelf.saved["/safe"][0].Text)
	assert.Contains(t, s.state().Strip.Says, "--data-dir /safe")
}

func TestNobodyLeavesByAccidentWhileOnlyThisProgramHoldsTheData(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.Start()
	s.shelf.away = vanished(true)
	s.pass(time.Second)
	left, stayed := 0, 0

	s.desk.Leave(func() { left++ }, func() { stayed++ })
	s.pump()
	assert.Equal(t, [2]int{0, 1}, [2]int{left, stayed})
	assert.Equal(t, "Quit anyway", s.state().Strip.Undo)
	s.desk.Draft("composer", "the desk works on")
	assert.Equal(t, "the desk works on", s.draft("composer"))

	s.state().Strip.Back()
	s.pump()
	assert.Equal(t, 1, left, "whoever insists may go")
}

func TestHalfTypedTextThatCannotBeSavedKeepsTheWindowOpen(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.shelf.full = errDisk
	s.desk.Draft("composer", "half")
	left, stayed := 0, 0
	s.desk.Leave(func() { left++ }, func() { stayed++ })
	s.pump()
	assert.Equal(t, [2]int{0, 1}, [2]int{left, stayed})
	assert.Contains(t, s.state().Strip.Says, errDisk.Error())
	assert.Contains(t, s.state().Strip.Says, "stays open")

	s.shelf.full = nil
	s.pass(2 * time.Second)
	assert.Equal(t, "half", s.shelf.draft(id, "composer"))
	s.desk.Leave(func() { left++ }, func() { stayed++ })
	s.pump()
	assert.Equal(t, [2]int{1, 1}, [2]int{left, stayed})
}

func TestAPlaceIsLookedAfterNowAndThenAndItsWarningIsSaidOnce(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.Start()
	s.pass(9 * time.Second)
	assert.Zero(t, s.shelf.tended, "not while the program starts")
	s.shelf.warning = "The disk is nearly full."
	s.pass(2 * time.Second)
	assert.Equal(t, 1, s.shelf.tended)
	require.NotNil(t, s.state().Strip)
	assert.Equal(t, "The disk is nearly full.", s.state().Strip.Says)
	s.desk.Dismiss()
	s.pass(5 * time.Minute)
	assert.InDelta(t, 6, s.shelf.tended, 1)
	assert.Nil(t, s.state().Strip, "whoever has read it is left in peace")
	s.do(workflow.Note{Text: "work goes on"})
}
