package view

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/app/session"
)

// backedUp is what is known of the backups while all is well.
func backedUp(last time.Duration) session.Backups {
	b := session.Backups{On: true, Known: true, Last: sample.Alert().Add(-last)}
	for i := range 3 {
		b.List = append(b.List, session.Backup{
			Path: "/home/jane/.local/share/firebreak/backups/firebreak-2024112" + string(rune('5'-i)) + "T142000.000Z-timed-sound.db",
			At:   b.Last.Add(-time.Duration(i) * 15 * time.Minute), Why: session.TimedBackup, Bytes: 3 << 20, Changes: uint64(412 - i), Incidents: 7, Read: true,
		})
	}
	return b
}

func TestTheStatusBarSaysHowOldTheBackupIs(t *testing.T) {
	with := func(last time.Duration, change func(*session.Backups)) session.State {
		st := session.State{Now: sample.Alert(), Backups: backedUp(last)}
		if change != nil {
			change(&st.Backups)
		}
		return st
	}
	for name, test := range map[string]struct {
		state session.State
		words string
		tone  kit.Tone
	}{
		"fresh":                  {with(20*time.Second, nil), "Backup just now", kit.Neutral},
		"two minutes":            {with(2*time.Minute, nil), "Backup 2 min", kit.Neutral},
		"old, nothing new":       {with(5*time.Hour, nil), "Backup 5 h 00", kit.Neutral},
		"due":                    {with(29*time.Minute, func(b *session.Backups) { b.Changed = true }), "Backup 29 min", kit.Neutral},
		"late":                   {with(31*time.Minute, func(b *session.Backups) { b.Changed = true }), "Backup 31 min old", kit.Warn},
		"failed":                 {with(2*time.Minute, func(b *session.Backups) { b.Trouble = "The disk is full." }), "Backup failed", kit.Bad},
		"none":                   {session.State{Backups: session.Backups{On: true, Known: true}}, "No backup yet", kit.Neutral},
		"none, and due":          {session.State{Backups: session.Backups{On: true, Known: true, Changed: true}}, "No backup yet", kit.Warn},
		"not looked yet":         {session.State{Backups: session.Backups{On: true}}, "", kit.Neutral},
		"no archive":             {session.State{}, "", kit.Neutral},
		"under way":              {with(time.Minute, func(b *session.Backups) { b.Running, b.Done, b.All = true, 4, 10 }), "Backing up 40 %", kit.Neutral},
		"restoring":              {with(time.Minute, func(b *session.Backups) { b.Restoring, b.Done, b.All = true, 1, 2 }), "Restoring 50 %", kit.Neutral},
		"the clock was set back": {with(-time.Hour, nil), "Backup just now", kit.Neutral},
	} {
		words, tone := backupWords(test.state)
		assert.Equal(t, test.words, words, name)
		assert.Equal(t, test.tone, tone, name)
	}
}

func TestTheBackupCardSaysWhatIsKeptAndOffersTheRest(t *testing.T) {
	f, s, _ := onSettings(t, func(st *session.State) { st.Backups = backedUp(2 * time.Minute) })
	text := kit.TextsIn(s.content)
	assert.Contains(t, text, "Last 2024-11-25 14:30Z, 2 min ago, checked to its end")
	pressWord(t, s.content, "Back up now")
	pressWord(t, s.content, "Restore…")
	assert.Equal(t, []string{"backup.now", "backup.restore"}, f.ran)

	f.state.Now = f.state.Now.Add(time.Minute)
	f.Show()
	assert.Contains(t, kit.TextsIn(s.content), "Last 2024-11-25 14:30Z, 3 min ago, checked to its end", "its age moves on")

	f.state.Backups.Running, f.state.Backups.Done, f.state.Backups.All = true, 1, 4
	f.Show()
	pressWord(t, s.content, "Give it up")
	assert.Equal(t, []string{"cancel backup"}, f.calls)
	f.state.Backups.Running, f.state.Backups.Trouble = false, "No backup was made: the disk is full. Make some room."
	f.Show()
	assert.Contains(t, kit.TextsIn(s.content), "No backup was made: the disk is full. Make some room.")

	f.state.Backups = session.Backups{On: true, Known: true}
	f.Show()
	assert.Contains(t, strings.Join(kit.TextsIn(s.content), " "), "There is no backup yet. The first is made")
	assert.Equal(t, "There is no backup yet", canRestore(f.state))
}
