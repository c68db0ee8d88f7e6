package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Backups lists the backups in a folder, the newest first. Only verified ones
// have a name that counts as one. A folder that is not there has none.
func Backups(dir string) ([]Backup, error) {
	return backupsIn(dir, "")
}

// BackupsOf lists the backups of one database that lie in a folder: the
// sample's are no backups of the real incidents.
func BackupsOf(dir, database string) ([]Backup, error) {
	return backupsIn(dir, databaseName(database))
}

func backupsIn(dir, database string) ([]Backup, error) {
	if _, err := os.ReadDir(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, explain("The backups cannot be listed", dir, err)
	}
	found := named(dir, database)
	for i := range found {
		found[i].look()
	}
	return found, nil
}

// named lists backups by their names alone, the newest first; an empty database
// is any.
func named(dir, database string) []Backup {
	entries, _ := os.ReadDir(dir)
	var found []Backup
	for _, entry := range entries {
		b, ok := readName(filepath.Join(dir, entry.Name()))
		if ok && entry.Type().IsRegular() && (database == "" || b.Database == database) {
			found = append(found, b)
		}
	}
	slices.SortStableFunc(found, func(a, b Backup) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return strings.Compare(b.Path, a.Path)
	})
	return found
}

// look reads what a backup holds. One that cannot be read any more is shown as
// damaged: it must not look like a way back.
func (b *Backup) look() {
	if info, err := os.Stat(b.Path); err == nil {
		b.Bytes = info.Size()
	}
	f, err := factsIn(context.Background(), b.Path)
	if err != nil {
		b.Verdict, b.Says = VerdictDamaged, fmt.Sprintf("it cannot be read: %v", err)
		return
	}
	b.take(f)
	b.Files = countCarried(b.Path)
}

// NewestSound is the newest backup that may be restored without a second
// thought: one that was read to its end, or else one that was compared.
func NewestSound(list []Backup) (Backup, bool) {
	for _, b := range list {
		if b.Verdict != VerdictDamaged {
			return b, true
		}
	}
	return Backup{}, false
}
