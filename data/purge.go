package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"firebreak/workflow"
)

// Belongings are all the files and folders of Firebreak on this computer that
// are there: what an uninstall leaves behind, and what Erase takes away. What
// others put into the same folders is none of them.
func (p Places) Belongings() []Measured {
	var found []Measured
	add := func(name, path string) {
		if bytes, exists := sizeOf(path); exists {
			found = append(found, Measured{Name: name, Path: path, Bytes: bytes, Exists: true})
		}
	}
	for _, one := range []struct{ name, path string }{{"Incidents", p.Database()}, {"Sample incident", p.SampleDatabase()}} {
		for _, suffix := range []string{"", "-wal", "-shm", "-journal", ".witness", presenceSuffix, reserveSuffix, rescuedSuffix, wishSuffix, swapSuffix, freshSuffix, scratchSuffix} {
			add(one.name, one.path+suffix)
		}
	}
	add("Sample repository", p.SampleRepository())
	for _, folder := range []string{"attachments", "sample-attachments", "damaged"} {
		add("Kept beside it", filepath.Join(p.Data, folder))
	}
	add("Backups", p.Backups())
	add("Logs", p.Logs)
	add("State", p.State)
	add("Configuration", p.Config)
	return found
}

// Erase takes all belongings away, for good, the backups with them. It refuses
// while a window or a command uses the data. A folder that holds nothing
// afterwards goes as well.
func (p Places) Erase(ctx context.Context) error {
	held, err := alone(ctx, p.Database())
	if err != nil {
		return err
	}
	var failed []error
	for _, one := range p.Belongings() {
		if one.Path != p.Database()+presenceSuffix {
			failed = append(failed, os.RemoveAll(one.Path))
		}
	}
	failed = append(failed, held.leave(), os.RemoveAll(p.Database()+presenceSuffix))
	for _, folder := range []string{p.State, p.Config, p.Data} {
		if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) && !isFull(folder) {
			failed = append(failed, err)
		}
	}
	if err := errors.Join(failed...); err != nil {
		return &Trouble{
			Says: fmt.Sprintf("Not everything could be taken away: %v.", err),
			Safe: "What is left is listed by: firebreak paths.",
			Do:   "Allow writing in those folders, then run the command again.",
			Err:  err,
		}
	}
	return nil
}

// isFull says whether a folder holds something that is not ours.
func isFull(folder string) bool {
	entries, err := os.ReadDir(folder)
	return err == nil && len(entries) > 0
}

// Purge takes files away for good: those whose entries were purged. It answers
// how many were there.
func (a *Attachments) Purge(shas ...string) (int, error) {
	gone := 0
	for _, sha := range shas {
		if !workflow.ValidSum(sha) {
			continue
		}
		switch err := a.disk.Remove(a.path(sha)); {
		case err == nil:
			gone++
		case !errors.Is(err, fs.ErrNotExist):
			return gone, a.explain(workflow.Attachment{SHA256: sha}, err)
		}
	}
	return gone, nil
}
