package disk

import (
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// Luck says how much of what was not synced reached the disk.
type Luck struct {
	Keep    float64 // how likely a sector that nobody synced is there all the same
	Garble  float64 // how likely a lost one, behind the end of what was synced, holds foreign bytes
	Names   float64 // how likely a new, changed or deleted name is there although its folder was not synced
	Scratch bool    // the shared memory file is left behind, full of nonsense
}

// AnyLuck draws one: from none at all to everything.
func AnyLuck(dice *rand.Rand) Luck {
	return Luck{
		Keep:    []float64{0, 0.1, 0.5, 0.9, 1}[dice.IntN(5)],
		Garble:  []float64{0, 0.5, 1}[dice.IntN(3)],
		Names:   []float64{0, 0.5, 1}[dice.IntN(3)],
		Scratch: dice.IntN(4) == 0,
	}
}

// change is a write or a truncation of one file's content.
type change struct {
	op      Op
	durable bool
}

// content is a file apart from its names.
type content struct {
	folder  bool
	found   []byte
	changes []*change
	open    []*change // not synced yet
}

// naming is a change of a name whose folder was not synced yet.
type naming struct {
	kind Kind
	name string
	to   string
	file *content
}

// remains is the record up to a cut, sorted into what is durable and what is
// not.
type remains struct {
	now     map[string]*content // the names as the running system saw them
	durable map[string]*content // the names as they are on the disk for certain
	pending []naming
	made    map[string]bool // folders that came into being
	puts    map[string][][]byte
	written [][]byte // what stale sectors may hold
}

// Image is what may be on the disk when the power is cut after so many
// operations of a record: content before the last sync of a file that worked,
// and of the rest any sectors at all.
func Image(record []Op, cut int, luck Luck, dice *rand.Rand) map[string][]byte {
	r := sortOut(record[:cut])
	image := map[string][]byte{}
	names := r.names(luck, dice)
	for _, name := range slices.Sorted(maps.Keys(names)) { // always in the same order, for the dice
		if file := names[name]; !file.folder && r.reachable(name, names) {
			image[name] = file.bytes(luck, dice, r.written)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.puts)) {
		if left, there := someVersion(r.puts[name], dice); there {
			image[name] = left
		}
	}
	if luck.Scratch {
		for _, name := range slices.Sorted(maps.Keys(image)) {
			if path.Ext(name) == ".db" {
				image[name+"-shm"] = noise(32768, dice)
			}
		}
	}
	return image
}

func sortOut(record []Op) *remains {
	r := &remains{now: map[string]*content{}, durable: map[string]*content{}, made: map[string]bool{}, puts: map[string][][]byte{}}
	for _, op := range record {
		switch op.Kind {
		case Found:
			r.now[op.File] = &content{found: op.Bytes}
			r.durable[op.File] = r.now[op.File]
		case Create, MakeFolder:
			r.now[op.File] = &content{folder: op.Kind == MakeFolder}
			r.made[op.File] = op.Kind == MakeFolder
			r.pending = append(r.pending, naming{kind: Create, name: op.File, file: r.now[op.File]})
		case Delete:
			delete(r.now, op.File)
			r.pending = append(r.pending, naming{kind: Delete, name: op.File})
		case Rename:
			r.now[op.To] = r.now[op.File]
			r.made[op.To] = r.now[op.To] != nil && r.now[op.To].folder
			delete(r.now, op.File)
			r.pending = append(r.pending, naming{kind: Rename, name: op.File, to: op.To, file: r.now[op.To]})
		case SyncFolder:
			r.syncFolder(op.File)
		case Put:
			r.puts[op.File] = append(r.puts[op.File], op.Bytes)
		case Write, Truncate, Sync:
			r.touch(op)
		}
	}
	return r
}

// touch changes a file's content, or makes the changes so far durable. After a
// sync that failed, the system may have dropped them: a later one does not
// bring them back.
func (r *remains) touch(op Op) {
	file := r.now[op.File]
	if file == nil {
		return // it was deleted while still open: nothing of it can come back
	}
	if op.Kind != Sync {
		c := &change{op: op}
		file.changes, file.open = append(file.changes, c), append(file.open, c)
		if op.Kind == Write {
			r.written = append(r.written, op.Bytes)
		}
		return
	}
	for _, c := range file.open {
		c.durable = !op.Failed
	}
	file.open = nil
}

func (r *remains) syncFolder(folder string) {
	var left []naming
	for _, n := range r.pending {
		if path.Dir(n.name) == folder || n.to != "" && path.Dir(n.to) == folder {
			n.apply(r.durable)
		} else {
			left = append(left, n)
		}
	}
	r.pending = left
}

func (n naming) apply(names map[string]*content) {
	switch n.kind {
	case Create:
		names[n.name] = n.file
	case Delete:
		delete(names, n.name)
	case Rename:
		delete(names, n.name)
		names[n.to] = n.file
	}
}

// reachable says whether the folders above a file are there: one that was made
// and is not durable takes everything in it with it.
func (r *remains) reachable(name string, names map[string]*content) bool {
	for above := path.Dir(name); above != "."; above = path.Dir(above) {
		if folder := names[above]; r.made[above] && (folder == nil || !folder.folder) {
			return false
		}
	}
	return true
}

// names draws which changes of names happened.
func (r *remains) names(luck Luck, dice *rand.Rand) map[string]*content {
	names := map[string]*content{}
	for name, file := range r.durable {
		names[name] = file
	}
	for _, n := range r.pending {
		if dice.Float64() < luck.Names {
			n.apply(names)
		}
	}
	return names
}

func (c *content) bytes(luck Luck, dice *rand.Rand, stale [][]byte) []byte {
	left := append([]byte(nil), c.found...)
	for _, change := range c.changes {
		op := change.op
		switch {
		case op.Kind == Truncate:
			if change.durable || dice.Float64() < luck.Keep {
				left = resized(left, op.At)
			}
		case change.durable:
			left = over(left, op.At, op.Bytes)
		default:
			left = scattered(left, op, luck, dice, stale)
		}
	}
	return left
}

// scattered writes the sectors of a write that nobody synced: each is there or
// not, whatever became of the others.
func scattered(left []byte, op Op, luck Luck, dice *rand.Rand, stale [][]byte) []byte {
	for from := 0; from < len(op.Bytes); {
		at := op.At + int64(from)
		to := min(len(op.Bytes), from+sector-int(at%sector))
		switch {
		case dice.Float64() < luck.Keep:
			left = over(left, at, op.Bytes[from:to])
		case at >= int64(len(left)) && dice.Float64() < luck.Garble:
			left = over(left, at, foreign(to-from, dice, stale))
		}
		from = to
	}
	return left
}

// foreign is what a block may hold that was given to a file before its content
// came: nothing, noise, or something that lay there before.
func foreign(size int, dice *rand.Rand, stale [][]byte) []byte {
	switch dice.IntN(3) {
	case 0:
		return make([]byte, size)
	case 1:
		return noise(size, dice)
	default:
		old := stale[dice.IntN(len(stale))]
		from := sector * dice.IntN(len(old)/sector+1)
		return append(append([]byte(nil), old[from:min(len(old), from+size)]...), make([]byte, max(0, size-(len(old)-from)))...)
	}
}

// someVersion is one of the contents that a file had which is never synced:
// most likely the last, perhaps torn, perhaps none.
func someVersion(versions [][]byte, dice *rand.Rand) (left []byte, there bool) {
	last := versions[len(versions)-1]
	switch dice.IntN(6) {
	case 0:
		return nil, false
	case 1:
		return last[:dice.IntN(len(last)+1)], true
	case 2:
		return make([]byte, len(last)), true
	case 3:
		return versions[dice.IntN(len(versions))], true
	default:
		return last, true
	}
}

func noise(size int, dice *rand.Rand) []byte {
	bytes := make([]byte, size)
	for i := range bytes {
		bytes[i] = byte(dice.Uint32())
	}
	return bytes
}

func over(left []byte, at int64, bytes []byte) []byte {
	if end := at + int64(len(bytes)); end > int64(len(left)) {
		left = resized(left, end)
	}
	copy(left[at:], bytes)
	return left
}

func resized(left []byte, size int64) []byte {
	if size <= int64(len(left)) {
		return left[:size]
	}
	return append(left, make([]byte, size-int64(len(left)))...)
}

// Lay writes an image into a folder.
func Lay(folder string, image map[string][]byte) error {
	for name, bytes := range image {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, bytes, 0o600); err != nil {
			return err
		}
	}
	return nil
}
