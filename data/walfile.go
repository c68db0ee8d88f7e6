package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
)

// The parts of a write-ahead log's file; see "The WAL File Format" in SQLite's
// documentation.
const (
	walHeaderSize   = 32
	frameHeaderSize = 24
	walMagic        = 0x377f0682 // the last bit says in which order the sums read the words
)

// walFile is a write-ahead log as it lies on the disk, read without the engine:
// the engine stops at the first frame that is not whole, says nothing, and
// later writes over what comes behind it.
type walFile struct {
	salt     [8]byte // names this filling of the file
	pageSize int
	headless bool // the header is not whole: the engine takes the file for empty
	frames   []walFrame
	bytes    []byte
}

// walFrame is one page in a write-ahead log.
type walFrame struct {
	page   uint32
	commit uint32 // how many pages the database has after this commit; 0: none ends here
	whole  bool   // its bytes are those that were written, and no other frame stands before it
	at     int    // where its page begins in the file
}

// readWAL reads the write-ahead log beside a database that nobody has open.
// Without one, or with an empty one, it is nil.
func readWAL(path string) (*walFile, error) {
	raw, err := os.ReadFile(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(raw) < walHeaderSize+frameHeaderSize {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseWAL(raw), nil
}

// parseWAL finds the frames of a file's newest filling. Frames that an earlier
// filling left behind have other salts.
func parseWAL(raw []byte) *walFile {
	w := &walFile{bytes: raw, pageSize: int(binary.BigEndian.Uint32(raw[8:]))}
	magic := binary.BigEndian.Uint32(raw)
	order := wordOrder(magic)
	before := [2]uint32{binary.BigEndian.Uint32(raw[24:]), binary.BigEndian.Uint32(raw[28:])}
	w.headless = magic&^1 != walMagic || checksum(order, [2]uint32{}, raw[:24]) != before || !isPageSize(w.pageSize)
	copy(w.salt[:], raw[16:24])
	if w.headless {
		w.pageSize, order = usualPageSize, binary.LittleEndian
		copy(w.salt[:], raw[walHeaderSize+8:walHeaderSize+16])
	}
	strange := false
	for at := walHeaderSize; at+frameHeaderSize+w.pageSize <= len(raw); at += frameHeaderSize + w.pageSize {
		head, page := raw[at:at+frameHeaderSize], raw[at+frameHeaderSize:at+frameHeaderSize+w.pageSize]
		says := [2]uint32{binary.BigEndian.Uint32(head[16:]), binary.BigEndian.Uint32(head[20:])}
		if ours := [8]byte(head[8:16]) == w.salt; !ours {
			strange = true
		} else {
			w.frames = append(w.frames, walFrame{
				page: binary.BigEndian.Uint32(head), commit: binary.BigEndian.Uint32(head[4:]), at: at + frameHeaderSize,
				whole: !strange && checksum(order, checksum(order, before, head[:8]), page) == says,
			})
			strange = false
		}
		before = says
	}
	return w
}

func wordOrder(magic uint32) binary.ByteOrder {
	if magic&1 == 1 {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

func isPageSize(n int) bool { return n >= 512 && n <= 65536 && n&(n-1) == 0 }

// checksum goes on with SQLite's sum over pairs of words.
func checksum(order binary.ByteOrder, from [2]uint32, bytes []byte) [2]uint32 {
	for ; len(bytes) >= 8; bytes = bytes[8:] {
		from[0] += order.Uint32(bytes) + from[1]
		from[1] += order.Uint32(bytes[4:]) + from[0]
	}
	return from
}

// dropped is how many commits the engine will pass over in silence although
// they were acknowledged, as far as the file alone can tell. Each commit is
// synced before the next begins: what follows a broken frame can be the rest of
// one write that a power cut tore, and that is no loss. More than one is.
func (w *walFile) dropped() int {
	if w == nil || w.headless {
		return 0 // a header that was being written looks the same; the witness knows more
	}
	lost, broken := 0, false
	for _, f := range w.frames {
		if broken = broken || !f.whole; broken && f.commit != 0 {
			lost++
		}
	}
	if lost < 2 {
		return 0
	}
	return lost
}

// upToLastCommit are the frames that belong to whole transactions, broken or
// not; what was never committed is left out.
func (w *walFile) upToLastCommit() []walFrame {
	if w == nil {
		return nil
	}
	for i := len(w.frames) - 1; i >= 0; i-- {
		if w.frames[i].commit != 0 {
			return w.frames[:i+1]
		}
	}
	return nil
}

// over answers pages as the newest frames have them, and all others from below.
func (w *walFile) over(below func(uint32) []byte) func(uint32) []byte {
	newest := map[uint32]walFrame{}
	for _, f := range w.upToLastCommit() {
		newest[f.page] = f
	}
	return func(number uint32) []byte {
		if f, is := newest[number]; is {
			return bytes.Clone(w.content(f))
		}
		return below(number)
	}
}

// content is the page in a frame.
func (w *walFile) content(f walFrame) []byte { return w.bytes[f.at : f.at+w.pageSize] }

// saltNow reads which filling of its write-ahead log a database has now; empty
// when there is none. The engine holds no lock on that file, so a look at its
// first bytes strips nothing.
func saltNow(path string) []byte {
	f, err := os.Open(path + "-wal")
	if err != nil {
		return nil
	}
	defer f.Close()
	head := make([]byte, walHeaderSize)
	if n, _ := f.ReadAt(head, 0); n < walHeaderSize {
		return nil
	}
	return head[16:24]
}
