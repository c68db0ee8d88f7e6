package repo

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"firebreak/workflow"
)

const (
	loosePatience   = 5 * time.Second
	mostFresh       = 200       // files that git does not know
	mostFreshBytes  = 256 << 10 // of one of them
	mostFreshInSum  = 8 << 20
	binaryIsKnownIn = 8000 // bytes that git looks at as well
)

// addLoose marks the files with changes that are not committed, and adds those
// that git does not know yet. It answers what could not be read, in a sentence.
func addLoose(ctx context.Context, folder string, d *workflow.Delta) string {
	loose := map[string]bool{}
	err := eachName(ctx, folder, func(name string) bool {
		loose[name] = true
		return len(loose) < mostFiles
	}, "-c", "core.quotePath=false", "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=dirty", "HEAD", "--")
	if err != nil {
		return "Git would not say which changes are not committed yet."
	}
	for i := range d.Files {
		d.Files[i].Loose = loose[d.Files[i].Path] || loose[d.Files[i].From]
	}
	fresh, bytes, more := 0, int64(0), false
	err = eachName(ctx, folder, func(name string) bool {
		if more = fresh == mostFresh || bytes > mostFreshInSum; more {
			return false
		}
		if f, size, is := freshFile(folder, name); is {
			d.Files = append(d.Files, f)
			fresh, bytes = fresh+1, bytes+size
		}
		return true
	}, "-c", "core.quotePath=false", "ls-files", "--others", "--exclude-standard", "-z", "--")
	switch {
	case err != nil:
		return "Git would not say which files it does not know."
	case more:
		return fmt.Sprintf("Only the first %d of the files that git does not know are read.", fresh)
	}
	return ""
}

// eachName gives on the names that a git command prints, as long as it is
// answered true.
func eachName(ctx context.Context, folder string, see func(name string) bool, args ...string) error {
	return streamGit(ctx, streamed(loosePatience, folder), func(in *bufio.Reader) error {
		names := bufio.NewScanner(in)
		names.Buffer(nil, mostNameBytes)
		names.Split(splitAtNUL)
		for names.Scan() {
			if !see(names.Text()) {
				return nil // the rest is read and dropped
			}
		}
		return names.Err()
	}, args...)
}

// freshFile is a file that git does not know, as if it had been added.
func freshFile(folder, name string) (f workflow.FileDelta, size int64, is bool) {
	f = workflow.FileDelta{Path: name, Status: workflow.FileAdded, OldMode: "000000", NewMode: "100644", Loose: true}
	at := filepath.Join(folder, filepath.FromSlash(name))
	info, err := os.Lstat(at)
	if err != nil || strings.HasSuffix(name, "/") { // gone since, or another repository
		return f, 0, false
	}
	var content []byte
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		f.NewMode = "120000"
		target, err := os.Readlink(at)
		if err != nil {
			return f, 0, false
		}
		content = []byte(target)
	case !info.Mode().IsRegular():
		return f, 0, false // a pipe or a device; git does not take them either
	case info.Size() > mostFreshBytes:
		f.Cut = true
		return f, 0, true
	default:
		if content, err = readCapped(at, mostFreshBytes); err != nil {
			f.Cut = true
			return f, 0, true
		}
		if info.Mode().Perm()&0o111 != 0 {
			f.NewMode = "100755"
		}
	}
	if bytes.IndexByte(content[:min(len(content), binaryIsKnownIn)], 0) >= 0 {
		f.Binary = true
		return f, 0, true
	}
	addLines(&f, string(content))
	return f, int64(len(content)), true
}

// addLines makes one hunk of all the lines of a new file.
func addLines(f *workflow.FileDelta, content string) {
	if content == "" {
		return
	}
	lines := strings.Split(content, "\n")
	ends := lines[len(lines)-1] == ""
	if ends {
		lines = lines[:len(lines)-1]
	}
	f.Added = len(lines)
	h := workflow.Hunk{NewFrom: 1, NewLines: len(lines)}
	for _, line := range lines[:min(len(lines), mostFileLines)] {
		if len(line) > mostLineBytes {
			line, f.Cut = cutText(line, mostLineBytes), true
		}
		h.Lines = append(h.Lines, workflow.DiffLine{Change: workflow.LineAdded, Text: line})
	}
	f.Cut = f.Cut || len(lines) > mostFileLines
	if !ends && !f.Cut {
		noEnd(h.Lines)
	}
	f.Hunks = []workflow.Hunk{h}
}

// cutText cuts a text between two letters.
func cutText(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
