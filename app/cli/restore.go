package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"firebreak/data"
)

const restoreLong = `Put a backup into the place of the database. What is there now is backed up
first and is kept; damaged files are kept as they are. The backup is read to its
end before anything is touched, and a restore that is cut off leaves the old
database or the new one, whole. The window must be closed; it can restore by
itself, too.

Without a backup they are listed. Without --yes nothing is restored, and what
would be missing afterwards is counted. FILE is a path, or a name in the folder
of the backups.`

func (r *run) restoreCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "restore [latest|FILE]", Short: "Bring a backup back, after backing up what is there", Long: restoreLong,
		Args: cobra.MaximumNArgs(1), ValidArgs: []string{"latest"},
		Example: "  firebreak restore\n  firebreak restore latest\n  firebreak restore latest --yes",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := r.onlyReal(); err != nil {
				return err
			}
			if len(args) == 0 {
				if yes {
					return wrongUsage("Say which backup: latest, or one of: firebreak backup list")
				}
				return r.listBackups()
			}
			return r.restore(cmd.Context(), args[0], yes)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do it; what is there now is backed up first")
	return cmd
}

// restoreJSON is what a restore did, or would do.
type restoreJSON struct {
	Restored    bool     `json:"restored"` // false: it was only looked at
	From        keptJSON `json:"from"`
	Lacks       *int     `json:"lacks"`       // changes of now that the backup does not hold; null: not known
	Incidents   *int     `json:"incidents"`   // incidents of now that the backup knows nothing of
	Adds        *int     `json:"adds"`        // changes of the backup that are not there now
	Safety      string   `json:"safety"`      // the backup of what was there before
	Aside       string   `json:"aside"`       // the folder with the files as they were, when they were damaged
	Attachments int      `json:"attachments"` // files that were missing and are there again
}

func (r *run) restore(ctx context.Context, which string, yes bool) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	from, places, err := r.findBackup(which)
	if err != nil {
		return err
	}
	if !yes {
		return r.lookBeforeRestore(ctx, which, from, places)
	}
	done, err := data.Restore(ctx, data.RestoreWish{
		Database: places.Database(), From: from, BackupsDir: places.Backups(), Attachments: places.Attachments(), Clock: r.Now,
	})
	if err != nil {
		return err
	}
	out := restoreJSON{Restored: true, From: backupOf(done.From), Aside: done.Aside, Attachments: done.Files}
	if done.Safety != nil {
		out.Safety = done.Safety.Path
	}
	out.differ(done.Difference)
	if r.flags.json {
		return r.printJSON(out)
	}
	r.line("%s%s", pad("Restored", column), oneLine(done.From.Path))
	r.line("%s%s", pad("It holds", column), holds(done.From))
	r.sayDifference(done.Difference)
	if out.Safety != "" {
		r.line("%s%s", pad("Kept", column), oneLine(out.Safety))
	}
	if out.Aside != "" {
		r.line("%s%s", pad("As it was", column), oneLine(out.Aside))
	}
	if done.Files > 0 {
		r.line("%s%s brought back", pad("Attached", column), counted(done.Files, "file", "files"))
	}
	return nil
}

func (j *restoreJSON) differ(d *data.Difference) {
	if d != nil {
		j.Lacks, j.Incidents, j.Adds = &d.Lacks, &d.Incidents, &d.Adds
	}
}

// findBackup finds the backup that was named.
func (r *run) findBackup(which string) (string, data.Places, error) {
	list, places, err := r.backups()
	if err != nil {
		return "", places, err
	}
	if which == "latest" {
		newest, found := data.NewestSound(list)
		if !found {
			return "", places, nothing("backup.none", "There is no sound backup in %s.", places.Backups())
		}
		return newest.Path, places, nil
	}
	for _, path := range []string{r.fileNamed(which), filepath.Join(places.Backups(), which)} {
		if _, err := os.Stat(path); err == nil {
			return path, places, nil
		}
	}
	return "", places, nothing("backup.none", "There is no backup %s. These are there: firebreak backup list", quoted(which))
}

// lookBeforeRestore says what a restore would do, and does nothing.
func (r *run) lookBeforeRestore(ctx context.Context, which, from string, places data.Places) error {
	found, err := data.CheckBackup(ctx, from, nil)
	if err != nil {
		return err
	}
	var difference *data.Difference
	if info, err := os.Stat(places.Database()); err == nil && info.Size() > 0 {
		difference, err = data.Compare(ctx, places.Database(), from)
		if err != nil {
			r.warn("What is there now cannot be read, so nobody can say what would be missing.")
		}
	}
	if r.flags.json {
		out := restoreJSON{From: backupOf(found)}
		out.differ(difference)
		if err := r.printJSON(out); err != nil {
			return err
		}
	} else {
		r.line("%s%s", pad("Backup", column), oneLine(found.Path))
		r.line("%s%s", pad("Made", column), r.madeAt(found))
		r.line("%s%s", pad("It holds", column), holds(found))
		r.line("%s%s", pad("Verdict", column), verdictWord(found.Verdict))
		r.sayDifference(difference)
	}
	if found.Verdict == data.VerdictDamaged {
		return &failure{exit: ExitRefused, code: "restore.damaged", says: fmt.Sprintf(
			"This backup is damaged: %s. Nothing was changed. Choose another one: firebreak backup list", found.Says)}
	}
	return &failure{exit: ExitRefused, code: "restore.unconfirmed", says: fmt.Sprintf(
		"Nothing was restored yet. To do it: firebreak restore %s --yes. What is there now is backed up first.", which)}
}

// sayDifference says what a restore takes and brings.
func (r *run) sayDifference(d *data.Difference) {
	if d == nil {
		return
	}
	missing := "nothing that is there now"
	if d.Lacks > 0 {
		missing = counted(d.Lacks, "change", "changes") + " of now"
		if d.Incidents > 0 {
			missing += ", " + counted(d.Incidents, "whole incident", "whole incidents") + " among them"
		}
	}
	r.line("%s%s", pad("It lacks", column), missing)
	if d.Adds > 0 {
		r.line("%s%s", pad("It adds", column), counted(d.Adds, "change", "changes"))
	}
}
