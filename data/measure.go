package data

import (
	"io/fs"
	"os"
	"path/filepath"
)

// Measured is a place and how much lies there.
type Measured struct {
	Name   string
	Path   string
	Bytes  int64 // of everything in it
	Exists bool
}

// Measure says how much lies where. It looks at names and sizes only: opening a
// database's files beside the engine would strip its locks.
func (p Places) Measure() []Measured {
	found := []Measured{
		{Name: "Incidents", Path: p.Database()},
		{Name: "Attachments", Path: p.Attachments()},
		{Name: "Sample incident", Path: p.SampleDatabase()},
		{Name: "Sample repository", Path: p.SampleRepository()},
		{Name: "Backups", Path: p.Backups()},
		{Name: "Logs", Path: p.Logs},
	}
	for i := range found {
		found[i].Bytes, found[i].Exists = sizeOf(found[i].Path)
	}
	return found
}

// sizeOf adds up what lies at a path. What cannot be read counts nothing.
func sizeOf(path string) (bytes int64, exists bool) {
	if _, err := os.Lstat(path); err != nil {
		return 0, false
	}
	_ = filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			bytes += info.Size()
		}
		return nil
	})
	return bytes, true
}
