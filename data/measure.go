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
	m.Bytes, m.Exists = sizeOf(m.Path)
	m.Folder = filepath.Dir(m.Path)
	info, err := os.Stat(m.Path)
	if err != nil {
		return
	}
	if info.IsDir() {
		m.Folder = m.Path
		return
	}
	for _, suffix := range []string{"-wal", "-shm", presenceSuffix, ".witness"} { // a database is several files
		more, _ := sizeOf(m.Path + suffix)
		m.Bytes += more
	}
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
