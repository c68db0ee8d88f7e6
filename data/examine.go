package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// ExamineWish says what is to be examined.
type ExamineWish struct {
	Path        string // of the database
	Backups     string // their folder; empty: the one beside the database
	Attachments string // their folder; empty: they are not looked at
}

// Diagnosis is what an examination found.
type Diagnosis struct {
	Path     string
	Report   Report // of the log, as far as it could be read
	Copies   []Copy // the backups, the newest first
	Findings []Finding
	InUse    bool // others have it open
	Files    AttachmentReport
}

// Healthy says whether nothing is damaged. There may be warnings.
func (d Diagnosis) Healthy() bool { return len(d.Harm()) == 0 }

// Harm is what a repair is for.
func (d Diagnosis) Harm() []Finding {
	var harm []Finding
	for _, f := range d.Findings {
		if f.Gravity == Harm {
			harm = append(harm, f)
		}
	}
	return harm
}

func (d *Diagnosis) find(findings ...Finding) { d.Findings = append(d.Findings, findings...) }

// Examine looks at a database and at what belongs to it, and changes nothing.
// What is wrong is in the diagnosis; an error means that it could not be told.
// The database may be in use.
func Examine(ctx context.Context, wish ExamineWish) (Diagnosis, error) {
	path, err := filepath.Abs(wish.Path)
	if err != nil {
		return Diagnosis{}, err
	}
	wish.Path, wish.Backups = path, backupsOf(path, wish.Backups)
	d := Diagnosis{Path: path}
	if err := d.examineDatabase(ctx, wish); err != nil {
		return d, explain(notExamined, path, err)
	}
	if err := d.examineCopies(ctx, wish); err != nil {
		return d, explain(notExamined, path, err)
	}
	d.examinePlace(path)
	if wish.Attachments != "" {
		if err := d.examineAttachments(ctx, wish); err != nil {
			return d, explain(notExamined, wish.Attachments, err)
		}
	}
	return d, nil
}

// notExamined begins the sentence when nothing could be told.
const notExamined = "The database could not be examined"

// examineDatabase looks while nobody else has the database open, when that is
// so, and otherwise as one more reader.
func (d *Diagnosis) examineDatabase(ctx context.Context, wish ExamineWish) error {
	if _, err := os.Stat(filepath.Dir(wish.Path)); err != nil {
		return nil // there never was anything
	}
	only := flock.New(wish.Path+presenceSuffix, flock.SetPermissions(0o600))
	first, err := only.TryLock()
	if err != nil {
		return err
	}
	if first {
		findings, report, err := inspectStill(ctx, wish.Path)
		d.Report = report
		d.find(findings...)
		return errors.Join(err, only.Unlock())
	}
	d.InUse = true
	present, err := enter(ctx, wish.Path)
	if err != nil {
		return err
	}
	findings, report, err := inspectInUse(ctx, wish.Path)
	d.Report = report
	d.find(findings...)
	return errors.Join(err, present.leave())
}

// inspectAlone is what a repair asks: what is to be mended.
func inspectAlone(ctx context.Context, wish RepairWish) ([]Finding, error) {
	all, _, err := inspectStill(ctx, wish.Path)
	var harm []Finding
	for _, f := range all {
		if f.Gravity == Harm {
			harm = append(harm, f)
		}
	}
	return harm, err
}

// inspectStill examines a database that is held alone.
func inspectStill(ctx context.Context, path string) (findings []Finding, report Report, err error) {
	if _, err := os.Stat(path + swapSuffix); err == nil {
		return []Finding{damage(UnfinishedMend, "a repair was interrupted. It is carried to its end at the next start.")}, report, nil
	}
	if rollsBack(path) {
		return []Finding{{Fault: UnfinishedChange, Gravity: Note, Says: "A change was cut off. It is taken back at the next start, and can be examined then."}}, report, nil
	}
	_, err = look(ctx, path)
	var damaged *Damaged
	var missing *Missing
	switch {
	case errors.As(err, &damaged):
		findings = damaged.Findings
	case errors.As(err, &missing):
		return []Finding{{Fault: NoDatabase, Gravity: Harm, Says: "there is no database, but there was one: " + strings.Join(missing.Traces, ", ") + "."}}, report, nil
	case err != nil:
		return nil, report, err
	}
	if size(path) == 0 {
		return findings, report, nil
	}
	wal, err := readWAL(path)
	if err != nil {
		return findings, report, err
	}
	db, err := openToRead(path, wal != nil && !hasFault(findings, ForeignWAL))
	if err != nil {
		return findings, report, err
	}
	defer db.Close()
	if len(findings) == 0 {
		if _, err := identify(ctx, db, path, len(migrations())); err != nil && resultCode(err) == 0 {
			return findings, report, err
		}
	}
	found, err := inspectLog(ctx, db, &report)
	return append(findings, found...), report, err
}

// openToRead opens a database to be read: with its write-ahead log, or as the
// file alone lies there.
func openToRead(path string, withLog bool) (*sql.DB, error) {
	if withLog {
		return connect(path, readOnly, 1)
	}
	return connectStill(path)
}

// inspectInUse examines a database that others have open.
func inspectInUse(ctx context.Context, path string) (findings []Finding, report Report, err error) {
	db, err := connect(path, readOnly, 1)
	if err != nil {
		return nil, report, err
	}
	defer db.Close()
	if seen, known := readWitness(path); known {
		lost, err := seen.missingFrom(ctx, db)
		if ctx.Err() != nil {
			return nil, report, ctx.Err()
		}
		if err == nil && lost != nil {
			findings = append(findings, lossFinding(*lost))
		}
	}
	found, err := inspectLog(ctx, db, &report)
	return append(findings, found...), report, err
}

// inspectLog reads a database to its end and puts what is wrong into words.
func inspectLog(ctx context.Context, db *sql.DB, report *Report) ([]Finding, error) {
	if err := report.inspect(ctx, db, "integrity_check"); err != nil {
		return nil, err
	}
	return report.Findings(), nil
}

// Findings puts a report into words. What is known since an earlier repair is a
// note.
func (report Report) Findings() []Finding {
	var out []Finding
	if report.Lost != nil {
		out = append(out, lossFinding(*report.Lost))
	}
	if len(report.Engine) > 0 {
		out = append(out, damage(PagesDamaged, "a part of the database cannot be read (the first of %d: %s).", len(report.Engine), report.Engine[0]))
	}
	if n := len(report.Altered); n > 0 {
		out = append(out, damage(SchemaDamaged, "the database is not built as it was made (the first of %d: %s).", n, report.Altered[0]))
	}
	for _, d := range report.Damaged {
		out = append(out, damage(EventDamaged, "the change at place %d of the log is damaged: %s.", d.Position, d.Says))
	}
	for _, g := range report.Gaps {
		if g.Broken {
			out = append(out, Finding{
				Fault: ChainBroken, Gravity: Warning,
				Says: fmt.Sprintf("change %d of device %s does not follow the one before it.", g.From, g.Device),
				Do:   "Both are whole. Compare the incident with a backup if it looks odd.",
			})
			continue
		}
		out = append(out, damage(EventsMissing, "%s missing in the log of device %s: %s.", isAre(g), g.Device, numbers(g)))
	}
	return append(out, report.known()...)
}

// known is what earlier repairs could not bring back.
func (report Report) known() []Finding {
	var out []Finding
	if n := len(report.Kept); n > 0 {
		out = append(out, Finding{Fault: KnownLoss, Gravity: Note, Says: "An earlier repair kept " + plural(n, "damaged change", "damaged changes") + " outside of the log."})
	}
	for _, g := range report.Missing {
		out = append(out, Finding{
			Fault: KnownLoss, Gravity: Note,
			Says: fmt.Sprintf("%s missing in the log of device %s since an earlier repair: %s. No backup had more.", isAre(g), g.Device, numbers(g)),
		})
	}
	return out
}

func isAre(g Gap) string {
	if g.From == g.To {
		return "1 change is"
	}
	return fmt.Sprintf("%d changes are", g.To-g.From+1)
}

func numbers(g Gap) string {
	if g.From == g.To {
		return fmt.Sprintf("number %d", g.From)
	}
	return fmt.Sprintf("numbers %d to %d", g.From, g.To)
}

// inWords is a report in one line.
func inWords(report Report) string {
	var says []string
	for _, f := range report.Findings() {
		says = append(says, f.Says)
	}
	return strings.Join(says, " ")
}

func hasFault(findings []Finding, fault Fault) bool {
	for _, f := range findings {
		if f.Fault == fault {
			return true
		}
	}
	return false
}
