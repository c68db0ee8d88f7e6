package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"firebreak/data"
)

const doctorLong = `Examine everything that Firebreak keeps: the database and its write-ahead log,
every change and how it follows the one before, the witness, the backups, the
attached files, permissions and room. Nothing is changed, and it may be done
while the window is open.

With --repair every change that can be read is saved, what is missing is fetched
from the newest backups that have it, and the list and search are made anew. The
files as they were found are kept in the folder "damaged".

With --start-empty a new database is begun where one is missing. What is left of
the old one is kept.

It ends with 0 when all is well, with 7 when there is damage, with 8 when it
repaired everything, and with 9 when something could not be brought back.`

func (r *run) doctorCommand() *cobra.Command {
	var repair, empty bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Examine the data, and repair it", Long: doctorLong, Args: cobra.NoArgs,
		Example: "  firebreak doctor\n  firebreak doctor --repair\n  firebreak doctor --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if empty {
				return r.startEmpty(cmd.Context())
			}
			return r.doctor(cmd.Context(), repair)
		},
	}
	cmd.Flags().BoolVar(&repair, "repair", false, "repair what is damaged; nothing is thrown away")
	cmd.Flags().BoolVar(&empty, "start-empty", false, "begin an empty database where one is missing")
	cmd.MarkFlagsMutuallyExclusive("repair", "start-empty")
	return cmd
}

// diagnosisJSON is how a program reads an examination.
type diagnosisJSON struct {
	Path        string        `json:"path"`
	Healthy     bool          `json:"healthy"`
	InUse       bool          `json:"in_use"`
	Changes     int           `json:"changes"`
	Findings    []findingJSON `json:"findings"`
	Damaged     []harmedJSON  `json:"damaged"`
	Missing     []rangeJSON   `json:"missing"`
	Backups     []backupJSON  `json:"backups"`
	Attachments int           `json:"attachments"`
	Repair      *repairJSON   `json:"repair,omitempty"`
}

type findingJSON struct {
	Fault   string `json:"fault"`
	Gravity string `json:"gravity"`
	Says    string `json:"says"`
	Do      string `json:"do,omitempty"`
}

type harmedJSON struct {
	Place    uint64 `json:"place"`
	Event    string `json:"event"`
	Incident string `json:"incident"`
	Says     string `json:"says"`
	Raw      string `json:"raw"`
	Kept     bool   `json:"kept"` // outside of the log, by a repair
}

type rangeJSON struct {
	Device string `json:"device"`
	First  uint64 `json:"first"`
	Last   uint64 `json:"last"`
}

type backupJSON struct {
	Path      string    `json:"path"`
	At        time.Time `json:"at"`
	Changes   int       `json:"changes"`
	Incidents int       `json:"incidents"`
	Says      string    `json:"says,omitempty"` // what is wrong with it
}

type repairJSON struct {
	Says  []string `json:"says"`
	Kept  string   `json:"kept,omitempty"` // the folder with the files as they were found
	Files int      `json:"files"`          // attached files that came back
}

// patientOf is what is to be examined.
func (r *run) patientOf() (data.ExamineWish, error) {
	places, err := r.places()
	if err != nil {
		return data.ExamineWish{}, err
	}
	if r.flags.sample {
		return data.ExamineWish{Path: places.SampleDatabase(), Backups: places.Backups(), Attachments: places.SampleAttachments()}, nil
	}
	return data.ExamineWish{Path: places.Database(), Backups: places.Backups(), Attachments: places.Attachments()}, nil
}

func (r *run) doctor(ctx context.Context, repair bool) error {
	wish, err := r.patientOf()
	if err != nil {
		return err
	}
	found, err := data.Examine(ctx, wish)
	if err != nil {
		return err
	}
	if _, err := os.Stat(wish.Path); errors.Is(err, fs.ErrNotExist) && found.Healthy() {
		return nothing("database.none", "There is no database yet at %s, and no trace of one.", wish.Path)
	}
	if !repair || found.Healthy() {
		return r.tellDiagnosis(found, nil)
	}
	return r.repair(ctx, wish, found)
}

// repair mends what was found. A database that others have open is mended as
// far as that goes.
func (r *run) repair(ctx context.Context, wish data.ExamineWish, found data.Diagnosis) error {
	done, err := r.mend(ctx, wish, found.InUse)
	if err != nil {
		return err
	}
	files, err := data.RepairFiles(ctx, wish)
	if err != nil {
		return err
	}
	after, err := data.Examine(ctx, wish)
	if err != nil {
		return err
	}
	told := repairJSON{Says: done.Words(), Kept: done.Kept, Files: files}
	if len(done.Found) == 0 {
		told.Says = nil
	}
	if err := r.tellDiagnosis(after, &told); err != nil {
		return &failure{exit: ExitLoss, code: "repair.incomplete", says: "Not everything could be repaired. Nothing was thrown away."}
	}
	if done.Lost() {
		return &failure{exit: ExitLoss, code: "repair.loss", says: "The data is usable again. Not all of it could be brought back; nothing was thrown away."}
	}
	return &failure{exit: ExitRepaired, code: "repair.done", says: "The data was damaged and is repaired. Nothing is lost."}
}

func (r *run) mend(ctx context.Context, wish data.ExamineWish, inUse bool) (data.Repaired, error) {
	if !inUse {
		return data.Repair(ctx, data.RepairWish{Path: wish.Path, Backups: wish.Backups, Clock: r.Now})
	}
	store, err := data.Open(ctx, wish.Path, data.Options{Clock: r.Now})
	if err != nil {
		return data.Repaired{}, err
	}
	done, err := store.Mend(ctx, wish.Backups)
	return done, errors.Join(err, store.Close())
}

// startEmpty begins a new database, and says where the rest of the old one is.
func (r *run) startEmpty(ctx context.Context) error {
	wish, err := r.patientOf()
	if err != nil {
		return err
	}
	store, err := data.Open(ctx, wish.Path, data.Options{Clock: r.Now, StartEmpty: true})
	if err != nil {
		return err
	}
	list, err := store.List(ctx, data.ListQuery{Limit: 1})
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	if len(list) > 0 {
		return nothing("database.there", "There is a database at %s, and it holds incidents. Nothing was changed.", wish.Path)
	}
	if r.flags.json {
		return r.printJSON(map[string]string{"path": wish.Path})
	}
	r.line("An empty database begins at %s. Backups and what was left of the old one are kept.", wish.Path)
	return nil
}

// tellDiagnosis prints an examination; damage is the error.
func (r *run) tellDiagnosis(d data.Diagnosis, repaired *repairJSON) error {
	if r.flags.json {
		if err := r.printJSON(diagnosisOf(d, repaired)); err != nil {
			return err
		}
	} else {
		r.printDiagnosis(d, repaired)
	}
	if d.Healthy() {
		return nil
	}
	return &failure{exit: ExitDamaged, code: "damaged", says: "There is damage. Nothing was changed. firebreak doctor --repair saves everything that can be read."}
}

func (r *run) printDiagnosis(d data.Diagnosis, repaired *repairJSON) {
	if repaired != nil {
		for i, says := range repaired.Says {
			r.line("%s", wrapped(firstOnly(i, "Repair"), column, says))
		}
		if repaired.Files > 0 {
			r.line("%s", wrapped("Files", column, fmt.Sprintf("%d attached files came back from the backups.", repaired.Files)))
		}
	}
	r.line("%s", pad("Database", column)+d.Path)
	whole := d.Report.Events - len(d.Report.Damaged)
	r.line("%s", wrapped("Changes", column, fmt.Sprintf("%d read and whole", whole)))
	r.line("%s", wrapped("Backups", column, copyWords(d.Copies)))
	if n := d.Files.Whole; n > 0 || len(d.Files.Missing)+len(d.Files.Damaged) > 0 {
		r.line("%s", wrapped("Attachments", column, fmt.Sprintf("%d whole", n)))
	}
	if d.InUse {
		r.line("%s", wrapped("In use", column, "by a window or a command"))
	}
	if len(d.Findings) == 0 {
		r.line("%s", pad("Health", column)+r.paint(green, "All is well."))
	}
	for i, f := range d.Findings {
		r.line("%s", pad(firstOnly(i, "Health"), column)+r.paintGravity(f.Gravity))
		r.line("%s", wrapped("", column, f.Sentence()))
	}
	r.printDamaged(d)
}

func (r *run) paintGravity(g data.Gravity) string {
	switch g {
	case data.Harm:
		return r.paint(red, "DAMAGE")
	case data.Warning:
		return r.paint(amber, "Warning")
	default:
		return "Note"
	}
}

// printDamaged shows what is left of damaged changes: somebody may still know
// what they said.
func (r *run) printDamaged(d data.Diagnosis) {
	const shown = 5
	all := append(append([]data.Damage{}, d.Report.Damaged...), d.Report.Kept...)
	for i, damaged := range all[:min(shown, len(all))] {
		r.line("%s", wrapped(firstOnly(i, "Bytes"), column, fmt.Sprintf("place %d: %s", damaged.Position, oneLine(damaged.Payload))))
	}
	if more := len(all) - shown; more > 0 {
		r.line("%s", wrapped("", column, fmt.Sprintf("and %d more: --json shows them all", more)))
	}
}

func copyWords(copies []data.Copy) string {
	usable := 0
	var newest *data.Copy
	for i, c := range copies {
		if c.Says == "" {
			if usable++; newest == nil {
				newest = &copies[i]
			}
		}
	}
	switch {
	case len(copies) == 0:
		return "none"
	case newest == nil:
		return fmt.Sprintf("%d, and none is whole", len(copies))
	default:
		return fmt.Sprintf("%d of %d whole; the newest of %s has %s in %s",
			usable, len(copies), newest.At.UTC().Format("2006-01-02 15:04 UTC"),
			counted(newest.Events, "change", "changes"), counted(newest.Incidents, "incident", "incidents"))
	}
}

func diagnosisOf(d data.Diagnosis, repaired *repairJSON) diagnosisJSON {
	out := diagnosisJSON{
		Path: d.Path, Healthy: d.Healthy(), InUse: d.InUse, Changes: d.Report.Events - len(d.Report.Damaged), Attachments: d.Files.Whole, Repair: repaired,
		Findings: []findingJSON{}, Damaged: []harmedJSON{}, Missing: []rangeJSON{}, Backups: []backupJSON{},
	}
	for _, f := range d.Findings {
		out.Findings = append(out.Findings, findingJSON{string(f.Fault), string(f.Gravity), f.Says, f.Do})
	}
	for _, list := range [][]data.Damage{d.Report.Damaged, d.Report.Kept} {
		for _, x := range list {
			out.Damaged = append(out.Damaged, harmedJSON{x.Position, string(x.ID), string(x.Incident), x.Says, strings.ToValidUTF8(x.Payload, "\uFFFD"), x.Kept})
		}
	}
	for _, list := range [][]data.Gap{d.Report.Gaps, d.Report.Missing} {
		for _, g := range list {
			out.Missing = append(out.Missing, rangeJSON{string(g.Device), g.From, g.To})
		}
	}
	for _, c := range d.Copies {
		out.Backups = append(out.Backups, backupJSON{c.Path, c.At, c.Events, c.Incidents, c.Says})
	}
	return out
}
