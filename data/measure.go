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
	Folder string // that it can be looked at in: itself, or the one that it lies in
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
		{Name: "State", Path: p.State}, // the lock of the window, and what else may be thrown away
	}
	for i := range found {
		found[i].measure()
	}
	return found
}

func (m *Measured) measure() {
	info, err := os.Stat(m.Path)
	m.Exists, m.Folder = err == nil, filepath.Dir(m.Path)
	if err != nil {
		return
	}
	if info.IsDir() {
		m.Folder, m.Bytes = m.Path, sizeOf(m.Path)
		return
	}
	for _, suffix := range []string{"", "-wal", "-shm", presenceSuffix, ".witness"} { // a database is several files
		m.Bytes += sizeOf(m.Path + suffix)
	}
}

// sizeOf adds up what lies at a path. What cannot be read counts nothing.
func sizeOf(path string) (bytes int64) {
	_ = filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			bytes += info.Size()
		}
		return nil
	})
	return bytes
}
