package view

import (
	"fmt"
	"time"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// backupLate is how old the newest backup may get while something changes: twice
// as long as it should take.
const backupLate = 2 * session.BackupEvery

// backupWords are the status bar's: "Backup 2 min".
func backupWords(st session.State) (string, kit.Tone) {
	b := st.Backups
	age := st.Now.Sub(b.Last)
	switch {
	case !b.On:
		return "", kit.Neutral
	case b.Restoring:
		return "Restoring " + shareWords(b), kit.Neutral
	case b.Running && b.All > 0:
		return "Backing up " + shareWords(b), kit.Neutral
	case b.Trouble != "":
		return "Backup failed", kit.Bad
	case !b.Known:
		return "", kit.Neutral
	case b.Last.IsZero() && b.Changed:
		return "No backup yet", kit.Warn
	case b.Last.IsZero():
		return "No backup yet", kit.Neutral
	case b.Changed && age > backupLate:
		return "Backup " + short(age) + " old", kit.Warn
	case age < time.Minute:
		return "Backup just now", kit.Neutral
	default:
		return "Backup " + short(age), kit.Neutral
	}
}

// shareWords are how far a backup or a restore has come: "40 %".
func shareWords(b session.Backups) string {
	if b.All <= 0 {
		return "…"
	}
	return fmt.Sprintf("%d %%", 100*b.Done/b.All)
}

func share(b session.Backups) float32 {
	if b.All <= 0 {
		return 0
	}
	return float32(b.Done) / float32(b.All)
}

// whenMade is a backup's time as it is shown: "2026-02-03 14:46Z".
func whenMade(at time.Time, st session.State) string {
	stamp := workflow.StampAt(at, st.Shown())
	return stamp.Date(st.Shown()) + " " + clockOf(stamp, st)
}

// backupHolds is what lies in a backup: "7 incidents, 412 changes, 3.1 MB".
func backupHolds(b session.Backup) string {
	return fmt.Sprintf("%s, %s, %s", plural(b.Incidents, "incident", "incidents"), plural(int(b.Changes), "change", "changes"), sizeSays(b.Bytes))
}

// verdictWords are how much is known of a backup.
func verdictWords(b session.Backup) string {
	switch {
	case b.Damaged != "":
		return "damaged"
	case b.Read:
		return "checked to its end"
	default:
		return "compared"
	}
}

// whyBackup says why a backup was made.
func whyBackup(why session.BackupReason) string {
	switch why {
	case session.TimedBackup:
		return "by the clock"
	case session.AskedBackup:
		return "asked for"
	case session.QuitBackup:
		return "on quit"
	case "before-restore":
		return "before a restore"
	case "":
		return "not known"
	default:
		return "before an update"
	}
}
