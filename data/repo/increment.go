package repo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// largestIncrementFile is far above what any increment holds: a wrong file must
// neither flood the program nor stop it from reading the others.
const largestIncrementFile = 4 << 20

// incrementFiles are the files that make an increment.
var incrementFiles = [...]string{"metadata.json", "spec.md", "plan.md", "tasks.md"}

// Raw is an increment's folder as it lies on the disk.
type Raw struct {
	ID      string             // the folder's name
	Folder  string             // relative to place.Root, with slashes: ".specweave/increments/_archive/0014-x"
	Group   string             // the lifecycle folder: "_archive", "_paused" and the like; empty for none
	Files   map[string]RawFile // metadata.json, spec.md, plan.md, tasks.md; a missing one is absent
	Strange []string           // what else lies in it, sorted; a folder ends with a slash
	Says    string             // why the folder could not be read; then there are no Files
}

// RawFile is one file of an increment. Says is a sentence where it could not be
// read; Content is nil then.
type RawFile struct {
	Content []byte
	Says    string
}

// EachIncrement reads every folder with an increment's name, in increments and
// in all lifecycle folders, and hands it to visit. visit is called from up to
// runtime.NumCPU() goroutines at once, and in no order. What cannot be read is
// told in the Raw; only a whole lifecycle folder that cannot be read is an
// error, after the others were visited. No increments folder means no increments.
func EachIncrement(ctx context.Context, place Place, visit func(Raw)) error {
	increments, err := openShelf(place)
	if err != nil {
		return err
	}
	defer increments.Close()
	found, failed := increments.list()
	if err := increments.readAll(ctx, found, func(_ int, raw Raw) { visit(raw) }); err != nil {
		return err
	}
	return failed
}

// Increments is EachIncrement in the order of the numbers, then of the names.
// Beside an error it gives what could be read.
func Increments(ctx context.Context, place Place) ([]Raw, error) {
	increments, err := openShelf(place)
	if err != nil {
		return nil, err
	}
	defer increments.Close()
	found, failed := increments.list()
	all := make([]Raw, len(found))
	if err := increments.readAll(ctx, found, func(at int, raw Raw) { all[at] = raw }); err != nil {
		return nil, err
	}
	return all, failed
}

// ReadIncrement reads one increment, wherever Locate finds it. One that is gone
// is a *Trouble that wraps fs.ErrNotExist.
func ReadIncrement(place Place, id string) (Raw, error) {
	increments, err := openShelf(place)
	if err != nil {
		return Raw{}, err
	}
	defer increments.Close()
	group, err := increments.locate(id)
	if errors.Is(err, fs.ErrNotExist) {
		return Raw{}, trouble(err, "There is no increment %q in %s, nor in a lifecycle folder like _archive. Nothing was changed. "+
			"Check whether it was renamed or deleted, or whether another branch is checked out.", id, increments.shown("."))
	}
	if err != nil {
		return Raw{}, unreadable(increments.shown(id), err)
	}
	raw := increments.read(spot{group: group, name: id})
	if raw.Says != "" {
		return Raw{}, trouble(nil, "%s", raw.Says)
	}
	return raw, nil
}

// spot is where an increment lies, before it is read.
type spot struct {
	group, name string
	number      int
}

// list finds the folders with an increment's name, in the order of Increments. A
// link counts if it leads to a folder, or out of the project, which is then told.
func (s shelf) list() ([]spot, error) {
	var found []spot
	err := s.each(func(group string, entry fs.DirEntry, number int) {
		if !entry.IsDir() {
			info, err := s.Stat(s.within(group, entry.Name()))
			if err == nil && !info.IsDir() || errors.Is(err, fs.ErrNotExist) {
				return
			}
		}
		found = append(found, spot{group, entry.Name(), number})
	})
	slices.SortFunc(found, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.name, b.name), cmp.Compare(a.group, b.group))
	})
	return found, err
}

func (s shelf) readAll(ctx context.Context, found []spot, visit func(at int, raw Raw)) error {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.NumCPU(), len(found)) {
		all.Go(func() {
			for ctx.Err() == nil {
				at := int(next.Add(1)) - 1
				if at >= len(found) {
					return
				}
				visit(at, s.read(found[at]))
			}
		})
	}
	all.Wait()
	return ctx.Err()
}

func (s shelf) read(from spot) Raw {
	raw := Raw{ID: from.name, Folder: s.within(from.group, from.name), Files: map[string]RawFile{}}
	if from.group != "." {
		raw.Group = from.group
	}
	folder, err := s.OpenRoot(raw.Folder)
	if err != nil {
		raw.Says = unreadable(raw.Folder, err).Error()
		return raw
	}
	defer folder.Close()
	entries, err := rootedDisk{folder}.ReadDir(".")
	if err != nil {
		raw.Says = unreadable(raw.Folder, err).Error()
		return raw
	}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case slices.Contains(incrementFiles[:], name):
			file, err := readRaw(folder, entry)
			if errors.Is(err, fs.ErrNotExist) {
				continue // deleted since the folder was listed
			}
			if err != nil {
				file.Says = unreadable(raw.Folder+"/"+name, err).Error()
			}
			raw.Files[name] = file
		case leftover.MatchString(name): // being written at this moment, or swept with the next write
		case entry.IsDir():
			raw.Strange = append(raw.Strange, name+"/")
		default:
			raw.Strange = append(raw.Strange, name)
		}
	}
	return raw
}

// The reasons why something with the name of an increment's file is not read.
var (
	errLink     = obstacle{"it is a link, and links are not followed", "Replace the link by the real file."}
	errFolder   = obstacle{"it is a folder", "Rename the folder, and put the file in its place."}
	errOrdinary = obstacle{"it is not an ordinary file", "Move it away, and put the file in its place."}
	errLarge    = obstacle{
		fmt.Sprintf("it is larger than %d MB", largestIncrementFile>>20),
		"Look into it with an editor: no file of an increment is that large.",
	}
)

// readRaw opens only what the folder lists as an ordinary file: a pipe would
// wait for ever.
func readRaw(folder *os.Root, entry fs.DirEntry) (RawFile, error) {
	switch kind := entry.Type(); {
	case kind&fs.ModeSymlink != 0:
		return RawFile{}, errLink
	case kind.IsDir():
		return RawFile{}, errFolder
	case !kind.IsRegular():
		return RawFile{}, errOrdinary
	}
	file, err := folder.Open(entry.Name())
	if err != nil {
		return RawFile{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return RawFile{}, err
	}
	content, err := readWhole(file, info.Size())
	return RawFile{Content: content}, err
}

// readWhole expects size bytes, and reads on if the file grows meanwhile.
func readWhole(file io.Reader, size int64) ([]byte, error) {
	if size > largestIncrementFile {
		return nil, errLarge
	}
	content := make([]byte, 0, size+1) // one more, so that the end is seen without growing
	for {
		n, err := file.Read(content[len(content):cap(content)])
		content = content[:len(content)+n]
		switch {
		case errors.Is(err, io.EOF):
			return content, nil
		case err != nil:
			return nil, err
		case len(content) > largestIncrementFile:
			return nil, errLarge
		case len(content) == cap(content):
			content = slices.Grow(content, len(content))
		}
	}
}
