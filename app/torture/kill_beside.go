package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"firebreak/data"
)

// files holds every file that the log names against its checksum.
func (a *autopsy) files(ctx context.Context) error {
	named, err := a.store.Named(ctx)
	if err != nil {
		return err
	}
	report, err := data.AttachmentsIn(a.places().Attachments()).Check(ctx, named...)
	if err == nil && !report.Sound() {
		err = fmt.Errorf("of %d files that the log names some are not there or not whole: %+v", len(named), report)
	}
	a.filesSeen = len(named)
	return err
}

func (a *autopsy) places() data.Places { return data.Places{Data: filepath.Dir(a.store.Path())} }

// backups holds the backups against what they promised. One that was cut off is
// no backup.
func (a *autopsy) backups(ctx context.Context) error {
	list, err := data.Backups(a.places().Backups())
	if err != nil {
		return err
	}
	for _, b := range list {
		if b.Verdict == data.VerdictDamaged || strings.HasSuffix(b.Path, ".partial") {
			return fmt.Errorf("%s is listed as a backup: %s", b.Path, b.Says)
		}
	}
	for _, promised := range a.told.backups {
		if promised.position < promised.least {
			return fmt.Errorf("the backup %s ends at %d, and its maker had been answered %d before", promised.path, promised.position, promised.least)
		}
		if !slices.ContainsFunc(list, func(b data.Backup) bool { return b.Path == promised.path && b.Changes == promised.position }) {
			return fmt.Errorf("the backup %s was answered as made, and is not listed with everything up to %d", promised.path, promised.position)
		}
		checked, err := data.CheckBackup(ctx, promised.path, nil)
		if err != nil || checked.Verdict != data.VerdictSound {
			return fmt.Errorf("the backup %s is %q (%s): %w", promised.path, checked.Verdict, checked.Says, err)
		}
		a.backupsSeen++
	}
	return nil
}
