package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"firebreak/data"
)

const backupLong = `A backup is one file with everything in it. It is taken while the window is
open, read back, compared with the database, opened, and read to its end. They
are made by themselves every quarter of an hour in which something is written,
on quit and before a migration; 48 are kept: all of the last hours, then one an
hour, one a day and one a week. --to FILE makes one of your own, which nobody
removes, with the attached files inside.

Each has a verdict: sound (read to its end), compared (the same bytes as the
database had), damaged (a true copy of a database that was damaged).`

func (r *run) backupCommand() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "backup", Short: "Back everything up in one file that is checked", Long: backupLong, Args: cobra.NoArgs,
		Example: "  firebreak backup\n  firebreak backup --to /media/stick/firebreak.db\n  firebreak backup list",
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.backUp(cmd.Context(), to) },
	}
	cmd.Flags().StringVar(&to, "to", "", "write this file instead; it must not exist")
	cmd.AddCommand(&cobra.Command{
		Use: "list", Short: "List the backups, the newest first", Args: cobra.NoArgs, Example: "  firebreak backup list --json",
		RunE: func(*cobra.Command, []string) error { return r.listBackups() },
	})
	return cmd
}

// keptJSON is a backup for a program.
type keptJSON struct {
	Path        string     `json:"path"`
	At          time.Time  `json:"at"`
	Why         string     `json:"why"` // timed, asked, quit, before-restore, before-v2
	Bytes       int64      `json:"bytes"`
	Changes     uint64     `json:"changes"`
	Incidents   int        `json:"incidents"`
	Newest      *time.Time `json:"newest"`  // when the newest change was recorded; null: it holds none
	Verdict     string     `json:"verdict"` // sound, compared, damaged
	Says        string     `json:"says,omitempty"`
	Attachments int        `json:"attachments"`    // files inside
	Left        int        `json:"left,omitempty"` // attached files that could not be read, and are not with it
}

func backupOf(b data.Backup) keptJSON {
	out := keptJSON{
		Path: b.Path, At: b.At, Why: string(b.Why), Bytes: b.Bytes, Changes: b.Changes, Incidents: b.Incidents,
		Verdict: verdictWord(b.Verdict), Says: b.Says, Attachments: b.Files, Left: b.Left,
	}
	if !b.Newest.IsZero() {
		out.Newest = &b.Newest
	}
	return out
}

func verdictWord(v data.Verdict) string {
	if v == data.VerdictCompared {
		return "compared"
	}
	return string(v)
}

// interruptible lets Ctrl+C end a long work cleanly.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
}

// onlyReal refuses the sample, which can be played again at any time.
func (r *run) onlyReal() error {
	if r.flags.sample {
		return wrongUsage("Only real incidents are backed up and restored. The sample can be played again from its start at any time.")
	}
	return nil
}

func (r *run) backUp(ctx context.Context, to string) error {
	if err := r.onlyReal(); err != nil {
		return err
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	places, err := r.places()
	if err != nil {
		return err
	}
	at, err := r.openReal(ctx)
	if err != nil {
		return err
	}
	wish := data.BackupWish{Dir: places.Backups(), Why: data.Asked, Thorough: true, Attachments: places.Attachments()}
	if to != "" {
		wish.To = r.fileNamed(to)
	}
	made, err := at.store.Backup(ctx, wish)
	if err != nil {
		return err
	}
	if to == "" {
		if _, err := data.Thin(places.Backups(), places.Database(), r.Now(), data.KeepBackups); err != nil {
			r.warn(err.Error())
		}
	}
	if r.flags.json {
		if err := r.printJSON(map[string]any{"backup": backupOf(made)}); err != nil {
			return err
		}
	} else {
		r.line("%s%s", pad("Backed up", column), oneLine(made.Path))
		r.line("%s%s", pad("It holds", column), holds(made))
		r.line("%s%s", pad("Checked", column), checkedWords(made))
	}
	if made.Left > 0 {
		r.warn(fmt.Sprintf("%s could not be read and are not with it. Which ones: firebreak doctor", counted(made.Left, "attached file", "attached files")))
	}
	if made.Verdict == data.VerdictDamaged {
		return &failure{exit: ExitFailed, code: "backup.damaged", says: "The database is damaged: " + made.Says +
			". It was backed up as it is, and the sound backups are kept. Mend it with: firebreak doctor"}
	}
	return nil
}

// fileNamed is a file as it was typed, seen from the current folder.
func (r *run) fileNamed(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(r.Folder, name)
}

// holds says what is in a backup: "2 incidents, 41 changes, the newest of
// 2024-11-25 14:47 UTC, 3.1 MB".
func holds(b data.Backup) string {
	says := fmt.Sprintf("%s, %s", counted(b.Incidents, "incident", "incidents"), counted(int(b.Changes), "change", "changes"))
	if b.Files > 0 {
		says += ", " + counted(b.Files, "attached file", "attached files")
	}
	return says + ", " + sizeWords(b.Bytes)
}

func checkedWords(b data.Backup) string {
	switch b.Verdict {
	case data.VerdictSound:
		return "it is the same as the database, opens, and is sound to its end"
	case data.VerdictDamaged:
		return "it is as damaged as the database"
	default:
		return "it is the same as the database, and opens"
	}
}

// whyWords say why a backup was made.
func whyWords(why data.Reason) string {
	switch {
	case why == data.Timed:
		return "by the clock"
	case why == data.Asked:
		return "asked for"
	case why == data.OnQuit:
		return "on quit"
	case why == data.BeforeRestore:
		return "before a restore"
	case strings.HasPrefix(string(why), "before-v"):
		return "before schema " + strings.TrimPrefix(string(why), "before-v")
	default:
		return string(why)
	}
}

// backups are those of the real incidents, the newest first. The database is
// not opened: it may be what is broken.
func (r *run) backups() ([]data.Backup, data.Places, error) {
	places, err := r.places()
	if err != nil {
		return nil, places, err
	}
	list, err := data.BackupsOf(places.Backups(), places.Database())
	return list, places, err
}

func (r *run) listBackups() error {
	if err := r.onlyReal(); err != nil {
		return err
	}
	list, places, err := r.backups()
	if err != nil {
		return err
	}
	if r.flags.json {
		out := []keptJSON{}
		for _, b := range list {
			out = append(out, backupOf(b))
		}
		return r.printJSON(map[string]any{"folder": places.Backups(), "backups": out})
	}
	if len(list) == 0 {
		r.line("There is no backup yet. Make one with: firebreak backup")
		return nil
	}
	rows := [][]string{{"Made", "Verdict", "Why", "Holds"}}
	for _, b := range list {
		rows = append(rows, []string{r.madeAt(b), verdictWord(b.Verdict), whyWords(b.Why), holds(b)})
	}
	r.table(rows)
	r.line("")
	r.line("They lie in %s. Bring one back with: firebreak restore latest", oneLine(places.Backups()))
	return nil
}

// madeAt is when a backup was made. The settings that say which zone to show lie
// in the database, which is not opened here.
func (r *run) madeAt(b data.Backup) string {
	if r.flags.local && r.Zone != nil {
		return b.At.In(r.Zone).Format("2006-01-02 15:04:05 -0700")
	}
	return b.At.UTC().Format("2006-01-02 15:04:05Z")
}
