package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Missing says that there is no database, although there are traces of one. To
// start empty without a word would look as if everything were gone.
type Missing struct {
	Trouble
	Path   string
	Traces []string // what is there, in words
	Newest *Copy    // the newest backup that can be restored; nil: none
}

// Unwrap answers the sentences for a person.
func (m *Missing) Unwrap() error { return &m.Trouble }

// newMissing is the refusal to start empty.
func newMissing(path string, traces []string) *Missing {
	m := &Missing{Path: path, Traces: traces, Trouble: Trouble{
		Code: "missing",
		Says: fmt.Sprintf("%s: there is no database at %s, but there was one: %s.", opening, path, strings.Join(traces, ", ")),
		Safe: "Nothing was changed, and nothing is deleted.",
		Do:   "Bring the newest backup back with firebreak restore latest, or start empty with firebreak doctor --start-empty.",
	}}
	return m
}

// tracesOf are the signs that a database was at a path once.
func tracesOf(path string) (traces []string, err error) {
	dir := filepath.Dir(path)
	if seen, known := readWitness(path); known && seen.N > 0 {
		traces = append(traces, fmt.Sprintf("a note that it held %d changes", seen.N))
	}
	if size(path+"-wal") > walHeaderSize {
		traces = append(traces, "a write-ahead log")
	}
	copies, err := copyNames(backupsOf(path, ""), path)
	if err != nil {
		return nil, err
	}
	if len(copies) > 0 {
		traces = append(traces, plural(len(copies), "backup", "backups"))
	}
	if isMain(path) {
		for _, folder := range []struct{ name, says string }{{"attachments", "attachments"}, {damagedFolder, "files that a repair kept"}} {
			inside, err := os.ReadDir(filepath.Join(dir, folder.name))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			if len(inside) > 0 {
				traces = append(traces, folder.says)
			}
		}
	}
	return traces, nil
}

// isMain says whether a database is the one that the folders beside it belong
// to; the sample's has none.
func isMain(path string) bool { return filepath.Base(path) != "sample.db" }

// size is how many bytes a file has; 0 when there is none.
func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
