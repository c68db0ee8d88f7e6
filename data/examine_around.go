package data

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// examineCopies opens every backup: one that does not is found now, and not on
// the day when it is needed.
func (d *Diagnosis) examineCopies(ctx context.Context, wish ExamineWish) error {
	names, err := copyNames(wish.Backups, wish.Path)
	if err != nil {
		return err
	}
	for _, name := range names {
		c := lookAtCopy(ctx, name)
		if c.Says == "" {
			c.Says = provedCopy(ctx, name)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if d.Copies = append(d.Copies, c); c.Says != "" {
			d.find(Finding{Fault: CopyDamaged, Gravity: Warning, Says: "The backup " + c.title() + " is damaged: " + c.Says, Do: "Keep the others. It is used as far as it can be read."})
		}
	}
	if len(names) == 0 && d.Report.Events > 0 && isMain(wish.Path) {
		d.find(Finding{Fault: NoCopy, Gravity: Warning, Says: "There is no backup.", Do: "Make one: firebreak backup."})
	}
	return nil
}

// provedCopy reads a backup to its end and says what is wrong with it.
func provedCopy(ctx context.Context, path string) string {
	db, err := connectStill(path)
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	var report Report
	if err := report.inspect(ctx, db, "quick_check"); err != nil {
		return err.Error()
	}
	if report.Sound() {
		return ""
	}
	return inWords(report)
}

// lowRoom is where a disk is so full that it is worth a word.
const lowRoom = 100 << 20

// examinePlace looks at permissions, room and the kind of disk.
func (d *Diagnosis) examinePlace(path string) {
	dir := filepath.Dir(path)
	if name, remote := remoteFileSystem(dir); remote {
		d.find(Finding{
			Fault: NotLocal, Gravity: Warning, Says: fmt.Sprintf("The folder lies on %s. What is saved there can be lost.", name),
			Do: "Move it to a local disk.",
		})
	}
	if free, known := freeBytes(dir); known && free < lowRoom {
		d.find(Finding{Fault: LittleRoom, Gravity: Warning, Says: fmt.Sprintf("Only %s are left on the disk.", megabytes(free)), Do: "Make some room on it."})
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, name := range append([]string{dir, backupsOf(path, ""), filepath.Join(dir, damagedFolder)}, path, path+"-wal", path+".witness") {
		info, err := os.Stat(name)
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			d.find(Finding{
				Fault: NotPrivate, Gravity: Warning, Says: fmt.Sprintf("Others may read %s (%04o).", name, info.Mode().Perm()),
				Do: "Take that from them: chmod go= " + name,
			})
		}
	}
}

// examineAttachments compares every stored file with its checksum, and the
// folder with what the log names.
func (d *Diagnosis) examineAttachments(ctx context.Context, wish ExamineWish) error {
	if hasFault(d.Findings, NotADatabase) || size(wish.Path) == 0 {
		return nil
	}
	db, err := openToRead(wish.Path, d.InUse || size(wish.Path+"-wal") > 0)
	if err != nil {
		return err
	}
	defer db.Close()
	named, err := namedIn(ctx, db)
	if err != nil && ctx.Err() == nil {
		return nil // the log itself cannot be read, and that is said already
	}
	if err != nil {
		return err
	}
	d.Files, err = AttachmentsIn(wish.Attachments).Check(ctx, named...)
	for _, a := range d.Files.Missing {
		d.find(Finding{Fault: FileMissing, Gravity: Harm, Says: fmt.Sprintf("The attached file %s is missing.", a.Name), Do: "Look for it in backups/attachments."})
	}
	for _, sha := range d.Files.Damaged {
		d.find(Finding{Fault: FileDamaged, Gravity: Harm, Says: fmt.Sprintf("The attached file %s is not what was stored.", short(sha)), Do: "Look for it in backups/attachments."})
	}
	return err
}
