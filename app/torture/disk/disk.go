// Package disk is a disk that keeps a record of what the database engine does
// to it, fails on request, and can show what would be left after a power cut.
// It serves the torture and tests, never the program.
//
// It is put in front of the engine's own file layer as the default one, so the
// store runs on it as it is: no switch in the store's code, no other way of
// opening. For that it reaches into modernc.org/sqlite/lib, the engine as it
// was translated from C, whose layout is no promise to anybody. The tests of
// this package are the check at each upgrade: they fail when a field moved.
package disk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"
)

// Kind is what was done to a file or a folder.
type Kind uint8

// What can be in a record.
const (
	Found      Kind = iota // the file was there, whole and durable, when the watching began
	Create                 // the name came into being
	MakeFolder             // a folder came into being
	Write                  // Bytes were written at At
	Truncate               // the file was cut, or grown with zeros, to At bytes
	Sync                   // the file's content was asked to be durable
	Delete                 // the name went away
	Rename                 // the file is called To now
	SyncFolder             // the names in the folder File were asked to be durable
	Put                    // the whole content of a file that is never synced
	Mark                   // no operation: the torturer's own note, At says which
)

// String is the kind as a word.
func (k Kind) String() string {
	return [...]string{"found", "create", "make folder", "write", "truncate", "sync", "delete", "rename", "sync folder", "put", "mark"}[k]
}

// Op is one operation, as it was asked for.
type Op struct {
	Kind   Kind
	File   string // below the watched folder, with slashes
	To     string // the new name of a Rename
	At     int64
	Bytes  []byte
	Failed bool // a sync that failed: what it should have made durable may be lost even if a later one succeeds
}

// Failure is what an operation answers instead of being done. The zero value
// lets it through.
type Failure struct {
	Code int32 // the engine's result code
	Part int   // so many bytes of a write still reach the disk
}

// Fault is asked before each operation below the watched folder.
type Fault func(Op) Failure

// Disk stands in front of the engine's own file layer. Its methods may be
// called from any goroutine.
type Disk struct {
	layer *layer

	mu     sync.Mutex
	root   string // what lies below it is watched; empty: nothing is
	record []Op
	fault  Fault
	rushed string // syncs below it are answered but not done
	pages  int    // see CheckpointEvery
}

// Insert puts a disk in front of the engine's own, for every database that is
// opened from now on in this process, until Remove.
func Insert() (*Disk, error) {
	d := &Disk{}
	var err error
	if d.layer, err = insert(d); err != nil {
		return nil, err
	}
	sqlite.RegisterConnectionHook(d.prepare)
	return d, nil
}

// CheckpointEvery lets connections that are opened from now on carry the
// write-ahead log over into the database each time it has so many pages,
// instead of the engine's thousand: a short story must see many checkpoints.
func (d *Disk) CheckpointEvery(pages int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pages = pages
}

// prepare is called for each new connection, also after Remove: the driver has
// no way to forget it.
func (d *Disk) prepare(connection sqlite.ExecQuerierContext, _ string) error {
	d.mu.Lock()
	pages := d.pages
	d.mu.Unlock()
	if pages == 0 {
		return nil
	}
	_, err := connection.ExecContext(context.Background(), fmt.Sprintf("PRAGMA wal_autocheckpoint=%d", pages), nil)
	return err
}

// Remove takes the disk away again. Databases that were opened through it must
// be closed before.
func (d *Disk) Remove() error {
	d.CheckpointEvery(0)
	return d.layer.remove()
}

// Watch begins a new record: of everything below folder, where no database may
// be open yet. What lies there counts as durable.
func (d *Disk) Watch(folder string) error {
	record, err := found(folder)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.root, d.record, d.fault = folder, record, nil
	return nil
}

// found lists the files of a folder, without those that mean nothing after a
// power cut: locks and shared memory.
func found(folder string) ([]Op, error) {
	var record []Op
	err := filepath.WalkDir(folder, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(file, "-shm") || strings.HasSuffix(file, ".lock") {
			return err
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, file)
		record = append(record, Op{Kind: Found, File: filepath.ToSlash(name), Bytes: content})
		return err
	})
	return record, err
}

// Record ends the watching and answers what was seen.
func (d *Disk) Record() []Op {
	d.mu.Lock()
	defer d.mu.Unlock()
	record := d.record
	d.root, d.record, d.fault = "", nil, nil
	return record
}

// Mark notes that the torturer has come to n: what is acknowledged by now must
// survive every cut that comes later.
func (d *Disk) Mark(n int) { d.note(Op{Kind: Mark, At: int64(n)}) }

// Put notes the content of a file that the program writes by other means and
// does not sync.
func (d *Disk) Put(file string, content []byte) {
	d.note(Op{Kind: Put, File: file, Bytes: content})
}

// Break lets operations fail from now on; nil mends the disk.
func (d *Disk) Break(fault Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = fault
}

// Rush answers syncs below folder without doing them. Images of crashes are
// thrown away at once, so nothing of them needs to be durable.
func (d *Disk) Rush(folder string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rushed = folder
}

func (d *Disk) note(op Op) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.root != "" {
		d.record = append(d.record, op)
	}
}

// ask answers whether an operation is to be done. What is done is noted by
// whoever does it.
func (d *Disk) ask(op Op) Failure {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.root == "" || d.fault == nil {
		return Failure{}
	}
	return d.fault(op)
}

// watched answers a file's name in the record.
func (d *Disk) watched(full string) (name string, watched bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.root == "" {
		return "", false
	}
	return below(d.root, full)
}

func (d *Disk) rushes(full string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, is := below(d.rushed, full)
	return d.rushed != "" && is
}

// knows says whether the record has the file already.
func (d *Disk) knows(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, op := range d.record {
		if op.File == name || op.To == name {
			return true
		}
	}
	return false
}

func below(folder, full string) (string, bool) {
	rest, is := strings.CutPrefix(full, folder+string(filepath.Separator))
	return filepath.ToSlash(rest), is
}

// Count counts the operations of a record by their kinds.
func Count(record []Op) map[Kind]int {
	counts := map[Kind]int{}
	for _, op := range record {
		counts[op.Kind]++
	}
	return counts
}

// Describe says what an operation is, for a report of a loss.
func (op Op) Describe() string {
	switch op.Kind {
	case Write:
		return fmt.Sprintf("write %s %d+%d", op.File, op.At, len(op.Bytes))
	case Truncate, Mark:
		return fmt.Sprintf("%s %s %d", op.Kind, op.File, op.At)
	default:
		return fmt.Sprintf("%s %s", op.Kind, op.File)
	}
}
