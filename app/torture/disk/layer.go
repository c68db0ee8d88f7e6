package disk

import (
	"errors"
	"fmt"
	"os"
	"path"
	"strings"
	"sync"
	"unsafe"

	"modernc.org/libc"
	engine "modernc.org/sqlite/lib"
)

// The engine calls its file layer through pointers to functions that were C
// once. These are their shapes.
type (
	openFunc   = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32
	deleteFunc = func(tls *libc.TLS, vfs, name uintptr, syncDir int32) int32
	writeFunc  = func(tls *libc.TLS, file, bytes uintptr, count int32, at int64) int32
	cutFunc    = func(tls *libc.TLS, file uintptr, size int64) int32
	syncFunc   = func(tls *libc.TLS, file uintptr, flags int32) int32
	closeFunc  = func(tls *libc.TLS, file uintptr) int32
	sizeFunc   = func(tls *libc.TLS, file, out uintptr) int32
)

// pointer makes a function callable for the engine. Whoever holds the function
// must keep it alive: the engine's memory is not seen by the collector.
func pointer[F any](f *F) uintptr { return *(*uintptr)(unsafe.Pointer(f)) }

// function is what such a pointer points to.
func function[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&p)) }

// structure is a structure in the engine's memory.
func structure[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// layer is the file layer that the engine believes in: a copy of its own one,
// with some functions of ours. Ours note what is asked, and hand it on.
type layer struct {
	disk *Disk
	tls  *libc.TLS

	base    uintptr // the engine's own layer
	baseVFS *engine.Tsqlite3_vfs
	own     uintptr // ours, in the engine's memory

	// Kept here, because only here the collector sees them.
	open     openFunc
	delete   deleteFunc
	write    writeFunc
	truncate cutFunc
	sync     syncFunc
	close    closeFunc

	mu     sync.Mutex
	tables map[uintptr]uintptr // the engine's table of methods: our copy of it
	files  map[uintptr]*file
}

// file is an open file of the engine.
type file struct {
	full    string
	fresh   bool // a journal that may be new: the engine syncs its folder when it first syncs it
	methods uintptr
	calls   *engine.Tsqlite3_io_methods // the engine's own
}

// insert registers a layer as the default one.
func insert(d *Disk) (*layer, error) {
	if got, want := unsafe.Sizeof(engine.Tsqlite3_io_methods{}), 19*unsafe.Sizeof(uintptr(0)); got != want {
		return nil, fmt.Errorf("the engine's table of methods has %d bytes, not %d: its layout changed, so look at this package again", got, want)
	}
	l := &layer{disk: d, tls: libc.NewTLS(), tables: map[uintptr]uintptr{}, files: map[uintptr]*file{}}
	if code := engine.Xsqlite3_initialize(l.tls); code != engine.SQLITE_OK {
		return nil, fmt.Errorf("the engine does not start: code %d", code)
	}
	l.base = engine.Xsqlite3_vfs_find(l.tls, 0)
	if l.base == 0 {
		return nil, errors.New("the engine has no file layer")
	}
	l.baseVFS = structure[engine.Tsqlite3_vfs](l.base)
	l.own = libc.Xcalloc(l.tls, 1, libc.Tsize_t(unsafe.Sizeof(engine.Tsqlite3_vfs{})))
	name, err := libc.CString(fmt.Sprintf("torture-%x", l.own))
	if l.own == 0 || err != nil {
		return nil, fmt.Errorf("no memory for a file layer: %v", err)
	}
	l.open, l.delete = l.onOpen, l.onDelete
	l.write, l.truncate, l.sync, l.close = l.onWrite, l.onTruncate, l.onSync, l.onClose

	vfs := structure[engine.Tsqlite3_vfs](l.own)
	*vfs = *l.baseVFS
	vfs.FpNext, vfs.FzName = 0, name
	vfs.FxOpen, vfs.FxDelete = pointer(&l.open), pointer(&l.delete)
	if code := engine.Xsqlite3_vfs_register(l.tls, l.own, 1); code != engine.SQLITE_OK {
		return nil, fmt.Errorf("the engine takes no other file layer: code %d", code)
	}
	return l, nil
}

// remove makes the engine's own layer the default again. The memory of ours
// stays: a connection that is closed late still points to it.
func (l *layer) remove() error {
	if code := engine.Xsqlite3_vfs_unregister(l.tls, l.own); code != engine.SQLITE_OK {
		return fmt.Errorf("the engine keeps the file layer: code %d", code)
	}
	if code := engine.Xsqlite3_vfs_register(l.tls, l.base, 1); code != engine.SQLITE_OK {
		return fmt.Errorf("the engine does not take its own file layer back: code %d", code)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.files) > 0 {
		return fmt.Errorf("%d files are still open", len(l.files))
	}
	return nil
}

func (l *layer) onOpen(tls *libc.TLS, _, name, handle uintptr, flags int32, outFlags uintptr) int32 {
	f := &file{}
	created := false
	if name != 0 {
		f.full = libc.GoString(name)
		creates := flags&engine.SQLITE_OPEN_CREATE != 0
		// The engine's own question would not do: it takes an empty file for none.
		_, err := os.Lstat(f.full)
		created = creates && errors.Is(err, os.ErrNotExist)
		f.fresh = creates && (strings.HasSuffix(f.full, "-wal") || strings.HasSuffix(f.full, "-journal"))
	}
	code := function[openFunc](l.baseVFS.FxOpen)(tls, l.base, name, handle, flags, outFlags)
	header := structure[engine.Tsqlite3_file](handle)
	if code != engine.SQLITE_OK || header.FpMethods == 0 {
		return code
	}
	f.methods = header.FpMethods
	f.calls = structure[engine.Tsqlite3_io_methods](f.methods)

	l.mu.Lock()
	l.files[handle] = f
	header.FpMethods = l.table(tls, f.methods)
	l.mu.Unlock()

	if at, watched := l.disk.watched(f.full); watched && created {
		l.disk.note(Op{Kind: Create, File: at})
	} else if watched && !l.disk.knows(at) {
		l.discover(tls, at, handle, f)
	}
	return engine.SQLITE_OK
}

// discover takes down a file that was made beside the engine: the store makes
// the database itself, so that it is private from its first moment, and syncs
// the folder.
func (l *layer) discover(tls *libc.TLS, at string, handle uintptr, f *file) {
	out := tls.Alloc(8)
	defer tls.Free(8)
	op := Op{Kind: Found, File: at}
	if function[sizeFunc](f.calls.FxFileSize)(tls, handle, out) == engine.SQLITE_OK && *structure[int64](out) > 0 {
		// Before the engine has locked it, reading it here strips no lock of this handle.
		op.Bytes, _ = os.ReadFile(f.full)
	}
	l.disk.note(op)
}

// table is a copy of the engine's methods with ours in it.
func (l *layer) table(tls *libc.TLS, methods uintptr) uintptr {
	if own := l.tables[methods]; own != 0 {
		return own
	}
	own := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(engine.Tsqlite3_io_methods{})))
	m := structure[engine.Tsqlite3_io_methods](own)
	*m = *structure[engine.Tsqlite3_io_methods](methods)
	m.FiVersion = min(m.FiVersion, 2) // no mapped memory: every write must come by here
	m.FxWrite, m.FxTruncate = pointer(&l.write), pointer(&l.truncate)
	m.FxSync, m.FxClose = pointer(&l.sync), pointer(&l.close)
	l.tables[methods] = own
	return own
}

func (l *layer) file(handle uintptr) *file {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.files[handle]
}

func (l *layer) onWrite(tls *libc.TLS, handle, bytes uintptr, count int32, at int64) int32 {
	f := l.file(handle)
	pass := function[writeFunc](f.calls.FxWrite)
	name, watched := l.disk.watched(f.full)
	if !watched {
		return pass(tls, handle, bytes, count, at)
	}
	content := append([]byte(nil), unsafe.Slice(structure[byte](bytes), int(count))...)
	failure := l.disk.ask(Op{Kind: Write, File: name, At: at, Bytes: content})
	if failure.Code != 0 {
		if part := min(failure.Part, len(content)); part > 0 && pass(tls, handle, bytes, int32(part), at) == engine.SQLITE_OK {
			l.disk.note(Op{Kind: Write, File: name, At: at, Bytes: content[:part]})
		}
		return failure.Code
	}
	code := pass(tls, handle, bytes, count, at)
	l.disk.note(Op{Kind: Write, File: name, At: at, Bytes: content})
	return code
}

func (l *layer) onTruncate(tls *libc.TLS, handle uintptr, size int64) int32 {
	f := l.file(handle)
	if name, watched := l.disk.watched(f.full); watched {
		op := Op{Kind: Truncate, File: name, At: size}
		if failure := l.disk.ask(op); failure.Code != 0 {
			return failure.Code
		}
		l.disk.note(op)
	}
	return function[cutFunc](f.calls.FxTruncate)(tls, handle, size)
}

func (l *layer) onSync(tls *libc.TLS, handle uintptr, flags int32) int32 {
	f := l.file(handle)
	name, watched := l.disk.watched(f.full)
	if watched {
		op := Op{Kind: Sync, File: name}
		if failure := l.disk.ask(op); failure.Code != 0 {
			op.Failed = true
			l.disk.note(op)
			return failure.Code
		}
	}
	if !l.disk.rushes(f.full) {
		if code := function[syncFunc](f.calls.FxSync)(tls, handle, flags); code != engine.SQLITE_OK {
			return code
		}
	}
	if watched {
		l.disk.note(Op{Kind: Sync, File: name})
		if f.fresh { // the engine has just synced the folder as well
			f.fresh = false
			l.disk.note(Op{Kind: SyncFolder, File: path.Dir(name)})
		}
	}
	return engine.SQLITE_OK
}

func (l *layer) onClose(tls *libc.TLS, handle uintptr) int32 {
	f := l.file(handle)
	l.mu.Lock()
	delete(l.files, handle)
	l.mu.Unlock()
	structure[engine.Tsqlite3_file](handle).FpMethods = f.methods
	return function[closeFunc](f.calls.FxClose)(tls, handle)
}

func (l *layer) onDelete(tls *libc.TLS, _, name uintptr, syncDir int32) int32 {
	at, watched := l.disk.watched(libc.GoString(name))
	if !watched {
		return function[deleteFunc](l.baseVFS.FxDelete)(tls, l.base, name, syncDir)
	}
	op := Op{Kind: Delete, File: at}
	if failure := l.disk.ask(op); failure.Code != 0 {
		return failure.Code
	}
	code := function[deleteFunc](l.baseVFS.FxDelete)(tls, l.base, name, syncDir)
	if code == engine.SQLITE_OK {
		l.disk.note(op)
		if syncDir != 0 {
			l.disk.note(Op{Kind: SyncFolder, File: path.Dir(at)})
		}
	}
	return code
}
