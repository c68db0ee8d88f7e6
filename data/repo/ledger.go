package repo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
)

// File is one file to write: its path relative to the root, with slashes, and
// its whole content.
type File struct {
	Path    string
	Content []byte
	Binary  bool // its line ends are bytes like any other
}

// Only keeps the files with the given paths, in their order: to write what is
// free when another file needs a decision first.
func Only(files []File, paths ...string) []File {
	return slices.DeleteFunc(slices.Clone(files), func(file File) bool {
		return !slices.Contains(paths, file.Path)
	})
}

// Ledger remembers what we last wrote: path → Hash of the content. A file on
// disk that the ledger does not know was written or changed by somebody else,
// and is not overwritten.
type Ledger map[string]string

// Accept gives a ledger in which the person has seen theirs at path and agreed
// to overwrite it. Should the file change once more, it is protected again.
func (l Ledger) Accept(path string, theirs []byte) Ledger {
	accepted := l.clone()
	accepted[path] = Hash(theirs)
	return accepted
}

func (l Ledger) clone() Ledger {
	if l == nil {
		return Ledger{}
	}
	return maps.Clone(l)
}

// alike says whether two contents have one Hash. It looks at the bytes first:
// most files are equal to the last byte, or differ without any CR in them.
func alike(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	if bytes.IndexByte(a, '\r') < 0 && bytes.IndexByte(b, '\r') < 0 {
		return false
	}
	return Hash(a) == Hash(b)
}

// Hash is the SHA-256 of content in hex, with CRLF counted as LF: on Windows
// git may turn the line ends of our files around at a checkout, and that is
// nobody's edit. For content with LF it is the plain SHA-256.
func Hash(content []byte) string {
	if bytes.IndexByte(content, '\r') >= 0 {
		content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
