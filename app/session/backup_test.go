package session_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// shed is an archive in memory.
type shed struct {
	s       *stand
	made    []session.BackupReason
	list    []session.Backup
	changed bool
	asked   int
	fail    error
	damaged string
	left    int
	waiting bool // a backup goes on until it is cancelled
	restore func() (session.Restored, error)
}

// withShed is a desk with backups.
func withShed(t *testing.T) (*stand, *shed) {
	t.Helper()
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &outside{}}
	a := &shed{s: s, changed: true}
	s.archive = a
	s.open()
	s.desk.Start()
	s.pump()
	return s, a
}

// firstLook is when the first backup is made.
const firstLook = time.Minute + time.Second

func (a *shed) Backups(context.Context) ([]session.Backup, error) { return a.list, nil }

func (a *shed) Changed(context.Context) (bool, error) {
	a.asked++
	return a.changed, nil
}

func (a *shed) Backup(ctx context.Context, why session.BackupReason, progress func(done, all int64)) (session.Backup, error) {
	if a.waiting {
		progress(3, 10)
		<-ctx.Done()
		return session.Backup{}, ctx.Err()
	}
	if a.fail != nil {
		return session.Backup{}, a.fail
	}
	a.made, a.changed = append(a.made, why), false
	b := session.Backup{Path: fmt.Sprintf("/backups/%d.db", len(a.made)), At: a.s.hand.now, Why: why, Damaged: a.damaged}
	a.list = append([]session.Backup{b}, a.list...)
	b.Left = a.left
	return b, nil
}

func (a *shed) Compare(context.Context, string) (session.Difference, error) {
	return session.Difference{Lacks: 3}, a.fail
}

func (a *shed) Restore(context.Context, string, func(done, all int64)) (session.Restored, error) {
	return a.restore()
}

func TestABackupIsMadeEveryQuarterOfAnHourInWhichSomethingChanged(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	assert.Equal(t, []session.BackupReason{session.TimedBackup}, a.made, "there was none")
	assert.WithinDuration(t, s.hand.now, s.state().Backups.Last, time.Second)
	a.changed = true
	s.pass(14 * time.Minute)
	assert.Len(t, a.made, 1)
	s.pass(time.Minute)
	assert.Len(t, a.made, 2)
	assert.Len(t, s.state().Backups.List, 2)

	asked := a.asked
	s.pass(13 * time.Minute)
	assert.Equal(t, asked, a.asked, "nothing is asked before it is due")
	s.pass(time.Hour)
	assert.Len(t, a.made, 2, "nothing changed")
	assert.LessOrEqual(t, a.asked-asked, 60, "it looks once a minute")
	a.changed = true
	s.pass(time.Minute + time.Second)
	assert.Len(t, a.made, 3)
}

func TestABackupThatFellIntoSleepIsMadeOnWaking(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	a.changed = true
	s.hand.now = s.hand.now.Add(2 * time.Hour) // no timer ran
	s.pass(time.Second)
	assert.Len(t, a.made, 2)
}

func TestAClockThatWasSetBackPutsNoBackupOff(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	a.changed = true
	s.hand.now = s.hand.now.Add(-time.Hour)
	for _, timer := range s.hand.timers {
		timer.due = timer.due.Add(-time.Hour) // the system's timers do not go by the wall
	}
	s.pass(2 * time.Second)
	assert.Len(t, a.made, 2, "the last one seems to lie in the future")
	a.changed = true
	s.pass(10 * time.Minute)
	assert.Len(t, a.made, 2, "and from there it goes on as usual, although an older one has a later name")
	s.pass(6 * time.Minute)
	assert.Len(t, a.made, 3)
}

func TestABackupThatFailsIsToldOnceAndTriedAgain(t *testing.T) {
	s, a := withShed(t)
	a.fail = errDisk
	s.pass(firstLook)
	assert.Equal(t, errDisk.Error(), s.state().Strip.Says)
	assert.True(t, s.state().Strip.Warning)
	assert.Equal(t, errDisk.Error(), s.state().Backups.Trouble)
	assert.True(t, s.state().Backups.Changed)
	s.desk.Dismiss()
	s.pass(5 * time.Minute)
	assert.Nil(t, s.state().Strip, "the same is not said again")
	assert.NotEmpty(t, s.state().Backups.Trouble, "but it stays in the status bar")
	a.fail = nil
	s.pass(time.Minute + time.Second)
	assert.Len(t, a.made, 1)
	assert.Empty(t, s.state().Backups.Trouble)
}

func TestABackupOfADamagedLogIsTold(t *testing.T) {
	s, a := withShed(t)
	a.damaged = "change 4: its text is not the one that was written"
	s.pass(firstLook)
	assert.Contains(t, s.state().Backups.Trouble, "The database is damaged: change 4")
	assert.Contains(t, s.state().Strip.Says, "firebreak doctor")
}

func TestAttachedFilesThatAreNotInABackupAreTold(t *testing.T) {
	s, a := withShed(t)
	a.left = 2
	s.pass(firstLook)
	assert.Contains(t, s.state().Backups.Trouble, "2 of the attached files could not be read")
}

func TestABackupIsMadeWhenAskedAndCanBeGivenUp(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	answered := errors.New("not yet")
	s.desk.BackUp(func(err error) { answered = err })
	assert.True(t, s.state().Backups.Running)
	s.pump()
	require.NoError(t, answered)
	assert.False(t, s.state().Backups.Running)
	assert.Equal(t, "Backed up and checked: /backups/2.db", s.state().Strip.Says)

	a.waiting = true
	s.desk.BackUp(nil)
	s.desk.CancelBackup()
	s.pump()
	assert.False(t, s.state().Backups.Running)
	assert.Contains(t, s.state().Strip.Says, "given up")
	assert.Len(t, a.list, 2)
	a.waiting = false
	s.desk.BackUp(nil)
	s.pump()
	assert.Len(t, a.list, 3)
}

func TestABackupIsMadeBeforeLeavingWhenSomethingChanged(t *testing.T) {
	for name, changed := range map[string]bool{"changed": true, "not": false} {
		t.Run(name, func(t *testing.T) {
			s, a := withShed(t)
			s.pass(firstLook)
			a.made, a.changed = nil, changed
			left := false
			s.desk.Close(func() { left = true })
			s.pump()
			assert.True(t, left)
			if changed {
				assert.Equal(t, []session.BackupReason{session.QuitBackup}, a.made)
			} else {
				assert.Empty(t, a.made)
			}
		})
	}
}

func TestLeavingDoesNotWaitForABackupThatFailsOrTakesTooLong(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	a.changed, a.fail = true, errDisk
	left := false
	s.desk.Close(func() { left = true })
	s.pump()
	assert.True(t, left)

	for name, leave := range map[string]func(*stand){
		"too long":        func(s *stand) { s.pass(21 * time.Second) },
		"out of patience": func(s *stand) { s.desk.LeaveNow() },
	} {
		t.Run(name, func(t *testing.T) {
			s, a := withShed(t)
			s.pass(firstLook)
			a.changed = true
			left := false
			s.desk.Close(func() { left = true })
			s.step() // the drafts, of which there are none
			var slow func()
			for slow == nil && len(s.queue) > 0 {
				first := s.queue[0]
				s.queue = s.queue[1:]
				if s.desk.Running("backup") {
					slow = first // it is taken off the queue: the disk does not answer
				} else {
					first()
				}
			}
			require.NotNil(t, slow)
			s.pass(time.Second)
			assert.False(t, left)
			assert.Contains(t, s.state().Strip.Says, "Backing up before leaving")
			leave(s)
			a.waiting = true
			slow()
			s.pump()
			assert.True(t, left)
		})
	}
}

func TestARestoreWaitsForWhatIsBeingWrittenAndRefusesWhatIsNew(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	id := s.declare("Checkout fails")
	s.desk.Do(workflow.Note{Text: "on its way"}, nil)
	s.desk.Draft("composer", "half typed")
	var refused error
	var inside []string
	a.restore = func() (session.Restored, error) {
		inside = s.shelf.texts(id)
		assert.Equal(t, "half typed", s.shelf.drafts[draftAt(id, "composer")].Text, "it is in the safety backup")
		s.desk.Do(workflow.Note{Text: "too late"}, func(err error) { refused = err })
		s.desk.Draft("composer", "half typed, and on")
		s.desk.Remember("size", 3)
		restored := newMemory("laptop-2") // an older log: the incident without its notes
		restored.logs[id], restored.rows = s.shelf.logs[id][:1], s.shelf.rows
		restored.changed = s.shelf.changed + 7
		*s.shelf = *restored
		return session.Restored{From: session.Backup{At: start}, Safety: "/backups/safe.db", Lacks: 2}, nil
	}
	done := false
	s.desk.Restore("/backups/1.db", func(err error) { done = true; assert.NoError(t, err) })
	s.desk.Restore("/backups/1.db", func(err error) { assert.Error(t, err, "one at a time") })
	s.pump()

	require.True(t, done)
	assert.Equal(t, []string{"on its way"}, inside)
	assert.ErrorContains(t, refused, "A backup is being restored")
	assert.Equal(t, id, s.state().Incident.ID)
	assert.Empty(t, s.shelf.texts(id))
	assert.Contains(t, s.state().Strip.Says, "2 changes that were made since are not in it; they are kept in /backups/safe.db")
	assert.False(t, s.state().Backups.Restoring)
	s.pass(2 * time.Second)
	assert.Equal(t, "half typed, and on", s.shelf.drafts[draftAt(id, "composer")].Text, "what was half-typed stays in its field")
	assert.Contains(t, s.shelf.settings, "window.size", "what was to be kept meanwhile is in the new log")
	assert.Equal(t, s.state().Prefs, s.prefs(), "the settings stay as they are")
	s.do(workflow.Note{Text: "and it goes on"})
	assert.Equal(t, []string{"and it goes on"}, s.shelf.texts(id))
}

func TestARestoreThatFailsLeavesTheDeskAsItWas(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	id := s.declare("Checkout fails")
	a.restore = func() (session.Restored, error) { return session.Restored{}, errDisk }
	var failed error
	s.desk.Restore("/backups/1.db", func(err error) { failed = err })
	s.pump()
	assert.ErrorIs(t, failed, errDisk)
	assert.Equal(t, errDisk.Error(), s.state().Strip.Says)
	assert.Equal(t, id, s.state().Incident.ID)
	s.do(workflow.Note{Text: "still here"})
}

func TestARestoreIsNotDoneWhenHalfTypedTextCannotBeSavedFirst(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	s.declare("Checkout fails")
	a.restore = func() (session.Restored, error) { t.Fatal("it must not begin"); return session.Restored{}, nil }
	s.shelf.failSave = errDisk
	s.desk.Draft("composer", "half typed")
	var failed error
	s.desk.Restore("/backups/1.db", func(err error) { failed = err })
	s.pump()
	assert.ErrorContains(t, failed, "Nothing was restored")
}

func TestABackupThatATerminalMadeIsListedWithinAMinute(t *testing.T) {
	s, a := withShed(t)
	s.pass(firstLook)
	theirs := session.Backup{Path: "/backups/theirs.db", At: s.hand.now.Add(10 * time.Second), Why: session.AskedBackup}
	a.list = append([]session.Backup{theirs}, a.list...)
	s.pass(time.Minute + time.Second)
	assert.Equal(t, theirs.Path, s.state().Backups.List[0].Path)
	assert.Equal(t, theirs.At, s.state().Backups.Last)
	a.list[0].At = s.hand.now.Add(time.Hour)
	s.pass(time.Minute + time.Second)
	assert.Equal(t, theirs.At, s.state().Backups.Last, "one from the future, because the clock was set back, is not waited for")
}
